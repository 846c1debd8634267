//! What devices bring to a restored server: cells of others that it lacks.

use opstap_core::model::{self, Model};
use opstap_core::protocol::{Delivery, Verdict};
use opstap_core::{Edit, EditName, Millis, Seen, Stamp};

use super::phone::Phone;
use super::world::{HOUR, World, plan, run, step};
use crate::Storage;
use crate::service::{QuarantineOutcome, ServiceError};

/// The same world in another life of the data; time went on a little.
pub(super) async fn restored<S: Storage>(world: World<S>) -> World<S> {
    world.later(HOUR);
    let service = world.service.clone().begin_epoch(Vec::new()).await.unwrap();
    World { service, ..world }
}

/// An edit of another as this phone brings it: under its own name, as seen in the life before.
pub(super) fn brought<S: Storage>(world: &World<S>, by: &mut Phone, edit: &Edit, seen: Seen) -> Edit {
    let EditName { device, n } = by.edit(world, Vec::new()).name;
    Edit { name: EditName { device, n }, seen, ..edit.clone() }
}

/// Sem, Youssef and Marloes with their phones, and what they have seen of the circle.
pub(super) struct Three {
    pub(super) sem: Phone,
    pub(super) youssef: Phone,
    pub(super) marloes: Phone,
    pub(super) seen: Seen,
}

pub(super) async fn three<S: Storage>(storage: S) -> (World<S>, Three) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (mut youssef, mut marloes) = (world.phone(world.youssef).await, world.phone(world.marloes).await);
    for phone in [&mut sem, &mut youssef, &mut marloes] {
        phone.pulls(&world).await;
    }
    let seen = sem.edit(&world, Vec::new()).seen;
    (world, Three { sem, youssef, marloes, seen })
}

pub(super) async fn verdict<S: Storage>(world: &World<S>, phone: &mut Phone, edit: Edit) -> Verdict {
    phone.sends(world, vec![edit]).await.verdicts[0].1
}

pub async fn what_others_held_counts_again_marked_until_its_author_sends_it<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let id = world.id();
    let lost = all.youssef.edit(&world, vec![plan("Koken").make(id)]);
    let world = restored(world).await;
    let offer = brought(&world, &mut all.marloes, &lost, all.seen);
    let first = verdict(&world, &mut all.marloes, offer.clone()).await;
    assert!(matches!(first, Verdict::Accepted { restamped: None, .. }));
    assert_eq!(verdict(&world, &mut all.marloes, offer).await, first, "a repeat gets the same verdict");
    let twice = brought(&world, &mut all.sem, &lost, all.seen);
    let counter = world.counter().await;
    assert!(matches!(verdict(&world, &mut all.sem, twice).await, Verdict::Accepted { .. }));
    assert_eq!(world.counter().await, counter, "what is here already takes no number");
    all.sem.pulls(&world).await;
    let here = all.sem.record(id).unwrap();
    assert_eq!((here.brought_by(), here.made()), (Some(world.marloes), Some(lost.stamp)));
    let own = verdict(&world, &mut all.youssef, lost).await;
    assert!(matches!(own, Verdict::Accepted { restamped: None, .. }), "{own:?}");
    all.sem.pulls(&world).await;
    let here = all.sem.record(id).unwrap();
    assert_eq!((here.brought_by(), here.value("title")), (None, Some(&"Koken".into())));
    assert!(here.kept.is_empty(), "the same words are no conflict");
}

pub async fn whoever_made_what_was_brought_stays_its_maker_when_the_mark_goes<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let id = world.id();
    let lost = all.youssef.edit(&world, vec![plan("Koken").make(id)]);
    let world = restored(world).await;
    let offer = brought(&world, &mut all.marloes, &lost, all.seen);
    assert!(matches!(verdict(&world, &mut all.marloes, offer).await, Verdict::Accepted { .. }));
    all.marloes.pulls(&world).await;
    all.marloes.does(&world, vec![model::set(id, "title", "Bakken")]).await;
    let own = verdict(&world, &mut all.youssef, lost.clone()).await;
    assert!(matches!(own, Verdict::Accepted { .. }), "{own:?}");
    all.sem.pulls(&world).await;
    let here = all.sem.record(id).unwrap();
    assert_eq!((here.brought_by(), here.made()), (None, Some(lost.stamp)));
}

