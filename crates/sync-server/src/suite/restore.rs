//! A server that comes back from a backup: another epoch, and what took a right away holds at once.

use opstap_core::access::Section;
use opstap_core::model::{self, Consent, Model};
use opstap_core::protocol::{Delivery, Verdict};
use opstap_core::{Edit, RecordId, Seen};

use super::world::{HOUR, World, plan, withdrawal};
use crate::Storage;
use crate::journal::Entry;
use crate::service::Pairing;
use crate::storage::CircleRow;

/// The same world with its service in another life of the data.
async fn restored<S: Storage>(world: World<S>, journal: Vec<Entry>) -> World<S> {
    let service = world.service.clone().begin_epoch(journal).await.unwrap();
    World { service, ..world }
}

pub async fn a_restored_server_begins_another_epoch_and_loads_everybody_anew<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.pulls(&world).await;
    let (before, counter) = (world.service.server(), world.counter().await);
    let world = restored(world, Vec::new()).await;
    let (after, circle) = (world.service.server(), world.circle);
    assert!(after.epoch > before.epoch && after.id == before.id);
    let row = world.service.storage().read(move |snapshot| snapshot.circle(circle)).await.unwrap();
    assert!(matches!(row, Some(CircleRow { restored, .. }) if restored == counter));
    let answer = sem.sends(&world, Vec::new()).await;
    assert_eq!(answer.epoch, after.epoch);
    assert!(matches!(answer.circles[0].delivery, Delivery::Load { .. }));
    let again = restored(world, Vec::new()).await;
    assert!(again.service.server().epoch > after.epoch, "each restore is another life");
}

pub async fn a_withdrawal_that_the_backup_lacks_holds_at_once_and_its_edit_is_known<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.pulls(&world).await;
    sem.does(&world, vec![plan("Koken").make(world.id())]).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    let is_his = |consent: &Consent| consent.person == world.youssef && consent.section == Section::Plans;
    let given = sem.records().find(|record| Consent::from_record(record).as_ref().is_some_and(is_his)).unwrap().id;
    let edit = sem.edit(&world, vec![withdrawal(world.youssef, Section::Plans, given).make(world.id())]);
    let entry = Entry::Ends { edit: edit.clone(), stamp: edit.stamp, author: world.sem, at: world.now() };
    let counter = world.counter().await;
    let world = restored(world, vec![entry.clone(), entry]).await;
    assert_eq!(world.counter().await, counter + 1, "an entry that stands there twice counts once");
    youssef.pulls(&world).await;
    assert!(youssef.records().all(|record| Section::of(record.kind) == Section::Circle));
    let verdict = sem.sends(&world, vec![edit]).await.verdicts[0].1;
    assert_eq!(verdict, Verdict::Accepted { number: counter + 1, restamped: None });
    assert_eq!(world.counter().await, counter + 1);
}

pub async fn a_device_that_was_paired_again_before_the_backup_is_not_shut_out_once_more<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let shut_out = Entry::ShutOut { device: sem.device, at: world.now() };
    world.service.revoke(sem.device).await.unwrap();
    world.later(HOUR);
    let invitation = world.service.invite(world.sem, HOUR).await.unwrap();
    let again = world.service.pair(invitation.long.reveal(), sem.device).await.unwrap();
    let Pairing::Paired { token, .. } = again else { panic!("a fresh code pairs: {again:?}") };
    let world = restored(world, vec![shut_out]).await;
    let old = world.service.session(sem.token.reveal()).await.unwrap().unwrap();
    assert!(old.revoked, "the session of before stays ended");
    sem.session = world.service.session(token.reveal()).await.unwrap().unwrap();
    assert!(!sem.session.revoked);
    let devices = world.service.devices(world.sem).await.unwrap();
    assert_eq!(devices.iter().find(|row| row.id == sem.device).and_then(|row| row.revoked), None);
    sem.pulls(&world).await;
    let verdict = sem.tries(&world, vec![plan("Koken").make(world.id())]).await;
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
}

pub async fn an_ended_membership_and_a_device_that_was_shut_out_hold_at_once<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    let member = |record: &&opstap_core::Record| {
        model::Member::from_record(record).is_some_and(|member| member.person == world.youssef)
    };
    let removed: RecordId = marloes.records().find(member).unwrap().id;
    let edit = marloes.edit(&world, vec![model::delete(removed)]);
    // Also what the backup does not have: a record that was made after it.
    let of_later =
        Edit { changes: vec![model::delete(world.id())], seen: Seen::default(), ..marloes.edit(&world, Vec::new()) };
    let ends = |edit: Edit| Entry::Ends { stamp: edit.stamp, edit, author: world.marloes, at: world.now() };
    let journal = vec![ends(edit), ends(of_later), Entry::ShutOut { device: sem.device, at: world.now() }];
    let world = restored(world, journal).await;
    assert!(youssef.sends(&world, Vec::new()).await.left.contains(&world.circle));
    let session = world.service.session(sem.token.reveal()).await.unwrap().unwrap();
    assert!(session.revoked);
}
