//! Where devices want to hear of messages, and who may watch a run.

use std::collections::BTreeSet;

use opstap_core::access::Section;
use opstap_core::model::{Message, Model, OrganisationRole, Relation, Run, delete};
use opstap_core::{DeviceId, PersonId};

use super::offers::restored;
use super::world::{World, consent, member};
use crate::Storage;
use crate::service::Watched;
use crate::storage::PushRow;

fn row(device: DeviceId, person: PersonId, endpoint: &str) -> PushRow {
    PushRow {
        device,
        person,
        endpoint: endpoint.to_owned(),
        public: vec![4; 65],
        secret: vec![0, 7, 255],
        language: "nl".to_owned(),
    }
}

const ONE: DeviceId = DeviceId([1; 16]);
const TWO: DeviceId = DeviceId([2; 16]);
const SEM: PersonId = PersonId([8; 16]);
const KARIN: PersonId = PersonId([9; 16]);

pub async fn the_key_for_push_and_every_subscription_come_back_as_they_were<S: Storage>(storage: S) {
    assert_eq!(storage.read(|snapshot| snapshot.push_key()).await, Ok(None));
    let (first, second, hers) =
        (row(ONE, SEM, "https://a/1"), row(TWO, SEM, "https://a/2"), row(TWO, KARIN, "https://a/1"));
    let english = PushRow { language: "en".to_owned(), ..first.clone() };
    let written = (first.clone(), second.clone(), english.clone());
    let write = storage.write(move |txn| {
        txn.put_push_key(&[3, 0, 1])?;
        txn.put_push(&written.0)?;
        txn.put_push(&written.1)?;
        txn.put_push(&written.2)
    });
    write.await.unwrap();
    let read = |person| storage.read(move |snapshot| snapshot.pushes(person));
    assert_eq!(storage.read(|snapshot| snapshot.push_key()).await, Ok(Some(vec![3, 0, 1])));
    assert_eq!(read(SEM).await, Ok(vec![english, second]));
    assert_eq!(read(KARIN).await, Ok(Vec::new()));
    // Another person in the same browser: the address is theirs now.
    let kept = hers.clone();
    storage.write(move |txn| txn.put_push(&kept)).await.unwrap();
    assert_eq!((read(SEM).await, read(KARIN).await), (Ok(Vec::new()), Ok(vec![hers.clone()])));
    storage.write(|txn| txn.move_push(TWO, ONE)).await.unwrap();
    assert_eq!(read(KARIN).await, Ok(vec![PushRow { device: ONE, ..hers }]));
    storage.write(|txn| txn.end_push(ONE)).await.unwrap();
    assert_eq!(read(KARIN).await, Ok(Vec::new()));
}

pub async fn every_server_over_a_database_has_the_same_key_for_push<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    assert_eq!(world.service.push_key(vec![1]).await, Ok(vec![1]));
    assert_eq!(world.service.push_key(vec![2]).await, Ok(vec![1]));
}

pub async fn a_device_that_was_shut_out_or_signed_out_hears_of_no_message<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let (one, two, three) = (world.phone(world.sem).await, world.phone(world.sem).await, world.phone(world.sem).await);
    for (n, phone) in [&one, &two, &three].into_iter().enumerate() {
        world.service.subscribe(row(phone.device, world.sem, &format!("https://a/{n}"))).await.unwrap();
    }
    world.service.revoke(one.device).await.unwrap();
    world.service.sign_out(two.token.reveal()).await.unwrap();
    let left: Vec<_> = world.service.pushes(world.sem).await.unwrap().into_iter().map(|row| row.device).collect();
    assert_eq!(left, [three.device]);
}

pub async fn a_subscription_that_is_gone_is_forgotten_and_the_next_of_that_device_stays<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let phone = world.phone(world.sem).await;
    let (first, second) = (row(phone.device, world.sem, "https://a/1"), row(phone.device, world.sem, "https://a/2"));
    world.service.subscribe(first.clone()).await.unwrap();
    world.service.subscribe(second.clone()).await.unwrap();
    world.service.is_gone(&first).await.unwrap();
    assert_eq!(world.service.pushes(world.sem).await, Ok(vec![second.clone()]));
    world.service.is_gone(&second).await.unwrap();
    assert_eq!(world.service.pushes(world.sem).await, Ok(Vec::new()));
}

