//! Mistakes that a sync engine could make, planted one at a time at its edges: in what is stored, in what goes over the wire, in what the
//! harness does. The oracles must find each. Nothing of this is in the program itself.

use std::cell::RefCell;
use std::rc::Rc;

use opstap_core::access::CircleAccess;
use opstap_core::model::{CircleKind, Consent, ConsentAct, Model};
use opstap_core::protocol::{Answer, Delivery, DeviceOwner, Figures, LetGo, Reason, Request, Verdict};
use opstap_core::{BlobHash, Change, CircleId, Edit, Kind, Record, RecordId, Stamp, Value};
use opstap_sync_client::memory::Memory;
use opstap_sync_client::{
    Batch, BlobState, CommitOutcome, Expected, HeldBlob, HeldCircle, HeldDevice, HeldSummary, Loaded, LocalStore, Op,
    Pending, Platform, RefusedEdit, SentEdit, StoreError, Versioned, Wanted,
};
use opstap_sync_server::Clock;

use crate::oracles::truth;
use crate::world::{PhoneTime, Sent, Server};

/// What is added to the n of an edit that comes again, so that the server takes it for another.
pub const NAMED_ANEW: u64 = 1_000_000;

/// A planted mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// The server takes an edit that comes twice for two.
    NoDuplicateCheck,
    /// The device stores how far it is before it stores what that covers.
    CursorStoredEarly,
    /// A restored server goes on as if nothing had happened.
    NoEpoch,
    /// A wiped phone goes on under its old name.
    DeviceIdReused,
    /// A refused edit is thrown away instead of laid in the tray.
    RefusedIsThrownAway,
    /// An edit gets the time of the phone's clock, whatever it has seen.
    WallClock,
    /// What was deleted is not told.
    TombstoneDropped,
    /// A reader sees a number before what carries it.
    NumberBeforeCommit,
    /// An edit claims to have seen what was only on its way.
    SeenInMidPull,
    /// A withdrawal does not count when the clock it was made by stood before what it ends.
    WithdrawalLosesByTime,
    /// A load is taken for complete after its first page.
    DropOnIncompleteLoad,
    /// The device goes on with changes although what it may see is another.
    ViewIgnored,
    /// Two tabs write over each other.
    RevisionsIgnored,
    /// The device keeps what is taken back from it.
    GoneIgnored,
    /// A cloned phone takes a taken name for a yes.
    NameTakenIgnored,
    /// A refused edit holds up those behind it.
    RefusalBlocks,
    /// Leaving a circle throws away what waits for it. Drawn histories meet that too seldom; it has a history of its own.
    LeavingTakesWhatWaits,
    /// A restore forgets what took rights away after the backup.
    JournalNotReplayed,
    /// The other value of a conflict does not reach the phones.
    KeptDropped,
    /// A phone does not offer what a restored server lacks.
    OffersForgotten,
    /// A phone does not offer what had lost a conflict. Drawn histories meet that too seldom; it has a history of its own.
    LostForgotten,
    /// What somebody says another made is taken for that other's word.
    ForgedOfferAccepted,
    /// A restore forgets what was erased after the backup. Drawn histories meet that too seldom; it has a history of its own.
    PurgeForgotten,
    /// A phone keeps its own edits about what was erased.
    ErasedEditsKept,
    /// A phone keeps the photos of what it had to let go of. Drawn histories meet that too seldom; it has a history of its own.
    PhotosKept,
    /// A phone does not tell that it let go.
    LetGoUntold,
}

impl Bug {
    /// Those that drawn histories find.
    pub const ALL: [Self; 22] = [
        Self::NoDuplicateCheck,
        Self::CursorStoredEarly,
        Self::NoEpoch,
        Self::DeviceIdReused,
        Self::RefusedIsThrownAway,
        Self::WallClock,
        Self::TombstoneDropped,
        Self::NumberBeforeCommit,
        Self::SeenInMidPull,
        Self::WithdrawalLosesByTime,
        Self::DropOnIncompleteLoad,
        Self::ViewIgnored,
        Self::RevisionsIgnored,
        Self::GoneIgnored,
        Self::NameTakenIgnored,
        Self::RefusalBlocks,
        Self::JournalNotReplayed,
        Self::KeptDropped,
        Self::OffersForgotten,
        Self::ForgedOfferAccepted,
        Self::ErasedEditsKept,
        Self::LetGoUntold,
    ];
}

