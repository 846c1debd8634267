//! Edits that cannot be: each is refused with its reason, changes nothing, and does not stand in the way of the next.

use opstap_core::access::NotAllowed;
use opstap_core::model::{Model, Relation, set};
use opstap_core::protocol::{Reason, Request, Verdict};
use opstap_core::{Change, CircleId, Kind, PersonId, RecordId, Value, model};

use super::phone::refused;
use super::world::{World, consent, member, plan, plan_with_step, run, step};
use crate::service::ServiceError;
use crate::{Service, Storage};

/// One row for each way in which an edit can be bad.
fn bad_edits<S: Storage>(world: &World<S>, plan_id: RecordId, run_id: RecordId) -> Vec<(Reason, Vec<Change>)> {
    let make = |kind, parent, cells| Change::Make { id: world.id(), kind, parent, cells };
    let title = || vec![("title".into(), Value::from("Koken"))];
    let unknown = || world.id();
    let good = || plan("Koken").make(world.id());
    vec![
        (Reason::UnknownRecord, vec![set(unknown(), "title", "Koken")]),
        (Reason::UnknownRecord, vec![good(), model::delete(unknown())]),
        (Reason::UnknownKind, vec![make(Kind::Unknown(99), None, title())]),
        (Reason::CellDoesNotFit, vec![make(Kind::Plan, None, Vec::new())]),
        (Reason::CellDoesNotFit, vec![good(), set(plan_id, "title", 3_i64)]),
        (Reason::CellDoesNotFit, Vec::new()),
        (Reason::WrongParent, vec![step("Pak een kar").make_below(world.id(), unknown())]),
        (Reason::WrongParent, vec![step("Pak een kar").make_below(world.id(), run_id)]),
        (Reason::WrongParent, vec![step("Pak een kar").make(world.id())]),
        (Reason::WrongParent, vec![plan("Koken").make_below(world.id(), plan_id)]),
        (Reason::RecordExists, vec![good(), plan("Koken").make(plan_id)]),
        (Reason::NotAllowed(NotAllowed::WrittenOnce), vec![set(run_id, "at", 4_i64)]),
        (Reason::NotAllowed(NotAllowed::NotTheirs), vec![member(world.joris, Relation::Volunteer).make(world.id())]),
        (Reason::TooLarge, (0..1_001).map(|_| good()).collect()),
        (Reason::TooLarge, (0..20).map(|_| plan(&"a".repeat(19_000)).make(world.id())).collect()),
    ]
}

pub async fn a_bad_edit_is_refused_changes_nothing_and_blocks_nothing<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id, run_id) = (world.id(), world.id(), world.id());
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    sem.does(&world, vec![run(plan_id).make(run_id)]).await;
    for (reason, changes) in bad_edits(&world, plan_id, run_id) {
        let (counter, before) = (world.counter().await, sem.held.clone());
        let edits =
            vec![sem.edit(&world, changes), sem.edit(&world, vec![set(plan_id, "title", format!("na {reason:?}"))])];
        let verdicts = sem.sends(&world, edits.clone()).await.verdicts;
        assert_eq!(verdicts[0].1, refused(reason));
        assert!(matches!(verdicts[1].1, Verdict::Accepted { .. }), "the next edit counts after {reason:?}");
        assert_eq!(world.counter().await, counter + 1);
        let ids = |held: &std::collections::BTreeMap<RecordId, _>| held.keys().copied().collect::<Vec<_>>();
        assert_eq!(
            ids(&sem.held[&world.circle].records),
            ids(&before[&world.circle].records),
            "{reason:?} made something"
        );
        assert_eq!(sem.sends(&world, edits).await.verdicts, verdicts, "a repeat hears the same");
    }
    for circle in [CircleId([7; 16]), other_organisations_circle(&world).await] {
        let mut edit = sem.edit(&world, vec![plan("Koken").make(world.id())]);
        edit.circle = circle;
        assert_eq!(sem.sends(&world, vec![edit]).await.verdicts[0].1, refused(Reason::UnknownCircle));
    }
}

async fn other_organisations_circle<S: Storage>(world: &World<S>) -> CircleId {
    let other = world.service.create_organisation("De Overkant").await.unwrap();
    world.service.create_circle(other, model::CircleKind::Client, &[]).await.unwrap()
}

