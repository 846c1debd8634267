//! Typed places instead of a router: an address is parsed once into a place of this bundle, and screens name places,
//! never addresses.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use opstap_view::prelude::{ArcRwSignal, Signal};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ScrollBehavior, ScrollToOptions};

/// Every screen of one bundle that has an address. Each bundle has one enum that implements this.
pub trait Place: Clone + PartialEq + Send + Sync + 'static {
    /// The place at an address (`/plans/3f…`); `None` when the bundle has no such place.
    fn parse(path: &str) -> Option<Self>;

    /// The address of the place; `parse(&self.path())` gives the same place.
    fn path(&self) -> String;

    /// Where "Terug" goes when the app was opened at this place.
    fn up(&self) -> Self;
}

thread_local! {
    // One window shows one bundle, so there is one navigator; keeping it here lets event handlers reach it
    // without carrying it through every component.
    static CURRENT: RefCell<Option<Rc<dyn AnyNavigator>>> = const { RefCell::new(None) };
    // Whether the page of another bundle is on its way.
    static LEAVING: Cell<bool> = const { Cell::new(false) };
}

trait AnyNavigator {
    fn back(&self);
    fn moved(&self);
    fn as_any(&self) -> &dyn Any;
}

struct Navigator<P> {
    here: ArcRwSignal<P>,
    home: P,
}

impl<P: Place> AnyNavigator for Navigator<P> {
    fn back(&self) {
        if depth() > 0 {
            if let Some(history) = history() {
                let _ = history.back();
            }
        } else {
            replace(self.here.get_untracked().up());
        }
    }

