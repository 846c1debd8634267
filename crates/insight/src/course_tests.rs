//! A trajectory led on and closed, and the points of its handover.

use opstap_core::Millis;
use opstap_core::model::{Channel, FollowUpAnswer, Handover, Intake, StageEntry, Trajectory};

use super::*;

const ID: RecordId = RecordId([1; 16]);

fn story(stages: &[Stage]) -> TrajectoryStory {
    let entry = |(at, stage): (u8, &Stage)| {
        let entry = StageEntry { stage: *stage, on: Day(100 + u32::from(at)), responsible: None, reason: None };
        (RecordId([at; 16]), entry)
    };
    TrajectoryStory {
        id: ID,
        trajectory: trajectory(),
        intake: None,
        entries: (10..).zip(stages).map(entry).collect(),
        end: None,
        handover: None,
        points: Vec::new(),
        follow_ups: Vec::new(),
    }
}

fn trajectory() -> Trajectory {
    Trajectory {
        parent_asks: Some("dat hij weet wat hij doet als de tram niet komt".to_owned()),
        attention: Some("drukte in de spits".to_owned()),
        ..Trajectory::of(Day(100), Channel::Own)
    }
}

fn ids() -> impl FnMut() -> RecordId {
    let mut last = 100;
    move || {
        last += 1;
        RecordId([last; 16])
    }
}

fn made<M: Model>(changes: &[Change]) -> Vec<M> {
    let record = |change: &Change| {
        let Change::Make { id, kind, parent, cells } = change else { return None };
        let mut record = Record::new(*id, *kind, *parent);
        let stamp = opstap_core::Stamp { millis: Millis(1), counter: 0, device: opstap_core::DeviceId([1; 16]) };
        let cell = |value: &opstap_core::Value| opstap_core::Cell { value: value.clone(), stamp, number: 1 };
        record.cells.extend(cells.iter().map(|(name, value)| (name.clone(), cell(value))));
        M::from_record(&record)
    };
    changes.iter().filter_map(record).collect()
}

#[test]
fn it_is_led_on_one_stage_at_a_time_and_goes_back_to_any_but_the_registration() {
    let at_practice = story(&[Stage::Intake, Stage::Matching, Stage::Practice]);
    let fatma = Some(PersonId([5; 16]));
    let changes = at_practice.lead_on(Day(140), fatma, ids());
    let entry = StageEntry { stage: Stage::Handover, on: Day(140), responsible: fatma, reason: None };
    assert_eq!((made::<StageEntry>(&changes), changes.len()), (vec![entry], 1));
    assert_eq!(at_practice.behind().collect::<Vec<_>>(), [Stage::Intake, Stage::Matching]);
    assert_eq!(story(&[]).behind().count(), 0);
    assert!(story(&[Stage::FollowUp]).lead_on(Day(1), None, ids()).is_empty());
}

#[test]
fn it_can_be_stopped_until_somebody_travels_alone() {
    let can = |stages: &[Stage]| story(stages).can_stop();
    assert!(can(&[]) && can(&[Stage::Practice]) && can(&[Stage::Practice, Stage::Handover]));
    assert!(!can(&[Stage::Handover, Stage::Alone]) && !can(&[Stage::Alone, Stage::FollowUp]));
    assert!(can(&[Stage::Alone, Stage::Practice]), "it was led back");
}

#[test]
fn closing_the_handover_makes_the_four_enquiries_once_from_the_day_both_said_so() {
    let mut closing = story(&[Stage::Handover]);
    let said = |day: u32| Some(Day(day).begins());
    closing.handover = Some((ID, Handover { on: None, outing: None, accepted: said(150), agreed: said(152) }));
    let changes = closing.lead_on(Day(160), None, ids());
    let due: Vec<_> = made::<FollowUp>(&changes).iter().map(|one| one.due).collect();
    assert_eq!(due, follow_ups_after(Day(152)).map(|one| one.due));
    assert_eq!(made::<StageEntry>(&changes).first().map(|entry| entry.stage), Some(Stage::Alone));
    let stands = |one| FollowUpStory { id: ID, follow_up: one, answer: None };
    closing.follow_ups = follow_ups_after(Day(152)).map(stands).into();
    assert_eq!(closing.lead_on(Day(161), None, ids()).len(), 1, "they stand already");
}

