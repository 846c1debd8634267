//! What is written below a row of the programme, so that it says what the circle says.

use opstap_core::model::{Model, RegistrationFollowUp, RegistrationTime, Stage, delete, set};
use opstap_core::{CellName, Change, RecordId, Value};
use opstap_insight::{TrajectoryStory, follow_ups_of, is_found_before};

use crate::device::{self, Entry};

/// One record for each enquiry, by its months; what was found since is set in it. What was found before it was led back goes.
pub(super) fn follow_up_changes(
    row: RecordId,
    known: &[Entry<RegistrationFollowUp>],
    story: &TrajectoryStory,
) -> Vec<Change> {
    let now = follow_ups_of(story);
    let is_asked_again = |one: &RegistrationFollowUp| now.iter().any(|found| found.months == one.months);
    let gone = known.iter().filter(|one| is_found_before(story, &one.value) && !is_asked_again(&one.value));
    let mut changes: Vec<Change> = gone.map(|one| delete(one.id)).collect();
    for found in &now {
        match the_one(known, |one| one.months == found.months) {
            None => changes.push(found.make_below(device::new_id(), row)),
            Some(one) => changes.extend(other_cells(one.id, &one.value.cells(), &found.cells())),
        }
    }
    changes
}

/// One record for each stage and role. Where not all practices are seen, what was counted of them becomes no less.
pub(super) fn time_changes(
    row: RecordId,
    known: &[Entry<RegistrationTime>],
    now: &[RegistrationTime],
    is_all: bool,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for time in now {
        let may_be_less = is_all || time.stage != Stage::Practice;
        match the_one(known, |one| (one.stage, one.role) == (time.stage, time.role)) {
            None if time.minutes > 0 => changes.push(time.make_below(device::new_id(), row)),
            Some(one) if one.value.minutes < time.minutes || may_be_less && one.value.minutes > time.minutes => {
                changes.push(set(one.id, "minutes", time.minutes));
            }
            _ => {}
        }
    }
    changes
}

/// The record that says this. Of two that were made apart the one that counts, with the lowest id.
fn the_one<M>(known: &[Entry<M>], says: impl Fn(&M) -> bool) -> Option<&Entry<M>> {
    known.iter().filter(|one| says(&one.value)).min_by_key(|one| one.id)
}

/// Sets the cells that differ; one that is empty now is emptied.
fn other_cells(id: RecordId, known: &[(CellName, Value)], now: &[(CellName, Value)]) -> Option<Change> {
    let held = |cells: &[(CellName, Value)], name: &CellName| {
        cells.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let names = known.iter().chain(now).map(|(name, _)| name);
    let mut cells: Vec<(CellName, Value)> = Vec::new();
    for name in names {
        if held(known, name) != held(now, name) && !cells.iter().any(|(known, _)| known == name) {
            cells.push((name.clone(), held(now, name)));
        }
    }
    (!cells.is_empty()).then_some(Change::Set { id, cells })
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Channel, FollowUp, FollowUpAnswer, StageEntry, TimeRole, Trajectory};
    use opstap_core::{Day, Kind, Record};
    use opstap_insight::FollowUpStory;

    use super::*;
    use crate::components::Saved;

    const ROW: RecordId = RecordId([9; 16]);

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn entry<M: Model>(n: u8, value: M) -> Entry<M> {
        let record = Record::new(id(n), M::KIND, Some(ROW));
        Entry { id: id(n), parent: Some(ROW), value, saved: Saved::Sent, author: None, made: None, record }
    }

    fn practised(minutes: u32) -> RegistrationTime {
        RegistrationTime { stage: Stage::Practice, role: TimeRole::Volunteer, minutes }
    }

    #[test]
    fn what_differs_is_set_and_what_is_gone_is_emptied() {
        let id = RecordId([1; 16]);
        let cell = |name: &'static str, value: i64| (CellName::from(name), Value::Int(value));
        let (known, now) = ([cell("on", 1), cell("months", 3)], [cell("on", 2)]);
        let expected = vec![cell("on", 2), (CellName::from("months"), Value::Nothing)];
        assert_eq!(other_cells(id, &known, &now), Some(Change::Set { id, cells: expected }));
        assert_eq!(other_cells(id, &known, &known), None);
    }

    #[test]
    fn of_times_that_two_desks_wrote_apart_the_one_that_counts_is_set() {
        let known = [entry(7, practised(60)), entry(5, practised(60))];
        assert_eq!(time_changes(ROW, &known, &[practised(75)], true), [set(id(5), "minutes", 75_u32)]);
        assert_eq!(time_changes(ROW, &known, &[practised(60)], true), []);
    }

    fn found(months: u32, on: u32) -> RegistrationFollowUp {
        RegistrationFollowUp {
            on: Day(on),
            months: Some(months),
            travels: Some(true),
            other_routes: None,
            special: None,
        }
    }

    /// Completed on a day, and asked after three months on another.
    fn story(completed: u32, on: u32) -> TrajectoryStory {
        let entry = StageEntry { stage: Stage::Alone, on: Day(completed), responsible: None, reason: None };
        let answer = FollowUpAnswer { travels: Some(true), ..FollowUpAnswer::asked_on(Day(on)) };
        let follow_up = FollowUp { months: 3, due: Day(on) };
        TrajectoryStory {
            id: id(1),
            trajectory: Trajectory::of(Day(1), Channel::School),
            intake: None,
            entries: vec![(id(2), entry)],
            end: None,
            handover: None,
            points: Vec::new(),
            follow_ups: vec![FollowUpStory { id: id(3), follow_up, answer: Some((id(4), answer)) }],
        }
    }

    #[test]
    fn of_enquiries_that_two_desks_wrote_apart_the_one_that_counts_is_set() {
        let known = [entry(7, found(3, 100)), entry(5, found(3, 101))];
        assert_eq!(follow_up_changes(ROW, &known, &story(10, 102)), [set(id(5), "on", Day(102))]);
        assert_eq!(follow_up_changes(ROW, &known, &story(10, 101)), []);
    }

    #[test]
    fn what_was_found_before_it_was_led_back_is_taken_off_unless_it_was_asked_again() {
        let known = [entry(5, found(1, 50)), entry(6, found(3, 100))];
        assert_eq!(follow_up_changes(ROW, &known, &story(120, 210)), [delete(id(5)), set(id(6), "on", Day(210))]);
        assert_eq!(follow_up_changes(ROW, &known, &story(120, 100)), [delete(id(5)), delete(id(6))]);
        let imported = [entry(5, RegistrationFollowUp { months: None, ..found(1, 50) })];
        assert_eq!(follow_up_changes(ROW, &imported, &story(120, 100)), []);
    }

    #[test]
    fn time_that_was_taken_back_is_taken_off_unless_the_practices_are_out_of_sight() {
        let known = [entry(5, practised(60))];
        assert_eq!(time_changes(ROW, &known, &[practised(0)], true), [set(id(5), "minutes", 0_u32)]);
        assert_eq!(time_changes(ROW, &known, &[practised(0)], false), []);
        assert_eq!(time_changes(ROW, &known, &[practised(90)], false), [set(id(5), "minutes", 90_u32)]);
        assert_eq!(time_changes(ROW, &[], &[practised(0)], true), []);
        let made = time_changes(ROW, &[], &[practised(30)], false);
        assert!(matches!(&made[..], [Change::Make { kind: Kind::RegistrationTime, parent: Some(ROW), .. }]));
    }
}
