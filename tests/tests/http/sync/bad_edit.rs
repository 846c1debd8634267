//! Edits that cannot count: each gets a verdict that says why, the others of the request count, and nothing else changes.

use opstap_core::model::{CircleKind, Member, Message, Model, Picture, Relation, Step, set};
use opstap_core::protocol::{Reason, Verdict};
use opstap_core::{BlobRef, Change, CircleId, Edit, Kind, Media, Millis, RecordId};
use opstap_sync_server::Clock;

use crate::http::caller::{Caller, new_id};
use crate::http::photo::{address, jpeg, name_of};
use crate::http::stage::Stage;

fn message(stage: &Stage, text: &str, at: Millis) -> Change {
    Message::saying(stage.person("Karin"), text, at).make(new_id(at))
}

/// Sends the edit between two good ones; gives its verdict when the others counted and all else stayed as it was.
async fn verdict_alone(stage: &Stage, caller: &mut Caller, bad: Edit) -> Verdict {
    let onlooker = stage.as_client().await;
    let before = onlooker.sees().await;
    let at = stage.clock.now();
    let good = caller.edit(stage.circle, at, vec![message(stage, "Ik ben er", at)]);
    let (bad_n, good_n) = (bad.name.n, good.name.n);
    let made = good.changes[0].record();
    let answer = caller.sync(vec![bad, good]).await;
    let verdict = |n| answer.verdicts.iter().find(|(known, _)| *known == n).unwrap().1;
    assert!(matches!(verdict(good_n), Verdict::Accepted { .. }), "a refused edit blocks nothing");
    let mut after = onlooker.sees().await;
    assert!(after.remove(&(stage.circle, made)).is_some(), "the good edit counts");
    assert_eq!(after, before, "a refused edit changes nothing");
    verdict(bad_n)
}

#[tokio::test]
async fn a_record_of_an_unknown_kind_is_refused() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let at = stage.clock.now();
    let change = Change::Make { id: new_id(at), kind: Kind::Unknown(999), parent: None, cells: Vec::new() };
    let bad = sem.edit(stage.circle, at, vec![change]);
    assert_eq!(verdict_alone(&stage, &mut sem, bad).await, Verdict::Refused(Reason::UnknownKind));
}

#[tokio::test]
async fn an_edit_in_a_circle_that_is_not_theirs_is_refused() {
    let stage = Stage::set().await;
    let mut stranger = stage.as_stranger().await;
    let onlooker = stage.as_client().await;
    let before = onlooker.sees().await;
    let at = stage.clock.now();
    for circle in [stage.circle, CircleId([7; 16])] {
        let edit = stranger.edit(circle, at, vec![message(&stage, "Hallo", at)]);
        assert_eq!(stranger.verdict(&edit).await, Verdict::Refused(Reason::UnknownCircle));
    }
    assert_eq!(onlooker.sees().await, before);
}

#[tokio::test]
async fn a_stamp_of_next_year_is_replaced_by_the_servers_own() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let now = stage.clock.now();
    let next_year = now.plus(365 * 86_400_000);
    let edit = sem.edit(stage.circle, next_year, vec![message(&stage, "Tot volgend jaar", now)]);
    let Verdict::Accepted { restamped: Some(stamp), .. } = sem.verdict(&edit).await else {
        panic!("accepted with a stamp of the server's")
    };
    assert!(!stamp.is_ahead_of(now), "{stamp:?}");
    let seen = sem.sees().await;
    assert!(seen.values().filter_map(opstap_core::Record::latest).all(|stamp| !stamp.is_ahead_of(now)));
}

#[tokio::test]
async fn the_same_name_with_other_content_is_refused_and_the_first_stands() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let at = stage.clock.now();
    let first = sem.edit(stage.circle, at, vec![message(&stage, "Het eerste", at)]);
    let accepted = sem.verdict(&first).await;
    let mut other = first.clone();
    other.changes = vec![message(&stage, "Het andere", at)];
    assert_eq!(verdict_alone(&stage, &mut sem, other).await, Verdict::Refused(Reason::NameTaken));
    assert_eq!(sem.verdict(&first).await, accepted);
}

#[tokio::test]
async fn a_change_to_a_record_that_does_not_exist_is_refused() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let bad = sem.edit(stage.circle, stage.clock.now(), vec![set(RecordId([7; 16]), "title", "Iets")]);
    assert_eq!(verdict_alone(&stage, &mut sem, bad).await, Verdict::Refused(Reason::UnknownRecord));
}

#[tokio::test]
async fn a_cell_that_does_not_fit_is_refused() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let plan = sem.sees().await.into_values().find(|record| record.kind == Kind::Plan).unwrap().id;
    let bad = sem.edit(stage.circle, stage.clock.now(), vec![set(plan, "title", 3_i64)]);
    assert_eq!(verdict_alone(&stage, &mut sem, bad).await, Verdict::Refused(Reason::CellDoesNotFit));
}

#[tokio::test]
async fn a_step_with_a_photo_of_another_circle_is_refused() {
    let stage = Stage::set().await;
    let organisation = stage.app.service.organisations().await.unwrap()[0].id;
    let eva = stage
        .app
        .service
        .add_person(organisation, opstap_core::model::OrganisationRole::Participant, "Eva")
        .await
        .unwrap();
    let member = Member {
        person: eva,
        relation: Relation::Client,
        name: "Eva".into(),
        called: None,
        phone: None,
        face: None,
        order: None,
    };
    let elsewhere = stage.app.service.create_circle(organisation, CircleKind::Client, &[member]).await.unwrap();
    let eva = stage.sign_in(eva).await;
    let photo = jpeg(80, 60, 9);
    let hash = name_of(&photo);
    eva.put(&address(elsewhere, hash), &photo).await.expect(201);

    let mut youssef = stage.as_volunteer().await;
    let plan = youssef.sees().await.into_values().find(|record| record.kind == Kind::Plan).unwrap().id;
    let at = stage.clock.now();
    let size = u32::try_from(photo.len()).unwrap();
    let picture = Some(Picture::Photo(BlobRef { hash, media: Media::Photo, size }));
    let step = Step { picture, ..Step::saying("z", "Kijk naar de foto") };
    let bad = youssef.edit(stage.circle, at, vec![step.make_below(new_id(at), plan)]);
    assert_eq!(verdict_alone(&stage, &mut youssef, bad).await, Verdict::Refused(Reason::ForeignBlob));
    youssef.get(&address(elsewhere, hash)).await.expect_problem(404, "no-such-blob");
    youssef.get(&address(stage.circle, hash)).await.expect_problem(404, "no-such-blob");
}
