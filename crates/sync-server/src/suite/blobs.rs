//! Photos: expected, arrived, read, and never another circle's.

use opstap_core::model::{CircleKind, Model, Picture, Relation, set};
use opstap_core::protocol::{LackedBlob, Reason};
use opstap_core::record::AUDIENCE;
use opstap_core::{BlobHash, CircleId, RecordId};

use super::phone::{Phone, refused};
use super::world::{World, member, photo, plan, plan_with_step, run, run_photo};
use crate::Storage;
use crate::service::{BlobAccess, BlobArrival};

async fn reads<S: Storage>(world: &World<S>, phone: &Phone, hash: BlobHash) -> BlobAccess {
    world.service.read_blob(phone.session, phone.circle, hash).await.unwrap()
}

async fn brings<S: Storage>(world: &World<S>, phone: &Phone, hash: BlobHash) -> BlobArrival {
    world.service.blob_arrived(phone.session, phone.circle, hash, 40_000).await.unwrap()
}

/// A step with a photo, made by Marloes.
async fn step_with_photo<S: Storage>(world: &World<S>, marloes: &mut Phone, n: u8) -> RecordId {
    let (plan_id, step_id) = (world.id(), world.id());
    let mut changes = plan_with_step(plan_id, step_id);
    changes.push(set(step_id, "picture", Picture::Photo(photo(n))));
    marloes.does(world, changes).await;
    step_id
}

pub async fn a_blob_is_lacking_until_it_arrives<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut marloes = world.phone(world.marloes).await;
    step_with_photo(&world, &mut marloes, 1).await;
    let hash = photo(1).hash;
    let lacked = [LackedBlob { circle: world.circle, hash }];
    assert_eq!(sem.sends(&world, Vec::new()).await.lacking, lacked);
    assert_eq!(reads(&world, &sem, hash).await, BlobAccess::Lacking);
    world.heard.0.lock().unwrap().clear();
    assert_eq!(brings(&world, &marloes, hash).await, BlobArrival::Kept);
    assert_eq!(*world.heard.0.lock().unwrap(), [world.circle]);
    assert_eq!(brings(&world, &sem, hash).await, BlobArrival::AlreadyThere);
    assert!(sem.sends(&world, Vec::new()).await.lacking.is_empty());
    let there = BlobAccess::Readable { held_in: world.circle, size: 40_000 };
    assert_eq!(reads(&world, &sem, hash).await, there);
}

pub async fn a_blob_is_read_by_whoever_reads_its_record<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let mut marloes = world.phone(world.marloes).await;
    let (run_id, photo_id, hash) = (world.id(), world.id(), photo(2).hash);
    assert_eq!(brings(&world, &sem, hash).await, BlobArrival::Kept, "the photo may come before its record");
    assert_eq!(reads(&world, &sem, hash).await, BlobAccess::Hidden, "and is nobody's until then");
    let made = vec![run(world.id()).make(run_id), run_photo(2).make_below(photo_id, run_id)];
    sem.does(&world, made).await;
    assert!(matches!(reads(&world, &sem, hash).await, BlobAccess::Readable { .. }));
    assert_eq!(reads(&world, &marloes, hash).await, BlobAccess::Hidden);
    // Nor can she reach it by naming it in a record of her own.
    let changes = |id| {
        let mut plan = plan("Koken");
        plan.picture = Some(Picture::Photo(photo(2)));
        vec![plan.make(id)]
    };
    assert_eq!(marloes.tries(&world, changes(world.id())).await, refused(Reason::ForeignBlob));
    sem.does(&world, vec![set(photo_id, AUDIENCE, vec![world.marloes])]).await;
    assert!(matches!(reads(&world, &marloes, hash).await, BlobAccess::Readable { .. }));
    marloes.does(&world, changes(world.id())).await;
    assert!(matches!(reads(&world, &marloes, BlobHash([77; 32])).await, BlobAccess::Hidden));
}

/// A circle of Joris with one phone in it.
async fn another_circle<S: Storage>(world: &World<S>) -> (CircleId, Phone) {
    let members = [member(world.joris, Relation::Client)];
    let circle = world.service.create_circle(world.organisation, CircleKind::Client, &members).await.unwrap();
    let mut joris = world.phone(world.joris).await;
    joris.circle = circle;
    (circle, joris)
}

