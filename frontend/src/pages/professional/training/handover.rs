//! The handover to the OV-coach: its day, what must be clear by then, and who said what of it. Nobody says it for another.

use opstap_core::model::{Handover, HandoverPoint, HandoverTopic, Model, Stage, set};
use opstap_core::{Kind, Millis, RecordId};
use opstap_view::prelude::*;

use super::course::Course;
use super::named;
use crate::components::{Appearance, Button, Field, Icon, Size, changing, icon};
use crate::dates::{from_date, moment, near_today};
use crate::device;
use crate::pages::shared::editing::fields::{cells_of, day, words};
use crate::pages::shared::editing::{AddWords, CellText, TextCell};
use crate::words::{Text, training};

/// The handover of one trajectory.
pub fn handover(course: Course, id: RecordId) -> AnyView {
    let made = Memo::new(move |_| course.told(|story| story.handover.as_ref().map(|(id, _)| *id)).flatten());
    changing(move || match made.get() {
        Some(handover) => sheet(course, handover),
        None => first(course, id),
    })
}

/// There is none yet: it begins with its day, and its points come from the adventure plan.
fn first(course: Course, id: RecordId) -> AnyView {
    let on = RwSignal::new(String::new());
    let plan = move || {
        let Some(on) = from_date(&on.get_untracked()) else { return };
        let handover = device::new_id();
        let mut changes =
            vec![Handover { on: Some(on), outing: None, accepted: None, agreed: None }.make_below(handover, id)];
        let points =
            course.told_now(|story| story.points_to_make(phone_of_coach(course).as_deref())).unwrap_or_default();
        changes.extend(points.iter().map(|point| point.make_below(device::new_id(), handover)));
        course.work.change(training::PLAN_HANDOVER, changes);
    };
    let no_day = Signal::derive(move || from_date(&on.get()).is_none());
    view! {
        <section class="stack form">
            <h2>{training::PART_HANDOVER}</h2>
            <p class="soft">{training::HANDOVER_MORE}</p>
            <Field label=training::HANDOVER_DAY kind="date" value=on on_change=move |day| on.set(day) />
            <div class="row"><Button text=training::PLAN_HANDOVER icon=Icon::PLUS appearance=Appearance::Primary disabled=no_day tap=plan /></div>
        </section>
    }
    .into_any()
}

fn phone_of_coach(course: Course) -> Option<String> {
    let coach = course.told_now(|story| story.trajectory.coach).flatten()?;
    let phone = course.work.with_now(|records| {
        let member = records.members.iter().find(|member| member.value.person == coach)?;
        member.value.phone.clone()
    });
    phone.flatten()
}

fn sheet(course: Course, handover: RecordId) -> AnyView {
    let cell = cells_of(handover);
    view! {
        <section class="stack form">
            <h2>{training::PART_HANDOVER}</h2>
            <div class="pairs">
                {day(course.work, cell("on", training::HANDOVER_DAY))}
                {words(course.work, cell("outing", training::OUTING), true)}
            </div>
        </section>
        {points(course, handover)}
        {said(course)}
    }
    .into_any()
}

fn points(course: Course, handover: RecordId) -> AnyView {
    let rows = Memo::new(move |_| {
        course.told(|story| story.points.iter().map(|(id, _)| *id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let add = move |text: String| {
        let order = course.work.with_now(|records| records.place_behind(Kind::HandoverPoint, handover));
        let Some(order) = order else { return };
        let point = HandoverPoint { order, topic: HandoverTopic::Other, text: Some(text), done: None };
        course.work.change(training::ADD_POINT, vec![point.make_below(device::new_id(), handover)]);
    };
    view! {
        <section class="stack">
            <h2>{training::POINTS}</h2>
            <ul class="points">
                <For each=move || rows.get() key=ToString::to_string children=move |id| view! { <Point course id /> } />
            </ul>
            <AddWords label=training::NEW_POINT button=training::ADD_POINT flushed=course.work.flushed on_add=add />
        </section>
    }
    .into_any()
}

/// One point: whether it is clear, and what was settled.
#[component]
fn Point(course: Course, id: RecordId) -> impl IntoView {
    let point = Memo::new(move |_| course.work.with(|records| records.one::<HandoverPoint>(id)).flatten());
    let topic =
        Memo::new(move |_| point.with(|point| point.as_ref().map_or(HandoverTopic::Other, |point| point.topic)));
    let text =
        Memo::new(move |_| point.with(|point| point.as_ref().and_then(|point| point.text.clone())).unwrap_or_default());
    let done = Signal::derive(move || point.with(|point| point.as_ref().is_some_and(|point| point.done.is_some())));
    let checked = move || if done.get() { "true" } else { "false" };
    let title = Text::live(move || named::topic(topic.get()).get().to_owned());
    let turn = move |on: bool| {
        let done: Option<Millis> = on.then(device::now);
        course.work.change(training::DONE_POINT, vec![set(id, "done", done)]);
    };
    let away = move || course.work.remove(id, training::POINT_REMOVED.into());
    let own = move || topic.get() == HandoverTopic::Other;
    let of = TextCell { record: id, cell: "text", what: training::DONE_POINT, optional: true };
    let label = title.clone();
    view! {
        <li class="point">
            <button type="button" role="checkbox" class="tick" aria-checked=checked on:click=move |_| turn(!done.get_untracked())>
                <i aria-hidden="true">{icon(Icon::CHECK)}</i>
                <span class="fill">{title}</span>
            </button>
            <div class="row">
                <div class="fill"><CellText work=course.work cell=of label held=text line=true /></div>
                {changing(move || own().then(|| view! { <Button text=training::REMOVE_POINT icon=Icon::TRASH mark_only=true size=Size::Tool tap=away /> }).into_any())}
            </div>
        </li>
    }
}

/// What the OV-coach and the client said, each on their own phone.
fn said(course: Course) -> AnyView {
    let told = Memo::new(move |_| {
        let handover = course.told(|story| story.handover.clone()).flatten().map(|(_, handover)| handover);
        let closes = course.told(|story| story.goes_on() && story.stage() == Stage::Handover).unwrap_or_default();
        handover.map(|handover| (handover.accepted, handover.agreed, closes))
    });
    changing(move || {
        let Some((accepted, agreed, closes)) = told.get() else { return ().into_any() };
        let (coach, client) = (course.coach(), course.client());
        let how = match (accepted.is_some() && agreed.is_some(), closes) {
            (true, true) => training::BOTH_SAID_SO,
            (true, false) => training::BOTH_SAID,
            (false, _) => training::EACH_THEMSELVES,
        };
        view! {
            <section class="stack">
                <h2>{training::WHO_SAYS_SO}</h2>
                <ul class="bullets said">
                    {line(accepted, training::accepted_by(coach.clone()), training::not_accepted_by(coach))}
                    {line(agreed, training::agreed_by(client.clone()), training::not_agreed_by(client))}
                </ul>
                <p class="soft">{how}</p>
            </section>
        }
        .into_any()
    })
}

fn line(at: Option<Millis>, yes: Text, not_yet: Text) -> AnyView {
    match at {
        Some(at) => {
            let day = near_today(moment(at));
            view! { <li class="row">{icon(Icon::CHECK)}<span class="fill">{yes}" " <span class="soft">{day}</span></span></li> }.into_any()
        }
        None => view! { <li class="row">{icon(Icon::CLOCK)}<span class="fill">{not_yet}</span></li> }.into_any(),
    }
}
