//! The stops and lines of the region, for who makes a route: on this device so that they are there offline, asked for again at most once a day.
//! Only those around a client make routes, so a client's phone never asks.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use leptos::task::spawn_local;
use opstap_browser::{KeptStops, StopsTold, keep_stops, kept_stops};
use opstap_core::stops::Stops;
use opstap_core::{Day, DeviceId};
use opstap_insight::StopFinder;
use opstap_view::prelude::*;

use super::engine::DeviceEngine;
use super::runtime;

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
    let today = Day::of(engine.now()).0;
    let kept = KEPT.with_borrow(Clone::clone);
    let asks = kept.as_ref().is_none_or(|kept| kept.asked != today)
        && runtime::link().get_untracked() == runtime::Link::Online;
    if kept.is_some() || !asks {
        show(kept.as_ref());
    }
    if !asks {
        return;
    }
    let tag = kept.as_ref().map(|kept| kept.tag.as_str()).unwrap_or_default();
    let told = match (engine.transport().stops(tag).await, kept) {
        (Ok(StopsTold::None), _) => KeptStops { asked: today, tag: String::new(), text: String::new() },
        (Ok(StopsTold::These { text, tag }), _) => KeptStops { asked: today, tag, text },
        (Ok(StopsTold::Unchanged), Some(kept)) => KeptStops { asked: today, ..kept },
        // What is here stays until it is known better.
        (_, kept) => return show(kept.as_ref()),
    };
    keep_stops(id, &told).await;
    show(Some(&told));
    KEPT.replace(Some(told));
}

fn show(kept: Option<&KeptStops>) {
    let read = kept.and_then(|kept| Stops::read(&kept.text)).map(StopFinder::new);
    let now = read.map_or(StopsHere::Nothing, |read| StopsHere::These(Arc::new(read)));
    HERE.with(|here| {
        if here.get_untracked() != now {
            here.set(now);
        }
    });
}
