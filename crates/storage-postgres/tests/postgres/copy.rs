//! A copy of a database comes back as it was, whole or not at all.

use std::fs;

use opstap_core::{OrganisationId, PersonId};
use opstap_storage_postgres::testing::Schema;
use opstap_storage_postgres::{Limits, PostgresStorage, copy_in, copy_out};
use opstap_sync_server::Storage;
use opstap_sync_server::storage::{OrganisationRow, StorageError};

/// A name with everything that COPY and TEXT could stumble over.
const NAME: &str = "De \u{0}Brug\t\\N\n\\. \u{1f309}";

async fn fill(storage: &PostgresStorage, n: u8) {
    let row = OrganisationRow { id: OrganisationId([n; 16]), name: NAME.into(), lease: OrganisationRow::LEASE };
    storage.write(move |txn| txn.put_organisation(&row)).await.unwrap();
}

async fn organisations(storage: &PostgresStorage) -> Vec<(u8, String)> {
    let found = storage.read(|snapshot| snapshot.organisations()).await.unwrap();
    found.into_iter().map(|row| (row.id.0[0], row.name)).collect()
}

/// A database in use with one organisation in it.
async fn in_use(schema: &Schema, n: u8) {
    let storage = schema.open(Limits::default()).await;
    let first = storage.first_start().await.unwrap().unwrap();
    fill(&storage, n).await;
    first.done().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_copy_comes_back_as_it_was_and_is_served_once_the_restore_is_done() {
    let (Some(from), Some(to)) = (Schema::new(), Schema::new()) else { return };
    let folder = tempfile::tempdir().unwrap();
    in_use(&from, 1).await;
    in_use(&to, 2).await;
    assert_eq!(copy_out(&from.address(), folder.path()).await, Ok(true));
    let storage = copy_in(&to.address(), folder.path()).await.unwrap();
    assert_eq!(organisations(&storage).await, [(1, NAME.to_owned())]);
    assert!(matches!(storage.first_start().await.err(), Some(StorageError::Unavailable(_))), "half a restore");
    storage.restored().await.unwrap();
    assert!(storage.first_start().await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_copy_of_an_earlier_version_comes_back_and_gets_the_tables_of_now() {
    let (Some(from), Some(to)) = (Schema::new(), Schema::new()) else { return };
    let folder = tempfile::tempdir().unwrap();
    in_use(&from, 1).await;
    assert_eq!(copy_out(&from.address(), folder.path()).await, Ok(true));
    // As the version before mail left it.
    let list = fs::read_to_string(folder.path().join("list")).unwrap();
    let (_, tables) = list.split_once('\n').unwrap();
    let tables = tables.lines().filter(|line| !line.starts_with("mail")).map(|line| format!("{line}\n"));
    fs::write(folder.path().join("list"), format!("2\n{}", tables.collect::<String>())).unwrap();
    for table in ["mail", "mail_news"] {
        fs::remove_file(folder.path().join(table)).unwrap();
    }
    let storage = copy_in(&to.address(), folder.path()).await.unwrap();
    assert_eq!(organisations(&storage).await, [(1, NAME.to_owned())]);
    assert_eq!(storage.read(|snapshot| snapshot.mail(PersonId([1; 16]))).await, Ok(None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_no_whole_copy_or_would_disturb_a_server_changes_nothing() {
    let (Some(from), Some(to)) = (Schema::new(), Schema::new()) else { return };
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(copy_out(&from.address(), folder.path()).await, Ok(false), "there is nothing yet");
    in_use(&from, 1).await;
    in_use(&to, 2).await;
    assert_eq!(copy_out(&from.address(), folder.path()).await, Ok(true));
    let serving = to.open(Limits::default()).await;
    fill(&serving, 3).await;
    let refused = copy_in(&to.address(), folder.path()).await.err();
    assert!(matches!(refused, Some(StorageError::Unavailable(why)) if why.contains("another Opstap")));
    drop(serving);
    for (file, bytes) in [("organisation", "half a row"), ("list", "99\n"), ("list", "nonsense")] {
        let whole = fs::read(folder.path().join(file)).unwrap();
        fs::write(folder.path().join(file), bytes).unwrap();
        assert!(copy_in(&to.address(), folder.path()).await.is_err(), "{file}: {bytes}");
        fs::write(folder.path().join(file), whole).unwrap();
    }
    let storage = to.open(Limits::default()).await;
    assert_eq!(organisations(&storage).await, [(2, NAME.to_owned()), (3, NAME.to_owned())]);
    assert!(storage.first_start().await.unwrap().is_none(), "it is in use as before");
}