/// Bends a request before the server sees it; gives verdicts for edits that are kept from it.
pub fn bend_request(server: &Server, sent: &Sent, request: &mut Request) -> Vec<(u64, Verdict)> {
    match server.bug {
        Some(Bug::NoDuplicateCheck) if !server.arrived.borrow_mut().insert(sent.bytes.clone()) => {
            request.edits.iter_mut().for_each(|edit| edit.name.n += NAMED_ANEW);
        }
        Some(Bug::SeenInMidPull) => request.edits.iter_mut().for_each(|edit| edit.seen.number = u64::MAX),
        Some(Bug::WithdrawalLosesByTime) => {
            let loses = |edit: &Edit| edit.changes.iter().any(|change| is_earlier_withdrawal(server, edit, change));
            let (lost, rest): (Vec<_>, Vec<_>) = request.edits.drain(..).partition(loses);
            request.edits = rest;
            return lost.iter().map(|edit| (edit.name.n, Verdict::Accepted { number: 1, restamped: None })).collect();
        }
        Some(Bug::ViewIgnored) => {
            let Ok(session) = server.session(&sent.token) else { return Vec::new() };
            for of in &mut request.cursors {
                let records = truth::records(server, of.circle);
                let access = CircleAccess::new(CircleKind::Client, &records);
                of.cursor.view = access.view(session.person, Clock::now(&server.time));
            }
        }
        _ => {}
    }
    Vec::new()
}

fn is_earlier_withdrawal(server: &Server, edit: &Edit, change: &Change) -> bool {
    let Change::Make { kind: Kind::Consent, cells, .. } = change else { return false };
    let ends = cells.iter().find_map(|(name, value)| match value {
        Value::Id(id) if name == "ends" => Some(RecordId(*id)),
        _ => None,
    });
    let records = truth::records(server, edit.circle);
    let given = ends.and_then(|ends| records.iter().find(|record| record.id == ends));
    let act = given.and_then(Consent::from_record).map(|consent| consent.act);
    let from = cells.iter().find_map(|(name, value)| match value {
        Value::Int(from) if name == "from" => u64::try_from(*from).ok(),
        _ => None,
    });
    let given_at = given.and_then(Record::latest).map(|stamp| stamp.millis.0);
    act == Some(ConsentAct::Given) && from.zip(given_at).is_some_and(|(from, given_at)| from < given_at)
}

/// Bends an answer after it was looked at.
pub fn bend_answer(server: &Server, answer: &mut Answer) {
    match server.bug {
        Some(Bug::NameTakenIgnored) => {
            for (_, verdict) in &mut answer.verdicts {
                if *verdict == Verdict::Refused(Reason::NameTaken) {
                    *verdict = Verdict::Accepted { number: 1, restamped: None };
                }
            }
        }
        Some(Bug::RefusalBlocks) => {
            let mut blocked = false;
            for (_, verdict) in &mut answer.verdicts {
                blocked |= matches!(verdict, Verdict::Refused(_));
                if blocked {
                    *verdict = Verdict::Later;
                }
            }
        }
        _ => answer.circles.iter_mut().for_each(|circle| bend_delivery(server.bug, &mut circle.delivery)),
    }
}

fn bend_delivery(bug: Option<Bug>, delivery: &mut Delivery) {
    if bug == Some(Bug::KeptDropped) {
        delivery.records_mut().iter_mut().for_each(|record| record.kept.clear());
    }
    match (bug, delivery) {
        (Some(Bug::TombstoneDropped), Delivery::Changes { records, .. }) => {
            records.retain(|record| !record.is_deleted());
        }
        (Some(Bug::NumberBeforeCommit), Delivery::Changes { to, .. }) => *to += 1,
        (Some(Bug::GoneIgnored), Delivery::Changes { gone, .. }) => gone.clear(),
        (Some(Bug::DropOnIncompleteLoad), Delivery::Load { records, next: next @ Some(_), count, .. }) => {
            (*next, *count) = (None, records.len() as u64);
        }
        _ => {}
    }
}

/// The store of a phone, with the mistakes that a store or its use can have.
#[derive(Clone)]
pub struct Store {
    pub memory: Memory,
    pub bug: Option<Bug>,
    pub time: PhoneTime,
    /// All that was ever noted as let go of, by what was asked of the store.
    pub noted: Rc<RefCell<Vec<LetGo>>>,
}

impl Store {
    fn bend(&self, batch: &Batch) -> Batch {
        let mut bent = batch.clone();
        match self.bug {
            Some(Bug::OffersForgotten) => {
                bent.ops.retain(|op| !matches!(op, Op::PutPending(pending) if pending.edit.is_brought()));
            }
            Some(Bug::LostForgotten) => {
                bent.ops.retain(|op| !matches!(op, Op::PutPending(pending) if pending.edit.brings_what_lost()));
            }
            Some(Bug::ErasedEditsKept) => bent.ops.retain(|op| !matches!(op, Op::DropEditsOn { .. })),
            Some(Bug::PhotosKept) => bent.ops.retain(|op| !matches!(op, Op::DropBlob { .. })),
            Some(Bug::LetGoUntold) => bent.ops.retain(|op| !matches!(op, Op::PutLetGo(_))),
            Some(Bug::RefusedIsThrownAway) => bent.ops.retain(|op| !matches!(op, Op::PutRefused(_))),
            Some(Bug::WallClock) => {
                for op in &mut bent.ops {
                    if let Op::PutPending(pending) = op {
                        let millis = self.time.now();
                        pending.edit.stamp = Stamp { millis, counter: 0, device: pending.edit.stamp.device };
                    }
                }
            }
            _ => {}
        }
        bent
    }

