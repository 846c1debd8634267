//! A new database is filled once, by one server, and anew when that was cut off.

use opstap_core::OrganisationId;
use opstap_storage_postgres::testing::Schema;
use opstap_storage_postgres::{Limits, PostgresStorage};
use opstap_sync_server::Storage;
use opstap_sync_server::storage::OrganisationRow;

async fn fill(storage: &PostgresStorage, n: u8) {
    let row = OrganisationRow { id: OrganisationId([n; 16]), name: "De Brug".into(), lease: OrganisationRow::LEASE };
    storage.write(move |txn| txn.put_organisation(&row)).await.unwrap();
}

async fn organisations(storage: &PostgresStorage) -> Vec<u8> {
    let found = storage.read(|snapshot| snapshot.organisations()).await.unwrap();
    found.iter().map(|row| row.id.0[0]).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_first_start_that_was_cut_off_begins_anew_and_one_that_ended_does_not() {
    let Some(schema) = Schema::new() else { return };
    let storage = schema.open(Limits::default()).await;
    let cut_off = storage.first_start().await.unwrap().unwrap();
    fill(&storage, 1).await;
    drop(cut_off);

    let second = storage.first_start().await.unwrap().unwrap();
    assert!(organisations(&storage).await.is_empty(), "half a first start is nothing");
    fill(&storage, 2).await;
    second.done().await.unwrap();
    assert!(storage.first_start().await.unwrap().is_none());
    assert_eq!(organisations(&storage).await, [2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_servers_that_start_first_one_fills_and_the_other_waits_for_it() {
    let Some(schema) = Schema::new() else { return };
    let (one, other) = (schema.open(Limits::default()).await, schema.open(Limits::default()).await);
    let first = one.first_start().await.unwrap().unwrap();
    let waiting = tokio::spawn({
        let other = other.clone();
        async move { other.first_start().await.unwrap().is_none() }
    });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    fill(&one, 1).await;
    first.done().await.unwrap();
    assert!(waiting.await.unwrap(), "it is filled");
    assert_eq!(organisations(&other).await, [1]);
}
