//! Runs as screens tell them.

use opstap_core::model::{Prompt, Run, RunEnd, RunFace, Step, StepEvent, StepHelp};
use opstap_core::{BlobRef, Millis, RecordId};
use opstap_insight::{Place, RunStory, place_in_run, run_story};

use crate::device::{Entry, Reader};
use crate::stories::keepsake::{self, Keepsake};
use crate::stories::{self, sort_by};

/// A run that has not ended, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunNow {
    /// The run.
    pub id: RecordId,
    /// That it began.
    pub run: Run,
    /// Its events in the order they were made.
    pub events: Vec<StepEvent>,
    /// Where it goes on.
    pub place: Place,
}

/// A run with everything below it that the reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunTold {
    /// The run.
    pub run: Entry<Run>,
    /// How it went.
    pub story: RunStory,
    /// What supporters said of the help its steps took, also what was corrected.
    pub said: Vec<(RecordId, StepHelp)>,
    /// Who wrote it down, where the client did it without a phone, by the name that the circle knows.
    pub by: Option<String>,
    /// The photos of the result and the words about it that the reader may see, as they were made.
    pub kept: Vec<Keepsake>,
    /// Whether everything of it is sent.
    pub saved: crate::components::Saved,
}

/// The last run of a plan that has not ended, if there is one. `steps` are all steps of the plan in order.
pub async fn open_run(reader: &Reader, plan: RecordId, steps: &[Entry<Step>]) -> Option<RunNow> {
    let run = runs_of(reader, plan).await.pop()?;
    if !reader.below::<RunEnd>(run.id).await.is_empty() {
        return None;
    }
    let events = events(reader, run.id).await;
    let place = place_in_run(&ids(&steps_of(steps, &events)), &events);
    Some(RunNow { id: run.id, run: run.value, events, place })
}

/// A run that somebody is at now: one that nobody ended and at which something happened of late.
pub async fn under_way(reader: &Reader, now: Millis) -> Option<RecordId> {
    for run in reader.all::<Run>().await {
        let began_lately = now.0.saturating_sub(run.value.at.0) < A_DAY;
        if began_lately
            && reader.below::<RunEnd>(run.id).await.is_empty()
            && events(reader, run.id).await.last().is_some_and(|event| now.0.saturating_sub(event.at.0) < LATELY)
        {
            return Some(run.id);
        }
    }
    None
}

/// For how long a run with no tap is still being done, in milliseconds.
const LATELY: u64 = 2 * 3_600_000;
const A_DAY: u64 = 24 * 3_600_000;
/// The steps of a run with these events: those that are still shown. One that went without its prompt while the run was under way stays
/// in it, so that nothing changes under the client's hand.
#[must_use]
pub fn steps_of(steps: &[Entry<Step>], events: &[StepEvent]) -> Vec<Entry<Step>> {
    told_steps(steps, events, &[])
}

/// The steps of a run as it is told afterwards: those of which a supporter spoke belong to it too, shown or not.
fn told_steps(steps: &[Entry<Step>], events: &[StepEvent], said: &[(RecordId, StepHelp)]) -> Vec<Entry<Step>> {
    let met = |step: &Entry<Step>| {
        events.iter().any(|event| event.step == step.id) || said.iter().any(|(_, help)| help.step == step.id)
    };
    steps.iter().filter(|step| step.value.shows() != Prompt::Gone || met(step)).cloned().collect()
}

/// Which they are, in the same order.
#[must_use]
pub fn ids<M>(entries: &[Entry<M>]) -> Vec<RecordId> {
    entries.iter().map(|entry| entry.id).collect()
}

/// The runs of a plan, newest last.
async fn runs_of(reader: &Reader, plan: RecordId) -> Vec<Entry<Run>> {
    let mut runs: Vec<_> = reader.all::<Run>().await.into_iter().filter(|run| run.value.plan == plan).collect();
    sort_by(&mut runs, |a, b| (a.value.at, a.id) > (b.value.at, b.id));
    runs
}

