//! On the way: one thing at a time. A tap goes on, "Terug" takes it back, and nothing goes on by itself.

use leptos::task::spawn_local;
use opstap_core::model::{Arrival, Model};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_insight::{Doing, JourneyPart, JourneyStep, ends_its_part, stops_of};
use opstap_view::prelude::*;

use super::told::{self, Told};
use super::{OnRoute, WayPlace, going, gone, vehicle};
use crate::awake::keep_awake;
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Bones, Button, Dots, Icon, LoadingBones, Picture, Sentence, Source, Well, changing, clear_toast,
};
use crate::device;
use crate::event::Tap;
use crate::navigation::{go_back, replace};
use crate::pages::client::frame::Frame;
use crate::pages::client::walk::{is_a_tremble, to_top};
use crate::words::{Text, Word, client, shared, way};

/// A journey as its screen holds it.
#[derive(Clone, Copy)]
struct Journey {
    circle: CircleId,
    route: RecordId,
    told: Signal<Option<Option<Told>>>,
    /// How many steps are behind.
    at: RwSignal<usize>,
    /// Somebody arrived: what is read now is not shown any more.
    ended: StoredValue<bool>,
    /// When was tapped last: a finger that trembles taps once more at once, on what it has not seen yet.
    tapped: StoredValue<Millis>,
}

impl Journey {
    /// The steps, once they are read.
    fn steps(self) -> Option<Vec<JourneyStep>> {
        self.told.with_untracked(|told| told.as_ref()?.as_ref().map(|told| told.steps.clone()))
    }

    fn to(self, steps: &[JourneyStep], at: usize) {
        clear_toast();
        going::keep(self.route, steps, at);
        self.at.set(at);
        to_top();
    }

    /// Whether this tap is one of its own.
    fn is_meant(self) -> bool {
        let now = device::now();
        let meant = !is_a_tremble(self.tapped.get_value(), now);
        self.tapped.set_value(now);
        meant
    }

    /// "Klaar", "Halte geweest", "Gedrukt", "Uitgestapt"; after the last step "Ik ben er".
    fn on(self) {
        let Some(steps) = self.steps() else { return };
        let at = self.at.get_untracked();
        if !self.is_meant() {
            return;
        }
        if at < steps.len() { self.to(&steps, at + 1) } else { self.arrive() }
    }

    fn back(self) {
        // Whoever goes back has looked, however quickly.
        self.tapped.set_value(Millis(0));
        match (self.steps(), self.at.get_untracked().checked_sub(1)) {
            (Some(steps), Some(before)) => self.to(&steps, before),
            _ => go_back(),
        }
    }

    fn arrive(self) {
        let (circle, route, id) = (self.circle, self.route, device::new_id());
        let arrived = Arrival { route, at: device::now() }.make(id);
        spawn_local(async move {
            match device::edit(circle, vec![arrived]).await {
                Ok(()) => {
                    let _ = self.ended.try_update_value(|ended| *ended = true);
                    going::end(id);
                    replace(CompanionPlace::from(WayPlace::Route(route, OnRoute::There)));
                }
                Err(why) => crate::pages::client::say_not_kept(why),
            }
        });
    }
}