    /// What waits for the circles that are left.
    async fn waiting_for_left(&self, batch: &Batch) -> Result<Vec<Op>, StoreError> {
        let left: Vec<CircleId> = batch
            .ops
            .iter()
            .filter_map(|op| match op {
                Op::PurgeCircle(circle) => Some(*circle),
                _ => None,
            })
            .collect();
        let waiting = self.memory.pending().await?;
        let its_own = waiting.iter().filter(|pending| left.contains(&pending.edit.circle));
        Ok(its_own.map(|pending| Op::DropPending { n: pending.edit.name.n }).collect())
    }

    /// The revisions as they are now, so that nothing is ever found to have moved.
    async fn as_expected(&self, batch: &Batch) -> Result<Expected, StoreError> {
        let held = self.memory.circles().await?;
        let now = |circle: CircleId| {
            held.iter().find(|held| held.value.circle == circle).map(|held| held.revision).unwrap_or_default()
        };
        let device = self.memory.device().await?.map(|device| device.revision).unwrap_or_default();
        Ok(Expected {
            device: batch.expected.device.map(|_| device),
            circles: batch.expected.circles.iter().map(|(circle, _)| (*circle, now(*circle))).collect(),
        })
    }
}

impl LocalStore for Store {
    async fn device(&self) -> Result<Option<Versioned<HeldDevice>>, StoreError> {
        self.memory.device().await
    }

    async fn circles(&self) -> Result<Vec<Versioned<HeldCircle>>, StoreError> {
        self.memory.circles().await
    }

    async fn load(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Loaded, StoreError> {
        self.memory.load(circle, wanted).await
    }

    async fn pending(&self) -> Result<Vec<Pending>, StoreError> {
        self.memory.pending().await
    }

    async fn sent(&self) -> Result<Vec<SentEdit>, StoreError> {
        self.memory.sent().await
    }

    async fn refused(&self) -> Result<Vec<RefusedEdit>, StoreError> {
        self.memory.refused().await
    }

    async fn let_go(&self) -> Result<Vec<LetGo>, StoreError> {
        self.memory.let_go().await
    }

    async fn figures(&self, circle: CircleId) -> Result<Option<Figures>, StoreError> {
        self.memory.figures(circle).await
    }

    async fn summaries(&self) -> Result<Vec<HeldSummary>, StoreError> {
        self.memory.summaries().await
    }

    async fn owners(&self) -> Result<Vec<DeviceOwner>, StoreError> {
        self.memory.owners().await
    }

    async fn blobs(&self, state: BlobState) -> Result<Vec<HeldBlob>, StoreError> {
        self.memory.blobs(state).await
    }

    async fn blob(&self, circle: CircleId, hash: BlobHash) -> Result<Option<(HeldBlob, Vec<u8>)>, StoreError> {
        self.memory.blob(circle, hash).await
    }

    async fn commit(&self, batch: &Batch) -> Result<CommitOutcome, StoreError> {
        let mut bent = self.bend(batch);
        match self.bug {
            Some(Bug::LeavingTakesWhatWaits) => bent.ops.extend(self.waiting_for_left(batch).await?),
            Some(Bug::RevisionsIgnored) => loop {
                bent.expected = self.as_expected(batch).await?;
                if self.memory.commit(&bent).await? == CommitOutcome::Committed {
                    return Ok(CommitOutcome::Committed);
                }
            },
            Some(Bug::CursorStoredEarly) => {
                let is_cursor = |op: &Op| matches!(op, Op::PutCircle(_));
                let (first, rest): (Vec<_>, Vec<_>) = bent.ops.into_iter().partition(is_cursor);
                let covers = !first.is_empty() && rest.iter().any(|op| matches!(op, Op::PutRecord { .. }));
                let early = Batch { expected: bent.expected, ops: first };
                if covers && self.memory.commit(&early).await? == CommitOutcome::Moved {
                    return Ok(CommitOutcome::Moved);
                }
                let expected = if covers { self.as_expected(&early).await? } else { early.expected };
                let ops = if covers { rest } else { early.ops.into_iter().chain(rest).collect() };
                bent = Batch { expected, ops };
            }
            _ => {}
        }
        let outcome = self.memory.commit(&bent).await;
        if outcome == Ok(CommitOutcome::Committed) {
            let noted = batch.ops.iter().filter_map(|op| match op {
                Op::PutLetGo(let_go) => Some(*let_go),
                _ => None,
            });
            self.noted.borrow_mut().extend(noted);
        }
        outcome
    }
}