pub async fn a_run_is_watched_by_whoever_may_see_how_it_goes_and_nobody_else<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (youssef, mut marloes) = (world.phone(world.youssef).await, world.phone(world.marloes).await);
    let run = world.id();
    sem.does(&world, vec![Run::begins(world.id(), world.now()).make(run)]).await;
    marloes.does(&world, vec![member(world.joris, Relation::Carer).make(world.id())]).await;
    let joris = world.phone(world.joris).await;
    let watched = |session| world.service.watched_by(session, world.circle, run);
    let of_sem = Watched { client: Some(world.sem), people: BTreeSet::from([world.sem]) };
    assert_eq!(watched(marloes.session).await, Ok(Some(of_sem)));
    let decides = world.service.add_person(world.organisation, OrganisationRole::Participant, "Tante").await.unwrap();
    marloes.does(&world, vec![member(decides, Relation::Representative).make(world.id())]).await;
    let of_both = Watched { client: Some(world.sem), people: BTreeSet::from([world.sem, decides]) };
    assert_eq!(watched(marloes.session).await, Ok(Some(of_both)));
    assert_eq!(watched(youssef.session).await, Ok(None), "he sees plans and not how they go");
    assert_eq!(watched(joris.session).await, Ok(None), "nothing was given to him");
    assert_eq!(watched(sem.session).await, Ok(None), "nobody watches their own");
    assert_eq!(world.service.decides(sem.session, world.circle).await, Ok(true));
    assert_eq!(world.service.decides(youssef.session, world.circle).await, Ok(false));
    sem.does(&world, vec![delete(run)]).await;
    assert_eq!(world.service.watched_by(marloes.session, world.circle, run).await, Ok(None));
}

/// For whom messages came since this was asked last.
fn told<S>(world: &World<S>) -> Vec<PersonId> {
    std::mem::take(&mut world.heard.2.lock().unwrap())
}

pub async fn each_person_a_request_has_messages_for_is_told_once_if_they_may_read_one<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.does(&world, vec![consent(world.marloes, Section::Messages).make(world.id())]).await;
    let says = |to, text: &str| Message::saying(to, text, world.now()).make(world.id());
    let (first, second) = (says(world.marloes, "Ik ben er."), says(world.marloes, "Alles ging goed."));
    let hidden = says(world.youssef, "Hij leest geen berichten.");
    let taken_back = says(world.marloes, "Oeps.");
    let back = delete(taken_back.record());
    let edits = vec![
        sem.edit(&world, vec![first, hidden]),
        sem.edit(&world, vec![second]),
        sem.edit(&world, vec![taken_back, back]),
    ];
    sem.sends(&world, edits).await;
    assert_eq!(told(&world), [world.marloes]);
    let alone = says(world.marloes, "Laat maar.");
    let back = delete(alone.record());
    sem.does(&world, vec![alone, back]).await;
    assert_eq!(told(&world), [], "there is nothing to read of it");
}

pub async fn a_message_that_is_let_in_is_told_of_and_one_that_comes_again_after_a_restore_is_not<S: Storage>(
    storage: S,
) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.does(&world, vec![consent(world.marloes, Section::Messages).make(world.id())]).await;
    let message = Message::saying(world.marloes, "Ik ben er.", world.now());
    let mut lost = world.phone(world.sem).await;
    let waits = lost.edit(&world, vec![message.make(world.id())]);
    world.service.revoke(lost.device).await.unwrap();
    lost.session = world.service.session(lost.token.reveal()).await.unwrap().unwrap();
    lost.asks(&world, vec![waits.clone()]).await.unwrap();
    assert_eq!(told(&world), [], "it waits");
    world.service.rule_on_quarantined(sem.session, world.circle, waits.name, true).await.unwrap();
    assert_eq!(told(&world), [world.marloes]);
    // Of a life before this one.
    let again = sem.edit(&world, vec![message.make(world.id())]);
    let world = restored(world).await;
    sem.sends(&world, vec![again]).await;
    assert_eq!(told(&world), []);
}
