//! Recording a voice with the device's microphone. Nothing is heard before somebody taps, and nothing after "Stop".

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use leptos::prelude::LocalStorage;
use leptos::task::spawn_local;
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobEvent, MediaRecorder, MediaRecorderOptions, MediaStream, MediaStreamConstraints};

/// The longest recording, in milliseconds: a sentence or a short message, not a lecture that eats a prepaid bundle.
const LONGEST: u32 = 60_000;
/// Bits a second: enough for a voice, about 3 kB.
const BITS: u32 = 24_000;

/// How far a recording is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recording {
    /// Nothing is recorded.
    #[default]
    Idle,
    /// The browser asks whether it may, or the microphone is being opened.
    Asking,
    /// The microphone is open.
    On,
    /// There is no microphone, or it may not be used.
    Refused,
}

/// A recorder of one screen. The microphone closes with its owner.
#[derive(Clone, Copy)]
pub struct Recorder {
    /// How far it is.
    pub state: RwSignal<Recording>,
    open: StoredValue<Option<Rc<Open>>, LocalStorage>,
}

/// A microphone in use. Dropping it closes the microphone.
struct Open {
    recorder: MediaRecorder,
    stream: MediaStream,
    _hears: [Closure<dyn Fn(BlobEvent)>; 2],
}

impl Open {
    fn close_microphone(&self) {
        for track in self.stream.get_tracks().iter() {
            if let Ok(track) = track.dyn_into::<web_sys::MediaStreamTrack>() {
                track.stop();
            }
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // Nobody listens any more: a browser that calls a dropped function throws.
        self.recorder.set_ondataavailable(None);
        self.recorder.set_onstop(None);
        self.close_microphone();
    }
}

/// Whether this browser can record at all.
#[must_use]
pub fn can_record() -> bool {
    let devices = web_sys::window().and_then(|window| window.navigator().media_devices().ok());
    devices.is_some() && js_sys::Reflect::has(&js_sys::global(), &JsValue::from("MediaRecorder")).unwrap_or(false)
}

impl Recorder {
    /// Nothing yet.
    #[must_use]
    pub fn here() -> Self {
        let recorder = Self { state: RwSignal::new(Recording::Idle), open: StoredValue::new_local(None) };
        on_cleanup(move || drop(recorder.open.try_update_value(Option::take)));
        recorder
    }

    /// Opens the microphone; what was recorded is handed on after "Stop", or when it is long enough.
    pub fn begin(self, done: impl Fn(Blob) + 'static) {
        if matches!(self.state.get_untracked(), Recording::Asking | Recording::On) {
            return;
        }
        self.state.set(Recording::Asking);
        spawn_local(async move {
            let opened = open(done).await;
            // The screen may be gone by now: dropping it closes the microphone.
            let Some(opened) = opened.map(Rc::new) else {
                let _ = self.state.try_set(Recording::Refused);
                return;
            };
            let weak = Rc::downgrade(&opened);
            if self.open.try_update_value(|open| *open = Some(opened)).is_none() {
                return;
            }
            let _ = self.state.try_set(Recording::On);
            TimeoutFuture::new(LONGEST).await;
            if weak.upgrade().is_some() {
                self.stop();
            }
        });
    }

    /// Closes the microphone.
    pub fn stop(self) {
        if let Some(open) = self.open.try_update_value(Option::take).flatten() {
            let _ = open.recorder.stop();
            open.close_microphone();
            // It hands on what it has a moment later, and is dropped after that.
            spawn_local(async move {
                TimeoutFuture::new(1_000).await;
                drop(open);
            });
        }
        let _ = self.state.try_set(Recording::Idle);
    }
}

async fn open(done: impl Fn(Blob) + 'static) -> Option<Open> {
    let devices = web_sys::window()?.navigator().media_devices().ok()?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&JsValue::TRUE);
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&wanted).ok()?).await.ok()?;
    let stream: MediaStream = stream.dyn_into().ok()?;
    let options = MediaRecorderOptions::new();
    options.set_audio_bits_per_second(BITS);
    let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options).ok()?;
    let parts = Rc::new(RefCell::new(Vec::<Blob>::new()));
    let hears = {
        let parts = Rc::clone(&parts);
        Closure::<dyn Fn(BlobEvent)>::new(move |event: BlobEvent| parts.borrow_mut().extend(event.data()))
    };
    let kind = recorder.clone();
    let ended = Closure::<dyn Fn(BlobEvent)>::new(move |_: BlobEvent| {
        let parts: Array = parts.borrow_mut().drain(..).collect();
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(&kind.mime_type());
        if let Ok(whole) = Blob::new_with_blob_sequence_and_options(&parts, &options)
            && whole.size() > 0.0
        {
            done(whole);
        }
    });
    recorder.set_ondataavailable(Some(hears.as_ref().unchecked_ref()));
    recorder.set_onstop(Some(ended.as_ref().unchecked_ref()));
    recorder.start().ok()?;
    Some(Open { recorder, stream, _hears: [hears, ended] })
}
