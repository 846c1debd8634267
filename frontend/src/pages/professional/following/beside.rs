//! What belongs to the row that is chosen: how this time went, the last messages, and the ways to act.

use opstap_core::model::HelpLevel;
use opstap_core::{PersonId, RecordId};
use opstap_insight::following::{Group, What};
use opstap_view::prelude::*;

use super::super::glance::latest_of_plan;
use super::super::place::DeskPlace;
use super::super::run_line::when;
use super::client::{Asking, me};
use super::row::{Rows, action, mark_of};
use super::{later, marks, said};
use crate::components::{Button, Card, HelpMark, Icon, Person, PersonSize, Tone, changing, icon};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::stories;
use crate::words::{Text, desk, following, shared};

/// As many messages as say where it stands.
const MESSAGES: usize = 3;

/// The side of the row.
pub(super) fn beside(shown: Memo<Option<Asking>>, rows: Rows) -> AnyView {
    changing(move || shown.get().map(|asking| of_row(asking, rows)).into_any())
}

fn of_row(asking: Asking, rows: Rows) -> AnyView {
    let (circle, who) = (asking.client.circle, asking.client.name.clone());
    let tone = if matches!(asking.asks.what, What::Help(_)) { Tone::Help } else { Tone::Quiet };
    let put_off = asking.clone();
    let of_done = asking.clone();
    let standing = asking.until.is_none().then(|| {
        view! {
            <div class="row">
                <Button text=following::DONE icon=Icon::CHECK tap=move || later::done(&of_done) />
                <Button text=shared::LATER icon=Icon::SNOOZE tap=move || rows.putting_off.set(Some(put_off.clone())) />
            </div>
        }
    });
    let (of_message, of_page) = (asking.clone(), asking.clone());
    let message = Tap::to(DeskPlace::Messages(circle)).after(move || marks::looked(&of_message));
    let page = Tap::to(DeskPlace::Client(circle)).after(move || marks::looked(&of_page));
    let looked = asking.asks.looked.map(|(by, at)| {
        let (by, at) = (by.map(|by| name_or_you(&asking, by)).unwrap_or_default(), when(at));
        let says = Text::live(move || following::looked(&by, at.get()).get());
        view! { <p class="small soft">{icon(Icon::EYE)} " " {says}</p> }
    });
    let (act, run, said) =
        (action(&asking, asking.asks.group == Group::Now, true), this_run(&asking), messages(&asking));
    let (mark, what, more) = (mark_of(asking.asks.rule), said::what(&asking), said::more(&asking));
    view! {
        <div class="stack of-row">
            <div class="row">
                <Person name=Signal::stored(who.clone()) size=PersonSize::Large />
                <h2 class="fill">{Text::from(who.clone())}</h2>
            </div>
            <Card tone>
                <div class="row">{mark}<b class="fill">{what}</b></div>
                <p>{more}</p>
            </Card>
            {act}
            <div class="row">
                <Button text=following::SEND_MESSAGE icon=Icon::MESSAGE tap=message />
                <Button text=following::open_client(who) icon=Icon::FORWARD tap=page />
            </div>
            {run}
            {said}
            {standing}
            {looked}
        </div>
    }
    .into_any()
}

fn name_or_you(asking: &Asking, person: PersonId) -> String {
    if Some(person) == me() { desk::YOU.now().to_owned() } else { said::name(&asking.client, person) }
}

/// The plan of what asks, where it is about one time.
const fn plan_of(what: &What) -> Option<RecordId> {
    match what {
        What::Help(help) => help.plan,
        What::GivenUp(one) => Some(one.plan),
        What::StepFails(one) => Some(one.plan),
        _ => None,
    }
}

/// A step of a run in a line: its sentence, and how it went.
#[derive(Clone, PartialEq)]
struct Line {
    text: String,
    level: Option<HelpLevel>,
    asked: bool,
    stuck: bool,
}

