//! What a client's page tells, in one reading: runs week by week, help per step, photos, notes, appointments, and what the reader may see.

use opstap_core::model::{Appointment, Arrival, Ending, Face, Note, NoteFor, Plan, Practice, Step};
use opstap_core::{BlobRef, Day, Millis, RecordId};
use opstap_insight::following::WEEKS_SHOWN;
use opstap_insight::{RunStory, StepStory, Week};

use super::super::consents::{Permission, permissions};
use super::super::glance::Titled;
use super::super::help_plot::{HelpRow, HelpShown};
use super::super::questions::{Question, questions};
use crate::device::{self, Entry, Reader};
use crate::stories;
use crate::stories::run::RunTold;
use crate::words::{Word, following};

/// As many messages as a person looks through at once.
const MESSAGES: usize = 10;
/// As many times of a plan as stand beside each other.
const TIMES: usize = 12;
/// As many notes, photos and appointments as stand beside the rest.
const BESIDE: usize = 3;

/// All of it.
#[derive(Clone, PartialEq)]
pub(super) struct Lately {
    /// The runs of the last weeks, newest first.
    pub runs: Vec<Titled>,
    /// When a route was practised.
    pub practised: Vec<Millis>,
    /// When a route was travelled alone.
    pub alone: Vec<Millis>,
    /// What the client asked.
    pub questions: Vec<Question>,
    /// What the reader may see.
    pub permissions: Vec<Permission>,
    /// The sentences of the steps.
    pub steps: Vec<(RecordId, String)>,
    /// The latest notes: whose, which and for whom.
    pub notes: Vec<(String, Note)>,
    /// The next appointments and with whom.
    pub coming: Vec<(String, Appointment)>,
}

/// Reads it.
pub(super) async fn read(reader: Reader) -> Lately {
    let members = stories::members(&reader).await;
    let now = device::now();
    let first = Week(Week::of(Day::of(now)).0.saturating_sub(WEEKS_SHOWN - 1)).monday().begins();
    let mut questions = questions(&reader, &members, now).await;
    questions.truncate(MESSAGES);
    let titles = reader.titles::<Plan>(|plan| plan.title).await;
    let titled = |told: RunTold| {
        let title = titles.iter().find(|(id, _)| *id == told.story.plan).map(|(_, title)| title.clone());
        Titled { title: title.unwrap_or_default(), told }
    };
    let runs = stories::run::all_since(&reader, first).await.into_iter().map(titled).collect();
    let practices = reader.all::<Practice>().await.into_iter().map(|one| one.value.at);
    let arrivals = reader.all::<Arrival>().await.into_iter().map(|one| one.value.at);
    let steps = reader.all().await.into_iter();
    let name = |person| stories::name_of(&members, person);
    let mut notes = reader.all::<Note>().await;
    let corrected: Vec<RecordId> = notes.iter().filter_map(|note| note.value.replaces).collect();
    notes.retain(|note| !corrected.contains(&note.id));
    notes.sort_by_key(|note| std::cmp::Reverse(note.value.at));
    let by = |note: Entry<Note>| (note.author.map(name).unwrap_or_default(), note.value);
    let coming = stories::arranged::coming(&reader, now).await.into_iter();
    let coming = coming.filter(|one| one.value.cancelled.is_none()).take(BESIDE);
    Lately {
        runs,
        practised: practices.filter(|at| *at >= first).collect(),
        alone: arrivals.filter(|at| *at >= first).collect(),
        questions,
        permissions: permissions(&reader).await,
        steps: steps.map(|step: Entry<Step>| (step.id, step.value.text)).collect(),
        notes: notes.into_iter().take(BESIDE).map(by).collect(),
        coming: coming.map(|one| (name(one.value.with), one.value)).collect(),
    }
}

/// What was done in a week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WeekTold {
    /// Plans that were done to the end, and that were begun.
    pub plans: (usize, usize),
    /// How often help was asked.
    pub help: usize,
    /// Steps that went by oneself, and all of the times that are over.
    pub oneself: (usize, usize),
    /// How often a route was practised.
    pub practised: usize,
    /// How often one was travelled alone.
    pub alone: usize,
    /// The face that was picked most; of several the one picked last.
    pub face: Option<Face>,
    /// Photos that the reader was shown.
    pub photos: usize,
}

