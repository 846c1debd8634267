//! Photos: kept first, sent after the text, fetched for plans, checked by their name.

use std::cell::Cell;
use std::rc::Rc;

use futures::FutureExt;
use futures::executor::block_on;
use opstap_core::model::{Choice, Model, Picture, RunPhoto, set};
use opstap_core::protocol::{LackedBlob, Verdict};
use opstap_core::{BlobRef, Kind, Media, RecordId};

use super::stage::{KRING, Line, NOON, PLAN, STEP, Saying, Stage, accepted, answer, at_once, hash, record_at, step};
use crate::engine::{BlobOutcome, Outcome, Query, Ready, RecordState};

const PHOTO: &[u8] = b"een volle koelkast";

fn photo(bytes: &[u8]) -> BlobRef {
    BlobRef { hash: hash(bytes), media: Media::Photo, size: u32::try_from(bytes.len()).unwrap() }
}

fn step_with(blob: BlobRef) -> opstap_core::Record {
    let step = opstap_core::model::Step { picture: Some(Picture::Photo(blob)), ..step("V", "Pak een kar") };
    record_at(STEP, Some(PLAN), &step, 5)
}

fn waiting(stage: &Stage) -> usize {
    block_on(stage.device.counts()).unwrap().photos_waiting
}

#[test]
fn a_photo_is_kept_without_a_network_and_sent_after_the_text() {
    let stage = Stage::with_circle();
    let blob = block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    assert_eq!(blob, photo(PHOTO));
    let n = stage.edit(vec![set(STEP, "picture", Picture::Photo(blob))]);
    assert_eq!((waiting(&stage), stage.server.blob(blob.hash)), (1, None));
    assert_eq!(block_on(stage.device.blob(KRING, blob.hash)).unwrap(), Some(PHOTO.to_vec()));
    stage.server.says(answer().judges(n, accepted(5)).changes(vec![step_with(blob)], 5));
    stage.sync();
    assert_eq!((waiting(&stage), stage.server.blob(blob.hash)), (0, Some(PHOTO.to_vec())));
}

#[test]
fn a_record_is_not_sent_while_its_photo_is_not() {
    let stage = Stage::with_circle();
    let blob = block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    stage.server.says(answer().changes(vec![step_with(blob)], 5));
    let state = || block_on(stage.device.read(KRING, Query::one(Kind::Step, STEP))).unwrap()[0].state;
    assert_eq!(stage.texts(), ["Pak een kar"]);
    stage.edit(vec![set(STEP, "picture", Picture::Photo(blob))]);
    assert_eq!(state(), RecordState::OnDevice);
    stage.sync();
    stage.server.will(|request| Ok(answer().judges(request.edits[0].name.n, accepted(6))));
    stage.sync();
    assert_eq!(state(), RecordState::Sent);
}

#[test]
fn a_plan_is_ready_for_on_the_way_only_with_all_its_pictures() {
    let stage = Stage::with_circle();
    let blob = photo(PHOTO);
    stage.server.says(answer().changes(vec![step_with(blob)], 5));
    stage.sync();
    assert_eq!(block_on(stage.device.ready(KRING, PLAN)), Ok(Ready::Missing(1)));
    assert_eq!(block_on(stage.device.missing_blobs(KRING)), Ok(vec![blob]));
    stage.server.says(answer());
    stage.sync();
    // Nobody had brought it a moment ago: it is not asked for at every sync.
    assert_eq!(stage.server.asked_for_blobs(), 1);
    stage.server.has_blob(blob.hash, PHOTO);
    stage.clock.0.set(NOON.0 + 6 * 60_000);
    stage.server.says(answer());
    stage.sync();
    assert_eq!(block_on(stage.device.ready(KRING, PLAN)), Ok(Ready::Yes));
}

