//! A circle opened while the server runs, and accounts for whoever joins one.

use opstap_core::model::{CircleKind, Member, Model, OrganisationRole, Person, Relation};
use opstap_core::{CircleId, PersonId};

use super::world::{HOUR, World};
use crate::service::{Joined, Opened, Session};
use crate::storage::Storage;

async fn session<S: Storage>(world: &World<S>, person: PersonId, role: OrganisationRole) -> Session {
    Session {
        person: Person { id: person, role },
        organisation: world.organisation,
        device: world.device(),
        revoked: false,
    }
}

pub async fn a_circle_that_is_opened_holds_the_client_and_whoever_opened_it_once_however_often_it_is_asked<
    S: Storage,
>(
    storage: S,
) {
    let world = World::new(storage).await;
    let fatma = world.service.add_person(world.organisation, OrganisationRole::Coordinator, "Fatma").await.unwrap();
    let fatma = session(&world, fatma, OrganisationRole::Coordinator).await;
    let circle = CircleId::new(world.now(), [3; 10]);
    let opened = world.service.open_circle(fatma, circle, " Bo ").await.unwrap();
    let Opened::Person(bo) = opened else { unreachable!("{opened:?}") };
    world.later(HOUR);
    assert_eq!(world.service.open_circle(fatma, circle, "Bo").await.unwrap(), opened, "the same account again");
    assert_eq!(world.service.person(bo).await.unwrap().unwrap().name, "Bo");
    let people = world.service.people_of(circle).await.unwrap().unwrap();
    assert_eq!(people, [bo, fatma.person.id].into());
    // Each of the two gets the circle with both members by the ordinary round trip.
    for person in [bo, fatma.person.id] {
        let mut phone = world.phone(person).await;
        phone.circle = circle;
        phone.pulls(&world).await;
        let mut relations: Vec<_> =
            phone.records().filter_map(Member::from_record).map(|member| member.relation).collect();
        relations.sort_unstable();
        assert_eq!(relations, [Relation::Client, Relation::Coordinator]);
    }
}

pub async fn a_coordinator_joins_a_circle_by_whoever_runs_the_server_once_and_nobody_else_does<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let fatma = world.service.add_person(world.organisation, OrganisationRole::Coordinator, "Fatma").await.unwrap();
    assert_eq!(world.service.join(fatma, world.circle).await.unwrap(), Joined::Now);
    assert_eq!(world.service.join(fatma, world.circle).await.unwrap(), Joined::Before(Relation::Coordinator));
    assert!(world.service.people_of(world.circle).await.unwrap().unwrap().contains(&fatma));
    // She gets the circle by the ordinary round trip, and those in it see her.
    for person in [fatma, world.sem] {
        let mut phone = world.phone(person).await;
        phone.pulls(&world).await;
        assert!(phone.records().filter_map(Member::from_record).any(|member| member.person == fatma));
    }
    assert_eq!(world.service.join(world.joris, world.circle).await.unwrap(), Joined::NotTheirs);
    let elsewhere = world.service.create_organisation("De Sluis").await.unwrap();
    let other = world.service.add_person(elsewhere, OrganisationRole::Administrator, "Bas").await.unwrap();
    assert_eq!(world.service.join(other, world.circle).await.unwrap(), Joined::NotTheirs);
}

pub async fn only_professionals_open_circles_and_nobody_takes_anothers_id<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let youssef = session(&world, world.youssef, OrganisationRole::Participant).await;
    let marloes = session(&world, world.marloes, OrganisationRole::Professional).await;
    let tim = world.service.add_person(world.organisation, OrganisationRole::Professional, "Tim").await.unwrap();
    let tim = session(&world, tim, OrganisationRole::Professional).await;
    let circle = CircleId::new(world.now(), [4; 10]);
    assert_eq!(world.service.open_circle(youssef, circle, "Bo").await.unwrap(), Opened::NotTheirs);
    assert_eq!(world.service.open_circle(marloes, circle, "  ").await.unwrap(), Opened::NoName);
    assert_eq!(world.service.open_circle(marloes, circle, &"b".repeat(101)).await.unwrap(), Opened::NoName);
    assert_eq!(world.service.open_circle(tim, world.circle, "Bo").await.unwrap(), Opened::Taken, "a circle of others");
    let again = world.service.open_circle(marloes, world.circle, "Bo").await.unwrap();
    assert_eq!(again, Opened::Person(world.sem), "her own circle is what it was");
    let person = PersonId::new(world.now(), [5; 10]);
    assert_eq!(world.service.add_participant(youssef, person, "Lies").await.unwrap(), Opened::NotTheirs);
    assert_eq!(world.service.add_participant(marloes, person, "Lies").await.unwrap(), Opened::Person(person));
    assert_eq!(world.service.add_participant(marloes, person, "Lies").await.unwrap(), Opened::Person(person));
    assert_eq!(world.service.add_participant(marloes, person, "Piet").await.unwrap(), Opened::Taken);
    assert_eq!(world.service.add_participant(marloes, world.sem, "Sem van elders").await.unwrap(), Opened::Taken);
    let role = world.service.person(person).await.unwrap().unwrap().role;
    assert_eq!(role, OrganisationRole::Participant, "nobody makes a colleague");
    assert_eq!(world.service.circles_of_organisation(world.organisation, CircleKind::Client).await.unwrap().len(), 1);
}

pub async fn an_organisation_has_one_programme_however_often_it_is_asked_for<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let programme = world.service.circle_of_its_own(world.organisation, CircleKind::Programme).await.unwrap();
    let again = world.service.circle_of_its_own(world.organisation, CircleKind::Programme).await.unwrap();
    assert_eq!(programme, again);
    let circles = world.service.circles_of_organisation(world.organisation, CircleKind::Programme).await.unwrap();
    assert_eq!(circles, [programme]);
}
