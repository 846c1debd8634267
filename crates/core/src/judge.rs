//! Whether an edit is allowed as a whole: the phone asks before it keeps one, the server when it arrives.

use std::rc::Rc;

use crate::access::{Above, Action, CircleAccess, Decision, Ground, NotAllowed, Subject};
use crate::edit::{Change, Edit};
use crate::id::{PersonId, RecordId};
use crate::merge::ReadRecords;
use crate::model::{
    Consent, ConsentAct, EVALUATION_AGREED, EVALUATION_SAID, Fault, HANDOVER_ACCEPTED, HANDOVER_AGREED,
    MASTERED_BY_CLIENT, MASTERED_BY_SUPPORTER, Model, Person, Relation, check_make, check_set,
};
use crate::protocol::Reason;
use crate::record::{AUDIENCE, DELETED, Kind, PURGED, Record, is_mark};
use crate::sorted::Sorted;
use crate::stamp::Millis;
use crate::value::{CellName, Value};

/// The most changes in one edit: a copy of a plan of a hundred steps fits well.
pub const MOST_CHANGES: usize = 1_000;

/// The most cells that an edit may leave a record with, besides its marks and that it is deleted. A record keeps them in a list, in which
/// many that come in the wrong order are slow.
pub const MOST_CELLS: usize = 200;

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
    // On a server restored from a backup without this edit its erasing is played again, and nothing else of it.
    let erasing = edit.changes.iter().filter(|change| change.erases()).count();
    if erasing > 0 && erasing < edit.changes.len() {
        return Ok(Ruling::Refused(Reason::CellDoesNotFit));
    }
    let known = Sorted::new();
    let mut bench = Bench { records, access, author, now, edit, sets: names_set(edit), known };
    for change in &edit.changes {
        if let Some(reason) = bench.refuses(change)? {
            return Ok(Ruling::Refused(reason));
        }
    }
    Ok(Ruling::Allowed)
}