/// The runs since a moment, newest first.
pub async fn runs_since(reader: &Reader, since: Millis) -> Vec<RunTold> {
    let mut runs: Vec<_> = reader.all::<Run>().await.into_iter().filter(|run| run.value.at >= since).collect();
    sort_by(&mut runs, |a, b| (a.value.at, a.id) > (b.value.at, b.id));
    let mut told = Vec::with_capacity(runs.len());
    for run in runs.into_iter().rev() {
        told.push(tell(reader, run).await);
    }
    told
}

/// The latest runs of a plan, newest first.
pub async fn latest_of(reader: &Reader, plan: RecordId, most: usize) -> Vec<RunTold> {
    let mut told = Vec::new();
    for run in runs_of(reader, plan).await.into_iter().rev().take(most) {
        told.push(tell(reader, run).await);
    }
    told
}

/// The photo of the latest result of a plan that has one.
pub async fn latest_photo(reader: &Reader, plan: RecordId) -> Option<BlobRef> {
    for run in runs_of(reader, plan).await.into_iter().rev() {
        let photo = keepsake::of_run(reader, run.id).await.iter().rev().find_map(|kept| kept.photo);
        if photo.is_some() {
            return photo;
        }
    }
    None
}

/// All runs on the device, newest first.
pub async fn runs(reader: &Reader) -> Vec<RunTold> {
    runs_since(reader, Millis(0)).await
}

impl RunTold {
    /// The photos of the result.
    pub fn photos(&self) -> impl Iterator<Item = BlobRef> {
        self.kept.iter().filter_map(|kept| kept.photo)
    }
}

/// One run, told.
pub async fn one_run(reader: &Reader, id: RecordId) -> Option<RunTold> {
    let run = reader.one::<Run>(id).await?;
    Some(tell(reader, run).await)
}

async fn tell(reader: &Reader, run: Entry<Run>) -> RunTold {
    let steps = stories::steps(reader, run.value.plan).await;
    let below = BelowRun {
        events: reader.below(run.id).await,
        ends: reader.below(run.id).await,
        faces: reader.below(run.id).await,
        helped: reader.below(run.id).await,
        kept: keepsake::of_run(reader, run.id).await,
    };
    let by = match run.value.on_paper.and(run.author) {
        Some(author) => Some(stories::name_of(&stories::members(reader).await, author)),
        None => None,
    };
    told(run, &steps, below, by)
}

/// What stands below a run.
struct BelowRun {
    events: Vec<Entry<StepEvent>>,
    ends: Vec<Entry<RunEnd>>,
    faces: Vec<Entry<RunFace>>,
    helped: Vec<Entry<StepHelp>>,
    kept: Vec<Keepsake>,
}

/// All runs since a moment, newest first, each kind read once: for a page that tells of many.
pub async fn all_since(reader: &Reader, since: Millis) -> Vec<RunTold> {
    let mut runs: Vec<_> = reader.all::<Run>().await.into_iter().filter(|run| run.value.at >= since).collect();
    runs.sort_by_key(|run| std::cmp::Reverse((run.value.at, run.id)));
    let mut steps = reader.all::<Step>().await;
    steps.retain(|step| stories::shows_something(&step.value));
    stories::sort_by_order(&mut steps, |step| &step.order);
    let mut below = BelowRun {
        events: reader.all().await,
        ends: reader.all().await,
        faces: reader.all().await,
        helped: reader.all().await,
        kept: Vec::new(),
    };
    let mut kept = keepsake::of_runs(reader).await;
    let members = stories::members(reader).await;
    let tell = |run: Entry<Run>| {
        let own = |kept: &mut (Option<RecordId>, Keepsake)| kept.0 == Some(run.id);
        let of_run = BelowRun {
            events: taken(&mut below.events, run.id),
            ends: taken(&mut below.ends, run.id),
            faces: taken(&mut below.faces, run.id),
            helped: taken(&mut below.helped, run.id),
            kept: kept.extract_if(.., own).map(|(_, kept)| kept).collect(),
        };
        let of_plan: Vec<_> = steps.iter().filter(|step| step.parent == Some(run.value.plan)).cloned().collect();
        let by = run.value.on_paper.and(run.author).map(|author| stories::name_of(&members, author));
        told(run, &of_plan, of_run, by)
    };
    runs.into_iter().map(tell).collect()
}

