//! Somebody who writes all the time, keeps what was not acknowledged, and sends it again, as an app does.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use opstap_core::model::{Model, Run};
use opstap_core::protocol::Verdict;
use opstap_core::{Edit, EditName, Epoch, RecordId, Seen, Stamp};

use super::dice::Dice;
use super::ledger::{Acknowledged, Ledger};
use super::phone::{Phone, now, random};

pub struct Writer {
    pub phone: Phone,
    dice: Dice,
    plan: RecordId,
    n: u64,
    last: Option<Stamp>,
    outbox: BTreeMap<EditName, (Edit, RecordId)>,
    /// What was acknowledged, with the edits as they were sent.
    pub sent: BTreeMap<EditName, Edit>,
    pub ledger: Ledger,
    /// What was answered that must never be.
    pub wrong: Vec<String>,
}

impl Writer {
    pub fn new(phone: Phone, plan: RecordId, dice: Dice) -> Self {
        Self {
            phone,
            dice,
            plan,
            n: 0,
            last: None,
            outbox: BTreeMap::new(),
            sent: BTreeMap::new(),
            ledger: Ledger::default(),
            wrong: Vec::new(),
        }
    }

    /// Writes until told to stop.
    pub fn work(&mut self, stop: &AtomicBool) {
        while !stop.load(Ordering::SeqCst) {
            if self.outbox.is_empty() {
                for _ in 0..=self.dice.below(4) {
                    self.make_edit();
                }
            }
            self.send();
        }
    }

    /// Sends what waits until nothing does.
    pub fn hand_in(&mut self) -> bool {
        for _ in 0..200 {
            if self.outbox.is_empty() {
                return true;
            }
            self.send();
        }
        false
    }

    fn make_edit(&mut self) {
        self.n += 1;
        let device = self.phone.device;
        let stamp = Stamp::next(now(), self.last, device);
        self.last = Some(stamp);
        let record = RecordId::new(now(), random(&mut self.dice));
        let name = EditName { device, n: self.n };
        let edit = Edit {
            name,
            stamp,
            circle: self.phone.circle.unwrap(),
            seen: Seen { epoch: Epoch(0), number: 0 },
            beside: None,
            changes: vec![Run::begins(self.plan, now()).make(record)],
        };
        self.outbox.insert(name, (edit, record));
    }

    fn send(&mut self) {
        let edits = self.outbox.values().map(|(edit, _)| edit.clone()).collect();
        let Ok(answer) = self.phone.sync(edits) else {
            thread::sleep(Duration::from_millis(20));
            return;
        };
        for (n, verdict) in answer.verdicts {
            let name = EditName { device: self.phone.device, n };
            match verdict {
                Verdict::Accepted { number, .. } => {
                    let Some((edit, record)) = self.outbox.remove(&name) else { continue };
                    self.sent.insert(name, edit);
                    self.phone.knows(record, number);
                    self.wrong.extend(self.ledger.note(name, Acknowledged { record, number }).err());
                }
                Verdict::Later => thread::sleep(Duration::from_millis(20)),
                Verdict::Refused(_) | Verdict::Quarantined => self.wrong.push(format!("{name:?} got {verdict:?}")),
            }
        }
    }

    /// Sends acknowledged edits once more: the last ones, and some from any time. Gives what is said of them.
    pub fn repeat(&mut self) -> Result<Vec<(EditName, Verdict)>, String> {
        let len = self.sent.len();
        let mut chosen: BTreeMap<EditName, Edit> =
            self.sent.iter().rev().take(60).map(|(name, edit)| (*name, edit.clone())).collect();
        for _ in 0..40 {
            let at = usize::try_from(self.dice.below(u64::try_from(len).unwrap_or(1))).unwrap_or(0);
            chosen.extend(self.sent.iter().nth(at).map(|(name, edit)| (*name, edit.clone())));
        }
        let answer = self.phone.sync(chosen.into_values().collect())?;
        Ok(answer
            .verdicts
            .into_iter()
            .map(|(n, verdict)| (EditName { device: self.phone.device, n }, verdict))
            .collect())
    }
}
