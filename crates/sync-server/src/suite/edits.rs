//! Edits: repeated, at odds with each other, from the future, in batches.

use opstap_core::history::PastCell;
use opstap_core::model::{Model, set};
use opstap_core::protocol::{Reason, Verdict};
use opstap_core::{CircleId, Epoch, Millis, RecordId, Seen, Value, model};

use super::phone::{Phone, refused};
use super::world::{HOUR, World, plan, plan_with_step};
use crate::Storage;

/// A world with a plan of one step that Marloes and Youssef both have on their phones.
async fn with_a_plan<S: Storage>(storage: S) -> (World<S>, Phone, Phone, RecordId, RecordId) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id) = (world.id(), world.id());
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    world.later(HOUR);
    (world, marloes, youssef, plan_id, step_id)
}

pub async fn a_repeated_edit_gets_the_same_verdict<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let good = sem.edit(&world, vec![plan("Koken").make(world.id())]);
    let bad = sem.edit(&world, vec![set(world.id(), "title", "Afwassen")]);
    let first = sem.sends(&world, vec![good.clone(), bad.clone()]).await.verdicts;
    let (counter, held) = (world.counter().await, sem.records().count());
    for edits in [vec![good.clone(), bad.clone()], vec![bad.clone(), good.clone()], vec![good.clone(), good, bad]] {
        let again = sem.sends(&world, edits).await.verdicts;
        assert_eq!(again.first(), first.first());
        assert_eq!(again.last(), first.last());
    }
    assert_eq!(world.counter().await, counter);
    assert_eq!(sem.records().count(), held);
}

pub async fn the_same_name_with_other_content_is_told<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut clone = sem.clone();
    sem.does(&world, vec![plan("Koken").make(world.id())]).await;
    let (counter, id) = (world.counter().await, world.id());
    let verdict = clone.tries(&world, vec![plan("Afwassen").make(id)]).await;
    assert_eq!(verdict, refused(Reason::NameTaken));
    assert_eq!(world.counter().await, counter);
    // The cloned phone takes a new id and sends again: nothing it did is lost.
    clone.device = world.device();
    clone.n = 0;
    clone.does(&world, vec![plan("Afwassen").make(id)]).await;
    sem.pulls(&world).await;
    assert_eq!(sem.value(id, "title"), Some(&"Afwassen".into()));
}

pub async fn two_devices_on_two_fields_of_one_step_both_count<S: Storage>(storage: S) {
    let (world, mut marloes, mut youssef, _, step_id) = with_a_plan(storage).await;
    marloes.does(&world, vec![set(step_id, "text", "Pak een karretje")]).await;
    youssef.does(&world, vec![set(step_id, "hint", "Bij de ingang")]).await;
    marloes.pulls(&world).await;
    for phone in [&marloes, &youssef] {
        assert_eq!(phone.value(step_id, "text"), Some(&"Pak een karretje".into()));
        assert_eq!(phone.value(step_id, "hint"), Some(&"Bij de ingang".into()));
        assert!(phone.record(step_id).unwrap().kept.is_empty());
    }
}

pub async fn a_conflict_keeps_both_values<S: Storage>(storage: S) {
    let (world, mut marloes, mut youssef, _, step_id) = with_a_plan(storage).await;
    let earlier = youssef.edit(&world, vec![set(step_id, "text", "Neem een mandje")]);
    world.later(HOUR);
    marloes.does(&world, vec![set(step_id, "text", "Pak een karretje")]).await;
    // Made earlier, arrives later: it loses, and is kept.
    youssef.sends(&world, vec![earlier]).await;
    marloes.pulls(&world).await;
    for phone in [&marloes, &youssef] {
        let record = phone.record(step_id).unwrap();
        assert_eq!(record.value("text"), Some(&"Pak een karretje".into()));
        let kept: Vec<&Value> = record.kept.iter().map(|kept| &kept.value).collect();
        assert_eq!(kept, [&Value::from("Neem een mandje")]);
    }
}

async fn a_step_came_back<S: Storage>(world: &World<S>, phones: [&mut Phone; 2], step_id: RecordId) {
    for phone in phones {
        phone.pulls(world).await;
        let record = phone.record(step_id).unwrap();
        assert!(!record.is_deleted() && record.came_back());
        assert_eq!(record.value("text"), Some(&"Pak een karretje".into()));
    }
}

pub async fn a_deletion_and_an_edit_that_had_not_seen_it_bring_the_record_back<S: Storage>(storage: S) {
    let (world, mut marloes, mut youssef, _, step_id) = with_a_plan(storage).await;
    let edit = marloes.edit(&world, vec![set(step_id, "text", "Pak een karretje")]);
    youssef.does(&world, vec![model::delete(step_id)]).await;
    marloes.sends(&world, vec![edit]).await;
    a_step_came_back(&world, [&mut marloes, &mut youssef], step_id).await;
}

