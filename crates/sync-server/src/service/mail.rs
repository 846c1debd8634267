//! E-mail for those who want it: an address that its owner confirmed, and that there is something new, at most once an hour.

use opstap_core::model::{FeedbackRead, Model, Person};
use opstap_core::{CircleId, Kind, Millis, OrganisationId, PersonId, Record, RecordId};

use super::reader::{Reader, Sight};
use super::{Secret, Service, ServiceError, secret};
use crate::journal::Entry;
use crate::storage::{MailRow, Snapshot, Storage, StorageError, Txn};

const MINUTE: u64 = 60 * 1_000;
/// How long after a mail the next one goes at the earliest, in milliseconds.
const APART: u64 = 60 * MINUTE;
/// How long after its moment a morning's mail still goes, in milliseconds.
const MORNING_LASTS: u64 = 180 * MINUTE;
/// How often a mail is tried: over a day, with the pauses below.
const TRIES: u32 = 7;

/// How long after the try of this number the next one comes, unless the mail went: 1, 4, 16 minutes and so on. Until then the mail is with
/// the server that tries it, and no other over the same database takes it up.
fn pause(tries: u32) -> u64 {
    MINUTE.saturating_mul(4_u64.saturating_pow(tries.saturating_sub(1)))
}

/// Where somebody wants mail.
#[derive(Clone, PartialEq, Eq)]
pub struct MailAddress {
    /// The address.
    pub address: String,
    /// Whether they confirmed it.
    pub confirmed: bool,
    /// Whether they want to hear there on working days how much asks for attention.
    pub digest: bool,
}

/// Without the address: it stays out of logs.
impl std::fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailAddress").field("confirmed", &self.confirmed).finish_non_exhaustive()
    }
}

/// What came of a link in a mail that asks whether an address is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirming {
    /// From now on mail goes there.
    Confirmed,
    /// The link was used before.
    Used,
    /// The link came too late.
    Expired,
    /// There is no such link (any more).
    Unknown,
}

/// A mail to send: that there is something new, and nothing of what.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// For whom.
    pub person: Person,
    /// Where it goes.
    pub address: String,
    /// Which try it is, from 1.
    pub tries: u32,
    news: Vec<(CircleId, RecordId)>,
}

/// Without the address: it stays out of logs.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("tries", &self.tries).finish_non_exhaustive()
    }
}

/// Somebody who is to hear how much asks for attention.
#[derive(Clone, PartialEq, Eq)]
pub struct Digest {
    /// Who.
    pub person: Person,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Where the mail goes.
    pub address: String,
}

/// Without the address: it stays out of logs.
impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digest").field("person", &self.person.id).finish_non_exhaustive()
    }
}

/// The next morning of a working day: six o'clock in UTC, which is seven in the Dutch winter and eight in summer.
fn next_morning(now: Millis) -> Millis {
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let morning = |day: u64| Millis(day * DAY + 6 * HOUR);
    let today = now.0 / DAY;
    // Day 0 was a Thursday, so that 2 and 3 are a weekend.
    let works = |day: &u64| !matches!(day % 7, 2 | 3);
    (today..today + 4).filter(works).map(morning).find(|at| *at > now).unwrap_or_else(|| morning(today + 4))
}

impl Mail {
    /// Whether it is not tried again.
    #[must_use]
    pub const fn is_last_try(&self) -> bool {
        self.tries >= TRIES
    }
}

impl<S: Storage> Service<S> {
    /// How long the link in a mail works that asks whether an address is somebody's: three days, in milliseconds.
    pub const MAIL_VALID: u64 = 3 * 24 * 60 * MINUTE;