#[test]
fn which_enquiries_are_missing_is_told_one_by_one() {
    let mut alone = handed_over(&[Stage::Handover, Stage::Alone], 111);
    alone.follow_ups.truncate(1);
    let months: Vec<_> = made::<FollowUp>(&alone.lead_on(Day(203), None, ids())).iter().map(|one| one.months).collect();
    assert_eq!(months, [3, 6, 12]);
}

/// Records after edits of one device, one after the other, each with a stamp of its own.
fn records_after(edits: &[Vec<Change>]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for (at, change) in (1..).zip(edits).flat_map(|(at, edit)| edit.iter().map(move |change| (at, change))) {
        let stamp = opstap_core::Stamp { millis: Millis(at), counter: 0, device: opstap_core::DeviceId([1; 16]) };
        if let Change::Make { id, kind, parent, .. } = change {
            records.push(Record::new(*id, *kind, *parent));
        }
        let record = records.iter_mut().find(|record| record.id == change.record()).unwrap();
        let cell = |value: &opstap_core::Value| opstap_core::Cell { value: value.clone(), stamp, number: at };
        record.cells.extend(change.cells().iter().map(|(name, value)| (name.clone(), cell(value))));
    }
    records
}

fn told(edits: &[Vec<Change>]) -> TrajectoryStory {
    crate::trajectory::trajectories(&records_after(edits)).pop().unwrap()
}

#[test]
fn a_step_back_that_is_taken_back_brings_its_enquiries_and_what_was_clear_back() {
    let entry = |stage, on| StageEntry { stage, on: Day(on), responsible: None, reason: None };
    let handover =
        Handover { on: None, outing: None, accepted: Some(Day(150).begins()), agreed: Some(Day(150).begins()) };
    let point =
        HandoverPoint { order: "V".into(), topic: HandoverTopic::Card, text: None, done: Some(Day(149).begins()) };
    let mut edits = vec![vec![
        trajectory().make(ID),
        entry(Stage::Handover, 140).make_below(RecordId([10; 16]), ID),
        handover.make_below(HANDOVER, ID),
        point.make_below(RecordId([3; 16]), HANDOVER),
    ]];
    let mut new_id = ids();
    let closing = told(&edits).lead_on(Day(152), None, &mut new_id);
    edits.push(closing);
    let closed = told(&edits);
    assert_eq!(closed.follow_ups.len(), 4);
    edits.push(closed.lead_back(&entry(Stage::Practice, 160), RecordId([9; 16])));
    let back = told(&edits);
    assert_eq!((back.stage(), back.follow_ups.len()), (Stage::Practice, 0));

    edits.push(back.step_taken_back(RecordId([9; 16]), &records_after(&edits)));
    let again = told(&edits);
    assert_eq!((again.stage(), &again.follow_ups), (Stage::Alone, &closed.follow_ups));
    assert!(again.points.iter().all(|(_, point)| point.done.is_some()));
    let yes = again.handover.as_ref().map(|(_, handover)| (handover.accepted, handover.agreed));
    assert_eq!(yes, Some((None, None)), "a yes is said by whoever says it");
    assert_eq!(again.completed(), Some(Day(152)));
}

#[test]
fn closing_that_is_taken_back_takes_along_the_enquiries_that_nobody_went_on_with() {
    let handover =
        Handover { on: None, outing: None, accepted: Some(Day(150).begins()), agreed: Some(Day(150).begins()) };
    let entry = StageEntry { stage: Stage::Handover, on: Day(140), responsible: None, reason: None };
    let begun =
        vec![trajectory().make(ID), entry.make_below(RecordId([10; 16]), ID), handover.make_below(HANDOVER, ID)];
    let mut edits = vec![begun];
    edits.push(told(&edits).lead_on(Day(152), None, ids()));
    let closed = told(&edits);
    let asked = closed.follow_ups.first().map(|one| answered_on(190).make_below(RecordId([60; 16]), one.id));
    edits.push(asked.into_iter().collect());
    let last = closed.entries.last().map(|(id, _)| *id).unwrap();
    edits.push(closed.step_taken_back(last, &records_after(&edits)));
    let again = told(&edits);
    let months: Vec<_> = again.follow_ups.iter().map(|one| one.follow_up.months).collect();
    assert_eq!((again.stage(), months), (Stage::Handover, vec![1]));
}

