//! The follow-up enquiry in pictures: does the client still travel this way, other routes, the special bus, and what is frightening.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::{FollowUpAnswer, Model, SpecialTransport};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::asked::thanks;
use crate::components::{
    Appearance, Button, Dots, Icon, Sentence, Source, TextArea, Tile, Tiles, changing, clear_toast,
};
use crate::dates::{day_of, moment};
use crate::device;
use crate::event::Tap;
use crate::navigation::go_back;
use crate::pages::client::frame::Frame;
use crate::words::{Text, Word, shared, way};

/// How many questions there are.
const QUESTIONS: usize = 4;

/// What can be frightening, each with its picture.
const FEARS: [(Word, &str); 5] = [
    (way::FEAR_BUSY, "busts-in-silhouette"),
    (way::FEAR_DARK, "crescent-moon"),
    (way::FEAR_LATE, "alarm-clock"),
    (way::FEAR_LOST, "world-map"),
    (way::FEAR_PEOPLE, "angry-face"),
];

/// What was answered until now.
#[derive(Clone, Default, PartialEq)]
struct Said {
    travels: Option<bool>,
    other_routes: Option<bool>,
    special: Option<SpecialTransport>,
    /// The places in [`FEARS`].
    fears: Vec<usize>,
    own: String,
}

impl Said {
    /// What is frightening, in words; nothing where nothing is.
    fn fears(&self) -> Option<String> {
        let chosen = FEARS.iter().enumerate().filter(|(place, _)| self.fears.contains(place));
        let own = self.own.trim();
        let own = (!own.is_empty()).then(|| own.to_owned());
        let all: Vec<String> = chosen.map(|(_, (word, _))| word.now().to_owned()).chain(own).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    fn answer(&self) -> FollowUpAnswer {
        FollowUpAnswer {
            on: day_of(moment(device::now())),
            by_phone: None,
            travels: self.travels,
            other_routes: self.other_routes,
            special: self.special,
            why: None,
            fears: self.fears(),
            coach: None,
            replaces: None,
        }
    }
}

/// The questions, one on a screen. "Terug" goes to the one before.
#[component]
pub fn FollowUps(circle: CircleId, follow_up: RecordId) -> impl IntoView {
    let said = RwSignal::new(Said::default());
    let at = RwSignal::new(0_usize);
    changing(move || {
        let now = at.get();
        if now >= QUESTIONS {
            return thanks();
        }
        let back = Tap::from(move || if now == 0 { go_back() } else { at.set(now - 1) });
        let never = Signal::derive(|| false);
        let dots = view! { <Dots now=Signal::stored(now + 1) all=Signal::stored(QUESTIONS) counted=never /> };
        let (asks, body) = question(said, at, now);
        let floor = (now + 1 == QUESTIONS).then(|| {
            let done = move || {
                clear_toast();
                let answer = said.get_untracked().answer().make_below(device::new_id(), follow_up);
                spawn_local(async move {
                    match device::edit(circle, vec![answer]).await {
                        Ok(()) => drop(at.try_set(QUESTIONS)),
                        Err(why) => crate::pages::client::say_not_kept(why),
                    }
                });
            };
            view! { <Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Way tap=done /> }.into_any()
        });
        let main = view! { {dots} <Sentence text=asks title=true /> {body} };
        Frame { way: true, back: Some(back), floor, ..Frame::default() }.around(asks.into(), main.into_any())
    })
}

fn question(said: RwSignal<Said>, at: RwSignal<usize>, now: usize) -> (Word, AnyView) {
    let yes_or_no = |of: fn(&Said) -> Option<bool>, keep: fn(&mut Said, bool)| {
        let tile = move |text: Word, picture: &'static str, yes: bool| {
            let chosen = Signal::derive(move || said.with(|said| of(said) == Some(yes)));
            let tap = move || {
                said.update(|said| keep(said, yes));
                at.set(now + 1);
            };
            view! { <Tile text picture=Source::from(picture) chosen tap /> }
        };
        view! { <Tiles>{tile(shared::YES, "thumbs-up", true)}{tile(shared::NO, "thumbs-down", false)}</Tiles> }
            .into_any()
    };
    match now {
        0 => (way::STILL_TRAVELS, yes_or_no(|said| said.travels, |said, yes| said.travels = Some(yes))),
        1 => (way::OTHER_ROUTES, yes_or_no(|said| said.other_routes, |said, yes| said.other_routes = Some(yes))),
        2 => (way::SPECIAL_BUS, special(said, at, now)),
        _ => (way::WHAT_FRIGHTENS, fears(said)),
    }
}

fn special(said: RwSignal<Said>, at: RwSignal<usize>, now: usize) -> AnyView {
    let all = [
        (SpecialTransport::NotAnyMore, way::SPECIAL_NONE, "person-walking"),
        (SpecialTransport::LessOften, way::SPECIAL_LESS, "down-arrow"),
        (SpecialTransport::AsBefore, way::SPECIAL_AS_BEFORE, "minibus"),
    ];
    let tiles: Vec<_> = all
        .into_iter()
        .map(|(what, text, picture)| {
            let chosen = Signal::derive(move || said.with(|said| said.special == Some(what)));
            let tap = move || {
                said.update(|said| said.special = Some(what));
                at.set(now + 1);
            };
            view! { <Tile text picture=Source::from(picture) chosen tap /> }
        })
        .collect();
    view! { <Tiles three=true>{tiles}</Tiles> }.into_any()
}

/// Several may hold, or none; and in one's own words.
fn fears(said: RwSignal<Said>) -> AnyView {
    let toggle = move |place: usize| {
        Rc::new(move || {
            said.update(|said| match said.fears.iter().position(|one| *one == place) {
                Some(at) => drop(said.fears.remove(at)),
                None => said.fears.push(place),
            });
        })
    };
    let tiles: Vec<_> = FEARS
        .iter()
        .enumerate()
        .map(|(place, (text, picture))| {
            let chosen = Signal::derive(move || said.with(|said| said.fears.contains(&place)));
            let toggle = toggle(place);
            view! { <Tile text=*text picture=Source::from(*picture) chosen tap=move || toggle() /> }
        })
        .collect();
    let value = Signal::derive(move || said.with(|said| said.own.clone()));
    let on_input = move |text: String| said.update(|said| said.own = text);
    view! {
        <p class="soft">{Text::from(way::NOTHING_IS_FINE)}</p>
        <Tiles three=true>{tiles}</Tiles>
        <TextArea label=way::FEAR_OWN value on_input rows=2 />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_frightens_is_said_in_words_and_nothing_is_nothing() {
        assert_eq!(Said::default().fears(), None);
        let said = Said { fears: vec![1], own: " honden ".to_owned(), ..Said::default() };
        assert_eq!(said.fears().as_deref(), Some("het donker, honden"));
    }
}
