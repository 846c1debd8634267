//! The follow-up enquiry in pictures: does the client still travel this way, other routes, the special bus and why, what the OV-coach does, and
//! what is frightening.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::{
    FollowUp, FollowUpAnswer, InPictures, Model, Picture as Drawn, Route, SpecialTransport, Trajectory,
};
use opstap_core::{CircleId, Day, Millis, RecordId};
use opstap_view::prelude::*;

use super::asked::thanks;
use crate::components::{
    Appearance, Button, Dots, Icon, Picture, Sentence, Source, TextArea, Tile, Tiles, Well, changing, clear_toast,
};
use crate::dates::{day_of, moment};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::navigation::go_back;
use crate::pages::client::frame::Frame;
use crate::pages::client::walk::is_a_tremble;
use crate::pages::shared::in_pictures::{COACH, FEARS, Pictured, REASONS};
use crate::stories::{members, name_of};
use crate::words::{Text, Word, shared, way};

/// Why the special bus: the question that is passed over where it is not used.
const WHY: usize = 3;
/// What the OV-coach does.
const HELPS: usize = 4;
/// How many questions there are.
const QUESTIONS: usize = 6;

/// What is asked about: the route, its picture, and who is the OV-coach.
#[derive(Clone, Default, PartialEq)]
struct About {
    route: Option<(String, Option<Drawn>)>,
    coach: Option<String>,
}

async fn about(reader: Reader, follow_up: RecordId) -> Option<About> {
    let of = reader.one::<FollowUp>(follow_up).await?.parent?;
    let of = reader.one::<Trajectory>(of).await?.value;
    let route = match of.route {
        Some(route) => reader.one::<Route>(route).await.map(|route| (route.value.title, route.value.picture)),
        None => None,
    };
    let coach = match of.coach {
        Some(coach) => Some(name_of(&members(&reader).await, coach)).filter(|name| !name.is_empty()),
        None => None,
    };
    Some(About { route, coach })
}

/// What was chosen in pictures, by its places, and in own words.
#[derive(Clone, Default, PartialEq)]
struct Chosen {
    places: Vec<usize>,
    own: String,
}

impl Chosen {
    fn kept(&self) -> (Option<InPictures>, Option<String>) {
        let own = self.own.trim();
        (InPictures::of(self.places.iter().copied()), (!own.is_empty()).then(|| own.to_owned()))
    }
}

/// What was answered until now.
#[derive(Clone, Default, PartialEq)]
struct Said {
    travels: Option<bool>,
    other_routes: Option<bool>,
    special: Option<SpecialTransport>,
    /// Why, what the OV-coach does, what is frightening: from [`WHY`] on.
    chosen: [Chosen; QUESTIONS - WHY],
}

impl Said {
    fn rides_along(&self) -> bool {
        matches!(self.special, Some(SpecialTransport::LessOften | SpecialTransport::AsBefore))
    }

    /// The question beside this one that is asked.
    fn beside(&self, now: usize, on: bool) -> usize {
        let step = |at: usize| if on { at + 1 } else { at.saturating_sub(1) };
        let next = step(now);
        if next == WHY && !self.rides_along() { step(next) } else { next }
    }

    fn answer(&self, on: Day) -> FollowUpAnswer {
        let [why, coach, fears] = self.chosen.each_ref().map(Chosen::kept);
        let why = if self.rides_along() { why } else { (None, None) };
        FollowUpAnswer {
            travels: self.travels,
            other_routes: self.other_routes,
            special: self.special,
            why: why.1,
            fears: fears.1,
            coach: coach.1,
            why_chosen: why.0,
            fears_chosen: fears.0,
            coach_chosen: coach.0,
            ..FollowUpAnswer::asked_on(on)
        }
    }
}

/// The questions as their screen holds them.
#[derive(Clone, Copy)]
struct Asking {
    said: RwSignal<Said>,
    at: RwSignal<usize>,
    /// When a tap brought the question: a finger that trembles taps once more at once, on what it has not seen yet.
    came: StoredValue<Millis>,
    /// The answer is being kept.
    busy: StoredValue<bool>,
}

impl Asking {
    fn new() -> Self {
        let (said, at) = (RwSignal::new(Said::default()), RwSignal::new(0));
        Self { said, at, came: StoredValue::new(Millis(0)), busy: StoredValue::new(false) }
    }

    fn is_meant(self, now: Millis) -> bool {
        !is_a_tremble(self.came.get_value(), now)
    }

