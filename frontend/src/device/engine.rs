//! The one engine of this window over the browser's ports: opening it, keeping tabs, live hints and moments to sync.

use std::cell::RefCell;
use std::rc::Rc;

use opstap_browser::{Heard, Live, NotAPhoto, NotPaired, Tabs, Wake, Waking, Web, WebEngine};
pub(super) use opstap_browser::{Network, Weight, network, weighed};
use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Millis, Stamp};
use opstap_sync_client::{MovedBy, NotKept, NotOpened, Pace, Platform, StoreError};
use wasm_bindgen::{JsCast, JsValue};

use super::{Made, Pairing, runtime, syncing, watching};

/// The engine of this window.
pub type DeviceEngine = WebEngine;

/// What came of opening this browser's store.
pub enum Opened {
    /// Nobody is signed in here: pairing begins anew.
    NotPaired,
    /// The browser lets no store be opened, or not now.
    NoStore(StoreError),
    /// It is open.
    Engine(Rc<DeviceEngine>),
    /// The browser threw the store away. It is begun anew, and everything is fetched again.
    BegunAgain(Rc<DeviceEngine>),
}

/// What keeps this window in step with other tabs and the server; dropping it lets go.
struct Followed {
    tabs: Tabs,
    live: RefCell<Option<Live>>,
    _waking: Waking,
}

thread_local! {
    static FOLLOWED: RefCell<Option<Rc<Followed>>> = const { RefCell::new(None) };
}

fn followed() -> Option<Rc<Followed>> {
    FOLLOWED.with_borrow(Clone::clone)
}

/// Opens the store that was chosen last in this browser.
pub async fn open() -> Opened {
    let Some(known) = opstap_browser::current() else {
        let keeps = opstap_browser::keeps_notes();
        return if keeps { Opened::NotPaired } else { Opened::NoStore(StoreError::Gone) };
    };
    let mut opened = opstap_browser::open(known.id).await;
    let begun_again = matches!(opened, Err(NotOpened::Lost));
    if begun_again {
        opened = opstap_browser::open_again(&known).await;
    }
    match opened {
        Ok(engine) if begun_again => Opened::BegunAgain(Rc::new(engine)),
        Ok(engine) => Opened::Engine(Rc::new(engine)),
        Err(NotOpened::Store(error)) => Opened::NoStore(error),
        Err(NotOpened::Lost) => Opened::NotPaired,
    }
}

/// Signs this browser in and takes the new store into use.
pub async fn pair(code: &str) -> Pairing {
    let known = match opstap_browser::pair(code).await {
        Ok(known) => known,
        Err(NotPaired::Used) => return Pairing::Used,
        Err(NotPaired::Expired) => return Pairing::Expired,
        Err(NotPaired::Unknown) => return Pairing::Unknown,
        Err(NotPaired::Later { .. } | NotPaired::Offline | NotPaired::Refused) => return Pairing::Offline,
        Err(NotPaired::Store(_)) => return Pairing::NoStore,
    };
    // The browser asks nobody; where it says no, the store works all the same.
    opstap_browser::ask_to_keep().await;
    match opstap_browser::open(known.id).await {
        Ok(engine) => {
            runtime::begin(Rc::new(engine)).await;
            Pairing::Paired
        }
        Err(_) => Pairing::NoStore,
    }
}

/// Follows what other tabs, the server and the browser say of this store.
pub fn follow(engine: &Rc<DeviceEngine>) {
    let id = engine.store_id();
    let of_tabs = Rc::clone(engine);
    let tabs = Tabs::join(id, move |heard| match heard {
        Heard::Moved(circle) => of_tabs.heard(circle),
        Heard::SyncAsked => syncing::sync_soon(),
        Heard::Went(how) => syncing::heard_how_it_went(how),
        Heard::MaySync => {
            // One stream per browser: only the tab that syncs listens for hints.
            if let Some(followed) = followed() {
                followed.live.replace(Some(Live::listen(id, syncing::sync_soon, watching::heard)));
            }
        }
    });
    let waking = Waking::listen(|wake| match wake {
        Wake::Online | Wake::Visible => {
            if let Some(followed) = followed()
                && let Some(live) = followed.live.borrow().as_ref()
            {
                live.reopen();
            }
            syncing::sync_now();
        }
        Wake::Offline => syncing::link_is_gone(),
        Wake::Hidden => syncing::send_what_waits(),
    });
    // Where a browser has no locks, every tab syncs and listens.
    let live = tabs.may_sync().then(|| Live::listen(id, syncing::sync_soon, watching::heard));
    FOLLOWED.replace(Some(Rc::new(Followed { tabs, live: RefCell::new(live), _waking: waking })));
    engine.on_moved(|moved| {
        if moved.by == MovedBy::Here
            && let Some(followed) = followed()
        {
            followed.tabs.tell(moved.circle);
        }
        runtime::circle_moved(moved.circle);
    });
}

