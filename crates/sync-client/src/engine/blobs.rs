//! Photos and sound: kept first, sent after the text, fetched when a plan on the device refers to them.

use opstap_core::protocol::LackedBlob;
use opstap_core::{BlobHash, BlobRef, CircleId, Kind, Media, Millis, Record, RecordId};

use super::sync::UnderWay;
use super::{Engine, Outcome};
use crate::held::{BlobState, HeldBlob};
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, LocalStore, Op, StoreError, Wanted};
use crate::transport::{Fetched, Transport, TransportError};

/// How long a blob that the server did not have is not asked for again, in milliseconds.
const ASK_AGAIN: u64 = 5 * 60_000;

fn is_among(lacking: &[LackedBlob], circle: CircleId, hash: BlobHash) -> bool {
    lacking.iter().any(|lacked| lacked.circle == circle && lacked.hash == hash)
}

/// What came of asking for a blob's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobOutcome {
    /// Here they are.
    Here(Vec<u8>),
    /// Nobody has brought them to the server yet.
    NotYet,
    /// They are not on the device, and the server cannot be asked now.
    Offline,
    /// The person may not see them (any more).
    NotAllowed,
}

/// Whether a plan or route can go out of reach of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// All of it is on the device.
    Yes,
    /// So many of its pictures are still missing.
    Missing(usize),
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Keeps a blob for a circle, to be sent; the reference goes in an edit. Where the device has no room it waits in memory, which
    /// [`Counts`](super::Counts) tells.
    ///
    /// # Errors
    /// When the store fails, or no blob can be so large.
    pub async fn put_blob(&self, circle: CircleId, bytes: Vec<u8>, media: Media) -> Result<BlobRef, StoreError> {
        let hash = self.platform.sha256(&bytes).await.ok_or(StoreError::Gone)?;
        let size = u32::try_from(bytes.len()).map_err(|_| StoreError::Full)?;
        let blob = BlobRef { hash, media, size };
        if self.blob(circle, hash).await?.is_none() {
            self.keep_blob(circle, blob, bytes).await;
        }
        Ok(blob)
    }

    /// A blob's bytes, if they are on the device.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn blob(&self, circle: CircleId, hash: BlobHash) -> Result<Option<Vec<u8>>, StoreError> {
        if let Some(here) = self.in_memory.borrow().iter().find(|here| here.circle == circle && here.blob.hash == hash)
        {
            return Ok(Some(here.bytes.clone()));
        }
        Ok(self.store.blob(circle, hash).await?.map(|(_, bytes)| bytes))
    }

    /// The blobs that plans and routes of the circle refer to and that are not on the device yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn missing_blobs(&self, circle: CircleId) -> Result<Vec<BlobRef>, StoreError> {
        let wanted = self.store.blobs(BlobState::Wanted).await?;
        let of_circle = wanted.iter().filter(|held| held.circle == circle);
        Ok(of_circle.map(|held| held.blob).collect())
    }

    /// Whether a plan or route is ready for on the way: on the device with every picture it refers to.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ready(&self, circle: CircleId, id: RecordId) -> Result<Ready, StoreError> {
        let missing = self.missing_blobs(circle).await?;
        if missing.is_empty() {
            return Ok(Ready::Yes);
        }
        let missing: Vec<BlobHash> = missing.iter().map(|blob| blob.hash).collect();
        let mut needed = Vec::new();
        let mut need = |record: &Record| {
            for BlobRef { hash, .. } in record.blobs() {
                if missing.contains(&hash) && !needed.contains(&hash) {
                    needed.push(hash);
                }
            }
        };
        let shown = self.shown(circle, &[Wanted::One(id), Wanted::Below(id)]).await?;
        let part_of_it = |record: &&Record| record.id == id || record.parent == Some(id);
        let mut parts = Vec::new();
        for record in shown.records.values().filter(part_of_it) {
            need(record);
            parts.extend(matches!(record.kind, Kind::Part | Kind::Step).then_some(Wanted::Below(record.id)));
        }
        if !parts.is_empty() {
            let below = self.shown(circle, &parts).await?;
            below.records.values().filter(|below| matches!(below.kind, Kind::Goal | Kind::Choice)).for_each(need);
        }
        Ok(if needed.is_empty() { Ready::Yes } else { Ready::Missing(needed.len()) })
    }

    pub(super) async fn note(&self, ops: Vec<Op>) -> Result<(), StoreError> {
        // Blobs hang on no revision, so this cannot have moved.
        let (CommitOutcome::Committed | CommitOutcome::Moved) =
            self.store.commit(&Batch { ops, ..Batch::default() }).await?;
        Ok(())
    }
}

