//! How writers get in each other's way: on circles of their own, where a serialisable database may still take them for rivals, and on
//! one circle. `OPSTAP_TEST_DATABASE=postgres://… cargo bench -p opstap-storage-postgres` prints what ADR 9 quotes.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and stops when it cannot go on")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use opstap_core::model::CircleKind;
use opstap_core::protocol::Verdict;
use opstap_core::{CircleId, DeviceId, EditName, Kind, Millis, OrganisationId, PersonId, Record, RecordId, Stamp};
use opstap_storage_postgres::testing::Schema;
use opstap_storage_postgres::{Limits, PostgresStorage};
use opstap_sync_server::Storage;
use opstap_sync_server::storage::{CircleRow, DeviceRow, EditRow, StorageError, Txn};

const WRITERS: u8 = 16;
const EACH: u64 = 100;
const PERSON: PersonId = PersonId([1; 16]);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        for (what, circles) in [("a circle each", WRITERS), ("one circle", 1)] {
            let Some(schema) = Schema::new() else { return };
            let storage = schema.open(Limits { patience: Duration::from_secs(60), ..Limits::default() }).await;
            measure(&storage, what, circles).await;
        }
    });
}

async fn measure(storage: &PostgresStorage, what: &str, circles: u8) {
    storage.write(move |txn| (0..circles).try_for_each(|n| fill(txn, circle(n)))).await.unwrap();
    let runs = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| tokio::spawn(write(storage.clone(), circle(writer % circles), writer, Arc::clone(&runs))))
        .collect();
    let mut longest = Duration::ZERO;
    for writer in writers {
        longest = longest.max(writer.await.unwrap());
    }
    let (jobs, runs, seconds) = (u64::from(WRITERS) * EACH, runs.load(Ordering::SeqCst), begun.elapsed().as_secs_f64());
    println!("{WRITERS} writers, {what}: {jobs} jobs in {seconds:.1} s, {runs} runs, the longest job {longest:.0?}");
}

/// Writes edits one after another; gives how long the longest took.
async fn write(storage: PostgresStorage, circle: CircleId, writer: u8, runs: Arc<AtomicUsize>) -> Duration {
    let mut longest = Duration::ZERO;
    for n in 0..EACH {
        let (begun, runs) = (Instant::now(), Arc::clone(&runs));
        let job = storage.write(move |txn| {
            runs.fetch_add(1, Ordering::SeqCst);
            take_in(txn, circle, EditName { device: DeviceId([writer; 16]), n })
        });
        job.await.unwrap();
        longest = longest.max(begun.elapsed());
    }
    longest
}

/// About what the service asks and writes for one edit.
fn take_in(txn: &mut dyn Txn, circle: CircleId, name: EditName) -> Result<(), StorageError> {
    let device = name.device;
    txn.device(device)?;
    txn.put_device(&DeviceRow { waiting: 1, ..DeviceRow::first_seen(device, PERSON, Millis(1)) })?;
    let number = txn.lock_circle(circle)?.map_or(0, |row| row.counter) + 1;
    txn.records_of_kind(circle, Kind::Consent)?;
    txn.edit(circle, name)?;
    let mut id = [0; 16];
    id[..8].copy_from_slice(&name.n.to_be_bytes());
    id[8] = device.0[0];
    let mut record = Record::new(RecordId(id), Kind::Run, None);
    record.number = number;
    txn.record(circle, record.id)?;
    txn.unmade(circle, record.id)?;
    txn.put_record(circle, &record)?;
    let stamp = Stamp { millis: Millis(name.n), counter: 0, device };
    let verdict = Verdict::Accepted { number, restamped: None };
    txn.add_edit(circle, &EditRow { name, author: PERSON, stamp, digest: [0; 16], verdict })?;
    txn.move_counter(circle, number)
}

fn circle(n: u8) -> CircleId {
    CircleId([n; 16])
}

/// A circle in which sixty consents were given.
fn fill(txn: &mut dyn Txn, id: CircleId) -> Result<(), StorageError> {
    let organisation = OrganisationId([1; 16]);
    txn.add_circle(&CircleRow { id, organisation, kind: CircleKind::Client, counter: 0, restored: 0 })?;
    (0..60).try_for_each(|n| {
        let mut record = Record::new(RecordId([n; 16]), Kind::Consent, None);
        record.number = 1;
        txn.put_record(id, &record)
    })
}
