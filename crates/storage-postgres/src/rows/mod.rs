//! Rows of the tables as the types of the storage contract. One file for each part of the contract.

mod blobs;
mod circle;
mod identity;
mod mail;
mod push;

use std::sync::atomic::{AtomicBool, Ordering};

use opstap_core::protocol::decode_record;
use opstap_core::{CircleId, Record};
use opstap_sync_server::storage::StorageError;
use tokio_postgres::Row;

use crate::column::{Column, get};
use crate::transaction::Transaction;
use crate::trouble::Trouble;
use crate::turns::Held;

/// The tables as one job sees them, within its transaction.
pub(crate) struct Rows<'a> {
    pub(crate) transaction: Transaction<'a>,
    /// The turns this job has; it takes more as it goes on.
    pub(crate) turns: &'a mut Held,
    /// Becomes true when the job erases something.
    pub(crate) erased: &'a AtomicBool,
}

impl Rows<'_> {
    fn all<T>(
        &self,
        sql: &'static str,
        columns: Vec<Column>,
        read: impl FnMut(&Row) -> Result<T, StorageError>,
    ) -> Result<Vec<T>, StorageError> {
        self.transaction.ask(sql, columns)?.iter().map(read).collect()
    }

    fn one<T>(
        &self,
        sql: &'static str,
        columns: Vec<Column>,
        read: impl FnMut(&Row) -> Result<T, StorageError>,
    ) -> Result<Option<T>, StorageError> {
        self.transaction.ask(sql, columns)?.first().map(read).transpose()
    }

    fn run(&self, sql: &'static str, columns: Vec<Column>) -> Result<(), StorageError> {
        self.transaction.send(sql, columns)
    }

    /// Records from a query whose first column is the body.
    fn records(&self, sql: &'static str, columns: Vec<Column>) -> Result<Vec<Record>, StorageError> {
        self.all(sql, columns, |row| decode_record(get(row, 0)?).map_err(|_| StorageError::Corrupt("a record")))
    }

    fn erases(&self) {
        self.erased.store(true, Ordering::Relaxed);
    }

    /// Takes the turn of a circle, or gives this run up: another job of this server has it, and what this one has read of the circle
    /// is then soon of the past.
    fn take_turn(&mut self, circle: CircleId) -> Result<(), StorageError> {
        if self.turns.try_take(circle) { Ok(()) } else { Err(self.transaction.give_up(Trouble::Race)) }
    }
}
