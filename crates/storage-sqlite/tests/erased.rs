//! What was purged is not only out of sight: the words are in none of the database's files any more when the verdict is there.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::path::Path;

use opstap_core::model::{self, Model};
use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::suite::world::{World, plan, step};

/// In how many files of a folder these words stand.
fn files_with(folder: &Path, words: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.filter(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes())).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_words_of_what_was_purged_are_in_no_file_of_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(&folder.path().join("opstap.db")).unwrap();
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id) = (world.id(), world.id());
    let written = ["een geheim van Sem", "wat hij eerst schreef", "wat hij later schreef"];
    sem.does(&world, vec![plan(written[0]).make(plan_id), step(written[1]).make_below(step_id, plan_id)]).await;
    sem.does(&world, vec![model::set(step_id, "text", written[2])]).await;
    // Much else, so that pages are split and used again.
    for nth in 0..200 {
        sem.does(&world, vec![plan(&format!("een ander plan {nth}")).make(world.id())]).await;
    }
    for words in written {
        assert!(files_with(folder.path(), words) > 0, "{words} is there before");
    }
    sem.does(&world, vec![model::purge(plan_id)]).await;
    for words in written {
        assert_eq!(files_with(folder.path(), words), 0, "{words}");
    }
    assert!(files_with(folder.path(), "een ander plan 7") > 0);
}
