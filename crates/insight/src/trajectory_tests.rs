//! A trajectory from registration to follow-up, and back again.

use opstap_core::model::{Channel, HandoverTopic, SpecialTransport, TrajectoryOutcome, delete};
use opstap_core::{Cell, Change, DeviceId, Millis};

use super::*;

const TRAJECTORY: RecordId = RecordId([1; 16]);
const HANDOVER: RecordId = RecordId([2; 16]);

/// Records as they stand after changes that were made one after the other.
fn records(changes: Vec<Change>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for (at, change) in (1..).zip(changes) {
        let stamp = Stamp { millis: Millis(at), counter: 0, device: DeviceId([9; 16]) };
        let (id, cells) = match change {
            Change::Make { id, kind, parent, cells } => {
                records.push(Record::new(id, kind, parent));
                (id, cells)
            }
            Change::Set { id, cells } => (id, cells),
        };
        let record = records.iter_mut().find(|record| record.id == id).unwrap();
        record.cells.extend(cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })));
    }
    records
}

fn trajectory() -> Trajectory {
    Trajectory::of(Day(100), Channel::School)
}

fn comes_to(id: u8, stage: Stage, on: u32, reason: Option<&str>) -> Change {
    let entry = StageEntry { stage, on: Day(on), responsible: None, reason: reason.map(str::to_owned) };
    entry.make_below(RecordId([id; 16]), TRAJECTORY)
}

fn told(changes: Vec<Change>) -> TrajectoryStory {
    trajectories(&records(changes)).pop().unwrap()
}

#[test]
fn a_trajectory_stands_at_the_stage_it_came_to_last_also_when_it_was_led_back() {
    let story = told(vec![
        trajectory().make(TRAJECTORY),
        comes_to(10, Stage::Intake, 101, None),
        comes_to(11, Stage::Matching, 110, None),
        comes_to(12, Stage::Practice, 120, None),
        comes_to(13, Stage::Matching, 130, Some("de vrijwilliger verhuist")),
    ]);
    assert_eq!(story.stage(), Stage::Matching);
    assert_eq!(story.started(), Some(Day(120)));
    let line: Vec<_> = story.line().into_iter().map(|one| (one.stage, one.since.map(|day| day.0), one.when)).collect();
    assert_eq!(
        line,
        [
            (Stage::Registration, Some(100), When::Past),
            (Stage::Intake, Some(101), When::Past),
            (Stage::Matching, Some(130), When::Now),
            (Stage::Practice, None, When::Ahead),
            (Stage::Handover, None, When::Ahead),
            (Stage::Alone, None, When::Ahead),
            (Stage::FollowUp, None, When::Ahead),
        ]
    );
}

#[test]
fn each_stage_says_what_must_be_there_to_go_on() {
    let mut changes = vec![trajectory().make(TRAJECTORY)];
    assert_eq!(told(changes.clone()).needs(0), [Need::Municipality]);
    changes.push(comes_to(10, Stage::Intake, 101, None));
    let intake = Intake {
        on: None,
        motivation: Some("zelf naar school".into()),
        skills: None,
        parents_view: None,
        learnability: Some(Learnability::Later),
        reason: None,
        informed: None,
    };
    changes.push(intake.make_below(RecordId([20; 16]), TRAJECTORY));
    assert_eq!(told(changes.clone()).needs(0), [Need::Mode, Need::Learnability, Need::ParentsInformed]);
    changes.push(comes_to(11, Stage::Matching, 102, None));
    assert_eq!(told(changes.clone()).needs(0), [Need::Volunteer, Need::Meeting, Need::Goals, Need::Route]);
    changes.push(comes_to(12, Stage::Practice, 103, None));
    assert_eq!(told(changes.clone()).needs(0), [Need::Practice, Need::Coach]);
    assert_eq!(told(changes).needs(3), [Need::Coach]);
}

#[test]
fn a_handover_is_complete_when_all_points_are_clear_and_both_say_so() {
    let point = |id: u8, done| {
        let point = HandoverPoint { order: format!("a{id}"), topic: HandoverTopic::Card, text: None, done };
        point.make_below(RecordId([id; 16]), HANDOVER)
    };
    let day = |day: u32| Day(day).begins();
    let handover = |accepted, agreed| Handover { on: Some(Day(140)), outing: None, accepted, agreed };
    let with = |handover: Handover, done| {
        told(vec![
            trajectory().make(TRAJECTORY),
            comes_to(10, Stage::Handover, 135, None),
            handover.make_below(HANDOVER, TRAJECTORY),
            point(31, done),
            point(30, Some(Millis(5))),
        ])
    };
    let waits = with(handover(Some(day(140)), None), None);
    assert_eq!(waits.needs(9), [Need::HandoverPoints, Need::Agreed]);
    assert_eq!((waits.completed(), waits.points.len()), (None, 2));
    assert_eq!(waits.points[0].0, RecordId([30; 16]), "in their order");
    let done = with(handover(Some(day(140)), Some(day(142))), Some(Millis(6)));
    assert!(done.needs(9).is_empty());
    assert_eq!(done.completed(), Some(Day(142)));
}

