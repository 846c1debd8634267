//! Who gets what, and what happens to the work of those who lost their right while they were on the way.

use opstap_core::access::{Section, View};
use opstap_core::model::{CircleKind, Model, OrganisationRole, Relation, set};
use opstap_core::protocol::{Delivery, Reason, Verdict};
use opstap_core::record::AUDIENCE;
use opstap_core::{RecordId, model};

use super::phone::{Phone, refused};
use super::world::{World, consent, member, plan, plan_with_step, run, run_photo, step, withdrawal};
use crate::Storage;
use crate::storage::Delivered;

async fn quarantined<S: Storage>(world: &World<S>) -> Vec<(opstap_core::PersonId, opstap_core::Edit)> {
    let circle = world.circle;
    let kept = world.service.storage().read(move |snapshot| snapshot.quarantine(circle)).await.unwrap();
    kept.into_iter().map(|kept| (kept.author, kept.edit)).collect()
}

pub async fn a_clients_album_is_hidden_until_shared_and_gone_when_unshared<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, run_id, photo_id) = (world.id(), world.id(), world.id());
    let mut marloes = world.phone(world.marloes).await;
    marloes.pulls(&world).await;
    let run = run(plan_id).make(run_id);
    sem.does(&world, vec![plan("Koken").make(plan_id), run, run_photo(1).make_below(photo_id, run_id)]).await;
    marloes.pulls(&world).await;
    assert!(marloes.record(run_id).is_some() && marloes.record(photo_id).is_none());
    let mut fresh = world.phone(world.marloes).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(photo_id).is_none(), "nor does a load bring it");

    sem.does(&world, vec![set(photo_id, AUDIENCE, vec![world.marloes])]).await;
    marloes.pulls(&world).await;
    assert!(marloes.record(photo_id).is_some());

    sem.does(&world, vec![set(photo_id, AUDIENCE, Vec::<opstap_core::PersonId>::new())]).await;
    let answer = marloes.sends(&world, Vec::new()).await;
    let Delivery::Changes { gone, records, .. } = &answer.circles[0].delivery else { panic!("changes") };
    assert_eq!((gone.as_slice(), records.len()), ([photo_id].as_slice(), 0));
    assert!(marloes.record(photo_id).is_none() && sem.record(photo_id).is_some());
}

/// What sections a phone holds records of.
fn sections(phone: &Phone) -> Vec<Section> {
    let mut sections: Vec<Section> = phone.records().map(|record| Section::of(record.kind)).collect();
    sections.sort_unstable();
    sections.dedup();
    sections
}

pub async fn a_withdrawn_consent_gives_a_new_view_and_a_load_without_that_section<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (given, plan_id) = (world.id(), world.id());
    sem.does(&world, vec![consent(world.youssef, Section::Progress).make(given)]).await;
    sem.does(&world, vec![plan("Koken").make(plan_id), run(plan_id).make(world.id())]).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    assert_eq!(sections(&youssef), [Section::Plans, Section::Progress, Section::Circle]);
    let before = youssef.held[&world.circle].cursor.unwrap().view;

    sem.does(&world, vec![withdrawal(world.youssef, Section::Progress, given).make(world.id())]).await;
    let answer = youssef.sends(&world, Vec::new()).await;
    assert_ne!(answer.circles[0].view, before);
    assert!(matches!(answer.circles[0].delivery, Delivery::Load { .. }));
    youssef.pulls(&world).await;
    assert_eq!(sections(&youssef), [Section::Plans, Section::Circle]);
    assert_eq!(youssef.value(plan_id, "title"), Some(&"Koken".into()));
}

pub async fn what_hangs_below_a_hidden_record_is_hidden_too<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id) = (world.id(), world.id());
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    youssef.pulls(&world).await;
    assert!(youssef.record(step_id).is_some());
    sem.does(&world, vec![set(plan_id, AUDIENCE, vec![world.marloes])]).await;
    youssef.pulls(&world).await;
    assert!(youssef.record(plan_id).is_none() && youssef.record(step_id).is_none());
    let mut fresh = world.phone(world.youssef).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(step_id).is_none());
    sem.does(&world, vec![set(plan_id, AUDIENCE, vec![world.youssef])]).await;
    youssef.pulls(&world).await;
    assert!(youssef.record(plan_id).is_some() && youssef.record(step_id).is_some());
}

/// The record by which a circle knows a person.
fn member_record(phone: &Phone, person: opstap_core::PersonId) -> RecordId {
    let is_them = |record: &&opstap_core::Record| {
        model::Member::from_record(record).is_some_and(|member| member.person == person)
    };
    phone.records().find(is_them).unwrap().id
}

pub async fn a_member_who_was_removed_hands_in_for_quarantine<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    let (plan_id, counter) = (world.id(), world.counter().await);
    let edits = vec![
        youssef.edit(&world, vec![plan("Koken").make(plan_id)]),
        youssef.edit(&world, vec![step("Pak een pan").make_below(world.id(), plan_id)]),
    ];
    marloes.does(&world, vec![model::delete(member_record(&marloes, world.youssef))]).await;
    let answer = youssef.sends(&world, edits.clone()).await;
    assert!(answer.verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Quarantined));
    assert_eq!((answer.left.as_slice(), answer.circles.len()), ([world.circle].as_slice(), 0));
    assert_eq!(world.counter().await, counter + 1, "only the removal counted");
    let kept = quarantined(&world).await;
    assert_eq!(kept, edits.iter().map(|edit| (world.youssef, edit.clone())).collect::<Vec<_>>());
    let again = youssef.asks(&world, edits).await.unwrap();
    assert_eq!(again.verdicts, answer.verdicts);
    assert_eq!(quarantined(&world).await.len(), 2, "a repeat is not kept twice");
    assert!(world.service.circles_of(world.youssef).await.unwrap().is_empty());
}

