//! Reading circles outside the round trip: the rights are those of a pull, at that moment, and what is given is logged.

use std::collections::BTreeSet;

use opstap_core::access::Section;
use opstap_core::model::{self, CircleKind, Model, OrganisationRole, Plan, set};
use opstap_core::record::AUDIENCE;
use opstap_core::{Kind, RecordId};

use super::phone::Phone;
use super::world::{World, consent, plan, plan_with_step, run, withdrawal};
use crate::Storage;
use crate::service::{CircleRead, Reach};

const KINDS: &[Kind] = &[Kind::Plan, Kind::Step, Kind::Run];

async fn reads<S: Storage>(world: &World<S>, who: &Phone, reach: Reach) -> Vec<CircleRead> {
    world.service.read_circles(who.session, reach, KINDS).await.unwrap()
}

/// The ids of all that somebody may read.
async fn ids<S: Storage>(world: &World<S>, who: &Phone) -> BTreeSet<RecordId> {
    let all = reads(world, who, Reach::All).await;
    all.iter().flat_map(|read| &read.records).map(|record| record.id).collect()
}

pub async fn what_is_read_is_what_a_pull_would_bring_at_that_moment<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id, run_id, given) = (world.id(), world.id(), world.id(), world.id());
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    sem.does(&world, vec![run(plan_id).make(run_id)]).await;
    let (youssef, marloes) = (world.phone(world.youssef).await, world.phone(world.marloes).await);
    assert_eq!(ids(&world, &sem).await, BTreeSet::from([plan_id, step_id, run_id]));
    assert_eq!(ids(&world, &marloes).await, BTreeSet::from([plan_id, step_id, run_id]));
    assert_eq!(ids(&world, &youssef).await, BTreeSet::from([plan_id, step_id]), "how it goes was not given to him");

    sem.does(&world, vec![consent(world.youssef, Section::Progress).make(given)]).await;
    assert_eq!(ids(&world, &youssef).await, BTreeSet::from([plan_id, step_id, run_id]));
    sem.does(&world, vec![withdrawal(world.youssef, Section::Progress, given).make(world.id())]).await;
    assert_eq!(ids(&world, &youssef).await, BTreeSet::from([plan_id, step_id]), "a withdrawal works at once");

    sem.does(&world, vec![set(plan_id, AUDIENCE, vec![world.marloes])]).await;
    assert_eq!(ids(&world, &youssef).await, BTreeSet::new(), "with a plan that is not for him go its steps");
    let read = reads(&world, &marloes, Reach::All).await;
    assert_eq!((read[0].client, read[0].is_own), (Some(world.sem), false));
    assert_eq!(read[0].author(&read[0].records[0]), Some(world.sem));
    assert!(reads(&world, &sem, Reach::Client(world.sem)).await[0].is_own);
}

pub async fn nothing_is_read_of_what_is_deleted_erased_or_waits<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (kept, gone, erased, below) = (world.id(), world.id(), world.id(), world.id());
    let mut changes = vec![plan("Koken").make(kept), plan("Bakken").make(erased)];
    changes.extend(plan_with_step(gone, below));
    sem.does(&world, changes).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    sem.does(&world, vec![model::delete(gone)]).await;
    sem.does(&world, vec![model::purge(erased)]).await;
    assert_eq!(ids(&world, &sem).await, BTreeSet::from([kept]));
    sem.does(&world, vec![model::restore(gone)]).await;
    assert_eq!(ids(&world, &sem).await, BTreeSet::from([kept, gone, below]));

    // He lost his place in the circle with a plan on the way: it waits.
    let is_his = |record: &&opstap_core::Record| {
        model::Member::from_record(record).is_some_and(|member| member.person == world.youssef)
    };
    let his = sem.records().find(is_his).unwrap().id;
    let mut marloes = world.phone(world.marloes).await;
    marloes.pulls(&world).await;
    marloes.does(&world, vec![model::delete(his)]).await;
    let waits = youssef.edit(&world, vec![plan("Vegen").make(world.id())]);
    youssef.sends(&world, vec![waits]).await;
    assert_eq!(ids(&world, &sem).await, BTreeSet::from([kept, gone, below]));
    assert_eq!(ids(&world, &youssef).await, BTreeSet::new());
}

pub async fn a_stranger_and_whoever_was_shut_out_read_nothing_however_they_ask<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let plan_id = world.id();
    sem.does(&world, vec![plan("Koken").make(plan_id)]).await;
    let elsewhere = world.service.create_organisation("Elders").await.unwrap();
    let karin = world.service.add_person(elsewhere, OrganisationRole::Administrator, "Karin").await.unwrap();
    let (joris, karin) = (world.phone(world.joris).await, world.phone(karin).await);
    let mut shut_out = world.phone(world.sem).await;
    shut_out.session.revoked = true;
    let all = [Reach::All, Reach::Circle(world.circle), Reach::Client(world.sem), Reach::Record(plan_id)];
    for reach in all {
        assert_eq!(reads(&world, &sem, reach).await[0].records.len(), 1);
        for nobody in [&joris, &karin, &shut_out] {
            assert_eq!(reads(&world, nobody, reach).await.len(), 0, "{reach:?}");
        }
    }
    assert_eq!(reads(&world, &sem, Reach::Record(world.id())).await.len(), 0);
    assert_eq!(reads(&world, &sem, Reach::Client(world.youssef)).await.len(), 0);
}

pub async fn the_library_is_read_by_role<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let library = world.service.create_circle(world.organisation, CircleKind::Library, &[]).await.unwrap();
    let mut marloes = world.phone(world.marloes).await;
    marloes.circle = library;
    let template = world.id();
    marloes.does(&world, vec![Plan::titled("Opstaan").make(template)]).await;
    assert_eq!(ids(&world, &marloes).await, BTreeSet::from([template]));
    assert_eq!(ids(&world, &sem).await, BTreeSet::new());
}

pub async fn what_is_given_is_in_what_the_client_can_look_up<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let marloes = world.phone(world.marloes).await;
    let given = vec![(world.circle, Section::Plans), (world.circle, Section::Plans), (world.circle, Section::Goals)];
    world.service.note_read(marloes.session, given.clone()).await.unwrap();
    world.service.note_read(sem.session, given).await.unwrap();
    let all = world.service.deliveries(sem.session, world.circle).await.unwrap();
    let noted: Vec<_> = all.iter().map(|one| (one.person, one.section, one.records)).collect();
    assert_eq!(noted, [(world.marloes, Section::Plans, 2), (world.marloes, Section::Goals, 1)]);
}
