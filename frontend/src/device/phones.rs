//! When a phone of each client was last heard of: the server tells, and it is noted beside the store, so that a professional without a network
//! knows it for a day. Of what was told longer ago nothing is said: it was this device that was silent.

use std::cell::{Cell, RefCell};

use leptos::task::spawn_local;
use opstap_core::{CircleId, Millis, PersonId};
use opstap_sync_client::Online;
use opstap_view::prelude::*;

use super::runtime;
use crate::beside;

/// It is asked once in this time, an hour in milliseconds, as the server knows it no finer.
const ASKED_WITHIN: u64 = 60 * 60 * 1_000;
/// For how long it is true enough to say, a day in milliseconds.
const HOLDS_FOR: u64 = 24 * ASKED_WITHIN;

/// What the server told, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    /// To whom.
    me: Option<PersonId>,
    at: Millis,
    heard: Vec<(CircleId, Millis)>,
}

thread_local! {
    static TOLD: RefCell<Option<ArcRwSignal<Told>>> = const { RefCell::new(None) };
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

/// A browser may have several people one after another.
fn name() -> Option<String> {
    Some(["opstap-phones-", &runtime::me()?.id.to_string()].concat())
}

fn told() -> ArcRwSignal<Told> {
    TOLD.with_borrow_mut(|told| {
        let me = runtime::me().map(|me| me.id);
        let told = told.get_or_insert_with(|| ArcRwSignal::new(Told::default()));
        // Somebody else signed in, or the first of this visit.
        if told.with_untracked(|told| told.me != me) {
            let noted = name().and_then(|name| read(&beside::read(&name)?));
            // A clock that was ahead when it was noted would keep it for too long.
            let noted = noted.filter(|noted| noted.at <= runtime::now()).unwrap_or_default();
            told.set(Told { me, ..noted });
        }
        told.clone()
    })
}

/// When a phone of the client of this circle was last heard of; `None` where that is not known. Whatever reads it hears of it.
#[must_use]
pub fn phone_heard(circle: CircleId) -> Option<Millis> {
    told().with(|told| {
        let holds = told.at.plus(HOLDS_FOR) > runtime::now();
        let place = told.heard.binary_search_by(|(of, _)| of.cmp(&circle)).ok().filter(|_| holds)?;
        told.heard.get(place).map(|(_, heard)| *heard)
    })
}

/// Asks the server, where that is to be done.
pub fn ask_for_phones() {
    let told = told();
    if told.with_untracked(|told| told.at.plus(ASKED_WITHIN) > runtime::now()) || ASKING.replace(true) {
        return;
    }
    spawn_local(async move {
        if let Some(engine) = runtime::engine()
            && let Ok(mut heard) = engine.transport().phones_heard().await
        {
            heard.sort_unstable_by_key(|(circle, _)| *circle);
            let now = Told { me: runtime::me().map(|me| me.id), at: runtime::now(), heard };
            if let Some(name) = name() {
                beside::note(&name, &written(&now));
            }
            told.set(now);
        }
        ASKING.set(false);
    });
}

fn written(told: &Told) -> String {
    let mut text = told.at.0.to_string();
    for (circle, heard) in &told.heard {
        text.extend([" ", &circle.to_string(), ":", &heard.0.to_string()]);
    }
    text
}

/// Nothing where another version wrote it otherwise.
fn read(text: &str) -> Option<Told> {
    let mut parts = text.split(' ');
    let at = Millis(parts.next()?.parse().ok()?);
    let one = |part: &str| {
        let (circle, heard) = part.split_once(':')?;
        Some((circle.parse().ok()?, Millis(heard.parse().ok()?)))
    };
    Some(Told { me: None, at, heard: parts.map(one).collect::<Option<_>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_read_and_what_is_not_ours_is_nothing() {
        let heard = vec![(CircleId([1; 16]), Millis(5)), (CircleId([2; 16]), Millis(7))];
        let told = Told { me: None, at: Millis(9), heard };
        assert_eq!(read(&written(&told)), Some(told));
        assert_eq!(read(&written(&Told::default())), Some(Told::default()));
        for other in ["", "x", "5 abc", "5 00000000000000000000000000000001", "5  "] {
            assert_eq!(read(other), None, "{other:?}");
        }
    }
}
