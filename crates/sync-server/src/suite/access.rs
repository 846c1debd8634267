//! Who gets what, and what happens to the work of those who lost their right while they were on the way.

use opstap_core::access::{Section, View};
use opstap_core::model::{CircleKind, Model, OrganisationRole, Relation, ToCell, set};
use opstap_core::protocol::{Delivery, Reason, Verdict};
use opstap_core::record::{AUDIENCE, Kind};
use opstap_core::{Change, Millis, RecordId, Stamp, model};

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

pub async fn who_may_not_read_what_stands_above_does_not_write_below_it<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id) = (world.id(), world.id());
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    sem.does(&world, vec![set(plan_id, AUDIENCE, vec![world.marloes])]).await;
    let counter = world.counter().await;
    let not_for_him = refused(Reason::NotAllowed(opstap_core::access::NotAllowed::NotInTheAudience));
    let below = step("Pak een tas").make_below(world.id(), plan_id);
    // He does not know of it yet.
    for change in [set(step_id, "text", "Pak een mandje"), model::delete(step_id), below] {
        let edit = youssef.edit(&world, vec![change]);
        assert_eq!(youssef.asks(&world, vec![edit]).await.unwrap().verdicts[0].1, not_for_him);
    }
    assert_eq!(world.counter().await, counter);
    let mut marloes = world.phone(world.marloes).await;
    marloes.pulls(&world).await;
    marloes.does(&world, vec![set(step_id, "text", "Pak een mandje")]).await;
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
    let part = model::Part::titled("V", model::Means::Walk, "Loop naar de halte");
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

pub async fn a_template_of_ones_own_is_hidden_with_its_steps_and_its_open_copy_is_not<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let library = world.service.create_circle(world.organisation, CircleKind::Library, &[]).await.unwrap();
    let tim = world.service.add_person(world.organisation, OrganisationRole::Professional, "Tim").await.unwrap();
    let (mut marloes, mut tim) = (world.phone(world.marloes).await, world.phone(tim).await);
    (marloes.circle, tim.circle) = (library, library);
    let (own, own_step, open, open_step) = (world.id(), world.id(), world.id(), world.id());
    let mut made = plan_with_step(own, own_step);
    let Some(Change::Make { cells, .. }) = made.first_mut() else { panic!("a plan first") };
    cells.push((AUDIENCE.into(), vec![world.marloes].to_cell()));
    marloes.does(&world, made).await;
    tim.pulls(&world).await;
    assert!(tim.record(own).is_none() && tim.record(own_step).is_none());
    let verdict = tim.tries(&world, vec![set(own_step, "text", "Pak je tas.")]).await;
    assert!(matches!(verdict, Verdict::Refused(_)));
    marloes.does(&world, vec![set(own_step, "text", "Pak je tas.")]).await;
    marloes.does(&world, plan_with_step(open, open_step)).await;
    tim.pulls(&world).await;
    assert!(tim.record(own).is_none() && tim.record(open_step).is_some());
    tim.does(&world, vec![set(open_step, "text", "Neem je tas.")]).await;
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
        live: 0,
    };
    assert!(log.contains(&plans), "{log:?}");
    assert!(log.iter().all(|one| one.person == world.youssef), "what the client reads is not logged");
    let looked_back = sem.records().find(|record| record.kind == Kind::Plan).unwrap().id;
    world.service.history(sem.session, world.circle, looked_back).await.unwrap().unwrap();
    world.service.history(youssef.session, world.circle, looked_back).await.unwrap().unwrap();
    let log = world.service.deliveries(sem.session, world.circle).await.unwrap();
    let plans = Delivered { records: 3, ..plans };
    assert!(log.contains(&plans), "what it held before was seen too: {log:?}");
    assert!(
        world.service.deliveries(youssef.session, world.circle).await.unwrap().is_empty(),
        "it is the client's to read"
    );
    let joined = member(world.joris, Relation::Carer).make(world.id());
    world.phone(world.marloes).await.does(&world, vec![joined]).await;
    let joris = world.phone(world.joris).await.sends(&world, Vec::new()).await;
    assert_ne!(joris.circles[0].view, View::NOTHING);
}