#[test]
fn a_new_volunteer_at_the_same_stage_is_no_step_that_takes_others_along_when_it_is_taken_back() {
    let at = |id| {
        let entry = StageEntry { stage: Stage::Practice, on: Day(140), responsible: None, reason: None };
        entry.make_below(RecordId([id; 16]), ID)
    };
    let left = RecordId([50; 16]);
    let coach = Handover { on: None, outing: None, accepted: None, agreed: None };
    let edits = [vec![trajectory().make(ID), at(10), coach.make_below(left, ID)], vec![at(11), delete(left)]];
    let changes = told(&edits).step_taken_back(RecordId([11; 16]), &records_after(&edits));
    assert_eq!(changes, [delete(RecordId([11; 16]))]);
}

/// Both said yes, the later on this day, one point was clear, and one enquiry was asked and another not yet.
fn handed_over(stages: &[Stage], day: u32) -> TrajectoryStory {
    let mut story = story(stages);
    let said = |day: u32| Some(Day(day).begins());
    story.handover = Some((HANDOVER, Handover { on: None, outing: None, accepted: said(day - 2), agreed: said(day) }));
    let point = |done| HandoverPoint { order: "a".into(), topic: HandoverTopic::Card, text: None, done };
    story.points = vec![(RecordId([3; 16]), point(said(day))), (RecordId([4; 16]), point(None))];
    let asked = |id, months, answer| FollowUpStory {
        id: RecordId([id; 16]),
        follow_up: FollowUp { months, due: Day(day + 30 * months) },
        answer,
    };
    let answer = (RecordId([7; 16]), answered_on(day + 31));
    story.follow_ups = vec![asked(5, 1, Some(answer)), asked(6, 3, None)];
    story
}

const HANDOVER: RecordId = RecordId([2; 16]);

fn answered_on(day: u32) -> FollowUpAnswer {
    FollowUpAnswer { by_phone: Some(true), ..FollowUpAnswer::asked_on(Day(day)) }
}

#[test]
fn what_both_said_yes_to_waits_to_be_closed_until_it_is_led_on_or_stops() {
    assert_eq!(handed_over(&[Stage::Handover], 152).to_close(), Some(Day(152)));
    assert_eq!(handed_over(&[Stage::Handover, Stage::Alone], 152).to_close(), None);
    assert_eq!(story(&[Stage::Handover]).to_close(), None);
    let mut stopped = handed_over(&[Stage::Handover], 152);
    let (how, on) = (TrajectoryOutcome::Stopped, Day(153));
    stopped.end = Some((ID, opstap_core::model::TrajectoryEnd { how, on, reasons: None, word: None }));
    assert_eq!(stopped.to_close(), None);
}

#[test]
fn led_back_to_before_travelling_alone_it_is_handed_over_anew() {
    let alone = handed_over(&[Stage::Handover, Stage::Alone], 111);
    let back = |stage| {
        let entry = StageEntry { stage, on: Day(160), responsible: None, reason: Some("zij durft niet".into()) };
        alone.lead_back(&entry, RecordId([9; 16]))
    };
    let practice = back(Stage::Practice);
    assert_eq!(made::<StageEntry>(&practice).first().map(|entry| entry.stage), Some(Stage::Practice));
    assert_eq!(
        practice.get(1..).unwrap_or_default(),
        [
            set(HANDOVER, "accepted", None::<Millis>),
            set(HANDOVER, "agreed", None::<Millis>),
            set(RecordId([3; 16]), "done", None::<Millis>),
            delete(RecordId([6; 16])),
        ]
    );
    let follow_up = handed_over(&[Stage::Alone, Stage::FollowUp], 111);
    let entry = StageEntry { stage: Stage::Alone, on: Day(160), responsible: None, reason: None };
    assert_eq!(follow_up.lead_back(&entry, RecordId([9; 16])).len(), 1, "it stays handed over");
}

#[test]
fn a_second_handover_is_asked_after_from_its_own_day() {
    let mut again = handed_over(&[Stage::Handover, Stage::Alone, Stage::Practice, Stage::Handover], 200);
    again.follow_ups = vec![FollowUpStory {
        id: ID,
        follow_up: FollowUp { months: 1, due: Day(140) },
        answer: Some((ID, answered_on(141))),
    }];
    let due: Vec<_> = made::<FollowUp>(&again.lead_on(Day(203), None, ids())).iter().map(|one| one.due).collect();
    assert_eq!(due, follow_ups_after(Day(200)).map(|one| one.due));
}

