//! Weeks, plans and help per step are worked out from one reading.

use opstap_core::model::{HelpLevel, Run};
use opstap_core::{Kind, Record};

use super::*;
use crate::components::Saved;

const PLAN: RecordId = RecordId([1; 16]);
const OTHER: RecordId = RecordId([2; 16]);
const STEP: RecordId = RecordId([3; 16]);
const THIS: Week = Week(3_000);

/// A run so many weeks ago: whether its step went by itself, and the face afterwards.
fn run(plan: RecordId, back: u32, own: bool, face: Face) -> Titled {
    let began = Week(THIS.0 - back).monday().begins();
    let step = StepStory {
        step: STEP,
        first_shown: Some(began),
        on_screen: 0,
        done: true,
        help_asked: u32::from(!own),
        not_managed: 0,
        other_way: 0,
        said: None,
    };
    let story = RunStory { plan, began, ended: Some((Ending::Done, began)), face: Some(face), steps: vec![step] };
    let id = RecordId([9; 16]);
    let value = Run { plan, at: began, on_paper: None };
    let record = Record::new(id, Kind::Run, None);
    let run = Entry { id, parent: None, value, saved: Saved::Sent, author: None, made: None, record };
    let told = RunTold { run, story, said: Vec::new(), by: None, kept: Vec::new(), saved: Saved::Sent };
    Titled { told, title: "Boodschappen".to_owned() }
}

fn lately(runs: Vec<Titled>) -> Lately {
    Lately {
        runs,
        practised: vec![THIS.monday().begins()],
        alone: vec![THIS.monday().begins(), Week(THIS.0 - 1).monday().begins()],
        questions: Vec::new(),
        permissions: Vec::new(),
        steps: vec![(STEP, "Pak een kar".to_owned())],
        notes: Vec::new(),
        coming: Vec::new(),
    }
}

#[test]
fn twelve_weeks_stand_oldest_first_and_of_faces_the_one_picked_most() {
    let runs = vec![
        run(PLAN, 0, true, Face::Good),
        run(PLAN, 0, false, Face::Bad),
        run(PLAN, 0, true, Face::Bad),
        run(OTHER, 3, true, Face::SoSo),
    ];
    let weeks = lately(runs).weeks(THIS);
    assert_eq!((weeks.len(), weeks.last().map(|(week, _)| *week)), (12, Some(THIS)));
    let face = Some(Face::Bad);
    let of_now = WeekTold { plans: (3, 3), help: 1, oneself: (2, 3), practised: 1, alone: 1, face, photos: 0 };
    assert_eq!(weeks.last().map(|(_, told)| told.clone()), Some(of_now));
    assert_eq!(weeks.iter().filter(|(_, told)| told.plans.1 > 0).count(), 2);
}

#[test]
fn where_two_faces_were_picked_as_often_the_last_counts() {
    let runs = vec![run(PLAN, 0, true, Face::Good), run(PLAN, 0, true, Face::Bad)];
    assert_eq!(lately(runs).week(THIS).face, Some(Face::Good));
}

#[test]
fn help_stands_from_the_oldest_time_to_the_latest_of_the_plan_done_most() {
    let runs = vec![run(OTHER, 0, true, Face::Good), run(PLAN, 0, true, Face::Good), run(PLAN, 1, false, Face::Good)];
    let lately = lately(runs);
    assert_eq!(lately.plans().first().map(|(plan, _)| *plan), Some(PLAN));
    let help = lately.help(PLAN);
    let rows: Vec<_> = help.rows.iter().map(|row| (row.title.as_str(), row.help.clone())).collect();
    assert_eq!(rows, [("Pak een kar", vec![Some(HelpLevel::Told), Some(HelpLevel::ByOneself)])]);
}
