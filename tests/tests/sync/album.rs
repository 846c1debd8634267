//! A client's album is their own until they show something.

use futures::executor::block_on;
use opstap_core::access::Section;
use opstap_core::model::{Model, Run, RunPhoto, set};
use opstap_core::{Kind, Media, PersonId};
use opstap_sync_client::BlobOutcome;

use super::stage::Stage;

#[test]
fn a_photo_is_seen_by_those_it_is_shown_to_and_by_nobody_else() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans, Section::Progress, Section::Photos]);
    let (plan, _) = sem.make_plan("Boodschappen doen", &["Pak een kar"]);
    let photo = block_on(sem.engine.put_blob(sem.circle, b"een volle koelkast".to_vec(), Media::Photo)).unwrap();
    let (run, taken) = (sem.engine.new_id(), sem.engine.new_id());
    let at = sem.engine.now();
    sem.edit(vec![
        Run::begins(plan, at).make(run),
        RunPhoto { photo, at, audience: Vec::new() }.make_below(taken, run),
    ]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    let photos = |phone: &super::stage::Phone| phone.all(&[Kind::RunPhoto]).len();
    assert_eq!((photos(&sem), photos(&marloes), photos(&youssef)), (1, 0, 0));
    let fetch = || block_on(marloes.engine.fetch_blob(marloes.circle, photo)).unwrap();
    assert_eq!(fetch(), BlobOutcome::NotYet);

    sem.edit(vec![set(taken, "audience", vec![stage.marloes])]);
    sem.sync();
    marloes.sync();
    youssef.sync();
    assert_eq!((photos(&marloes), photos(&youssef)), (1, 0));
    assert_eq!(fetch(), BlobOutcome::Here(b"een volle koelkast".to_vec()));

    sem.edit(vec![set(taken, "audience", Vec::<PersonId>::new())]);
    sem.sync();
    marloes.sync();
    assert_eq!((photos(&sem), photos(&marloes)), (1, 0));
}
