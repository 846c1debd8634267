//! Where the focus goes when what had it leaves the page: to the next thing to tap beside it, or the last before it, or the title of the
//! screen. Without it the browser gives the focus to the whole page, and whoever has no mouse begins again at the top.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FocusOptions, HtmlElement, Node};

/// What can be tapped, apart from what a message of what happened offers. No field: to be put in one opens the keyboard of a phone.
const TO_TAP: &str = ":is(button, a[href], summary):not([role=status] *)";

/// Call it before a node goes.
pub fn leaves(node: &Node) {
    let Some(active) = document().active_element() else { return };
    if !node.contains(Some(&active)) {
        return;
    }
    let (parent, before) = (node.parent_element(), node.previous_sibling());
    // Once all is drawn: what comes in its place may not be there yet, and a new screen or a dialog has its own idea of the focus.
    request_animation_frame(move || {
        if document().active_element().is_none_or(|active| active.tag_name() == "BODY") {
            focus_beside(parent.as_ref(), before.as_ref());
        }
    });
}

fn focus_beside(parent: Option<&Element>, before: Option<&Node>) {
    let follows = |thing: &HtmlElement| {
        before.is_none_or(|before| before.compare_document_position(thing) & Node::DOCUMENT_POSITION_FOLLOWING != 0)
    };
    let things = parent.map(to_tap).unwrap_or_default();
    let beside = things.iter().find(|thing| follows(thing)).or(things.last()).cloned();
    let Some(thing) = beside.or_else(title) else { return };
    let options = FocusOptions::new();
    // Nobody's page jumps: what is beside is near.
    options.set_prevent_scroll(true);
    let _ = thing.focus_with_options(&options);
}

fn to_tap(parent: &Element) -> Vec<HtmlElement> {
    let Ok(all) = parent.query_selector_all(TO_TAP) else { return Vec::new() };
    let things = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok());
    // What is not drawn has no place to be in.
    things.filter(|thing| thing.get_client_rects().length() > 0).collect()
}

fn title() -> Option<HtmlElement> {
    let find = |place| document().query_selector(place).ok().flatten();
    let title = find("main h1").or_else(|| find("main"))?;
    title.set_attribute("tabindex", "-1").ok()?;
    JsValue::from(title).dyn_into().ok()
}
