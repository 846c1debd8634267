//! The contract of the storage itself, without the service.

use opstap_core::access::{NotAllowed, Section, View};
use opstap_core::model::{CircleKind, OrganisationRole};
use opstap_core::protocol::{Reason, Verdict};
use opstap_core::{
    BlobHash, Cell, CircleId, DeviceId, Edit, EditName, Epoch, Kind, Millis, OrganisationId, PersonId, Record,
    RecordId, Seen, ServerId, Stamp,
};

use crate::storage::{
    BlobRow, CircleRow, Delivered, DeviceRow, Displaced, EditRow, Fate, InvitationRow, LetGoRow, OrganisationRow,
    PersonRow, QuarantinedEdit, Ruled, ServerRow, SessionRow, Storage, StorageError, Unmade,
};

const CIRCLE: CircleId = CircleId([1; 16]);
const OTHER: CircleId = CircleId([2; 16]);
const DEVICE: DeviceId = DeviceId([3; 16]);
const PERSON: PersonId = PersonId([4; 16]);
const ORGANISATION: OrganisationId = OrganisationId([5; 16]);

fn circle(id: CircleId, kind: CircleKind) -> CircleRow {
    CircleRow { id, organisation: ORGANISATION, kind, counter: 0, restored: 0 }
}

fn stamp(millis: u64) -> Stamp {
    Stamp { millis: Millis(millis), counter: 7, device: DEVICE }
}

fn cell(text: &str, number: u64) -> Cell {
    Cell { value: text.into(), stamp: stamp(number), number }
}

fn record(id: u8, kind: Kind, number: u64) -> Record {
    let mut record = Record::new(RecordId([id; 16]), kind, kind.parent().map(|_| RecordId([100; 16])));
    record.number = number;
    record.cells.insert("title".into(), cell("Koken", number));
    record
}

