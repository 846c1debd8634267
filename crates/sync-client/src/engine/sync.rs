//! One sync: ask, plan, commit, until neither side has more; the blobs come after it, in a queue of their own.

use std::cell::Cell;

use opstap_core::protocol::{Answer, Request};
use opstap_core::{CircleId, DeviceId, Kind, Record};

use super::Engine;
use crate::plan::{Holding, Moment, NotThisStore, Planned, plan, request};
use crate::platform::Platform;
use crate::store::{CommitOutcome, LocalStore, StoreError, Wanted};
use crate::transport::{Transport, TransportError};

/// How often a load that does not add up begins again within one sync.
const MOST_RESTARTS: u32 = 2;

/// What a finished sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Synced {
    /// Circles in which something moved.
    pub moved: Vec<CircleId>,
    /// Edits that now lie in the tray.
    pub refused: u32,
    /// Edits that left the phone for quarantine.
    pub quarantined: u32,
}

/// What came of a sync. Whatever it is, nothing was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Both sides have what the other had.
    Done(Synced),
    /// The server could not be reached.
    Offline,
    /// The server was busy, or wants some edits later: again after so many milliseconds, if it said so.
    Later {
        /// Milliseconds to wait.
        after: Option<u32>,
    },
    /// The session has ended: work goes on, sending waits for a new pairing.
    SignedOut,
    /// The app is too old for the server and must be renewed.
    TooOld,
    /// The server will not have the request, or its answer could not be read. Trying again at once changes nothing.
    Refused,
    /// The answer is of another server or for another person than the store belongs to. None of it was stored.
    NotThisStore,
    /// A sync is under way already.
    Busy,
}

impl From<TransportError> for Outcome {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Offline => Self::Offline,
            TransportError::Later { after } => Self::Later { after },
            TransportError::SignedOut => Self::SignedOut,
            TransportError::TooOld => Self::TooOld,
            TransportError::Refused | TransportError::Unreadable => Self::Refused,
        }
    }
}

/// Says that a sync is under way, also when its future is dropped half-way.
pub(super) struct UnderWay<'a>(pub(super) &'a Cell<bool>);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl<S: LocalStore, T: Transport, P: Platform> Engine<S, T, P> {
    /// Brings the server what waits and the device what it lacks, and then the blobs.
    ///
    /// # Errors
    /// When the store fails. What was committed before stays, the rest is asked for again by the next sync.
    pub async fn sync_once(&self) -> Result<Outcome, StoreError> {
        let outcome = self.sync_text().await?;
        if !matches!(outcome, Outcome::Done(_) | Outcome::Later { after: None }) {
            return Ok(outcome);
        }
        Ok(self.sync_blobs().await?.unwrap_or(outcome))
    }

    /// The same without the blobs, for whoever lets those come in their own time with [`sync_blobs`](Self::sync_blobs).
    ///
    /// # Errors
    /// When the store fails, as above.
    pub async fn sync_text(&self) -> Result<Outcome, StoreError> {
        if self.syncing.replace(true) {
            return Ok(Outcome::Busy);
        }
        let _under_way = UnderWay(&self.syncing);
        let mut synced = Synced::default();
        let mut restarts = 0;
        loop {
            let let_go = self.sweep().await?;
            let asked = self.months.borrow().iter().take(Request::MOST_ASKED).copied().collect();
            let request = Request { asked, let_go, ..request(&self.holding(false).await?) };
            let sent = self.platform.now();
            let answer = match self.transport.exchange(&request).await {
                Ok(answer) => answer,
                Err(error) => return Ok(error.into()),
            };
            let moment = Moment { sent, came: self.platform.now() };
            let Ok(planned) = self.carry_out(&request, &answer, moment).await? else {
                return Ok(Outcome::NotThisStore);
            };
            let months_wait = self.note_months(&planned.months, &answer.left);
            self.hear_what_is_lacking(answer.lacking);
            synced.moved.extend(planned.moved);
            synced.refused += planned.refused;
            synced.quarantined += planned.quarantined;
            restarts += planned.restarted;
            if restarts > MOST_RESTARTS {
                return Ok(Outcome::Later { after: None });
            }
            if !planned.again && !months_wait {
                synced.moved.sort_unstable();
                synced.moved.dedup();
                return Ok(if planned.later { Outcome::Later { after: None } } else { Outcome::Done(synced) });
            }
        }
    }

    /// Plans and commits, and plans again on what is there now when another was first.
    async fn carry_out(
        &self,
        request: &Request,
        answer: &Answer,
        moment: Moment,
    ) -> Result<Result<Planned, NotThisStore>, StoreError> {
        loop {
            let holding = self.holding(true).await?;
            let erased = self.erased_blobs(answer).await?;
            let new_epoch = holding.device.value.epoch.is_some_and(|epoch| epoch != answer.epoch);
            let sent = if new_epoch { self.store.sent().await? } else { Vec::new() };
            let before = if new_epoch { self.all_records(&holding).await? } else { Vec::new() };
            let planned = match plan(&Holding { sent, before, erased, ..holding }, request, answer, moment) {
                Ok(planned) => planned,
                Err(error) => return Ok(Err(error)),
            };
            if planned.batch.ops.is_empty() {
                return Ok(Ok(planned));
            }
            if self.commit(&planned.batch).await? == CommitOutcome::Committed {
                self.device().await?;
                self.owners.replace(None);
                planned.moved.iter().for_each(|circle| self.moved(*circle));
                return Ok(Ok(planned));
            }
        }
    }

    async fn holding(&self, with_spare: bool) -> Result<Holding, StoreError> {
        // The revisions are read first: what changes while the rest is read makes the commit answer `Moved`.
        let device = self.device().await?;
        let spare = if with_spare { DeviceId::new(self.now(), self.randomness()) } else { device.value.device };
        Ok(Holding {
            device,
            circles: self.store.circles().await?,
            pending: self.store.pending().await?,
            sent: Vec::new(),
            refused: u32::try_from(self.store.refused().await?.len()).unwrap_or(u32::MAX),
            before: Vec::new(),
            erased: Vec::new(),
            spare,
        })
    }

    /// Everything the device holds, once in the life of a server: what it offers when that came back from a backup.
    async fn all_records(&self, holding: &Holding) -> Result<Vec<(CircleId, Vec<Record>)>, StoreError> {
        let every: Vec<Wanted> = Kind::all().map(Wanted::Kind).collect();
        let mut all = Vec::new();
        for held in &holding.circles {
            all.push((held.value.circle, self.load(held.value.circle, &every).await?.records));
        }
        Ok(all)
    }
}