/// Lets another tab sync, and hears of nothing any more: a newer app has the store.
pub fn leave_it_to_others() {
    FOLLOWED.take();
}

/// Whether this tab is the one that syncs.
pub fn may_sync() -> bool {
    followed().is_some_and(|followed| followed.tabs.may_sync())
}

/// Tells the other tabs how the sync went.
pub fn tell_how_it_went(how: char) {
    if let Some(followed) = followed() {
        followed.tabs.tell_how_it_went(how);
    }
}

/// Asks the tab that syncs to do so: something waits.
pub fn ask_the_other_tab() {
    if let Some(followed) = followed() {
        followed.tabs.ask_to_sync();
    }
}

/// How long to wait after a sync that came to nothing, in milliseconds.
pub fn wait_before_trying_again(pace: &mut Pace, asked: Option<u32>) -> u32 {
    pace.wait(Web.now(), asked, |most| Web.up_to(most))
}

/// Lays aside what the store could not take; says whether it could be.
pub fn put_aside(engine: &DeviceEngine, circle: CircleId, changes: Vec<Change>, made: Made) -> bool {
    // A name of its own, which nobody ever sees.
    let device = DeviceId(engine.new_id().0);
    let name = EditName { device, n: 0 };
    let stamp = Stamp { millis: engine.now(), counter: 0, device };
    let seen = made.as_of.unwrap_or_default();
    opstap_browser::put_aside(engine.store_id(), &Edit { name, stamp, circle, seen, beside: made.beside, changes })
}

/// Gives the store what was laid aside for it. What it does not take stays there; says whether some of it may be taken later.
pub async fn take_what_was_laid_aside(engine: &DeviceEngine) -> bool {
    let mut left = false;
    for key in opstap_browser::laid_aside(engine.store_id()).iter().filter_map(|key| key.as_string()) {
        let Some(Edit { circle, changes, beside, seen, .. }) = opstap_browser::read_aside(&key) else { continue };
        match engine.edit_as_of(circle, changes, beside, Some(seen)).await {
            Ok(_) => opstap_browser::let_go_of(&key),
            Err(NotKept::Refused(_)) => runtime::report_not_kept(NotKept::UnknownCircle),
            Err(_) => left = true,
        }
    }
    left
}

/// The device's own clock.
pub fn device_clock() -> Millis {
    Web.now()
}

/// What came of shrinking a photo.
pub enum Shrunk {
    /// The photo.
    Photo(Vec<u8>),
    /// It is no picture that can be read.
    Broken,
    /// It is larger than a photo can be.
    TooLarge,
}

/// Shrinks a photo and takes its location away.
pub async fn shrink(file: &web_sys::File) -> Shrunk {
    match opstap_browser::shrink(file).await {
        Ok(bytes) => Shrunk::Photo(bytes),
        Err(NotAPhoto::TooLarge) => Shrunk::TooLarge,
        Err(NotAPhoto::Broken) => Shrunk::Broken,
    }
}

/// Whether the browser has something of this address for when there is no network. One that keeps nothing at all says nothing.
pub async fn is_kept(address: &str) -> bool {
    let global = js_sys::global();
    let caches = js_sys::Reflect::get(&global, &JsValue::from_str("caches")).unwrap_or(JsValue::UNDEFINED);
    let find = js_sys::Reflect::get(&caches, &JsValue::from_str("match")).ok();
    let Some(find) = find.and_then(|find| find.dyn_into::<js_sys::Function>().ok()) else { return true };
    let found = find.call1(&caches, &JsValue::from_str(address)).ok();
    let Some(found) = found.and_then(|found| found.dyn_into::<js_sys::Promise>().ok()) else { return true };
    !wasm_bindgen_futures::JsFuture::from(found).await.is_ok_and(|found| found.is_undefined())
}

/// Whether the server answers with something of this address now.
pub async fn answers(address: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let asked = wasm_bindgen_futures::JsFuture::from(window.fetch_with_str(address)).await;
    asked.ok().and_then(|answer| answer.dyn_into::<web_sys::Response>().ok()).is_some_and(|answer| answer.ok())
}

/// Has the worker keep something for when there is no network: `keepPictograms` by their addresses, `keepBundle` by its name.
pub fn ask_the_worker_to(keep: &str, what: &JsValue) {
    let message = js_sys::Object::new();
    let asked = js_sys::Reflect::set(&message, &JsValue::from_str(keep), what);
    let worker = web_sys::window().map(|window| window.navigator().service_worker());
    let Some(worker) = worker.filter(|worker| asked.is_ok() && !worker.is_undefined()) else { return };
    leptos::task::spawn_local(async move {
        // On the very first visit the worker is still being installed.
        let Ok(ready) = worker.ready() else { return };
        let Ok(registration) = wasm_bindgen_futures::JsFuture::from(ready).await else { return };
        let registration: web_sys::ServiceWorkerRegistration = registration.into();
        if let Some(active) = registration.active() {
            let _ = active.post_message(&message);
        }
    });
}
