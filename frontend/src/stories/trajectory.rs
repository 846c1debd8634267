//! Trajectories as screens tell them.

use opstap_core::Kind;
use opstap_insight::{TrajectoryStory, trajectories};

use crate::device::Reader;

/// All that a trajectory is told from.
const KINDS: [Kind; 8] = [
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
