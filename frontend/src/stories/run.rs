//! Runs as screens tell them.

use opstap_core::model::{Run, RunEnd, RunFace, RunPhoto, StepEvent};
use opstap_core::{Millis, RecordId};
use opstap_insight::{Place, RunStory, place_in_run, run_story};

use crate::device::{Entry, Reader};
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
    /// The photos of the result that the reader may see.
    pub photos: Vec<Entry<RunPhoto>>,
    /// Whether everything of it is sent.
    pub saved: crate::components::Saved,
}

/// The last run of a plan that has not ended, if there is one.
pub async fn open_run(reader: &Reader, plan: RecordId) -> Option<RunNow> {
    let mut runs: Vec<_> = reader.all::<Run>().await.into_iter().filter(|run| run.value.plan == plan).collect();
    sort_by(&mut runs, |a, b| (a.value.at, a.id) > (b.value.at, b.id));
    let run = runs.pop()?;
    if !reader.below::<RunEnd>(run.id).await.is_empty() {
        return None;
    }
    let events = events(reader, run.id).await;
    let steps: Vec<_> = stories::steps(reader, plan).await.iter().map(|step| step.id).collect();
    let place = place_in_run(&steps, &events);
    Some(RunNow { id: run.id, run: run.value, events, place })
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

/// All runs on the device, newest first.
pub async fn runs(reader: &Reader) -> Vec<RunTold> {
    runs_since(reader, Millis(0)).await
}

/// One run, told.
pub async fn one_run(reader: &Reader, id: RecordId) -> Option<RunTold> {
    let run = reader.one::<Run>(id).await?;
    Some(tell(reader, run).await)
}

async fn tell(reader: &Reader, run: Entry<Run>) -> RunTold {
    let steps: Vec<_> = stories::steps(reader, run.value.plan).await.iter().map(|step| step.id).collect();
    let logged = reader.below::<StepEvent>(run.id).await;
    let ends = reader.below::<RunEnd>(run.id).await;
    let faces = reader.below::<RunFace>(run.id).await;
    let photos = reader.below::<RunPhoto>(run.id).await;
    let all_sent = [run.saved]
        .into_iter()
        .chain(logged.iter().map(|entry| entry.saved))
        .chain(ends.iter().map(|entry| entry.saved))
        .chain(faces.iter().map(|entry| entry.saved))
        .chain(photos.iter().map(|entry| entry.saved))
        .reduce(worse)
        .unwrap_or(run.saved);
    let events = in_order(logged);
    let end = last(ends);
    let face = last(faces);
    let story = run_story(&run.value, &steps, &events, end.as_ref(), face.as_ref());
    RunTold { run, story, photos, saved: all_sent }
}

fn worse(a: crate::components::Saved, b: crate::components::Saved) -> crate::components::Saved {
    use crate::components::Saved::{OnDevice, Problem, Sent};
    match (a, b) {
        (Problem, _) | (_, Problem) => Problem,
        (OnDevice, _) | (_, OnDevice) => OnDevice,
        (Sent, Sent) => Sent,
    }
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
