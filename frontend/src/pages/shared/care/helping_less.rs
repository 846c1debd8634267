//! Helping less: what is proposed for a plan from its latest runs, whether it rests, how often in a row counts, and those runs.

use leptos::task::spawn_local;
use opstap_core::model::{Plan, Prompt, Step, ToCell, set};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_insight::{Proposal, Shown, proposals};
use opstap_view::prelude::*;

use super::kept::{keep, keep_or_undo};
use super::taken_back::{self, decided};
use crate::components::{Button, Card, FaceMark, Icon, ListRow, Size, Tone, changing, icon};
use crate::dates::{day_and_month, full_day, moment, near_moment};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::stories::{self, run::RunTold};
use crate::words::{Text, care, desk};

/// So many runs are read: as many as a rule can ask for, and those between that did not come to a step.
const RUNS: usize = 20;
/// So many runs are listed.
const LISTED: usize = 5;
/// The most times in a row that can be settled on here.
const MOST_TIMES: u32 = 10;

#[derive(Clone, PartialEq)]
struct Told {
    plan: Entry<Plan>,
    steps: Vec<Entry<Step>>,
    proposals: Vec<Proposal>,
    runs: Vec<RunTold>,
    client: String,
}

async fn read(reader: Reader, plan: RecordId) -> Option<Told> {
    let plan = reader.one::<Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    let members = stories::members(&reader).await;
    let runs = stories::run::latest_of(&reader, plan.id, RUNS).await;
    let shown: Vec<_> = steps
        .iter()
        .map(|step| Shown { step: step.id, prompt: step.value.shows(), since: decided(&step.record, "prompt") })
        .collect();
    let stories: Vec<_> = runs.iter().map(|told| told.story.clone()).collect();
    let proposals = proposals(&plan.value, decided(&plan.record, "mastered_by_supporter"), &shown, &stories);
    let runs = runs.into_iter().take(LISTED).collect();
    let client = members.into_iter().next().map(|member| member.value.name).unwrap_or_default();
    Some(Told { plan, steps, proposals, runs, client })
}

