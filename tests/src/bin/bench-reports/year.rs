//! A year of one client: plans followed every day step by step, hours of the duo, what is granted, goals and two measurements.

use opstap_core::access::Section;
use opstap_core::instrument::{Level, SHIPPED, parse};
use opstap_core::model::{
    Aim, Consent, ConsentAct, DomainAnswer, DomainGoal, DuoRole, Ending, Grant, Measurement, Model, Plan, Run, RunEnd,
    Step, StepEvent, StepOutcome, TimeKind, TimeSpent,
};
use opstap_core::{Cell, Change, Day, DeviceId, Millis, PersonId, Record, RecordId, Stamp};

/// Whose year it is.
#[derive(Clone, Copy)]
pub struct Author {
    /// The device that made all of it.
    pub device: DeviceId,
    /// Which client, so that no two years are the same.
    pub place: u32,
}

/// A day, in milliseconds.
const DAY: u64 = 86_400_000;
/// As many days as a year has.
const DAYS: u32 = 365;
/// Steps of the plan that is followed each day.
const STEPS: u32 = 3;

/// Makes records one after the other.
struct Year {
    author: Author,
    begin: Millis,
    records: Vec<Record>,
}

impl Year {
    fn id(&self) -> RecordId {
        let n = u64::try_from(self.records.len()).unwrap_or_default() + 1;
        let mut id = self.author.device.0;
        id[8..].copy_from_slice(&n.to_be_bytes());
        RecordId(id)
    }

    fn add<M: Model>(&mut self, at: Millis, model: &M, parent: Option<RecordId>) -> RecordId {
        let id = self.id();
        let change = match parent {
            Some(parent) => model.make_below(id, parent),
            None => model.make(id),
        };
        let Change::Make { kind, cells, .. } = change else { return id };
        let mut record = Record::new(id, kind, parent);
        let stamp = Stamp { millis: at, counter: 0, device: self.author.device };
        record.number = 1;
        for (name, value) in cells {
            record.cells.insert(name, Cell { value, stamp, number: 1 });
        }
        self.records.push(record);
        id
    }

    fn at(&self, day: u32) -> Millis {
        self.begin.plus(u64::from(day) * DAY)
    }
}

/// All records of the year before a moment, which these professionals may see.
pub fn a_year(author: Author, professionals: &[PersonId], now: Millis) -> Vec<Record> {
    let begin = Millis(now.0.saturating_sub(u64::from(DAYS) * DAY));
    let mut year = Year { author, begin, records: Vec::new() };
    for person in professionals {
        for section in Section::ALL {
            let consent = Consent {
                act: ConsentAct::Given,
                person: *person,
                section: *section,
                from: begin,
                until: None,
                ends: None,
            };
            year.add(begin, &consent, None);
        }
    }
    let first = Day::of(begin);
    let plan = year.add(begin, &Plan::titled("Boodschappen doen"), None);
    let steps: Vec<RecordId> =
        (0..STEPS).map(|step| year.add(begin, &Step::saying(format!("V{step}"), "Pak de tas"), Some(plan))).collect();
    year.add(begin, &Grant::of(first, first.on(DAYS), 180, 60), None);
    for day in 0..DAYS {
        follow(&mut year, day, plan, &steps);
        spend(&mut year, day, first.on(day));
    }
    measure(&mut year, first);
    year.records
}

fn follow(year: &mut Year, day: u32, plan: RecordId, steps: &[RecordId]) {
    let at = year.at(day);
    let run = year.add(at, &Run { plan, at, on_paper: None }, None);
    for step in steps {
        let what = if (day + year.author.place).is_multiple_of(9) { StepOutcome::HelpAsked } else { StepOutcome::Done };
        year.add(at, &StepEvent { step: *step, what, at, choice: None }, Some(run));
    }
    year.add(at, &RunEnd { how: Ending::Done, at }, Some(run));
}

/// Four times a week, the supervisor and the support worker in turn.
fn spend(year: &mut Year, day: u32, on: Day) {
    if !matches!(day % 7, 0 | 2 | 3 | 5) {
        return;
    }
    let role = if day.is_multiple_of(2) { DuoRole::Supervisor } else { DuoRole::SupportWorker };
    let minutes = 30 + (day + year.author.place) % 60;
    let time = TimeSpent { role: Some(role), ..TimeSpent::of(on, minutes, TimeKind::Direct) };
    year.add(year.at(day), &time, None);
}

/// At the begin and at the end of the year, with a goal in each domain.
fn measure(year: &mut Year, first: Day) {
    let zrm =
        SHIPPED.iter().filter_map(|bytes| parse(bytes).ok()).find(|instrument| instrument.id.to_string() == "zrm.1");
    let Some(zrm) = zrm else { return };
    for (place, domain) in (0..).zip(&zrm.domains) {
        let aim = if place % 2 == 0 { Aim::Progress } else { Aim::Stable };
        let goal = DomainGoal {
            instrument: zrm.id.to_string(),
            domain: domain.code.as_str().to_owned(),
            aim,
            words: None,
            picture: None,
            from: Some(first),
            ended: None,
            import: None,
        };
        year.add(year.begin, &goal, None);
    }
    for (later, on) in [(0, first), (1, first.on(DAYS - 1))] {
        let measurement = Measurement {
            instrument: zrm.id.to_string(),
            on,
            together: None,
            by: None,
            word: None,
            replaces: None,
            import: None,
        };
        let id = year.add(year.begin, &measurement, None);
        for (place, domain) in (0_u32..).zip(&zrm.domains) {
            let level = u8::try_from(1 + (place + year.author.place + later) % 5).ok().and_then(Level::new);
            let domain = domain.code.as_str().to_owned();
            year.add(year.begin, &DomainAnswer { domain, level, yes: None, word: None }, Some(id));
        }
    }
}