#[test]
fn who_practised_leaves_at_closing_but_for_another_training_or_as_the_coach() {
    let [lies, piet] = [6, 7].map(|n| PersonId([n; 16]));
    let with = |id: u8, stages: &[Stage], volunteer, coach| {
        let mut story = story(stages);
        story.id = RecordId([id; 16]);
        (story.trajectory.volunteer, story.trajectory.coach) = (Some(volunteer), Some(coach));
        story
    };
    let closing = with(1, &[Stage::Handover], lies, piet);
    let leaves = |other: TrajectoryStory| closing.who_leaves(&[closing.clone(), other]);
    assert_eq!(leaves(with(2, &[Stage::Practice], piet, lies)), Some(lies));
    assert_eq!(
        leaves(with(2, &[Stage::Practice, Stage::Handover, Stage::Alone], lies, piet)),
        Some(lies),
        "it is over"
    );
    assert_eq!(leaves(with(2, &[Stage::Practice], lies, piet)), None, "they practise for the next");
    assert_eq!(with(1, &[Stage::Handover], lies, lies).who_leaves(&[]), None);
    assert_eq!(story(&[Stage::Handover]).who_leaves(&[]), None);
}

#[test]
fn who_cannot_learn_it_now_is_told_why() {
    let judged = |learnability, reason: Option<&str>| {
        let mut story = story(&[Stage::Intake]);
        let intake = Intake {
            on: None,
            motivation: None,
            skills: None,
            parents_view: None,
            learnability,
            reason: reason.map(str::to_owned),
            informed: None,
        };
        story.intake = Some((ID, intake));
        story.lacks_reason()
    };
    assert!(judged(Some(Learnability::No), None) && judged(Some(Learnability::Later), None));
    assert!(!judged(Some(Learnability::Later), Some("eerst herstellen")));
    assert!(!judged(Some(Learnability::Yes), None) && !judged(None, None) && !story(&[]).lacks_reason());
}

#[test]
fn who_stops_before_practice_withdraws() {
    assert_eq!(story(&[Stage::Intake]).outcome_of_stopping(), TrajectoryOutcome::Withdrew);
    let led_back = story(&[Stage::Practice, Stage::Matching]);
    assert_eq!(led_back.outcome_of_stopping(), TrajectoryOutcome::Stopped);
}

#[test]
fn a_handover_has_a_point_for_each_topic_and_one_for_what_a_parent_asks() {
    let mut asked = story(&[Stage::Handover]);
    let points = asked.points_to_make(Some("06 1234"));
    let topics: Vec<_> = points.iter().map(|point| point.topic).collect();
    assert_eq!(topics, HandoverTopic::ALL);
    assert!(points.windows(2).all(|two| two[0].order < two[1].order));
    let text = |topic| points.iter().find(|point| point.topic == topic).and_then(|point| point.text.as_deref());
    assert_eq!(text(HandoverTopic::Reachable), Some("06 1234"));
    assert_eq!(text(HandoverTopic::Fears), Some("drukte in de spits"));
    assert_eq!(text(HandoverTopic::Card), None);
    asked.trajectory.parent_asks = None;
    assert_eq!(asked.points_to_make(None).len(), HandoverTopic::ALL.len() - 1);
}

#[test]
fn an_enquiry_is_overdue_from_the_day_after_it_was_due_until_it_is_answered() {
    let mut one = FollowUpStory { id: ID, follow_up: FollowUp { months: 3, due: Day(200) }, answer: None };
    assert_eq!([199, 200, 201, 208].map(|day| one.days_overdue(Day(day))), [None, None, Some(1), Some(8)]);
    one.answer = Some((ID, answered_on(201)));
    assert_eq!(one.days_overdue(Day(208)), None);
}

#[test]
fn a_programme_serves_the_municipalities_it_names_or_else_all() {
    let serves = |served: Option<&str>, municipality: &str| {
        let served = served.map(str::to_owned);
        is_served(Some(&ProgrammeSettings { served, target_started: None, target_completed: None }), municipality)
    };
    let two = Some("Rotterdam\n Schiedam \n");
    assert!(serves(two, " rotterdam ") && serves(two, "Schiedam") && !serves(two, "Delft"));
    assert!(serves(None, "Delft") && serves(Some(" \n"), "Delft") && is_served(None, "Delft"));
    assert!(serves(two, " "), "nothing is said yet");
}