/// The step at which somebody is.
#[component]
pub fn Travel(circle: CircleId, route: RecordId) -> impl IntoView {
    let told = device::watch(circle, move |reader| async move { told::read(&reader, route).await });
    keep_awake();
    let journey = Journey {
        circle,
        route,
        told,
        at: RwSignal::new(0),
        ended: StoredValue::new(false),
        tapped: StoredValue::new(Millis(0)),
    };
    let is_read = Memo::new(move |_| told.with(|told| matches!(told, Some(Some(_)))));
    // What changes in the route while somebody is on the way leaves them at their step.
    Effect::new(move |_| {
        told.with(|told| {
            if let Some(Some(told)) = told
                && !journey.ended.get_value()
            {
                journey.at.set(going::at(route, &told.steps));
            }
        });
    });
    let seen = Memo::new(move |_| {
        told.with(|told| {
            let told = told.as_ref()?.as_ref()?;
            Some(Seen::of(told, journey.at.get()))
        })
    });
    let body = changing(move || match (seen.get(), told.with(|told| matches!(told, Some(None)))) {
        (_, true) => gone(),
        (None, _) => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        (Some(seen), _) => show(circle, &seen),
    });
    let dots = changing(move || match seen.with(|seen| seen.as_ref().map(|seen| seen.place)) {
        Some((now, all)) => {
            let never = Signal::derive(|| false);
            view! { <Dots now=Signal::stored(now + 1) all=Signal::stored(all + 1) counted=never /> }.into_any()
        }
        None => ().into_any(),
    });
    let does = Memo::new(move |_| seen.with(|seen| seen.as_ref().map(Seen::button)));
    let main = changing(move || match does.get() {
        Some((text, icon)) => {
            view! { <Button text icon appearance=Appearance::Way tap=move || journey.on() /> }.into_any()
        }
        None => ().into_any(),
    });
    let arrives = Memo::new(move |_| seen.with(|seen| seen.as_ref().is_some_and(|seen| seen.step.is_none())));
    let other = changing(move || {
        if arrives.get() {
            return view! { <Button text=way::NOT_YET tap=move || journey.back() /> }.into_any();
        }
        let tap = Tap::to(CompanionPlace::from(WayPlace::Route(route, OnRoute::Wrong)));
        is_read.get().then(|| view! { <Button text=way::GOES_WRONG icon=Icon::SPLIT tap /> }).into_any()
    });
    let said = move || seen.with(|seen| seen.as_ref().map(|seen| seen.says().get()).unwrap_or_default());
    let floor = view! { {main} {other} <p class="for-voice" role="status">{said}</p> };
    let title = Text::live(move || {
        let title = told.with(|told| Some(told.as_ref()?.as_ref()?.route.title.clone()));
        title.unwrap_or_else(|| client::MY_ROUTE.get().to_owned())
    });
    let back = Tap::from(move || journey.back());
    Frame { way: true, back: Some(back), floor: Some(floor.into_any()), ..Frame::default() }
        .around(title, view! { {dots} {body} }.into_any())
}

/// What is on the screen, so that it is only drawn anew when it is something else.
#[derive(Clone, PartialEq)]
struct Seen {
    /// `None` at the end.
    step: Option<(JourneyStep, JourneyPart)>,
    /// Whether its part ends with it.
    is_end: bool,
    /// How many steps are behind, of how many.
    place: (usize, usize),
    /// The picture of the route, where it ends, and who sees that somebody is there.
    picture: Option<opstap_core::model::Picture>,
    ends_at: Option<String>,
    seen_by: Option<String>,
}

impl Seen {
    fn of(told: &Told, at: usize) -> Self {
        let step = told.steps.get(at).and_then(|step| Some((step.clone(), told.part_of(step)?.clone())));
        let last = step.is_none();
        Self {
            is_end: step.as_ref().is_some_and(|(step, _)| ends_its_part(&told.steps, step)),
            step,
            place: (at.min(told.steps.len()), told.steps.len()),
            picture: told.route.picture.clone().filter(|_| last),
            ends_at: told.ends_at().cloned().filter(|_| last),
            seen_by: told.seen_by().map(str::to_owned).filter(|_| last),
        }
    }

    /// What the main button says.
    fn button(&self) -> (Word, Icon) {
        match &self.step {
            None => (way::I_AM_THERE, Icon::FLAG),
            Some((step, part)) => match step.doing {
                Doing::Act => (shared::DONE, Icon::CHECK),
                Doing::Board => (way::I_AM_IN, Icon::CHECK),
                Doing::Ride(_) if part.stops.is_empty() => (way::IT_IS_NEXT, Icon::CHECK),
                Doing::Ride(_) => (way::PASSED, Icon::CHECK),
                Doing::Press => (way::PRESSED, Icon::BELL),
                Doing::GetOff => (way::I_AM_OUT, Icon::CHECK),
            },
        }
    }