impl<S: LocalStore, T: Transport, P: Platform> Engine<S, T, P> {
    /// A blob's bytes from the device, or else from the server; what is fetched stays on the device.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn fetch_blob(&self, circle: CircleId, blob: BlobRef) -> Result<BlobOutcome, StoreError> {
        if let Some(bytes) = self.blob(circle, blob.hash).await? {
            return Ok(BlobOutcome::Here(bytes));
        }
        match self.bring(circle, blob).await? {
            Ok(Some(bytes)) => Ok(BlobOutcome::Here(bytes)),
            Ok(None) => Ok(BlobOutcome::NotYet),
            Err(TransportError::Refused) => Ok(BlobOutcome::NotAllowed),
            Err(_) => Ok(BlobOutcome::Offline),
        }
    }

    /// Sends what waits, then fetches what plans need; stops at the first sign that the network is gone, and says so. It has a queue
    /// of its own: text is synced meanwhile, and never waits for it.
    ///
    /// # Errors
    /// When the store fails. What was brought before stays.
    pub async fn sync_blobs(&self) -> Result<Option<Outcome>, StoreError> {
        if self.carrying.replace(true) {
            self.carry_again.set(true);
            return Ok(None);
        }
        let _under_way = UnderWay(&self.carrying);
        loop {
            self.carry_again.set(false);
            self.keep_what_waits_in_memory().await;
            let mut stopped = self.send_waiting().await?;
            if stopped.is_none() {
                stopped = self.fetch_wanted().await?;
            }
            if stopped.is_some() || !self.carry_again.get() {
                return Ok(stopped);
            }
        }
    }

    async fn send_waiting(&self) -> Result<Option<Outcome>, StoreError> {
        let held = self.store.circles().await?;
        let mut waiting: Vec<(CircleId, BlobRef)> =
            self.in_memory.borrow().iter().map(|here| (here.circle, here.blob)).collect();
        waiting.extend(self.store.blobs(BlobState::ToSend).await?.iter().map(|held| (held.circle, held.blob)));
        for (circle, blob) in waiting {
            let Some(bytes) = self.blob(circle, blob.hash).await? else {
                continue;
            };
            match self.transport.send(circle, blob, &bytes).await {
                Ok(()) => {
                    self.forget_in_memory(circle, blob.hash);
                    // Of a circle that was left meanwhile nothing stays.
                    let op = if held.iter().any(|held| held.value.circle == circle) {
                        Op::MarkBlob { circle, hash: blob.hash, state: BlobState::Here }
                    } else {
                        Op::DropBlob { circle, hash: blob.hash }
                    };
                    self.note(vec![op]).await?;
                }
                // It stays here and is counted; the others go on.
                Err(TransportError::Refused) => continue,
                Err(error) => return Ok(Some(error.into())),
            }
            self.moved(circle);
        }
        Ok(None)
    }

    /// What the server lacked and lacks no more can be asked for at once, however short ago that was in vain; a screen that shows room for it
    /// looks again.
    pub(super) fn hear_what_is_lacking(&self, lacking: Vec<LackedBlob>) {
        let before = self.lacking.replace(lacking);
        self.asked.borrow_mut().retain(|(circle, hash, _)| !is_among(&before, *circle, *hash));
        let mut came: Vec<CircleId> = Vec::new();
        for LackedBlob { circle, hash } in before {
            if !is_among(&self.lacking.borrow(), circle, hash) && !came.contains(&circle) {
                came.push(circle);
            }
        }
        came.into_iter().for_each(|circle| self.moved(circle));
    }

    /// Whether the server was asked for a blob in vain a short while ago.
    fn was_asked_for(&self, circle: CircleId, hash: BlobHash, now: Millis) -> bool {
        let mut asked = self.asked.borrow_mut();
        asked.retain(|(_, _, at)| *at <= now && now < at.plus(ASK_AGAIN));
        asked.iter().any(|(of, one, _)| *of == circle && *one == hash)
    }

    async fn fetch_wanted(&self) -> Result<Option<Outcome>, StoreError> {
        for HeldBlob { circle, blob, .. } in self.store.blobs(BlobState::Wanted).await? {
            if self.is_full() {
                break;
            }
            // It comes as soon as the server has it, and not a request sooner.
            let now = self.platform.now();
            if is_among(&self.lacking.borrow(), circle, blob.hash) || self.was_asked_for(circle, blob.hash, now) {
                continue;
            }
            match self.bring(circle, blob).await? {
                Ok(Some(_)) => self.moved(circle),
                Ok(None) => {
                    self.asked.borrow_mut().push((circle, blob.hash, now));
                }
                Err(TransportError::Refused) => self.note(vec![Op::DropBlob { circle, hash: blob.hash }]).await?,
                Err(error) => return Ok(Some(error.into())),
            }
        }
        Ok(None)
    }

    /// Fetches a blob and keeps it, if the bytes are the ones it is named by.
    async fn bring(
        &self,
        circle: CircleId,
        blob: BlobRef,
    ) -> Result<Result<Option<Vec<u8>>, TransportError>, StoreError> {
        let bytes = match self.transport.fetch(circle, blob.hash).await {
            Ok(Fetched::Bytes(bytes)) => bytes,
            Ok(Fetched::NotThere) => return Ok(Ok(None)),
            Err(error) => return Ok(Err(error)),
        };
        if self.platform.sha256(&bytes).await != Some(blob.hash) {
            return Ok(Ok(None));
        }
        let held = HeldBlob { circle, blob, state: BlobState::Here };
        match self.note(vec![Op::PutBlob { blob: held, bytes: bytes.clone() }]).await {
            // It is shown all the same, and fetched again when there is room.
            Err(StoreError::Full) => self.found_full(),
            kept => kept?,
        }
        Ok(Ok(Some(bytes)))
    }
}
