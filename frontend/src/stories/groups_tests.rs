//! What is kept of a session, and in which circle.

use opstap_core::Value;
use opstap_core::model::{Group, ToCell};
use opstap_insight::{AttendanceStory, SessionStory};

use super::*;

const PROGRAMME: CircleId = CircleId([9; 16]);
const SEM: CircleId = CircleId([1; 16]);
const NOOR: CircleId = CircleId([2; 16]);

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

/// Gives ids from a hundred on.
fn ids() -> impl FnMut() -> RecordId {
    let mut last = 99;
    move || {
        last += 1;
        id(last)
    }
}

fn participant(circle: CircleId, n: u8, word: Option<Presence>) -> Participant {
    let enrolment =
        GroupEnrolment { group: id(50), name: "Kookgroep".into(), picture: None, from: Day(10), until: None };
    let word = word.map(|presence| AttendanceStory {
        id: id(n + 10),
        session: id(61),
        on: Day(12),
        presence,
        before: Vec::new(),
    });
    let part =
        Participation { group: id(50), enrolments: vec![(id(n), enrolment)], attendance: word.into_iter().collect() };
    Participant { circle, part }
}

fn story(sem: Option<Presence>, noor: Option<Presence>) -> GroupStory {
    let group = Group { name: "Kookgroep".into(), picture: None, meets: None, places: None, ended: None };
    let participants = vec![participant(SEM, 1, sem), participant(NOOR, 2, noor)];
    let mut story = GroupStory { id: id(50), group, participants, sessions: Vec::new() };
    if sem.is_some() {
        let session = GroupSession { on: Day(12), minutes: Some(90), registered: Some(2), attended: Some(1) };
        let presence = story.presence(id(61), Day(12));
        story.sessions.push(SessionStory { id: id(61), session, presence });
    }
    story
}

fn sheet(sem: Option<Presence>, noor: Option<Presence>) -> SessionSheet {
    let presence = vec![(SEM, sem), (NOOR, noor)];
    let counted = Counted { on: Day(12), minutes: Some(90), others: Others::default() };
    SessionSheet { id: id(61), counted, opened: None, presence }
}

/// The cells that a change sets, by name.
fn cell(change: &Change, name: &str) -> Option<Value> {
    let (Change::Make { cells, .. } | Change::Set { cells, .. }) = change;
    cells.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

#[test]
fn the_figures_go_into_the_programme_and_who_was_there_into_the_circle_of_each() {
    let sheet = sheet(Some(Presence::Present), Some(Presence::Excused));
    let edits = session_edits(PROGRAMME, &story(None, None), &sheet, ids());
    assert_eq!(edits.iter().map(|(circle, _)| *circle).collect::<Vec<_>>(), [PROGRAMME, SEM, NOOR]);
    let (figures, of_sem) = (&edits[0].1[0], &edits[1].1[0]);
    assert_eq!(
        (cell(figures, "registered"), cell(figures, "attended")),
        (Some(2_u32.to_cell()), Some(1_u32.to_cell()))
    );
    assert_eq!(cell(figures, "presence"), None);
    assert_eq!(cell(of_sem, "presence"), Some("present".to_cell()));
    assert!(matches!(of_sem, Change::Make { parent, .. } if *parent == Some(id(1))));
}

#[test]
fn of_whom_nothing_is_said_nothing_is_kept_but_that_they_were_registered() {
    let edits = session_edits(PROGRAMME, &story(None, None), &sheet(Some(Presence::Present), None), ids());
    assert_eq!(edits.iter().map(|(circle, _)| *circle).collect::<Vec<_>>(), [PROGRAMME, SEM]);
    assert_eq!(cell(&edits[0].1[0], "registered"), Some(2_u32.to_cell()));
}

#[test]
fn a_correction_names_what_it_replaces_and_touches_no_other_circle() {
    let story = story(Some(Presence::Present), Some(Presence::Absent));
    let sheet = sheet(Some(Presence::Present), Some(Presence::Present));
    let edits = session_edits(PROGRAMME, &story, &sheet, ids());
    assert_eq!(edits[0], (PROGRAMME, vec![set(id(61), "attended", 2_u32)]));
    let (circle, changes) = &edits[1];
    assert_eq!((*circle, cell(&changes[0], "replaces")), (NOOR, Some(id(12).to_cell())));
    assert_eq!(edits.len(), 2);
}

#[test]
fn what_was_not_changed_is_not_kept_again_and_another_day_is_said_to_all() {
    let story = story(Some(Presence::Present), Some(Presence::Absent));
    let same = sheet(Some(Presence::Present), Some(Presence::Absent));
    assert_eq!(session_edits(PROGRAMME, &story, &same, ids()), []);
    let later = SessionSheet { counted: Counted { on: Day(13), ..same.counted }, ..same };
    let edits = session_edits(PROGRAMME, &story, &later, ids());
    assert_eq!(edits[0].1, [set(id(61), "on", Day(13))]);
    assert_eq!(edits.iter().map(|(circle, _)| *circle).collect::<Vec<_>>(), [PROGRAMME, SEM, NOOR]);
}

#[test]
fn what_a_colleague_wrote_while_it_stood_open_stays_where_nothing_was_filled_in_here() {
    let mut story = story(Some(Presence::Present), Some(Presence::Absent));
    let mut sheet = sheet(Some(Presence::Present), Some(Presence::Absent));
    sheet.opened = Some(sheet.counted);
    story.sessions[0].session.minutes = Some(60);
    story.sessions[0].session.registered = Some(5);
    assert_eq!(session_edits(PROGRAMME, &story, &sheet, ids()), []);
    sheet.counted.minutes = Some(45);
    let edits = session_edits(PROGRAMME, &story, &sheet, ids());
    assert_eq!(edits, [(PROGRAMME, vec![set(id(61), "minutes", Some(45_u32))])]);
}

#[test]
fn a_session_goes_with_all_that_was_said_of_it() {
    let mut story = story(Some(Presence::Present), None);
    story.participants[0].part.attendance[0].before.push(id(30));
    let edits = without_session(PROGRAMME, &story, id(61));
    assert_eq!(edits, [(PROGRAMME, vec![delete(id(61))]), (SEM, vec![delete(id(30)), delete(id(11))])]);
}

#[test]
fn a_group_ends_for_all_who_take_part_and_a_photo_of_it_stays_in_the_programme() {
    let mut story = story(None, None);
    story.participants[1].part.enrolments[0].1.until = Some(Day(11));
    let edits = ends(PROGRAMME, &story, Day(20));
    assert_eq!(edits, [(PROGRAMME, vec![set(id(50), "ended", Day(20))]), (SEM, vec![set(id(1), "until", Day(20))]),]);
    story.group.picture = Some(Picture::Pictogram("cooking".into()));
    assert_eq!(enrolment(&story, Day(1)).picture, story.group.picture);
}
