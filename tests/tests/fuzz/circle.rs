//! A small circle in maps, the hands that work in it, and what they may do: make, write, move, delete and bring back.

use std::collections::BTreeMap;
use std::convert::Infallible;

use opstap_core::access::CircleAccess;
use opstap_core::judge::{Ruling, judge};
use opstap_core::merge::{Applied, By, CircleRecords, ReadRecords, apply};
use opstap_core::model::{CircleKind, OrganisationRole, Person, delete, restore, set};
use opstap_core::record::{AUDIENCE, DELETED};
use opstap_core::{
    Cell, CellName, Change, CircleId, DeviceId, Edit, EditName, Kind, Millis, PersonId, Record, RecordId, Seen, Stamp,
    Value,
};

use super::draw::Draw;

pub const NOW: Millis = Millis(1_790_000_000_000);
pub const CIRCLE: CircleId = CircleId([9; 16]);

/// How many records there can be: plans with steps, and a route with a part with goals.
pub const RECORDS: usize = 9;

/// What each record is when it is made as it should be, and below which it stands.
const PLACES: [(Kind, Option<usize>); RECORDS] = [
    (Kind::Plan, None),
    (Kind::Step, Some(0)),
    (Kind::Step, Some(0)),
    (Kind::Route, None),
    (Kind::Part, Some(3)),
    (Kind::Goal, Some(4)),
    (Kind::Goal, Some(4)),
    (Kind::Plan, None),
    (Kind::Step, Some(7)),
];

pub fn record_id(place: usize) -> RecordId {
    RecordId([u8::try_from(place).unwrap() + 1; 16])
}

/// The cell with the words of a kind.
pub fn words_of(place: usize) -> &'static str {
    if matches!(PLACES[place].0, Kind::Step | Kind::Goal) { "text" } else { "title" }
}

/// The change that makes the record of a place, with these words.
pub fn make(place: usize, words: &str) -> Change {
    let (kind, parent) = PLACES[place];
    let mut cells: Vec<(CellName, Value)> = vec![(words_of(place).into(), words.into())];
    if parent.is_some() {
        cells.push(("order".into(), "V".into()));
    }
    if kind == Kind::Part {
        cells.push(("means".into(), "tram".into()));
    }
    Change::Make { id: record_id(place), kind, parent: parent.map(record_id), cells }
}

/// Words that nobody else writes, so that each is found again wherever it went.
#[derive(Default)]
pub struct Words(u32);

impl Words {
    pub fn next(&mut self) -> String {
        self.0 += 1;
        format!("woord {}", self.0)
    }
}

/// What somebody may do to one of the records.
pub fn change(draw: &mut Draw<'_>, words: &mut Words) -> Change {
    let place = draw.below(RECORDS);
    let id = record_id(place);
    match draw.below(10) {
        0 | 1 => make(place, &words.next()),
        2..5 => set(id, words_of(place), words.next().as_str()),
        5 => set(id, "order", *draw.pick(&["A", "V", "V", "z"])),
        6 | 7 => delete(id),
        8 => restore(id),
        _ => odd_change(draw, id, words),
    }
}

/// What no screen does and any program could: several cells at once, a cell twice, an audience, values that do not fit.
fn odd_change(draw: &mut Draw<'_>, id: RecordId, words: &mut Words) -> Change {
    let names = ["text", "title", "order", DELETED, AUDIENCE, "hint", "colour", "means", ""];
    let cells = (0..draw.below(4)).map(|_| {
        let value = match draw.below(8) {
            0 => Value::Bool(draw.yes()),
            1 => Value::Nothing,
            2 => Value::Int(draw.number().cast_signed()),
            3 => Value::Ids((0..draw.below(3)).map(|_| [draw.byte() % 4; 16]).collect()),
            _ => Value::Text(words.next()),
        };
        ((*draw.pick(&names)).into(), value)
    });
    let cells = cells.collect();
    match draw.below(4) {
        0 => {
            let kinds = [Kind::Plan, Kind::Step, Kind::Part, Kind::Run, Kind::StepEvent, Kind::Unknown(900)];
            let parent = draw.yes().then(|| record_id(draw.below(RECORDS)));
            Change::Make { id, kind: *draw.pick(&kinds), parent, cells }
        }
        _ => Change::Set { id, cells },
    }
}

/// Somebody at work on a device.
pub struct Hand {
    pub device: DeviceId,
    n: u64,
}

impl Hand {
    pub fn new(device: u8) -> Self {
        Self { device: DeviceId([device; 16]), n: 0 }
    }

    pub fn edit(&mut self, stamp: Stamp, seen: u64, changes: Vec<Change>) -> Edit {
        self.n += 1;
        let name = EditName { device: self.device, n: self.n };
        Edit { name, stamp, circle: CIRCLE, seen: Seen { number: seen, ..Seen::default() }, beside: None, changes }
    }
}