pub async fn a_step_that_names_another_circles_blob_is_refused<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let mut marloes = world.phone(world.marloes).await;
    step_with_photo(&world, &mut marloes, 3).await;
    let (_, mut joris) = another_circle(&world).await;
    let (plan_id, step_id) = (world.id(), world.id());
    joris.does(&world, plan_with_step(plan_id, step_id)).await;
    let names_it = || vec![set(step_id, "picture", Picture::Photo(photo(3)))];
    brings(&world, &marloes, photo(3).hash).await;
    assert_eq!(joris.tries(&world, names_it()).await, refused(Reason::ForeignBlob));
    assert_eq!(reads(&world, &joris, photo(3).hash).await, BlobAccess::Hidden);
    assert_eq!(joris.value(step_id, "picture"), None);
    // Who has the very same photo, and brings it, may use it.
    brings(&world, &joris, photo(3).hash).await;
    joris.does(&world, names_it()).await;
}

pub async fn a_blob_from_the_library_is_there_at_once<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let library = world.service.create_circle(world.organisation, CircleKind::Library, &[]).await.unwrap();
    let mut marloes = world.phone(world.marloes).await;
    marloes.circle = library;
    step_with_photo(&world, &mut marloes, 4).await;
    brings(&world, &marloes, photo(4).hash).await;
    let mut plan = plan("Koken");
    plan.picture = Some(Picture::Photo(photo(4)));
    assert_eq!(sem.tries(&world, vec![plan.make(world.id())]).await, refused(Reason::ForeignBlob), "not read by Sem");
    marloes.circle = world.circle;
    // An edit that is refused for another blob leaves nothing of this one behind, and nothing in the way.
    let mut both = plan.clone();
    both.title = "Twee".into();
    let (_, joris) = another_circle(&world).await;
    brings(&world, &joris, photo(9).hash).await;
    let mut step = super::world::step("Pak een pan");
    step.picture = Some(Picture::Photo(photo(9)));
    let plan_id = world.id();
    let verdict = marloes.tries(&world, vec![both.make(plan_id), step.make_below(world.id(), plan_id)]).await;
    assert_eq!(verdict, refused(Reason::ForeignBlob));
    let hash = photo(4).hash;
    let circle = world.circle;
    let here = world.service.storage().read(move |snapshot| snapshot.blob(circle, &hash)).await;
    assert_eq!(here, Ok(None));
    marloes.does(&world, vec![plan.make(world.id())]).await;
    let there = BlobAccess::Readable { held_in: library, size: 40_000 };
    assert_eq!(reads(&world, &sem, photo(4).hash).await, there);
    assert!(sem.sends(&world, Vec::new()).await.lacking.is_empty());
}

pub async fn a_blob_brought_elsewhere_by_its_author_is_expected<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let members = [member(world.joris, Relation::Client), member(world.marloes, Relation::Supervisor)];
    let other = world.service.create_circle(world.organisation, CircleKind::Client, &members).await.unwrap();
    let mut marloes = world.phone(world.marloes).await;
    marloes.circle = other;
    brings(&world, &marloes, photo(5).hash).await;
    marloes.circle = world.circle;
    step_with_photo(&world, &mut marloes, 5).await;
    let lacked = [LackedBlob { circle: world.circle, hash: photo(5).hash }];
    assert_eq!(sem.sends(&world, Vec::new()).await.lacking, lacked);
}

pub async fn a_stranger_brings_no_blobs<S: Storage>(storage: S) {
    let (world, _) = World::with_consents(storage).await;
    let joris = world.phone(world.joris).await;
    assert!(!world.service.may_send_blob(joris.session, world.circle).await.unwrap());
    assert_eq!(brings(&world, &joris, photo(6).hash).await, BlobArrival::NotTheirs);
    let youssef = world.phone(world.youssef).await;
    assert!(world.service.may_send_blob(youssef.session, world.circle).await.unwrap());
    assert!(!world.service.may_send_blob(youssef.session, CircleId([4; 16])).await.unwrap());
}

pub async fn a_photo_that_lost_a_conflict_can_still_be_read<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan_id, step_id) = (world.id(), world.id());
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    let loses = youssef.edit(&world, vec![set(step_id, "picture", Picture::Photo(photo(7)))]);
    world.later(1);
    marloes.does(&world, vec![set(step_id, "picture", Picture::Photo(photo(8)))]).await;
    youssef.sends(&world, vec![loses]).await;
    brings(&world, &youssef, photo(7).hash).await;
    assert_eq!(youssef.record(step_id).unwrap().kept.len(), 1);
    assert!(matches!(reads(&world, &marloes, photo(7).hash).await, BlobAccess::Readable { .. }));
    // And it can be put back.
    marloes.pulls(&world).await;
    marloes.does(&world, vec![set(step_id, "picture", Picture::Photo(photo(7)))]).await;
}
