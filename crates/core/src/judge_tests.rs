//! What is allowed as a whole and what is not, in a circle of a client, a volunteer and a supervisor.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::*;
use crate::access::{NotAllowed, Section};
use crate::edit::{EditName, Seen};
use crate::id::{CircleId, DeviceId};
use crate::model::{self, CircleKind, Member, OrganisationRole, Plan, Relation, Run, Step, ToCell};
use crate::record::Cell;
use crate::stamp::Stamp;

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
    ruling_in(circle(), author, changes)
}

fn ruling_in(mut circle: Circle, author: PersonId, changes: Vec<Change>) -> Ruling {
    let access = CircleAccess::new(CircleKind::Client, circle.0.values());
    let edit = edit_of(author, changes);
    let author = Person { id: author, role: OrganisationRole::Participant };
    let Ok(ruling) = judge(&mut circle, &access, author, NOW, &edit);
    ruling
}

fn step() -> Step {
    Step::saying("V", "Sta op.")
}

#[test]
fn a_volunteer_with_consent_for_plans_adds_a_step_and_changes_it_in_one_edit() {
    let changes = vec![step().make_below(NEW, PLAN), model::set(NEW, "text", "Sta rustig op.")];
    assert_eq!(ruling(YOUSSEF, changes), Ruling::Allowed);
}

