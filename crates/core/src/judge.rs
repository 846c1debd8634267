//! Whether an edit is allowed as a whole: the phone asks before it keeps one, the server when it arrives.

use crate::access::{Action, CircleAccess, Decision, Subject};
use crate::edit::{Change, Edit};
use crate::id::{PersonId, RecordId};
use crate::merge::ReadRecords;
use crate::model::{Consent, ConsentAct, Fault, Model, Person, check_make, check_set};
use crate::protocol::Reason;
use crate::record::{AUDIENCE, Kind, PURGED, Record};
use crate::stamp::{Millis, Stamp};
use crate::value::{CellName, Value};

/// The most changes in one edit: a copy of a plan of a hundred steps fits well.
pub const MOST_CHANGES: usize = 1_000;

/// What a judgement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// The author may do all of it.
    Allowed,
    /// At least one change cannot be, so none of it counts.
    Refused(Reason),
}

/// Judges an edit against the records as they are now. Blobs and names of edits are the server's to check.
///
/// # Errors
/// When the store fails.
pub fn judge<R: ReadRecords>(
    records: &mut R,
    access: &CircleAccess,
    author: Person,
    now: Millis,
    edit: &Edit,
) -> Result<Ruling, R::Error> {
    if edit.changes.is_empty() {
        return Ok(Ruling::Refused(Reason::CellDoesNotFit));
    }
    if edit.changes.len() > MOST_CHANGES {
        return Ok(Ruling::Refused(Reason::TooLarge));
    }
    let mut bench = Bench { records, access, author, now, stamp: edit.stamp, made: Vec::new() };
    for change in &edit.changes {
        if let Some(reason) = bench.refuses(change)? {
            return Ok(Ruling::Refused(reason));
        }
    }
    Ok(Ruling::Allowed)
}

/// Where one edit is judged: what its earlier changes made counts for the later ones.
struct Bench<'a, R> {
    records: &'a mut R,
    access: &'a CircleAccess,
    author: Person,
    now: Millis,
    stamp: Stamp,
    made: Vec<Record>,
}

impl<R: ReadRecords> Bench<'_, R> {
    fn refuses(&mut self, change: &Change) -> Result<Option<Reason>, R::Error> {
        match change {
            Change::Make { id, kind, parent, cells } => self.refuses_making(*id, *kind, *parent, cells),
            Change::Set { id, cells } => self.refuses_setting(*id, cells),
        }
    }

    fn refuses_making(
        &mut self,
        id: RecordId,
        kind: Kind,
        parent: Option<RecordId>,
        cells: &[(CellName, Value)],
    ) -> Result<Option<Reason>, R::Error> {
        if let Err(fault) = check_make(kind, cells) {
            return Ok(Some(reason_of(&fault)));
        }
        if let Some((found, _)) = self.find(id)? {
            return Ok(Some(if found.is_purged() { Reason::Purged } else { Reason::RecordExists }));
        }
        // Only what is there can be erased.
        if cells.iter().any(|(name, _)| name == PURGED) {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        let mut record = Record::new(id, kind, parent);
        for (name, value) in cells {
            let cell = crate::record::Cell { value: value.clone(), stamp: self.stamp, number: 0 };
            record.cells.insert(name.clone(), cell);
        }
        match (kind.parent(), parent) {
            (None, None) => {}
            (Some(above), Some(parent)) => match self.find(parent)? {
                Some((found, _)) if found.is_purged() => return Ok(Some(Reason::Purged)),
                Some((found, author)) if found.kind == above => {
                    let subject = Subject::of(&found, author);
                    if let Decision::Refused(why) = self.access.decide(self.author, self.now, &subject, Action::Read) {
                        return Ok(Some(Reason::NotAllowed(why)));
                    }
                }
                _ => return Ok(Some(Reason::WrongParent)),
            },
            (None, Some(_)) | (Some(_), None) => return Ok(Some(Reason::WrongParent)),
        }
        // A withdrawal that names nothing would end nothing, and look as if it did.
        if Consent::from_record(&record)
            .is_some_and(|consent| consent.act == ConsentAct::Withdrawn && consent.ends.is_none())
        {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        let subject = Subject::of(&record, Some(self.author.id));
        let decision = self.access.decide(self.author, self.now, &subject, Action::Make);
        self.made.push(record);
        Ok(refusal(decision))
    }

    fn refuses_setting(&mut self, id: RecordId, cells: &[(CellName, Value)]) -> Result<Option<Reason>, R::Error> {
        let Some((record, author)) = self.find(id)? else {
            return Ok(Some(Reason::UnknownRecord));
        };
        if record.is_purged() {
            return Ok(Some(Reason::Purged));
        }
        if let Err(fault) = check_set(record.kind, cells) {
            return Ok(Some(reason_of(&fault)));
        }
        // Erasing says nothing else about the record it leaves nothing of.
        if cells.len() > 1 && cells.iter().any(|(name, _)| name == PURGED) {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        // It would change nothing, and yet bring back a record that somebody deleted meanwhile.
        if cells.is_empty() {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        let mut subject = Subject::of(&record, author);
        // Emptying the audience would open the record to everyone: only a list can take its place.
        if subject.audience.is_some() && cells.iter().any(|(name, value)| name == AUDIENCE && value.is_nothing()) {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        if self.made.iter().any(|made| made.id == id) {
            subject.author = Some(self.author.id);
        }
        Ok(refusal(self.access.decide(self.author, self.now, &subject, Action::Change(cells))))
    }

    fn find(&mut self, id: RecordId) -> Result<Option<(Record, Option<PersonId>)>, R::Error> {
        if let Some(made) = self.made.iter().find(|made| made.id == id) {
            return Ok(Some((made.clone(), Some(self.author.id))));
        }
        let Some(record) = self.records.record(id)? else {
            return Ok(None);
        };
        let author = match record.made() {
            Some(stamp) => self.records.owner(stamp.device)?,
            None => None,
        };
        Ok(Some((record, author)))
    }
}

fn refusal(decision: Decision) -> Option<Reason> {
    match decision {
        Decision::Allowed(_) => None,
        Decision::Refused(why) => Some(Reason::NotAllowed(why)),
    }
}

fn reason_of(fault: &Fault) -> Reason {
    match fault {
        Fault::UnknownKind => Reason::UnknownKind,
        Fault::Missing(_) | Fault::DoesNotFit(_) => Reason::CellDoesNotFit,
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
