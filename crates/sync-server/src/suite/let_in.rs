//! What is let in from quarantine is checked like whatever arrives: who becomes a member, and which photos it names.

use opstap_core::model::{self, CircleKind, Member, Model, OrganisationRole, Picture, Relation};
use opstap_core::protocol::{Reason, Verdict};
use opstap_core::{Change, Edit, PersonId, Record, RecordId, Stamp};

use super::offers::{brought, restored, three};
use super::phone::{Phone, refused};
use super::world::{World, member, photo, plan, run, run_photo};
use crate::Storage;
use crate::service::{BlobAccess, QuarantineOutcome as Outcome};

/// An edit of a phone that somebody shut out: it waits.
async fn of_a_shut_out_phone<S: Storage>(world: &World<S>, person: PersonId, changes: Vec<Change>) -> Edit {
    let mut phone = world.phone(person).await;
    let edit = phone.edit(world, changes);
    world.service.revoke(phone.device).await.unwrap();
    phone.session = world.service.session(phone.token.reveal()).await.unwrap().unwrap();
    assert_eq!(phone.asks(world, vec![edit.clone()]).await.unwrap().verdicts[0].1, Verdict::Quarantined);
    edit
}

/// Takes somebody out of the circle.
async fn removes<S: Storage>(world: &World<S>, marloes: &mut Phone, person: PersonId) {
    let is_theirs = |record: &&Record| Member::from_record(record).is_some_and(|member| member.person == person);
    let member = marloes.records().find(is_theirs).unwrap().id;
    marloes.does(world, vec![model::delete(member)]).await;
}

async fn rules<S: Storage>(world: &World<S>, who: &Phone, edit: &Edit, let_in: bool) -> Outcome {
    world.service.rule_on_quarantined(who.session, world.circle, edit.name, let_in).await.unwrap()
}

async fn reads<S: Storage>(world: &World<S>, phone: &Phone, n: u8) -> BlobAccess {
    world.service.read_blob(phone.session, world.circle, photo(n).hash).await.unwrap()
}

async fn brings<S: Storage>(world: &World<S>, phone: &Phone, n: u8) {
    world.service.blob_arrived(phone.session, phone.circle, photo(n).hash, 40_000).await.unwrap();
}

/// A professional of another organisation.
async fn of_elsewhere<S: Storage>(world: &World<S>) -> Phone {
    let other = world.service.create_organisation("De Overkant").await.unwrap();
    let sanne = world.service.add_person(other, OrganisationRole::Professional, "Sanne").await.unwrap();
    world.phone(sanne).await
}

pub async fn nobody_of_another_organisation_is_let_in_as_a_member<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let mut sanne = of_elsewhere(&world).await;
    let makes = vec![member(sanne.session.person.id, Relation::SupportWorker).make(world.id())];
    let edit = of_a_shut_out_phone(&world, world.marloes, makes).await;
    let marloes = world.phone(world.marloes).await;
    let counter = world.counter().await;
    assert_eq!(rules(&world, &marloes, &edit, true).await, Outcome::CannotBe(Reason::CellDoesNotFit));
    assert_eq!(world.counter().await, counter);
    assert!(sanne.sends(&world, Vec::new()).await.circles.is_empty());
    assert_eq!(rules(&world, &marloes, &edit, false).await, Outcome::TurnedAway, "it can still be turned away");
    // Of somebody who has an account it counts.
    let makes = vec![member(world.joris, Relation::SupportWorker).make(world.id())];
    let edit = of_a_shut_out_phone(&world, world.marloes, makes).await;
    assert!(matches!(rules(&world, &marloes, &edit, true).await, Outcome::LetIn { .. }));
}

pub async fn a_circle_of_another_organisation_is_not_delivered_to_whom_it_names<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let mut sanne = of_elsewhere(&world).await;
    let (circle, person) = (world.circle, sanne.session.person.id);
    let stamp = Stamp::next(world.now(), None, world.device());
    let edit = Edit { stamp, ..sanne.edit(&world, vec![member(person, Relation::SupportWorker).make(world.id())]) };
    let record = opstap_core::merge::made(&edit, stamp, 1).remove(0);
    let entered = world.service.storage().write(move |txn| {
        txn.put_record(circle, &record)?;
        txn.put_membership(person, circle, true)
    });
    entered.await.unwrap();
    assert!(sanne.sends(&world, Vec::new()).await.circles.is_empty());
    assert_eq!(world.service.circles_of(person).await.unwrap(), []);
    assert_eq!(world.service.quarantine_waiting(sanne.session).await.unwrap(), []);
}