    /// The sentence.
    fn says(&self) -> Text {
        let Some((step, part)) = &self.step else {
            return match &self.ends_at {
                Some(place) => way::you_are_at(place),
                None => way::YOU_ARE_THERE.into(),
            };
        };
        let to = part.part.to.clone().unwrap_or_default();
        match (step.doing, step.text.clone()) {
            (Doing::Press, _) => way::PRESS_NOW.into(),
            (Doing::Ride(_), _) if part.stops.is_empty() => way::is_it_next(to),
            (Doing::Ride(passed), _) => {
                let next = part.stops.get(passed).map(|(_, stop)| stop.name.clone()).unwrap_or_default();
                way::next_stop(next)
            }
            (_, Some(text)) => Text::from(text),
            (_, None) => way::get_off_at(to),
        }
    }
}

fn show(circle: CircleId, seen: &Seen) -> AnyView {
    let says = seen.says();
    let Some((step, part)) = &seen.step else {
        let told = seen.seen_by.clone().map(|name| view! { <p>{way::tap_and_sees(name)}</p> });
        let source = match device::picture(circle, seen.picture.clone()) {
            Source::Nothing => Source::from("round-pushpin"),
            source => source,
        };
        return view! {
            <Picture source well=Well::Large />
            <Sentence text=says title=true />
            {told}
        }
        .into_any();
    };
    let landmark = seen.is_end.then(|| vehicle::landmark(&part.part)).flatten();
    match step.doing {
        Doing::Ride(passed) => ride(part, passed, says),
        doing => {
            let own = || match doing {
                Doing::Press => Source::from("stop-bell"),
                Doing::GetOff => Source::from("step-off"),
                _ => device::picture(circle, part.part.picture.clone()),
            };
            let source = match device::picture(circle, step.picture.clone()) {
                Source::Nothing => own(),
                source => source,
            };
            let head = (doing != Doing::Act).then(|| vehicle::head(&part.part, beside(part, doing)));
            view! {
                {head}
                <Picture source well=Well::Large />
                <Sentence text=says title=true />
                {landmark.map(|seen| view! { <p>{seen}</p> })}
            }
            .into_any()
        }
    }
}

/// What stands beside the line: where it goes, or what comes next.
fn beside(part: &JourneyPart, doing: Doing) -> AnyView {
    match (&part.part.to, doing) {
        (Some(to), Doing::Press | Doing::GetOff) => way::next_is(to).into_any(),
        _ => vehicle::towards(&part.part).map(IntoView::into_any).unwrap_or_else(|| ().into_any()),
    }
}

/// The line with where one is, what comes, and where one gets off.
fn ride(part: &JourneyPart, passed: usize, says: Text) -> AnyView {
    let stops = stops_of(part);
    let begins = usize::from(part.part.from.is_some());
    let last = stops.len().saturating_sub(1);
    let ends = part.part.to.is_some();
    let rows: Vec<_> = stops
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let (is_last, is_next) = (ends && place == last, place == begins + passed);
            let class = match (place < begins + passed, is_next, is_last) {
                (true, ..) => "past",
                (_, _, true) => "off",
                (_, true, _) => "next",
                _ => "",
            };
            let is_next = is_next && !part.stops.is_empty();
            let says = is_last.then_some(way::GET_OFF_HERE).or(is_next.then_some(way::THIS_IS_NEXT));
            let says = says.map(|says| view! { <span class="when">{says}</span> });
            view! { <li class=class><span>{(*name).to_owned()}{says}</span></li> }
        })
        .collect();
    view! {
        {vehicle::head(&part.part, beside(part, Doing::Ride(passed)))}
        <Sentence text=says title=true />
        <div class="card grow"><ol class="line">{rows}</ol></div>
    }
    .into_any()
}
