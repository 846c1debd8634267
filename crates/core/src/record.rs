//! A record: a kind, an id, a parent that never changes, and cells, each with the stamp of the edit that set it.

pub use crate::kind::Kind;

use crate::id::{PersonId, RecordId};
use crate::sorted::Sorted;
use crate::stamp::Stamp;
use crate::value::{BlobRef, CellName, Value};

/// The cell that says a record, and with it all below, is deleted.
pub const DELETED: &str = "deleted";
/// The cell that says a record's content was erased for good: all that is left of it is its id, kind and parent, and this cell.
pub const PURGED: &str = "purged";
/// The cell in which a restored server says who brought part of a record that its author had not sent again. Nobody else sets it.
pub const BROUGHT: &str = "brought";
/// The cell that keeps the stamp a record was made with where the other cells do not tell it, because none has it any more or one has
/// a lower: whose a record is does not change when others write in it. Merging sets it, nobody else.
pub const MAKER: &str = "maker";
/// The cell that names the persons a record is for; without it the section's rules hold for everyone.
pub const AUDIENCE: &str = "audience";
/// The cell with the fractional index of a record in its list.
pub const ORDER: &str = "order";

/// The persons a record of this kind with these cells is for, if it names them. A message is for the person it is to, and for others only
/// where it names them too.
pub fn audience_of<'a>(kind: Kind, cell: impl Fn(&str) -> Option<&'a Value>) -> Option<Vec<PersonId>> {
    let mut named: Option<Vec<_>> = match cell(AUDIENCE) {
        Some(Value::Ids(ids)) => Some(ids.iter().map(|id| PersonId(*id)).collect()),
        Some(Value::Nothing) | None => None,
        // An audience that cannot be read is for nobody else: the safe reading.
        Some(_) => Some(Vec::new()),
    };
    if kind == Kind::Message {
        let named = named.get_or_insert_default();
        if let Some(Value::Id(to)) = cell("to")
            && !named.contains(&PersonId(*to))
        {
            named.push(PersonId(*to));
        }
    }
    named
}

/// Whether a cell is a mark that merging or the server leaves: nobody sets it, and nobody did.
#[must_use]
pub fn is_mark(cell: &str) -> bool {
    cell == BROUGHT || cell == MAKER
}

/// One value with the stamp of the edit that set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What was set.
    pub value: Value,
    /// By which edit.
    pub stamp: Stamp,
    /// The number the server gave that edit; 0 while it is pending on a device.
    pub number: u64,
}

/// A value that lost a conflict and is kept, so that a supporter can put it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The cell it was meant for. `deleted` means: somebody deleted what another was changing, and it came back.
    pub cell: CellName,
    /// The value that lost.
    pub value: Value,
    /// Who set it and when.
    pub stamp: Stamp,
    /// The number of the edit with which the conflict arose: whoever has seen it and sets the cell again settles it.
    pub number: u64,
}

/// A record as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id, made on the device of whoever made it.
    pub id: RecordId,
    /// What it is.
    pub kind: Kind,
    /// The record above it; it never changes.
    pub parent: Option<RecordId>,
    /// The number of the last edit that touched it; 0 while it is only pending.
    pub number: u64,
    /// Its cells by name, also those this version does not know.
    pub cells: Sorted<CellName, Cell>,
    /// Values that lost a conflict.
    pub kept: Vec<Kept>,
}

impl Record {
    /// A record without cells.
    #[must_use]
    pub const fn new(id: RecordId, kind: Kind, parent: Option<RecordId>) -> Self {
        Self { id, kind, parent, number: 0, cells: Sorted::new(), kept: Vec::new() }
    }

    /// The value of a cell; an emptied cell has none.
    #[must_use]
    pub fn value(&self, cell: &str) -> Option<&Value> {
        self.cells.get(cell).map(|cell| &cell.value).filter(|value| !value.is_nothing())
    }

    /// Whether somebody deleted this record itself; what is above it may be deleted too.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.value(DELETED) == Some(&Value::Bool(true)) || self.is_purged()
    }

    /// Whether its content was erased for good.
    #[must_use]
    pub fn is_purged(&self) -> bool {
        self.value(PURGED) == Some(&Value::Bool(true))
    }

    /// What is left of the record when it is purged: no content, only that it was, and by which edit.
    #[must_use]
    pub fn purged(&self, by: Cell) -> Self {
        let number = by.number;
        Self { number, cells: Sorted::from([(PURGED.into(), by)]), ..Self::new(self.id, self.kind, self.parent) }
    }

    /// Who brought part of this record to a restored server, if its author has not sent it again.
    #[must_use]
    pub fn brought_by(&self) -> Option<PersonId> {
        match self.value(BROUGHT) {
            Some(Value::Id(person)) => Some(PersonId(*person)),
            _ => None,
        }
    }

    /// Whether it was deleted by one while another changed it, and came back.
    #[must_use]
    pub fn came_back(&self) -> bool {
        self.kept.iter().any(|kept| kept.cell == DELETED)
    }

    /// The values that lost a conflict over a cell and are not what it holds now: what a supporter can put back.
    pub fn others<'a>(&'a self, cell: &'a str) -> impl Iterator<Item = &'a Kept> {
        let present = self.cells.get(cell).map(|cell| &cell.value);
        self.kept.iter().filter(move |kept| kept.cell == cell && Some(&kept.value) != present)
    }

    /// The persons the record is for, if it names them.
    #[must_use]
    pub fn audience(&self) -> Option<Vec<PersonId>> {
        if self.is_purged() {
            return None;
        }
        audience_of(self.kind, |cell| self.value(cell))
    }

    /// The stamp with which the record was made.
    #[must_use]
    pub fn made(&self) -> Option<Stamp> {
        self.making().map(|(stamp, _)| stamp)
    }

    /// The stamp with which the record was made, and the number of that edit.
    pub(crate) fn making(&self) -> Option<(Stamp, u64)> {
        let of = |cell: &Cell| (cell.stamp, cell.number);
        self.cells.get(MAKER).map(of).or_else(|| {
            // Who brought it is taken away again: what its maker set tells as much.
            let said = self.cells.iter().filter(|(name, _)| !is_mark(name));
            said.map(|(_, cell)| of(cell)).min()
        })
    }

    /// Keeps by which edit the record was made, as it was known before a change, where the cells do not tell it now. Under its own number:
    /// it is nothing new. It goes by the cells as they are alone, so that it does not matter in which order they came.
    pub(crate) fn keep_maker(&mut self, making: Option<(Stamp, u64)>) {
        self.cells.remove(MAKER);
        if let Some((stamp, number)) = making
            && self.made() != Some(stamp)
        {
            self.cells.insert(MAKER.into(), Cell { value: Value::Bool(true), stamp, number });
        }
    }

    /// The latest stamp in the record.
    #[must_use]
    pub fn latest(&self) -> Option<Stamp> {
        self.cells.values().map(|cell| cell.stamp).chain(self.kept.iter().map(|kept| kept.stamp)).max()
    }

    /// The blobs the record refers to.
    pub fn blobs(&self) -> impl Iterator<Item = BlobRef> + '_ {
        self.cells.values().filter_map(|cell| cell.value.blob())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_code() {
        for kind in Kind::all() {
            assert_eq!(Kind::from_code(kind.code()), kind);
        }
        assert_eq!(Kind::from_code(999), Kind::Unknown(999));
    }
}
