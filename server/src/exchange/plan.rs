//! What importing a file would write: rows that are new, and of rows that are there only the cells that differ.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::model::{Model, Registration, RegistrationFollowUp, ToCell, TrajectoryOutcome};
use opstap_core::{Cell, Change, Kind, OrganisationId, Record, RecordId, Value};
use opstap_insight::programme_rows;

use super::acts::after;
use super::form::{Column, FileFollowUp, FileRow, Outcome};
use super::holdings::file_rows;
use super::ids::free_id;

/// The cell that holds the name of an import.
pub const IMPORT: &str = "import";

/// A cell of a row that is there and would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCell {
    /// The line of the file.
    pub line: u64,
    /// The name of the row.
    pub number: String,
    /// The column.
    pub column: &'static str,
    /// What stands there now.
    pub was: String,
    /// What the file says.
    pub becomes: String,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Becomes {
    /// It is there, and something of it changes.
    Changed,
    /// It is not there yet.
    New,
    /// It is there as in the file.
    Same,
}

impl Becomes {
    /// By what a program knows it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::New => "new",
            Self::Same => "same",
        }
    }
}

/// What an import would write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// What becomes of each row, in the order of the file.
    pub rows: Vec<Becomes>,
    /// The names of the rows it would make.
    pub new: Vec<String>,
    /// What it would change of rows that are there.
    pub changed: Vec<ChangedCell>,
    /// How many rows would be changed.
    pub changed_rows: usize,
    /// How many rows are there as in the file.
    pub unchanged: usize,
    /// The changes of each row that is written.
    pub acts: Vec<Vec<Change>>,
}

/// Sets a file beside the records of a programme. A row is recognised by its number, or by its id where it has none.
#[must_use]
pub fn plan(organisation: OrganisationId, rows: &[(u64, FileRow)], records: &[Record], name: &str) -> ImportPlan {
    let standing = Standing::of(organisation, records);
    let held = programme_rows(records);
    let now: BTreeMap<RecordId, FileRow> = held.iter().map(|row| row.id).zip(file_rows(&held)).collect();
    let mut plan = ImportPlan::default();
    for (line, row) in rows {
        let becomes = match standing.find(&row.number) {
            None => {
                plan.new.push(row.number.clone());
                plan.acts.push(standing.make(row, name));
                Becomes::New
            }
            Some(record) => {
                let now = now.get(&record.id);
                let (act, columns) = standing.change(record, row, name, now);
                if columns.is_empty() {
                    plan.unchanged += 1;
                    Becomes::Same
                } else {
                    plan.changed.extend(columns.into_iter().map(|column| {
                        let was = now.map(|now| now.text(column)).unwrap_or_default();
                        let (line, number, becomes) = (*line, row.number.clone(), row.text(column));
                        ChangedCell { line, number, column: column.name(), was, becomes }
                    }));
                    plan.changed_rows += 1;
                    plan.acts.push(act);
                    Becomes::Changed
                }
            }
        };
        plan.rows.push(becomes);
    }
    plan
}

/// What is there.
struct Standing<'a> {
    organisation: OrganisationId,
    by_number: BTreeMap<String, &'a Record>,
    follow_ups: BTreeMap<RecordId, Vec<(&'a Record, RegistrationFollowUp)>>,
    /// All ids, also of what is deleted: none is given twice.
    taken: BTreeSet<RecordId>,
}

impl<'a> Standing<'a> {
    fn of(organisation: OrganisationId, records: &'a [Record]) -> Self {
        let taken = records.iter().map(|record| record.id).collect();
        let mut standing = Self { organisation, by_number: BTreeMap::new(), follow_ups: BTreeMap::new(), taken };
        let kept = || records.iter().filter(|record| !record.is_deleted());
        let registrations = || kept().filter(|record| record.kind == Kind::Registration);
        for record in registrations() {
            if let Some(number) = Registration::from_record(record).and_then(|row| row.number) {
                // Of two of one name, made apart, the lower id.
                standing.by_number.entry(number).or_insert(record);
            }
        }
        for record in registrations() {
            standing.by_number.entry(record.id.to_string()).or_insert(record);
        }
        for record in kept() {
            if let (Some(above), Some(found)) = (record.parent, RegistrationFollowUp::from_record(record)) {
                standing.follow_ups.entry(above).or_default().push((record, found));
            }
        }
        standing
    }

