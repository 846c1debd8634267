//! A device without room: text is kept all the same, and no photo of the person's own is lost.

use futures::executor::block_on;
use opstap_core::model::{Picture, RunPhoto, set};
use opstap_core::{BlobRef, Media, RecordId};

use super::stage::{KRING, Line, NOON, PLAN, STEP, Saying, Stage, answer, hash, record_at, step};
use crate::engine::{BlobOutcome, NotKept, Outcome, Query, Ready, RecordState};
use crate::store::StoreError;

const OWN: &[u8] = &[1; 5_000];
const LOOKED_AT: &[u8] = &[2; 5_000];
const OF_THE_PLAN: &[u8] = &[3; 5_000];

fn photo(bytes: &[u8]) -> BlobRef {
    BlobRef { hash: hash(bytes), media: Media::Photo, size: u32::try_from(bytes.len()).unwrap() }
}

/// Sem's phone with a photo at a step of the plan, and one of a result that he has looked at.
fn with_two_photos() -> Stage {
    let stage = Stage::with_circle();
    stage.server.has_blob(hash(LOOKED_AT), LOOKED_AT);
    stage.server.has_blob(hash(OF_THE_PLAN), OF_THE_PLAN);
    let pictured = opstap_core::model::Step { picture: Some(Picture::Photo(photo(OF_THE_PLAN))), ..step("V", "Pak") };
    let result = RunPhoto { photo: photo(LOOKED_AT), at: NOON, audience: Vec::new() };
    let records = vec![
        record_at(STEP, Some(PLAN), &pictured, 5),
        record_at(RecordId([8; 16]), Some(RecordId([7; 16])), &result, 5),
    ];
    stage.server.says(answer().changes(records, 5));
    stage.sync();
    block_on(stage.device.fetch_blob(KRING, photo(LOOKED_AT))).unwrap();
    assert!(is_here(&stage, LOOKED_AT) && is_here(&stage, OF_THE_PLAN));
    stage
}

fn is_here(stage: &Stage, bytes: &[u8]) -> bool {
    block_on(stage.device.blob(KRING, hash(bytes))).unwrap().is_some()
}

fn retitle(stage: &Stage, title: &str) -> Result<(), NotKept> {
    block_on(stage.device.edit(KRING, vec![set(PLAN, "title", title)], None)).map(drop)
}

#[test]
fn text_is_kept_on_a_full_device_and_a_photo_that_was_looked_at_makes_way() {
    let stage = with_two_photos();
    stage.store.has_room_for(Some(10_050));
    assert_eq!(retitle(&stage, &"De was doen ".repeat(20)), Ok(()));
    assert!(!is_here(&stage, LOOKED_AT) && is_here(&stage, OF_THE_PLAN));
    assert_eq!(block_on(stage.device.ready(KRING, PLAN)), Ok(Ready::Yes));
}

#[test]
fn a_picture_of_a_plan_makes_way_last_and_is_known_to_be_missing() {
    let stage = with_two_photos();
    stage.store.has_room_for(Some(1_000));
    assert_eq!(retitle(&stage, "De was doen"), Ok(()));
    assert!(!is_here(&stage, LOOKED_AT) && !is_here(&stage, OF_THE_PLAN));
    assert_eq!(block_on(stage.device.ready(KRING, PLAN)), Ok(Ready::Missing(1)));
    // It would be fetched, paid for and let go over and over: a full device waits a while.
    let asked = stage.server.asked_for_blobs();
    stage.server.says(answer());
    stage.sync();
    assert_eq!(stage.server.asked_for_blobs(), asked);
    stage.store.has_room_for(None);
    stage.clock.0.set(NOON.0 + 2 * 3_600_000);
    stage.server.says(answer());
    stage.sync();
    assert_eq!(block_on(stage.device.ready(KRING, PLAN)), Ok(Ready::Yes));
}

#[test]
fn an_edit_for_which_nothing_can_make_way_is_said_not_to_be_kept() {
    let stage = Stage::with_circle();
    stage.store.has_room_for(Some(10));
    assert_eq!(retitle(&stage, "De was doen"), Err(NotKept::Store(StoreError::Full)));
    assert_eq!(stage.titles(), ["Was doen"]);
}

#[test]
fn a_photo_without_room_waits_in_memory_is_shown_and_its_text_is_kept() {
    let stage = Stage::with_circle();
    stage.store.has_room_for(Some(1_000));
    let blob = block_on(stage.device.put_blob(KRING, OWN.to_vec(), Media::Photo)).unwrap();
    stage.edit(vec![set(STEP, "picture", Picture::Photo(blob))]);
    let counts = block_on(stage.device.counts()).unwrap();
    assert_eq!((counts.photos_waiting, counts.photos_in_memory, counts.on_device), (1, 1, 1));
    assert!(is_here(&stage, OWN));
    // It goes to the server from there, and then it is safe.
    stage.server.says(answer());
    assert!(matches!(stage.sync(), Outcome::Done(_)));
    assert_eq!(stage.server.blob(blob.hash), Some(OWN.to_vec()));
    let counts = block_on(stage.device.counts()).unwrap();
    assert_eq!((counts.photos_waiting, counts.photos_in_memory), (0, 0));
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::Here(OWN.to_vec())));
}

#[test]
fn a_photo_that_waits_in_memory_is_kept_as_soon_as_there_is_room() {
    let stage = Stage::with_circle();
    stage.server.blob_line(Line::Broken);
    stage.store.has_room_for(Some(1_000));
    let blob = block_on(stage.device.put_blob(KRING, OWN.to_vec(), Media::Photo)).unwrap();
    stage.server.says(answer());
    assert_eq!(stage.sync(), Outcome::Offline);
    stage.store.has_room_for(None);
    stage.server.says(answer());
    assert_eq!(stage.sync(), Outcome::Offline);
    let counts = block_on(stage.device.counts()).unwrap();
    assert_eq!((counts.photos_waiting, counts.photos_in_memory), (1, 0));
    assert_eq!(block_on(stage.restarted().blob(KRING, blob.hash)), Ok(Some(OWN.to_vec())));
}

#[test]
fn a_record_with_a_photo_in_memory_is_not_said_to_be_sent() {
    let stage = Stage::with_circle();
    stage.store.has_room_for(Some(1_000));
    let blob = block_on(stage.device.put_blob(KRING, OWN.to_vec(), Media::Photo)).unwrap();
    let pictured = opstap_core::model::Step { picture: Some(Picture::Photo(blob)), ..step("V", "Pak een kar") };
    stage.server.blob_line(Line::Broken);
    stage.server.says(answer().changes(vec![record_at(STEP, Some(PLAN), &pictured, 5)], 5));
    stage.sync();
    let state =
        |stage: &Stage| block_on(stage.device.read(KRING, Query::one(opstap_core::Kind::Step, STEP))).unwrap()[0].state;
    assert_eq!(state(&stage), RecordState::OnDevice);
    stage.server.blob_line(Line::Good);
    stage.server.says(answer());
    stage.sync();
    assert_eq!(state(&stage), RecordState::Sent);
}

#[test]
fn a_photo_that_does_not_fit_is_shown_and_not_kept_and_text_is_synced_all_the_same() {
    let stage = Stage::with_circle();
    stage.server.has_blob(hash(LOOKED_AT), LOOKED_AT);
    stage.store.has_room_for(Some(1_000));
    let blob = photo(LOOKED_AT);
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::Here(LOOKED_AT.to_vec())));
    assert!(!is_here(&stage, LOOKED_AT));
    stage.server.says(answer());
    assert!(matches!(stage.sync(), Outcome::Done(_)));
}