#[test]
fn what_stops_after_both_said_yes_and_before_it_is_closed_is_not_completed() {
    let (accepted, agreed) = (Some(Day(140).begins()), Some(Day(142).begins()));
    let with = |then: Vec<Change>| {
        let mut changes = vec![trajectory().make(TRAJECTORY), comes_to(10, Stage::Handover, 135, None)];
        changes.push(Handover { on: None, outing: None, accepted, agreed }.make_below(HANDOVER, TRAJECTORY));
        changes.extend(then);
        told(changes).completed()
    };
    let how = TrajectoryOutcome::Stopped;
    let stops =
        || TrajectoryEnd { how, on: Day(145), reasons: None, word: None }.make_below(RecordId([40; 16]), TRAJECTORY);
    assert_eq!(with(vec![stops()]), None);
    assert_eq!(with(vec![comes_to(11, Stage::Alone, 144, None), stops()]), Some(Day(142)));
    assert_eq!(with(Vec::new()), Some(Day(142)));
}

#[test]
fn what_was_led_on_stays_completed_with_another_coach_and_not_when_it_is_led_back() {
    let day = |day: u32| Some(Day(day).begins());
    let with = |said: [Option<Millis>; 2], then: Vec<Change>| {
        let handover = Handover { on: None, outing: None, accepted: said[0], agreed: said[1] };
        let mut changes = vec![trajectory().make(TRAJECTORY), comes_to(10, Stage::Handover, 135, None)];
        changes.push(handover.make_below(HANDOVER, TRAJECTORY));
        changes.extend(then);
        let story = told(changes);
        (story.completed(), story.handed_over())
    };
    let alone = || vec![comes_to(11, Stage::Alone, 150, None), comes_to(12, Stage::FollowUp, 180, None)];
    assert_eq!(with([day(140), day(142)], alone()), (Some(Day(142)), Some(Day(142))));
    assert_eq!(with([None, None], alone()), (Some(Day(150)), None), "nobody took it over yet");
    assert_eq!(with([day(500), day(501)], alone()), (Some(Day(150)), Some(Day(501))), "somebody did, a year later");
    let back = alone().into_iter().chain([comes_to(13, Stage::Practice, 190, Some("weer bang"))]).collect();
    assert_eq!(with([None, None], back), (None, None));
}

#[test]
fn follow_ups_are_due_by_the_calendar_until_they_are_answered_and_a_correction_counts() {
    let completed = Day::parse("2026-01-31").unwrap();
    let made = follow_ups_after(completed);
    let due: Vec<_> = made.iter().map(|one| (one.months, one.due.written())).collect();
    let expected = [(1, "2026-02-28"), (3, "2026-04-30"), (6, "2026-07-31"), (12, "2027-01-31")];
    assert_eq!(due, expected.map(|(months, day)| (months, day.to_owned())));

    let answer = |special, replaces| FollowUpAnswer {
        travels: Some(true),
        special: Some(special),
        replaces,
        ..FollowUpAnswer::asked_on(Day(9))
    };
    let [first, second, ..] = &made;
    let (one, two) = (RecordId([40; 16]), RecordId([41; 16]));
    let story = told(vec![
        trajectory().make(TRAJECTORY),
        second.make_below(two, TRAJECTORY),
        first.make_below(one, TRAJECTORY),
        answer(SpecialTransport::LessOften, Some(RecordId([51; 16]))).make_below(RecordId([50; 16]), one),
        answer(SpecialTransport::AsBefore, None).make_below(RecordId([51; 16]), one),
    ]);
    let counts = story.follow_ups[0].answer.as_ref().map(|(_, answer)| answer.special);
    assert_eq!(counts, Some(Some(SpecialTransport::LessOften)));
    let due = |day: &str| story.due(Day::parse(day).unwrap()).map(|one| one.id).collect::<Vec<_>>();
    assert_eq!((due("2026-04-29"), due("2026-04-30")), (vec![], vec![two]));
}

#[test]
fn nothing_is_due_any_more_once_a_trajectory_ended_and_it_is_while_somebody_travels_alone() {
    let [first, ..] = follow_ups_after(Day(200));
    let end = TrajectoryEnd { how: TrajectoryOutcome::Stopped, on: Day(240), reasons: None, word: None };
    let ended = RecordId([60; 16]);
    let mut changes = vec![
        trajectory().make(TRAJECTORY),
        comes_to(10, Stage::Alone, 200, None),
        first.make_below(RecordId([40; 16]), TRAJECTORY),
    ];
    let due = |changes: &[Change]| told(changes.to_vec()).due(Day(250)).count();
    assert_eq!(due(&changes), 1);
    changes.push(end.make_below(ended, TRAJECTORY));
    assert_eq!(due(&changes), 0);
    changes.push(delete(ended));
    assert_eq!(due(&changes), 1, "that it ended was taken back");
}

#[test]
fn what_was_taken_away_tells_nothing() {
    let entry = RecordId([12; 16]);
    let changes = vec![trajectory().make(TRAJECTORY), comes_to(12, Stage::Intake, 101, None), delete(entry)];
    assert_eq!(told(changes.clone()).stage(), Stage::Registration);
    let gone = changes.into_iter().chain([delete(TRAJECTORY)]).collect();
    assert!(trajectories(&records(gone)).is_empty());
}
