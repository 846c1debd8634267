//! An edit that waits in quarantine, let in or turned away: whoever rules can let in no more than they might have done themselves.

use opstap_core::Edit;
use opstap_core::judge::Ruling;
use opstap_core::model::Person;
use opstap_core::protocol::Reason;

use super::super::quarantine::Outcome;
use super::{Inbox, Ruled};
use crate::storage::{self, EditRow, QuarantinedEdit, StorageError};

impl Inbox<'_> {
    /// Rules on an edit on behalf of whoever opened this inbox.
    pub(in crate::service) fn rule_on_waiting(
        &mut self,
        kept: &QuarantinedEdit,
        let_in: bool,
    ) -> Result<Outcome, StorageError> {
        let counted = self.as_it_counted(&kept.edit)?;
        // Of what was brought after a restore, part may have come from its author meanwhile, and of an author's own edit from others.
        let edit = self.lacking(&counted)?;
        let copies = match self.rule_as_own(&edit, kept)? {
            Ruled::Allowed(copies) => copies,
            Ruled::Refused(Reason::NotAllowed(_)) => return Ok(Outcome::NotTheirs),
            Ruled::Refused(reason) if let_in => return Ok(Outcome::CannotBe(reason)),
            _ => Vec::new(),
        };
        let ruled = Some(storage::Ruled { by: self.author.person.id, at: self.now, let_in });
        self.txn.put_quarantined(&QuarantinedEdit { ruled, ..kept.clone() })?;
        if !let_in {
            return Ok(Outcome::TurnedAway);
        }
        // From here on it is its author who acts.
        self.author.person.id = kept.author;
        let (verdict, stamp) = if edit.changes.is_empty() {
            self.unmark(&counted)?;
            (self.accepted(&kept.edit, counted.stamp), counted.stamp)
        } else {
            self.enter(&kept.edit, &counted, &edit, &copies)?
        };
        // What waited may be less than what was sent, by which a repeat is known.
        if let Some(known) = self.txn.edit(self.row.id, kept.edit.name)? {
            self.txn.replace_edit(self.row.id, &EditRow { stamp, verdict, ..known })?;
        }
        Ok(Outcome::LetIn { number: self.number })
    }

    /// What the rules say of an edit as if whoever rules had made it now. What its author brought, or may read still, comes along.
    fn rule_as_own(&mut self, edit: &Edit, kept: &QuarantinedEdit) -> Result<Ruled, StorageError> {
        if edit.changes.is_empty() {
            return Ok(Ruled::Allowed(Vec::new()));
        }
        let own = self.author.person;
        if let Ruling::Refused(reason) = self.judge(edit, own)? {
            return Ok(Ruled::Refused(reason));
        }
        let author = self.txn.person(kept.author)?.map(|account| Person { id: account.id, role: account.role });
        let people: Vec<Person> = author.into_iter().chain([own]).collect();
        let maker = if edit.is_brought() { self.txn.device(edit.stamp.device)?.map(|row| row.person) } else { None };
        self.rule_on_named(edit, &people, maker)
    }
}
