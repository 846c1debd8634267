//! The client's circle that is measured: twenty plans, and sixty runs of them over two months.

use std::io;

use opstap_core::model::{Ending, Face, Model, Picture, Plan, Run, RunEnd, RunFace, Step, StepEvent, StepOutcome};
use opstap_core::plan_format::{self, Language, PlanFile};
use opstap_core::record::Kind;
use opstap_core::{Change, CircleId, Millis, RecordId, library, order};

use crate::browser::Server;
use crate::device::{Device, now};

/// How many plans the circle has.
pub const PLANS: usize = 20;
/// How many runs.
pub const RUNS: usize = 60;
/// How many runs a full book has: more than twenty a day for as long as logs stay on a phone.
pub const ENTRIES: usize = 2_000;

/// A plan with its steps.
pub type Made = (RecordId, Vec<RecordId>);

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Adds to the demonstration what is missing, and gives the plans that were added, each with its steps.
///
/// # Errors
/// When the server or a file of the library cannot be used.
pub fn fill(server: &Server) -> Result<Vec<Made>, Box<dyn std::error::Error>> {
    let mut marloes = Device::pair(&server.new_link("Marloes")?, 11)?;
    let mut sem = Device::pair(&server.new_link("Sem")?, 12)?;
    let held = sem.held()?.pop().ok_or_else(|| io::Error::other("Sem has no circle"))?;
    let count = |kind| held.records.iter().filter(|record| record.kind == kind).count();
    let (plans, runs) = (count(Kind::Plan), count(Kind::Run));
    let mut made = Vec::new();
    for (place, content) in library::PLANS.iter().enumerate().take(PLANS.saturating_sub(plans)) {
        made.push(copy(&mut marloes, held.circle, &plan_format::parse(content)?, place));
    }
    marloes.hand_in()?;
    for (past, (plan, steps)) in made.iter().cycle().take(RUNS.saturating_sub(runs)).enumerate() {
        let began = Millis(now().0 - DAY - past as u64 * DAY);
        follow(&mut sem, held.circle, *plan, steps, began);
    }
    sem.hand_in()?;
    Ok(made)
}

/// Fills the client's book: runs of one step each over the last eighty days.
///
/// # Errors
/// When the server cannot be used.
pub fn fill_the_book(server: &Server, plans: &[Made]) -> Result<(), Box<dyn std::error::Error>> {
    let mut sem = Device::pair(&server.new_link("Sem")?, 13)?;
    let circle = sem.held()?.pop().ok_or_else(|| io::Error::other("Sem has no circle"))?.circle;
    let apart = 80 * DAY / ENTRIES as u64;
    for (past, (plan, steps)) in plans.iter().cycle().take(ENTRIES).enumerate() {
        let began = Millis(now().0 - DAY / 2 - past as u64 * apart);
        follow(&mut sem, circle, *plan, steps.get(..1).unwrap_or_default(), began);
    }
    sem.hand_in()?;
    Ok(())
}

fn copy(marloes: &mut Device, circle: CircleId, file: &PlanFile, place: usize) -> (RecordId, Vec<RecordId>) {
    let at = Millis(now().0 - 70 * DAY);
    let pictogram = |name: &plan_format::Name| Picture::Pictogram(name.as_str().to_owned());
    let plan = marloes.id(at);
    let head = Plan {
        picture: Some(pictogram(&file.picture)),
        theme: Some(file.theme.code().to_owned()),
        language: Some(Language::Dutch.code().to_owned()),
        order: order::first(PLANS).get(place).cloned(),
        file: Some(file.id.as_str().to_owned()),
        ..Plan::titled(file.title.get(Language::Dutch))
    };
    let mut changes = vec![head.make(plan)];
    let mut steps = Vec::new();
    for (step, order) in file.steps.iter().zip(order::first(file.steps.len())) {
        let id = marloes.id(at);
        let text = step.text.get(Language::Dutch);
        let step = Step { picture: step.picture.as_ref().map(pictogram), ..Step::saying(order, text) };
        changes.push(step.make_below(id, plan));
        steps.push(id);
    }
    marloes.write(circle, at, changes);
    (plan, steps)
}

/// One edit a tap, as on the phone.
fn follow(sem: &mut Device, circle: CircleId, plan: RecordId, steps: &[RecordId], began: Millis) {
    let run = sem.id(began);
    let mut at = began;
    let event = |sem: &mut Device, step: RecordId, what, at| -> Change {
        let id = sem.id(at);
        StepEvent::of(step, what, at).make_below(id, run)
    };
    let mut changes = vec![Run::begins(plan, at).make(run)];
    for step in steps {
        changes.push(event(sem, *step, StepOutcome::Shown, at));
        sem.write(circle, at, std::mem::take(&mut changes));
        at = at.plus(8_000 + sem.below(120_000));
        changes.push(event(sem, *step, StepOutcome::Done, at));
    }
    let (end, face) = (sem.id(at), sem.id(at));
    changes.push(RunEnd { how: Ending::Done, at }.make_below(end, run));
    sem.write(circle, at, changes);
    sem.write(circle, at.plus(6_000), vec![RunFace { face: Face::Good, at: at.plus(6_000) }.make_below(face, run)]);
}