    fn find(&self, number: &str) -> Option<&'a Record> {
        self.by_number.get(number).copied()
    }

    fn make(&self, row: &FileRow, name: &str) -> Vec<Change> {
        let id = self.free_id("registration", row.number.as_bytes());
        let mut cells: Vec<_> = cells(row).into_iter().map(|(_, cell, value)| (cell.into(), value)).collect();
        cells.retain(|(_, value): &(_, Value)| !value.is_nothing());
        cells.push(("number".into(), row.number.to_cell()));
        cells.push((IMPORT.into(), name.to_cell()));
        let mut act = vec![Change::Make { id, kind: Kind::Registration, parent: None, cells }];
        act.extend(row.follow_up.map(|found| self.make_follow_up(id, found)));
        act
    }

    /// The changes that make a row what a file says, and the columns that they are in.
    fn change(&self, record: &Record, row: &FileRow, name: &str, now: Option<&FileRow>) -> (Vec<Change>, Vec<Column>) {
        let mut says = unlike(now, row);
        loop {
            let (act, columns) = self.set(record, row, name, &says);
            if act.is_empty() {
                return (act, columns);
            }
            // What nobody changed follows from other cells here and there, and may follow otherwise once those are written.
            let then = self.after(record, &act);
            let more: Vec<Column> = unlike(then.as_ref(), row).difference(&says).copied().collect();
            if more.is_empty() {
                return (act, columns);
            }
            says.extend(more);
        }
    }

    /// A row after an act, as an export shows it.
    fn after(&self, record: &Record, act: &[Change]) -> Option<FileRow> {
        let below = self.follow_ups.get(&record.id).into_iter().flatten().map(|(below, _)| *below);
        let family: Vec<&Record> = std::iter::once(record).chain(below).collect();
        file_rows(&programme_rows(&after(&family, act))).into_iter().next()
    }

    /// The changes that write these columns, and those of them that are another thing than is there.
    fn set(&self, record: &Record, row: &FileRow, name: &str, says: &BTreeSet<Column>) -> (Vec<Change>, Vec<Column>) {
        let (mut act, mut columns) = (Vec::new(), Vec::new());
        let mut changes = Vec::new();
        for (column, cell, value) in cells(row) {
            if says.contains(&column) && !holds(record, cell, &value) {
                columns.push(column);
                changes.push((cell.into(), value));
            }
        }
        if let Some(found) = row.follow_up {
            let below = self.follow_ups.get(&record.id);
            let of_day = below.and_then(|below| below.iter().rfind(|(_, known)| known.on == found.on));
            // Of another day it is told whole.
            let other_day = says.contains(&Column::FollowedUpOn);
            match of_day {
                None if other_day => {
                    columns.push(Column::FollowedUpOn);
                    act.push(self.make_follow_up(record.id, found));
                }
                None => {}
                Some((known, _)) => {
                    for (column, cell, value) in answers(&found) {
                        if (other_day || says.contains(&column)) && !holds(known, cell, &value) {
                            columns.push(column);
                            act.push(Change::Set { id: known.id, cells: vec![(cell.into(), value)] });
                        }
                    }
                }
            }
        }
        if !columns.is_empty() {
            changes.push((IMPORT.into(), name.to_cell()));
            act.insert(0, Change::Set { id: record.id, cells: changes });
        }
        (act, columns)
    }

    fn make_follow_up(&self, registration: RecordId, found: FileFollowUp) -> Change {
        let FileFollowUp { on, travels, other_routes, special } = found;
        let name = [registration.0.as_slice(), &on.0.to_be_bytes()].concat();
        let model = RegistrationFollowUp { on, months: None, travels, other_routes, special };
        model.make_below(self.free_id("follow-up", &name), registration)
    }

    fn free_id(&self, what: &str, name: &[u8]) -> RecordId {
        free_id(&self.organisation.0, what, name, |id| self.taken.contains(id))
    }
}

/// The columns in which a row of a file says another thing than an export of the row would. By its name it was found.
fn unlike(exported: Option<&FileRow>, row: &FileRow) -> BTreeSet<Column> {
    let is_unlike = |column: &Column| exported.is_none_or(|exported| exported.text(*column) != row.text(*column));
    Column::ALL.into_iter().filter(|column| *column != Column::Registration).filter(is_unlike).collect()
}

fn holds(record: &Record, cell: &str, value: &Value) -> bool {
    record.cells.get(cell).map_or(&Value::Nothing, |cell: &Cell| &cell.value) == value
}

/// What a row of a file says of the cells of a registration.
fn cells(row: &FileRow) -> [(Column, &'static str, Value); 7] {
    let outcome = match row.outcome {
        Outcome::Outside => Some(TrajectoryOutcome::Outside),
        Outcome::Withdrew => Some(TrajectoryOutcome::Withdrew),
        Outcome::Stopped => Some(TrajectoryOutcome::Stopped),
        // These follow from the days.
        Outcome::Registered | Outcome::Practising | Outcome::Completed => None,
    };
    [
        (Column::RegisteredOn, "registered", row.registered.to_cell()),
        (Column::Channel, "channel", row.channel.to_cell()),
        (Column::Outcome, "outcome", outcome.to_cell()),
        (Column::Indication, "indication", row.indication.to_cell()),
        (Column::Mode, "mode", row.mode.to_cell()),
        (Column::StartedOn, "started", row.started.to_cell()),
        (Column::CompletedOn, "completed", row.completed.to_cell()),
    ]
}

/// What it says of the cells of a follow-up.
fn answers(found: &FileFollowUp) -> [(Column, &'static str, Value); 3] {
    [
        (Column::StillTravels, "travels", found.travels.to_cell()),
        (Column::OtherRoutes, "other_routes", found.other_routes.to_cell()),
        (Column::Special, "special", found.special.to_cell()),
    ]
}