#[test]
fn a_plan_is_ready_for_on_the_way_only_with_its_voices_and_the_pictures_of_its_choices() {
    let stage = Stage::with_circle();
    let voice = BlobRef { media: Media::Recording, ..photo(b"stem") };
    let spoken = opstap_core::model::Step { voice: Some(voice), ..step("V", "Pak een kar") };
    let choice =
        Choice { order: "V".into(), text: "Een mandje".into(), picture: Some(Picture::Photo(photo(PHOTO))), to: None };
    let records = vec![record_at(STEP, Some(PLAN), &spoken, 5), record_at(RecordId([77; 16]), Some(STEP), &choice, 5)];
    stage.server.says(answer().changes(records, 5));
    stage.sync();
    assert_eq!(block_on(stage.device.ready(KRING, PLAN)), Ok(Ready::Missing(2)));
}

#[test]
fn a_photo_that_the_server_lacks_is_not_asked_for_until_it_is_there() {
    let stage = Stage::with_circle();
    let blob = photo(PHOTO);
    let lacks = || {
        let lacking = vec![LackedBlob { circle: KRING, hash: blob.hash }];
        opstap_core::protocol::Answer { lacking, ..answer() }
    };
    stage.server.says(lacks().changes(vec![step_with(blob)], 5));
    stage.sync();
    stage.server.says(lacks());
    stage.sync();
    assert_eq!(stage.server.asked_for_blobs(), 0);
    // Somebody looks, in vain; a moment later whoever took it brings it.
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::NotYet));
    stage.server.has_blob(blob.hash, PHOTO);
    stage.server.says(answer());
    stage.sync();
    assert_eq!(block_on(stage.device.ready(KRING, PLAN)), Ok(Ready::Yes));
}

#[test]
fn whoever_looks_at_a_photo_hears_when_somebody_brought_it_to_the_server() {
    let stage = Stage::with_circle();
    let blob = photo(PHOTO);
    let taken = RunPhoto { photo: blob, at: NOON, audience: Vec::new() };
    let taken = record_at(RecordId([8; 16]), Some(RecordId([7; 16])), &taken, 5);
    let lacking = vec![LackedBlob { circle: KRING, hash: blob.hash }];
    stage.server.says(opstap_core::protocol::Answer { lacking, ..answer().changes(vec![taken], 5) });
    stage.sync();
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::NotYet));
    stage.server.has_blob(blob.hash, PHOTO);
    let heard = Rc::new(Cell::new(0));
    let listening = Rc::clone(&heard);
    let _listener = stage.device.on_moved(move |_| listening.set(listening.get() + 1));
    stage.server.says(answer());
    stage.sync();
    assert_eq!(heard.get(), 1);
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::Here(PHOTO.to_vec())));
    stage.server.says(answer());
    stage.sync();
    assert_eq!(heard.get(), 1, "nothing came since");
}

#[test]
fn bytes_that_are_not_what_they_are_named_are_not_kept() {
    let stage = Stage::with_circle();
    let blob = photo(PHOTO);
    stage.server.has_blob(blob.hash, b"iets anders");
    stage.server.says(answer().changes(vec![step_with(blob)], 5));
    stage.sync();
    assert_eq!(block_on(stage.device.blob(KRING, blob.hash)), Ok(None));
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::NotYet));
}

#[test]
fn a_photo_of_a_result_is_fetched_when_somebody_looks_and_then_stays() {
    let stage = Stage::with_circle();
    let blob = photo(PHOTO);
    stage.server.has_blob(blob.hash, PHOTO);
    let taken = RunPhoto { photo: blob, at: NOON, audience: Vec::new() };
    let run = RecordId([7; 16]);
    stage.server.says(answer().changes(vec![record_at(RecordId([8; 16]), Some(run), &taken, 5)], 5));
    stage.sync();
    assert_eq!((stage.server.asked_for_blobs(), RunPhoto::KIND), (0, Kind::RunPhoto));
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::Here(PHOTO.to_vec())));
    assert_eq!(block_on(stage.device.fetch_blob(KRING, blob)), Ok(BlobOutcome::Here(PHOTO.to_vec())));
    assert_eq!(stage.server.asked_for_blobs(), 1);
}

