//! Verdicts: what becomes of the device's own edits.

use opstap_core::protocol::{Answer, Reason, Request, Verdict};
use opstap_core::{EditName, Stamp};

use super::Draft;
use crate::held::{Pending, PendingState, RefusedEdit, SentEdit};
use crate::store::Op;

impl Draft<'_> {
    /// Gives every edit of the request its verdict. An edit without one stays as it is.
    pub(super) fn judge(&mut self, request: &Request, answer: &Answer) {
        let mut name_taken = false;
        for (n, verdict) in &answer.verdicts {
            let sent = request.edits.iter().find(|edit| edit.name.n == *n);
            let Some(place) = sent.and_then(|edit| self.waiting_place(edit.name)) else {
                continue;
            };
            match verdict {
                Verdict::Accepted { number, restamped } => {
                    self.accept(place, *number, *restamped);
                }
                Verdict::Refused(Reason::NameTaken) => name_taken = true,
                Verdict::Refused(reason) => self.refuse(place, *reason),
                Verdict::Quarantined => self.set_apart(place, answer),
                Verdict::Later => self.planned.later = true,
            }
        }
        if name_taken {
            self.take_new_name();
        }
    }

    /// Where the edit stands that a verdict is about: one that waits, under the name it was sent with.
    fn waiting_place(&self, name: EditName) -> Option<usize> {
        let is_it = |pending: &Pending| pending.edit.name == name && pending.state == PendingState::Waiting;
        self.pending.iter().position(|pending| pending.as_ref().is_some_and(is_it))
    }

    fn accept(&mut self, place: usize, number: u64, restamped: Option<Stamp>) {
        let at = self.at;
        if let Some(Some(pending)) = self.pending.get_mut(place) {
            let stamp = restamped.unwrap_or(pending.edit.stamp);
            pending.state = PendingState::Accepted { number, stamp, at };
            let circle = pending.edit.circle;
            self.touch(circle);
            self.moved.push(circle);
            self.unblocked = true;
        }
    }

    fn refuse(&mut self, place: usize, reason: Reason) {
        if let Some(pending) = self.take(place) {
            // What another made is not this person's to keep, and of what was erased nothing is kept.
            if pending.edit.is_brought() || reason == Reason::Purged {
                return;
            }
            self.ops.push(Op::PutRefused(RefusedEdit { edit: pending.edit, reason, at: self.at }));
            self.planned.refused += 1;
        }
    }

    /// The server holds it for the client to read. In a circle that the device keeps, a copy stays among what was sent: a server that
    /// comes back from a backup may have lost it, also while this answer was on its way.
    fn set_apart(&mut self, place: usize, answer: &Answer) {
        self.planned.quarantined += 1;
        let at = self.at;
        if let Some(Pending { edit, .. }) = self.take(place)
            && !edit.is_brought()
            && !answer.left.contains(&edit.circle)
            && self.circles.iter().any(|held| held.circle == edit.circle)
        {
            self.ops.push(Op::PutSent(SentEdit { edit, at }));
        }
    }

    /// Takes an edit out of the pending ones.
    pub(super) fn take(&mut self, place: usize) -> Option<Pending> {
        let pending = self.pending.get_mut(place)?.take()?;
        self.touch(pending.edit.circle);
        self.moved.push(pending.edit.circle);
        self.unblocked = true;
        Some(pending)
    }

    /// This store was cloned and its twin was first: everything that still waits goes under a new device id.
    fn take_new_name(&mut self) {
        let spare = self.holding.spare;
        self.device.device = spare;
        let waiting = self.pending.iter_mut().flatten().filter(|pending| pending.state == PendingState::Waiting);
        for pending in waiting {
            if !pending.edit.is_brought() {
                pending.edit.stamp.device = spare;
            }
            pending.edit.name.device = spare;
        }
        self.unblocked = true;
    }

    /// After a restore every own edit that is still here waits once more, under its old name: the server counts it once.
    pub(super) fn send_again(&mut self) {
        self.unblocked = true;
        for pending in self.pending.iter_mut().flatten() {
            pending.state = PendingState::Waiting;
        }
        for sent in &self.holding.sent {
            self.ops.push(Op::DropSent { n: sent.edit.name.n });
            self.pending.push(Some(Pending { edit: sent.edit.clone(), state: PendingState::Waiting }));
            self.touched.push(sent.edit.circle);
        }
    }

    /// Accepted edits whose records are here now need no laying over any more.
    pub(super) fn settle_covered(&mut self) {
        for place in 0..self.pending.len() {
            let Some(Some(pending)) = self.pending.get(place) else {
                continue;
            };
            let PendingState::Accepted { number, at, .. } = pending.state else {
                continue;
            };
            let circle = pending.edit.circle;
            let held = self.circles.iter().find(|held| held.circle == circle).copied();
            if held.is_some_and(|held| !held.complete || held.number < number) {
                continue;
            }
            let taken = self.pending.get_mut(place).and_then(Option::take);
            self.touch(circle);
            // Of a circle that was left nothing is kept, nor of what others made.
            if let (Some(_), Some(Pending { edit, .. })) = (held, taken)
                && !edit.is_brought()
            {
                self.ops.push(Op::PutSent(SentEdit { edit, at }));
            }
        }
    }

    /// Writes what changed among the pending edits.
    pub(super) fn write_pending(&mut self) {
        let before = self.holding.pending.iter().map(Some);
        let before = before.chain(std::iter::repeat(None));
        let mut touched = Vec::new();
        for (before, now) in before.zip(&self.pending) {
            match (before, now) {
                (before, Some(now)) if before != Some(now) => {
                    touched.push(now.edit.circle);
                    self.ops.push(Op::PutPending(now.clone()));
                }
                (Some(before), None) => self.ops.push(Op::DropPending { n: before.edit.name.n }),
                _ => {}
            }
        }
        self.touched.extend(touched);
    }
}