/// The records, what was displaced, and every edit that counted with its number.
#[derive(Clone, Default)]
pub struct Circle {
    pub records: BTreeMap<RecordId, Record>,
    pub displaced: Vec<(RecordId, CellName, Cell)>,
    pub taken: Vec<(u64, Edit)>,
    pub number: u64,
}

impl ReadRecords for Circle {
    type Error = Infallible;

    fn record(&mut self, id: RecordId) -> Result<Option<Record>, Infallible> {
        Ok(self.records.get(&id).cloned())
    }

    fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, Infallible> {
        Ok(Some(PersonId(device.0)))
    }
}

impl CircleRecords for Circle {
    fn children(&mut self, id: RecordId) -> Result<Vec<RecordId>, Infallible> {
        Ok(self.records.values().filter(|record| record.parent == Some(id)).map(|record| record.id).collect())
    }

    fn put(&mut self, record: Record) -> Result<(), Infallible> {
        self.records.insert(record.id, record);
        Ok(())
    }

    fn displaced(&mut self, record: RecordId, cell: &CellName, value: Cell) -> Result<(), Infallible> {
        self.displaced.push((record, cell.clone(), value));
        Ok(())
    }

    fn number_of(&mut self, record: RecordId, cell: &CellName, stamp: Stamp) -> Result<Option<u64>, Infallible> {
        let mut history = self.displaced.iter();
        let found = history.find(|(of, name, was)| (*of, name, was.stamp) == (record, cell, stamp));
        Ok(found.map(|(_, _, was)| was.number))
    }

    fn purge(&mut self, left: Record) -> Result<(), Infallible> {
        self.displaced.retain(|(of, ..)| *of != left.id);
        self.put(left)
    }
}

impl Circle {
    /// A circle in which every place is taken, as its founder made it with number 1.
    pub fn with_everything(words: &mut Words) -> Self {
        let mut circle = Self::default();
        let mut founder = Hand::new(200);
        let stamp = Stamp { millis: Millis(NOW.0 - 1_000), counter: 0, device: founder.device };
        let changes = (0..RECORDS).map(|place| make(place, &words.next())).collect();
        circle.apply(&founder.edit(stamp, 0, changes));
        circle
    }

    /// What the rules say of an edit by the owner of its device, who may do everything that fits.
    pub fn rule(&mut self, edit: &Edit) -> Ruling {
        let access = CircleAccess::new(CircleKind::Library, self.records.values());
        let author = Person { id: PersonId(edit.name.device.0), role: OrganisationRole::Professional };
        let Ok(ruling) = judge(self, &access, author, NOW, edit);
        ruling
    }

    /// Gives an edit the next number and applies it.
    pub fn apply(&mut self, edit: &Edit) -> Applied {
        self.number += 1;
        self.taken.push((self.number, edit.clone()));
        let by = By { stamp: edit.stamp, number: self.number, seen: edit.seen.number };
        let Ok(applied) = apply(self, edit, by);
        applied
    }

    /// Judges an edit and applies it if it is allowed.
    pub fn take(&mut self, edit: &Edit) -> Ruling {
        let ruling = self.rule(edit);
        if ruling == Ruling::Allowed {
            self.apply(edit);
        }
        ruling
    }

    /// What happened, for whoever has to find out what went wrong: a value does not show itself in debug output.
    pub fn told(&self) -> String {
        let mut told = String::new();
        for (number, edit) in &self.taken {
            let Stamp { millis, counter, device } = edit.stamp;
            let at = millis.0.wrapping_sub(NOW.0).cast_signed();
            told += &format!("\n{number}: {}, seen {}, at {at}.{counter}:", device.0[0], edit.seen.number);
            for change in &edit.changes {
                let made = if matches!(change, Change::Make { .. }) { "makes" } else { "sets" };
                told += &format!(" {made} {}", change.record().0[0]);
                for (name, value) in change.cells() {
                    let shown = match value {
                        Value::Text(text) => text.clone(),
                        Value::Bool(yes) => yes.to_string(),
                        other => format!("{other:?}"),
                    };
                    told += &format!(" {name}={shown}");
                }
            }
        }
        told
    }

    /// The record and those above it, from the nearest.
    pub fn line_of(&self, id: RecordId) -> Vec<&Record> {
        let mut line = Vec::new();
        let mut next = self.records.get(&id);
        while let Some(record) = next {
            line.push(record);
            next = record.parent.and_then(|parent| self.records.get(&parent));
        }
        line
    }

    pub fn is_shown(&self, id: RecordId) -> bool {
        !self.line_of(id).iter().any(|record| record.is_deleted())
    }
}
