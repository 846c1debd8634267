//! What a person may see and do changes while their phone is away.

use futures::executor::block_on;
use opstap_core::Kind;
use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Model, Picture, Step, set};
use opstap_core::protocol::Reason;
use opstap_core::{BlobHash, BlobRef, Media, PersonId};
use opstap_sync_client::{NotKept, Outcome, Pick, RecordState};

use super::stage::{Phone, Stage, given, member, plan};

/// Sem ends every consent this person has.
fn withdraw(sem: &Phone, person: PersonId) {
    let access = block_on(sem.engine.access(sem.circle)).unwrap();
    let now = sem.engine.now();
    let given: Vec<_> = access.consents(person, now).map(|(id, consent)| (id, consent.clone())).collect();
    for (id, consent) in given {
        let ended = Consent { act: ConsentAct::Withdrawn, ends: Some(id), ..consent };
        sem.edit(vec![ended.make(sem.engine.new_id())]);
    }
    sem.sync();
}

#[test]
fn a_consent_that_is_withdrawn_takes_the_plans_off_the_volunteers_phone_at_the_next_sync() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    let youssef = stage.phone(stage.youssef);
    assert_eq!(youssef.titles(), ["Was doen"]);
    withdraw(&sem, stage.youssef);
    youssef.sync();
    assert!(youssef.all(&[Kind::Plan, Kind::Step]).is_empty());
    assert_eq!(youssef.all(&[Kind::Member]).len(), 3);
    sem.edit(vec![given(stage.youssef, Section::Plans).make(sem.engine.new_id())]);
    sem.sync();
    youssef.sync();
    assert_eq!(youssef.titles(), ["Was doen"]);
}

#[test]
fn what_a_volunteer_did_after_losing_the_right_goes_into_quarantine_and_off_the_phone() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, _) = sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    let youssef = stage.phone(stage.youssef);
    withdraw(&sem, stage.youssef);
    // Not knowing of it yet.
    youssef.edit(vec![set(id, "title", "Anders")]);
    let Outcome::Done(synced) = youssef.sync() else { panic!("it went through") };
    assert_eq!((synced.quarantined, youssef.waiting()), (1, 0));
    sem.sync();
    assert_eq!(sem.titles(), ["Was doen"]);
    assert_eq!(youssef.try_edit(vec![set(id, "title", "x")]), Err(NotKept::Refused(Reason::UnknownRecord)));
}

#[test]
fn a_refused_edit_leaves_the_screen_as_if_it_had_not_been() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, steps) = sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    // A photo of a circle that Youssef is not in.
    let members = [member(stage.marloes, opstap_core::model::Relation::Supervisor, "Marloes")];
    let kind = opstap_core::model::CircleKind::Client;
    let elsewhere = block_on(stage.service.create_circle(stage.organisation, kind, &members)).unwrap();
    let marloes = stage.phone(stage.marloes);
    let foreign = block_on(marloes.engine.put_blob(elsewhere, b"een andere keuken".to_vec(), Media::Photo)).unwrap();
    marloes.sync();
    let youssef = stage.phone(stage.youssef);
    let before = youssef.all(&[Kind::Plan, Kind::Step]);
    youssef.edit(vec![set(steps[0], "picture", Picture::Photo(foreign)), set(id, "title", "Anders")]);
    assert_eq!(youssef.titles(), ["Anders"]);
    let Outcome::Done(synced) = youssef.sync() else { panic!("it went through") };
    assert_eq!((synced.refused, youssef.waiting()), (1, 0));
    assert_eq!(youssef.all(&[Kind::Plan, Kind::Step]), before);
    let tray = block_on(youssef.engine.refused()).unwrap();
    assert_eq!(tray.iter().map(|refused| refused.reason).collect::<Vec<_>>(), [Reason::ForeignBlob]);
    let step = block_on(youssef.engine.read_as::<Step>(youssef.circle, Pick::One(steps[0]))).unwrap();
    assert_eq!(step[0].entry.state, RecordState::Problem);
    block_on(youssef.engine.discard(tray[0].edit.name.n)).unwrap();
    let step = block_on(youssef.engine.read_as::<Step>(youssef.circle, Pick::One(steps[0]))).unwrap();
    assert_eq!(step[0].entry.state, RecordState::Sent);
}

#[test]
fn somebody_who_leaves_the_circle_keeps_nothing_of_it_on_the_phone() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    let members = youssef.all(&[Kind::Member]);
    let his = members.iter().find(|record| record.value("name") == Some(&"Youssef".into())).unwrap().id;
    marloes.edit(vec![opstap_core::model::delete(his)]);
    marloes.sync();
    youssef.sync();
    assert!(block_on(youssef.engine.circles()).unwrap().is_empty());
    assert!(youssef.all(&[Kind::Member, Kind::Plan, Kind::Step, Kind::Consent]).is_empty());
}

#[test]
fn a_session_that_was_ended_stops_the_sync_and_not_the_work() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    block_on(stage.service.revoke(sem.engine.store_id())).unwrap();
    sem.edit(vec![plan("Nog een").make(sem.engine.new_id())]);
    let outcome = sem.sync();
    assert!(matches!(outcome, Outcome::Done(_) | Outcome::SignedOut), "{outcome:?}");
    assert!(sem.titles().contains(&"Was doen".to_owned()));
}

#[test]
fn a_blob_nobody_has_brought_yet_may_come_after_the_edit() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, steps) = sem.make_plan("Was doen", &["Sorteer"]);
    let photo = block_on(sem.engine.put_blob(sem.circle, b"de was".to_vec(), Media::Photo)).unwrap();
    sem.edit(vec![set(steps[0], "picture", Picture::Photo(photo))]);
    sem.sync();
    let marloes = stage.phone(stage.marloes);
    assert_eq!(block_on(marloes.engine.ready(marloes.circle, id)), Ok(opstap_sync_client::Ready::Yes));
    assert_eq!(block_on(marloes.engine.blob(marloes.circle, photo.hash)).unwrap(), Some(b"de was".to_vec()));
    let nowhere = BlobRef { hash: BlobHash([9; 32]), media: Media::Photo, size: 3 };
    sem.edit(vec![set(steps[0], "picture", Picture::Photo(nowhere))]);
    sem.sync();
    marloes.sync();
    assert_eq!(block_on(marloes.engine.ready(marloes.circle, id)), Ok(opstap_sync_client::Ready::Missing(1)));
}
