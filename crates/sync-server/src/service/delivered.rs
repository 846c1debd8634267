//! What somebody other than the client received of a client's circle, for the client to read.

use std::collections::BTreeMap;

use opstap_core::access::Section;
use opstap_core::age::Day;
use opstap_core::model::CircleKind;
use opstap_core::protocol::What;
use opstap_core::record::Kind;
use opstap_core::{CircleId, Millis, PersonId};

use super::reader::Reader;
use super::{Service, ServiceError};
use crate::storage::{CircleRow, Delivered, Storage};

/// What to note when these come into the hands of the person who asks: one line for each section. Nothing of other circles, and nothing
/// of what the client reads.
pub(super) fn delivered(
    row: &CircleRow,
    reader: &Reader<'_>,
    person: PersonId,
    now: Millis,
    sections: impl IntoIterator<Item = Section>,
) -> Vec<(CircleId, Delivered)> {
    if row.kind != CircleKind::Client || reader.access().client() == Some(person) {
        return Vec::new();
    }
    let mut by_section: BTreeMap<Section, u64> = BTreeMap::new();
    for section in sections {
        *by_section.entry(section).or_default() += 1;
    }
    let Day(day) = Day::of(now);
    let line = |(section, records)| (row.id, Delivered { person, section, day, records, live: 0 });
    by_section.into_iter().map(line).collect()
}

impl<S: Storage> Service<S> {
    /// Notes what is about to leave in an answer: before it does, so that what is seen is logged, not what was probably seen.
    pub(super) async fn note_delivered(&self, lines: Vec<(CircleId, Delivered)>) -> Result<(), ServiceError> {
        if lines.is_empty() {
            return Ok(());
        }
        let noted = self
            .storage
            .write(move |txn| lines.iter().try_for_each(|(circle, line)| txn.add_delivery(*circle, line)))
            .await;
        Ok(noted?)
    }
}

/// The section of the logs that a figure counts.
pub(super) fn section_of(what: What) -> Section {
    Section::of(match what {
        What::Practices
        | What::Minutes
        | What::GoalSelf
        | What::GoalHint
        | What::GoalTold
        | What::GoalShown
        | What::GoalTogether => Kind::Practice,
        What::Arrivals => Kind::Arrival,
        What::Messages => Kind::Message,
        What::BookEntries => Kind::BookEntry,
        What::Runs | What::RunsDone | What::StepsDone | What::HelpAsked | What::NotManaged | What::Unknown(_) => {
            Kind::Run
        }
    })
}