pub async fn what_builds_on_a_refused_edit_is_refused_with_it<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut other = world.phone(world.sem).await;
    other.pulls(&world).await;
    let (plan_id, step_id) = (world.id(), world.id());
    // Without its title the plan cannot be made; the step stands on it, and a change on the step.
    let plan_edit = sem.edit(&world, vec![Change::Make { id: plan_id, kind: Kind::Plan, parent: None, cells: vec![] }]);
    let step_edit = sem.edit(&world, vec![step("Pak een kar").make_below(step_id, plan_id)]);
    let verdicts = sem.sends(&world, vec![plan_edit, step_edit]).await.verdicts;
    assert_eq!(verdicts[0].1, refused(Reason::CellDoesNotFit));
    assert_eq!(verdicts[1].1, refused(Reason::BuildsOnRefused));
    let later = sem.tries(&world, vec![set(step_id, "text", "Pak een mandje")]).await;
    assert_eq!(later, refused(Reason::BuildsOnRefused), "in a later request too");
    let elsewhere = other.tries(&world, vec![set(step_id, "text", "Pak een mandje")]).await;
    assert_eq!(elsewhere, refused(Reason::UnknownRecord), "another device does not know of it");
}

pub async fn a_refused_edit_keeps_its_verdict_when_the_ground_appears<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut other = world.phone(world.sem).await;
    let plan_id = world.id();
    let early = sem.edit(&world, vec![set(plan_id, "title", "Afwassen")]);
    let unknown = refused(Reason::UnknownRecord);
    assert_eq!(sem.sends(&world, vec![early.clone()]).await.verdicts[0].1, unknown);
    other.does(&world, vec![plan("Koken").make(plan_id)]).await;
    assert_eq!(sem.sends(&world, vec![early]).await.verdicts[0].1, unknown);
    assert_eq!(sem.value(plan_id, "title"), Some(&"Koken".into()));
}

pub async fn too_many_edits_are_not_taken_in<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let counter = world.counter().await;
    let edits: Vec<_> =
        (0..=Request::MOST_EDITS).map(|_| sem.edit(&world, vec![plan("Koken").make(world.id())])).collect();
    assert_eq!(sem.asks(&world, edits.clone()).await, Err(ServiceError::TooManyEdits));
    assert_eq!(world.counter().await, counter);
    sem.sends(&world, edits[..Request::MOST_EDITS].to_vec()).await;
    assert_eq!(world.counter().await, counter + 500);
}

pub async fn edits_under_another_device_are_not_taken_in<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut marloes = world.phone(world.marloes).await;
    let counter = world.counter().await;
    let make = || vec![plan("Koken").make(world.id())];
    let mut foreign_name = sem.edit(&world, make());
    foreign_name.name.device = marloes.device;
    let mut foreign_stamp = sem.edit(&world, make());
    foreign_stamp.stamp.device = marloes.device;
    for edit in [foreign_name, foreign_stamp] {
        assert_eq!(sem.asks(&world, vec![edit]).await, Err(ServiceError::ForeignDevice));
    }
    // A whole request in somebody else's name.
    let edit = marloes.edit(&world, make());
    let request = marloes.request(vec![edit]);
    assert_eq!(world.service.sync(sem.session, request).await, Err(ServiceError::ForeignDevice));
    assert_eq!(world.counter().await, counter);
}

pub async fn a_member_without_an_account_is_refused<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let mut marloes = world.phone(world.marloes).await;
    let nobody = PersonId([8; 16]);
    let verdict = marloes.tries(&world, vec![member(nobody, Relation::Carer).make(world.id())]).await;
    assert_eq!(verdict, refused(Reason::CellDoesNotFit));
    assert_eq!(
        world.service.invite(nobody, Service::<S>::PAIRING_VALID).await.err(),
        Some(ServiceError::UnknownPerson)
    );
    let consents = consent(world.joris, opstap_core::access::Section::Plans).make(world.id());
    let not_hers = marloes.tries(&world, vec![consents]).await;
    assert_eq!(not_hers, refused(Reason::NotAllowed(NotAllowed::NotTheirs)));
}