#[test]
fn an_edit_is_refused_whole_when_one_change_is_not_allowed() {
    let run = Run::begins(PLAN, NOW).make(RecordId([21; 16]));
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
fn each_says_for_oneself_that_a_plan_can_rest_and_either_takes_it_back() {
    let says = |cell: &'static str, at: Option<Millis>| vec![model::set(PLAN, cell, at)];
    let theirs = Ruling::Refused(Reason::NotAllowed(NotAllowed::NotTheirs));
    assert_eq!(ruling(SEM, says(MASTERED_BY_CLIENT, Some(NOW))), Ruling::Allowed);
    assert_eq!(ruling(YOUSSEF, says(MASTERED_BY_SUPPORTER, Some(NOW))), Ruling::Allowed);
    assert_eq!(ruling(SEM, says(MASTERED_BY_SUPPORTER, Some(NOW))), theirs);
    assert_eq!(ruling(YOUSSEF, says(MASTERED_BY_CLIENT, Some(NOW))), theirs);
    for author in [SEM, YOUSSEF] {
        for cell in [MASTERED_BY_CLIENT, MASTERED_BY_SUPPORTER] {
            assert_eq!(ruling(author, says(cell, None)), Ruling::Allowed, "{cell} is taken back");
        }
    }
    let made = Plan { mastered_by_client: Some(NOW), ..Plan::titled("Opstaan") };
    assert_eq!(ruling(SEM, vec![made.make(NEW)]), Ruling::Allowed);
    assert_eq!(ruling(YOUSSEF, vec![made.make(NEW)]), theirs, "not by making it so either");
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

/// The circle with a step below the plan, a route with a part and a goal that Sem all made, and a parent that stands below itself. The
/// plan and the route are for Sem alone.
fn private_circle() -> Circle {
    let mut circle = circle();
    let nobody = || (CellName::from(AUDIENCE), Vec::<PersonId>::new().to_cell());
    let text = || vec![(CellName::from("text"), Value::from("x"))];
    let travel = Consent {
        act: ConsentAct::Given,
        person: YOUSSEF,
        section: Section::Travel,
        from: Millis(0),
        until: None,
        ends: None,
    };
    let below = |n: u8, kind, parent| Record { parent: Some(parent), ..record(RecordId([n; 16]), kind, text()) };
    let private = |id, kind| record(id, kind, vec![("title".into(), "x".into()), nobody()]);
    for record in [
        record(RecordId([4; 16]), Kind::Consent, travel.cells()),
        private(PLAN, Kind::Plan),
        below(11, Kind::Step, PLAN),
        private(RecordId([12; 16]), Kind::Route),
        below(13, Kind::Part, RecordId([12; 16])),
        below(14, Kind::Goal, RecordId([13; 16])),
        below(15, Kind::Step, RecordId([15; 16])),
    ] {
        circle.0.insert(record.id, record);
    }
    circle
}

#[test]
fn whoever_may_not_read_what_stands_above_writes_nothing_below_it() {
    let (step_id, part, goal) = (RecordId([11; 16]), RecordId([13; 16]), RecordId([14; 16]));
    let makes_goal = Change::Make {
        id: NEW,
        kind: Kind::Goal,
        parent: Some(part),
        cells: vec![("order".into(), "V".into()), ("text".into(), "x".into())],
    };
    let hidden = Ruling::Refused(Reason::NotAllowed(NotAllowed::NotInTheAudience));
    for change in [
        model::set(step_id, "text", "x"),
        model::delete(step_id),
        model::delete(goal),
        model::set(part, "title", "x"),
        makes_goal,
        step().make_below(NEW, PLAN),
    ] {
        assert_eq!(ruling_in(private_circle(), YOUSSEF, vec![change.clone()]), hidden, "{change:?}");
        assert_eq!(ruling_in(private_circle(), SEM, vec![change]), Ruling::Allowed);
    }
    let in_a_ring = vec![model::set(RecordId([15; 16]), "text", "x")];
    assert_eq!(ruling_in(private_circle(), YOUSSEF, in_a_ring), Ruling::Allowed, "and it comes to an end");
}

#[test]
fn whoever_makes_a_plan_for_others_in_an_edit_goes_on_below_it() {
    let made = Change::Make {
        id: NEW,
        kind: Kind::Plan,
        parent: None,
        cells: vec![("title".into(), "x".into()), (AUDIENCE.into(), vec![SEM].to_cell())],
    };
    let below = RecordId([21; 16]);
    let changes = vec![made, step().make_below(below, NEW), model::set(below, "text", "Sta rustig op.")];
    assert_eq!(ruling(YOUSSEF, changes), Ruling::Allowed);
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
fn an_edit_leaves_no_record_with_more_cells_than_it_may_have() {
    let named = |from: usize, count: usize| -> Vec<(CellName, Value)> {
        (from..from + count).map(|n| (format!("cell-{n}").into(), Value::Bool(true))).collect()
    };
    let set = |from, count| Change::Set { id: PLAN, cells: named(from, count) };
    assert_eq!(ruling(SEM, vec![set(0, MOST_CELLS / 2)]), Ruling::Allowed);
    assert_eq!(ruling(SEM, vec![set(0, MOST_CELLS + 1)]), Ruling::Refused(Reason::TooLarge));
    let in_parts = vec![set(0, MOST_CELLS / 2), set(MOST_CELLS, MOST_CELLS / 2 + 1)];
    assert_eq!(ruling(SEM, in_parts), Ruling::Refused(Reason::TooLarge));
    let titles = vec![model::set(PLAN, "title", "x"); MOST_CELLS + 1];
    assert_eq!(ruling(SEM, titles), Ruling::Allowed, "which adds no cell");
    let id = RecordId([77; 16]);
    let mut cells = named(0, MOST_CELLS);
    cells.push(("title".into(), "x".into()));
    let made = Change::Make { id, kind: Kind::Plan, parent: None, cells };
    assert_eq!(ruling(SEM, vec![made]), Ruling::Refused(Reason::TooLarge));
}

#[test]
fn a_cell_that_is_set_anew_does_not_count_twice_nor_do_marks_and_deletions() {
    let with = |count: usize, marks: &[&'static str]| {
        let mut circle = circle();
        let plan = circle.0.get_mut(&PLAN).unwrap();
        let cell = |value| Cell { value, stamp: stamp(), number: 1 };
        // The title is one of them.
        let named = (1..count).map(|n| (format!("cell-{n}").into(), cell(Value::Bool(true))));
        plan.cells.extend(named.chain(marks.iter().map(|mark| ((*mark).into(), cell(Value::Bool(false))))));
        circle
    };
    let some = |from: usize, count: usize| -> Vec<(CellName, Value)> {
        (from..from + count).map(|n| (format!("cell-{n}").into(), Value::Bool(false))).collect()
    };
    let sets = |cells: Vec<(CellName, Value)>| vec![Change::Set { id: PLAN, cells }];
    let sixty_and_one = [some(1, 60), some(900, 1)].concat();
    assert_eq!(ruling_in(with(150, &[]), SEM, sets(sixty_and_one)), Ruling::Allowed);
    let marks = [crate::record::BROUGHT, crate::record::MAKER, DELETED];
    let last = sets(some(900, 1));
    assert_eq!(ruling_in(with(MOST_CELLS - 1, &marks), SEM, last.clone()), Ruling::Allowed);
    let full = || with(MOST_CELLS, &marks);
    assert_eq!(ruling_in(full(), SEM, last), Ruling::Refused(Reason::TooLarge));
    for stays_possible in [sets(some(1, 150)), vec![model::delete(PLAN)], vec![model::purge(PLAN)]] {
        assert_eq!(ruling_in(full(), SEM, stays_possible), Ruling::Allowed);
    }
    let again: Vec<Change> = (0..MOST_CHANGES).flat_map(|_| sets(some(900, 1))).collect();
    assert_eq!(ruling_in(with(MOST_CELLS - 1, &[]), SEM, again), Ruling::Allowed, "it adds one cell");
    let one_each: Vec<Change> = (900..1_000).flat_map(|n| sets(some(n, 1))).collect();
    assert_eq!(ruling_in(with(150, &[]), SEM, one_each), Ruling::Refused(Reason::TooLarge));
}

/// A circle that counts how often it is asked.
struct Counting(Circle, usize);

impl ReadRecords for Counting {
    type Error = Infallible;

    fn record(&mut self, id: RecordId) -> Result<Option<Record>, Infallible> {
        self.1 += 1;
        self.0.record(id)
    }

    fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, Infallible> {
        self.0.owner(device)
    }
}

#[test]
fn however_many_changes_an_edit_has_each_record_is_read_once() {
    let circle = private_circle();
    let access = CircleAccess::new(CircleKind::Client, circle.0.values());
    let mut circle = Counting(circle, 0);
    let youssef = Person { id: YOUSSEF, role: OrganisationRole::Participant };
    let made = |n: u16| RecordId(u128::from(n).to_be_bytes());
    let plan = Plan::titled("x").make(made(0));
    let steps = (1..400).map(|n| step().make_below(made(n), made(0)));
    let sets = (1..400).map(|n| model::set(made(n), "text", "x"));
    let of_one = (0..200).map(|_| model::set(RecordId([15; 16]), "text", "x"));
    let changes = std::iter::once(plan).chain(steps).chain(sets).chain(of_one).collect();
    let Ok(ruling) = judge(&mut circle, &access, youssef, NOW, &edit_of(YOUSSEF, changes));
    assert_eq!((ruling, circle.1), (Ruling::Allowed, 401));
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
fn an_edit_that_erases_does_nothing_else() {
    let fits_not = Ruling::Refused(Reason::CellDoesNotFit);
    let other =
        || Change::Make { id: NEW, kind: Kind::Plan, parent: None, cells: vec![("title".into(), "Koken".into())] };
    assert_eq!(ruling(SEM, vec![other()]), Ruling::Allowed);
    assert_eq!(ruling(SEM, vec![model::purge(PLAN), other()]), fits_not);
    assert_eq!(ruling(SEM, vec![other(), model::purge(PLAN)]), fits_not);
    assert_eq!(ruling(SEM, vec![other(), model::purge(NEW)]), fits_not);
    assert_eq!(ruling(SEM, vec![model::purge(PLAN), model::purge(PLAN)]), Ruling::Allowed);
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

#[path = "judge_own_word_tests.rs"]
mod own_word;