/// The last time of a plan: which run, whether it goes on, and its steps.
#[derive(Clone, PartialEq)]
struct LastTime {
    run: RecordId,
    goes_on: bool,
    lines: Vec<Line>,
}

async fn last_time(reader: Reader, plan: RecordId) -> Option<LastTime> {
    let told = latest_of_plan(&reader, plan).await?;
    let steps = stories::every_step(&reader, plan).await;
    let line = |(at, step): (usize, &opstap_insight::StepStory)| {
        let met = step.first_shown.is_some() || step.done || step.help_asked + step.not_managed > 0;
        let text = steps.iter().find(|one| one.id == step.step).map(|one| one.value.text.as_str()).unwrap_or_default();
        let (asked, stuck) = (step.help_asked > 0 && !step.done, step.not_managed > 0 && !step.done);
        met.then(|| Line { text: format!("{}. {text}", at + 1), level: step.level(), asked, stuck })
    };
    let lines = told.story.steps.iter().enumerate().filter_map(line).collect();
    Some(LastTime { run: told.run.id, goes_on: told.story.ended.is_none(), lines })
}

/// How the last time of the plan went, step by step, and the way to the whole of it: while it goes on one looks along there.
fn this_run(asking: &Asking) -> AnyView {
    let Some(plan) = plan_of(&asking.asks.what) else { return ().into_any() };
    let circle = asking.client.circle;
    let told = device::watch(circle, move |reader| last_time(reader, plan));
    changing(move || {
        let begun = told.get().flatten().filter(|one| !one.lines.is_empty());
        let Some(LastTime { run, goes_on, lines }) = begun else { return ().into_any() };
        let row = |line: Line| {
            let mark = match line {
                Line { level: Some(level), .. } => view! { <HelpMark level=Some(level) letter=true /> }.into_any(),
                Line { asked: true, .. } => view! { <span class="ask-mark help">{icon(Icon::HAND)}</span> }.into_any(),
                Line { stuck: true, .. } => view! { <span class="ask-mark">{icon(Icon::AGAIN)}</span> }.into_any(),
                Line { .. } => view! { <span class="ask-mark">{icon(Icon::PAUSE)}</span> }.into_any(),
            };
            view! { <li class="row">{mark}<span class="fill">{line.text}</span></li> }.into_any()
        };
        let rows = lines.into_iter().map(row).collect_view();
        let whole = if goes_on { shared::WATCH_ALONG } else { following::SHOW_COURSE };
        view! {
            <section class="stack">
                <h3>{following::THIS_RUN}</h3>
                <ul class="steps-met">{rows}</ul>
                <Button text=whole icon=Icon::FORWARD tap=Tap::to(DeskPlace::Run(circle, run)) />
            </section>
        }
        .into_any()
    })
}

/// The last messages between the client and this person.
fn messages(asking: &Asking) -> AnyView {
    let who = asking.client.name.clone();
    let said = device::watch(asking.client.circle, |reader: Reader| async move {
        let Some(me) = me() else { return Vec::new() };
        let mut all = stories::messages::conversation(&reader, me).await;
        let first = all.len().saturating_sub(MESSAGES);
        let last: Vec<_> = all.drain(first..).filter(|one| !one.message.text.is_empty()).collect();
        last.into_iter().map(|one| (one.by_them, one.message.text, one.when)).collect::<Vec<_>>()
    });
    changing(move || {
        let said = said.get().unwrap_or_default();
        if said.is_empty() {
            return ().into_any();
        }
        let rows = said.into_iter().map(|(by_me, text, at)| {
            let (by, at) = (if by_me { desk::YOU.now().to_owned() } else { who.clone() }, when(at));
            let by = Text::live(move || [by.as_str(), &at.get()].join(", "));
            view! { <li><p>{text}</p><p class="small soft">{by}</p></li> }.into_any()
        });
        let rows = rows.collect_view();
        view! { <section class="stack"><h3>{following::LAST_MESSAGES}</h3><ul class="stack">{rows}</ul></section> }
            .into_any()
    })
}