/// The names that an edit sets and that count, each once, by record.
fn names_set(edit: &Edit) -> Vec<(RecordId, &CellName)> {
    let named = edit.changes.iter().flat_map(|change| {
        let id = change.record();
        change.cells().iter().map(move |(name, _)| (id, name))
    });
    let mut named: Vec<_> = named.filter(|(_, name)| counts(name)).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whether a cell is one of those of which a record may have so many: it can always be deleted, erased and marked.
fn counts(name: &CellName) -> bool {
    !is_mark(name) && name != DELETED && name != PURGED
}

/// What a judgement needs of a record that stood or that an earlier change made.
struct Known {
    kind: Kind,
    is_purged: bool,
    above: Above,
    /// The names of its cells that count, in order.
    names: Vec<CellName>,
}

impl Known {
    fn of(record: &Record, author: Option<PersonId>) -> Self {
        Self {
            kind: record.kind,
            is_purged: record.is_purged(),
            above: Above::of(record, author),
            names: record.cells.keys().filter(|name| counts(name)).cloned().collect(),
        }
    }

    fn subject(&self) -> Subject {
        Subject { kind: self.kind, audience: self.above.audience.clone(), author: self.above.author }
    }

    fn has(&self, name: &CellName) -> bool {
        self.names.binary_search(name).is_ok()
    }
}

/// Where one edit is judged: what its earlier changes made counts for the later ones.
struct Bench<'a, R> {
    records: &'a mut R,
    access: &'a CircleAccess,
    author: Person,
    now: Millis,
    edit: &'a Edit,
    /// The names of cells it sets, by record.
    sets: Vec<(RecordId, &'a CellName)>,
    /// The records that were asked for, also those that are not there, and those that it made.
    known: Sorted<RecordId, Option<Rc<Known>>>,
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
        if self.adds(id, &[]) > MOST_CELLS {
            return Ok(Some(Reason::TooLarge));
        }
        if let Some(found) = self.find(id)? {
            return Ok(Some(if found.is_purged { Reason::Purged } else { Reason::RecordExists }));
        }
        // Only what is there can be erased.
        if cells.iter().any(|(name, _)| name == PURGED) {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        let mut record = Record::new(id, kind, parent);
        for (name, value) in cells {
            let cell = crate::record::Cell { value: value.clone(), stamp: self.edit.stamp, number: 0 };
            record.cells.insert(name.clone(), cell);
        }
        match (kind.parent(), parent) {
            (None, None) => {}
            (Some(above), Some(parent)) => match self.find(parent)? {
                Some(found) if found.is_purged => return Ok(Some(Reason::Purged)),
                Some(found) if found.kind == above => {
                    if let Some(hidden) = self.hides(&found)? {
                        return Ok(Some(hidden));
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
        let made = Known::of(&record, Some(self.author.id));
        let decision = self.access.decide(self.author, self.now, &made.subject(), Action::Make);
        self.known.insert(id, Some(Rc::new(made)));
        Ok(refusal(of_own_word(kind, cells, decision, self.access.relation(self.author.id))))
    }

    fn refuses_setting(&mut self, id: RecordId, cells: &[(CellName, Value)]) -> Result<Option<Reason>, R::Error> {
        let Some(record) = self.find(id)? else {
            return Ok(Some(Reason::UnknownRecord));
        };
        if record.is_purged {
            return Ok(Some(Reason::Purged));
        }
        if let Err(fault) = check_set(record.kind, cells) {
            return Ok(Some(reason_of(&fault)));
        }
        let adds = cells.iter().any(|(name, _)| counts(name) && !record.has(name));
        if adds && record.names.len() + self.adds(id, &record.names) > MOST_CELLS {
            return Ok(Some(Reason::TooLarge));
        }
        // Erasing says nothing else about the record it leaves nothing of.
        if cells.len() > 1 && cells.iter().any(|(name, _)| name == PURGED) {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        // It would change nothing, and yet bring back a record that somebody deleted meanwhile.
        if cells.is_empty() {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        let subject = record.subject();
        // Emptying the audience would open the record to everyone: only a list can take its place.
        if subject.audience.is_some() && cells.iter().any(|(name, value)| name == AUDIENCE && value.is_nothing()) {
            return Ok(Some(Reason::CellDoesNotFit));
        }
        if let Some(hidden) = self.hides(&record)? {
            return Ok(Some(hidden));
        }
        let decision = self.access.decide(self.author, self.now, &subject, Action::Change(cells));
        Ok(refusal(of_own_word(record.kind, cells, decision, self.access.relation(self.author.id))))
    }

    /// Why the author may not read a record, if so: whoever writes in it or below it must be able to.
    fn hides(&mut self, record: &Known) -> Result<Option<Reason>, R::Error> {
        let (access, person, now) = (self.access, self.author, self.now);
        let above = |id| Ok(self.find(id)?.map(|found| found.above.clone()));
        Ok(refusal(access.sight(person, now, &record.subject(), record.above.parent, above)?))
    }

    /// How many cells all of the edit adds to a record that has these; no further than to too many.
    fn adds(&self, id: RecordId, names: &[CellName]) -> usize {
        let from = self.sets.partition_point(|(of, _)| *of < id);
        let of_it = self.sets.iter().skip(from).take_while(|(of, _)| *of == id);
        of_it.filter(|(_, name)| names.binary_search(name).is_err()).take(MOST_CELLS + 1).count()
    }

    fn find(&mut self, id: RecordId) -> Result<Option<Rc<Known>>, R::Error> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let found = match self.records.record(id)? {
            Some(record) => {
                let author = record.made().map(|made| self.records.owner(made.device)).transpose()?.flatten();
                Some(Rc::new(Known::of(&record, author)))
            }
            None => None,
        };
        self.known.insert(id, found.clone());
        Ok(found)
    }
}

/// The decision, unless the cells say something in the name of somebody else. For a plan to rest it takes a word of the client, or of who
/// decides for them, and one of another; for a handover one of the OV-coach, a carer, and one of the client; what the client says of an evaluation is theirs alone. Either takes back what was
/// said.
fn of_own_word(kind: Kind, cells: &[(CellName, Value)], decision: Decision, relation: Option<Relation>) -> Decision {
    let Decision::Allowed(ground) = decision else { return decision };
    let of_others: &[&str] = match (kind, relation) {
        (Kind::Plan, _) if ground == Ground::Own => &[MASTERED_BY_SUPPORTER],
        (Kind::Plan, _) => &[MASTERED_BY_CLIENT],
        (Kind::Evaluation, _) if ground != Ground::Own => &[EVALUATION_AGREED, EVALUATION_SAID],
        (Kind::Handover, Some(Relation::Representative)) => &[],
        (Kind::Handover, Some(Relation::Client)) => &[HANDOVER_ACCEPTED],
        (Kind::Handover, Some(Relation::Carer)) => &[HANDOVER_AGREED],
        (Kind::Handover, _) => &[HANDOVER_ACCEPTED, HANDOVER_AGREED],
        _ => &[],
    };
    let says_it = |(name, value): &(CellName, Value)| of_others.contains(&name.as_ref()) && !value.is_nothing();
    if cells.iter().any(says_it) { Decision::Refused(NotAllowed::NotTheirs) } else { decision }
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