pub async fn what_the_bringer_might_not_write_waits_until_somebody_lets_it_in<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let (plan_id, run_id) = (world.id(), world.id());
    all.sem.does(&world, vec![plan("Koken").make(plan_id)]).await;
    let lost = all.sem.edit(&world, vec![run(plan_id).make(run_id)]);
    let world = restored(world).await;
    // Youssef has no consent for how plans go.
    let offer = brought(&world, &mut all.youssef, &lost, all.seen);
    assert_eq!(verdict(&world, &mut all.youssef, offer.clone()).await, Verdict::Quarantined);
    let waiting = world.service.quarantined(all.sem.session, world.circle).await.unwrap();
    assert_eq!(waiting.iter().map(|kept| kept.edit.name).collect::<Vec<_>>(), [offer.name]);
    let outcome = world.service.rule_on_quarantined(all.sem.session, world.circle, offer.name, true).await.unwrap();
    assert!(matches!(outcome, QuarantineOutcome::LetIn { .. }));
    all.sem.pulls(&world).await;
    let here = all.sem.record(run_id).unwrap();
    assert_eq!((here.brought_by(), here.made()), (Some(world.youssef), Some(lost.stamp)));
}

pub async fn nothing_of_another_is_believed_on_a_server_that_was_not_restored<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let forged = all.youssef.edit(&world, vec![plan("Koken").make(world.id())]);
    let counter = world.counter().await;
    for seen in [all.seen, Seen::default()] {
        let offer = brought(&world, &mut all.marloes, &forged, seen);
        let refused = all.marloes.asks(&world, vec![offer]).await;
        assert_eq!(refused.err(), Some(ServiceError::ForeignDevice));
    }
    assert_eq!(world.counter().await, counter);
}

pub async fn what_was_made_after_the_restore_is_not_believed_of_another<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let world = restored(world).await;
    world.later(HOUR);
    let later = all.youssef.edit(&world, vec![plan("Koken").make(world.id())]);
    assert!(later.stamp.millis.0 > world.service.server().epoch.0);
    let of_before = Stamp { millis: Millis(1), ..later.stamp };
    let offer = brought(&world, &mut all.marloes, &later, all.seen);
    assert_eq!(all.marloes.asks(&world, vec![offer]).await.err(), Some(ServiceError::ForeignDevice));
    // Nor what claims to have been seen in the present life.
    let now = Seen { epoch: world.service.server().epoch, number: 1 };
    let offer = brought(&world, &mut all.marloes, &Edit { stamp: of_before, ..later }, now);
    assert_eq!(all.marloes.asks(&world, vec![offer]).await.err(), Some(ServiceError::ForeignDevice));
}

pub async fn what_had_lost_a_conflict_is_kept_beside_what_stands_however_often_it_comes<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let id = world.id();
    all.marloes.does(&world, vec![plan("Koken").make(id)]).await;
    let lost = all.youssef.edit(&world, vec![model::set(id, "title", "Bakken")]);
    world.later(1_000);
    all.marloes.does(&world, vec![model::set(id, "title", "Braden")]).await;
    let world = restored(world).await;
    let of_nothing_seen = Seen { number: 0, ..all.seen };
    let mut counters = Vec::new();
    for phone in [&mut all.marloes, &mut all.sem] {
        let offer = brought(&world, phone, &lost, of_nothing_seen);
        assert!(matches!(verdict(&world, phone, offer).await, Verdict::Accepted { restamped: None, .. }));
        counters.push(world.counter().await);
    }
    assert_eq!(counters[0], counters[1], "what is kept already takes no number");
    for author_came in [false, true] {
        all.sem.pulls(&world).await;
        let here = all.sem.record(id).unwrap();
        assert_eq!(here.value("title"), Some(&"Braden".into()));
        let kept: Vec<_> = here.kept.iter().map(|kept| (kept.value.clone(), kept.stamp)).collect();
        assert_eq!(kept, [("Bakken".into(), lost.stamp)]);
        assert_eq!(here.brought_by(), (!author_came).then_some(world.marloes));
        assert!(matches!(verdict(&world, &mut all.youssef, lost.clone()).await, Verdict::Accepted { .. }));
    }
    let history = world.service.history(all.sem.session, world.circle, id).await.unwrap().unwrap();
    let told = history.iter().filter(|change| change.stamp == lost.stamp).count();
    assert_eq!(told, 1);
}

