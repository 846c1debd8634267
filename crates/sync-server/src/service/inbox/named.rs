//! What an edit names besides records: persons, who need an account, and blobs, which somebody may refer to.

use opstap_core::model::Person;
use opstap_core::protocol::Reason;
use opstap_core::{BlobRef, Change, Edit, Kind, PersonId, Value};

use super::super::blobs::{BlobRuling, rule_on_blob};
use super::{Inbox, Ruled};
use crate::storage::StorageError;

impl Inbox<'_> {
    /// Whether an edit may name what it names; each blob on behalf of one of these people, or of who brought its bytes for a record that
    /// the backup lacks: who made the edit.
    pub(super) fn rule_on_named(
        &self,
        edit: &Edit,
        people: &[Person],
        maker: Option<PersonId>,
    ) -> Result<Ruled, StorageError> {
        if !self.members_have_accounts(edit)? {
            return Ok(Ruled::Refused(Reason::CellDoesNotFit));
        }
        let mut copies = Vec::new();
        for blob in edit.blobs() {
            match self.rule_on_blob_of(people, maker, &blob)? {
                BlobRuling::Known | BlobRuling::ToCome => {}
                BlobRuling::FromLibrary(copy) => copies.push(copy),
                BlobRuling::Foreign => return Ok(Ruled::Refused(Reason::ForeignBlob)),
            }
        }
        Ok(Ruled::Allowed(copies))
    }

    fn rule_on_blob_of(
        &self,
        people: &[Person],
        maker: Option<PersonId>,
        blob: &BlobRef,
    ) -> Result<BlobRuling, StorageError> {
        for person in people {
            let ruling = rule_on_blob(&*self.txn, &self.row, *person, self.now, blob)?;
            if !matches!(ruling, BlobRuling::Foreign) {
                return Ok(ruling);
            }
        }
        let here = self.txn.blob(self.row.id, &blob.hash)?;
        let is_makers = maker.is_some() && here.is_some_and(|known| known.uploader == maker);
        // Where something shows it already, whoever may read that decides: anybody can say that another had made an edit.
        let is_lost = is_makers && self.txn.mentions(self.row.id, &blob.hash)?.is_empty();
        Ok(if is_lost { BlobRuling::Known } else { BlobRuling::Foreign })
    }

    /// Whether everybody this edit makes a member has an account in the circle's organisation.
    fn members_have_accounts(&self, edit: &Edit) -> Result<bool, StorageError> {
        for change in &edit.changes {
            let member = match change {
                Change::Make { kind, .. } => *kind == Kind::Member,
                Change::Set { id, .. } => {
                    self.txn.record(self.row.id, *id)?.is_some_and(|record| record.kind == Kind::Member)
                }
            };
            for (name, value) in change.cells() {
                if let (true, "person", Value::Id(id)) = (member, name.as_ref(), value) {
                    let account = self.txn.person(PersonId(*id))?;
                    if account.is_none_or(|account| account.organisation != self.row.organisation) {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }
}
