//! How much help each step of a run took, to see and to correct with one tap.

use opstap_core::model::{HelpLevel, Model, Step, StepHelp};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::kept::{keep, taking_away};
use crate::components::{Bones, EmptyState, FaceMark, HelpChoice, LoadingBones, Picture, Well, changing, help_word};
use crate::dates::{full_day, moment, near_moment};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::stories::{self, run::RunTold};
use crate::words::{Text, care, desk, practice};

/// A run with the words of its steps.
#[derive(Clone, PartialEq)]
struct Seen {
    told: RunTold,
    title: String,
    steps: Vec<Option<Step>>,
}

async fn read(reader: Reader, run: RecordId) -> Option<Seen> {
    let told = stories::run::one_run(&reader, run).await?;
    let plan = reader.one_even_deleted::<opstap_core::model::Plan>(told.story.plan).await;
    let mut steps = Vec::with_capacity(told.story.steps.len());
    for step in &told.story.steps {
        steps.push(reader.one_even_deleted::<Step>(step.step).await.map(|step| step.value));
    }
    Some(Seen { told, title: plan.map(|plan| plan.value.title).unwrap_or_default(), steps })
}

/// Says how much help a step took. The word that counted before is named, so that it does not count any more.
pub fn correct(circle: CircleId, told: &RunTold, step: RecordId, help: HelpLevel) {
    let replaces = opstap_insight::counts(&told.said, step).map(|(id, _)| *id);
    let (id, run) = (device::new_id(), told.run.id);
    let said = StepHelp { step, help, at: device::now(), replaces };
    let place = told.story.steps.iter().position(|other| other.step == step).map_or(0, |place| place + 1);
    let words = Text::live(move || care::help_said(place.to_string(), help_word(help).get()).get());
    // Once it is taken back, what it replaced counts again.
    keep(circle, vec![said.make_below(id, run)], words);
}

/// The run, told for the phone: when, by whom, and each step with its level.
#[component]
pub fn StepLevels(circle: CircleId, run: RecordId) -> impl IntoView {
    let seen = device::watch(circle, move |reader| read(reader, run));
    changing(move || match seen.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="memo" sentence=practice::NOT_FOUND /> }.into_any(),
        Some(Some(seen)) => filled(circle, &seen),
    })
}

fn filled(circle: CircleId, seen: &Seen) -> AnyView {
    let began = moment(seen.told.story.began);
    // On paper the time of the day is no more than a guess.
    let when = if seen.told.by.is_some() { full_day(began) } else { near_moment(began, moment(device::now())) };
    let by = seen.told.by.clone().map(|by| view! { <p class="soft">{care::written_by(by)}</p> });
    let face = seen.told.story.face.map(|face| view! { <FaceMark face /> });
    let rows = seen.told.story.steps.iter().zip(&seen.steps).enumerate().map(|(place, (story, step))| {
        let (id, told) = (story.step, seen.told.clone());
        let text = step.as_ref().map_or_else(|| desk::step_number(place + 1), |step| Text::from(step.text.clone()));
        let picture = step.as_ref().and_then(|step| step.picture.clone());
        let choose = move |help| correct(circle, &told, id, help);
        row(circle, (place, text, picture), Signal::stored(story.level()), choose)
    });
    view! {
        <h1 class="title">{seen.title.clone()}</h1>
        <p class="soft">{when}</p>
        {by}
        {face}
        <h2 class="title">{care::HELP_PER_STEP}</h2>
        <p class="soft">{care::HELP_FROM_TAPS}</p>
        <ol class="list help-steps">{rows.collect_view()}</ol>
        <div class="row">{take_away(circle, &seen.told)}</div>
    }
    .into_any()
}

/// For whoever wrote the run down, the way to take it away; the client's own runs are the client's.
pub fn take_away(circle: CircleId, told: &RunTold) -> Option<AnyView> {
    let author = told.run.author.filter(|_| told.run.value.on_paper == Some(true));
    taking_away(circle, (told.run.id, author), || Tap::back().run())
}

/// A step with the five levels below its words.
pub(super) fn row(
    circle: CircleId,
    (place, text, picture): (usize, Text, Option<opstap_core::model::Picture>),
    level: Signal<Option<HelpLevel>>,
    choose: impl Fn(HelpLevel) + 'static,
) -> AnyView {
    let said = move || level.get().map_or_else(|| care::NOT_MET.get(), |level| help_word(level).get());
    let label = care::help_of_step((place + 1).to_string());
    view! {
        <li class="stack">
            <span class="row">
                <Picture source=device::picture(circle, picture) well=Well::Small />
                <span class="fill">{text} <b class="small">{said}</b></span>
            </span>
            <HelpChoice label chosen=level on_choose=choose />
        </li>
    }
    .into_any()
}
