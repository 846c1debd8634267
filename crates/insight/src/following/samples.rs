//! Circles and summaries for the tests of this folder.

use opstap_core::model::{
    Ending, Face, Member, Model, Plan, Relation, Run, RunEnd, RunFace, Step, StepEvent, StepOutcome,
};
use opstap_core::{Cell, Change, Day, DeviceId, Millis, PersonId, Record, RecordId, Stamp};

use super::making::unsettled;
use super::{Clock, HoursHeld, Piled, Source, Summary, Teammate};
use crate::Week;

pub(super) const CLIENT: PersonId = PersonId([1; 16]);
pub(super) const ME: PersonId = PersonId([2; 16]);
pub(super) const VOLUNTEER: PersonId = PersonId([3; 16]);
pub(super) const COLLEAGUE: PersonId = PersonId([4; 16]);

pub(super) const HOUR: u64 = 3_600_000;
pub(super) const MINUTE: u64 = 60_000;

/// The week of now.
pub(super) const THIS: Week = Week(2_970);

/// A Wednesday.
pub(super) fn today() -> Day {
    THIS.monday().on(2)
}

/// Nine o'clock.
pub(super) fn now() -> Millis {
    today().begins().plus(9 * HOUR)
}

pub(super) fn clock() -> Clock {
    Clock { now: now(), today: today() }
}

/// So many days ago, at eight.
pub(super) fn ago(days: u32) -> Millis {
    today().back(days).begins().plus(8 * HOUR)
}

pub(super) const fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

/// The records of a circle as they are made one after the other.
pub(super) struct Circle {
    pub(super) records: Vec<Record>,
    made: u8,
}

impl Circle {
    /// A client with a supervisor and a volunteer, and nothing else.
    pub(super) fn begun() -> Self {
        let mut circle = Self { records: Vec::new(), made: 0 };
        for (person, relation, name) in [
            (CLIENT, Relation::Client, "Sem"),
            (ME, Relation::Supervisor, "Marloes"),
            (VOLUNTEER, Relation::Volunteer, "Youssef"),
        ] {
            let phone = (relation == Relation::Client).then(|| "0612345678".to_owned());
            let member =
                Member { person, relation, name: name.to_owned(), called: None, phone, face: None, order: None };
            circle.make(ME, ago(80), &member, None);
        }
        circle
    }

    /// Somebody makes something.
    pub(super) fn make(&mut self, by: PersonId, at: Millis, model: &impl Model, below: Option<RecordId>) -> RecordId {
        self.made += 1;
        let id = RecordId([100 + self.made; 16]);
        let change = below.map_or_else(|| model.make(id), |parent| model.make_below(id, parent));
        let Change::Make { kind, parent, cells, .. } = change else { panic!("a model is made") };
        let stamp = Stamp { millis: at, counter: u32::from(self.made), device: DeviceId(by.0) };
        let mut record = Record::new(id, kind, parent);
        record.cells.extend(cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })));
        self.records.push(record);
        id
    }

    /// A plan with so many steps.
    pub(super) fn plan(&mut self, title: &str, steps: u8) -> (RecordId, Vec<RecordId>) {
        let plan = self.make(ME, ago(79), &Plan::titled(title), None);
        let step = |n: u8| Step::saying(char::from(b'A' + n), format!("Stap {}", n + 1));
        let steps = (0..steps).map(|n| self.make(ME, ago(79), &step(n), Some(plan))).collect();
        (plan, steps)
    }

    /// The client does a plan: what happens at each step that is met, and how it ends.
    pub(super) fn run(
        &mut self,
        plan: (RecordId, &[RecordId]),
        at: Millis,
        met: &[StepOutcome],
        how: Option<Ending>,
    ) -> RecordId {
        let run = self.make(CLIENT, at, &Run::begins(plan.0, at), None);
        for (n, (step, what)) in (0_u64..).zip(plan.1.iter().zip(met)) {
            let at = at.plus(n * MINUTE);
            self.make(CLIENT, at, &StepEvent::of(*step, StepOutcome::Shown, at), Some(run));
            if *what != StepOutcome::Shown {
                self.make(CLIENT, at, &StepEvent::of(*step, *what, at), Some(run));
            }
            if how == Some(Ending::Done) && *what != StepOutcome::Done {
                self.make(CLIENT, at, &StepEvent::of(*step, StepOutcome::Done, at), Some(run));
            }
        }
        if let Some(how) = how {
            let at = at.plus(10 * MINUTE);
            self.make(CLIENT, at, &RunEnd { how, at }, Some(run));
            self.make(CLIENT, at, &RunFace { face: Face::SoSo, at }, Some(run));
        }
        run
    }

    pub(super) fn summary(&self) -> Summary {
        Summary::of(&Source {
            records: &self.records,
            person_of: &|device| Some(PersonId(device.0)),
            says_stuck: &|text| text == "Ik kom er niet uit",
            me: ME,
            now: now(),
            refused: None,
            is_crossed: &|record| !record.kept.is_empty(),
        })
    }
}

/// A summary in which nothing asks.
pub(super) fn quiet() -> Summary {
    let teammate = |person, relation, name: &str| Teammate {
        person,
        relation,
        name: name.to_owned(),
        phone: relation == Relation::Client,
    };
    Summary {
        made: now(),
        team: vec![
            teammate(CLIENT, Relation::Client, "Sem"),
            teammate(ME, Relation::Supervisor, "Marloes"),
            teammate(VOLUNTEER, Relation::Volunteer, "Youssef"),
        ],
        titles: Vec::new(),
        weeks: Vec::new(),
        lines: Vec::new(),
        last_run: None,
        faces: Vec::new(),
        help: Vec::new(),
        given_up: Vec::new(),
        failing: Vec::new(),
        travel: Vec::new(),
        tasks: Vec::new(),
        consents: Vec::new(),
        hours: HoursHeld::default(),
        next: Vec::new(),
        days_off: Vec::new(),
        marks: Vec::new(),
        settings: unsettled(),
        refused: None::<Piled>,
        conflicts: None,
    }
}
