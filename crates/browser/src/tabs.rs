//! Several tabs on one store: one of them syncs, and all hear what moved.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use opstap_core::{CircleId, DeviceId};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, Event, MessageEvent};

use crate::promise::property;

#[wasm_bindgen]
extern "C" {
    // Not through web-sys, which has them behind a compiler flag.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request_lock(name: &str, holding: &Function) -> Result<Promise, JsValue>;
}

/// What a tab hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Another tab changed something in a circle.
    Moved(CircleId),
    /// How the sync of the tab that syncs went, as a letter that means something to whoever told it.
    Went(char),
    /// Another tab has something to send and may not sync itself.
    SyncAsked,
    /// From now on this tab is the one that syncs.
    MaySync,
}

const ASK: &str = "sync";
const WENT: &str = "went ";

/// This tab among the tabs of one store. Dropping it lets another tab sync.
pub struct Tabs {
    state: Rc<State>,
    channel: Option<BroadcastChannel>,
    _heard: Option<Closure<dyn FnMut(MessageEvent)>>,
    _holding: Option<Closure<dyn FnMut() -> Promise>>,
    leaving: Option<Closure<dyn FnMut(Event)>>,
}

#[derive(Default)]
struct State {
    may_sync: Cell<bool>,
    left: Cell<bool>,
    /// Ends the promise for which the lock is held.
    release: RefCell<Option<Function>>,
}

impl Tabs {
    /// Joins the tabs of the store with this id.
    #[must_use]
    pub fn join(id: DeviceId, on_heard: impl Fn(Heard) + Clone + 'static) -> Self {
        let name = ["opstap-", &id.to_string()].concat();
        let mut tabs = Self { state: Rc::default(), channel: None, _heard: None, _holding: None, leaving: None };
        tabs.listen(&name, on_heard.clone());
        tabs.queue(&name, on_heard);
        tabs
    }

    /// Whether this tab is the one that syncs.
    #[must_use]
    pub fn may_sync(&self) -> bool {
        self.state.may_sync.get()
    }

    /// Tells the other tabs that a circle moved.
    pub fn tell(&self, circle: CircleId) {
        self.say(&circle.to_string());
    }

    /// Tells the other tabs how the sync went.
    pub fn tell_how_it_went(&self, how: char) {
        self.say(&[WENT, how.encode_utf8(&mut [0; 4])].concat());
    }

    /// Asks the tab that syncs to do so.
    pub fn ask_to_sync(&self) {
        self.say(ASK);
    }

    fn say(&self, message: &str) {
        if let Some(channel) = &self.channel {
            // A closed channel means this page is going away.
            let _ = channel.post_message(&JsValue::from_str(message));
        }
    }

    fn listen(&mut self, name: &str, on_heard: impl Fn(Heard) + 'static) {
        let Ok(channel) = BroadcastChannel::new(name) else { return };
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref() {
                Some(ASK) => on_heard(Heard::SyncAsked),
                Some(said) => {
                    let went = said.strip_prefix(WENT).and_then(|how| how.chars().next()).map(Heard::Went);
                    // What a tab with a newer app says may mean nothing here.
                    if let Some(heard) = went.or_else(|| said.parse().ok().map(Heard::Moved)) {
                        on_heard(heard);
                    }
                }
                None => {}
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        self.channel = Some(channel);
        self._heard = Some(heard);
    }

    /// Waits for its turn to be the tab that syncs. The browser gives the lock on when a tab is closed or crashes.
    fn queue(&mut self, name: &str, on_heard: impl Fn(Heard) + 'static) {
        let state = Rc::clone(&self.state);
        let holding = Closure::<dyn FnMut() -> Promise>::new(move || {
            if state.left.get() {
                return Promise::resolve(&JsValue::UNDEFINED);
            }
            state.may_sync.set(true);
            on_heard(Heard::MaySync);
            Promise::new(&mut |release, _| {
                state.release.replace(Some(release));
            })
        });
        let asked = request_lock(name, holding.as_ref().unchecked_ref());
        // Where there are no locks, each tab syncs: the store refuses a plan made on what another changed.
        self.state.may_sync.set(asked.is_err());
        let asks = holding.as_ref().unchecked_ref::<Function>().clone();
        self._holding = Some(holding);
        self.give_way_when_the_page_goes(name.to_owned(), asks);
    }

    /// A browser keeps a page that was left, for whoever goes back, and the lock with it: nobody would sync meanwhile.
    fn give_way_when_the_page_goes(&mut self, name: String, asks: Function) {
        let state = Rc::clone(&self.state);
        let leaving = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if event.type_() == GOES {
                state.release();
            } else if property(&event, "persisted").is_truthy() {
                let _ = request_lock(&name, &asks);
            }
        });
        if let Some(window) = web_sys::window() {
            for event in [GOES, COMES_BACK] {
                let _ = window.add_event_listener_with_callback(event, leaving.as_ref().unchecked_ref());
            }
        }
        self.leaving = Some(leaving);
    }
}

const GOES: &str = "pagehide";
const COMES_BACK: &str = "pageshow";

impl State {
    /// Lets another tab sync; says whether this one did.
    fn release(&self) -> bool {
        self.may_sync.set(false);
        let release = self.release.take();
        if let Some(release) = &release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
        release.is_some()
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.state.left.set(true);
        if let (Some(window), Some(leaving)) = (web_sys::window(), &self.leaving) {
            for event in [GOES, COMES_BACK] {
                let _ = window.remove_event_listener_with_callback(event, leaving.as_ref().unchecked_ref());
            }
        }
        if !self.state.release()
            && let Some(holding) = self._holding.take()
        {
            // The browser may still call it when the turn comes, and is then told that nobody is left.
            holding.forget();
        }
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
