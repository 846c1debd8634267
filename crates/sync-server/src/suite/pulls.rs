//! What comes back: loads, changes, pages, and nothing more than is new.

use std::collections::BTreeSet;

use opstap_core::access::{Section, View};
use opstap_core::model::{CircleKind, Ending, Face, Model, Relation, RunEnd, RunFace, StepEvent, StepOutcome, set};
use opstap_core::protocol::Delivery;
use opstap_core::{Change, Epoch, RecordId};

use super::phone::Phone;
use super::world::{NOON, World, consent, member, plan, run, step};
use crate::Storage;
use crate::service::Limits;

/// Fills the circle as a client's circle is after some months.
async fn twenty_plans_and_sixty_runs<S: Storage>(world: &World<S>, sem: &mut Phone) -> usize {
    let (mut made, mut plans) = (0, Vec::new());
    for nth in 0..20 {
        let plan_id = world.id();
        let steps: Vec<RecordId> = (0..10).map(|_| world.id()).collect();
        let mut changes = vec![plan(&format!("Plan {nth}")).make(plan_id)];
        changes.extend(steps.iter().map(|id| step("Pak een kar bij de ingang").make_below(*id, plan_id)));
        made += changes.len();
        sem.does(world, changes).await;
        plans.push((plan_id, steps));
    }
    for (plan_id, steps) in plans.iter().cycle().take(60) {
        let run_id = world.id();
        let mut changes = vec![run(*plan_id).make(run_id)];
        for step in steps {
            for what in [StepOutcome::Shown, StepOutcome::Done] {
                let event = StepEvent::of(*step, what, NOON);
                changes.push(event.make_below(world.id(), run_id));
            }
        }
        changes.push(RunEnd { how: Ending::Done, at: NOON }.make_below(world.id(), run_id));
        changes.push(RunFace { face: Face::Good, at: NOON }.make_below(world.id(), run_id));
        made += changes.len();
        sem.does(world, changes).await;
    }
    made
}

pub async fn a_first_sync_of_twenty_plans_and_sixty_runs_comes_in_one_round_trip<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let made = twenty_plans_and_sixty_runs(&world, &mut sem).await;
    let mut phone = world.phone(world.sem).await;
    let answer = phone.sends(&world, Vec::new()).await;
    let [circle] = answer.circles.as_slice() else { panic!("one circle") };
    let Delivery::Load { records, next: None, count, .. } = &circle.delivery else { panic!("one whole load") };
    assert_eq!(records.len(), made + 3 + 4, "with the members and consents");
    assert_eq!(*count, u64::try_from(records.len()).unwrap());
    let needs: Vec<u8> = records.iter().map(|record| record.kind.need()).collect();
    assert!(needs.is_sorted(), "what is needed first comes first");
    assert!(phone.sends(&world, Vec::new()).await.circles.is_empty(), "and that was all");
}

pub async fn nothing_new_is_not_mentioned<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.pulls(&world).await;
    let answer = sem.sends(&world, Vec::new()).await;
    assert!(answer.circles.is_empty() && answer.left.is_empty() && answer.owners.is_empty());
    assert_eq!((answer.person.id, answer.time), (world.sem, world.now()));
}

const SMALL: Limits = Limits { records: 7, bytes: 1_000_000 };

pub async fn a_paged_load_goes_on_while_edits_come_in_between<S: Storage>(storage: S) {
    let world = World::with_limits(storage, SMALL).await;
    let mut writer = world.phone(world.sem).await;
    writer.pulls(&world).await;
    let plans: Vec<RecordId> = (0..20).map(|_| world.id()).collect();
    for id in &plans {
        writer.does(&world, vec![plan("Koken").make(*id)]).await;
    }
    let mut phone = world.phone(world.sem).await;
    let mut pages = 0;
    while phone.held.get(&world.circle).is_none_or(|held| held.cursor.unwrap().load.is_some()) {
        let answer = phone.sends(&world, Vec::new()).await;
        assert!(answer.circles[0].delivery.records().len() <= SMALL.records);
        pages += 1;
        // While it loads: one record that is already across changes, one that is not, and a new one comes.
        writer.does(&world, vec![set(plans[0], "title", format!("a{pages}"))]).await;
        writer.does(&world, vec![set(plans[19], "title", format!("z{pages}"))]).await;
        writer.does(&world, vec![plan("Nieuw").make(world.id())]).await;
    }
    assert!(pages >= 4, "23 records in pages of 7");
    phone.pulls(&world).await;
    writer.pulls(&world).await;
    assert!(phone.records().eq(writer.records()), "both hold the same in the end");
    assert_eq!(phone.records().count(), 3 + 20 + pages);
}

