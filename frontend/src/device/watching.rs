//! Who watches a run as it goes: the client is told by the live stream, and a follower says that they do. A hint on both sides.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_sync_client::TransportError;
use opstap_view::prelude::*;

use super::{runtime, syncing};

/// How often a follower says so again, in milliseconds.
const AGAIN: u32 = 20_000;

/// Somebody who watches a run of this client now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watcher {
    /// The circle.
    pub circle: CircleId,
    /// The run.
    pub run: RecordId,
    /// Who.
    pub person: PersonId,
}

thread_local! {
    static WATCHERS: ArcRwSignal<Vec<Watcher>> = ArcRwSignal::new(Vec::new());
}

/// Whether somebody waits for what happens here.
pub(super) fn somebody_watches() -> bool {
    WATCHERS.with(|watchers| watchers.with_untracked(|watchers| !watchers.is_empty()))
}

/// Who watches now, as far as the live stream told; nobody while it is broken.
#[must_use]
pub fn watchers() -> Signal<Vec<Watcher>> {
    WATCHERS.with(Clone::clone).into()
}

/// The stream told who watches in a circle, or it broke: then nobody is known to.
pub(super) fn heard(told: Option<&str>) {
    let watchers = told.map(read).unwrap_or_default();
    if !watchers.is_empty() {
        // What was being gathered, they wait for.
        syncing::sync_soon();
    }
    WATCHERS.with(|signal| {
        if signal.get_untracked() != watchers {
            signal.set(watchers);
        }
    });
}

/// The circle, then a run and a person each time.
fn read(told: &str) -> Vec<Watcher> {
    let mut words = told.split(' ');
    let Some(circle) = words.next().and_then(|circle| circle.parse().ok()) else { return Vec::new() };
    let pair = |word: &str| {
        let (run, person) = word.split_once(':')?;
        Some(Watcher { circle, run: run.parse().ok()?, person: person.parse().ok()? })
    };
    words.filter_map(pair).collect()
}

/// How it stands with following a run from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Following {
    /// The server is being asked.
    Asking,
    /// The client sees it.
    Seen,
    /// The client's phone is out of reach now; whoever follows is in the list all the same.
    NotSeen,
    /// It may not be seen, or there is nothing to see.
    Not,
    /// The server was last heard so many minutes ago.
    Lost(u64),
}

/// Says that this person follows a run, again and again, as long as the screen that asks is open.
#[must_use]
pub fn follow_run(circle: CircleId, run: RecordId) -> Signal<Following> {
    let shown = RwSignal::new(Following::Asking);
    let open = Rc::new(Cell::new(true));
    let closes = send_wrapper::SendWrapper::new(Rc::clone(&open));
    let leaves = move || {
        spawn_local(async move {
            if let Some(engine) = runtime::engine() {
                let _ = engine.transport().leave_run(circle, run).await;
            }
        });
    };
    // Whoever closes the window leaves too.
    let closing = window_event_listener(leptos::ev::Custom::<web_sys::Event>::new("pagehide"), move |_| leaves());
    on_cleanup(move || {
        closes.set(false);
        closing.remove();
        leaves();
    });
    spawn_local(async move {
        let mut last = runtime::now();
        while open.get() {
            let Some(engine) = runtime::engine() else { return };
            let now = match engine.transport().watch_run(circle, run).await {
                Ok(seen) => {
                    last = runtime::now();
                    if seen { Following::Seen } else { Following::NotSeen }
                }
                Err(TransportError::Refused) => Following::Not,
                Err(_) => Following::Lost(runtime::now().0.saturating_sub(last.0) / 60_000),
            };
            if !shown.try_set(now) {
                return;
            }
            gloo_timers::future::TimeoutFuture::new(AGAIN).await;
        }
    });
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_stream_tells_names_runs_and_who_watches_them() {
        let (circle, run, person) = (CircleId([1; 16]), RecordId([2; 16]), PersonId([3; 16]));
        assert_eq!(read(&format!("{circle} {run}:{person}")), [Watcher { circle, run, person }]);
        assert!(read(&circle.to_string()).is_empty());
        assert!(read("").is_empty());
        assert!(read(&format!("{circle} what:else")).is_empty());
    }
}
