//! What is erased leaves the log too, whatever stands in the way at first.

use std::path::Path;
use std::time::Duration;

use opstap_core::{Cell, CircleId, DeviceId, Millis, RecordId, Stamp};
use opstap_sync_server::storage::Displaced;

use super::*;
use crate::{connection, migrations};

const CIRCLE: CircleId = CircleId([1; 16]);
const RECORD: RecordId = RecordId([2; 16]);
const WORDS: &str = "een geheim van Sem";

/// A writer that does not wait long for others.
fn writer(path: &Path) -> Writer {
    let mut connection = connection::open(path).unwrap();
    migrations::apply(&mut connection).unwrap();
    connection.busy_timeout(Duration::from_millis(10)).unwrap();
    Writer::start(connection).unwrap()
}

async fn write(
    writer: &Writer,
    job: impl FnMut(&mut dyn Txn) -> Result<(), StorageError> + Send + 'static,
) -> Result<(), StorageError> {
    let (reply, answer) = oneshot::channel();
    writer.send(waiting(job, reply)).unwrap();
    answer.await.map_err(crate::stopped)?
}

fn files_have_the_words(folder: &Path) -> bool {
    let mut files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.any(|bytes| bytes.windows(WORDS.len()).any(|window| window == WORDS.as_bytes()))
}

/// Words that were erased while a reader held the log.
async fn erased_under_a_reader(path: &Path, writer: &Writer) -> Connection {
    let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([3; 16]) };
    let was = Displaced { cell: "text".into(), value: Cell { value: WORDS.into(), stamp, number: 1 } };
    write(writer, move |txn| txn.add_displaced(CIRCLE, RECORD, &was)).await.unwrap();
    let reader = connection::open(path).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM history").unwrap();
    write(writer, |txn| txn.forget(CIRCLE, RECORD)).await.unwrap();
    reader
}

#[tokio::test]
async fn a_log_that_a_reader_held_is_emptied_later_also_when_a_commit_failed_in_between() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("opstap.db");
    let writer = writer(&path);
    let reader = erased_under_a_reader(&path, &writer).await;
    assert!(files_have_the_words(folder.path()), "the reader holds the log");
    let other = connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let busy = write(&writer, |txn| txn.mark_restored()).await;
    assert_eq!(busy, Err(StorageError::TryAgain), "nothing was wrong with the job: it can be tried again");
    other.execute_batch("ROLLBACK").unwrap();
    reader.execute_batch("ROLLBACK").unwrap();
    write(&writer, |txn| txn.mark_restored()).await.unwrap();
    assert!(!files_have_the_words(folder.path()));
}

#[tokio::test]
async fn a_log_that_could_not_be_emptied_before_a_crash_is_emptied_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("opstap.db");
    let before = writer(&path);
    let reader = erased_under_a_reader(&path, &before).await;
    reader.execute_batch("ROLLBACK").unwrap();
    assert!(files_have_the_words(folder.path()));
    // It never closes the database, as when the power fails.
    std::mem::forget(before);
    let after = writer(&path);
    write(&after, |txn| txn.mark_restored()).await.unwrap();
    assert!(!files_have_the_words(folder.path()));
}
