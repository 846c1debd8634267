//! Rows of the tables as the types of the storage contract. One file for each part of the contract.

mod blobs;
mod circle;
mod identity;
mod mail;
mod push;

use std::cell::Cell;

use opstap_core::protocol::decode_record;
use opstap_core::{Millis, Record};
use opstap_sync_server::storage::StorageError;
use rusqlite::{Connection, OptionalExtension, Params, Row};

use crate::connection::meaning;

/// The tables as one job sees them, within the transaction that is open on the connection.
pub(crate) struct Rows<'a> {
    connection: &'a Connection,
    erased: Cell<bool>,
}

impl<'a> Rows<'a> {
    pub(crate) const fn new(connection: &'a Connection) -> Self {
        Self { connection, erased: Cell::new(false) }
    }

    /// Whether the job erased something, which is then to leave the write-ahead log too.
    pub(crate) fn has_erased(&self) -> bool {
        self.erased.get()
    }

    fn erases(&self) {
        self.erased.set(true);
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StorageError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(meaning)?;
        statement.query_row(params, read).optional().map_err(meaning)
    }

    fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StorageError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(meaning)?;
        let rows = statement.query_map(params, read).map_err(meaning)?;
        rows.collect::<Result<_, _>>().map_err(meaning)
    }

    fn run(&self, sql: &str, params: impl Params) -> Result<(), StorageError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(meaning)?;
        statement.execute(params).map(|_| ()).map_err(meaning)
    }

    /// Records from a query whose first column is the body.
    fn records(&self, sql: &str, params: impl Params) -> Result<Vec<Record>, StorageError> {
        let decode = |row: &Row<'_>| Ok(decode_record(row.get_ref(0)?.as_blob()?));
        let records = self.all(sql, params, decode)?;
        records.into_iter().collect::<Result<_, _>>().map_err(|_| StorageError::Corrupt("a record"))
    }
}

/// An unsigned number as a column holds it. Beyond nine quintillion it turns negative and comes back as it was.
const fn column(number: u64) -> i64 {
    number.cast_signed()
}

fn number(row: &Row<'_>, place: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(place).map(i64::cast_unsigned)
}

fn time(row: &Row<'_>, place: usize) -> rusqlite::Result<Millis> {
    number(row, place).map(Millis)
}

fn time_or_none(row: &Row<'_>, place: usize) -> rusqlite::Result<Option<Millis>> {
    let millis: Option<i64> = row.get(place)?;
    Ok(millis.map(|millis| Millis(millis.cast_unsigned())))
}

/// A set of numbers, such as `LIMIT`, as a column holds it.
fn amount(amount: usize) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
