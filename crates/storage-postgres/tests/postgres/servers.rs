//! Several servers on one database, of one version or not.

use opstap_core::model::CircleKind;
use opstap_core::{CircleId, OrganisationId};
use opstap_storage_postgres::{Limits, PostgresStorage};
use opstap_sync_server::Storage;
use opstap_sync_server::storage::{CircleRow, StorageError};

use opstap_storage_postgres::testing::Schema;

const CIRCLE: CircleId = CircleId([1; 16]);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_together_make_the_tables_once_and_count_as_one() {
    let Some(schema) = Schema::new() else { return };
    let starting: Vec<_> = (0..3)
        .map(|_| {
            let address = schema.address();
            tokio::spawn(async move { PostgresStorage::open(&address).await.unwrap() })
        })
        .collect();
    let mut servers = Vec::new();
    for server in starting {
        servers.push(server.await.unwrap());
    }
    let organisation = OrganisationId([5; 16]);
    let row = CircleRow { id: CIRCLE, organisation, kind: CircleKind::Client, counter: 0, restored: 0 };
    servers[0].write(move |txn| txn.add_circle(&row)).await.unwrap();
    let jobs: Vec<_> = (0..9)
        .map(|n| {
            let server = servers[n % 3].clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    let moved = server.write(|txn| {
                        let counter = txn.lock_circle(CIRCLE)?.map_or(0, |row| row.counter);
                        txn.move_counter(CIRCLE, counter + 1)
                    });
                    moved.await.unwrap();
                }
            })
        })
        .collect();
    for job in jobs {
        job.await.unwrap();
    }
    for server in servers {
        assert_eq!(server.read(|snapshot| snapshot.circle(CIRCLE)).await.unwrap().unwrap().counter, 90);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_of_a_newer_version_is_left_alone() {
    let Some(schema) = Schema::new() else { return };
    schema.run("CREATE TABLE schema_version (one BIGINT PRIMARY KEY, version BIGINT NOT NULL)".to_owned());
    schema.run("INSERT INTO schema_version VALUES (1, 99)".to_owned());
    let opened = PostgresStorage::open_within(&schema.address(), Limits::default()).await;
    assert!(matches!(opened.err(), Some(StorageError::TooNew { found: 99, .. })));
    // Were there tables, this would not succeed.
    schema.run("CREATE TABLE circle (circle BIGINT)".to_owned());
}
