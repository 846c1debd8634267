//! Storages in a mood: one that runs every job twice, as a database that lost a race does, and one that is too busy to write.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use opstap_core::model::Model;
use opstap_core::protocol::Verdict;
use opstap_sync_server::memory::MemoryStorage;
use opstap_sync_server::storage::{Snapshot, Storage, StorageError, Txn};
use opstap_sync_server::suite::world::{World, plan};

/// Runs each write job once for nothing, and then again.
#[derive(Clone, Default)]
struct Again(MemoryStorage);

impl Storage for Again {
    async fn read<R: Send + 'static>(
        &self,
        job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        self.0.read(job).await
    }

    async fn write<R: Send + 'static>(
        &self,
        job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        let job = Arc::new(Mutex::new(job));
        let first = Arc::clone(&job);
        let lost = self.0.write(move |txn| {
            let mut job = first.lock().unwrap_or_else(PoisonError::into_inner);
            job(txn).and(Err::<(), _>(StorageError::TryAgain))
        });
        let _ = lost.await;
        self.0.write(move |txn| job.lock().unwrap_or_else(PoisonError::into_inner)(txn)).await
    }
}

/// Too busy to write while it is said to be.
#[derive(Clone, Default)]
struct Busy(MemoryStorage, Arc<AtomicBool>);

impl Storage for Busy {
    async fn read<R: Send + 'static>(
        &self,
        job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        self.0.read(job).await
    }

    async fn write<R: Send + 'static>(
        &self,
        job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        if self.1.load(Ordering::SeqCst) {
            return Err(StorageError::TryAgain);
        }
        self.0.write(job).await
    }
}

#[tokio::test]
async fn while_the_storage_is_busy_edits_are_for_later_and_the_rest_is_answered() {
    let storage = Busy::default();
    let busy = Arc::clone(&storage.1);
    let (world, mut sem) = World::with_consents(storage).await;
    let mut phone = world.phone(world.sem).await;
    let edits = vec![sem.edit(&world, vec![plan("Koken").make(world.id())])];
    busy.store(true, Ordering::SeqCst);
    let answer = sem.sends(&world, edits.clone()).await;
    assert_eq!(answer.verdicts, [(edits[0].name.n, Verdict::Later)]);
    phone.pulls(&world).await;
    assert_eq!(phone.records().count(), 3 + 4, "who only reads does not notice");
    busy.store(false, Ordering::SeqCst);
    let verdict = sem.sends(&world, edits).await.verdicts[0].1;
    assert!(matches!(verdict, Verdict::Accepted { .. }));
}

mod a_storage_that_runs_every_job_twice {
    use super::Again;

    fn open() -> (Again, ()) {
        (Again::default(), ())
    }

    opstap_sync_server::storage_suite!(open);
}