    /// Takes in what a tap says and goes on.
    fn on(self, now: Millis, says: &dyn Fn(&mut Said)) {
        if self.is_meant(now) {
            self.said.update(says);
            self.came.set_value(now);
            self.to(true);
        }
    }

    /// Whoever goes back has looked, however quickly.
    fn back(self) {
        self.came.set_value(Millis(0));
        if self.at.get_untracked() == 0 { go_back() } else { self.to(false) }
    }

    fn to(self, on: bool) {
        self.at.set(self.said.with_untracked(|said| said.beside(self.at.get_untracked(), on)));
    }

    fn keep(self, circle: CircleId, follow_up: RecordId) {
        if self.busy.get_value() || !self.is_meant(device::now()) {
            return;
        }
        self.busy.set_value(true);
        clear_toast();
        let answer = self.said.get_untracked().answer(day_of(moment(device::now())));
        let answer = answer.make_below(device::new_id(), follow_up);
        spawn_local(async move {
            match device::edit(circle, vec![answer]).await {
                Ok(()) => drop(self.at.try_set(QUESTIONS)),
                Err(why) => {
                    let _ = self.busy.try_update_value(|busy| *busy = false);
                    crate::pages::client::say_not_kept(why);
                }
            }
        });
    }
}

/// The questions, one on a screen. "Terug" goes to the one before.
#[component]
pub fn FollowUps(circle: CircleId, follow_up: RecordId) -> impl IntoView {
    let told = device::watch(circle, move |reader| about(reader, follow_up));
    let about = Memo::new(move |_| told.get().flatten().unwrap_or_default());
    let asking = Asking::new();
    let said = asking.said;
    changing(move || {
        let now = asking.at.get();
        if now >= QUESTIONS {
            return thanks();
        }
        let back = Tap::from(move || asking.back());
        let never = Signal::derive(|| false);
        let passed = usize::from(now >= WHY && said.with_untracked(|said| !said.rides_along()));
        let (place, all) = (now + 1 - passed, QUESTIONS - passed);
        let dots = view! { <Dots now=Signal::stored(place) all=Signal::stored(all) counted=never /> };
        let (asks, body) = question(circle, asking, now, about);
        let floor = (now >= WHY).then(|| {
            if now + 1 < QUESTIONS {
                return view! { <Button text=way::GO_ON icon=Icon::FORWARD appearance=Appearance::Way tap=move || asking.on(device::now(), &|_| ()) /> }
                    .into_any();
            }
            let done = move || asking.keep(circle, follow_up);
            view! { <Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Way tap=done /> }.into_any()
        });
        let main = view! { {dots} <Sentence text=asks.clone() title=true /> {body} };
        Frame { way: true, back: Some(back), floor, ..Frame::default() }.around(asks, main.into_any())
    })
}

fn question(circle: CircleId, asking: Asking, now: usize, about: Memo<About>) -> (Text, AnyView) {
    let said = asking.said;
    let yes_or_no = |of: fn(&Said) -> Option<bool>, keep: fn(&mut Said, bool)| {
        let tile = move |text: Word, picture: &'static str, yes: bool| {
            let chosen = Signal::derive(move || said.with(|said| of(said) == Some(yes)));
            let tap = move || asking.on(device::now(), &|said| keep(said, yes));
            view! { <Tile text picture=Source::from(picture) chosen tap /> }
        };
        view! { <Tiles>{tile(shared::YES, "thumbs-up", true)}{tile(shared::NO, "thumbs-down", false)}</Tiles> }
            .into_any()
    };
    match now {
        0 => {
            let tiles = yes_or_no(|said| said.travels, |said, yes| said.travels = Some(yes));
            (way::STILL_TRAVELS.into(), view! { {route(circle, about)} {tiles} }.into_any())
        }
        1 => (way::OTHER_ROUTES.into(), yes_or_no(|said| said.other_routes, |said, yes| said.other_routes = Some(yes))),
        2 => (way::SPECIAL_BUS.into(), special(asking)),
        WHY => (way::WHY_SPECIAL.into(), in_pictures(asking, now, &REASONS, way::MAY_SKIP)),
        HELPS => {
            let asks = Text::live(move || match about.with(|about| about.coach.clone()) {
                Some(name) => way::how_helps(name).get(),
                None => way::HOW_HELPS_COACH.get().to_owned(),
            });
            (asks, in_pictures(asking, now, &COACH, way::MAY_SKIP))
        }
        _ => (way::WHAT_FRIGHTENS.into(), in_pictures(asking, now, &FEARS, way::NOTHING_IS_FINE)),
    }
}

