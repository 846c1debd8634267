//! What is allowed as a whole and what is not, in a circle of a client, a volunteer and a supervisor.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::*;
use crate::access::{NotAllowed, Section};
use crate::edit::{EditName, Seen};
use crate::id::{CircleId, DeviceId};
use crate::model::{self, CircleKind, Member, OrganisationRole, Relation, Run, Step, ToCell};
use crate::record::Cell;

const SEM: PersonId = PersonId([1; 16]);
const YOUSSEF: PersonId = PersonId([2; 16]);
const NOW: Millis = Millis(1_790_000_000_000);
const PLAN: RecordId = RecordId([10; 16]);
const NEW: RecordId = RecordId([20; 16]);

struct Circle(BTreeMap<RecordId, Record>);

impl ReadRecords for Circle {
    type Error = Infallible;

    fn record(&mut self, id: RecordId) -> Result<Option<Record>, Infallible> {
        Ok(self.0.get(&id).cloned())
    }

    fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, Infallible> {
        Ok(Some(PersonId(device.0)))
    }
}

fn stamp() -> Stamp {
    Stamp { millis: NOW, counter: 0, device: DeviceId(SEM.0) }
}

fn record(id: RecordId, kind: Kind, cells: Vec<(CellName, Value)>) -> Record {
    let mut record = Record::new(id, kind, None);
    record.cells = cells.into_iter().map(|(name, value)| (name, Cell { value, stamp: stamp(), number: 1 })).collect();
    record
}

fn circle() -> Circle {
    let member = |person, relation| {
        Member { person, relation, name: "naam".into(), called: None, phone: None, face: None, order: None }.cells()
    };
    let consent = Consent {
        act: ConsentAct::Given,
        person: YOUSSEF,
        section: Section::Plans,
        from: Millis(0),
        until: None,
        ends: None,
    };
    let records = [
        record(RecordId([1; 16]), Kind::Member, member(SEM, Relation::Client)),
        record(RecordId([2; 16]), Kind::Member, member(YOUSSEF, Relation::Volunteer)),
        record(RecordId([3; 16]), Kind::Consent, consent.cells()),
        record(PLAN, Kind::Plan, vec![("title".into(), "Opstaan".into())]),
    ];
    Circle(records.into_iter().map(|record| (record.id, record)).collect())
}

fn edit_of(author: PersonId, changes: Vec<Change>) -> Edit {
    let device = DeviceId(author.0);
    Edit {
        name: EditName { device, n: 1 },
        stamp: Stamp { device, ..stamp() },
        circle: CircleId([9; 16]),
        seen: Seen::default(),
        beside: None,
        changes,
    }
}

fn ruling(author: PersonId, changes: Vec<Change>) -> Ruling {
    let mut circle = circle();
    let access = CircleAccess::new(CircleKind::Client, circle.0.values());
    let edit = edit_of(author, changes);
    let author = Person { id: author, role: OrganisationRole::Participant };
    let Ok(ruling) = judge(&mut circle, &access, author, NOW, &edit);
    ruling
}

fn step() -> Step {
    Step { order: "V".into(), text: "Sta op.".into(), picture: None, hint: None }
}

#[test]
fn a_volunteer_with_consent_for_plans_adds_a_step_and_changes_it_in_one_edit() {
    let changes = vec![step().make_below(NEW, PLAN), model::set(NEW, "text", "Sta rustig op.")];
    assert_eq!(ruling(YOUSSEF, changes), Ruling::Allowed);
}

#[test]
fn an_edit_is_refused_whole_when_one_change_is_not_allowed() {
    let run = Run { plan: PLAN, at: NOW }.make(RecordId([21; 16]));
    let changes = vec![step().make_below(NEW, PLAN), run];
    assert_eq!(ruling(YOUSSEF, changes), Ruling::Refused(Reason::NotAllowed(NotAllowed::NoConsent)));
}

#[test]
fn a_change_to_an_unknown_record_is_refused() {
    assert_eq!(ruling(SEM, vec![model::set(NEW, "text", "x")]), Ruling::Refused(Reason::UnknownRecord));
}

#[test]
fn a_record_cannot_be_made_twice() {
    let again = Change::Make { id: PLAN, kind: Kind::Plan, parent: None, cells: vec![("title".into(), "x".into())] };
    assert_eq!(ruling(SEM, vec![again]), Ruling::Refused(Reason::RecordExists));
}

#[test]
fn a_step_needs_a_plan_above_it() {
    assert_eq!(ruling(SEM, vec![step().make(NEW)]), Ruling::Refused(Reason::WrongParent));
    assert_eq!(ruling(SEM, vec![step().make_below(NEW, RecordId([1; 16]))]), Ruling::Refused(Reason::WrongParent));
}