/// Takes those below a record out of all.
fn taken<M>(all: &mut Vec<Entry<M>>, parent: RecordId) -> Vec<Entry<M>> {
    all.extract_if(.., |entry| entry.parent == Some(parent)).collect()
}

fn told(run: Entry<Run>, steps: &[Entry<Step>], below: BelowRun, by: Option<String>) -> RunTold {
    let BelowRun { events: logged, ends, faces, helped, kept } = below;
    let all_sent = [run.saved]
        .into_iter()
        .chain(logged.iter().map(|entry| entry.saved))
        .chain(ends.iter().map(|entry| entry.saved))
        .chain(faces.iter().map(|entry| entry.saved))
        .chain(helped.iter().map(|entry| entry.saved))
        .chain(kept.iter().map(|thing| thing.saved))
        .reduce(worse)
        .unwrap_or(run.saved);
    let events = in_order(logged);
    let end = last(ends);
    let face = last(faces);
    let said: Vec<_> = helped.into_iter().map(|entry| (entry.id, entry.value)).collect();
    let steps = ids(&told_steps(steps, &events, &said));
    let story = run_story(&run.value, &steps, &events, end.as_ref(), face.as_ref()).with_help(&said);
    RunTold { run, story, said, by, kept, saved: all_sent }
}

fn worse(a: crate::components::Saved, b: crate::components::Saved) -> crate::components::Saved {
    use crate::components::Saved::{OnDevice, Problem, Sent};
    match (a, b) {
        (Problem, _) | (_, Problem) => Problem,
        (OnDevice, _) | (_, OnDevice) => OnDevice,
        (Sent, Sent) => Sent,
    }
}

/// What happened in a run, in the order it was made.
pub async fn events_of(reader: &Reader, run: RecordId) -> Vec<StepEvent> {
    events(reader, run).await
}

async fn events(reader: &Reader, run: RecordId) -> Vec<StepEvent> {
    in_order(reader.below::<StepEvent>(run).await)
}

/// By stamp, not by the time in the log: a clock that was set back must not turn a run round. One edit's events go by id, which
/// rises as they are made.
fn in_order(mut events: Vec<Entry<StepEvent>>) -> Vec<StepEvent> {
    sort_by(&mut events, |a, b| (a.made, a.id) > (b.made, b.id));
    events.into_iter().map(|event| event.value).collect()
}

fn last<M>(entries: Vec<Entry<M>>) -> Option<M> {
    entries.into_iter().max_by_key(|entry| (entry.made, entry.id)).map(|entry| entry.value)
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{HelpLevel, StepOutcome};
    use opstap_core::{Kind, Record};

    use super::*;
    use crate::components::Saved;

    fn step(n: u8, prompt: Option<Prompt>) -> Entry<Step> {
        let id = RecordId([n; 16]);
        let value = Step { prompt, ..Step::saying("A", "Pak brood.") };
        let record = Record::new(id, Kind::Step, None);
        Entry { id, parent: None, value, saved: Saved::Sent, author: None, made: None, record }
    }

    #[test]
    fn a_step_without_its_prompt_is_no_part_of_a_run_unless_the_run_met_it() {
        let all = [step(1, None), step(2, Some(Prompt::Gone)), step(3, Some(Prompt::Picture))];
        let of = |events: &[StepEvent]| ids(&steps_of(&all, events));
        assert_eq!(of(&[]), [RecordId([1; 16]), RecordId([3; 16])]);
        let met = StepEvent::of(RecordId([2; 16]), StepOutcome::Shown, Millis(1));
        assert_eq!(of(&[met]).len(), 3);
    }

    #[test]
    fn a_step_without_its_prompt_that_a_supporter_spoke_of_is_told_in_its_place() {
        let all = [step(1, None), step(2, Some(Prompt::Gone)), step(3, None)];
        let help = HelpLevel::Together;
        let said = (RecordId([9; 16]), StepHelp { step: all[1].id, help, at: Millis(1), replaces: None });
        assert_eq!(ids(&told_steps(&all, &[], &[said])), ids(&all));
    }
}