pub async fn whose_a_record_is_stays_so_when_others_write_in_it<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (mut youssef, mut marloes) = (world.phone(world.youssef).await, world.phone(world.marloes).await);
    let id = world.id();
    youssef.does(&world, vec![plan("Koken").make(id), set(id, "audience", vec![world.marloes])]).await;
    let made = youssef.record(id).unwrap().made();
    marloes.pulls(&world).await;
    world.later(1_000);
    marloes.does(&world, vec![set(id, "title", "Bakken")]).await;
    // Who named the audience may name another one; then nothing is left of what the maker wrote.
    sem.pulls(&world).await;
    sem.does(&world, vec![set(id, "audience", vec![world.marloes])]).await;
    youssef.pulls(&world).await;
    assert_eq!(youssef.value(id, "title"), Some(&"Bakken".into()));
    assert_eq!(youssef.record(id).unwrap().made(), made);
    youssef.does(&world, vec![set(id, "title", "Braden")]).await;
}

pub async fn nobody_becomes_the_maker_of_anothers_record_by_a_clock_that_is_behind<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, run_id, photo_id) = (world.id(), world.id(), world.id());
    for section in [Section::Progress, Section::Photos] {
        sem.does(&world, vec![consent(world.youssef, section).make(world.id())]).await;
    }
    sem.does(&world, vec![plan("Koken").make(plan_id), run(plan_id).make(run_id)]).await;
    sem.does(&world, vec![run_photo(1).make_below(photo_id, run_id), set(photo_id, AUDIENCE, vec![world.youssef])])
        .await;
    let made = |phone: &Phone, id| phone.record(id).and_then(opstap_core::Record::made);
    let ours = [run_id, photo_id].map(|id| made(&sem, id));

    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    for (millis, id) in [(1, run_id), (2, photo_id)] {
        let edit = youssef.edit(&world, vec![model::restore(id)]);
        let behind = opstap_core::Edit { stamp: Stamp { millis: Millis(millis), ..edit.stamp }, ..edit };
        let verdict = youssef.sends(&world, vec![behind]).await.verdicts[0].1;
        assert!(matches!(verdict, Verdict::Accepted { restamped: None, .. }), "{verdict:?}");
    }
    sem.pulls(&world).await;
    assert_eq!([run_id, photo_id].map(|id| made(&sem, id)), ours);
    let not_theirs = Reason::NotAllowed(opstap_core::access::NotAllowed::NotTheirs);
    let shares = youssef.tries(&world, vec![set(photo_id, AUDIENCE, vec![world.youssef, world.marloes])]).await;
    assert_eq!(shares, refused(not_theirs), "whom it is for is not up to him");
    sem.does(&world, vec![set(photo_id, AUDIENCE, Vec::<opstap_core::PersonId>::new())]).await;
    youssef.pulls(&world).await;
    assert!(youssef.record(photo_id).is_none(), "and it goes when Sem takes him out");
    let mut fresh = world.phone(world.marloes).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(run_id).is_some(), "the run is as old as it was");
}

pub async fn whoever_sets_all_of_anothers_record_anew_and_deletes_it_has_it_deleted<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let (mut youssef, mut marloes) = (world.phone(world.youssef).await, world.phone(world.marloes).await);
    let id = world.id();
    youssef.does(&world, vec![plan("Koken").make(id)]).await;
    marloes.pulls(&world).await;
    // In one request, so that the second has not seen what came of the first.
    let title = marloes.edit(&world, vec![set(id, "title", "Bakken")]);
    world.later(1_000);
    let gone = marloes.edit(&world, vec![model::delete(id)]);
    marloes.sends(&world, vec![title, gone]).await;
    youssef.pulls(&world).await;
    let here = youssef.record(id).unwrap();
    assert!(here.is_deleted() && !here.came_back());
}