pub async fn changes_come_in_pages_that_lose_nothing<S: Storage>(storage: S) {
    let world = World::with_limits(storage, SMALL).await;
    let (mut writer, mut phone) = (world.phone(world.sem).await, world.phone(world.sem).await);
    writer.pulls(&world).await;
    phone.pulls(&world).await;
    for _ in 0..10 {
        let three: Vec<Change> = (0..3).map(|_| plan("Koken").make(world.id())).collect();
        writer.does(&world, three).await;
    }
    let ten: Vec<Change> = (0..10).map(|_| plan("Afwassen").make(world.id())).collect();
    writer.does(&world, ten).await;
    let mut pages = 0;
    loop {
        let answer = phone.sends(&world, Vec::new()).await;
        let Delivery::Changes { more, records, .. } = &answer.circles[0].delivery else { panic!("changes") };
        pages += 1;
        assert!(records.len() <= 10, "one edit is never cut, and little comes with it");
        if !more {
            break;
        }
    }
    assert!(pages >= 4);
    writer.pulls(&world).await;
    assert!(phone.records().eq(writer.records()));
}

pub async fn a_cursor_of_another_epoch_counts_for_nothing<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.pulls(&world).await;
    sem.epoch = Some(Epoch(99));
    let answer = sem.sends(&world, Vec::new()).await;
    assert!(matches!(answer.circles[0].delivery, Delivery::Load { .. }));
    // Nor does one beyond what there is.
    sem.held.get_mut(&world.circle).unwrap().cursor.as_mut().unwrap().number = 1_000_000;
    let answer = sem.asks(&world, Vec::new()).await.unwrap();
    assert!(matches!(answer.circles[0].delivery, Delivery::Load { .. }));
}

pub async fn a_load_under_another_view_begins_anew<S: Storage>(storage: S) {
    let world = World::with_limits(storage, SMALL).await;
    let mut sem = world.phone(world.sem).await;
    let given = consent(world.youssef, Section::Plans).make(world.id());
    sem.does(&world, vec![given]).await;
    for _ in 0..20 {
        sem.does(&world, vec![plan("Koken").make(world.id())]).await;
    }
    let mut youssef = world.phone(world.youssef).await;
    youssef.sends(&world, Vec::new()).await;
    let (under, _) = youssef.held[&world.circle].cursor.unwrap().load.unwrap();
    sem.does(&world, vec![consent(world.youssef, Section::Progress).make(world.id())]).await;
    let answer = youssef.sends(&world, Vec::new()).await;
    assert_ne!(answer.circles[0].view, under);
    let Delivery::Load { records, .. } = &answer.circles[0].delivery else { panic!("a load") };
    assert_eq!(records[0].kind.need(), 0, "from the start");
    youssef.pulls(&world).await;
    assert_eq!(youssef.records().count(), 3 + 2 + 20);
}

pub async fn an_answer_names_the_owner_of_every_stamp<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (mut marloes, plan_id) = (world.phone(world.marloes).await, world.id());
    sem.does(&world, vec![plan("Koken").make(plan_id)]).await;
    marloes.does(&world, vec![set(plan_id, "title", "Soep koken")]).await;
    let mut phone = world.phone(world.sem).await;
    let owners: BTreeSet<_> =
        phone.sends(&world, Vec::new()).await.owners.iter().map(|owner| (owner.device, owner.person)).collect();
    assert_eq!(owners, BTreeSet::from([(sem.device, world.sem), (marloes.device, world.marloes)]));
}

