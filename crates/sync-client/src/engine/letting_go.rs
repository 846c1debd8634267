//! Letting go of photos and sounds: what no record refers to any more after something went, and what showed in what was erased.

use opstap_core::protocol::{Answer, LetGo, Request};
use opstap_core::{BlobHash, BlobRef, CircleId, Edit, Kind, Record, RecordId};

use super::Engine;
use crate::held::BlobState;
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, Expected, LocalStore, Op, StoreError, Wanted};

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// What the server can be told that went. Before that, photos and sounds go too; what has yet to be sent stays, as somebody's own.
    pub(super) async fn sweep(&self) -> Result<Vec<LetGo>, StoreError> {
        let mut noted = self.store.let_go().await?;
        let mut circles: Vec<CircleId> = noted.iter().map(|let_go| let_go.circle).collect();
        circles.dedup();
        for circle in circles {
            if !self.sweep_circle(circle).await? {
                noted.retain(|let_go| let_go.circle != circle);
            }
        }
        noted.truncate(Request::MOST_LET_GO);
        Ok(noted)
    }

    async fn sweep_circle(&self, circle: CircleId) -> Result<bool, StoreError> {
        loop {
            let loaded = self.load(circle, &every_kind()).await?;
            // What a load is bringing may refer to them as well; after it there is time.
            if loaded.circle.is_some_and(|held| held.load.is_some()) {
                return Ok(false);
            }
            let mut referred: Vec<BlobHash> = loaded.records.iter().flat_map(shown_in).collect();
            let own = loaded.pending.iter().map(|pending| &pending.edit);
            let own = own.chain(loaded.refused.iter().map(|refused| &refused.edit));
            referred.extend(own.flat_map(Edit::blobs).map(|blob| blob.hash));
            let mut ops = Vec::new();
            for state in [BlobState::Wanted, BlobState::Here] {
                let held = self.store.blobs(state).await?.into_iter().filter(|held| held.circle == circle);
                let idle = held.filter(|held| !referred.contains(&held.blob.hash));
                ops.extend(idle.map(|held| Op::DropBlob { circle, hash: held.blob.hash }));
            }
            if ops.is_empty() {
                return Ok(true);
            }
            let circles = loaded.circle.iter().map(|_| (circle, loaded.revision)).collect();
            let batch = Batch { expected: Expected { device: None, circles }, ops };
            if self.store.commit(&batch).await? == CommitOutcome::Committed {
                return Ok(true);
            }
        }
    }

    /// The photos and sounds that the device holds only for records an answer says are erased: they go with them, sent or not.
    pub(super) async fn erased_blobs(&self, answer: &Answer) -> Result<Vec<(CircleId, BlobHash)>, StoreError> {
        let mut erased = Vec::new();
        for circle in &answer.circles {
            let records = circle.delivery.records().iter().filter(|record| record.is_purged());
            let ids: Vec<RecordId> = records.map(|record| record.id).collect();
            if ids.is_empty() {
                continue;
            }
            let loaded = self.load(circle.circle, &every_kind()).await?;
            let (gone, stays): (Vec<&Record>, Vec<&Record>) =
                loaded.records.iter().partition(|record| ids.contains(&record.id));
            let mut hashes: Vec<BlobHash> = gone.into_iter().flat_map(shown_in).collect();
            // An own edit that is still pending may show a photo that no confirmed record has yet.
            let own = loaded.pending.iter().flat_map(|pending| &pending.edit.changes);
            let (on_gone, on_others): (Vec<_>, Vec<_>) = own.partition(|change| ids.contains(&change.record()));
            let blobs = |changes: Vec<&opstap_core::Change>| {
                let cells = changes.into_iter().flat_map(opstap_core::Change::cells);
                cells.filter_map(|(_, value)| value.blob()).map(|blob: BlobRef| blob.hash).collect::<Vec<_>>()
            };
            hashes.extend(blobs(on_gone));
            let still: Vec<BlobHash> = stays.into_iter().flat_map(shown_in).chain(blobs(on_others)).collect();
            hashes.retain(|hash| !still.contains(hash));
            erased.extend(hashes.into_iter().map(|hash| (circle.circle, hash)));
        }
        Ok(erased)
    }
}

fn every_kind() -> Vec<Wanted> {
    Kind::all().map(Wanted::Kind).collect()
}

/// What a record shows or could show again.
fn shown_in(record: &Record) -> Vec<BlobHash> {
    let kept = record.kept.iter().filter_map(|kept| kept.value.blob());
    record.blobs().chain(kept).map(|blob| blob.hash).collect()
}