pub async fn an_edit_and_a_deletion_that_had_not_seen_it_bring_the_record_back<S: Storage>(storage: S) {
    let (world, mut marloes, mut youssef, plan_id, step_id) = with_a_plan(storage).await;
    let deletion = youssef.edit(&world, vec![model::delete(plan_id), model::delete(step_id)]);
    marloes.does(&world, vec![set(step_id, "text", "Pak een karretje")]).await;
    youssef.sends(&world, vec![deletion]).await;
    a_step_came_back(&world, [&mut marloes, &mut youssef], step_id).await;
    assert!(!marloes.record(plan_id).unwrap().is_deleted(), "what is above it came back too");
}

pub async fn a_stamp_of_next_year_is_replaced_in_the_order_of_n<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let id = world.id();
    let mut first = sem.edit(&world, vec![plan("eerst").make(id)]);
    let mut second = sem.edit(&world, vec![set(id, "title", "daarna")]);
    let mut third = sem.edit(&world, vec![set(id, "title", "ten slotte")]);
    first.stamp.millis = world.now().plus(365 * 24 * HOUR);
    second.stamp.millis = world.now().plus(364 * 24 * HOUR);
    // The phone's clock was put right in between: the third stamp is an ordinary one, and still comes last.
    third.stamp.counter = 0;
    let verdicts = sem.sends(&world, vec![third.clone(), second, first.clone()]).await.verdicts;
    let stamps: Vec<_> = verdicts
        .iter()
        .map(|(_, verdict)| match verdict {
            Verdict::Accepted { restamped: Some(stamp), .. } => *stamp,
            other => panic!("not stamped anew: {other:?}"),
        })
        .collect();
    assert!(stamps.is_sorted() && stamps[0] < stamps[2]);
    assert!(stamps.iter().all(|stamp| stamp.millis <= world.now()));
    assert_eq!(sem.value(id, "title"), Some(&"ten slotte".into()));
    // A repeat hears the same.
    let again = sem.sends(&world, vec![first, third]).await.verdicts;
    assert_eq!((again[0], again[1]), (verdicts[0], verdicts[2]));
}

pub async fn the_counter_moves_once_for_a_batch<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let base = world.counter().await;
    world.heard.0.lock().unwrap().clear();
    let mut edits: Vec<_> = (0..5).map(|_| sem.edit(&world, vec![plan("Koken").make(world.id())])).collect();
    edits.insert(2, sem.edit(&world, vec![set(world.id(), "title", "bestaat niet")]));
    let verdicts = sem.sends(&world, edits).await.verdicts;
    let numbers: Vec<u64> = verdicts
        .iter()
        .filter_map(|(_, verdict)| match verdict {
            Verdict::Accepted { number, .. } => Some(*number),
            _ => None,
        })
        .collect();
    assert_eq!(numbers, (base + 1..=base + 5).collect::<Vec<_>>());
    assert_eq!(world.counter().await, base + 5);
    assert_eq!(*world.heard.0.lock().unwrap(), [world.circle], "one hint for the whole batch");
}

pub async fn what_was_seen_in_another_epoch_counts_for_nothing<S: Storage>(storage: S) {
    let (world, mut marloes, mut youssef, _, step_id) = with_a_plan(storage).await;
    marloes.does(&world, vec![set(step_id, "text", "Pak een karretje")]).await;
    world.later(1);
    let mut blind = youssef.edit(&world, vec![set(step_id, "text", "Neem een mandje")]);
    blind.seen = Seen { epoch: Epoch(99), number: 1_000 };
    youssef.sends(&world, vec![blind]).await;
    let kept = &youssef.record(step_id).unwrap().kept;
    assert_eq!(kept.len(), 1, "a phone of another epoch had not seen what it wrote over");
}

pub async fn a_value_that_was_replaced_is_in_the_history<S: Storage>(storage: S) {
    let (world, mut marloes, youssef, _, step_id) = with_a_plan(storage).await;
    marloes.does(&world, vec![set(step_id, "text", "Pak een karretje")]).await;
    let history = world.service.history(youssef.session, world.circle, step_id).await.unwrap().unwrap();
    let [changed, made] = history.as_slice() else { panic!("two edits") };
    let text = PastCell { name: "text".into(), set: "Pak een karretje".into(), was: "Pak een kar".into() };
    assert_eq!(changed.changes[0].cells, [text]);
    assert_eq!((changed.by, made.changes[0].made), (Some(world.marloes), true));
    assert_eq!(made.stamp.millis, Millis(world.now().0 - HOUR));
    // Somebody who may not read the record has no history of it.
    let joris = world.phone(world.joris).await;
    for circle in [world.circle, CircleId([9; 16])] {
        assert_eq!(world.service.history(joris.session, circle, step_id).await.unwrap(), None);
    }
}
