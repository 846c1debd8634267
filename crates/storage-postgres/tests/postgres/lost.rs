//! A connection can be lost at any moment: a job still counts once, or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use opstap_core::model::CircleKind;
use opstap_core::{CircleId, OrganisationId};
use opstap_storage_postgres::{Limits, PostgresStorage};
use opstap_sync_server::Storage;
use opstap_sync_server::storage::{CircleRow, StorageError};

use crate::cut::{Cut, Line};
use opstap_storage_postgres::testing::Schema;

const CIRCLE: CircleId = CircleId([1; 16]);

async fn with_circle(storage: &PostgresStorage) {
    let organisation = OrganisationId([5; 16]);
    let row = CircleRow { id: CIRCLE, organisation, kind: CircleKind::Client, counter: 0, restored: 0 };
    storage.write(move |txn| txn.add_circle(&row)).await.unwrap();
}

async fn counter(storage: &PostgresStorage) -> u64 {
    storage.read(|snapshot| snapshot.circle(CIRCLE)).await.unwrap().unwrap().counter
}

/// Counts one up and gives what it counted to; `half_way` is done in the middle of each run.
async fn count_up(
    storage: &PostgresStorage,
    half_way: impl Fn() + Send + 'static,
) -> (Result<u64, StorageError>, usize) {
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let job = storage.write(move |txn| {
        let counter = txn.lock_circle(CIRCLE)?.map_or(0, |row| row.counter);
        if counted.fetch_add(1, Ordering::SeqCst) == 0 {
            half_way();
        }
        txn.move_counter(CIRCLE, counter + 1)?;
        Ok(counter + 1)
    });
    let result = job.await;
    (result, runs.load(Ordering::SeqCst))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_connection_lost_half_way_makes_the_job_run_again_on_another() {
    let Some(schema) = Schema::new() else { return };
    let schema = Arc::new(schema);
    let storage = schema.open(Limits::default()).await;
    with_circle(&storage).await;
    let outside = Arc::clone(&schema);
    let ended = count_up(&storage, move || outside.end_connections()).await;
    assert_eq!(ended, (Ok(1), 2));
    assert_eq!(counter(&storage).await, 1);
    schema.end_connections();
    assert_eq!(counter(&storage).await, 1, "one that was lost while nobody used it is not noticed at all");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_connection_lost_before_the_commit_makes_the_job_run_again() {
    let Some(schema) = Schema::new() else { return };
    let line = Line::to(&schema.address()).await;
    let storage = PostgresStorage::open(&line.address).await.unwrap();
    with_circle(&storage).await;
    line.cut_next_commit(Cut::Before);
    let ended = count_up(&storage, || ()).await;
    assert!(line.was_cut());
    assert_eq!(ended, (Ok(1), 2));
    assert_eq!(counter(&storage).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_connection_lost_after_the_commit_does_not_make_the_job_count_twice() {
    let Some(schema) = Schema::new() else { return };
    let line = Line::to(&schema.address()).await;
    let storage = PostgresStorage::open(&line.address).await.unwrap();
    with_circle(&storage).await;
    line.cut_next_commit(Cut::After);
    let ended = count_up(&storage, || ()).await;
    assert!(line.was_cut());
    assert_eq!(ended, (Ok(1), 1));
    assert_eq!(counter(&storage).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_that_is_not_there_is_told_after_a_while() {
    let Some(schema) = Schema::new() else { return };
    let soon = Duration::from_millis(300);
    let limits = Limits { patience: soon, at_the_start: soon, ..Limits::default() };
    let nobody = PostgresStorage::open_within("postgres://opstap@127.0.0.1:1/opstap", limits).await;
    assert_eq!(nobody.err(), Some(StorageError::Unavailable("PostgreSQL cannot be reached".to_owned())));
    let no_address = PostgresStorage::open("mysql:opstap").await;
    assert!(matches!(no_address.err(), Some(StorageError::Unavailable(_))));
    let unknown = format!("{}_not", schema.address().split('?').next().unwrap());
    let unknown = PostgresStorage::open_within(&unknown, limits).await;
    assert_eq!(unknown.err(), Some(StorageError::Unavailable("PostgreSQL: 3D000".to_owned())));
}
