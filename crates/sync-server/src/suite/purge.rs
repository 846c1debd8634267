//! What is erased for good: bare everywhere, whatever comes afterwards, also over a restore.

use opstap_core::model::{self, Goal, Means, Model, Part, Route};
use opstap_core::protocol::{Reason, Verdict};
use opstap_core::{Change, Edit, Kind, Record, RecordId, Seen};

use super::phone::{Phone, refused};
use super::world::{HOUR, World, photo, plan, plan_with_step, run, run_photo, step};
use crate::Storage;
use crate::journal::{Entry, Purged};
use crate::service::{BlobArrival, QuarantineOutcome};

async fn with_a_plan<S: Storage>(storage: S) -> (World<S>, Phone, RecordId, RecordId) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id) = (world.id(), world.id());
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    (world, sem, plan_id, step_id)
}

pub async fn what_is_purged_is_bare_everywhere_and_refuses_whatever_comes<S: Storage>(storage: S) {
    let (world, mut sem, plan_id, step_id) = with_a_plan(storage).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    youssef.does(&world, vec![model::set(step_id, "text", "Pak een mandje")]).await;
    sem.pulls(&world).await;
    let mut late = youssef.clone();
    let number = sem.does(&world, vec![model::purge(plan_id)]).await;
    youssef.pulls(&world).await;
    for id in [plan_id, step_id] {
        let left = youssef.record(id).unwrap();
        assert!(left.is_purged() && left.number == number && left.cells.len() == 1, "{left:?}");
    }
    let circle = world.circle;
    let history = world.service.storage().read(move |snapshot| snapshot.history(circle, step_id)).await;
    assert_eq!(history, Ok(Vec::new()));
    let gone = refused(Reason::Purged);
    let below = step("Pak een kar").make_below(world.id(), plan_id);
    for change in [model::set(step_id, "text", "Toch"), model::restore(plan_id), plan("Weer").make(plan_id), below] {
        assert_eq!(late.tries(&world, vec![change]).await, gone);
    }
    sem.pulls(&world).await;
    assert_eq!(sem.record(step_id).map(|left| left.cells.len()), Some(1));
    let mut fresh = world.phone(world.sem).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(plan_id).is_some_and(Record::is_purged), "the bare id is loaded too");
}

pub async fn a_photo_that_only_a_purged_record_shows_is_to_be_erased<S: Storage>(storage: S) {
    let (world, mut sem, plan_id, step_id) = with_a_plan(storage).await;
    let (run_id, one, other) = (world.id(), photo(1), photo(2));
    for blob in [one, other] {
        let arrived = world.service.blob_arrived(sem.session, world.circle, blob.hash, blob.size).await.unwrap();
        assert_eq!(arrived, BlobArrival::Kept);
    }
    let shows = vec![
        run(plan_id).make(run_id),
        run_photo(1).make_below(world.id(), run_id),
        run_photo(2).make_below(world.id(), run_id),
        model::set(step_id, "picture", other),
    ];
    sem.does(&world, shows).await;
    sem.does(&world, vec![model::purge(run_id)]).await;
    assert_eq!(world.service.blobs_to_erase().await.unwrap(), [(world.circle, one.hash)]);
    let circle = world.circle;
    let row = world.service.storage().read(move |snapshot| snapshot.blob(circle, &one.hash)).await;
    assert_eq!(row, Ok(None));
    // Somebody brings the same photo before the bytes are erased: it is lacking then, and asked for.
    world.service.blob_arrived(sem.session, world.circle, one.hash, one.size).await.unwrap();
    world.service.blob_erased(world.circle, one.hash).await.unwrap();
    assert_eq!(world.service.blobs_to_erase().await.unwrap(), []);
    let row = world.service.storage().read(move |snapshot| snapshot.blob(circle, &one.hash)).await.unwrap();
    assert_eq!(row.and_then(|row| row.held_in), None);
}

