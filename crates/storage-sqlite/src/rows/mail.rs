//! Who wants to hear by e-mail that there is something new, and of what.

use opstap_core::{CircleId, Millis, PersonId, RecordId};
use opstap_sync_server::storage::{MailRow, ReadMail, StorageError, WriteMail};
use rusqlite::{Row, params};

use super::{Rows, column, time, time_or_none};

fn mail_row(row: &Row<'_>) -> rusqlite::Result<MailRow> {
    Ok(MailRow {
        person: PersonId(row.get(0)?),
        address: row.get(1)?,
        asked: time(row, 2)?,
        secret: row.get(3)?,
        confirmed: time_or_none(row, 4)?,
        told: time_or_none(row, 5)?,
        next: time_or_none(row, 6)?,
        tries: row.get(7)?,
        digest: time_or_none(row, 8)?,
    })
}

impl ReadMail for Rows<'_> {
    fn mail(&self, person: PersonId) -> Result<Option<MailRow>, StorageError> {
        self.one(
            "SELECT person, address, asked, secret, confirmed, told, next, tries, digest FROM mail WHERE person = ?1",
            [person.0],
            mail_row,
        )
    }

    fn mail_of_secret(&self, secret: &[u8; 32]) -> Result<Option<MailRow>, StorageError> {
        self.one(
            "SELECT person, address, asked, secret, confirmed, told, next, tries, digest FROM mail WHERE secret = ?1",
            [secret],
            mail_row,
        )
    }

    fn mail_to_try(&self, at: Millis) -> Result<Option<MailRow>, StorageError> {
        self.one(
            "SELECT person, address, asked, secret, confirmed, told, next, tries, digest FROM mail \
             WHERE next IS NOT NULL AND next <= ?1 ORDER BY next, person LIMIT 1",
            [column(at.0)],
            mail_row,
        )
    }

    fn mail_to_sum_up(&self, at: Millis) -> Result<Option<MailRow>, StorageError> {
        self.one(
            "SELECT person, address, asked, secret, confirmed, told, next, tries, digest FROM mail \
             WHERE digest IS NOT NULL AND digest <= ?1 ORDER BY digest, person LIMIT 1",
            [column(at.0)],
            mail_row,
        )
    }

    fn mail_news(&self, person: PersonId) -> Result<Vec<(CircleId, RecordId)>, StorageError> {
        self.all("SELECT circle, record FROM mail_news WHERE person = ?1 ORDER BY circle, record", [person.0], |row| {
            Ok((CircleId(row.get(0)?), RecordId(row.get(1)?)))
        })
    }
}

impl WriteMail for Rows<'_> {
    fn put_mail(&mut self, row: &MailRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO mail (person, address, asked, secret, confirmed, told, next, tries, digest) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
             ON CONFLICT (person) DO UPDATE SET address = excluded.address, asked = excluded.asked, \
             secret = excluded.secret, confirmed = excluded.confirmed, told = excluded.told, next = excluded.next, \
             tries = excluded.tries, digest = excluded.digest",
            params![
                row.person.0,
                row.address,
                column(row.asked.0),
                row.secret,
                row.confirmed.map(|at| column(at.0)),
                row.told.map(|at| column(at.0)),
                row.next.map(|at| column(at.0)),
                row.tries,
                row.digest.map(|at| column(at.0)),
            ],
        )
    }

    fn end_mail(&mut self, person: PersonId) -> Result<(), StorageError> {
        self.erases();
        self.run("DELETE FROM mail_news WHERE person = ?1", [person.0])?;
        self.run("DELETE FROM mail WHERE person = ?1", [person.0])
    }

    fn add_mail_news(&mut self, person: PersonId, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO mail_news (person, circle, record) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            [person.0, circle.0, record.0],
        )
    }

    fn drop_mail_news(&mut self, person: PersonId, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
        self.run(
            "DELETE FROM mail_news WHERE person = ?1 AND circle = ?2 AND record = ?3",
            [person.0, circle.0, record.0],
        )
    }

    fn drop_all_mail_news(&mut self) -> Result<(), StorageError> {
        self.run("DELETE FROM mail_news", [])?;
        self.run("UPDATE mail SET next = NULL, tries = 0, digest = NULL", [])
    }
}
