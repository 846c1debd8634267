//! The contract of the storage: every row comes back as it was written.

use opstap_core::access::{NotAllowed, Section, View};
use opstap_core::model::{CircleKind, OrganisationRole};
use opstap_core::protocol::{Reason, Verdict};
use opstap_core::{BlobHash, Cell, DeviceId, Edit, EditName, Epoch, Millis, RecordId, Seen, ServerId};

use super::contract::{CIRCLE, DEVICE, ORGANISATION, OTHER, PERSON, cell, circle, stamp, with_circle};
use crate::storage::{
    BlobRow, Delivered, DeviceRow, Displaced, EditRow, Fate, InvitationRow, LetGoRow, OrganisationRow, PersonRow,
    QuarantinedEdit, Ruled, ServerRow, SessionRow, Storage, Unmade,
};

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

/// A storage with a client's circle and a library.
async fn with_two_circles<S: Storage>(storage: &S) {
    with_circle(storage).await;
    storage.write(|txn| txn.add_circle(&circle(OTHER, CircleKind::Library))).await.unwrap();
    let found = storage.read(|snapshot| snapshot.circles_of_organisation(ORGANISATION, CircleKind::Library)).await;
    assert_eq!(found, Ok(vec![OTHER]));
}

pub async fn the_verdict_on_every_edit_comes_back_as_it_was<S: Storage>(storage: S) {
    with_two_circles(&storage).await;
    let accepted = |restamped| Verdict::Accepted { number: 4, restamped };
    let verdicts = [
        accepted(None),
        accepted(Some(stamp(12))),
        Verdict::Refused(Reason::NotAllowed(NotAllowed::NoConsent)),
        Verdict::Quarantined,
    ];
    let rows = (11..).zip(verdicts).map(|(n, verdict)| EditRow {
        name: EditName { device: DEVICE, n },
        author: PERSON,
        stamp: stamp(n),
        digest: [8; 16],
        verdict,
    });
    let rows: Vec<EditRow> = rows.collect();
    let unmade = Unmade { id: RecordId([7; 16]), device: DEVICE, fate: Fate::Quarantined };
    let to_write = rows.clone();
    let written = storage.write(move |txn| {
        to_write.iter().try_for_each(|row| txn.add_edit(CIRCLE, row))?;
        for row in &to_write {
            txn.replace_edit(CIRCLE, &EditRow { verdict: Verdict::Quarantined, ..row.clone() })?;
            txn.replace_edit(CIRCLE, row)?;
        }
        txn.put_unmade(CIRCLE, &Unmade { fate: Fate::Refused, ..unmade })?;
        txn.put_unmade(CIRCLE, &unmade)
    });
    written.await.unwrap();
    let read = storage.read(move |snapshot| {
        for row in &rows {
            assert_eq!(snapshot.edit(CIRCLE, row.name)?.as_ref(), Some(row));
            assert_eq!(snapshot.edit(OTHER, row.name)?, None);
        }
        let before = |n| snapshot.stamp_before(CIRCLE, EditName { device: DEVICE, n });
        assert_eq!((before(11)?, before(12)?, before(99)?), (None, Some(stamp(11)), Some(stamp(12))));
        assert_eq!(snapshot.unmade(CIRCLE, unmade.id)?, [unmade]);
        Ok(())
    });
    read.await.unwrap();
}

pub async fn what_waits_and_what_was_displaced_comes_back_as_it_was<S: Storage>(storage: S) {
    with_circle(&storage).await;
    let displaced = Displaced { cell: "text".into(), value: cell("Pak een kar", 3) };
    let ruled = |n, at, let_in| QuarantinedEdit {
        edit: edit(n),
        author: PERSON,
        at: Millis(5),
        ruled: Some(Ruled { by: PERSON, at: Millis(at), let_in }),
    };
    let waits = QuarantinedEdit { ruled: None, ..ruled(1, 0, false) };
    let quarantined = [waits, ruled(2, 6, false), ruled(3, 7, true)];
    let (d, q) = (displaced.clone(), quarantined.clone());
    let written = storage.write(move |txn| {
        for kept in &q {
            txn.put_quarantined(&QuarantinedEdit { ruled: None, ..kept.clone() })?;
            txn.put_quarantined(kept)?;
        }
        (0..2).try_for_each(|_| txn.add_displaced(CIRCLE, RecordId([1; 16]), &d))
    });
    written.await.unwrap();
    let read = storage.read(move |snapshot| {
        assert_eq!(snapshot.history(CIRCLE, RecordId([1; 16]))?, std::slice::from_ref(&displaced));
        assert_eq!(snapshot.quarantine(CIRCLE)?, quarantined);
        Ok(())
    });
    read.await.unwrap();
}

pub async fn what_was_delivered_and_let_go_comes_back_as_it_was<S: Storage>(storage: S) {
    with_circle(&storage).await;
    let delivered = Delivered { person: PERSON, section: Section::Photos, day: 20_000, records: 2, live: 1 };
    let let_go = LetGoRow { device: DEVICE, person: PERSON, view: View(u64::MAX), at: Millis(8), told: Millis(9) };
    let earlier = LetGoRow { view: View::NOTHING, at: Millis(7), ..let_go };
    let written = storage.write(move |txn| {
        (0..2).try_for_each(|_| txn.add_delivery(CIRCLE, &delivered))?;
        let told = [let_go, earlier, LetGoRow { told: Millis(99), ..let_go }];
        told.iter().try_for_each(|row| txn.add_let_go(CIRCLE, row))
    });
    written.await.unwrap();
    let read = storage.read(move |snapshot| {
        assert_eq!(snapshot.deliveries(CIRCLE)?, [Delivered { records: 4, live: 2, ..delivered }]);
        assert_eq!(snapshot.let_go(CIRCLE)?, [earlier, let_go]);
        Ok(())
    });
    read.await.unwrap();
}

pub async fn every_blob_and_what_mentions_it_comes_back_as_it_was<S: Storage>(storage: S) {
    with_two_circles(&storage).await;
    let blob = BlobRow { circle: CIRCLE, hash: BlobHash([6; 32]), size: 9, uploader: None, held_in: None };
    let held = BlobRow { hash: BlobHash([5; 32]), uploader: Some(PERSON), held_in: Some(OTHER), ..blob };
    let written = storage.write(move |txn| {
        (0..2).try_for_each(|_| txn.add_mention(CIRCLE, &blob.hash, RecordId([1; 16])))?;
        [blob, held].iter().try_for_each(|row| txn.put_blob(row))
    });
    written.await.unwrap();
    let read = storage.read(move |snapshot| {
        assert_eq!(snapshot.blob(CIRCLE, &held.hash)?, Some(held));
        assert_eq!(snapshot.blob_everywhere(&held.hash)?, [held]);
        assert_eq!(snapshot.lacking(CIRCLE)?, [blob.hash]);
        assert_eq!(snapshot.mentions(CIRCLE, &blob.hash)?, [RecordId([1; 16])]);
        Ok(())
    });
    read.await.unwrap();
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
    let device = DeviceRow {
        id: DEVICE,
        person: PERSON,
        since: Millis(5),
        revoked: Some(Millis(9)),
        heard: Millis(8),
        waiting: 2,
        refused: 1,
    };
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
            assert!(txn.revoke_sessions(DEVICE, Some(Millis(4)))?, "it began later");
            assert!(!txn.revoke_sessions(DEVICE, None)?);
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