pub async fn a_device_is_not_brought_what_it_has_just_made<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.pulls(&world).await;
    let (plan_id, step_id) = (world.id(), world.id());
    let edit = sem.edit(&world, vec![plan("Koken").make(plan_id), step("Roer").make_below(step_id, plan_id)]);
    let mut of_old = sem.request(vec![edit.clone()]);
    let answer = sem.sends(&world, vec![edit]).await;
    let [circle] = answer.circles.as_slice() else { panic!("one circle") };
    let Delivery::Changes { records, to, more: false, .. } = &circle.delivery else { panic!("all changes") };
    assert_eq!((records.len(), Some(*to)), (0, sem.record(step_id).map(|record| record.number)));
    // It holds what whoever loads the circle gets.
    let mut phone = world.phone(world.sem).await;
    phone.pulls(&world).await;
    assert!(sem.records().eq(phone.records()));
    // An app of version 1 expects all of it.
    of_old.wire = 1;
    let answer = world.service.sync(sem.session, of_old).await.unwrap();
    assert_eq!(answer.circles[0].delivery.records().len(), 2);
}

pub async fn what_another_changed_meanwhile_is_brought_to_whoever_made_it<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    sem.pulls(&world).await;
    let (kept, changed) = (world.id(), world.id());
    let edit = sem.edit(&world, vec![plan("Koken").make(kept), plan("Wassen").make(changed)]);
    // The answer to the first time is lost, and before the second somebody else was there.
    sem.asks(&world, vec![edit.clone()]).await.unwrap();
    let mut marloes = world.phone(world.marloes).await;
    marloes.pulls(&world).await;
    marloes.does(&world, vec![set(changed, "title", "De was doen")]).await;
    let answer = sem.sends(&world, vec![edit]).await;
    let brought: Vec<_> = answer.circles[0].delivery.records().iter().map(|record| record.id).collect();
    assert_eq!(brought, [changed]);
    marloes.pulls(&world).await;
    assert!(sem.records().eq(marloes.records()));
}

pub async fn beside_verdicts_come_a_few_records_and_the_rest_when_asked_for<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut tablet = world.phone(world.sem).await;
    tablet.pulls(&world).await;
    let made = twenty_plans_and_sixty_runs(&world, &mut sem).await;
    let edit = tablet.edit(&world, vec![plan("Koken").make(world.id())]);
    let answer = tablet.sends(&world, vec![edit]).await;
    let Delivery::Changes { records, more: true, .. } = &answer.circles[0].delivery else { panic!("there is more") };
    assert_eq!(answer.verdicts.len(), 1);
    assert!(!records.is_empty() && records.len() <= 100 && made > 1_000);
    tablet.pulls(&world).await;
    sem.pulls(&world).await;
    assert!(tablet.records().eq(sem.records()));
}

pub async fn many_circles_share_one_answer<S: Storage>(storage: S) {
    let world = World::with_limits(storage, SMALL).await;
    let mut circles = vec![world.circle];
    for _ in 0..6 {
        let members = [member(world.joris, Relation::Client), member(world.marloes, Relation::Supervisor)];
        circles.push(world.service.create_circle(world.organisation, CircleKind::Client, &members).await.unwrap());
    }
    let mut marloes = world.phone(world.marloes).await;
    let mut trips = 0;
    while circles.iter().any(|circle| marloes.held.get(circle).is_none_or(|held| held.cursor.unwrap().load.is_some())) {
        let answer = marloes.sends(&world, Vec::new()).await;
        let brought: usize = answer.circles.iter().map(|circle| circle.delivery.records().len()).sum();
        assert!(brought <= SMALL.records && answer.circles.iter().all(|circle| circle.view != View::NOTHING));
        trips += 1;
        assert!(trips < 10, "every answer brings something");
    }
    let held: usize = marloes.held.values().map(|held| held.records.len()).sum();
    assert_eq!(held, 3 + 6 * 2);
    let mut of_marloes = world.service.circles_of(world.marloes).await.unwrap();
    of_marloes.sort_unstable();
    circles.sort_unstable();
    assert_eq!(of_marloes, circles);
}

pub async fn a_library_that_names_a_member_comes_once<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let library = world.service.create_circle(world.organisation, CircleKind::Library, &[]).await.unwrap();
    let mut marloes = world.phone(world.marloes).await;
    marloes.pulls(&world).await;
    marloes.circle = library;
    marloes.does(&world, vec![member(world.marloes, Relation::Coordinator).make(world.id())]).await;
    let mut fresh = world.phone(world.marloes).await;
    let answer = fresh.sends(&world, Vec::new()).await;
    assert_eq!(answer.circles.iter().filter(|circle| circle.circle == library).count(), 1);
}
