//! The contract of the storage itself, without the service.

use opstap_core::model::CircleKind;
use opstap_core::{Cell, CircleId, DeviceId, Kind, Millis, OrganisationId, PersonId, Record, RecordId, Stamp};

use crate::storage::{CircleRow, Storage, StorageError};

pub(super) const CIRCLE: CircleId = CircleId([1; 16]);
pub(super) const OTHER: CircleId = CircleId([2; 16]);
pub(super) const DEVICE: DeviceId = DeviceId([3; 16]);
pub(super) const PERSON: PersonId = PersonId([4; 16]);
pub(super) const ORGANISATION: OrganisationId = OrganisationId([5; 16]);

pub(super) fn circle(id: CircleId, kind: CircleKind) -> CircleRow {
    CircleRow { id, organisation: ORGANISATION, kind, counter: 0, restored: 0 }
}

pub(super) fn stamp(millis: u64) -> Stamp {
    Stamp { millis: Millis(millis), counter: 7, device: DEVICE }
}

pub(super) fn cell(text: &str, number: u64) -> Cell {
    Cell { value: text.into(), stamp: stamp(number), number }
}

fn record(id: u8, kind: Kind, number: u64) -> Record {
    let mut record = Record::new(RecordId([id; 16]), kind, kind.parent().map(|_| RecordId([100; 16])));
    record.number = number;
    record.cells.insert("title".into(), cell("Koken", number));
    record
}

pub(super) async fn with_circle<S: Storage>(storage: &S) {
    storage.write(|txn| txn.add_circle(&circle(CIRCLE, CircleKind::Client))).await.unwrap();
}

async fn puts<S: Storage>(storage: &S, records: Vec<Record>) {
    storage.write(move |txn| records.iter().try_for_each(|record| txn.put_record(CIRCLE, record))).await.unwrap();
}

pub async fn a_job_that_fails_leaves_nothing<S: Storage>(storage: S) {
    let failed: Result<(), StorageError> = storage
        .write(|txn| {
            txn.add_circle(&circle(CIRCLE, CircleKind::Client))?;
            txn.put_record(CIRCLE, &record(1, Kind::Plan, 1))?;
            Err(StorageError::TryAgain)
        })
        .await;
    assert_eq!(failed, Err(StorageError::TryAgain));
    assert_eq!(storage.read(|snapshot| snapshot.circle(CIRCLE)).await, Ok(None));
    assert_eq!(storage.read(|snapshot| snapshot.record(CIRCLE, RecordId([1; 16]))).await, Ok(None));
}

pub async fn a_job_that_panics_leaves_nothing_and_stops_nobody<S: Storage>(storage: S) {
    let shared = storage.clone();
    let panicking = tokio::spawn(async move {
        shared
            .write(|txn| -> Result<(), StorageError> {
                txn.add_circle(&circle(CIRCLE, CircleKind::Client))?;
                panic!("as a programming error would")
            })
            .await
    });
    assert!(!matches!(panicking.await, Ok(Ok(()))));
    assert_eq!(storage.read(|snapshot| snapshot.circle(CIRCLE)).await, Ok(None));
    with_circle(&storage).await;
    assert!(storage.read(|snapshot| snapshot.circle(CIRCLE)).await.unwrap().is_some());
}

pub async fn a_job_sees_its_own_writes_and_others_see_them_after_it<S: Storage>(storage: S) {
    let within = storage
        .write(|txn| {
            txn.add_circle(&circle(CIRCLE, CircleKind::Client))?;
            txn.move_counter(CIRCLE, 5)?;
            txn.circle(CIRCLE)
        })
        .await
        .unwrap();
    assert_eq!(within.map(|row| row.counter), Some(5));
    assert_eq!(storage.read(|snapshot| snapshot.circle(CIRCLE)).await, Ok(within));
}