pub async fn what_waits_about_a_purged_record_goes_with_it<S: Storage>(storage: S) {
    let (world, mut sem, plan_id, step_id) = with_a_plan(storage).await;
    let mut marloes = world.phone(world.marloes).await;
    let mut youssef = world.phone(world.youssef).await;
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    let of_both = vec![model::set(step_id, "text", "weg"), plan("Koken").make(world.id())];
    let edits = vec![youssef.edit(&world, vec![model::set(step_id, "text", "weg")]), youssef.edit(&world, of_both)];
    let is_his =
        |record: &&Record| model::Member::from_record(record).is_some_and(|member| member.person == world.youssef);
    let member = marloes.records().find(is_his).unwrap().id;
    marloes.does(&world, vec![model::delete(member)]).await;
    youssef.sends(&world, edits).await;
    sem.pulls(&world).await;
    assert_eq!(world.service.quarantined(sem.session, world.circle).await.unwrap().len(), 2);
    sem.does(&world, vec![model::purge(plan_id)]).await;
    let waiting = world.service.quarantined(sem.session, world.circle).await.unwrap();
    let [left] = waiting.as_slice() else { panic!("what was only about it is gone: {waiting:?}") };
    assert_eq!(left.edit.changes.len(), 1, "what else the other was about still waits");
}

/// The changes that make a route, a part of it, and a goal of that part, and set the goal's words.
fn route_in_three(ids: [RecordId; 3]) -> [Vec<Change>; 4] {
    let [route, part, goal] = ids;
    let on_foot = Part::titled("V", Means::Walk, "Naar de halte");
    [
        vec![Route { title: "Naar school".into(), picture: None, order: None }.make(route)],
        vec![on_foot.make_below(part, route)],
        vec![Goal::saying("V", "Oversteken").make_below(goal, part)],
        vec![model::set(goal, "text", "Eerst kijken")],
    ]
}

pub async fn what_waits_far_below_a_purged_record_goes_too_and_so_does_what_comes<S: Storage>(storage: S) {
    let (world, mut sem, plan_id, _) = with_a_plan(storage).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    let ids = [world.id(), world.id(), world.id()];
    let [route, part, goal, words] = route_in_three(ids);
    sem.does(&world, route).await;
    // In an order in which no one look over them finds them all.
    let mut edits = Vec::new();
    for changes in [words.clone(), goal, part, vec![step("Pak een kar").make_below(world.id(), plan_id)]] {
        edits.push(youssef.edit(&world, changes));
    }
    let late = youssef.edit(&world, words);
    let is_his =
        |record: &&Record| model::Member::from_record(record).is_some_and(|member| member.person == world.youssef);
    let member = marloes.records().find(is_his).unwrap().id;
    marloes.does(&world, vec![model::delete(member)]).await;
    youssef.sends(&world, edits.clone()).await;
    sem.pulls(&world).await;
    sem.does(&world, vec![model::purge(ids[0])]).await;
    let waiting = world.service.quarantined(sem.session, world.circle).await.unwrap();
    assert_eq!(waiting.iter().map(|kept| kept.edit.name).collect::<Vec<_>>(), [edits[3].name]);
    assert_eq!(youssef.sends(&world, vec![late]).await.verdicts[0].1, refused(Reason::Purged));
}

pub async fn what_was_to_stand_far_below_a_purged_record_is_refused_as_purged<S: Storage>(storage: S) {
    let (world, mut sem, plan_id, _) = with_a_plan(storage).await;
    let (mut other, ids) = (world.phone(world.sem).await, [world.id(), world.id(), world.id()]);
    other.pulls(&world).await;
    let [route, mut part, goal, words] = route_in_three(ids);
    sem.does(&world, route).await;
    let beside = world.id();
    part.push(plan("Koken").make(beside));
    sem.does(&world, vec![model::purge(ids[0])]).await;
    for changes in [part, goal, words] {
        assert_eq!(other.tries(&world, changes).await, refused(Reason::Purged));
    }
    // What the same edit was to make elsewhere was not erased: what builds on it is to be kept in the tray.
    let on_it = vec![step("Pak een pan").make_below(world.id(), beside)];
    assert_eq!(other.tries(&world, on_it).await, refused(Reason::BuildsOnRefused));
    other.does(&world, vec![step("Pak een kar").make_below(world.id(), plan_id)]).await;
}

