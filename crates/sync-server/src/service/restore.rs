//! A server that comes back from a backup: another life of the data, in which what took a right away holds at once.

use std::collections::BTreeMap;

use opstap_core::merge::{By, CircleRecords, apply};
use opstap_core::protocol::{Verdict, digest_bytes};
use opstap_core::{Cell, Change, CircleId, Edit, Epoch, Millis, PersonId, Record, Stamp, Value};

use super::circles::remember_members;
use super::desk::{Desk, access_of};
use super::inbox::digest;
use super::{Service, ServiceError};
use crate::journal::{Entry, Purged};
use crate::storage::{DeviceRow, EditRow, ServerRow, Storage, StorageError, Txn};

impl<S: Storage> Service<S> {
    /// Begins another life of the data, on a storage that was just restored from a backup. The entries of the journal that the backup
    /// lacks are played over it; cursors of the life before count for nothing; devices load anew and send their own edits again.
    /// Nobody else may be using the storage.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn begin_epoch(self, journal: Vec<Entry>) -> Result<Self, ServiceError> {
        // Of two restores from one backup the second must not be taken for the first: the time tells them apart.
        let epoch = Epoch(self.server.epoch.0.saturating_add(1).max(self.now().0));
        let server = ServerRow { epoch, before: self.server.epoch, ..self.server };
        self.storage
            .write(move |txn| {
                txn.mark_restored()?;
                txn.put_server(&server)?;
                // Who was to hear of something did so in the life before.
                txn.drop_all_mail_news()?;
                let mut numbers = BTreeMap::new();
                journal.iter().try_for_each(|entry| play(txn, entry, &mut numbers))?;
                numbers.into_iter().try_for_each(|(circle, number)| txn.move_counter(circle, number))
            })
            .await?;
        Ok(Self { server, ..self })
    }
}

/// Plays one entry over what the backup held; `numbers` has the counter of each circle that was played in.
fn play(txn: &mut dyn Txn, entry: &Entry, numbers: &mut BTreeMap<CircleId, u64>) -> Result<(), StorageError> {
    match entry {
        Entry::ShutOut { device, at } => {
            let Some(row) = txn.device(*device)? else { return Ok(()) };
            // A backup of after it was paired again knows that it is let in: the journal goes back further.
            if !txn.revoke_sessions(*device, Some(*at))? {
                txn.put_device(&DeviceRow { revoked: row.revoked.or(Some(*at)), ..row })?;
            }
            Ok(())
        }
        Entry::NoMail { person, at } => {
            // A backup of after they asked once more knows that they did.
            if txn.mail(*person)?.is_some_and(|row| row.asked <= *at) {
                txn.end_mail(*person)?;
            }
            Ok(())
        }
        Entry::Ends { edit, stamp, author, at } => end(txn, edit, *stamp, (*author, *at), numbers),
        Entry::Purges { edit, stamp, author, at, records } => {
            purge(txn, edit, *stamp, (*author, *at), records, numbers)
        }
    }
}

/// Erases once more what was erased after the backup, also what the backup does not have: some phone could bring it.
fn purge(
    txn: &mut dyn Txn,
    edit: &Edit,
    stamp: Stamp,
    by: (PersonId, Millis),
    records: &[Purged],
    numbers: &mut BTreeMap<CircleId, u64>,
) -> Result<(), StorageError> {
    let Some(number) = begin(txn, edit, by, numbers)? else { return Ok(()) };
    let cell = Cell { value: Value::Bool(true), stamp, number };
    let mut desk = Desk { txn: &mut *txn, circle: edit.circle };
    for Purged { id, kind, parent } in records {
        desk.purge(Record::new(*id, *kind, *parent).purged(cell.clone()))?;
    }
    remember(txn, edit, stamp, by.0, number)
}

/// The number a played edit gets; none if the backup has it, or not even its circle.
fn begin(
    txn: &mut dyn Txn,
    edit: &Edit,
    (author, at): (PersonId, Millis),
    numbers: &mut BTreeMap<CircleId, u64>,
) -> Result<Option<u64>, StorageError> {
    let Some(row) = txn.lock_circle(edit.circle)? else { return Ok(None) };
    if txn.edit(edit.circle, edit.name)?.is_some() {
        return Ok(None);
    }
    if txn.device(edit.name.device)?.is_none() {
        txn.put_device(&DeviceRow::first_seen(edit.name.device, author, at))?;
    }
    let number = numbers.entry(edit.circle).or_insert(row.counter);
    *number += 1;
    Ok(Some(*number))
}

/// When the device sends the edit again, it gets the verdict that it counts.
fn remember(txn: &mut dyn Txn, edit: &Edit, stamp: Stamp, author: PersonId, number: u64) -> Result<(), StorageError> {
    let restamped = (stamp != edit.stamp).then_some(stamp);
    let verdict = Verdict::Accepted { number, restamped };
    let digest = digest(&digest_bytes(edit));
    txn.add_edit(edit.circle, &EditRow { name: edit.name, author, stamp, digest, verdict })
}

/// Lets an edit that took a right away count again, as far as the backup holds what it is about.
fn end(
    txn: &mut dyn Txn,
    edit: &Edit,
    stamp: Stamp,
    by: (PersonId, Millis),
    numbers: &mut BTreeMap<CircleId, u64>,
) -> Result<(), StorageError> {
    let Some(number) = begin(txn, edit, by, numbers)? else { return Ok(()) };
    let Some(row) = txn.circle(edit.circle)? else { return Ok(()) };
    let mut changes = Vec::with_capacity(edit.changes.len());
    for change in &edit.changes {
        let is_there = txn.record(edit.circle, change.record())?.is_some();
        if is_there == matches!(change, Change::Set { .. }) {
            changes.push(change.clone());
        }
    }
    let mut desk = Desk { txn: &mut *txn, circle: edit.circle };
    let seen = edit.seen.number.min(row.restored);
    apply(&mut desk, &Edit { changes, ..edit.clone() }, By { stamp, number, seen })?;
    let access = access_of(&*txn, row.id, row.kind)?;
    remember_members(txn, row.id, &access)?;
    remember(txn, edit, stamp, by.0, number)
}