    /// Where a person wants mail.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn mail(&self, person: PersonId) -> Result<Option<MailAddress>, ServiceError> {
        let row = self.storage.read(move |snapshot| snapshot.mail(person)).await?;
        Ok(row.map(|row| MailAddress {
            address: row.address,
            confirmed: row.confirmed.is_some(),
            digest: row.digest.is_some(),
        }))
    }

    /// A person wants mail at this address, in the place of the one they had. Gives the secret for the link by which they confirm it, or
    /// nothing where they did so before.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn ask_for_mail(&self, person: PersonId, address: String) -> Result<Option<Secret>, ServiceError> {
        let fresh = self.secret::<20>();
        let (secret, asked) = (fresh.hash(), self.now());
        let journal = self.journal.clone();
        let asks = self.storage.write(move |txn| {
            let before = txn.mail(person)?;
            if before.as_ref().is_some_and(|row| row.address == address && row.confirmed.is_some()) {
                return Ok(false);
            }
            if before.as_ref().is_some_and(|row| row.address != address) {
                // As when they want none: a backup of before may not bring the old one back, and does bring the new one.
                journal.keep(&Entry::NoMail { person, at: Millis(asked.0.saturating_sub(1)) })?;
            }
            // What was to be told goes to no address that nobody confirmed.
            txn.end_mail(person)?;
            txn.put_mail(&MailRow {
                person,
                address: address.clone(),
                asked,
                secret,
                confirmed: None,
                told: before.as_ref().and_then(|row| row.told),
                next: None,
                tries: 0,
                digest: before.and_then(|row| row.digest),
            })?;
            Ok(true)
        });
        Ok(asks.await?.then_some(fresh))
    }

    /// Somebody followed the link in their mail and said that the address is theirs.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn confirm_mail(&self, code: &str) -> Result<Confirming, ServiceError> {
        let (secret, now) = (secret::hash(code), self.now());
        let confirmed = self.storage.write(move |txn| {
            let Some(row) = txn.mail_of_secret(&secret)? else { return Ok(Confirming::Unknown) };
            if row.confirmed.is_some() {
                return Ok(Confirming::Used);
            }
            if now >= row.asked.plus(Self::MAIL_VALID) {
                return Ok(Confirming::Expired);
            }
            txn.put_mail(&MailRow { confirmed: Some(now), ..row })?;
            Ok(Confirming::Confirmed)
        });
        Ok(confirmed.await?)
    }

    /// A person wants no mail any more; the address is forgotten.
    ///
    /// # Errors
    /// When the storage or the journal fails.
    pub async fn end_mail(&self, person: PersonId) -> Result<(), ServiceError> {
        let (at, journal) = (self.now(), self.journal.clone());
        let ended = self.storage.write(move |txn| {
            if txn.mail(person)?.is_some() {
                // A backup of before may not bring it back.
                journal.keep(&Entry::NoMail { person, at })?;
                txn.end_mail(person)?;
            }
            Ok(())
        });
        Ok(ended.await?)
    }

    /// A person wants to hear on working days how much asks for attention, or no longer. Says whether there is an address for it.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn want_digest(&self, person: PersonId, wanted: bool) -> Result<bool, ServiceError> {
        let now = self.now();
        let wants = self.storage.write(move |txn| {
            let Some(row) = txn.mail(person)? else { return Ok(false) };
            txn.put_mail(&MailRow { digest: wanted.then(|| next_morning(now)), ..row })?;
            Ok(true)
        });
        Ok(wants.await?)
    }

    /// Takes the next person who is to hear now how much asks for attention; they are given once a working day, to whoever asks first. A
    /// mail that does not go then is not tried again: the next morning tells what is so then.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn take_digest(&self) -> Result<Option<Digest>, ServiceError> {
        let now = self.now();
        if self.storage.read(move |snapshot| snapshot.mail_to_sum_up(now)).await?.is_none() {
            return Ok(None);
        }
        let taken = self.storage.write(move |txn| {
            while let Some(row) = txn.mail_to_sum_up(now)? {
                let (address, person) = (row.address.clone(), txn.person(row.person)?);
                // After a night in which no server ran it is no longer the morning.
                let is_morning = row.digest.is_some_and(|due| now < due.plus(MORNING_LASTS));
                let goes = is_morning && row.confirmed.is_some();
                txn.put_mail(&MailRow { digest: Some(next_morning(now)), ..row })?;
                if let Some(row) = person.filter(|_| goes) {
                    let person = Person { id: row.id, role: row.role };
                    return Ok(Some(Digest { person, organisation: row.organisation, address }));
                }
            }
            Ok(None)
        });
        Ok(taken.await?)
    }

    /// Takes the next mail that is to go now, to send it; nobody else is given it until its pause is over. Of what its person may not
    /// read at this moment, or has read, nothing goes, and what was tried often enough is given up.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn take_mail(&self) -> Result<Option<Mail>, ServiceError> {
        let now = self.now();
        if self.storage.read(move |snapshot| snapshot.mail_to_try(now)).await?.is_none() {
            return Ok(None);
        }
        Ok(self.storage.write(move |txn| take(txn, now)).await?)
    }

    /// A mail went: what it told of is told.
    ///
    /// # Errors
    /// When the storage fails; then it may go once more.
    pub async fn mail_went(&self, mail: &Mail) -> Result<(), ServiceError> {
        let now = self.now();
        self.settle_mail(mail, move |row| MailRow { told: Some(now), ..row }).await
    }

    /// A mail will not be taken, however often: it is given up.
    ///
    /// # Errors
    /// When the storage fails; then it is tried once more.
    pub async fn mail_refused(&self, mail: &Mail) -> Result<(), ServiceError> {
        self.settle_mail(mail, |row| row).await
    }

    async fn settle_mail(
        &self,
        mail: &Mail,
        told: impl Fn(MailRow) -> MailRow + Send + 'static,
    ) -> Result<(), ServiceError> {
        let (mail, now) = (mail.clone(), self.now());
        let settled = self.storage.write(move |txn| {
            let person = mail.person.id;
            let Some(row) = txn.mail(person)? else { return Ok(()) };
            mail.news.iter().try_for_each(|(circle, record)| txn.drop_mail_news(person, *circle, *record))?;
            // What came while it was on the way comes with the next.
            let next = (!txn.mail_news(person)?.is_empty()).then(|| now.plus(APART));
            txn.put_mail(&MailRow { next, tries: 0, ..told(row) })
        });
        Ok(settled.await?)
    }
}

