//! The edits of one device to one circle: judged, numbered and applied in order of n, within one transaction.

mod about_access;
mod letting_in;
mod named;
mod news;

use std::borrow::Cow;

use opstap_core::access::{CircleAccess, NotAllowed, Section};
use opstap_core::judge::{MOST_CHANGES, Ruling, judge};
use opstap_core::merge::{By, apply, is_of_earlier_life};
use opstap_core::model::{CircleKind, Consent, ConsentAct, Model, Person};
use opstap_core::protocol::{Reason, Verdict, digest_bytes};
use opstap_core::{Change, Edit, Kind, Millis, PersonId, Stamp};
use sha2::{Digest, Sha256};

pub(super) use self::news::News;
use super::Session;
use super::circles::remember_members;
use super::desk::{Desk, access_of};
use super::offers;
use super::purge::{is_erased, needs, purged_by};
use super::receive::Taking;
use crate::journal::{Entry, Shared};
use crate::storage::{BlobRow, CircleRow, EditRow, Fate, QuarantinedEdit, ServerRow, StorageError, Txn, Unmade};

/// The most bytes an edit may have: the longest plan with its steps is a tenth of it.
pub(super) const MOST_BYTES: usize = 256 * 1024;

/// A circle that takes in edits.
pub(super) struct Inbox<'a> {
    txn: &'a mut dyn Txn,
    row: CircleRow,
    access: CircleAccess,
    author: Session,
    now: Millis,
    server: ServerRow,
    journal: &'a Shared,
    /// The number of the last edit accepted so far; the stored counter follows at the end, in one go.
    number: u64,
    purged: bool,
    news: News,
}

impl<'a> Inbox<'a> {
    pub(super) fn open(
        txn: &'a mut dyn Txn,
        row: CircleRow,
        taking: &Taking,
        journal: &'a Shared,
    ) -> Result<Self, StorageError> {
        let access = access_of(&*txn, row.id, row.kind)?;
        let Taking { server, session, now } = *taking;
        Ok(Self {
            txn,
            row,
            access,
            author: session,
            now,
            server,
            journal,
            number: row.counter,
            purged: false,
            news: News::default(),
        })
    }

    /// Takes one edit in; edits come in order of n. Nothing comes of one that needs a record which a restored server may yet be
    /// brought, unless it is the `last` time it is tried.
    pub(super) fn take(&mut self, edit: &Edit, last: bool) -> Result<Option<Verdict>, StorageError> {
        let content = digest_bytes(edit);
        let digest = digest(&content);
        if let Some(known) = self.txn.edit(self.row.id, edit.name)? {
            let same = known.digest == digest && known.author == self.author.person.id;
            return Ok(Some(if same { known.verdict } else { Verdict::Refused(Reason::NameTaken) }));
        }
        let counted = self.as_it_counted(edit)?;
        // A restored server may have part of it already, brought by somebody else.
        let lacking = self.lacking(&counted)?;
        if lacking.changes.is_empty() && !edit.changes.is_empty() {
            return self.settle(edit, &counted, digest).map(Some);
        }
        let mut ruled = self.rule(&lacking, content.len())?;
        if let Ruled::Refused(reason @ (Reason::UnknownRecord | Reason::WrongParent)) = ruled
            && self.is_of_earlier_life(edit)
        {
            if !last {
                return Ok(None);
            }
            ruled = if edit.is_brought() { Ruled::LostTheRight } else { Ruled::Refused(reason) };
        }
        let sent = edit.stamp;
        let (verdict, stamp) = match ruled {
            // Nothing is kept of whoever has no business here: the answer stays the same without.
            Ruled::Stranger => return Ok(Some(Verdict::Refused(Reason::UnknownCircle))),
            Ruled::Refused(reason) => {
                self.remember_unmade(edit, Fate::Refused)?;
                (Verdict::Refused(reason), sent)
            }
            Ruled::LostTheRight => {
                self.remember_unmade(edit, Fate::Quarantined)?;
                let (at, author) = (self.now, self.author.person.id);
                // Of its author's own edit all waits: let in, nobody is named any more as who brought what was here.
                let edit = if edit.is_brought() { lacking.into_owned() } else { edit.clone() };
                self.txn.put_quarantined(&QuarantinedEdit { edit, author, at, ruled: None })?;
                (Verdict::Quarantined, sent)
            }
            Ruled::Allowed(copies) => self.enter(edit, &counted, &lacking, &copies)?,
        };
        self.txn.add_edit(
            self.row.id,
            &EditRow { name: edit.name, author: self.author.person.id, stamp, digest, verdict },
        )?;
        Ok(Some(verdict))
    }