/// Keeps an answer to a proposal. Taken back, it is as if nobody had answered, and the proposal stands again.
fn answer<T: ToCell>(circle: CircleId, (id, cell): (RecordId, &'static str), value: T, said: Text) {
    let change = set(id, cell, value);
    spawn_local(async move {
        let reader = Reader::new(circle);
        let since = reader.record(id).await.and_then(|record| decided(&record, cell));
        keep_or_undo(circle, vec![change], said, move || async move {
            if let Some(record) = reader.record(id).await {
                taken_back::note(&record, cell, since);
            }
        });
    });
}

/// What to decide on for a plan, and its latest runs. Nothing stands there for a plan that is not in this circle.
#[component]
pub fn HelpingLess(
    circle: CircleId,
    plan: RecordId,
    /// Where a run is told.
    to_run: fn(CircleId, RecordId) -> Tap,
    /// Where one is written down that was done without a phone.
    to_paper: Tap,
) -> impl IntoView {
    let told = device::watch(circle, move |reader| {
        taken_back::follow();
        read(reader, plan)
    });
    changing(move || told.get().flatten().map(|told| filled(circle, told, to_run, to_paper.clone())).into_any())
}

fn filled(circle: CircleId, told: Told, to_run: fn(CircleId, RecordId) -> Tap, to_paper: Tap) -> AnyView {
    let rests = rests(circle, &told);
    let cards = told.proposals.iter().map(|proposal| proposed(circle, &told, *proposal)).collect_view();
    let times = times(circle, &told.plan);
    let runs =
        told.runs.iter().map(|told| view! { <li>{run_row(told, to_run(circle, told.run.id))}</li> }).collect_view();
    let none = told.runs.is_empty().then(|| view! { <p class="soft">{care::NO_RUNS_YET}</p> });
    view! {
        <section class="stack helping-less">
            <h2 class="title">{care::HELPING_LESS}</h2>
            {rests}
            {cards}
            {times}
            {none}
            <ul class="list">{runs}</ul>
            <div class="row"><Button text=care::WRITE_DOWN icon=Icon::PENCIL tap=to_paper size=Size::Tool /></div>
        </section>
    }
    .into_any()
}

/// A card with what is proposed and the two answers to it.
fn card(tone: Tone, says: Text, more: Option<Text>, yes: (Text, Tap), no: Option<(Text, Tap)>) -> AnyView {
    let more = more.map(|more| view! { <p>{more}</p> });
    let no = no.map(|(text, tap)| view! { <Button text tap size=Size::Tool /> });
    let (text, tap) = yes;
    view! {
        <Card tone>
            <p class="strong">{says}</p>
            {more}
            <div class="row"><Button text tap icon=Icon::CHECK size=Size::Tool />{no}</div>
        </Card>
    }
    .into_any()
}

/// What is said of a plan by those who think that it can rest.
fn rests(circle: CircleId, told: &Told) -> Option<AnyView> {
    let (id, client) = (told.plan.id, told.client.clone());
    let Plan { mastered_by_client, mastered_by_supporter, .. } = told.plan.value;
    let day = |at: Millis| day_and_month(moment(at)).get();
    let agree = (care::CAN_BY_ONESELF_NOW.into(), agree(circle, id));
    let take_back = || {
        let tap = move || {
            keep(circle, vec![set(id, "mastered_by_supporter", None::<Millis>)], care::PLAN_IS_BACK.into());
        };
        (Text::from(care::TAKE_BACK), Tap::from(tap))
    };
    match (mastered_by_client, mastered_by_supporter) {
        (None, None) => None,
        (Some(at), None) => {
            let says = care::client_says_so(client, day(at));
            Some(card(Tone::Proud, says, None, agree, None))
        }
        (None, Some(at)) => {
            let says = care::you_say_so(day(at), client.clone());
            Some(card(Tone::Proud, says, Some(care::now_the_client(client)), take_back(), None))
        }
        (Some(one), Some(at)) => {
            let says = care::does_it_alone(client, day(one.max(at)));
            Some(card(Tone::Proud, says, Some(care::RESTS.into()), take_back(), None))
        }
    }
}

fn agree(circle: CircleId, plan: RecordId) -> Tap {
    Tap::from(move || {
        answer(circle, (plan, "mastered_by_supporter"), device::now(), care::AGREED.into());
    })
}

fn proposed(circle: CircleId, told: &Told, proposal: Proposal) -> AnyView {
    let (client, times) = (told.client.clone(), told.plan.value.times_in_a_row());
    let step = |id: RecordId| told.steps.iter().find(|step| step.id == id);
    let words = |id| step(id).map(|step| step.value.text.clone()).unwrap_or_default();
    let now = |id| step(id).map_or(Prompt::Full, |step| step.value.shows());
    // Putting off says what stood there once more: from that moment runs are counted anew.
    let answers = |id: RecordId, to: Prompt, yes: Text, no: Text| {
        let now = now(id);
        let set_to = move |prompt: Prompt| {
            answer(circle, (id, "prompt"), prompt, care::NOTED.into());
        };
        ((yes, Tap::from(move || set_to(to))), (no, Tap::from(move || set_to(now))))
    };
    match proposal {
        Proposal::Retire => {
            let id = told.plan.id;
            let put_off = move || {
                answer(circle, (id, "mastered_by_supporter"), None::<Millis>, care::NOTED.into());
            };
            let yes = (care::CAN_BY_ONESELF_NOW.into(), agree(circle, id));
            let no = (care::NOT_YET.into(), Tap::from(put_off));
            card(Tone::Proud, care::all_by_oneself(times), Some(care::can_do_without(client)), yes, Some(no))
        }
        Proposal::Less { step, to } => {
            let more = if to == Prompt::Gone { care::then_gone(client) } else { care::then_picture(client) };
            let (yes, no) = answers(step, to, care::LESS_HELP.into(), care::NOT_YET.into());
            card(Tone::Go, care::step_by_oneself(times, words(step)), Some(more), yes, Some(no))
        }
        Proposal::More { step, to } => {
            let more = if to == Prompt::Full { care::then_full(client) } else { care::then_picture(client) };
            let (yes, no) = answers(step, to, care::GIVE_BACK.into(), care::LEAVE_SO.into());
            card(Tone::Quiet, care::step_did_not_go(words(step)), Some(more), yes, Some(no))
        }
    }
}

/// After how many times in a row something is proposed.
fn times(circle: CircleId, plan: &Entry<Plan>) -> AnyView {
    let id = plan.id;
    let now = u32::try_from(plan.value.times_in_a_row()).unwrap_or(MOST_TIMES);
    let change = move |to: u32| {
        keep(circle, vec![set(id, "mastery", Some(to))], care::NOTED.into());
    };
    let (fewest, most) = (Signal::stored(now <= 1), Signal::stored(now >= MOST_TIMES));
    view! {
        <div class="row">
            <span class="fill">{care::LESS_AFTER}</span>
            <Button text=care::ONE_FEWER icon=Icon::MINUS mark_only=true size=Size::Tool disabled=fewest tap=move || change(now - 1) />
            <b>{care::times_in_a_row(plan.value.times_in_a_row())}</b>
            <Button text=care::ONE_MORE icon=Icon::PLUS mark_only=true size=Size::Tool disabled=most tap=move || change(now + 1) />
        </div>
    }
    .into_any()
}

fn run_row(told: &RunTold, tap: Tap) -> AnyView {
    let at = moment(told.story.began);
    let when = if told.by.is_some() { full_day(at) } else { near_moment(at, moment(device::now())) };
    let own = desk::steps_by_oneself(told.story.length(), told.story.done_by_oneself());
    let by = told.by.clone().map(care::written_by);
    let more = Text::live(move || by.iter().fold(own.get(), |said, by| [said, by.get()].join(", ")));
    let face = told.story.face.map(|face| view! { <FaceMark face alone=true /> });
    view! { <ListRow text=when more tap>{face}{icon(Icon::FORWARD)}</ListRow> }.into_any()
}

/// Since when a plan rests, as a list says it; nothing for one that is still to be done.
#[must_use]
pub fn alone_since(plan: &Plan) -> Option<Text> {
    plan.mastered().map(|at| care::alone_since(day_and_month(moment(at)).get()))
}