pub async fn a_read_stays_with_one_moment<S: Storage>(storage: S) {
    with_circle(&storage).await;
    let (looked, first_look) = std::sync::mpsc::channel();
    let (go_on, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let shared = storage.clone();
    let reading = tokio::spawn(async move {
        shared
            .read(move |snapshot| {
                let first = snapshot.circle(CIRCLE)?.map(|row| row.counter);
                let _ = looked.send(());
                let _ = wait.lock().unwrap().recv();
                Ok((first, snapshot.circle(CIRCLE)?.map(|row| row.counter)))
            })
            .await
    });
    tokio::task::spawn_blocking(move || first_look.recv()).await.unwrap().unwrap();
    // A reader does not hold up the writer, and the writer does not disturb the reader.
    storage.write(|txn| txn.move_counter(CIRCLE, 9)).await.unwrap();
    go_on.send(()).unwrap();
    assert_eq!(reading.await.unwrap(), Ok((Some(0), Some(0))));
    assert_eq!(storage.read(|snapshot| snapshot.circle(CIRCLE)).await.unwrap().unwrap().counter, 9);
}

pub async fn jobs_that_move_one_counter_run_one_after_another<S: Storage>(storage: S) {
    with_circle(&storage).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let storage = storage.clone();
            tokio::spawn(async move {
                for _ in 0..25 {
                    let moved = storage.write(|txn| {
                        let counter = txn.lock_circle(CIRCLE)?.map_or(0, |row| row.counter);
                        txn.move_counter(CIRCLE, counter + 1)
                    });
                    moved.await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(storage.read(|snapshot| snapshot.circle(CIRCLE)).await.unwrap().unwrap().counter, 200);
}

fn ids(records: &[Record]) -> Vec<u8> {
    records.iter().map(|record| record.id.0[0]).collect()
}

pub async fn a_page_of_changes_ends_between_two_numbers<S: Storage>(storage: S) {
    with_circle(&storage).await;
    let numbered = [(9, 1), (8, 2), (3, 2), (7, 2), (5, 3), (6, 4)];
    puts(&storage, numbered.map(|(id, number)| record(id, Kind::Plan, number)).to_vec()).await;
    let page = |above, at_most| {
        let storage = storage.clone();
        async move { ids(&storage.read(move |snapshot| snapshot.changed_after(CIRCLE, above, at_most)).await.unwrap()) }
    };
    assert_eq!(page(0, 1).await, [9]);
    assert_eq!(page(0, 2).await, [9, 3, 7, 8], "what shares the last one's number comes along");
    assert_eq!(page(1, 3).await, [3, 7, 8]);
    assert_eq!(page(2, 100).await, [5, 6]);
    assert_eq!(page(4, 100).await, [0_u8; 0]);
}

pub async fn a_load_has_what_was_born_up_to_its_number_in_order_of_need_and_id<S: Storage>(storage: S) {
    with_circle(&storage).await;
    let records = [
        record(9, Kind::Member, 1),
        record(4, Kind::Step, 1),
        record(2, Kind::Run, 2),
        record(3, Kind::Plan, 2),
        record(1, Kind::Plan, 3),
    ];
    puts(&storage, records.to_vec()).await;
    let page = |number, after: Option<(u8, u8)>, at_most| {
        let (storage, after) = (storage.clone(), after.map(|(need, id)| (need, RecordId([id; 16]))));
        async move { ids(&storage.read(move |snapshot| snapshot.load_page(CIRCLE, number, after, at_most)).await.unwrap()) }
    };
    assert_eq!(page(2, None, 100).await, [9, 3, 4, 2]);
    assert_eq!(page(3, None, 2).await, [9, 1]);
    assert_eq!(page(3, Some((1, 1)), 100).await, [3, 4, 2]);
    assert_eq!(page(3, Some((1, 200)), 100).await, [2]);
    assert_eq!(
        storage.read(|snapshot| snapshot.records_of_kind(CIRCLE, Kind::Plan)).await.map(|found| ids(&found)),
        Ok(vec![1, 3])
    );
    assert_eq!(storage.read(|snapshot| snapshot.load_page(OTHER, 9, None, 9)).await, Ok(Vec::new()));
    let children = storage.read(|snapshot| snapshot.children(CIRCLE, RecordId([100; 16]))).await;
    assert_eq!(children, Ok(vec![RecordId([4; 16])]));
}

pub async fn a_record_written_again_keeps_its_place_in_a_load<S: Storage>(storage: S) {
    with_circle(&storage).await;
    puts(&storage, vec![record(1, Kind::Plan, 1)]).await;
    puts(&storage, vec![record(1, Kind::Plan, 8)]).await;
    let load = storage.read(|snapshot| snapshot.load_page(CIRCLE, 1, None, 9)).await.unwrap();
    assert_eq!(load, [record(1, Kind::Plan, 8)], "as it is now");
    assert_eq!(storage.read(|snapshot| snapshot.changed_after(CIRCLE, 1, 9)).await.unwrap().len(), 1);
}
