//! What a coordinator does with a trajectory: leading it on, closing it, the points of its handover, and whether somebody lives where the
//! programme works.

use opstap_core::letters::in_small;
use opstap_core::model::{
    FollowUp, HANDOVER_ACCEPTED, HANDOVER_AGREED, HandoverPoint, HandoverTopic, Learnability, Model, ProgrammeSettings,
    Stage, StageEntry, TrajectoryOutcome, delete, restore, set,
};
use opstap_core::record::DELETED;
use opstap_core::{Change, Day, Kind, Millis, PersonId, Record, RecordId, order};

use crate::trajectory::{FollowUpStory, TrajectoryStory, follow_ups_after};

impl TrajectoryStory {
    /// The stage that comes after the one of now; none after the last.
    #[must_use]
    pub fn next(&self) -> Option<Stage> {
        let now = self.stage();
        Stage::ALL.iter().copied().find(|stage| *stage > now)
    }

    /// The stages it can go back to, the first first. Registration happened once.
    pub fn behind(&self) -> impl Iterator<Item = Stage> {
        let now = self.stage();
        Stage::ALL.iter().copied().filter(move |stage| *stage > Stage::Registration && *stage < now)
    }

    /// Whether it was judged that the route cannot be learned, or not now, and nobody said why.
    #[must_use]
    pub fn lacks_reason(&self) -> bool {
        self.intake.as_ref().is_some_and(|(_, intake)| {
            let judged = matches!(intake.learnability, Some(Learnability::No | Learnability::Later));
            judged && intake.reason.is_none()
        })
    }

    /// Whether it can still be stopped. Once somebody travels alone it was completed: that they do not any more is what a follow-up finds.
    #[must_use]
    pub fn can_stop(&self) -> bool {
        self.goes_on() && self.stage() < Stage::Alone
    }

    /// How it ends when it stops now.
    #[must_use]
    pub fn outcome_of_stopping(&self) -> TrajectoryOutcome {
        if self.started().is_some() { TrajectoryOutcome::Stopped } else { TrajectoryOutcome::Withdrew }
    }

    /// Since when it waits to be closed: OV-coach and participant both said yes, and nobody led it on.
    #[must_use]
    pub fn to_close(&self) -> Option<Day> {
        self.completed().filter(|_| self.goes_on() && self.stage() < Stage::Alone)
    }

    /// The follow-up enquiries that closing the handover makes: each of them once, counted from the day it was completed. What was asked
    /// before a handover that was led back is not of this one.
    #[must_use]
    pub fn follow_ups_to_make(&self) -> Vec<FollowUp> {
        let Some(completed) = self.completed() else { return Vec::new() };
        let of_now = |one: &&FollowUpStory| one.answer.as_ref().is_none_or(|(_, answer)| answer.on >= completed);
        let stands = |months| self.follow_ups.iter().filter(of_now).any(|one| one.follow_up.months == months);
        follow_ups_after(completed).into_iter().filter(|one| !stands(one.months)).collect()
    }

    /// The changes that lead it on to its next stage; from the handover the follow-up enquiries come with it. None after the last stage.
    pub fn lead_on(&self, on: Day, responsible: Option<PersonId>, mut new_id: impl FnMut() -> RecordId) -> Vec<Change> {
        let Some(stage) = self.next() else { return Vec::new() };
        let entry = StageEntry { stage, on, responsible, reason: None };
        let mut changes = vec![entry.make_below(new_id(), self.id)];
        if stage >= Stage::Alone {
            changes.extend(self.follow_ups_to_make().iter().map(|one| one.make_below(new_id(), self.id)));
        }
        changes
    }

    /// The changes that lead it back to a stage. Before travelling alone it will be handed over anew: what OV-coach and participant said, what
    /// was clear and what was still to be asked goes with it.
    #[must_use]
    pub fn lead_back(&self, entry: &StageEntry, id: RecordId) -> Vec<Change> {
        let mut changes = vec![entry.make_below(id, self.id)];
        if entry.stage < Stage::Alone {
            changes.extend(self.yes_taken_back());
            let clear = self.points.iter().filter(|(_, point)| point.done.is_some());
            changes.extend(clear.map(|(id, _)| set(*id, "done", None::<Millis>)));
            let open = self.follow_ups.iter().filter(|one| one.answer.is_none());
            changes.extend(open.map(|one| delete(one.id)));
        }
        changes
    }