pub async fn a_photo_comes_in_only_if_its_author_brought_it_or_whoever_lets_it_in_may_read_it<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    let run_id = world.id();
    sem.does(&world, vec![run(world.id()).make(run_id), run_photo(1).make_below(world.id(), run_id)]).await;
    brings(&world, &sem, 1).await;
    brings(&world, &youssef, 2).await;
    let with = |n| vec![with_photo(n, world.id())];
    let (of_sems, of_his) = (youssef.edit(&world, with(1)), youssef.edit(&world, with(2)));
    removes(&world, &mut marloes, world.youssef).await;
    youssef.sends(&world, vec![of_sems.clone(), of_his.clone()]).await;
    assert_eq!(rules(&world, &marloes, &of_sems, true).await, Outcome::CannotBe(Reason::ForeignBlob));
    assert_eq!(reads(&world, &marloes, 1).await, BlobAccess::Hidden);
    assert!(matches!(rules(&world, &marloes, &of_his, true).await, Outcome::LetIn { .. }));
    assert!(matches!(reads(&world, &marloes, 2).await, BlobAccess::Readable { .. }));
    // Sem could have put it in a plan himself.
    assert!(matches!(rules(&world, &sem, &of_sems, true).await, Outcome::LetIn { .. }));
    assert!(matches!(reads(&world, &marloes, 1).await, BlobAccess::Readable { .. }));
}

pub async fn a_copy_from_the_library_that_is_let_in_has_its_pictures<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let library = world.service.create_circle(world.organisation, CircleKind::Library, &[]).await.unwrap();
    let mut marloes = world.phone(world.marloes).await;
    let mut plan = plan("Koken");
    plan.picture = Some(Picture::Photo(photo(4)));
    marloes.circle = library;
    brings(&world, &marloes, 4).await;
    marloes.does(&world, vec![plan.make(world.id())]).await;
    let edit = of_a_shut_out_phone(&world, world.marloes, vec![plan.make(world.id())]).await;
    assert!(matches!(rules(&world, &sem, &edit, true).await, Outcome::LetIn { .. }));
    assert!(sem.sends(&world, Vec::new()).await.lacking.is_empty());
    assert_eq!(reads(&world, &sem, 4).await, BlobAccess::Readable { held_in: library, size: 40_000 });
}

pub async fn a_repeat_of_what_was_let_in_in_part_is_known<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    let (gone, stays) = (world.id(), world.id());
    sem.does(&world, vec![plan("Koken").make(gone)]).await;
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    let edit = youssef.edit(&world, vec![model::set(gone, "title", "Bakken"), plan("Was doen").make(stays)]);
    removes(&world, &mut marloes, world.youssef).await;
    youssef.sends(&world, vec![edit.clone()]).await;
    sem.does(&world, vec![model::purge(gone)]).await;
    let Outcome::LetIn { number } = rules(&world, &sem, &edit, true).await else { panic!("what is left counts") };
    let again = youssef.sends(&world, vec![edit]).await.verdicts[0].1;
    assert_eq!(again, Verdict::Accepted { number, restamped: None });
}

pub async fn a_repeat_of_what_was_brought_and_let_in_is_known<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let (plan_id, run_id) = (world.id(), world.id());
    all.sem.does(&world, vec![plan("Koken").make(plan_id)]).await;
    let lost = all.sem.edit(&world, vec![model::set(plan_id, "theme", "huis"), run(plan_id).make(run_id)]);
    let world = restored(world).await;
    // The plan's theme comes first, alone; Youssef has no consent for how plans go.
    let first = Edit { changes: lost.changes[..1].to_vec(), ..lost.clone() };
    let first = brought(&world, &mut all.marloes, &first, all.seen);
    all.marloes.sends(&world, vec![first]).await;
    let offer = brought(&world, &mut all.youssef, &lost, all.seen);
    assert_eq!(all.youssef.sends(&world, vec![offer.clone()]).await.verdicts[0].1, Verdict::Quarantined);
    let Outcome::LetIn { number } = rules(&world, &all.sem, &offer, true).await else { panic!("Sem may") };
    let again = all.youssef.sends(&world, vec![offer]).await.verdicts[0].1;
    assert_eq!(again, Verdict::Accepted { number, restamped: None });
}

