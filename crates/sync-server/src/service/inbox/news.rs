//! Of what somebody is to hear who does not have the app open: messages, by push, and feedback, by e-mail.

use opstap_core::access::{Action, Subject};
use opstap_core::model::{Feedback, Member, Message, Model, OrganisationRole, Person};
use opstap_core::record::DELETED;
use opstap_core::{Change, CircleId, Edit, Kind, PersonId, Record, RecordId};

use super::super::mail::note_mail;
use super::Inbox;
use crate::storage::StorageError;

/// What accepted edits brought that somebody is to hear of.
#[derive(Default)]
pub(in crate::service) struct News {
    /// For whom a message came that they may read, each once.
    pub(in crate::service) messages: Vec<PersonId>,
    /// Who is no more in a circle, which a hint about the circle would not reach.
    pub(in crate::service) left: Vec<(CircleId, PersonId)>,
    /// Whether a mail is to go.
    pub(in crate::service) mails: bool,
}

impl News {
    /// The same with more. However many messages in however many circles, each person is told once.
    pub(in crate::service) fn add(&mut self, more: Self) {
        self.messages.extend(more.messages);
        self.messages.sort_unstable();
        self.messages.dedup();
        self.left.extend(more.left);
        self.mails |= more.mails;
    }
}

impl Inbox<'_> {
    /// Remembers who is to hear of an accepted edit.
    pub(super) fn note_news(&mut self, edit: &Edit) -> Result<(), StorageError> {
        for change in &edit.changes {
            match change {
                Change::Make { id, kind: Kind::Message, .. } => self.note_message(*id)?,
                Change::Make { id, kind: Kind::Feedback, .. } => self.note_feedback(*id)?,
                Change::Set { id, cells } if cells.iter().any(|(name, _)| name == DELETED) => self.note_left(*id)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A message is for one person, if they may read it now: as everything, by consent and audience.
    fn note_message(&mut self, id: RecordId) -> Result<(), StorageError> {
        let author = self.author.person.id;
        let Some((record, Message { to, .. })) = self.still_there(id)? else { return Ok(()) };
        // In a client's circle the organisation role gives nothing.
        let reader = Person { id: to, role: OrganisationRole::Participant };
        let subject = Subject::of(&record, Some(author));
        let may_read = self.access.decide(reader, self.now, &subject, Action::Read).is_allowed();
        if to != author && may_read && !self.news.messages.contains(&to) {
            self.news.messages.push(to);
        }
        Ok(())
    }

    /// Feedback is for everybody in the circle but its author; who may read it is asked when the mail goes.
    fn note_feedback(&mut self, id: RecordId) -> Result<(), StorageError> {
        let Some((_, Feedback { replaces, .. })) = self.still_there(id)? else { return Ok(()) };
        let members = self.txn.records_of_kind(self.row.id, Kind::Member)?;
        let members = members.iter().filter(|record| !record.is_deleted()).filter_map(Member::from_record);
        for person in members.map(|member| member.person).filter(|person| *person != self.author.person.id) {
            self.news.mails |= note_mail(&mut *self.txn, self.now, person, (self.row.id, id), replaces)?;
        }
        Ok(())
    }

    /// Somebody's membership ended, unless the edit had not seen a later word of it.
    fn note_left(&mut self, id: RecordId) -> Result<(), StorageError> {
        let record = self.txn.record(self.row.id, id)?.filter(Record::is_deleted);
        if let Some(member) = record.as_ref().and_then(Member::from_record) {
            self.news.left.push((self.row.id, member.person));
        }
        Ok(())
    }

    /// A record that was made just now, unless the same edit deleted it.
    fn still_there<M: Model>(&self, id: RecordId) -> Result<Option<(Record, M)>, StorageError> {
        let record = self.txn.record(self.row.id, id)?.filter(|record| !record.is_deleted());
        Ok(record.and_then(|record| M::from_record(&record).map(|model| (record, model))))
    }

    /// Who is to hear of what was accepted.
    pub(in crate::service) fn news(&mut self) -> News {
        std::mem::take(&mut self.news)
    }
}
