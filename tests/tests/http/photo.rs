//! Photos as phones make them, small enough for a test.

use std::io::Cursor;

use image::{DynamicImage, ImageBuffer, ImageFormat};
use opstap_core::model::{Model, RunPhoto};
use opstap_core::protocol::Verdict;
use opstap_core::{BlobHash, BlobRef, CircleId, Kind, Media, RecordId};
use opstap_sync_server::Clock;
use sha2::{Digest, Sha256};

use super::caller::{Caller, new_id};
use super::stage::Stage;

/// A JPEG whose bytes differ with `shade`.
pub fn jpeg(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = ImageBuffer::from_fn(width, height, |x, y| image::Rgb([shade, (x % 251) as u8, (y % 241) as u8]));
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The name of a blob.
pub fn name_of(bytes: &[u8]) -> BlobHash {
    BlobHash(Sha256::digest(bytes).into())
}

/// Where a blob is served.
pub fn address(circle: CircleId, hash: BlobHash) -> String {
    format!("/api/blobs/{circle}/{hash}")
}

/// Makes these bytes Sem's photo of a result: his own until he shows it to somebody.
pub async fn keep_as_result(stage: &Stage, sem: &mut Caller, bytes: &[u8]) -> RecordId {
    let at = stage.clock.now();
    let run = sem.sees().await.into_values().find(|record| record.kind == Kind::Run).unwrap();
    let photo = BlobRef { hash: name_of(bytes), media: Media::Photo, size: u32::try_from(bytes.len()).unwrap() };
    let record = new_id(at);
    let change = RunPhoto { photo, at, audience: Vec::new() }.make_below(record, run.id);
    let edit = sem.edit(stage.circle, at, vec![change]);
    assert!(matches!(sem.verdict(&edit).await, Verdict::Accepted { .. }));
    record
}
