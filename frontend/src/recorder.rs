//! Recording a voice with the device's microphone. Nothing is heard before somebody taps, and nothing after "Stop".

use std::cell::{Cell, RefCell};
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

use crate::device::UnderWay;

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
    /// The microphone is closed; what it heard is handed on in a moment.
    Closing,
    /// There is no microphone, or it may not be used.
    Refused,
}

/// A recorder of one screen. With its owner the microphone closes, and what was said until then is handed on: nobody has to speak twice.
#[derive(Clone, Copy)]
pub struct Recorder {
    /// How far it is.
    pub state: RwSignal<Recording>,
    open: StoredValue<Option<Rc<Open>>, LocalStorage>,
}

/// A microphone that is open, until it is dropped.
struct Microphone(MediaStream);

impl Microphone {
    fn close(&self) {
        for track in self.0.get_tracks().iter() {
            if let Ok(track) = track.dyn_into::<web_sys::MediaStreamTrack>() {
                track.stop();
            }
        }
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        self.close();
    }
}

/// A microphone in use.
struct Open {
    recorder: MediaRecorder,
    microphone: Microphone,
    /// From "Stop" until what was heard is handed on: the page waits for it as for what is being kept.
    closing: Rc<Cell<Option<UnderWay>>>,
    _hears: [Closure<dyn Fn(BlobEvent)>; 2],
}

impl Drop for Open {
    fn drop(&mut self) {
        // Nobody listens any more: a browser that calls a dropped function throws.
        self.recorder.set_ondataavailable(None);
        self.recorder.set_onstop(None);
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
        on_cleanup(move || recorder.stop());
        recorder
    }

    /// Opens the microphone; what was recorded is handed on after "Stop", when it is long enough, or when the screen goes: `done` may ask
    /// nothing of signals that go with it.
    pub fn begin(self, done: impl Fn(Blob) + 'static) {
        if !matches!(self.state.get_untracked(), Recording::Idle | Recording::Refused) {
            return;
        }
        self.state.set(Recording::Asking);
        spawn_local(async move {
            let handed_on = move |heard: Option<Blob>| {
                heard.into_iter().for_each(&done);
                let _ = self.state.try_set(Recording::Idle);
            };
            let opened = open(handed_on).await;
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
            let _ = self.state.try_set(Recording::Closing);
            open.closing.set(Some(UnderWay::begin()));
            let _ = open.recorder.stop();
            open.microphone.close();
            // It hands on what it has a moment later, and is dropped after that.
            spawn_local(async move {
                TimeoutFuture::new(1_000).await;
                drop(open);
                if self.state.try_get_untracked() == Some(Recording::Closing) {
                    let _ = self.state.try_set(Recording::Idle);
                }
            });
        }
    }
}

async fn open(done: impl Fn(Option<Blob>) + 'static) -> Option<Open> {
    let devices = web_sys::window()?.navigator().media_devices().ok()?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&JsValue::TRUE);
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&wanted).ok()?).await.ok()?;
    let microphone = Microphone(stream.dyn_into().ok()?);
    let options = MediaRecorderOptions::new();
    options.set_audio_bits_per_second(BITS);
    let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&microphone.0, &options).ok()?;
    let parts = Rc::new(RefCell::new(Vec::<Blob>::new()));
    let hears = {
        let parts = Rc::clone(&parts);
        Closure::<dyn Fn(BlobEvent)>::new(move |event: BlobEvent| parts.borrow_mut().extend(event.data()))
    };
    let closing = Rc::new(Cell::new(None));
    let (kind, closes) = (recorder.clone(), Rc::clone(&closing));
    let ended = Closure::<dyn Fn(BlobEvent)>::new(move |_: BlobEvent| {
        let parts: Array = parts.borrow_mut().drain(..).collect();
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(&kind.mime_type());
        let whole = Blob::new_with_blob_sequence_and_options(&parts, &options);
        done(whole.ok().filter(|whole| whole.size() > 0.0));
        // By now whoever it is for is keeping it.
        closes.set(None);
    });
    recorder.set_ondataavailable(Some(hears.as_ref().unchecked_ref()));
    recorder.set_onstop(Some(ended.as_ref().unchecked_ref()));
    recorder.start().ok()?;
    Some(Open { recorder, microphone, closing, _hears: [hears, ended] })
}
