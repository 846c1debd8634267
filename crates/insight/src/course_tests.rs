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
        let mut record = opstap_core::Record::new(*id, *kind, *parent);
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
    closing.follow_ups = vec![FollowUpStory { id: ID, follow_up: FollowUp { months: 1, due: Day(180) }, answer: None }];
    assert_eq!(closing.lead_on(Day(161), None, ids()).len(), 1, "it was closed before and led back");
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
