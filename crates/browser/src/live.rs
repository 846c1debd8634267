//! Live hints: the server says that circles moved. A hint may be lost; it only makes a sync come sooner.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use opstap_core::DeviceId;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::platform::Web;

/// After how many milliseconds at least a stream that the server ended or refused is asked for again, and over how many these moments
/// are spread: it was ended for everybody at once. After a break the browser itself comes back, when the server's `retry` says.
const ASK_AGAIN: u32 = 30_000;
const SPREAD: u32 = 60_000;

/// Hints for one store, until it is dropped.
pub struct Live(Rc<Stream>);

/// Hears who watches.
type Watched = Box<dyn Fn(Option<&str>)>;

struct Stream {
    address: String,
    on_hint: Box<dyn Fn()>,
    on_watched: Watched,
    open: RefCell<Option<Open>>,
    /// Whether a sync was asked for since the start.
    begun: Cell<bool>,
    again: RefCell<Option<Timeout>>,
}

struct Open {
    source: EventSource,
    _heard: Closure<dyn FnMut()>,
    _watched: Closure<dyn FnMut(MessageEvent)>,
    _broken: Closure<dyn FnMut()>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

impl Live {
    /// Listens for the store with this id, and calls back when a sync is due: something moved, or the stream is there, or it cannot be had at
    /// the start. `on_watched` hears who watches, and nothing when the stream broke.
    #[must_use]
    pub fn listen(id: DeviceId, on_hint: impl Fn() + 'static, on_watched: impl Fn(Option<&str>) + 'static) -> Self {
        let address = ["/api/live?device=", &id.to_string()].concat();
        let stream = Rc::new(Stream {
            address,
            on_hint: Box::new(on_hint),
            on_watched: Box::new(on_watched),
            open: RefCell::default(),
            begun: Cell::default(),
            again: RefCell::default(),
        });
        Stream::open(&stream);
        Self(stream)
    }

    /// Begins anew where the stream was ended, as when the network is back.
    pub fn reopen(&self) {
        let is_over = |open: &Open| open.source.ready_state() == EventSource::CLOSED;
        if self.0.open.borrow().as_ref().is_none_or(is_over) {
            Stream::open(&self.0);
        }
    }
}

impl Stream {
    fn open(this: &Rc<Self>) {
        this.again.replace(None);
        let Ok(source) = EventSource::new(&this.address) else { return };
        let weak = Rc::downgrade(this);
        let heard = Closure::<dyn FnMut()>::new(move || {
            if let Some(stream) = weak.upgrade() {
                stream.begun.set(true);
                (stream.on_hint)();
            }
        });
        let weak = Rc::downgrade(this);
        let watched = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(stream) = weak.upgrade() {
                (stream.on_watched)(event.data().as_string().as_deref());
            }
        });
        let weak = Rc::downgrade(this);
        let broken = Closure::<dyn FnMut()>::new(move || Self::broken(&weak));
        source.set_onopen(Some(heard.as_ref().unchecked_ref()));
        source.set_onerror(Some(broken.as_ref().unchecked_ref()));
        // What moved is not told on: a sync finds it, and more.
        let _ = source.add_event_listener_with_callback("moved", heard.as_ref().unchecked_ref());
        let _ = source.add_event_listener_with_callback("watched", watched.as_ref().unchecked_ref());
        this.open.replace(Some(Open { source, _heard: heard, _watched: watched, _broken: broken }));
    }

    fn broken(weak: &Weak<Self>) {
        let Some(stream) = weak.upgrade() else { return };
        (stream.on_watched)(None);
        if !stream.begun.replace(true) {
            // A sync tells what is the matter better than a stream can.
            (stream.on_hint)();
        }
        let over = stream.open.borrow().as_ref().is_some_and(|open| open.source.ready_state() == EventSource::CLOSED);
        if over {
            let weak = Weak::clone(weak);
            let again = Timeout::new(ASK_AGAIN + Web.up_to(SPREAD), move || {
                if let Some(stream) = weak.upgrade() {
                    Self::open(&stream);
                }
            });
            stream.again.replace(Some(again));
        }
    }
}
