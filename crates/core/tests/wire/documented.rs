//! `docs/protocol.md` says all that the code knows: kinds, cells, reasons.

use opstap_core::access::{Section, View};
use opstap_core::model::{
    Appointment, Arrival, Attendance, AttentionMark, AttentionSettings, BookEntry, CellSpec, Choice, Circumstances,
    Consent, DaysOff, DomainAnswer, DomainGoal, Evaluation, Feedback, FeedbackRead, FeedbackReply, FollowUp,
    FollowUpAnswer, Goal, GoalAction, GoalHelp, GoalStep, Grant, Group, GroupEnrolment, GroupSession, Handover,
    HandoverPoint, Intake, MatchRefused, Measurement, Member, Message, Model, Note, Part, Plan, Practice, PracticeEnd,
    PracticeSituation, Preferences, ProgrammeSettings, Registration, RegistrationFollowUp, RegistrationTime, Relation,
    Route, Run, RunEnd, RunFace, RunPhoto, RunWord, StageEntry, Step, StepEvent, StepHelp, Stop, Task, TaskHandover,
    TimeSpent, Trajectory, TrajectoryEnd, Volunteer,
};
use opstap_core::protocol::{LoadDigest, Reason, Request, encode_request};
use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Epoch, Kind, Millis, RecordId, Seen, Stamp};

const PROTOCOL: &str = include_str!("../../../../docs/protocol.md");

fn row(first_cells: &str) -> &'static str {
    let row = PROTOCOL.lines().find(|line| line.starts_with(first_cells));
    row.unwrap_or_else(|| panic!("docs/protocol.md has no row that begins with {first_cells:?}"))
}

fn of<M: Model>() -> (Kind, &'static [CellSpec]) {
    (M::KIND, M::CELLS)
}

#[test]
fn every_kind_stands_in_the_protocol_with_its_code_parent_and_cells() {
    let kinds = [
        of::<Member>(),
        of::<Consent>(),
        of::<Plan>(),
        of::<Step>(),
        of::<Run>(),
        of::<StepEvent>(),
        of::<RunEnd>(),
        of::<RunPhoto>(),
        of::<RunFace>(),
        of::<Route>(),
        of::<Part>(),
        of::<Goal>(),
        of::<Practice>(),
        of::<GoalHelp>(),
        of::<PracticeSituation>(),
        of::<PracticeEnd>(),
        of::<Message>(),
        of::<Preferences>(),
        of::<Choice>(),
        of::<RunWord>(),
        of::<StepHelp>(),
        of::<BookEntry>(),
        of::<DaysOff>(),
        of::<Trajectory>(),
        of::<Intake>(),
        of::<StageEntry>(),
        of::<TrajectoryEnd>(),
        of::<Handover>(),
        of::<HandoverPoint>(),
        of::<FollowUp>(),
        of::<FollowUpAnswer>(),
        of::<Feedback>(),
        of::<FeedbackReply>(),
        of::<FeedbackRead>(),
        of::<Stop>(),
        of::<Arrival>(),
        of::<TimeSpent>(),
        of::<Registration>(),
        of::<RegistrationFollowUp>(),
        of::<RegistrationTime>(),
        of::<Volunteer>(),
        of::<ProgrammeSettings>(),
        of::<MatchRefused>(),
        of::<Grant>(),
        of::<Circumstances>(),
        of::<Measurement>(),
        of::<DomainAnswer>(),
        of::<DomainGoal>(),
        of::<GoalAction>(),
        of::<GoalStep>(),
        of::<Evaluation>(),
        of::<Task>(),
        of::<TaskHandover>(),
        of::<Appointment>(),
        of::<Note>(),
        of::<AttentionMark>(),
        of::<AttentionSettings>(),
        of::<Group>(),
        of::<GroupSession>(),
        of::<GroupEnrolment>(),
        of::<Attendance>(),
    ];
    assert_eq!(kinds.len(), Kind::all().count());
    for (kind, cells) in kinds {
        let parent = kind.parent().map_or_else(|| "–".to_owned(), |parent| format!("{parent:?}"));
        let row = row(&format!("| {} | {kind:?} | {parent} |", kind.code()));
        for cell in cells {
            let name = if cell.needed { format!("**`{}`**", cell.name) } else { format!(" `{}`", cell.name) };
            assert!(row.contains(&name), "{kind:?}: the row lacks {name}");
        }
        assert_eq!(row.matches('`').count(), cells.len() * 2, "{kind:?}: the row names another cell");
    }
}

#[test]
fn every_reason_stands_in_the_protocol_with_its_code() {
    for reason in Reason::ALL {
        let name = match reason {
            Reason::NotAllowed(why) => format!("NotAllowed, {why:?}"),
            other => format!("{other:?}"),
        };
        row(&format!("| {} | {name} |", reason.code()));
        assert_eq!(Reason::from_code(reason.code()), Some(reason));
    }
}

#[test]
fn every_relation_and_every_bit_of_a_view_stands_in_the_protocol() {
    let rules = PROTOCOL.split_once("## Who may do what").unwrap().1.split_once("\n## ").unwrap().0;
    for relation in Relation::ALL {
        assert!(rules.contains(relation.code()), "nothing says what a {} may do", relation.code());
    }
    let all: Vec<&str> = Section::ALL.iter().map(|section| section.code()).collect();
    row(&format!("| section | {} |", all.join(", ")));
    for (place, section) in Section::ALL.iter().enumerate() {
        assert!(View(1 << place).covers(*section));
    }
}

#[test]
fn the_digests_in_the_protocol_are_those_of_these_ids() {
    for ids in [&[1][..], &[2], &[1, 2]] {
        let digest = LoadDigest::of(ids.iter().map(|n| RecordId([*n; 16])));
        assert!(PROTOCOL.contains(&format!("`{:016x}`", digest.0)), "{ids:?}: {:016x}", digest.0);
    }
}

#[test]
fn the_request_in_the_protocol_is_written_as_it_stands_there() {
    let id = |n: u8| {
        let mut id = [n; 16];
        id[..8].copy_from_slice(&[0x01, 0xa0, 0xc4, 0x50, 0x6c, 0x00, 0x70 | n, n]);
        id[8] = 0x80 | n;
        id
    };
    let device = DeviceId(id(1));
    let stamp = Stamp { millis: Millis(0x01a0_c450_7000), counter: 0, device };
    let changes = vec![Change::Set { id: RecordId(id(3)), cells: vec![("title".into(), "Koken".into())] }];
    let seen = Seen { epoch: Epoch(1), number: 7 };
    let edit = Edit { name: EditName { device, n: 5 }, stamp, circle: CircleId(id(2)), seen, beside: None, changes };
    let request = Request { epoch: Some(Epoch(1)), edits: vec![edit], waiting: 1, ..Request::of(device) };
    let example = PROTOCOL.split_once("```text\n02 ").map(|(_, example)| example.split_once("```").unwrap().0);
    let example = format!("02 {}", example.unwrap_or_default());
    let bytes = example.lines().filter_map(|line| line.split("  ").next()).flat_map(str::split_whitespace);
    let bytes: Vec<String> = bytes.map(str::to_owned).collect();
    let written: Vec<String> = encode_request(&request).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(bytes.join(" "), written.join(" "));
}
