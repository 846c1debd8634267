//! Groups of a programme with who was there, told from the circles of those who take part.

use opstap_core::model::delete;
use opstap_core::record::Cell;
use opstap_core::{Change, DeviceId, Millis};

use super::*;

const SEM: CircleId = CircleId([1; 16]);
const NOOR: CircleId = CircleId([2; 16]);
const COOKING: RecordId = RecordId([50; 16]);
const FIRST: RecordId = RecordId([61; 16]);
const SECOND: RecordId = RecordId([62; 16]);

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

/// A record as it was made at a moment.
fn made(n: u8, at: u64, model: &impl Model, parent: Option<RecordId>) -> Record {
    let mut record = Record::new(id(n), kind(model), parent);
    let stamp = Stamp { millis: Millis(at), counter: 0, device: DeviceId([9; 16]) };
    record.cells.extend(model.cells().into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })));
    record
}

const fn kind<M: Model>(_: &M) -> Kind {
    M::KIND
}

fn gone(mut record: Record) -> Record {
    let Change::Set { cells, .. } = delete(record.id) else { unreachable!() };
    let stamp = Stamp { millis: Millis(999), counter: 0, device: DeviceId([9; 16]) };
    record.cells.extend(cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })));
    record
}

fn enrolment(from: u32, until: Option<u32>) -> GroupEnrolment {
    GroupEnrolment { group: COOKING, name: "Kookgroep".into(), picture: None, from: Day(from), until: until.map(Day) }
}

fn takes_part(n: u8, from: u32, until: Option<u32>) -> Record {
    made(n, 1, &enrolment(from, until), None)
}

fn was(session: RecordId, on: u32, presence: Presence, replaces: Option<u8>) -> Attendance {
    Attendance { session, on: Day(on), presence, replaces: replaces.map(id) }
}

fn group(places: Option<u32>) -> Record {
    let group = Group { name: "Kookgroep".into(), picture: None, meets: None, places, ended: None };
    made(50, 1, &group, None)
}

fn session(n: u8, on: u32, registered: u32, attended: u32) -> Record {
    let told = GroupSession { on: Day(on), minutes: Some(90), registered: Some(registered), attended: Some(attended) };
    made(n, 1, &told, Some(COOKING))
}

fn presences(part: &Participation) -> Vec<(RecordId, Presence)> {
    part.attendance.iter().map(|one| (one.session, one.presence)).collect()
}

#[test]
fn a_correction_counts_in_place_of_what_it_replaces_even_with_an_earlier_clock() {
    let records = [
        takes_part(1, 10, None),
        made(11, 500, &was(FIRST, 12, Presence::Absent, None), Some(id(1))),
        made(12, 300, &was(FIRST, 12, Presence::Excused, Some(11)), Some(id(1))),
        made(13, 600, &was(SECOND, 19, Presence::Present, None), Some(id(1))),
    ];
    let told = participations(&records);
    assert_eq!(presences(&told[0]), [(FIRST, Presence::Excused), (SECOND, Presence::Present)]);
    assert_eq!(told[0].at(FIRST).map(|one| one.before.clone()), Some(vec![id(11)]));
    assert_eq!(told[0].was_there(), (1, 2));
}

#[test]
fn of_two_words_that_know_nothing_of_each_other_the_later_counts_and_of_a_chain_its_end() {
    let apart = [
        takes_part(1, 10, None),
        made(11, 500, &was(FIRST, 12, Presence::Absent, None), Some(id(1))),
        made(12, 400, &was(FIRST, 12, Presence::Present, None), Some(id(1))),
    ];
    assert_eq!(presences(&participations(&apart)[0]), [(FIRST, Presence::Absent)]);
    let chain = [
        takes_part(1, 10, None),
        made(13, 1, &was(FIRST, 13, Presence::Present, Some(12)), Some(id(1))),
        made(12, 2, &was(FIRST, 12, Presence::Excused, Some(11)), Some(id(1))),
        made(11, 3, &was(FIRST, 12, Presence::Absent, None), Some(id(1))),
    ];
    let told = participations(&chain);
    assert_eq!((presences(&told[0]), told[0].attendance[0].on), (vec![(FIRST, Presence::Present)], Day(13)));
    assert_eq!(told[0].attendance[0].before.len(), 2);
}

#[test]
fn what_was_taken_back_is_passed_over() {
    let records = [
        takes_part(1, 10, None),
        gone(made(11, 5, &was(FIRST, 12, Presence::Present, None), Some(id(1)))),
        gone(takes_part(2, 10, None)),
    ];
    let told = participations(&records);
    assert_eq!((told.len(), told[0].enrolments.len(), told[0].was_there()), (1, 1, (0, 0)));
}

