//! Photos and pictograms: shrunk and kept on the device, sent when possible, shown from the device alone.

use std::cell::RefCell;
use std::pin::Pin;

use leptos::task::spawn_local;
use opstap_core::model::Picture;
use opstap_core::{BlobHash, BlobRef, CircleId, Kind, Media, Record, RecordId, Sorted, Value};
use opstap_sync_client::{BlobOutcome, Ready};
use opstap_view::prelude::*;
use wasm_bindgen::JsValue;

use super::engine::{self, Shrunk};
use super::reading::{Reader, watch};
use super::writing::UnderWay;
use super::{data_use, runtime, syncing};
use crate::components::Source;

/// Why there is no photo or recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPhoto {
    /// The file is no picture that can be read.
    Broken,
    /// The file is larger than a photo can be.
    TooLarge,
    /// The store cannot be reached.
    NoStore,
}

/// Keeps a photo: its long side at most 1,600 pixels, location data gone, on disk before this returns. Where the device has no room for
/// it, it waits in memory, and the root says so.
///
/// # Errors
/// Why there is no photo; nothing else is lost.
pub async fn keep_photo(circle: CircleId, file: web_sys::File) -> Result<BlobRef, NoPhoto> {
    let engine = runtime::engine().ok_or(NoPhoto::NoStore)?;
    let _under_way = UnderWay::begin();
    let bytes = match engine::shrink(&file).await {
        Shrunk::Photo(bytes) => bytes,
        Shrunk::Broken => return Err(NoPhoto::Broken),
        Shrunk::TooLarge => return Err(NoPhoto::TooLarge),
    };
    let blob = engine.put_blob(circle, bytes, Media::Photo).await.map_err(|_| NoPhoto::NoStore)?;
    syncing::sync_soon();
    Ok(blob)
}

/// The largest recording that is kept, in bytes: what a server takes unless it is told otherwise.
const LARGEST_RECORDING: f64 = 6_000_000.0;

/// Keeps a recording, a voice or a short film, on disk before this returns.
///
/// # Errors
/// Why there is none; nothing else is lost.
pub async fn keep_recording(circle: CircleId, recorded: web_sys::Blob) -> Result<BlobRef, NoPhoto> {
    let engine = runtime::engine().ok_or(NoPhoto::NoStore)?;
    let _under_way = UnderWay::begin();
    if recorded.size() > LARGEST_RECORDING {
        return Err(NoPhoto::TooLarge);
    }
    let bytes = wasm_bindgen_futures::JsFuture::from(recorded.array_buffer()).await.map_err(|_| NoPhoto::Broken)?;
    let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
    let blob = engine.put_blob(circle, bytes, Media::Recording).await.map_err(|_| NoPhoto::NoStore)?;
    syncing::sync_soon();
    Ok(blob)
}

/// Keeps a photo or recording of one circle in another as well, by bytes that are on this device or that the server gives now.
pub async fn keep_in(from: CircleId, to: CircleId, blob: BlobRef) -> Option<BlobRef> {
    let engine = runtime::engine()?;
    let BlobOutcome::Here(bytes) = engine.fetch_blob(from, blob).await.ok()? else { return None };
    let kept = engine.put_blob(to, bytes, blob.media).await.ok()?;
    syncing::sync_soon();
    Some(kept)
}

thread_local! {
    // One address per photo as long as the window lives: a photo shown on three screens is decoded once.
    static ADDRESSES: RefCell<Sorted<(CircleId, BlobHash), String>> = const { RefCell::new(Sorted::new()) };
    static KEPT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The address of a photo for an `<img>`, or of a recording for what plays it; `None` while it is not on this device. It comes by itself when the server has it.
#[must_use]
pub fn photo(circle: CircleId, blob: BlobRef) -> Signal<Option<String>> {
    let known = ADDRESSES.with_borrow(|known| known.get(&(circle, blob.hash)).cloned());
    let shown = RwSignal::new(known.clone());
    if known.is_none() {
        let moved = runtime::moved(circle);
        Effect::new(move |_| {
            moved.track();
            if shown.get_untracked().is_none() {
                spawn_local(async move {
                    if let Some(address) = address_of(circle, blob).await {
                        let _ = shown.try_set(Some(address));
                    }
                });
            }
        });
    }
    shown.into()
}

async fn address_of(circle: CircleId, blob: BlobRef) -> Option<String> {
    if let Some(known) = ADDRESSES.with_borrow(|known| known.get(&(circle, blob.hash)).cloned()) {
        return Some(known);
    }
    let engine = runtime::engine()?;
    let bytes = if data_use::photos_wait() {
        engine.blob(circle, blob.hash).await.ok()??
    } else {
        let BlobOutcome::Here(bytes) = engine.fetch_blob(circle, blob).await.ok()? else { return None };
        bytes
    };
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_slice()));
    let options = web_sys::BlobPropertyBag::new();
    // Some browsers play only what says what it is. Films and voices come in the same two shapes.
    match (blob.media, bytes.get(..4)) {
        (Media::Photo, _) => {}
        (Media::Recording, Some([0x1a, 0x45, 0xdf, 0xa3])) => options.set_type("video/webm"),
        (Media::Recording, _) => options.set_type("video/mp4"),
    }
    let file = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&file).ok()?;
    ADDRESSES.with_borrow_mut(|known| known.insert((circle, blob.hash), address.clone()));
    Some(address)
}