/// Notes that a person is to hear of a record, if they want mail; `corrects` is the record it stands in the place of. Says whether it is.
pub(super) fn note_mail(
    txn: &mut dyn Txn,
    now: Millis,
    person: PersonId,
    (circle, record): (CircleId, RecordId),
    corrects: Option<RecordId>,
) -> Result<bool, StorageError> {
    let Some(row) = txn.mail(person)?.filter(|row| row.confirmed.is_some()) else { return Ok(false) };
    let earliest = row.told.map_or(now, |told| told.plus(APART).max(now));
    if let Some(corrects) = corrects {
        // Whoever heard a moment ago, or is to hear, finds the right one when they look.
        let is_to_hear = txn.mail_news(person)?.contains(&(circle, corrects));
        if is_to_hear || earliest > now {
            return Ok(false);
        }
    }
    txn.add_mail_news(person, circle, record)?;
    if row.next.is_none() {
        txn.put_mail(&MailRow { next: Some(earliest), ..row })?;
    }
    Ok(true)
}

fn take(txn: &mut dyn Txn, now: Millis) -> Result<Option<Mail>, StorageError> {
    while let Some(row) = txn.mail_to_try(now)? {
        let account = txn.person(row.person)?.map(|account| Person { id: account.id, role: account.role });
        let mut news = Vec::new();
        for (circle, record) in txn.mail_news(row.person)? {
            let is_news = match account {
                Some(person) if row.tries < TRIES => is_news(&*txn, (person, now), circle, record)?,
                _ => false,
            };
            if is_news {
                news.push((circle, record));
            } else {
                txn.drop_mail_news(row.person, circle, record)?;
            }
        }
        let Some(person) = account.filter(|_| !news.is_empty()) else {
            txn.put_mail(&MailRow { next: None, tries: 0, ..row })?;
            continue;
        };
        let tries = row.tries + 1;
        let address = row.address.clone();
        txn.put_mail(&MailRow { next: Some(now.plus(pause(tries))), tries, ..row })?;
        return Ok(Some(Mail { person, address, tries, news }));
    }
    Ok(None)
}

/// Whether a record is there, somebody may read it at this moment, and did not yet.
fn is_news(
    snapshot: &dyn Snapshot,
    (person, now): (Person, Millis),
    circle: CircleId,
    id: RecordId,
) -> Result<bool, StorageError> {
    let (Some(row), Some(record)) = (snapshot.circle(circle)?, snapshot.record(circle, id)?) else { return Ok(false) };
    let mut reader = Reader::new(snapshot, &row, person, now)?;
    if reader.sight(&record)? != Sight::Readable || reader.is_deleted_before(&record, Millis(u64::MAX))? {
        return Ok(false);
    }
    Ok(!has_read(snapshot, &mut reader, person.id, (circle, &record))?)
}

fn has_read(
    snapshot: &dyn Snapshot,
    reader: &mut Reader<'_>,
    person: PersonId,
    (circle, record): (CircleId, &Record),
) -> Result<bool, StorageError> {
    let Some(parent) = record.parent else { return Ok(false) };
    for id in snapshot.children(circle, parent)? {
        let beside = snapshot.record(circle, id)?.filter(|beside| beside.kind == Kind::FeedbackRead);
        let Some(beside) = beside.filter(|beside| !beside.is_deleted()) else { continue };
        let is_of_it = FeedbackRead::from_record(&beside).is_some_and(|read| read.feedback == record.id);
        let reads = beside.made().map(|stamp| reader.owner(stamp.device)).transpose()?.flatten();
        if is_of_it && reads == Some(person) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_morning_is_of_a_working_day() {
        let at = |day: u64, hour: u64| Millis((day * 24 + hour) * 60 * MINUTE);
        // The first of January 2026 was a Thursday, day 20,454.
        let thursday = 20_454;
        assert_eq!(next_morning(at(thursday, 5)), at(thursday, 6));
        assert_eq!(next_morning(at(thursday, 6)), at(thursday + 1, 6));
        for (day, hour) in [(1, 6), (2, 3), (3, 23), (4, 5)] {
            assert_eq!(next_morning(at(thursday + day, hour)), at(thursday + 4, 6), "after {day} days: Monday");
        }
    }
}
