//! What is asked of a client, and when.

use opstap_core::model::{
    Channel, FollowUp, FollowUpAnswer, Handover, Model, Practice, PracticeEnd, Trajectory, TrajectoryEnd,
    TrajectoryOutcome,
};
use opstap_core::{Cell, Change, DeviceId, Millis, PersonId, Stamp};

use super::*;

const TODAY: Day = Day(20_000);
const ROUTE: RecordId = RecordId([9; 16]);

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn record(change: Change) -> Record {
    let Change::Make { id, kind, parent, cells } = change else { panic!("made") };
    let mut record = Record::new(id, kind, parent);
    let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
    for (name, value) in cells {
        record.cells.insert(name, Cell { value, stamp, number: 1 });
    }
    record
}

fn trajectory(click: Option<bool>) -> Record {
    let blank = Trajectory {
        registered: TODAY,
        channel: Channel::School,
        municipality: None,
        area: None,
        indication: None,
        mode: None,
        row: None,
        available: None,
        volunteer: Some(PersonId([2; 16])),
        coach: None,
        met: None,
        present: None,
        goals: None,
        approach: None,
        click_participant: click,
        click_volunteer: None,
        route: Some(ROUTE),
        way_back: None,
        details: None,
        asks: None,
        parent_asks: None,
        attention: None,
    };
    record(blank.make(id(1)))
}

fn practice(ended: bool) -> Vec<Record> {
    let mut all = vec![record(Practice { route: ROUTE, at: Millis(5) }.make(id(3)))];
    let end = PracticeEnd { face: None, word: None, minutes: None, at: Millis(6), said: None };
    all.extend(ended.then(|| record(end.make_below(id(4), id(3)))));
    all
}

fn handover(accepted: Option<Millis>, agreed: Option<Millis>) -> Record {
    record(Handover { on: None, outing: None, accepted, agreed }.make_below(id(5), id(1)))
}

fn of(records: impl IntoIterator<Item = Record>) -> Option<Asked> {
    of_records(&records.into_iter().collect::<Vec<_>>(), TODAY)
}

#[test]
fn whether_it_clicks_is_asked_after_the_first_practice_and_once() {
    assert_eq!(of([trajectory(None)]), None);
    assert_eq!(of(practice(false).into_iter().chain([trajectory(None)])), None);
    assert_eq!(of(practice(true).into_iter().chain([trajectory(None)])), Some(Asked::Click(id(1))));
    assert_eq!(of(practice(true).into_iter().chain([trajectory(Some(false))])), None);
}

#[test]
fn whether_it_clicks_with_another_volunteer_is_asked_after_a_practice_with_that_one() {
    let mut taken_over = trajectory(Some(true));
    let stamp = |millis| Stamp { millis: Millis(millis), counter: 0, device: DeviceId([1; 16]) };
    taken_over.cells.insert("click_participant".into(), Cell { value: Value::Nothing, stamp: stamp(20), number: 2 });
    let before = practice(true).into_iter().chain([taken_over.clone()]);
    assert_eq!(of(before), None);
    let mut later = practice(true);
    for cell in later.iter_mut().flat_map(|record| record.cells.values_mut()) {
        cell.stamp = stamp(30);
    }
    assert_eq!(of(later.into_iter().chain([taken_over])), Some(Asked::Click(id(1))));
}

#[test]
fn to_a_handover_one_agrees_once_the_coach_took_it_on() {
    let now = Some(Millis(7));
    assert_eq!(of([trajectory(Some(true)), handover(None, None)]), None);
    assert_eq!(of([trajectory(Some(true)), handover(now, None)]), Some(Asked::Agree(id(5))));
    assert_eq!(of([trajectory(Some(true)), handover(now, now)]), None);
}

#[test]
fn a_follow_up_is_asked_from_its_day_on_until_it_is_answered() {
    let due = |day| record(FollowUp { months: 1, due: day }.make_below(id(6), id(1)));
    assert_eq!(of([due(TODAY.on(1))]), None);
    assert_eq!(of([due(TODAY)]), Some(Asked::FollowUp(id(6))));
    let answer = FollowUpAnswer { by_phone: Some(true), travels: Some(true), ..FollowUpAnswer::asked_on(TODAY) };
    assert_eq!(of([due(TODAY), record(answer.make_below(id(7), id(6)))]), None);
}

#[test]
fn nothing_is_asked_of_a_trajectory_that_ended() {
    let how = TrajectoryOutcome::Stopped;
    let end = record(TrajectoryEnd { how, on: TODAY, reasons: None, word: None }.make_below(id(8), id(1)));
    let due = record(FollowUp { months: 1, due: TODAY }.make_below(id(6), id(1)));
    let all = [trajectory(None), handover(Some(Millis(7)), None), due, end];
    assert_eq!(of(practice(true).into_iter().chain(all)), None);
}