/// What a picture cell shows.
#[must_use]
pub fn picture(circle: CircleId, picture: Option<Picture>) -> Source {
    match picture {
        Some(Picture::Pictogram(name)) => Source::Pictogram(name),
        Some(Picture::Photo(blob)) => Source::Photo(photo(circle, blob)),
        None => Source::Nothing,
    }
}

/// Whether every picture and sound of a plan or route is on this device: then it is ready for on the way.
#[must_use]
pub fn is_ready_for_the_way(circle: CircleId, id: RecordId) -> Signal<Option<bool>> {
    let is_ready = watch(circle, move |reader| async move {
        if runtime::engine()?.ready(circle, id).await.ok()? != Ready::Yes {
            return Some(false);
        }
        let mut names: Vec<String> = reader.record(id).await.iter().flat_map(names_on).collect();
        pictograms(&reader, vec![(Kind::Step, Some(id)), (Kind::Part, Some(id))], &mut names).await;
        for looks_again in [false, true] {
            let mut missing = Vec::new();
            for name in &names {
                if !engine::is_kept(&address(name)).await {
                    missing.push(name.clone());
                }
            }
            if missing.is_empty() || looks_again {
                return Some(missing.is_empty());
            }
            // They are asked for once more: the network may have gone while they came.
            KEPT.with_borrow_mut(|kept| kept.retain(|name| !missing.contains(name)));
            keep_names(missing);
            gloo_timers::future::TimeoutFuture::new(THEY_COME).await;
        }
        None
    });
    Signal::derive(move || is_ready.get().flatten())
}

/// How long a few pictograms may take to come, in milliseconds.
const THEY_COME: u32 = 2_000;

fn address(name: &str) -> String {
    ["/pictograms/", name, ".svg"].concat()
}

/// The pictograms on a record.
fn names_on(record: &Record) -> impl Iterator<Item = String> {
    ["picture", "other_picture"].into_iter().filter_map(|cell| match record.value(cell) {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    })
}

/// The pictograms on records of these kinds, and on what hangs below the steps of one plan or the parts of one route. Each once.
// Boxed: it is in the program once, and not in each that waits for it.
fn pictograms<'a>(
    reader: &'a Reader,
    mut wanted: Vec<(Kind, Option<RecordId>)>,
    names: &'a mut Vec<String>,
) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
    Box::pin(async move {
        while let Some((kind, below)) = wanted.pop() {
            for (record, _) in reader.records(kind, below).await {
                for name in names_on(&record) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                if below.is_some() && matches!(kind, Kind::Step | Kind::Part) {
                    wanted.push((if kind == Kind::Step { Kind::Choice } else { Kind::Goal }, Some(record.id)));
                }
            }
        }
    })
}

/// Has the worker keep the pictograms of a circle's plans and routes, so that a step that was never opened has its picture offline.
pub(super) async fn keep_pictograms(circle: CircleId) {
    let (reader, mut names) = (Reader::new(circle), Vec::new());
    let kinds = [Kind::Plan, Kind::Step, Kind::Choice, Kind::Route, Kind::Part, Kind::Goal];
    pictograms(&reader, kinds.map(|kind| (kind, None)).to_vec(), &mut names).await;
    keep_names(names);
}

/// How long the first screen has the processor for itself, in milliseconds, before what is for later screens is seen to.
const FIRST_SCREEN: u32 = 1_000;

/// Has the worker keep the pictograms that screens draw of themselves, such as on a screen where nothing is yet.
pub fn keep_own_pictograms(names: &'static [&'static str]) {
    let keep = || keep_names(names.iter().map(|name| (*name).to_owned()).collect());
    gloo_timers::callback::Timeout::new(FIRST_SCREEN, keep).forget();
}

/// Has the worker keep the pictograms of these names.
pub fn keep_names(names: Vec<String>) {
    let wanted = js_sys::Array::new();
    for name in names {
        if KEPT.with_borrow(|kept| !kept.contains(&name)) {
            wanted.push(&JsValue::from_str(&address(&name)));
            KEPT.with_borrow_mut(|kept| kept.push(name));
        }
    }
    if wanted.length() > 0 {
        engine::ask_the_worker_to("keepPictograms", &wanted);
    }
}
