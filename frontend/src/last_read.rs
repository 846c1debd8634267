//! Until where a conversation was read on this device, and what was being typed in it: kept beside the store, as language and colours are.

use std::sync::LazyLock;

use opstap_core::{CircleId, Millis, PersonId};
use opstap_view::prelude::ArcRwSignal;

use crate::{beside, device};

static CHANGED: LazyLock<ArcRwSignal<usize>> = LazyLock::new(|| ArcRwSignal::new(0));

/// A browser may have several people one after another, and a supporter several circles.
fn name(what: &str, circle: CircleId, with: PersonId) -> String {
    let me = device::me().map(|me| me.id.to_string()).unwrap_or_default();
    ["opstap-", what, "-", &me, "-", &circle.to_string(), "-", &with.to_string()].concat()
}

/// Whatever asks this hears of every conversation that is read.
pub fn follow_reading() {
    CHANGED.track();
}

/// The moment of the newest message of the other that was seen here; the beginning of time when none was.
#[must_use]
pub fn last_read(circle: CircleId, with: PersonId) -> Millis {
    let kept = beside::read(&name("read", circle, with));
    Millis(kept.and_then(|kept| kept.parse().ok()).unwrap_or_default())
}

/// Everything until this moment was seen here.
pub fn note_read(circle: CircleId, with: PersonId, until: Millis) {
    if until <= last_read(circle, with) {
        return;
    }
    // A browser that keeps nothing says "new" once more the next time; nothing is lost by that.
    beside::note(&name("read", circle, with), &until.0.to_string());
    CHANGED.update(|changed| *changed = changed.wrapping_add(1));
}

/// What was typed and not sent yet.
#[must_use]
pub fn draft(circle: CircleId, with: PersonId) -> String {
    beside::read(&name("draft", circle, with)).unwrap_or_default()
}

/// Keeps what is being typed, letter by letter, so that a phone that falls asleep loses nothing.
pub fn keep_draft(circle: CircleId, with: PersonId, text: &str) {
    beside::note(&name("draft", circle, with), text);
}