    /// The changes that take back the step that came to its last entry, as a whole: what was made with it goes, unless somebody went on with
    /// it, what went with it comes back, and the points of the handover that it took for unclear are clear again. Only who said yes to the
    /// handover says so again. `records`: all that it is told from, the deleted ones too.
    #[must_use]
    pub fn step_taken_back(&self, entry: RecordId, records: &[Record]) -> Vec<Change> {
        let all = records.iter().filter(|record| record.id != entry);
        // Who takes over has an entry at the same stage: what else is done with it is no step.
        let is_step = self.entries.iter().rev().nth(1).is_none_or(|(_, before)| before.stage != self.stage());
        let made = records.iter().find(|record| record.id == entry && is_step).and_then(Record::made);
        let Some(by) = made else { return vec![delete(entry)] };
        let goes_on = |made: &Record| {
            made.cells.iter().any(|(name, cell)| name != DELETED && cell.stamp != by)
                || records.iter().any(|below| below.parent == Some(made.id) && !below.is_deleted())
        };
        let back = all.filter_map(|record| {
            let with_it = |cell: &str| record.cells.get(cell).is_some_and(|cell| cell.stamp == by);
            match record.kind {
                _ if record.is_deleted() => with_it(DELETED).then(|| restore(record.id)),
                _ if record.made() == Some(by) => (!goes_on(record)).then(|| delete(record.id)),
                Kind::HandoverPoint if with_it("done") => Some(set(record.id, "done", by.millis)),
                _ => None,
            }
        });
        [delete(entry)].into_iter().chain(back).collect()
    }

    /// The changes by which neither OV-coach nor participant said yes to the handover any more: it was to somebody else, or is led back.
    #[must_use]
    pub fn yes_taken_back(&self) -> Vec<Change> {
        let Some((id, handover)) = &self.handover else { return Vec::new() };
        let said = [(HANDOVER_ACCEPTED, handover.accepted), (HANDOVER_AGREED, handover.agreed)];
        let said = said.into_iter().filter(|(_, at)| at.is_some());
        said.map(|(cell, _)| set(*id, cell, None::<Millis>)).collect()
    }

    /// Who leaves the circle when it is closed: the volunteer, but for one who becomes the OV-coach or practises with the client in
    /// another training.
    #[must_use]
    pub fn who_leaves(&self, all: &[Self]) -> Option<PersonId> {
        let volunteer = self.trajectory.volunteer.filter(|volunteer| self.trajectory.coach != Some(*volunteer))?;
        let practises = |other: &Self| {
            let goes_on = other.goes_on() && other.stage() < Stage::Alone;
            other.id != self.id && goes_on && other.trajectory.volunteer == Some(volunteer)
        };
        (!all.iter().any(practises)).then_some(volunteer)
    }

    /// The points of a new handover, from the adventure plan: one for each topic, with what is known of it, and what a parent asks as a
    /// point of this participant. `reachable`: the telephone number of the OV-coach.
    #[must_use]
    pub fn points_to_make(&self, reachable: Option<&str>) -> Vec<HandoverPoint> {
        let plan = &self.trajectory;
        let known = |topic| match topic {
            HandoverTopic::Reachable => reachable.map(str::to_owned),
            HandoverTopic::Fears => plan.attention.clone(),
            HandoverTopic::Other => plan.parent_asks.clone(),
            HandoverTopic::Card | HandoverTopic::Disruption | HandoverTopic::NextRoute => None,
        };
        let all = HandoverTopic::ALL.iter().map(|topic| (*topic, known(*topic)));
        let all: Vec<_> = all.filter(|(topic, text)| *topic != HandoverTopic::Other || text.is_some()).collect();
        let places = order::first(all.len());
        let points = all.into_iter().zip(places);
        points.map(|((topic, text), order)| HandoverPoint { order, topic, text, done: None }).collect()
    }
}

impl FollowUpStory {
    /// For how many days it is overdue; none when it has an answer or is not due before today.
    #[must_use]
    pub fn days_overdue(&self, today: Day) -> Option<u32> {
        let days = today.0.checked_sub(self.follow_up.due.0)?;
        (self.answer.is_none() && days > 0).then_some(days)
    }
}

/// Whether the programme works in a municipality, whatever its capitals: everywhere where it names none, and wherever none is said yet.
#[must_use]
pub fn is_served(settings: Option<&ProgrammeSettings>, municipality: &str) -> bool {
    let lives_in = in_small(municipality.trim());
    let named = settings.and_then(|settings| settings.served.as_deref()).unwrap_or_default();
    let mut named = named.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lives_in.is_empty() || named.peek().is_none() || named.any(|line| in_small(line) == lives_in)
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
