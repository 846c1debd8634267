//! Who comes in: codes that work once, sessions, devices.

use std::sync::Arc;

use opstap_core::PersonId;
use opstap_core::model::{CircleKind, Model, OrganisationRole, Relation};

use super::world::{Drawn, HOUR, World, member, plan};
use crate::service::{Pairing, Service, ServiceError};
use crate::storage::DeviceRow;
use crate::{Clock, Storage};

const TEN_MINUTES: u64 = 10 * 60 * 1_000;

pub async fn a_code_pairs_once<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    for short in [true, false] {
        let invitation = world.service.invite(world.sem, TEN_MINUTES).await.unwrap();
        let (code, other) = match short {
            true => (invitation.short.in_halves().to_lowercase(), invitation.long.reveal().to_owned()),
            false => (invitation.long.reveal().to_owned(), invitation.short.reveal().to_owned()),
        };
        let Pairing::Paired { token, person } = world.service.pair(&code, world.device()).await.unwrap() else {
            panic!("paired")
        };
        assert_eq!(person.id, world.sem);
        assert_eq!(world.service.session(token.reveal()).await.unwrap().unwrap().person.id, world.sem);
        for used in [code, other] {
            assert_eq!(
                world.service.pair(&used, world.device()).await.unwrap(),
                Pairing::Used,
                "both codes are used up"
            );
        }
    }
}

pub async fn a_code_expires<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let invitation = world.service.invite(world.sem, TEN_MINUTES).await.unwrap();
    assert_eq!(invitation.expires, world.now().plus(TEN_MINUTES));
    world.later(TEN_MINUTES);
    let outcome = world.service.pair(invitation.short.reveal(), world.device()).await.unwrap();
    assert_eq!(outcome, Pairing::Expired);
}

pub async fn an_unknown_code_is_unknown<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    for code in ["", "0000-0000", "é", "'; DROP TABLE person; --"] {
        assert_eq!(world.service.pair(code, world.device()).await.unwrap(), Pairing::Unknown);
    }
}

pub async fn a_device_of_somebody_else_does_not_use_up_the_code<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let marloes = world.phone(world.marloes).await;
    let invitation = world.service.invite(world.sem, TEN_MINUTES).await.unwrap();
    let outcome = world.service.pair(invitation.short.reveal(), marloes.device).await;
    assert_eq!(outcome, Err(ServiceError::ForeignDevice));
    let outcome = world.service.pair(invitation.short.reveal(), world.device()).await.unwrap();
    assert!(matches!(outcome, Pairing::Paired { .. }));
}

pub async fn a_session_is_found_by_its_token_until_it_is_signed_out<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let marloes = world.phone(world.marloes).await;
    let found = world.service.session(marloes.token.reveal()).await.unwrap().unwrap();
    assert_eq!(found.person.role, OrganisationRole::Professional);
    assert_eq!((found.organisation, found.device, found.revoked), (world.organisation, marloes.device, false));
    assert_eq!(world.service.session("ABCDEFG").await.unwrap(), None);
    world.service.sign_out(marloes.token.reveal()).await.unwrap();
    assert_eq!(world.service.session(marloes.token.reveal()).await.unwrap(), None);
    assert_eq!(world.service.devices(world.marloes).await.unwrap().len(), 1, "the device stays listed");
}

pub async fn a_store_made_anew_goes_on_under_its_session<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let before = sem.device;
    (sem.device, sem.n) = (world.device(), 0);
    let mut request = sem.request(Vec::new());
    (request.waiting, request.refused) = (3, 1);
    world.service.sync(sem.session, request).await.unwrap();
    sem.does(&world, vec![plan("Koken").make(world.id())]).await;
    assert_eq!(world.service.session(sem.token.reveal()).await.unwrap().unwrap().device, sem.device);
    let mut devices: Vec<_> = world.service.devices(world.sem).await.unwrap().iter().map(|row| row.id).collect();
    devices.sort_unstable();
    let mut both = [before, sem.device];
    both.sort_unstable();
    assert_eq!(devices, both);
    // Revoking the one in use ends the session, whatever the device was called when it was paired.
    world.service.revoke(sem.device).await.unwrap();
    assert!(world.service.session(sem.token.reveal()).await.unwrap().unwrap().revoked);
    let revoked = world.service.devices(world.sem).await.unwrap().iter().filter(|row| row.revoked.is_some()).count();
    assert_eq!(revoked, 1);
}

pub async fn that_a_device_was_heard_of_is_written_once_an_hour<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let heard = async || world.service.devices(world.sem).await.unwrap()[0].heard;
    let before = heard().await;
    world.later(DeviceRow::HEARD_WITHIN - 1);
    world.service.sync(sem.session, sem.request(Vec::new())).await.unwrap();
    assert_eq!(heard().await, before);
    world.later(1);
    world.service.sync(sem.session, sem.request(Vec::new())).await.unwrap();
    assert_eq!(heard().await, world.clock.now());
    let marloes = world.phone(world.marloes).await;
    assert_eq!(world.service.phones_heard(marloes.session).await.unwrap(), [(world.circle, world.clock.now())]);
    assert_eq!(world.service.phones_heard(sem.session).await.unwrap(), []);
}

pub async fn accounts_need_their_organisation<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let nowhere = opstap_core::OrganisationId([5; 16]);
    let added = world.service.add_person(nowhere, OrganisationRole::Participant, "Nora").await;
    assert_eq!(added, Err(ServiceError::UnknownOrganisation));
    let circle = world.service.create_circle(nowhere, CircleKind::Client, &[]).await;
    assert_eq!(circle, Err(ServiceError::UnknownOrganisation));
    let members = [member(PersonId([6; 16]), Relation::Client)];
    let circle = world.service.create_circle(world.organisation, CircleKind::Client, &members).await;
    assert_eq!(circle, Err(ServiceError::UnknownPerson));
    let circles = world.service.circles_of_organisation(world.organisation, CircleKind::Client).await.unwrap();
    assert_eq!(circles, [world.circle], "nothing was made half-way");
    let mut names: Vec<_> =
        world.service.persons(world.organisation).await.unwrap().into_iter().map(|person| person.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Joris", "Marloes", "Sem", "Youssef"]);
    assert_eq!(world.service.person(world.sem).await.unwrap().unwrap().name, "Sem");
}

pub async fn a_server_keeps_its_id<S: Storage>(storage: S) {
    let world = World::new(storage.clone()).await;
    world.later(HOUR);
    let clock: Arc<dyn Clock> = world.clock.clone();
    let again = Service::open(storage, clock, Arc::new(Drawn::default()), Arc::new(())).await.unwrap();
    assert_eq!(again.server(), world.service.server());
    assert_eq!(again.organisations().await.unwrap().len(), 1);
}