#[test]
fn a_kind_of_a_newer_version_is_refused_and_not_guessed() {
    let newer = Change::Make { id: NEW, kind: Kind::Unknown(900), parent: None, cells: vec![] };
    assert_eq!(ruling(SEM, vec![newer]), Ruling::Refused(Reason::UnknownKind));
}

#[test]
fn a_withdrawal_names_what_it_ends() {
    let withdrawal = |ends| Consent {
        act: ConsentAct::Withdrawn,
        person: YOUSSEF,
        section: Section::Plans,
        from: NOW,
        until: None,
        ends,
    };
    assert_eq!(ruling(SEM, vec![withdrawal(None).make(NEW)]), Ruling::Refused(Reason::CellDoesNotFit));
    assert_eq!(ruling(SEM, vec![withdrawal(Some(RecordId([3; 16]))).make(NEW)]), Ruling::Allowed);
}

#[test]
fn an_audience_cannot_be_emptied_into_everyone() {
    let made = Change::Make {
        id: NEW,
        kind: Kind::Plan,
        parent: None,
        cells: vec![("title".into(), "x".into()), (AUDIENCE.into(), Vec::<PersonId>::new().to_cell())],
    };
    let emptied = Change::Set { id: NEW, cells: vec![(AUDIENCE.into(), Value::Nothing)] };
    assert_eq!(ruling(SEM, vec![made, emptied]), Ruling::Refused(Reason::CellDoesNotFit));
}

#[test]
fn an_edit_without_changes_or_with_thousands_is_refused() {
    assert_eq!(ruling(SEM, vec![]), Ruling::Refused(Reason::CellDoesNotFit));
    let nothing = Change::Set { id: PLAN, cells: Vec::new() };
    assert_eq!(ruling(SEM, vec![nothing]), Ruling::Refused(Reason::CellDoesNotFit));
    let many = vec![model::set(PLAN, "title", "x"); MOST_CHANGES + 1];
    assert_eq!(ruling(SEM, many), Ruling::Refused(Reason::TooLarge));
}

#[test]
fn only_the_client_has_something_erased_and_never_who_is_in_the_circle() {
    assert_eq!(ruling(SEM, vec![model::purge(PLAN)]), Ruling::Allowed);
    let not_theirs = Ruling::Refused(Reason::NotAllowed(NotAllowed::NotTheirs));
    assert_eq!(ruling(YOUSSEF, vec![model::purge(PLAN)]), not_theirs);
    assert_eq!(ruling(SEM, vec![model::purge(RecordId([2; 16]))]), not_theirs);
    assert_eq!(ruling(SEM, vec![model::purge(RecordId([3; 16]))]), not_theirs);
}

#[test]
fn erasing_stands_alone_and_only_yes_can_be_said() {
    let with = |cells: Vec<(CellName, Value)>| ruling(SEM, vec![Change::Set { id: PLAN, cells }]);
    let fits_not = Ruling::Refused(Reason::CellDoesNotFit);
    assert_eq!(with(vec![(PURGED.into(), Value::Bool(false))]), fits_not);
    assert_eq!(with(vec![(PURGED.into(), Value::Bool(true)), ("title".into(), "x".into())]), fits_not);
    let made = vec![("title".into(), "x".into()), (PURGED.into(), Value::Bool(true))];
    assert_eq!(ruling(SEM, vec![Change::Make { id: NEW, kind: Kind::Plan, parent: None, cells: made }]), fits_not);
}

#[test]
fn whatever_is_done_to_what_was_erased_is_refused_as_that() {
    let mut circle = circle();
    let left = circle.0[&PLAN].purged(Cell { value: Value::Bool(true), stamp: stamp(), number: 2 });
    circle.0.insert(PLAN, left);
    let access = CircleAccess::new(CircleKind::Client, circle.0.values());
    let sem = Person { id: SEM, role: OrganisationRole::Participant };
    let again = Change::Make { id: PLAN, kind: Kind::Plan, parent: None, cells: vec![("title".into(), "x".into())] };
    for change in
        [model::set(PLAN, "title", "x"), model::restore(PLAN), model::purge(PLAN), again, step().make_below(NEW, PLAN)]
    {
        let Ok(ruling) = judge(&mut circle, &access, sem, NOW, &edit_of(SEM, vec![change]));
        assert_eq!(ruling, Ruling::Refused(Reason::Purged));
    }
}

#[test]
fn nobody_says_for_themselves_who_brought_something() {
    let said = Change::Set { id: PLAN, cells: vec![(crate::record::BROUGHT.into(), Value::Id(YOUSSEF.0))] };
    assert_eq!(ruling(SEM, vec![said]), Ruling::Refused(Reason::CellDoesNotFit));
}