#[test]
fn who_was_enrolled_at_two_desks_takes_part_once_and_what_each_wrote_counts() {
    let records = [
        takes_part(1, 10, None),
        takes_part(2, 11, None),
        made(11, 5, &was(FIRST, 12, Presence::Present, None), Some(id(1))),
        made(12, 5, &was(SECOND, 19, Presence::Present, None), Some(id(2))),
    ];
    let told = participations(&records);
    assert_eq!((told.len(), told[0].was_there(), told[0].since()), (1, (2, 2), Some(Day(11))));
    assert_eq!(told[0].going_on(Day(20)).collect::<Vec<_>>(), [id(1), id(2)]);
}

#[test]
fn on_the_day_that_somebody_stops_they_take_part_no_more() {
    let told = participations(&[takes_part(1, 10, Some(20)), takes_part(2, 30, None)]);
    let days: Vec<bool> = [9, 10, 19, 20, 29, 30].map(|day| told[0].is_on(Day(day))).to_vec();
    assert_eq!(days, [false, true, true, false, false, true]);
}

fn of_two() -> [(CircleId, Vec<Participation>); 2] {
    let sem = [takes_part(1, 10, Some(15)), made(11, 5, &was(FIRST, 12, Presence::Present, None), Some(id(1)))];
    let noor = [
        takes_part(2, 10, None),
        made(21, 5, &was(FIRST, 12, Presence::Excused, None), Some(id(2))),
        made(22, 5, &was(SECOND, 19, Presence::Present, None), Some(id(2))),
    ];
    [(SEM, participations(&sem)), (NOOR, participations(&noor))]
}

#[test]
fn a_session_tells_of_those_who_took_part_on_its_day_and_of_the_others_in_figures_alone() {
    let programme = [session(61, 12, 4, 2), session(62, 19, 1, 1), group(None)];
    let told = group_stories(&programme, &of_two());
    let sessions: Vec<_> = told[0].sessions.iter().map(|one| (one.id, one.presence.clone(), one.others())).collect();
    let first = vec![(SEM, Some(Presence::Present)), (NOOR, Some(Presence::Excused))];
    let second = vec![(NOOR, Some(Presence::Present))];
    let none = Others::default();
    assert_eq!(sessions, [(SECOND, second, none), (FIRST, first, Others { registered: 2, attended: 1 })]);
}

#[test]
fn the_figures_of_a_session_are_those_on_the_list_and_the_others_and_are_read_back_as_they_were() {
    let presence = [(SEM, Some(Presence::Present)), (NOOR, None)];
    let others = Others { registered: 3, attended: 2 };
    let (registered, attended) = session_figures(&presence, others);
    assert_eq!((registered, attended), (5, 3));
    let told = GroupSession { on: Day(12), minutes: None, registered: Some(registered), attended: Some(attended) };
    assert_eq!(SessionStory { id: FIRST, session: told, presence: presence.to_vec() }.others(), others);
}

#[test]
fn a_group_is_full_when_those_here_and_the_others_of_the_last_session_take_all_places() {
    let left = |places, day| {
        let programme = [group(places), session(62, 19, 3, 1), session(61, 12, 9, 9)];
        group_stories(&programme, &of_two())[0].places_left(Day(day))
    };
    assert_eq!(
        (left(None, 19), left(Some(3), 19), left(Some(5), 19), left(Some(1), 19)),
        (None, Some(0), Some(2), Some(0))
    );
    assert_eq!(left(Some(5), 12), Some(1), "Sem took part then");
}

#[test]
fn groups_that_ended_come_last_and_the_others_by_name() {
    let named = |n: u8, name: &str, ended: Option<u32>| {
        let group = Group { name: name.into(), picture: None, meets: None, places: None, ended: ended.map(Day) };
        made(n, 1, &group, None)
    };
    let programme = [named(1, "Tuin", None), named(2, "Beeld", Some(9)), named(3, "Koken", None)];
    let names: Vec<String> = group_stories(&programme, &[]).into_iter().map(|one| one.group.name).collect();
    assert_eq!(names, ["Koken", "Tuin", "Beeld"]);
}

#[test]
fn the_six_groups_of_the_study_come_out_as_they_are() {
    let figures = [(12, 7), (12, 8), (12, 9), (12, 8), (13, 8), (13, 9)];
    let mut programme = vec![group(None)];
    programme.extend(
        figures.iter().zip(61_u8..).map(|((registered, there), n)| session(n, u32::from(n), *registered, *there)),
    );
    let told = group_stories(&programme, &[]);
    let read: Vec<_> =
        told[0].sessions.iter().rev().map(|one| (one.others().registered, one.others().attended)).collect();
    assert_eq!(read, figures);
}