impl Lately {
    /// The last twelve weeks, the oldest first.
    pub fn weeks(&self, this: Week) -> Vec<(Week, WeekTold)> {
        let weeks = (0..WEEKS_SHOWN).rev().map(|back| Week(this.0.saturating_sub(back)));
        weeks.map(|week| (week, self.week(week))).collect()
    }

    fn week(&self, week: Week) -> WeekTold {
        let is_in = |at: Millis| Week::of(Day::of(at)) == week;
        let mut told = WeekTold::default();
        let mut faces: Vec<(Face, usize)> = Vec::new();
        for run in self.runs.iter().map(|run| &run.told).filter(|run| is_in(run.story.began)) {
            let is_done = matches!(run.story.ended, Some((Ending::Done, _)));
            told.plans = (told.plans.0 + usize::from(is_done), told.plans.1 + 1);
            told.help += usize::try_from(run.story.help_asked()).unwrap_or_default();
            told.photos += run.photos().count();
            // As the list of clients counts it: of all steps of a time that is over.
            if run.story.ended.is_some() {
                told.oneself = (told.oneself.0 + run.story.done_by_oneself(), told.oneself.1 + run.story.length());
            }
            if let Some(face) = run.story.face {
                match faces.iter_mut().find(|(known, _)| *known == face) {
                    Some((_, count)) => *count += 1,
                    None => faces.push((face, 1)),
                }
            }
        }
        // Runs come newest first, so the first of those picked most was picked last.
        let most = faces.iter().map(|(_, count)| *count).max();
        told.face = faces.iter().find(|(_, count)| Some(*count) == most).map(|(face, _)| *face);
        told.practised = self.practised.iter().filter(|at| is_in(**at)).count();
        told.alone = self.alone.iter().filter(|at| is_in(**at)).count();
        told
    }

    /// The plans that were done, the one done most first.
    pub fn plans(&self) -> Vec<(RecordId, String)> {
        let mut plans: Vec<(RecordId, String, usize)> = Vec::new();
        for run in &self.runs {
            let plan = run.told.story.plan;
            match plans.iter_mut().find(|(known, ..)| *known == plan) {
                Some((.., count)) => *count += 1,
                None => plans.push((plan, run.title.clone(), 1)),
            }
        }
        plans.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
        plans.into_iter().map(|(plan, title, _)| (plan, title)).collect()
    }

    /// The help that each step of a plan took the last times.
    pub fn help(&self, plan: RecordId) -> HelpShown {
        let of_plan = self.runs.iter().map(|run| &run.told.story).filter(|story| story.plan == plan);
        let mut times: Vec<_> = of_plan.filter(|story| story.ended.is_some()).take(TIMES).collect();
        times.reverse();
        let mut order: Vec<RecordId> = Vec::new();
        // As the plan is now; a step that left it is not what is being learned.
        let of_now = times.last().map(|story| story.steps.as_slice()).unwrap_or_default();
        order.extend(of_now.iter().map(|step| step.step).filter(|step| self.steps.iter().any(|(id, _)| id == step)));
        let row = |step: RecordId| {
            let level =
                |story: &&RunStory| story.steps.iter().find(|told| told.step == step).and_then(StepStory::level);
            let title = self.steps.iter().find(|(id, _)| *id == step).map(|(_, text)| text.clone()).unwrap_or_default();
            HelpRow { title, help: times.iter().map(level).collect(), parts: Vec::new() }
        };
        HelpShown {
            column: following::STEP_COLUMN,
            caption: following::STEPS_CAPTION,
            times: times.iter().map(|story| story.began).collect(),
            rows: order.into_iter().map(row).collect(),
        }
    }

    /// The photos that were shown last: each with the title of its plan and when.
    pub fn photos(&self) -> Vec<(BlobRef, String, Millis)> {
        let of_run = |run: &Titled| {
            let at = run.told.story.began;
            run.told.photos().map(|photo| (photo, run.title.clone(), at)).collect::<Vec<_>>()
        };
        self.runs.iter().flat_map(of_run).take(BESIDE + 1).collect()
    }
}

/// For whom a note is, as a word.
pub(super) const fn note_word(whom: NoteFor) -> Word {
    match whom {
        NoteFor::Colleagues => following::NOTE_COLLEAGUES,
        NoteFor::File => following::NOTE_FILE,
    }
}

#[cfg(test)]
#[path = "lately_tests.rs"]
mod tests;
