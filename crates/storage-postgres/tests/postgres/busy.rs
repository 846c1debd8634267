//! Jobs that get in each other's way are run again, and who can get no connection hears so instead of waiting for ever.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use opstap_core::OrganisationId;
use opstap_storage_postgres::{Limits, PostgresStorage};
use opstap_sync_server::Storage;
use opstap_sync_server::storage::{OrganisationRow, StorageError};
use opstap_sync_server::suite::interleaved;

use opstap_storage_postgres::testing::Schema;

use crate::open;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_job_that_lost_a_race_is_run_again() {
    let Some((storage, _kept)) = open() else { return };
    assert!(interleaved::two_count_up(&storage).await > 2);
    let Some((storage, _kept)) = open() else { return };
    assert!(interleaved::two_look_for_each_other(&storage).await > 2);
    let Some((storage, _kept)) = open() else { return };
    assert!(interleaved::two_lock_one_circle(&storage).await > 2);
}

/// A read that holds its connection until told to end.
fn hold(storage: &PostgresStorage, until: Receiver<()>) -> tokio::task::JoinHandle<Result<(), StorageError>> {
    let (storage, until) = (storage.clone(), Arc::new(Mutex::new(until)));
    tokio::spawn(async move {
        storage
            .read(move |snapshot| {
                snapshot.server()?;
                let _ = until.lock().unwrap().recv();
                snapshot.server().map(drop)
            })
            .await
    })
}

async fn write(storage: PostgresStorage, row: OrganisationRow) -> Result<(), StorageError> {
    storage.write(move |txn| txn.put_organisation(&row)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_all_connections_are_at_work_a_job_waits_a_while_and_is_told_to_try_again() {
    let Some(schema) = Schema::new() else { return };
    let limits = Limits { connections: 2, patience: Duration::from_millis(400), ..Limits::default() };
    let storage = schema.open(limits).await;
    let organisation =
        OrganisationRow { id: OrganisationId([1; 16]), name: "De Brug".into(), lease: OrganisationRow::LEASE };
    let held = [channel(), channel()].map(|(end, until)| (end, hold(&storage, until)));
    tokio::time::sleep(Duration::from_millis(100)).await;

    let asked = Instant::now();
    assert_eq!(write(storage.clone(), organisation.clone()).await, Err(StorageError::TryAgain));
    assert!(asked.elapsed() >= limits.patience, "it waited");
    assert!(asked.elapsed() < limits.patience * 5, "and not for long");

    // More jobs than connections, all at once, as soon as there is one again: none is forgotten.
    let many: Vec<_> = (0..20).map(|_| tokio::spawn(write(storage.clone(), organisation.clone()))).collect();
    for (end, _) in &held {
        end.send(()).unwrap();
    }
    for one in many {
        assert_eq!(one.await.unwrap(), Ok(()));
    }
    for (_, reading) in held {
        assert_eq!(reading.await.unwrap(), Ok(()));
    }
}