async fn with_circle<S: Storage>(storage: &S) {
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

fn edit(n: u64) -> Edit {
    Edit {
        name: EditName { device: DEVICE, n },
        stamp: stamp(n),
        circle: CIRCLE,
        seen: Seen { epoch: Epoch(2), number: 3 },
        beside: Some(PERSON),
        changes: vec![opstap_core::model::delete(RecordId([1; 16]))],
    }
}

pub async fn every_row_of_a_circle_comes_back_as_it_was<S: Storage>(storage: S) {
    let accepted = |restamped| Verdict::Accepted { number: 4, restamped };
    let verdicts = [
        accepted(None),
        accepted(Some(stamp(12))),
        Verdict::Refused(Reason::NotAllowed(NotAllowed::NoConsent)),
        Verdict::Quarantined,
    ];
    let rows: Vec<EditRow> = (11..)
        .zip(verdicts)
        .map(|(n, verdict)| EditRow {
            name: EditName { device: DEVICE, n },
            author: PERSON,
            stamp: stamp(n),
            digest: [8; 16],
            verdict,
        })
        .collect();
    let unmade = Unmade { id: RecordId([7; 16]), device: DEVICE, fate: Fate::Quarantined };
    let displaced = Displaced { cell: "text".into(), value: cell("Pak een kar", 3) };
    let quarantined = QuarantinedEdit { edit: edit(1), author: PERSON, at: Millis(5), ruled: None };
    let turned_away = QuarantinedEdit {
        edit: edit(2),
        ruled: Some(Ruled { by: PERSON, at: Millis(6), let_in: false }),
        ..quarantined.clone()
    };
    let let_in = QuarantinedEdit {
        edit: edit(3),
        ruled: Some(Ruled { by: PERSON, at: Millis(7), let_in: true }),
        ..quarantined.clone()
    };
    let quarantined = [quarantined, turned_away, let_in];
    let delivered = Delivered { person: PERSON, section: Section::Photos, day: 20_000, records: 2 };
    let blob = BlobRow { circle: CIRCLE, hash: BlobHash([6; 32]), size: 9, uploader: None, held_in: None };
    let held = BlobRow { hash: BlobHash([5; 32]), uploader: Some(PERSON), held_in: Some(OTHER), ..blob };
    let let_go = LetGoRow { device: DEVICE, person: PERSON, view: View(u64::MAX), at: Millis(8), told: Millis(9) };
    let earlier = LetGoRow { view: View::NOTHING, at: Millis(7), ..let_go };
    let (to_write, d, q) = (rows.clone(), displaced.clone(), quarantined.clone());
    storage
        .write(move |txn| {
            txn.add_circle(&circle(CIRCLE, CircleKind::Client))?;
            txn.add_circle(&circle(OTHER, CircleKind::Library))?;
            to_write.iter().try_for_each(|row| txn.add_edit(CIRCLE, row))?;
            for row in &to_write {
                txn.replace_edit(CIRCLE, &EditRow { verdict: Verdict::Quarantined, ..row.clone() })?;
                txn.replace_edit(CIRCLE, row)?;
            }
            txn.put_unmade(CIRCLE, &Unmade { fate: Fate::Refused, ..unmade })?;
            txn.put_unmade(CIRCLE, &unmade)?;
            for kept in &q {
                txn.put_quarantined(&QuarantinedEdit { ruled: None, ..kept.clone() })?;
                txn.put_quarantined(kept)?;
            }
            for _ in 0..2 {
                txn.add_displaced(CIRCLE, RecordId([1; 16]), &d)?;
                txn.add_delivery(CIRCLE, &delivered)?;
                txn.add_mention(CIRCLE, &blob.hash, RecordId([1; 16]))?;
            }
            for row in [let_go, earlier, LetGoRow { told: Millis(99), ..let_go }] {
                txn.add_let_go(CIRCLE, &row)?;
            }
            [blob, held].iter().try_for_each(|row| txn.put_blob(row))
        })
        .await
        .unwrap();
    storage
        .read(move |snapshot| {
            for row in &rows {
                assert_eq!(snapshot.edit(CIRCLE, row.name)?.as_ref(), Some(row));
                assert_eq!(snapshot.edit(OTHER, row.name)?, None);
            }
            let before = |n| snapshot.stamp_before(CIRCLE, EditName { device: DEVICE, n });
            assert_eq!((before(11)?, before(12)?, before(99)?), (None, Some(stamp(11)), Some(stamp(12))));
            assert_eq!(snapshot.unmade(CIRCLE, unmade.id)?, [unmade]);
            assert_eq!(snapshot.history(CIRCLE, RecordId([1; 16]))?, std::slice::from_ref(&displaced));
            assert_eq!(snapshot.quarantine(CIRCLE)?, quarantined);
            assert_eq!(snapshot.deliveries(CIRCLE)?, [Delivered { records: 4, ..delivered }]);
            assert_eq!(snapshot.let_go(CIRCLE)?, [earlier, let_go]);
            assert_eq!(snapshot.blob(CIRCLE, &held.hash)?, Some(held));
            assert_eq!(snapshot.blob_everywhere(&held.hash)?, [held]);
            assert_eq!(snapshot.lacking(CIRCLE)?, [blob.hash]);
            assert_eq!(snapshot.mentions(CIRCLE, &blob.hash)?, [RecordId([1; 16])]);
            assert_eq!(snapshot.circles_of_organisation(ORGANISATION, CircleKind::Library)?, [OTHER]);
            Ok(())
        })
        .await
        .unwrap();
}

pub async fn what_is_forgotten_of_a_record_is_gone_and_nothing_else_is<S: Storage>(storage: S) {
    let (one, other) = (RecordId([1; 16]), RecordId([2; 16]));
    let hash = |n: u8| BlobHash([n; 32]);
    let value = Cell { value: "weg".into(), stamp: stamp(1), number: 1 };
    let displaced = Displaced { cell: "text".into(), value };
    let quarantined = QuarantinedEdit { edit: edit(1), author: PERSON, at: Millis(5), ruled: None };
    let stays = QuarantinedEdit { edit: edit(2), ..quarantined.clone() };
    let (d, q) = (displaced.clone(), [quarantined.clone(), stays.clone()]);
    storage
        .write(move |txn| {
            txn.add_circle(&circle(CIRCLE, CircleKind::Client))?;
            [one, other].iter().try_for_each(|record| txn.add_displaced(CIRCLE, *record, &d))?;
            q.iter().try_for_each(|kept| txn.put_quarantined(kept))?;
            for (n, record) in [(1, one), (2, one), (2, other), (3, other)] {
                txn.add_mention(CIRCLE, &hash(n), record)?;
            }
            let row = BlobRow { circle: CIRCLE, hash: hash(1), size: 9, uploader: None, held_in: Some(CIRCLE) };
            txn.put_blob(&row)?;
            [hash(2), hash(1), hash(1)].iter().try_for_each(|hash| txn.put_to_erase(CIRCLE, hash))
        })
        .await
        .unwrap();
    let name = quarantined.edit.name;
    let left = storage.write(move |txn| {
        txn.forget(CIRCLE, one)?;
        txn.drop_quarantined(CIRCLE, name)?;
        txn.drop_blob(CIRCLE, &hash(1))?;
        txn.drop_to_erase(CIRCLE, &hash(2))?;
        txn.drop_mentions(CIRCLE, one)
    });
    assert_eq!(left.await, Ok(vec![hash(1)]), "the other record refers to the second");
    storage
        .read(move |snapshot| {
            assert_eq!(snapshot.history(CIRCLE, one)?, []);
            assert_eq!(snapshot.history(CIRCLE, other)?, std::slice::from_ref(&displaced));
            assert_eq!(snapshot.quarantine(CIRCLE)?, std::slice::from_ref(&stays));
            assert_eq!(
                (snapshot.mentions(CIRCLE, &hash(1))?, snapshot.mentions(CIRCLE, &hash(2))?),
                (vec![], vec![other])
            );
            assert_eq!((snapshot.blob(CIRCLE, &hash(1))?, snapshot.to_erase()?), (None, vec![(CIRCLE, hash(1))]));
            Ok(())
        })
        .await
        .unwrap();
}

pub async fn every_row_of_identity_comes_back_as_it_was<S: Storage>(storage: S) {
    let server = ServerRow { id: ServerId([1; 16]), epoch: Epoch(3), before: Epoch(2) };
    let organisation = OrganisationRow { id: ORGANISATION, name: "De Brug".into(), lease: 21 };
    let role = OrganisationRole::Coordinator;
    let person = PersonRow { id: PERSON, organisation: ORGANISATION, role, name: "Hanna \u{0} de Vries".into() };
    let device =
        DeviceRow { id: DEVICE, person: PERSON, since: Millis(5), revoked: Some(Millis(9)), waiting: 2, refused: 1 };
    let session = SessionRow { token: [1; 32], person: PERSON, device: DEVICE, since: Millis(5), revoked: false };
    let invitation = InvitationRow { short: [2; 32], long: [3; 32], person: PERSON, expires: Millis(7), used: None };
    let (o, p) = (organisation.clone(), person.clone());
    assert_eq!(storage.read(|snapshot| snapshot.server()).await, Ok(None));
    storage
        .write(move |txn| {
            txn.put_server(&server)?;
            txn.put_organisation(&o)?;
            txn.put_person(&p)?;
            txn.put_device(&DeviceRow { revoked: None, ..device })?;
            txn.put_device(&device)?;
            txn.add_session(&session)?;
            txn.revoke_sessions(DEVICE)?;
            txn.move_sessions(DEVICE, DeviceId([9; 16]))?;
            txn.add_invitation(&invitation)?;
            txn.use_invitation(&invitation, Millis(6))?;
            txn.put_membership(PERSON, CIRCLE, true)?;
            txn.put_membership(PERSON, OTHER, true)?;
            txn.put_membership(PERSON, CIRCLE, false)
        })
        .await
        .unwrap();
    storage
        .read(move |snapshot| {
            assert_eq!(snapshot.server()?, Some(server));
            assert_eq!(snapshot.organisations()?, std::slice::from_ref(&organisation));
            assert_eq!(snapshot.person(PERSON)?.as_ref(), Some(&person));
            assert_eq!(snapshot.persons(ORGANISATION)?, std::slice::from_ref(&person));
            assert_eq!((snapshot.device(DEVICE)?, snapshot.devices(PERSON)?), (Some(device), vec![device]));
            let now = SessionRow { device: DeviceId([9; 16]), revoked: true, ..session };
            assert_eq!(snapshot.session(&[1; 32])?, Some(now));
            let used = Some(InvitationRow { used: Some(Millis(6)), ..invitation });
            assert_eq!((snapshot.invitation(&[2; 32])?, snapshot.invitation(&[3; 32])?), (used, used));
            assert_eq!(snapshot.invitation(&[4; 32])?, None);
            assert_eq!(snapshot.memberships(PERSON)?, [(CIRCLE, false), (OTHER, true)]);
            Ok(())
        })
        .await
        .unwrap();
    storage.write(|txn| txn.end_session(&[1; 32])).await.unwrap();
    assert_eq!(storage.read(|snapshot| snapshot.session(&[1; 32])).await, Ok(None));
}
