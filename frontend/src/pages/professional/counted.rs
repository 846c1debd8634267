//! How much asks for attention and how much follow-up is due, as the rail of every bundle says. Only the bundle of the daily work sums circles
//! up: in the others that would be a tenth of the program for two numbers. It notes what it counts, and they say what was noted last.

use opstap_view::prelude::*;

use crate::{beside, device};

thread_local! {
    static COUNTED: ArcRwSignal<Option<(usize, usize)>> = ArcRwSignal::new(None);
}

/// A laptop may have several people one after another.
fn name() -> Option<String> {
    Some(["opstap-counted-", &device::me()?.id.to_string()].concat())
}

/// What was noted, as "9 2".
fn read(noted: &str) -> Option<(usize, usize)> {
    let (asks, due) = noted.split_once(' ')?;
    Some((asks.parse().ok()?, due.parse().ok()?))
}

/// How much asks, and how much is due.
pub(super) fn counted() -> Signal<(usize, usize)> {
    COUNTED.with(|counted| {
        if counted.get_untracked().is_none() {
            counted.set(name().and_then(|name| read(&beside::read(&name)?)));
        }
        let counted = counted.clone();
        Signal::derive(move || counted.get().unwrap_or_default())
    })
}

/// Notes how much asks and is due, as far as it was counted.
pub(super) fn count(asks: Option<usize>, due: Option<usize>) {
    let (asked, was_due) = untrack(|| counted().get());
    let now = (asks.unwrap_or(asked), due.unwrap_or(was_due));
    COUNTED.with(|counted| {
        if counted.get_untracked() != Some(now) {
            counted.set(Some(now));
        }
    });
    if let Some(name) = name() {
        beside::note(&name, &[now.0.to_string(), now.1.to_string()].join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_version_noted_is_nothing() {
        assert_eq!(read("9 2"), Some((9, 2)));
        assert_eq!([read(""), read("9"), read("9 x"), read("9 2 1")], [None; 4]);
    }
}
