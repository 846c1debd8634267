//! Where two people changed the same without knowing: one list of what is looked at, for every place that says so.

use opstap_core::Record;
use opstap_core::model::{Choice, Plan, Step};

use crate::device::Entry;

/// The cells of a plan, its steps and their choices that people set and that can hold two versions.
pub const CELLS: [&str; 20] = [
    "title",
    "text",
    "picture",
    "minutes",
    "days",
    "other_days",
    "other_minutes",
    "after",
    "reminder",
    "always",
    "mastery",
    "hint",
    "voice",
    "video",
    "timer",
    "exits",
    "other_way",
    "other_picture",
    "prompt",
    "to",
];

/// Whether two people changed the same in a record, or one removed what another changed.
#[must_use]
pub fn is_crossed(record: &Record) -> bool {
    record.came_back() || CELLS.iter().any(|cell| record.others(cell).next().is_some())
}

/// Whether that is so anywhere in a plan. `choices` may be those of all plans.
#[must_use]
pub fn is_plan_crossed(plan: &Entry<Plan>, steps: &[Entry<Step>], choices: &[Entry<Choice>]) -> bool {
    let of_step = |choice: &&Entry<Choice>| steps.iter().any(|step| choice.parent == Some(step.id));
    is_crossed(&plan.record)
        || steps.iter().any(|step| is_crossed(&step.record))
        || choices.iter().filter(of_step).any(|choice| is_crossed(&choice.record))
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Model;
    use opstap_core::record::{DELETED, ORDER};
    use opstap_core::{Cell, DeviceId, Kept, Kind, Millis, RecordId, Stamp, Value};

    use super::*;

    const STAMP: Stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };

    fn kept(kind: Kind, cell: &'static str) -> Record {
        let mut record = Record::new(RecordId([1; 16]), kind, None);
        record.kept.push(Kept { cell: cell.into(), value: Value::Int(9), stamp: STAMP, number: 4 });
        record
    }

    #[test]
    fn every_cell_that_people_set_is_looked_at_and_a_place_in_a_list_is_not() {
        let cells_of =
            |change: opstap_core::Change| change.cells().iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let choice = Choice { order: "B".into(), text: "Bus".into(), picture: None, to: Some(RecordId([2; 16])) };
        for cell in cells_of(choice.make(RecordId([1; 16]))) {
            assert!(cell == ORDER || CELLS.contains(&cell.as_ref()), "{cell}");
        }
        assert!(is_crossed(&kept(Kind::Choice, "to")) && is_crossed(&kept(Kind::Plan, "reminder")));
        assert!(is_crossed(&kept(Kind::Step, DELETED)) && !is_crossed(&kept(Kind::Step, ORDER)));
    }

    #[test]
    fn what_lost_to_the_same_words_is_no_conflict() {
        let mut record = kept(Kind::Plan, "minutes");
        record.cells.insert("minutes".into(), Cell { value: Value::Int(9), stamp: STAMP, number: 5 });
        assert!(!is_crossed(&record));
    }
}
