//! Stopping a training: a result with its reasons, of which several may hold, that can be taken back.

use opstap_core::model::{Model, StopReason, StopReasons, TrajectoryEnd, TrajectoryOutcome};
use opstap_view::prelude::*;

use super::course::{Course, today};
use super::named;
use crate::components::{Appearance, Button, Card, Dialog, Field, Icon, Size, TextArea, Tone, changing};
use crate::dates::{as_date, day_and_month, from_date, on_day};
use crate::device;
use crate::words::{Text, Word, shared, training};

/// How it is being ended; none while nobody asks.
type Asked = RwSignal<Option<TrajectoryOutcome>>;

/// The button, and its question. Who was judged not to learn it now is told why, before it stops.
pub fn stopping(course: Course) -> AnyView {
    let asked: Asked = RwSignal::new(None);
    let lacks_reason =
        Memo::new(move |_| course.told(opstap_insight::TrajectoryStory::lacks_reason).unwrap_or_default());
    let ask = move || asked.set(course.told_now(opstap_insight::TrajectoryStory::outcome_of_stopping));
    view! {
        <Button text=training::STOP icon=Icon::CROSS size=Size::Tool appearance=Appearance::Danger disabled=lacks_reason tap=ask />
        {changing(move || lacks_reason.get().then(|| view! { <p class="small soft">{training::REASON_FIRST}</p> }).into_any())}
        {question(course, asked)}
    }
    .into_any()
}

/// Somebody lives where the programme does not work: what to do about it.
pub fn outside(course: Course) -> AnyView {
    let asked: Asked = RwSignal::new(None);
    view! {
        <div class="advice">
            <span class="fill">{training::OUTSIDE_AREA}</span>
            <Button text=training::REFERRED size=Size::Tool tap=move || asked.set(Some(TrajectoryOutcome::Outside)) />
        </div>
        {question(course, asked)}
    }
    .into_any()
}

fn question(course: Course, asked: Asked) -> AnyView {
    let open = Signal::derive(move || asked.get().is_some());
    let title = Text::live(move || asked.get().map(|how| asks(how).get().to_owned()).unwrap_or_default());
    view! {
        <Dialog open title on_close=move |()| asked.set(None)>
            {changing(move || asked.get().map(|how| sheet(course, asked, how)).into_any())}
        </Dialog>
    }
    .into_any()
}

const fn asks(how: TrajectoryOutcome) -> Word {
    match how {
        TrajectoryOutcome::Outside => training::REFERRED_WHERE,
        TrajectoryOutcome::Withdrew | TrajectoryOutcome::Stopped => training::WHY_STOPS,
    }
}

fn sheet(course: Course, asked: Asked, how: TrajectoryOutcome) -> AnyView {
    let (on, word) = (RwSignal::new(as_date(today())), RwSignal::new(String::new()));
    let reasons = RwSignal::new(Vec::<usize>::new());
    let stops = how != TrajectoryOutcome::Outside;
    let other = StopReason::ALL.iter().position(|reason| *reason == StopReason::Other);
    // "Something else" alone says nothing.
    let says = move || {
        let reasons = reasons.get();
        let has_word = word.with(|word| !word.trim().is_empty());
        !reasons.is_empty() && (has_word || reasons.iter().any(|reason| Some(*reason) != other))
    };
    let not_yet = Signal::derive(move || from_date(&on.get()).is_none() || stops && !says());
    let end = move || {
        let Some(on) = from_date(&on.get_untracked()) else { return };
        let word = Some(word.get_untracked().trim().to_owned()).filter(|word| !word.is_empty());
        let end = TrajectoryEnd { how, on, reasons: StopReasons::of(reasons.get_untracked()), word };
        asked.set(None);
        let made = course.told_now(|story| vec![end.make_below(device::new_id(), story.id)]);
        let said = Text::from(named::outcome(how));
        course.work.say_what_was_done(training::DONE_STOPPED, made.unwrap_or_default(), said, None);
    };
    view! {
        {stops.then(|| reasons_view(reasons))}
        <TextArea label=if stops { training::STOP_WORD } else { training::REFERRED_TO } value=word on_input=move |said| word.set(said) />
        <Field label=training::ON_DAY kind="date" value=on on_change=move |day| on.set(day) />
        <Button text=if stops { training::STOP_NOW } else { training::REFERRED } appearance=Appearance::Danger wide=true disabled=not_yet tap=end />
        <Button text=shared::CANCEL wide=true tap=move || asked.set(None) />
    }
    .into_any()
}

fn reasons_view(reasons: RwSignal<Vec<usize>>) -> AnyView {
    let buttons = StopReason::ALL.iter().enumerate().map(|(place, reason)| {
        let pressed = move || if reasons.with(|reasons| reasons.contains(&place)) { "true" } else { "false" };
        let toggle = move |_| {
            reasons.update(|reasons| match reasons.iter().position(|one| *one == place) {
                Some(at) => drop(reasons.remove(at)),
                None => reasons.push(place),
            });
        };
        view! {
            <button type="button" class="day-button" aria-pressed=pressed on:click=toggle>
                {named::reason(*reason)}
            </button>
        }
        .into_any()
    });
    let buttons = buttons.collect_view();
    view! {
        <div class="reasons" role="group" aria-label=training::REASONS>
            <span class="soft">{training::REASONS}</span>
            {buttons}
        </div>
    }
    .into_any()
}

/// How it ended, with the way back.
pub fn ended(course: Course) -> AnyView {
    changing(move || {
        let Some((id, end)) = course.told(|story| story.end.clone()).flatten() else { return ().into_any() };
        let reasons = end.reasons.map(|reasons| {
            let all = reasons.each().filter_map(|place| StopReason::ALL.get(place));
            let all = all.map(|reason| view! { <li>{named::reason(*reason)}</li> }.into_any()).collect_view();
            view! { <ul class="bullets">{all}</ul> }
        });
        let back = move || course.work.remove(id, training::GOES_ON_AGAIN.into());
        view! {
            <Card tone=Tone::Go>
                <h2>{named::outcome(end.how)}</h2>
                <p class="soft">{day_and_month(on_day(end.on))}</p>
                {reasons}
                {end.word.map(|word| view! { <p>{word}</p> })}
                <div class="row"><Button text=training::TAKE_BACK icon=Icon::UNDO tap=back /></div>
            </Card>
        }
        .into_any()
    })
}