pub async fn an_edit_under_a_withdrawn_consent_goes_into_quarantine<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, given) = (world.id(), world.id());
    sem.does(&world, vec![plan("Koken").make(plan_id), consent(world.youssef, Section::Travel).make(given)]).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    let route = model::Route { title: "Naar school".into(), picture: None, order: None };
    let route_id = world.id();
    let travel = youssef.edit(&world, vec![route.make(route_id)]);
    let part = model::Part {
        order: "V".into(),
        means: model::Means::Walk,
        title: "Loop naar de halte".into(),
        line: None,
        direction: None,
        from: None,
        to: None,
        picture: None,
    };
    let below = youssef.edit(&world, vec![part.make_below(world.id(), route_id)]);
    let never = youssef.edit(&world, vec![run(plan_id).make(world.id())]);
    sem.does(&world, vec![withdrawal(world.youssef, Section::Travel, given).make(world.id())]).await;
    let verdicts = youssef.sends(&world, vec![travel, below, never]).await.verdicts;
    assert_eq!(verdicts[0].1, Verdict::Quarantined);
    assert_eq!(verdicts[1].1, Verdict::Quarantined, "what builds on it shares its fate");
    let no_consent = Reason::NotAllowed(opstap_core::access::NotAllowed::NoConsent);
    assert_eq!(verdicts[2].1, refused(no_consent), "what he never might is not quarantined");
    assert_eq!(quarantined(&world).await.len(), 2);
}

pub async fn a_revoked_device_hands_in_its_outbox_and_gets_nothing<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let counter = world.counter().await;
    let edit = sem.edit(&world, vec![plan("Koken").make(world.id())]);
    world.service.revoke(sem.device).await.unwrap();
    sem.session = world.service.session(sem.token.reveal()).await.unwrap().unwrap();
    assert!(sem.session.revoked);
    // It asks for everything from the start, too.
    sem.held.clear();
    let answer = sem.asks(&world, vec![edit]).await.unwrap();
    assert_eq!(answer.verdicts[0].1, Verdict::Quarantined);
    assert!(answer.circles.is_empty() && answer.owners.is_empty() && answer.lacking.is_empty());
    assert_eq!(world.counter().await, counter);
    // Another phone of the same person goes on.
    world.phone(world.sem).await.does(&world, vec![plan("Koken").make(world.id())]).await;
}

pub async fn a_stranger_gets_nothing_and_leaves_nothing<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let mut joris = world.phone(world.joris).await;
    let edit = joris.edit(&world, vec![plan("Koken").make(world.id())]);
    let answer = joris.sends(&world, vec![edit]).await;
    assert_eq!(answer.verdicts[0].1, refused(Reason::UnknownCircle));
    assert!(answer.circles.is_empty() && answer.left.is_empty());
    assert!(quarantined(&world).await.is_empty());
}

pub async fn the_library_is_open_by_role_within_the_organisation<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let library = world.service.create_circle(world.organisation, CircleKind::Library, &[]).await.unwrap();
    let other = world.service.create_organisation("De Overkant").await.unwrap();
    let sanne = world.service.add_person(other, OrganisationRole::Professional, "Sanne").await.unwrap();
    let mut marloes = world.phone(world.marloes).await;
    marloes.circle = library;
    let template = world.id();
    marloes.does(&world, vec![plan("Kookles").make(template)]).await;
    marloes.does(&world, vec![set(template, "title", "Koken")]).await;
    assert_eq!(
        world.service.history(marloes.session, library, template).await.unwrap().map(|edits| edits.len()),
        Some(2)
    );
    marloes.pulls(&world).await;
    assert_eq!(marloes.value(template, "title"), Some(&"Koken".into()));
    for person in [world.youssef, sanne] {
        let mut phone = world.phone(person).await;
        phone.circle = library;
        let verdict = phone.tries(&world, vec![set(template, "title", "Afwassen")]).await;
        assert!(matches!(verdict, Verdict::Refused(_)));
        phone.pulls(&world).await;
        assert!(phone.record(template).is_none());
        assert_eq!(world.service.history(phone.session, library, template).await.unwrap(), None);
    }
}

pub async fn what_others_received_is_logged_for_the_client<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    sem.does(&world, vec![plan("Koken").make(world.id()), plan("Afwassen").make(world.id())]).await;
    youssef.pulls(&world).await;
    youssef.pulls(&world).await;
    let log = world.service.deliveries(sem.session, world.circle).await.unwrap();
    let plans = Delivered {
        person: world.youssef,
        section: Section::Plans,
        day: u32::try_from(world.now().0 / 86_400_000).unwrap(),
        records: 2,
    };
    assert!(log.contains(&plans), "{log:?}");
    assert!(log.iter().all(|one| one.person == world.youssef), "what the client reads is not logged");
    assert!(
        world.service.deliveries(youssef.session, world.circle).await.unwrap().is_empty(),
        "it is the client's to read"
    );
    let joined = member(world.joris, Relation::Carer).make(world.id());
    world.phone(world.marloes).await.does(&world, vec![joined]).await;
    let joris = world.phone(world.joris).await.sends(&world, Vec::new()).await;
    assert_ne!(joris.circles[0].view, View::NOTHING);
}