#[test]
fn a_photo_that_the_server_lost_is_sent_again() {
    let stage = Stage::with_circle();
    let blob = block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    stage.server.says(answer());
    stage.sync();
    stage.server.has_blob(blob.hash, b"");
    let mut lacking = answer();
    lacking.lacking =
        vec![LackedBlob { circle: KRING, hash: blob.hash }, LackedBlob { circle: KRING, hash: hash(b"?") }];
    stage.server.says(lacking);
    stage.sync();
    assert_eq!(stage.server.blob(blob.hash), Some(PHOTO.to_vec()));
    assert_eq!(waiting(&stage), 0);
}

#[test]
fn the_same_photo_taken_twice_is_kept_and_sent_once() {
    let stage = Stage::with_circle();
    for _ in 0..2 {
        block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    }
    assert_eq!(waiting(&stage), 1);
    stage.server.says(answer());
    stage.sync();
    block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    assert_eq!(waiting(&stage), 0);
}

#[test]
fn a_photo_of_a_circle_that_was_left_is_still_handed_in_and_then_goes() {
    let stage = Stage::with_circle();
    let blob = block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    let n = stage.edit(vec![set(STEP, "picture", Picture::Photo(blob))]);
    let mut left = answer().judges(n, Verdict::Quarantined);
    left.left = vec![KRING];
    stage.server.says(left);
    // Where the device tells that it let go.
    stage.server.says(answer());
    stage.sync();
    assert_eq!(stage.server.blob(blob.hash), Some(PHOTO.to_vec()));
    assert_eq!(block_on(stage.device.blob(KRING, blob.hash)), Ok(None));
}

#[test]
fn text_goes_and_comes_while_a_photo_is_under_way() {
    let stage = Stage::with_circle();
    let blob = block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    stage.server.blob_line(Line::Stuck);
    stage.server.says(answer());
    let mut first = std::pin::pin!(stage.device.sync_once());
    // Far enough for the text to be through, and then no further.
    for _ in 0..50 {
        assert!(first.as_mut().now_or_never().is_none());
    }
    let n = stage.edit(vec![set(STEP, "text", "Pak een kleine kar")]);
    stage.server.says(answer().judges(n, accepted(5)));
    assert!(matches!(at_once(stage.device.sync_once()), Ok(Outcome::Done(_))));
    assert_eq!((stage.counts(), stage.server.blob(blob.hash)), ((0, 0), None));
    stage.server.blob_line(Line::Good);
    assert!(matches!(block_on(first), Ok(Outcome::Done(_))));
    assert_eq!(stage.server.blob(blob.hash), Some(PHOTO.to_vec()));
}

#[test]
fn a_photo_taken_while_another_is_under_way_goes_right_after_it() {
    let stage = Stage::with_circle();
    block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    stage.server.blob_line(Line::Stuck);
    let mut queue = std::pin::pin!(stage.device.sync_blobs());
    for _ in 0..50 {
        assert!(queue.as_mut().now_or_never().is_none());
    }
    let next = block_on(stage.device.put_blob(KRING, b"nog een".to_vec(), Media::Photo)).unwrap();
    assert_eq!(at_once(stage.device.sync_blobs()), Ok(None));
    stage.server.blob_line(Line::Good);
    assert_eq!(block_on(queue), Ok(None));
    assert_eq!((waiting(&stage), stage.server.blob(next.hash)), (0, Some(b"nog een".to_vec())));
}

#[test]
fn a_broken_line_stops_the_photos_and_the_text_is_done_all_the_same() {
    let stage = Stage::with_circle();
    block_on(stage.device.put_blob(KRING, PHOTO.to_vec(), Media::Photo)).unwrap();
    let n = stage.edit(vec![set(STEP, "text", "Pak een kleine kar")]);
    stage.server.blob_line(Line::Broken);
    stage.server.says(answer().judges(n, accepted(5)));
    assert_eq!(stage.sync(), Outcome::Offline);
    assert_eq!((stage.counts(), waiting(&stage)), ((0, 0), 1));
}
