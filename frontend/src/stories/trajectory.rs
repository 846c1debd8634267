//! Trajectories as screens tell them.

use opstap_core::model::{HANDOVER_ACCEPTED, HANDOVER_AGREED};
use opstap_core::{Day, Kind, Record, RecordId, Stamp, Value};
use opstap_insight::{TrajectoryStory, trajectories};

use crate::device::Reader;

/// All that a trajectory is told from.
pub const KINDS: [Kind; 8] = [
    Kind::Trajectory,
    Kind::Intake,
    Kind::StageEntry,
    Kind::TrajectoryEnd,
    Kind::Handover,
    Kind::HandoverPoint,
    Kind::FollowUp,
    Kind::FollowUpAnswer,
];

/// The trajectories of the circle, the first registered first.
pub async fn of_circle(reader: &Reader) -> Vec<TrajectoryStory> {
    let mut records = Vec::new();
    for kind in KINDS {
        records.extend(reader.records(kind, None).await.into_iter().map(|(record, _)| record));
    }
    trajectories(&records)
}

/// How much of the follow-up of the circle waits: enquiries that are due and have no answer, and what is to be closed before there are any.
pub async fn due(reader: &Reader, today: Day) -> usize {
    let due = |story: &TrajectoryStory| story.due(today).count() + usize::from(story.to_close().is_some());
    of_circle(reader).await.iter().map(due).sum()
}

/// What waits for the client's own word in a trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whether it clicks with the volunteer, after the first practice: this trajectory.
    Click(RecordId),
    /// Whether they agree with this handover, once the OV-coach took it on.
    Agree(RecordId),
    /// How it goes, by this follow-up enquiry.
    FollowUp(RecordId),
}

/// What is asked first, if anything. Told from the cells alone: the first screen of a client asks this each time, in few bytes.
pub async fn asked(reader: &Reader, today: Day) -> Option<Asked> {
    let mut records = Vec::new();
    for kind in [
        Kind::Trajectory,
        Kind::TrajectoryEnd,
        Kind::Practice,
        Kind::PracticeEnd,
        Kind::Handover,
        Kind::FollowUp,
        Kind::FollowUpAnswer,
    ] {
        records.extend(reader.records(kind, None).await.into_iter().map(|(record, _)| record));
    }
    of_records(&records, today)
}

fn of_records(records: &[Record], today: Day) -> Option<Asked> {
    let is_below = |kind, id| records.iter().any(|record| record.kind == kind && record.parent == Some(id));
    let has = |record: &Record, cell| !matches!(record.value(cell), None | Some(Value::Nothing));
    // Nothing below a trajectory that ended is asked any more.
    let goes_on = |id: Option<RecordId>| id.is_some_and(|id| !is_below(Kind::TrajectoryEnd, id));
    let practised = |route: &Value, since: Option<Stamp>| {
        let of_route = |record: &&Record| {
            record.kind == Kind::Practice && record.value("route") == Some(route) && record.made() >= since
        };
        records.iter().filter(of_route).any(|practice| is_below(Kind::PracticeEnd, practice.id))
    };
    let one = |record: &Record| match record.kind {
        Kind::Trajectory => {
            let due = has(record, "volunteer") && !has(record, "click_participant") && goes_on(Some(record.id));
            // It was emptied when another volunteer took over: then it is asked after a practice with that one.
            let since = record.cells.get("click_participant").map(|cell| cell.stamp);
            let practised = |route| practised(route, since);
            (due && record.value("route").is_some_and(practised)).then_some(Asked::Click(record.id))
        }
        Kind::Handover => {
            let due = has(record, HANDOVER_ACCEPTED) && !has(record, HANDOVER_AGREED) && goes_on(record.parent);
            due.then_some(Asked::Agree(record.id))
        }
        Kind::FollowUp => {
            let due = matches!(record.value("due"), Some(Value::Int(due)) if *due <= i64::from(today.0));
            (due && goes_on(record.parent) && !is_below(Kind::FollowUpAnswer, record.id))
                .then_some(Asked::FollowUp(record.id))
        }
        _ => None,
    };
    records.iter().find_map(one)
}

#[cfg(test)]
#[path = "trajectory_tests.rs"]
mod tests;