    /// Lets what is lacking of an edit count, as its author's, with the blobs that come along.
    fn enter(
        &mut self,
        edit: &Edit,
        counted: &Edit,
        lacking: &Edit,
        copies: &[BlobRow],
    ) -> Result<(Verdict, Stamp), StorageError> {
        copies.iter().try_for_each(|copy| self.txn.put_blob(copy))?;
        let stamp = self.accept(lacking, edit)?;
        if self.is_of_earlier_life(edit) {
            let marked = if edit.is_brought() { lacking } else { counted };
            self.mark_brought(marked, self.number)?;
        } else {
            // What comes again after a restore people heard of in the life before.
            self.note_news(lacking)?;
        }
        Ok((self.accepted(edit, stamp), stamp))
    }

    fn accepted(&self, edit: &Edit, stamp: Stamp) -> Verdict {
        Verdict::Accepted { number: self.number, restamped: (stamp != edit.stamp).then_some(stamp) }
    }

    /// Whether an edit was made in a life of the server's data before the present one, and so by a device that held the circle then.
    fn is_of_earlier_life(&self, edit: &Edit) -> bool {
        is_of_earlier_life(edit, self.server.epoch)
    }

    /// The edit under the stamp with which it counted in the life before, as far as that can be told.
    fn as_it_counted<'e>(&mut self, edit: &'e Edit) -> Result<Cow<'e, Edit>, StorageError> {
        if !self.is_of_earlier_life(edit) || edit.is_brought() {
            return Ok(Cow::Borrowed(edit));
        }
        let stamp = offers::stamp_of_before(&mut Desk { txn: &mut *self.txn, circle: self.row.id }, edit)?;
        Ok(Cow::Owned(Edit { stamp: stamp.unwrap_or(edit.stamp), ..edit.clone() }))
    }

    fn lacking<'e>(&mut self, edit: &'e Edit) -> Result<Cow<'e, Edit>, StorageError> {
        if !self.is_of_earlier_life(edit) {
            return Ok(Cow::Borrowed(edit));
        }
        let mut desk = Desk { txn: &mut *self.txn, circle: self.row.id };
        offers::lacking(&mut desk, edit).map(Cow::Owned)
    }

    /// An edit all of which is here already, brought by somebody else.
    fn settle(&mut self, edit: &Edit, counted: &Edit, digest: [u8; 16]) -> Result<Verdict, StorageError> {
        let author = self.author.person.id;
        // Whoever is not in the circle now is told the same as if it waited.
        if self.row.kind == CircleKind::Client && self.access.relation(author).is_none() {
            return Ok(Verdict::Quarantined);
        }
        self.unmark(counted)?;
        let (name, stamp, verdict) = (edit.name, counted.stamp, self.accepted(edit, counted.stamp));
        self.txn.add_edit(self.row.id, &EditRow { name, author, stamp, digest, verdict })?;
        Ok(verdict)
    }

    /// It counts; if it is its author's own, nobody needs to be named any more as who brought it.
    fn unmark(&mut self, counted: &Edit) -> Result<(), StorageError> {
        // The next number only if something is to be told.
        if !counted.is_brought() && self.mark_brought(counted, self.number + 1)? {
            self.number += 1;
        }
        Ok(())
    }

    fn mark_brought(&mut self, edit: &Edit, number: u64) -> Result<bool, StorageError> {
        let mut desk = Desk { txn: &mut *self.txn, circle: self.row.id };
        offers::mark(&mut desk, edit, self.author.person.id, number)
    }

    /// Whether something was erased for good.
    pub(super) const fn has_purged(&self) -> bool {
        self.purged
    }

    /// Moves the counter over everything that was accepted; says whether anything was.
    pub(super) fn close(self) -> Result<bool, StorageError> {
        let moved = self.number > self.row.counter;
        if moved {
            self.txn.move_counter(self.row.id, self.number)?;
        }
        Ok(moved)
    }

    fn rule(&mut self, edit: &Edit, bytes: usize) -> Result<Ruled, StorageError> {
        let ruled = self.rule_by_rights(edit, bytes)?;
        // Of what was erased nothing waits either, whoever brings it.
        Ok(match ruled {
            Ruled::LostTheRight if self.is_about_purged(edit)? => Ruled::Refused(Reason::Purged),
            other => other,
        })
    }

    fn is_about_purged(&self, edit: &Edit) -> Result<bool, StorageError> {
        for id in edit.changes.iter().flat_map(needs) {
            if is_erased(&*self.txn, self.row.id, id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn rule_by_rights(&mut self, edit: &Edit, bytes: usize) -> Result<Ruled, StorageError> {
        let author = self.author.person;
        let is_outside = self.row.kind == CircleKind::Client && self.access.relation(author.id).is_none();
        // After a restore, whoever became a member after the backup is not known here yet; what they bring waits.
        if is_outside && !self.is_of_earlier_life(edit) && !self.was_here(author.id)? {
            return Ok(Ruled::Stranger);
        }
        // What could never be let in does not wait either.
        if bytes > MOST_BYTES || edit.changes.len() > MOST_CHANGES {
            return Ok(Ruled::Refused(Reason::TooLarge));
        }
        if is_outside || self.author.revoked {
            return Ok(Ruled::LostTheRight);
        }
        match self.judge(edit, author)? {
            Ruling::Allowed => {}
            // Whoever brings what another made had no right to make it, perhaps; then somebody with the right lets it in or not.
            Ruling::Refused(Reason::NotAllowed(_)) if edit.is_brought() => {
                return Ok(Ruled::LostTheRight);
            }
            Ruling::Refused(reason) => return self.weigh(edit, reason),
        }
        Ok(match self.rule_on_named(edit, &[author], None)? {
            // The backup may have the photo and lack all that showed it.
            Ruled::Refused(Reason::ForeignBlob) if edit.is_brought() => Ruled::LostTheRight,
            ruled => ruled,
        })
    }

    fn judge(&mut self, edit: &Edit, author: Person) -> Result<Ruling, StorageError> {
        let mut desk = Desk { txn: &mut *self.txn, circle: self.row.id };
        judge(&mut desk, &self.access, author, self.now, edit)
    }

    /// Whether a refusal is really somebody's lost right, or the fate of an edit before.
    fn weigh(&mut self, edit: &Edit, reason: Reason) -> Result<Ruled, StorageError> {
        match reason {
            Reason::UnknownRecord | Reason::WrongParent => match self.fate_below(edit)? {
                Some(Fate::Refused) => Ok(Ruled::Refused(Reason::BuildsOnRefused)),
                Some(Fate::Quarantined) => Ok(Ruled::LostTheRight),
                Some(Fate::Purged) => Ok(Ruled::Refused(Reason::Purged)),
                None => Ok(Ruled::Refused(reason)),
            },
            Reason::NotAllowed(NotAllowed::NoConsent) if self.had_consent(edit)? => Ok(Ruled::LostTheRight),
            _ => Ok(Ruled::Refused(reason)),
        }
    }

    fn was_here(&self, person: PersonId) -> Result<bool, StorageError> {
        let circles = self.txn.memberships(person)?;
        Ok(circles.iter().any(|(circle, _)| *circle == self.row.id))
    }

    /// What became of an edit of this same device that was to make a record this edit needs.
    fn fate_below(&self, edit: &Edit) -> Result<Option<Fate>, StorageError> {
        for change in &edit.changes {
            let needed = match change {
                Change::Make { parent, .. } => *parent,
                Change::Set { id, .. } => Some(*id),
            };
            let Some(needed) = needed else { continue };
            if self.txn.record(self.row.id, needed)?.is_some() {
                continue;
            }
            let unmade = self.txn.unmade(self.row.id, needed)?;
            let own = unmade.iter().find(|one| one.device == edit.name.device);
            if let Some(own) = own {
                return Ok(Some(own.fate));
            }
        }
        Ok(None)
    }

    /// Whether the author once had a consent for a section this edit is about: it was withdrawn or ended while they were on the way.
    fn had_consent(&self, edit: &Edit) -> Result<bool, StorageError> {
        let mut sections = Vec::new();
        for change in &edit.changes {
            let kind = match change {
                Change::Make { kind, .. } => Some(*kind),
                Change::Set { id, .. } => self.txn.record(self.row.id, *id)?.map(|record| record.kind),
            };
            sections.extend(kind.map(Section::of));
        }
        let consents = self.txn.records_of_kind(self.row.id, Kind::Consent)?;
        Ok(consents.iter().filter_map(Consent::from_record).any(|consent| {
            consent.act == ConsentAct::Given
                && consent.person == self.author.person.id
                && consent.from <= self.now
                && sections.contains(&consent.section)
        }))
    }

    fn remember_unmade(&mut self, edit: &Edit, fate: Fate) -> Result<(), StorageError> {
        for change in edit.changes.iter().take(MOST_CHANGES) {
            if let Change::Make { id, parent, .. } = change {
                let below = parent.map_or(Ok(false), |parent| is_erased(&*self.txn, self.row.id, parent))?;
                let fate = if below { Fate::Purged } else { fate };
                self.txn.put_unmade(self.row.id, &Unmade { id: *id, device: edit.name.device, fate })?;
            }
        }
        Ok(())
    }

    /// Lets what is lacking of an edit count; gives the stamp under which it does. The journal knows the edit as it was sent.
    fn accept(&mut self, edit: &Edit, sent: &Edit) -> Result<Stamp, StorageError> {
        self.number += 1;
        let number = self.number;
        if edit.brings_what_lost() {
            offers::keep(&mut Desk { txn: &mut *self.txn, circle: self.row.id }, edit, number)?;
            return Ok(edit.stamp);
        }
        let stamp = self.stamp_for(edit)?;
        let by = By { stamp, number, seen: self.seen(edit) };
        let access_moves = self.touches_access(edit)?;
        if access_moves && self.ends_something(edit)? {
            // Before it counts: what is in the journal and not in the database is played again, never the other way round.
            let author = self.author.person.id;
            self.journal.keep(&Entry::Ends { edit: sent.clone(), stamp, author, at: self.now })?;
        }
        let records = purged_by(&*self.txn, edit)?;
        if !records.is_empty() {
            self.purged = true;
            let author = self.author.person.id;
            self.journal.keep(&Entry::Purges { edit: sent.clone(), stamp, author, at: self.now, records })?;
        }
        let mut desk = Desk { txn: &mut *self.txn, circle: self.row.id };
        apply(&mut desk, edit, by)?;
        if access_moves {
            self.access = access_of(&*self.txn, self.row.id, self.row.kind)?;
            remember_members(&mut *self.txn, self.row.id, &self.access)?;
        }
        Ok(stamp)
    }

    /// The stamp under which the edit counts: its own, unless it is too far ahead, or would come before an earlier edit of the same
    /// device that got another stamp for that reason.
    fn stamp_for(&self, edit: &Edit) -> Result<Stamp, StorageError> {
        // What another made keeps the stamp under which it counted.
        if edit.is_brought() {
            return Ok(edit.stamp);
        }
        let before = self.txn.stamp_before(self.row.id, edit.name)?;
        if edit.stamp.is_ahead_of(self.now) {
            return Ok(Stamp::next(self.now, before, edit.name.device));
        }
        Ok(match before {
            Some(before) if edit.stamp <= before => Stamp::next(edit.stamp.millis, Some(before), edit.name.device),
            _ => edit.stamp,
        })
    }

    /// What the author had seen, as it counts now: of an earlier epoch at most what the restore brought, and never what is not there.
    fn seen(&self, edit: &Edit) -> u64 {
        let most = if edit.seen.epoch == self.server.epoch { self.row.counter } else { self.row.restored };
        edit.seen.number.min(most)
    }
}

/// What the rules say of an edit.
enum Ruled {
    /// With the blobs that come along from the library.
    Allowed(Vec<BlobRow>),
    Refused(Reason),
    LostTheRight,
    Stranger,
}

pub(super) fn digest(content: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    for (to, from) in half.iter_mut().zip(Sha256::digest(content)) {
        *to = from;
    }
    half
}
