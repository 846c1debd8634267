//! For whom a message came, so that somebody whose app is closed can be told that there is one.

use opstap_core::access::{Action, Subject};
use opstap_core::model::{Message, Model, OrganisationRole, Person};
use opstap_core::{Change, Edit, Kind, PersonId};

use super::Inbox;
use crate::storage::StorageError;

impl Inbox<'_> {
    /// Remembers for whom the messages of an accepted edit are, as far as they may read them now: as everything, by consent and audience.
    pub(super) fn note_messages(&mut self, edit: &Edit) -> Result<(), StorageError> {
        let author = self.author.person.id;
        for change in &edit.changes {
            let Change::Make { id, kind: Kind::Message, .. } = change else { continue };
            let Some(record) = self.txn.record(self.row.id, *id)?.filter(|record| !record.is_deleted()) else {
                continue;
            };
            let Some(Message { to, .. }) = Message::from_record(&record) else { continue };
            // In a client's circle the organisation role gives nothing.
            let reader = Person { id: to, role: OrganisationRole::Participant };
            let subject = Subject::of(&record, Some(author));
            let may_read = self.access.decide(reader, self.now, &subject, Action::Read).is_allowed();
            if to != author && may_read && !self.messages.contains(&to) {
                self.messages.push(to);
            }
        }
        Ok(())
    }

    /// For whom messages came, each once.
    pub(in crate::service) fn messages(&mut self) -> Vec<PersonId> {
        std::mem::take(&mut self.messages)
    }
}
