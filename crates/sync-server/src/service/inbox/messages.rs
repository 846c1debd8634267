//! For whom a message came, so that somebody whose app is closed can be told that there is one.

use opstap_core::access::Section;
use opstap_core::model::{OrganisationRole, Person};
use opstap_core::{Change, Edit, Kind, PersonId, Value};

use super::Inbox;

impl Inbox<'_> {
    /// Remembers for whom the messages of an accepted edit are, as far as they may read them now.
    pub(super) fn note_messages(&mut self, edit: &Edit) {
        for change in &edit.changes {
            let Change::Make { kind: Kind::Message, cells, .. } = change else { continue };
            let to = cells.iter().find(|(name, _)| name == "to");
            let Some((_, Value::Id(to))) = to else { continue };
            let to = PersonId(*to);
            // In a client's circle the organisation role gives nothing.
            let reader = Person { id: to, role: OrganisationRole::Participant };
            if to != self.author.person.id && self.access.view(reader, self.now).covers(Section::Messages) {
                self.messages.push(to);
            }
        }
    }

    /// For whom messages came.
    pub(in crate::service) fn messages(&mut self) -> Vec<PersonId> {
        std::mem::take(&mut self.messages)
    }
}