    fn moved(&self) {
        let place = P::parse(&address()).unwrap_or_else(|| self.home.clone());
        if self.here.get_untracked() != place {
            self.here.set(place);
        }
        arrive();
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Starts navigation at the address of the window; an unknown address shows `home`. Call once, in the bundle's root,
/// and match on what it gives.
pub fn start_navigation<P: Place>(home: P) -> Signal<P> {
    arrive_from_another();
    let place = P::parse(&address()).unwrap_or_else(|| home.clone());
    let here = ArcRwSignal::new(place);
    let navigator: Rc<dyn AnyNavigator> = Rc::new(Navigator { here: here.clone(), home });
    CURRENT.with_borrow_mut(|current| *current = Some(navigator));
    listen();
    here.into()
}

/// Shows a place as a new entry of the browser's history.
pub fn go_to<P: Place>(place: P) {
    let state = JsValue::from_f64(f64::from(depth() + 1));
    show(place, |history, path| history.push_state_with_url(&state, "", Some(path)));
}

/// Shows a place instead of this one: "Terug" does not come back here.
pub fn replace<P: Place>(place: P) {
    let state = JsValue::from_f64(f64::from(depth()));
    show(place, |history, path| history.replace_state_with_url(&state, "", Some(path)));
}

/// Tells later whether somebody is still at the screen they are at now: whoever went elsewhere while something took its time is not
/// pulled away from there.
pub fn stays() -> impl Fn() -> bool {
    let (at, behind) = (address(), depth());
    move || depth() == behind && address() == at
}

/// What stands before the number of screens behind one, at the end of the address with which a bundle is left for another. As a query and
/// not as a fragment: the address of a place of the other bundle stands in the window already, and with a fragment no page would be loaded.
const BEHIND: &str = "?+";

/// Leaves this bundle for another, at this address: "Terug" does not come back here, but to the screen before.
pub fn leave_for(address: &str) {
    if let Some(window) = web_sys::window() {
        LEAVING.set(true);
        let _ = window.location().replace(&[address, BEHIND, &depth().to_string()].concat());
    }
}

/// Notes how many screens are behind whoever came from another bundle, and takes it out of the address.
fn arrive_from_another() {
    let (Some(window), Some(history)) = (web_sys::window(), history()) else { return };
    let query = window.location().search().unwrap_or_default();
    if let Some(depth) = query.strip_prefix(BEHIND).and_then(|depth| depth.parse::<u16>().ok()) {
        let _ = history.replace_state_with_url(&JsValue::from_f64(f64::from(depth)), "", Some(&address()));
    }
}

/// One screen back, or up to the place above when this screen was the first.
pub fn go_back() {
    if let Some(navigator) = current() {
        navigator.back();
    }
}

fn show<P: Place>(place: P, write: impl Fn(&web_sys::History, &str) -> Result<(), JsValue>) {
    let Some(navigator) = current() else { return };
    let Some(navigator) = navigator.as_any().downcast_ref::<Navigator<P>>() else {
        return;
    };
    if let Some(history) = history() {
        // A browser may refuse many changes in a row; the screen changes all the same.
        let _ = write(&history, &place.path());
    }
    navigator.here.set(place);
    arrive();
}

fn current() -> Option<Rc<dyn AnyNavigator>> {
    CURRENT.with_borrow(Clone::clone)
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

/// How many screens of this visit lie before this one; it is kept in the history entry itself, so a reload knows.
fn depth() -> u16 {
    let state = history().and_then(|history| history.state().ok()).and_then(|state| state.as_f64());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, which is right for a count"
    )]
    state.map_or(0, |depth| depth as u16)
}

fn address() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

fn listen() {
    let moved = Closure::<dyn Fn()>::new(|| {
        // Whoever goes back before the other page has come stays here: it would take the place of the screen gone back to.
        if LEAVING.take() {
            let _ = web_sys::window().map(|window| window.stop());
        }
        if let Some(navigator) = current() {
            navigator.moved();
        }
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("popstate", moved.as_ref().unchecked_ref());
    }
    // It listens as long as the page lives.
    moved.forget();
}

/// Brings the reader to the top of the new screen: a screen reader says its title, Tab starts there.
fn arrive() {
    before_it_is_drawn(0);
}

/// For so many pictures of the screen a title is waited for that is read from the device first: half a second. Until then the focus is on
/// what the screen begins with.
const WAITS: u8 = 30;

fn before_it_is_drawn(waited: u8) {
    let to_title = Closure::once_into_js(move || to_title(waited));
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(to_title.unchecked_ref());
    }
}

fn to_title(waited: u8) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(document) = window.document() else {
        return;
    };
    if waited == 0 {
        let top = ScrollToOptions::new();
        top.set_top(0.0);
        top.set_behavior(ScrollBehavior::Instant);
        window.scroll_to_with_scroll_to_options(&top);
        if let Some(root) = document.document_element() {
            let _ = root.set_attribute("data-moved", "");
        }
    } else if document.query_selector("main:focus, body:not(:focus-within)").ok().flatten().is_none() {
        // Somebody went on meanwhile.
        return;
    }
    // A screen that is there to type in begins in its field.
    if focus("main [autofocus]") {
        return;
    }
    let title = document.query_selector("main h1").ok().flatten();
    if title.is_none() && waited < WAITS {
        before_it_is_drawn(waited + 1);
    }
    if title.is_none() && waited > 0 {
        return;
    }
    let title = title.or_else(|| document.query_selector("main").ok().flatten());
    if let Some(title) = title.and_then(|title| title.dyn_into::<HtmlElement>().ok()) {
        let _ = title.set_attribute("tabindex", "-1");
        // Where two screens have the same shape it is the title of the last one with other words, and told only when it is come to anew.
        let _ = title.blur();
        let _ = title.focus();
    }
}

/// Brings the keys to the first of these on the screen. Gives whether there is one.
pub fn focus(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector(selector).ok().flatten());
    found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).is_some_and(|found| found.focus().is_ok())
}

/// The parts of an address, without empty ones: what `Place::parse` matches on.
#[must_use]
pub fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_and_trailing_slashes_make_no_parts() {
        assert_eq!(segments("//desk/circles/7/"), ["desk", "circles", "7"]);
        assert!(segments("/").is_empty());
    }
}
