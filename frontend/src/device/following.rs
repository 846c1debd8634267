//! Summaries of the circles that somebody follows: all read at once for the first screen, then made where one is missing or its circle
//! moved, one at a time while nothing else is to be done.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Promise;
use leptos::task::spawn_local;
use opstap_core::{CircleId, Day, Millis};
use opstap_insight::following::{Source, Summary};
use opstap_sync_client::{CommitOutcome, ToSumUp};
use opstap_view::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::engine::DeviceEngine;
use super::runtime::{self, AFTER_THE_ANSWER, Circle};

/// The summaries that are made so far.
pub type Summaries = Vec<(CircleId, Arc<Summary>)>;

/// How a summary is made, for whom and when.
pub type SumUp = fn(&ToSumUp, opstap_core::PersonId, Millis) -> Summary;

/// How often screens are told while many are made, in milliseconds: each time they go through all of them.
const TOLD_EVERY: u64 = 400;

struct Followed {
    /// The engine that is followed. After the store was thrown away, or somebody else signed in, it is another.
    engine: RefCell<Option<Rc<DeviceEngine>>>,
    sum_up: Cell<Option<SumUp>>,
    wanted: RefCell<Vec<CircleId>>,
    made: RefCell<Summaries>,
    shown: ArcRwSignal<Option<Summaries>>,
    /// What is to be made; the last comes first.
    to_make: RefCell<Vec<CircleId>>,
    is_reading: Cell<bool>,
    is_at_work: Cell<bool>,
    told: Cell<Millis>,
}

thread_local! {
    static FOLLOWED: Followed = Followed {
        engine: RefCell::default(),
        sum_up: Cell::new(None),
        wanted: RefCell::default(),
        made: RefCell::default(),
        shown: ArcRwSignal::new(None),
        to_make: RefCell::default(),
        is_reading: Cell::new(false),
        is_at_work: Cell::new(false),
        told: Cell::new(Millis(0)),
    };
}

/// The summaries of the circles that are picked; none until the store was read. One that is not there yet comes in a moment. They go on being
/// made when the screen that asked is left.
#[must_use]
pub fn following(picks: fn(&Circle) -> bool, sum_up: SumUp) -> Signal<Option<Summaries>> {
    let circles = runtime::circles();
    Effect::new(move |_| {
        let picked = circles.with(|all| {
            let picked = all.as_ref()?.iter().filter(|circle| picks(circle)).map(|circle| circle.id);
            Some(picked.collect::<Vec<CircleId>>())
        });
        if let Some(picked) = picked {
            FOLLOWED.with(|followed| {
                followed.sum_up.set(Some(sum_up));
                followed.wanted.replace(picked);
            });
            spawn_local(look());
        }
    });
    FOLLOWED.with(|followed| followed.shown.clone()).into()
}

/// Reads what the store has, the first time, and sees to what is missing.
async fn look() {
    let Some(engine) = runtime::engine() else { return };
    let same =
        FOLLOWED.with(|followed| followed.engine.borrow().as_ref().is_some_and(|known| Rc::ptr_eq(known, &engine)));
    if !same {
        if FOLLOWED.with(|followed| followed.is_reading.replace(true)) {
            return;
        }
        let read = engine.summaries().await;
        FOLLOWED.with(|followed| followed.is_reading.set(false));
        match read {
            Ok(read) => take(&engine, read),
            Err(error) => return runtime::report(error),
        }
    }
    FOLLOWED.with(|followed| {
        let wanted = followed.wanted.borrow();
        let mut made = followed.made.borrow_mut();
        made.retain(|(circle, _)| wanted.contains(circle));
        let missing = wanted.iter().filter(|circle| made.iter().all(|(known, _)| known != *circle));
        missing.for_each(|circle| to_make(followed, *circle));
    });
    tell();
    work().await;
}

fn take(engine: &Rc<DeviceEngine>, read: Vec<(CircleId, Vec<u8>)>) {
    let today = Day::of(engine.now());
    FOLLOWED.with(|followed| {
        followed.to_make.take();
        let read =
            read.into_iter().filter_map(|(circle, bytes)| Some((circle, Arc::new(Summary::from_bytes(&bytes)?))));
        let read: Summaries = read.collect();
        let stale = read.iter().filter(|(_, summary)| summary.is_stale(today));
        stale.for_each(|(circle, _)| to_make(followed, *circle));
        followed.made.replace(read);
        followed.engine.replace(Some(Rc::clone(engine)));
    });
    let of = Rc::downgrade(engine);
    engine.on_moved(move |moved| {
        let wants = FOLLOWED.with(|followed| {
            let same = followed.engine.borrow().as_ref().is_some_and(|known| Rc::downgrade(known).ptr_eq(&of));
            let wants = same && followed.wanted.borrow().contains(&moved.circle);
            if wants {
                to_make(followed, moved.circle);
            }
            wants
        });
        if wants {
            spawn_local(work());
        }
    });
}

/// It is made next.
fn to_make(followed: &Followed, circle: CircleId) {
    let mut to_make = followed.to_make.borrow_mut();
    to_make.retain(|other| *other != circle);
    to_make.push(circle);
}

/// Tells screens what there is.
fn tell() {
    FOLLOWED.with(|followed| {
        let made = followed.made.borrow().clone();
        if followed.shown.get_untracked().as_ref() != Some(&made) {
            followed.shown.set(Some(made));
        }
        followed.told.set(runtime::now());
    });
}

async fn work() {
    if FOLLOWED.with(|followed| followed.is_at_work.replace(true)) {
        return;
    }
    loop {
        idle().await;
        let Some(circle) = FOLLOWED.with(|followed| followed.to_make.borrow_mut().pop()) else { break };
        make(circle).await;
        let is_time = FOLLOWED.with(|followed| {
            followed.to_make.borrow().is_empty() || runtime::now().0.saturating_sub(followed.told.get().0) > TOLD_EVERY
        });
        if is_time {
            tell();
        }
    }
    FOLLOWED.with(|followed| followed.is_at_work.set(false));
}

async fn make(circle: CircleId) {
    let (engine, sum_up) = FOLLOWED.with(|followed| (followed.engine.borrow().clone(), followed.sum_up.get()));
    let (Some(engine), Some(sum_up)) = (engine, sum_up) else { return };
    let of = match engine.to_sum_up(circle, &Source::KINDS).await {
        Ok(of) => of,
        Err(error) => return runtime::report(error),
    };
    let summary = of.as_ref().map(|of| Arc::new(sum_up(of, engine.me().id, engine.now())));
    FOLLOWED.with(|followed| {
        let mut made = followed.made.borrow_mut();
        made.retain(|(other, _)| *other != circle);
        made.extend(summary.clone().map(|summary| (circle, summary)));
    });
    // Where there is no room it is made again at the next start: it is only a cache.
    if let Some((of, summary)) = of.zip(summary)
        && engine.keep_summary(&of, summary.to_bytes()).await == Ok(CommitOutcome::Moved)
    {
        FOLLOWED.with(|followed| to_make(followed, circle));
    }
}

/// Waits until the browser has nothing else to do, or a moment where it does not say.
async fn idle() {
    gloo_timers::future::TimeoutFuture::new(AFTER_THE_ANSWER).await;
    let Some(window) = web_sys::window() else { return };
    let idle = Promise::new(&mut |done, _| {
        if window.request_idle_callback(&done).is_err() {
            let _ = done.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(idle).await;
}