/// Which route it is about, as its picture and its name.
fn route(circle: CircleId, about: Memo<About>) -> AnyView {
    changing(move || {
        let Some((title, picture)) = about.with(|about| about.route.clone()) else { return ().into_any() };
        let source = match device::picture(circle, picture) {
            Source::Nothing => Source::from("round-pushpin"),
            source => source,
        };
        view! { <Picture source well=Well::Large /> <p class="strong">{title}</p> }.into_any()
    })
}

fn special(asking: Asking) -> AnyView {
    let all = [
        (SpecialTransport::NotAnyMore, way::SPECIAL_NONE, "person-walking"),
        (SpecialTransport::LessOften, way::SPECIAL_LESS, "down-arrow"),
        (SpecialTransport::AsBefore, way::SPECIAL_AS_BEFORE, "minibus"),
    ];
    let tiles: Vec<_> = all
        .into_iter()
        .map(|(what, text, picture)| {
            let chosen = Signal::derive(move || asking.said.with(|said| said.special == Some(what)));
            let tap = move || asking.on(device::now(), &|said| said.special = Some(what));
            view! { <Tile text picture=Source::from(picture) chosen tap /> }
        })
        .collect();
    view! { <Tiles three=true>{tiles}</Tiles> }.into_any()
}

/// Several may hold, or none; and in one's own words.
fn in_pictures(asking: Asking, now: usize, of: &'static Pictured, none: Word) -> AnyView {
    let said = asking.said;
    let read = move |tell: &dyn Fn(&Chosen) -> bool| said.with(|said| said.chosen.get(now - WHY).is_some_and(tell));
    let write = move |change: &dyn Fn(&mut Chosen)| {
        said.update(|said| {
            if let Some(chosen) = said.chosen.get_mut(now - WHY) {
                change(chosen);
            }
        });
    };
    let toggle = move |place: usize| {
        Rc::new(move || {
            write(&|chosen| match chosen.places.iter().position(|one| *one == place) {
                Some(at) => drop(chosen.places.remove(at)),
                None => chosen.places.push(place),
            });
        })
    };
    let tiles: Vec<_> = of
        .iter()
        .enumerate()
        .map(|(place, (text, picture))| {
            let chosen = Signal::derive(move || read(&|chosen| chosen.places.contains(&place)));
            let toggle = toggle(place);
            let tap = move || {
                if asking.is_meant(device::now()) {
                    toggle();
                }
            };
            view! { <Tile text=*text picture=Source::from(*picture) chosen tap /> }
        })
        .collect();
    let value = Signal::derive(move || {
        said.with(|said| said.chosen.get(now - WHY).map(|chosen| chosen.own.clone()).unwrap_or_default())
    });
    let on_input = move |text: String| write(&|chosen| chosen.own.clone_from(&text));
    view! {
        <p class="soft">{Text::from(none)}</p>
        <Tiles three=true>{tiles}</Tiles>
        <TextArea label=way::FEAR_OWN value on_input rows=2 />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn a_tap_that_follows_at_once_answers_no_question_that_was_not_seen() {
        Owner::new().with(|| {
            let asking = Asking::new();
            let tap = |millis: u64| {
                asking.on(Millis(millis), &|said| said.other_routes = said.travels.replace(true));
                asking.at.get_untracked()
            };
            assert_eq!((tap(10_000), tap(10_200), tap(10_600)), (1, 1, 2));
            asking.back();
            assert_eq!(tap(10_700), 2, "whoever went back has looked");
        });
    }

    #[test]
    fn why_is_asked_and_kept_only_of_whoever_still_goes_by_the_special_bus() {
        let of = |special| {
            let why = Chosen { places: vec![1], own: " sneeuw ".to_owned() };
            Said { special: Some(special), chosen: [why, Chosen::default(), Chosen::default()], ..Said::default() }
        };
        let less = of(SpecialTransport::LessOften);
        assert_eq!((less.beside(2, true), less.beside(HELPS, false)), (WHY, WHY));
        assert_eq!(less.answer(Day(9)).why.as_deref(), Some("sneeuw"));
        assert_eq!(less.answer(Day(9)).why_chosen, InPictures::of([1]));
        let none = of(SpecialTransport::NotAnyMore);
        assert_eq!((none.beside(2, true), none.beside(HELPS, false)), (HELPS, 2));
        assert_eq!((none.answer(Day(9)).why, none.answer(Day(9)).why_chosen), (None, None));
    }
}
