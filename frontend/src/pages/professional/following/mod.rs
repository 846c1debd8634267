//! Following from a distance: what deserves a person today, the caseload, and what both say of a client. All of it is read from the summaries
//! of the circles.

mod attention;
mod beside;
mod caseload;
mod caseload_row;
mod client;
mod good_day;
mod later;
mod marks;
mod put_off;
mod row;
mod said;
mod signals;

pub(super) use attention::Attention;
pub(super) use caseload::Caseload;
pub(super) use client::{keep_counting, of_circle};
pub(super) use signals::signals;

use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::device;
use crate::keys::on_key;
use crate::words::{Text, desk, shared};

/// What all of it rests on: that everything is here, or that something is not shown.
fn foot() -> Text {
    let circles = device::circles();
    let locked = Memo::new(move |_| circles.with(|all| all.iter().flatten().any(|circle| circle.locked)));
    Text::live(move || if locked.get() { shared::LOCKED_MORE.get() } else { desk::ALL_HERE.get() }.to_owned())
}

/// The rows on the screen, in order.
fn rows() -> Vec<Element> {
    let Ok(found) = document().query_selector_all("[data-row]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// The place of the row that has the focus.
fn focused() -> Option<usize> {
    let active = document().active_element()?;
    rows().iter().position(|row| row.contains(Some(&active)))
}

/// Puts the focus on what a row does first; on that of the last where there are fewer.
fn focus_row(place: usize) {
    let rows = rows();
    let row = rows.get(place).or(rows.last());
    let first = row.and_then(|row| row.query_selector("a, .button").ok().flatten());
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// The keys with which one goes through rows.
fn rows_by_key() {
    on_key("j", || focus_row(focused().map_or(0, |place| place + 1)));
    on_key("k", || focus_row(focused().map_or(0, |place| place.saturating_sub(1))));
}
