//! The stops and lines of the region, for who makes a route: on this device so that they are there offline, asked for again as routes are
//! made, at most once an hour; where there are none yet, once a minute, so that what was imported just now is there.
//! Only those around a client make routes, so a client's phone never asks.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use leptos::task::spawn_local;
use opstap_browser::{KeptStops, StopsTold, keep_stops, kept_stops};
use opstap_core::stops::Stops;
use opstap_core::{DeviceId, Millis};
use opstap_insight::StopFinder;
use opstap_view::prelude::*;

use super::engine::DeviceEngine;
use super::runtime::{self, Link};

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StopsHere {
    /// It is being looked for.
    #[default]
    Looking,
    /// Nothing: the organisation imported none, or they did not come to this device yet.
    Nothing,
    /// These.
    These(Arc<StopFinder>),
}

thread_local! {
    static HERE: ArcRwSignal<StopsHere> = ArcRwSignal::new(StopsHere::Looking);
    /// For whom they were read in this window.
    static READ_FOR: Cell<Option<DeviceId>> = const { Cell::new(None) };
    /// What is kept, as it was read or came.
    static KEPT: RefCell<Option<KeptStops>> = const { RefCell::new(None) };
    /// Several fields may ask at once; the server is asked once.
    static LOOKING: Cell<bool> = const { Cell::new(false) };
}

/// The stops and lines; they come by themselves once they are read, and anew when there are others.
#[must_use]
pub fn stops() -> Signal<StopsHere> {
    let (start, link) = (runtime::start(), runtime::link());
    Effect::new(move |_| {
        start.track();
        link.track();
        if let Some(engine) = runtime::engine()
            && !LOOKING.replace(true)
        {
            spawn_local(async move {
                look(&engine).await;
                LOOKING.set(false);
            });
        }
    });
    HERE.with(Clone::clone).into()
}

async fn look(engine: &DeviceEngine) {
    let id = engine.store_id();
    if READ_FOR.replace(Some(id)) != Some(id) {
        KEPT.replace(kept_stops(id).await);
    }
    let now = minute(engine.now());
    let kept = KEPT.with_borrow(Clone::clone);
    let asks = asks(kept.as_ref(), now, runtime::link().get_untracked());
    if kept.is_some() || !asks {
        show(kept.as_ref());
    }
    if !asks {
        return;
    }
    let tag = kept.as_ref().map(|kept| kept.tag.as_str()).unwrap_or_default();
    let told = engine.transport().stops(tag).await.ok();
    let Some(told) = kept_now(told, kept.clone(), now) else { return show(kept.as_ref()) };
    keep_stops(id, &told).await;
    show(Some(&told));
    KEPT.replace(Some(told));
}

/// A moment in minutes.
fn minute(at: Millis) -> u32 {
    u32::try_from(at.0 / 60_000).unwrap_or(u32::MAX)
}

/// Whether the server is to be asked: once an hour, or a minute while it had none, and only when it can be reached.
fn asks(kept: Option<&KeptStops>, now: u32, link: Link) -> bool {
    let rests = |kept: &KeptStops| if kept.tag.is_empty() { 1 } else { 60 };
    // A clock that was put back asks once more, rather than never again.
    link == Link::Online && kept.is_none_or(|kept| now.abs_diff(kept.asked) >= rests(kept))
}

/// What to keep after what the server said; nothing while it said nothing of use: what is here stays until it is known better.
fn kept_now(told: Option<StopsTold>, kept: Option<KeptStops>, now: u32) -> Option<KeptStops> {
    match told? {
        StopsTold::None => Some(KeptStops { asked: now, tag: String::new(), text: String::new() }),
        StopsTold::These { text, tag } => Some(KeptStops { asked: now, tag, text }),
        StopsTold::Unchanged => kept.map(|kept| KeptStops { asked: now, ..kept }),
    }
}

/// What is kept, as screens choose from it; nothing where it is of a version to come, or damaged.
fn read(kept: Option<&KeptStops>) -> StopsHere {
    let read = kept.and_then(|kept| Stops::read(&kept.text)).map(StopFinder::new);
    read.map_or(StopsHere::Nothing, |read| StopsHere::These(Arc::new(read)))
}

fn show(kept: Option<&KeptStops>) {
    let now = read(kept);
    HERE.with(|here| {
        if here.get_untracked() != now {
            here.set(now);
        }
    });
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Means;
    use opstap_core::stops::{Line, Place};

    use super::*;

    fn kept(asked: u32, tag: &str) -> KeptStops {
        KeptStops { asked, tag: tag.to_owned(), text: text("Kleiweg") }
    }

    fn text(name: &str) -> String {
        let places = [name, "Walenburg"].map(|name| Place { name: name.to_owned(), at: (0, 0) }).into();
        let (name, direction) = ("4".to_owned(), "Marconiplein".to_owned());
        let lines = vec![Line { means: Means::Tram, name, direction, places: vec![0, 1] }];
        Stops { places, lines, ..Stops::default() }.write()
    }

    #[test]
    fn the_server_is_asked_once_an_hour_or_a_minute_while_it_had_none_and_only_when_it_can_be_reached() {
        for (kept, link, asked) in [
            (None, Link::Online, true),
            (Some(kept(440, "a")), Link::Online, true),
            (Some(kept(441, "a")), Link::Online, false),
            (Some(kept(499, "")), Link::Online, true),
            (Some(kept(500, "")), Link::Online, false),
            (Some(kept(560, "a")), Link::Online, true),
            (None, Link::Offline, false),
            (Some(kept(7, "a")), Link::Unknown, false),
            (Some(kept(7, "a")), Link::SignedOut, false),
        ] {
            assert_eq!(asks(kept.as_ref(), 500, link), asked, "{kept:?} {link:?}");
        }
    }

    #[test]
    fn what_is_here_stays_until_the_server_says_otherwise() {
        let here = || Some(kept(7, "a"));
        let others = StopsTold::These { text: text("Haven"), tag: "b".to_owned() };
        let they = KeptStops { asked: 8, tag: "b".to_owned(), text: text("Haven") };
        assert_eq!(kept_now(Some(others.clone()), here(), 8), Some(they.clone()));
        assert_eq!(kept_now(Some(others), None, 8), Some(they));
        assert_eq!(kept_now(Some(StopsTold::Unchanged), here(), 8), Some(kept(8, "a")), "asked now, and the same");
        assert_eq!(kept_now(None, here(), 8), None, "it was not reached: asked again another time");
        let none = KeptStops { asked: 8, tag: String::new(), text: String::new() };
        assert_eq!(kept_now(Some(StopsTold::None), here(), 8), Some(none.clone()), "it has none any more");
        assert_eq!(read(Some(&none)), StopsHere::Nothing);
    }

    #[test]
    fn what_cannot_be_read_is_nothing_to_choose_from_and_never_half_of_it() {
        let StopsHere::These(finder) = read(Some(&kept(7, "a"))) else { panic!("it can be read") };
        assert_eq!(finder.lines_from("Kleiweg", 8).len(), 1);
        assert_eq!(read(None), StopsHere::Nothing);
        let of = |text: String| read(Some(&KeptStops { text, ..kept(7, "a") }));
        assert_eq!(of(text("Kleiweg").replace("opstap-stops\t1", "opstap-stops\t2")), StopsHere::Nothing);
        let cut_off = text("Kleiweg");
        assert_eq!(of(cut_off[..cut_off.len() - 3].to_owned()), StopsHere::Nothing);
    }
}
