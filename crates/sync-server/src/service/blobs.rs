//! Photos and sounds: who may refer to them, read them and bring them. Their bytes lie elsewhere.

use opstap_core::access::View;
use opstap_core::model::{CircleKind, Person};
use opstap_core::{BlobHash, BlobRef, CircleId, Millis};

use super::circles::circle_in;
use super::reader::Reader;
use super::{Service, ServiceError, Session};
use crate::storage::{BlobRow, CircleRow, Snapshot, Storage, StorageError};

/// What somebody gets who asks for a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobAccess {
    /// They may read it.
    Readable {
        /// The circle in whose store the bytes lie: another than asked for when it came from the library.
        held_in: CircleId,
        /// Its length in bytes.
        size: u32,
    },
    /// They may read it, and the server does not have it (yet).
    Lacking,
    /// There is no such blob for them.
    Hidden,
}

/// What came of bytes that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobArrival {
    /// The circle has the blob now.
    Kept,
    /// The circle had it already; the bytes can go.
    AlreadyThere,
    /// The sender never was in this circle; the bytes are to go.
    NotTheirs,
}

/// Whether an edit may refer to a blob.
pub(super) enum BlobRuling {
    /// The circle has it, and the author may read it or brought it.
    Known,
    /// The author reads it in the library: with the edit this row is entered, which refers to the library's bytes.
    FromLibrary(BlobRow),
    /// It is expected: whoever has it sends it.
    ToCome,
    /// It belongs to another circle, or its author may not read it.
    Foreign,
}

/// Rules on one blob an edit refers to.
pub(super) fn rule_on_blob(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    author: Person,
    now: Millis,
    blob: &BlobRef,
) -> Result<BlobRuling, StorageError> {
    let here = snapshot.blob(row.id, &blob.hash)?;
    let is_held = here.is_some_and(|known| known.held_in.is_some());
    let brought_by_them = |known: &BlobRow| known.uploader == Some(author.id);
    if is_held
        && (here.as_ref().is_some_and(brought_by_them)
            || Reader::new(snapshot, row, author, now)?.reads_blob(&blob.hash)?)
    {
        return Ok(BlobRuling::Known);
    }
    let mut elsewhere = snapshot.blob_everywhere(&blob.hash)?;
    elsewhere.retain(|known| known.held_in.is_some() && known.circle != row.id);
    if let Some(known) = in_library(snapshot, row, author, now, &elsewhere)? {
        return Ok(if is_held {
            BlobRuling::Known
        } else {
            let held_in = known.held_in;
            BlobRuling::FromLibrary(BlobRow { circle: row.id, uploader: None, held_in, ..known })
        });
    }
    Ok(match here {
        Some(_) if is_held => BlobRuling::Foreign,
        Some(_) => BlobRuling::ToCome,
        // Who brought it elsewhere has the bytes, and will bring them here too.
        None if elsewhere.is_empty() || elsewhere.iter().any(brought_by_them) => BlobRuling::ToCome,
        None => BlobRuling::Foreign,
    })
}

/// The blob as a library of the organisation has it, if the author may read it there.
fn in_library(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    author: Person,
    now: Millis,
    elsewhere: &[BlobRow],
) -> Result<Option<BlobRow>, StorageError> {
    for known in elsewhere {
        let library = snapshot
            .circle(known.circle)?
            .filter(|other| other.kind == CircleKind::Library && other.organisation == row.organisation);
        if let Some(library) = library
            && Reader::new(snapshot, &library, author, now)?.reads_blob(&known.hash)?
        {
            return Ok(Some(*known));
        }
    }
    Ok(None)
}

impl<S: Storage> Service<S> {
    /// What a person gets who asks for a blob of a circle.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn read_blob(
        &self,
        session: Session,
        circle: CircleId,
        hash: BlobHash,
    ) -> Result<BlobAccess, ServiceError> {
        let now = self.now();
        let access = self
            .storage
            .read(move |snapshot| {
                let row = circle_in(snapshot, circle, &session)?;
                let (Some(row), Some(blob)) = (row, snapshot.blob(circle, &hash)?) else {
                    return Ok(BlobAccess::Hidden);
                };
                let mut reader = Reader::new(snapshot, &row, session.person, now)?;
                if session.revoked || !reader.reads_blob(&hash)? {
                    return Ok(BlobAccess::Hidden);
                }
                Ok(match blob.held_in {
                    Some(held_in) => BlobAccess::Readable { held_in, size: blob.size },
                    None => BlobAccess::Lacking,
                })
            })
            .await?;
        Ok(access)
    }

    /// Whether a person may bring blobs to a circle: who is or was in it, for what was made before the end goes into quarantine
    /// together with its photos; in library and programme, who may see something of it.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn may_send_blob(&self, session: Session, circle: CircleId) -> Result<bool, ServiceError> {
        let now = self.now();
        let may = self
            .storage
            .read(move |snapshot| {
                let Some(row) = circle_in(snapshot, circle, &session)? else {
                    return Ok(false);
                };
                may_send(snapshot, &row, session.person, now)
            })
            .await?;
        Ok(may)
    }

    /// Says that a blob's bytes arrived whole, were checked against their name and are on disk. Hints that the circle moved.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn blob_arrived(
        &self,
        session: Session,
        circle: CircleId,
        hash: BlobHash,
        size: u32,
    ) -> Result<BlobArrival, ServiceError> {
        let now = self.now();
        let arrival = self
            .storage
            .write(move |txn| {
                let Some(row) = circle_in(&*txn, circle, &session)? else {
                    return Ok(BlobArrival::NotTheirs);
                };
                if !may_send(&*txn, &row, session.person, now)? {
                    return Ok(BlobArrival::NotTheirs);
                }
                let before = txn.blob(circle, &hash)?;
                let there = before.and_then(|blob| blob.held_in);
                txn.put_blob(&BlobRow {
                    circle,
                    hash,
                    size,
                    // Whoever brought it last certainly has it, and may refer to it.
                    uploader: Some(session.person.id),
                    held_in: Some(there.unwrap_or(circle)),
                })?;
                Ok(if there.is_some() { BlobArrival::AlreadyThere } else { BlobArrival::Kept })
            })
            .await?;
        if arrival == BlobArrival::Kept {
            self.hints.moved(circle, Some(session.device));
        }
        Ok(arrival)
    }
}

fn may_send(snapshot: &dyn Snapshot, row: &CircleRow, person: Person, now: Millis) -> Result<bool, StorageError> {
    let reader = Reader::new(snapshot, row, person, now)?;
    if reader.view() != View::NOTHING {
        return Ok(true);
    }
    let circles = snapshot.memberships(person.id)?;
    Ok(circles.iter().any(|(circle, _)| *circle == row.id))
}
