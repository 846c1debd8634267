//! Who wants to hear by e-mail that there is something new, in memory.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::{CircleId, Millis, PersonId, RecordId};

use super::State;
use crate::storage::{MailRow, ReadMail, StorageError, WriteMail};

#[derive(Clone, Default)]
pub(super) struct Mails {
    rows: BTreeMap<PersonId, MailRow>,
    news: BTreeSet<(PersonId, CircleId, RecordId)>,
}

impl ReadMail for State {
    fn mail(&self, person: PersonId) -> Result<Option<MailRow>, StorageError> {
        Ok(self.mails.rows.get(&person).cloned())
    }

    fn mail_of_secret(&self, secret: &[u8; 32]) -> Result<Option<MailRow>, StorageError> {
        Ok(self.mails.rows.values().find(|row| row.secret == *secret).cloned())
    }

    fn mail_to_try(&self, at: Millis) -> Result<Option<MailRow>, StorageError> {
        let due = self.mails.rows.values().filter_map(|row| Some((row.next.filter(|next| *next <= at)?, row)));
        Ok(due.min_by_key(|(next, row)| (*next, row.person)).map(|(_, row)| row.clone()))
    }

    fn mail_to_sum_up(&self, at: Millis) -> Result<Option<MailRow>, StorageError> {
        let due = self.mails.rows.values().filter_map(|row| Some((row.digest.filter(|digest| *digest <= at)?, row)));
        Ok(due.min_by_key(|(digest, row)| (*digest, row.person)).map(|(_, row)| row.clone()))
    }

    fn mail_news(&self, person: PersonId) -> Result<Vec<(CircleId, RecordId)>, StorageError> {
        let theirs = self.mails.news.iter().filter(|(whose, ..)| *whose == person);
        Ok(theirs.map(|(_, circle, record)| (*circle, *record)).collect())
    }
}

impl WriteMail for State {
    fn put_mail(&mut self, row: &MailRow) -> Result<(), StorageError> {
        self.mails.rows.insert(row.person, row.clone());
        Ok(())
    }

    fn end_mail(&mut self, person: PersonId) -> Result<(), StorageError> {
        self.mails.rows.remove(&person);
        self.mails.news.retain(|(whose, ..)| *whose != person);
        Ok(())
    }

    fn add_mail_news(&mut self, person: PersonId, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
        self.mails.news.insert((person, circle, record));
        Ok(())
    }

    fn drop_mail_news(&mut self, person: PersonId, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
        self.mails.news.remove(&(person, circle, record));
        Ok(())
    }

    fn drop_all_mail_news(&mut self) -> Result<(), StorageError> {
        self.mails.news.clear();
        self.mails.rows.values_mut().for_each(|row| (row.next, row.tries, row.digest) = (None, 0, None));
        Ok(())
    }
}