fn with_photo(n: u8, id: RecordId) -> Change {
    let mut plan = plan("Koken");
    plan.picture = Some(Picture::Photo(photo(n)));
    plan.make(id)
}

pub async fn a_photo_whose_record_the_backup_lacks_waits_and_comes_in<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    brings(&world, &all.sem, 1).await;
    brings(&world, &all.youssef, 2).await;
    let ids = [world.id(), world.id()];
    let lost =
        [all.sem.edit(&world, vec![with_photo(1, ids[0])]), all.youssef.edit(&world, vec![with_photo(2, ids[1])])];
    let world = restored(world).await;
    for edit in lost {
        let offer = brought(&world, &mut all.marloes, &edit, all.seen);
        let verdict = all.marloes.sends(&world, vec![offer.clone()]).await.verdicts[0].1;
        assert_eq!(verdict, Verdict::Quarantined);
        assert!(matches!(rules(&world, &all.sem, &offer, true).await, Outcome::LetIn { .. }));
    }
    for n in [1, 2] {
        assert!(matches!(reads(&world, &all.youssef, n).await, BlobAccess::Readable { .. }));
    }
}

pub async fn nobody_opens_a_photo_by_saying_that_another_had_used_it<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    brings(&world, &all.sem, 1).await;
    let run_id = world.id();
    all.sem.does(&world, vec![run(world.id()).make(run_id), run_photo(1).make_below(world.id(), run_id)]).await;
    let forged = all.sem.edit(&world, vec![with_photo(1, world.id())]);
    let world = restored(world).await;
    let offer = brought(&world, &mut all.youssef, &forged, all.seen);
    assert_eq!(all.youssef.sends(&world, vec![offer.clone()]).await.verdicts[0].1, Verdict::Quarantined);
    assert_eq!(rules(&world, &all.marloes, &offer, true).await, Outcome::CannotBe(Reason::ForeignBlob));
    assert_eq!(reads(&world, &all.youssef, 1).await, BlobAccess::Hidden);
}

pub async fn what_is_larger_than_an_edit_may_be_does_not_wait<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let large = || (0..20).map(|_| plan(&"a".repeat(19_000)).make(world.id())).collect::<Vec<_>>();
    let many = || (0..1_001).map(|_| plan("Koken").make(world.id())).collect::<Vec<_>>();
    let mut joris = world.phone(world.joris).await;
    let mut shut_out = world.phone(world.sem).await;
    let of_shut_out = [shut_out.edit(&world, large()), shut_out.edit(&world, many())];
    let of_removed = [all.youssef.edit(&world, large()), all.youssef.edit(&world, many())];
    let of_joris = [large(), many()].map(|changes| Edit { seen: all.seen, ..joris.edit(&world, changes) });
    let stranger = joris.asks(&world, vec![of_joris[0].clone()]).await.unwrap().verdicts[0].1;
    assert_eq!(stranger, refused(Reason::UnknownCircle), "nothing is kept of a stranger's, whatever it is");
    world.service.revoke(shut_out.device).await.unwrap();
    shut_out.session = world.service.session(shut_out.token.reveal()).await.unwrap().unwrap();
    removes(&world, &mut all.marloes, world.youssef).await;
    let world = restored(world).await;
    for (phone, edits) in [(&shut_out, of_shut_out), (&all.youssef, of_removed), (&joris, of_joris)] {
        for edit in edits {
            let verdict = phone.asks(&world, vec![edit]).await.unwrap().verdicts[0].1;
            assert_eq!(verdict, refused(Reason::TooLarge));
        }
    }
    assert_eq!(world.service.quarantined(all.sem.session, world.circle).await.unwrap(), []);
}
