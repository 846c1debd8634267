//! What is particular to a database in a file: it outlives the process, it may be no database, and jobs that share a commit do not
//! share their fate.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;

use opstap_core::OrganisationId;
use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::Storage;
use opstap_sync_server::storage::{OrganisationRow, StorageError};

/// Tells the child of the crash test where to write.
const CHILD: &str = "OPSTAP_CRASH_TEST";

fn organisation(n: u8) -> OrganisationRow {
    OrganisationRow { id: OrganisationId([n; 16]), name: "De Brug".into(), lease: 14 }
}

async fn organisations(storage: &SqliteStorage) -> Vec<u8> {
    let found = storage.read(|snapshot| snapshot.organisations()).await.unwrap();
    found.iter().map(|row| row.id.0[0]).collect()
}

#[tokio::test]
async fn what_was_answered_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("opstap.db");
    let storage = SqliteStorage::open(&path).unwrap();
    storage.write(|txn| txn.put_organisation(&organisation(1))).await.unwrap();
    drop(storage);
    assert!(!path.with_extension("db-wal").exists(), "closing leaves one file");
    assert_eq!(organisations(&SqliteStorage::open(&path).unwrap()).await, [1]);
}

/// Not a test of its own: the process that the next test makes crash.
#[tokio::test]
async fn child_of_the_crash_test() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let storage = SqliteStorage::open(Path::new(&path)).unwrap();
    storage.write(|txn| txn.put_organisation(&organisation(1))).await.unwrap();
    let (begun, begins) = channel();
    tokio::spawn(async move {
        let unanswered = storage.write(move |txn| {
            txn.put_organisation(&organisation(2))?;
            let _ = begun.send(());
            std::thread::sleep(std::time::Duration::from_secs(60));
            Ok(())
        });
        unanswered.await
    });
    tokio::task::spawn_blocking(move || begins.recv()).await.unwrap().unwrap();
    std::process::abort();
}

#[tokio::test]
async fn a_crash_keeps_what_was_answered_and_nothing_of_what_was_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("opstap.db");
    let mut child = Command::new(std::env::current_exe().unwrap());
    let status = child.args(["--exact", "child_of_the_crash_test"]).env(CHILD, &path).output().unwrap().status;
    assert!(!status.success(), "the child crashed");
    assert_eq!(organisations(&SqliteStorage::open(&path).unwrap()).await, [1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn jobs_in_one_commit_do_not_share_their_fate() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(&folder.path().join("opstap.db")).unwrap();
    let (begun, begins) = channel();
    let (let_go, wait) = channel::<()>();
    let first = tokio::spawn({
        let storage = storage.clone();
        async move {
            storage
                .write(move |txn| {
                    let _ = begun.send(());
                    let _ = wait.recv();
                    txn.put_organisation(&organisation(100))
                })
                .await
        }
    });
    tokio::task::spawn_blocking(move || begins.recv()).await.unwrap().unwrap();
    // While the writer is held up these queue, so that the next commit takes them all.
    let queued: Vec<_> = (0..20_u8)
        .map(|n| {
            let storage = storage.clone();
            tokio::spawn(async move {
                storage
                    .write(move |txn| {
                        txn.put_organisation(&organisation(n))?;
                        match n % 4 {
                            1 => Err(StorageError::TryAgain),
                            3 => panic!("as a programming error would"),
                            _ => Ok(n),
                        }
                    })
                    .await
            })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let_go.send(()).unwrap();
    first.await.unwrap().unwrap();
    for (n, job) in (0..).zip(queued) {
        match (n % 4, job.await.unwrap()) {
            (1, outcome) => assert_eq!(outcome, Err(StorageError::TryAgain)),
            (3, outcome) => assert!(matches!(outcome, Err(StorageError::Unavailable(_)))),
            (_, outcome) => assert_eq!(outcome, Ok(n)),
        }
    }
    let even: Vec<u8> = (0..20).filter(|n| n % 2 == 0).chain([100]).collect();
    assert_eq!(organisations(&storage).await, even);
}

#[test]
fn what_is_no_database_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let no_database = folder.path().join("boodschappen.txt");
    std::fs::write(&no_database, "melk, brood, eieren, ".repeat(100)).unwrap();
    assert_eq!(SqliteStorage::open(&no_database).err(), Some(StorageError::Corrupt("the database file")));
    assert!(matches!(SqliteStorage::open(folder.path()).err(), Some(StorageError::Unavailable(_))));
    assert!(std::fs::read_to_string(&no_database).unwrap().starts_with("melk"), "and left as it is");
}
