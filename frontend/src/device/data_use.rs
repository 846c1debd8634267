//! What the app takes of a bundle: shown for this month, and limited where somebody wants photos, voices and films over Wi-Fi alone.

use std::cell::Cell;

use opstap_core::Day;

use super::engine::{Network, Weight, network, weighed};
use super::{runtime, syncing};

const LIMIT: &str = "opstap-wifi-only";
const USED: &str = "opstap-data-use";

thread_local! {
    // "Now all the same" holds for this visit.
    static ALL_THE_SAME: Cell<bool> = const { Cell::new(false) };
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Whether photos, voices and films wait for Wi-Fi on this device.
#[must_use]
pub fn wifi_only() -> bool {
    storage().and_then(|storage| storage.get_item(LIMIT).ok().flatten()).is_some()
}

/// Has them wait for Wi-Fi, or not.
pub fn set_wifi_only(only: bool) {
    ALL_THE_SAME.set(false);
    if let Some(storage) = storage() {
        let _ = if only { storage.set_item(LIMIT, "1") } else { storage.remove_item(LIMIT) };
    }
    if !only {
        syncing::sync_now();
    }
}

/// Fetches and sends them now all the same, for as long as this window is open.
pub fn carry_all_the_same() {
    ALL_THE_SAME.set(true);
    syncing::sync_now();
}

/// Whether photos, voices and films wait at this moment. A browser that does not tell what network there is, is not trusted with a bundle.
#[must_use]
pub fn photos_wait() -> bool {
    wifi_only() && !ALL_THE_SAME.get() && network() != Network::Free
}

/// Whether this browser tells whether there is Wi-Fi.
#[must_use]
pub fn tells_the_network() -> bool {
    network() != Network::Untold
}

/// The bytes of this month, both ways: text and everything small, and photos, voices and films.
#[must_use]
pub fn used() -> (u64, u64) {
    let kept = storage().and_then(|storage| storage.get_item(USED).ok().flatten()).unwrap_or_default();
    let Weight { text, blobs } = of_month(&kept, this_month());
    (text, blobs)
}

/// Writes down what passed. Called when a sync is over: a number that is a minute old is good enough.
pub(super) fn note_what_passed() {
    let passed = weighed();
    let Some(storage) = storage().filter(|_| passed != Weight::default()) else { return };
    let kept = storage.get_item(USED).ok().flatten().unwrap_or_default();
    let before = of_month(&kept, this_month());
    let (text, blobs) = (before.text + passed.text, before.blobs + passed.blobs);
    let _ = storage.set_item(USED, &[this_month().to_string(), text.to_string(), blobs.to_string()].join(" "));
}

fn this_month() -> u32 {
    Day::of(runtime::now()).month().0
}

/// What was kept of a month; a line of another month, or one that nobody can read, is nothing.
fn of_month(kept: &str, month: u32) -> Weight {
    let numbers: Vec<u64> = kept.split(' ').filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [of, text, blobs] if *of == u64::from(month) => Weight { text: *text, blobs: *blobs },
        _ => Weight::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_counts_on_and_the_next_begins_at_nothing() {
        assert_eq!(of_month("682 1200 34", 682), Weight { text: 1_200, blobs: 34 });
        for kept in ["681 1200 34", "", "682 x 3", "682 1 2 3"] {
            assert_eq!(of_month(kept, 682), Weight::default());
        }
    }
}
