//! What importing a file would write: rows that are new, and of rows that are there only the cells that differ.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::model::{Model, Registration, RegistrationFollowUp, ToCell, TrajectoryOutcome};
use opstap_core::{Cell, Change, Kind, OrganisationId, Record, RecordId, Value};
use opstap_insight::programme_rows;
use sha2::{Digest, Sha256};

use super::form::{Column, FileFollowUp, FileRow, Outcome};
use super::holdings::file_rows;

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
                let before = plan.changed.len();
                let now = now.get(&record.id);
                // What an export wrote of it says nothing new, though a cell may stand otherwise.
                let act = if now == Some(row) {
                    Vec::new()
                } else {
                    standing.change(record, row, name, |column| {
                        let was = now.map(|now| now.text(column)).unwrap_or_default();
                        let (line, number, becomes) = (*line, row.number.clone(), row.text(column));
                        plan.changed.push(ChangedCell { line, number, column: column.name(), was, becomes });
                    })
                };
                if plan.changed.len() == before {
                    plan.unchanged += 1;
                    Becomes::Same
                } else {
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

    fn change(&self, record: &Record, row: &FileRow, name: &str, mut differs: impl FnMut(Column)) -> Vec<Change> {
        let mut act = Vec::new();
        let mut changes: Vec<_> = cells(row)
            .into_iter()
            .filter(|(_, cell, value)| !holds(record, cell, value))
            .map(|(column, cell, value)| {
                differs(column);
                (cell.into(), value)
            })
            .collect();
        if let Some(found) = row.follow_up {
            let below = self.follow_ups.get(&record.id);
            let of_day = below.and_then(|below| below.iter().rfind(|(_, known)| known.on == found.on));
            match of_day {
                None => {
                    differs(Column::FollowedUpOn);
                    act.push(self.make_follow_up(record.id, found));
                }
                Some((known, _)) => {
                    for (column, cell, value) in answers(&found) {
                        if !holds(known, cell, &value) {
                            differs(column);
                            act.push(Change::Set { id: known.id, cells: vec![(cell.into(), value)] });
                        }
                    }
                }
            }
        }
        if !changes.is_empty() || !act.is_empty() {
            changes.push((IMPORT.into(), name.to_cell()));
            act.insert(0, Change::Set { id: record.id, cells: changes });
        }
        act
    }

    fn make_follow_up(&self, registration: RecordId, found: FileFollowUp) -> Change {
        let FileFollowUp { on, travels, other_routes, special } = found;
        let name = [registration.0.as_slice(), &on.0.to_be_bytes()].concat();
        let model = RegistrationFollowUp { on, months: None, travels, other_routes, special };
        model.make_below(self.free_id("follow-up", &name), registration)
    }

    /// An id that follows from what it is for, so that two who import the same at once make one record and not two. What was deleted
    /// keeps its id, and the next in line is taken.
    fn free_id(&self, what: &str, name: &[u8]) -> RecordId {
        let nth = |n: u32| {
            let mut hash = Sha256::new();
            for part in [b"opstap import".as_slice(), &self.organisation.0, what.as_bytes(), &n.to_be_bytes(), name] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
            let mut id = [0; 16];
            id.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
            // The marks of an id of one's own making (UUIDv8).
            let [.., version, _, variant, _, _, _, _, _, _, _] = &mut id;
            *version = *version & 0x0f | 0x80;
            *variant = *variant & 0x3f | 0x80;
            RecordId(id)
        };
        (0..).map(nth).find(|id| !self.taken.contains(id)).unwrap_or_else(|| nth(u32::MAX))
    }
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

/// The changes of whole acts put together, at most so many in each. What belongs to one row stays together.
#[must_use]
pub fn packed(acts: Vec<Vec<Change>>, at_most: usize) -> Vec<Vec<Change>> {
    let mut packed: Vec<Vec<Change>> = Vec::new();
    for act in acts {
        match packed.last_mut() {
            Some(last) if last.len() + act.len() <= at_most => last.extend(act),
            _ => packed.push(act),
        }
    }
    packed
}
