//! The client's plans, copied from the library, and how following them went.

use opstap_core::model::{Ending, Model, OrganisationRole, Plan, Run, RunEnd, RunFace, StepEvent, StepOutcome};
use opstap_core::{Change, Millis, RecordId, order};
use opstap_sync_server::Storage;

use super::Cast;
use super::circle::Round;
use super::past::{days_before, on_day};
use super::story::{PastRun, Plans};
use crate::first_start::{FirstStartError, Library, Pen, Start, head, steps};

/// A copy that the client has.
pub struct Copied {
    file: String,
    plan: RecordId,
    steps: Vec<RecordId>,
}

/// Copies plans from the library into the circle.
pub async fn copy<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &Plans,
    library: &Library,
) -> Result<Vec<Copied>, FirstStartError> {
    let mut pen = round.pen(start, cast, cast.find(&told.made_by)?);
    let at = days_before(start.clock.now(), round.began - 1);
    let mut copies = Vec::new();
    for (copy, place) in told.copies.iter().zip(order::first(told.copies.len())) {
        let template = library.template(&copy.file, told.language);
        let template = template.ok_or_else(|| FirstStartError::NotThere(copy.file.clone()))?;
        let plan = pen.id();
        let head = Plan {
            order: Some(place),
            minutes: Some(copy.at.minutes),
            origin: Some(template.plan),
            ..head(&template.file, told.language)
        };
        let below = steps(&pen, plan, &template.file, told.language);
        let made = below.iter().map(Change::record).collect();
        pen.write(at, None, std::iter::once(head.make(plan)).chain(below).collect());
        copies.push(Copied { file: copy.file.clone(), plan, steps: made });
    }
    pen.hand_in().await?;
    Ok(copies)
}

/// Follows plans as the client did: one edit a tap, as on the phone.
pub async fn run<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &[PastRun],
    plans: &[Copied],
) -> Result<(), FirstStartError> {
    let client = (round.client, OrganisationRole::Participant);
    let mut pen = Pen::new(start, cast.organisation, client, round.circle);
    for run in told {
        let plan = plans.iter().find(|plan| plan.file == run.plan && plan.steps.len() == run.steps.len());
        let plan = plan.ok_or_else(|| FirstStartError::NotThere(format!("a run of {} of as many steps", run.plan)))?;
        follow(&mut pen, run, plan, on_day(start.clock.now(), run.days_ago, run.at));
    }
    pen.hand_in().await
}

fn follow<S: Storage>(pen: &mut Pen<'_, S>, told: &PastRun, plan: &Copied, began: Millis) {
    let run = pen.id();
    pen.write(began, None, vec![Run::begins(plan.plan, began).make(run)]);
    let mut at = began;
    for (place, (step, seconds)) in plan.steps.iter().zip(&told.steps).enumerate() {
        let millis = seconds * 1_000;
        tap(pen, run, *step, StepOutcome::Shown, at);
        if told.help_asked_at.contains(&(place + 1)) {
            tap(pen, run, *step, StepOutcome::HelpAsked, at.plus(millis / 2));
        }
        at = at.plus(millis);
        tap(pen, run, *step, StepOutcome::Done, at);
    }
    let (end, face) = (pen.id(), pen.id());
    pen.write(at, None, vec![RunEnd { how: Ending::Done, at }.make_below(end, run)]);
    let picked = at.plus(8_000);
    pen.write(picked, None, vec![RunFace { face: told.face.0, at: picked }.make_below(face, run)]);
}

fn tap<S: Storage>(pen: &mut Pen<'_, S>, run: RecordId, step: RecordId, what: StepOutcome, at: Millis) {
    let id = pen.id();
    pen.write(at, None, vec![StepEvent::of(step, what, at).make_below(id, run)]);
}