pub async fn a_deletion_that_had_lost_marks_the_record_and_deletes_nothing<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let (stays, gone) = (world.id(), world.id());
    all.marloes.does(&world, vec![plan("Koken").make(stays), plan("Was doen").make(gone)]).await;
    all.marloes.does(&world, vec![model::set(gone, "deleted", true)]).await;
    let lost = |id| vec![model::set(id, "deleted", true)];
    let (one, two) = (all.youssef.edit(&world, lost(stays)), all.youssef.edit(&world, lost(gone)));
    let words = all.youssef.edit(&world, vec![model::set(gone, "title", "De was")]);
    let world = restored(world).await;
    for edit in [one, two, words] {
        let offer = brought(&world, &mut all.marloes, &edit, Seen { number: 0, ..all.seen });
        assert!(matches!(verdict(&world, &mut all.marloes, offer).await, Verdict::Accepted { .. }));
    }
    all.sem.pulls(&world).await;
    let (stays, gone) = (all.sem.record(stays).unwrap(), all.sem.record(gone).unwrap());
    assert!(!stays.is_deleted() && stays.came_back());
    assert!(gone.is_deleted() && !gone.came_back(), "nothing deleted comes back by what had lost");
    assert_eq!(gone.others("title").count(), 1);
}

pub async fn what_is_older_than_here_changes_nothing<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let id = world.id();
    let old = all.youssef.edit(&world, vec![model::set(id, "title", "oud")]);
    world.later(1_000);
    all.sem.does(&world, vec![plan("Koken").make(id)]).await;
    let world = restored(world).await;
    let counter = world.counter().await;
    let offer = brought(&world, &mut all.marloes, &old, all.seen);
    assert!(matches!(verdict(&world, &mut all.marloes, offer).await, Verdict::Accepted { .. }));
    all.sem.pulls(&world).await;
    assert_eq!((world.counter().await, all.sem.value(id, "title")), (counter, Some(&"Koken".into())));
    assert!(all.sem.record(id).unwrap().kept.is_empty());
}

pub async fn an_edit_finds_the_record_that_the_same_request_brings_behind_it<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let (plan_id, step_id) = (world.id(), world.id());
    let makes = vec![plan("Koken").make(plan_id), step("Pak een pan").make_below(step_id, plan_id)];
    let lost = all.youssef.edit(&world, makes);
    world.later(1_000);
    let own = Edit { seen: all.seen, ..all.marloes.edit(&world, vec![model::set(step_id, "text", "Pak de pan")]) };
    let world = restored(world).await;
    // Alone it stays in the outbox as long as more waits, and is refused when nothing does.
    let mut request = all.marloes.request(vec![own.clone()]);
    request.waiting = 2;
    let alone = world.service.sync(all.marloes.session, request).await.unwrap();
    assert_eq!(alone.verdicts[0].1, Verdict::Later);
    let offer = brought(&world, &mut all.marloes, &lost, all.seen);
    let verdicts = all.marloes.sends(&world, vec![own, offer]).await.verdicts;
    assert!(verdicts.iter().all(|(_, verdict)| matches!(verdict, Verdict::Accepted { .. })), "{verdicts:?}");
    all.sem.pulls(&world).await;
    assert_eq!(all.sem.value(step_id, "text"), Some(&"Pak de pan".into()));
}

pub async fn a_member_whom_the_backup_does_not_know_hands_in_for_quarantine<S: Storage>(storage: S) {
    let (world, all) = three(storage).await;
    let mut joris = world.phone(world.joris).await;
    let own = joris.edit(&world, vec![plan("Koken").make(world.id())]);
    let never = Edit { seen: Seen::default(), ..joris.edit(&world, vec![plan("Koken").make(world.id())]) };
    let own = Edit { seen: all.seen, ..own };
    let world = restored(world).await;
    assert_eq!(verdict(&world, &mut joris, own).await, Verdict::Quarantined);
    let stranger = verdict(&world, &mut joris, never).await;
    assert!(matches!(stranger, Verdict::Refused(_)), "who never pulled the circle has no business there");
    assert_eq!(world.service.quarantined(all.sem.session, world.circle).await.unwrap().len(), 1);
}

pub async fn a_device_hears_up_to_where_the_restored_server_has_what_was<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let counter = world.counter().await;
    let told = |answer: &opstap_core::protocol::Answer| match answer.circles[0].delivery {
        Delivery::Load { restored, .. } => restored,
        _ => panic!("everything is loaded anew"),
    };
    let mut asleep = all.youssef.clone();
    let world = restored(world).await;
    assert_eq!(told(&all.sem.sends(&world, Vec::new()).await), counter);
    // Who slept through a life may hold what both restores lost.
    let world = restored(world).await;
    assert_eq!(told(&asleep.sends(&world, Vec::new()).await), 0);
    let mut fresh = world.phone(world.sem).await;
    assert_eq!(told(&fresh.sends(&world, Vec::new()).await), 0);
}