pub async fn a_purge_that_is_let_in_has_its_photos_erased<S: Storage>(storage: S) {
    let (world, mut sem, plan_id, _) = with_a_plan(storage).await;
    let (run_id, blob) = (world.id(), photo(1));
    world.service.blob_arrived(sem.session, world.circle, blob.hash, blob.size).await.unwrap();
    sem.does(&world, vec![run(plan_id).make(run_id), run_photo(1).make_below(world.id(), run_id)]).await;
    let mut lost = world.phone(world.sem).await;
    let edit = lost.edit(&world, vec![model::purge(run_id)]);
    world.service.revoke(lost.device).await.unwrap();
    lost.session = world.service.session(lost.token.reveal()).await.unwrap().unwrap();
    assert_eq!(lost.asks(&world, vec![edit.clone()]).await.unwrap().verdicts[0].1, Verdict::Quarantined);
    let erases = || world.heard.1.load(std::sync::atomic::Ordering::SeqCst);
    assert_eq!(erases(), 0);
    let outcome = world.service.rule_on_quarantined(sem.session, world.circle, edit.name, true).await.unwrap();
    assert!(matches!(outcome, QuarantineOutcome::LetIn { .. }), "{outcome:?}");
    assert_eq!(world.service.blobs_to_erase().await.unwrap(), [(world.circle, blob.hash)]);
    assert_eq!(erases(), 1, "whoever keeps the bytes is told");
}

pub async fn a_purge_that_the_backup_lacks_holds_at_once_also_for_what_it_does_not_have<S: Storage>(storage: S) {
    let (world, mut sem, plan_id, step_id) = with_a_plan(storage).await;
    sem.pulls(&world).await;
    let seen = sem.edit(&world, Vec::new()).seen;
    // Made after the backup, like the purge.
    let unknown = world.id();
    let made = sem.edit(&world, vec![plan("Koken").make(unknown)]);
    let edit = sem.edit(&world, vec![model::purge(plan_id), model::purge(unknown)]);
    let purged = |id, kind, parent| Purged { id, kind, parent };
    let records = vec![
        purged(plan_id, Kind::Plan, None),
        purged(step_id, Kind::Step, Some(plan_id)),
        purged(unknown, Kind::Plan, None),
    ];
    let entry = Entry::Purges { edit: edit.clone(), stamp: edit.stamp, author: world.sem, at: world.now(), records };
    assert_eq!(Entry::from_bytes(&entry.to_bytes()), Some(entry.clone()));
    world.later(HOUR);
    let service = world.service.clone().begin_epoch(vec![entry]).await.unwrap();
    let world = World { service, ..world };
    let mut marloes = world.phone(world.marloes).await;
    marloes.pulls(&world).await;
    for id in [plan_id, step_id, unknown] {
        assert!(marloes.record(id).is_some_and(|left| left.is_purged() && left.cells.len() == 1));
    }
    let verdicts = sem.sends(&world, vec![made.clone(), edit]).await.verdicts;
    assert_eq!(verdicts[0].1, refused(Reason::Purged));
    assert!(matches!(verdicts[1].1, Verdict::Accepted { .. }), "its own edit is known");
    let brought = Edit { name: marloes.edit(&world, Vec::new()).name, seen: Seen { ..seen }, ..made };
    assert_eq!(marloes.sends(&world, vec![brought]).await.verdicts[0].1, refused(Reason::Purged));
}

pub async fn only_the_client_purges<S: Storage>(storage: S) {
    let (world, _, plan_id, _) = with_a_plan(storage).await;
    for person in [world.youssef, world.marloes] {
        let mut phone = world.phone(person).await;
        phone.pulls(&world).await;
        let verdict = phone.tries(&world, vec![model::purge(plan_id)]).await;
        assert!(matches!(verdict, Verdict::Refused(Reason::NotAllowed(_))), "{verdict:?}");
    }
}
