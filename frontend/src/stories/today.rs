//! Today: which plans there are to do, which one now, and what is done.

use std::cmp::Reverse;

use opstap_core::model::{Days, DaysOff, Ending, Picture};
use opstap_core::{Day as CalendarDay, Millis, RecordId};

use crate::device::Reader;
use crate::stories::{self, run::RunTold};

/// How a plan stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not begun today, or not finished.
    ToDo,
    /// Begun and not ended, at this moment.
    UnderWay(Millis),
    /// Done at this moment; by oneself or with help.
    Done {
        /// When.
        at: Millis,
        /// Without asking for help and without "Lukt niet".
        by_oneself: bool,
    },
}

/// A plan or a route, as a picture to tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Which.
    pub what: What,
    /// Its title.
    pub title: String,
    /// Its picture.
    pub picture: Option<Picture>,
    /// When it is to be done, in minutes since midnight.
    pub minutes: Option<u32>,
    /// On which days; every day without them.
    pub days: Option<Days>,
    /// The plan after which it is to be done.
    pub after: Option<RecordId>,
    /// It goes on during days off.
    pub always: bool,
    /// How it stands.
    pub standing: Standing,
}

/// What a tap opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A plan.
    Plan(RecordId),
    /// A route.
    Route(RecordId),
}

/// The screen of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// What is under way, or comes first.
    pub now: Option<Thing>,
    /// The others, as many as fit.
    pub tiles: Vec<Thing>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// What is done today, in the order in which it was done.
    pub done: Vec<Thing>,
    /// How many of those were done wholly by oneself.
    pub by_oneself: usize,
    /// Everything that has its time today is done.
    pub all_done: bool,
}

/// Reads every plan and route, each as it stands on the day of the week, from Monday (0), that began then. What is still being made is left
/// out, and what the client does without a plan.
pub async fn things(reader: &Reader, day_start: Millis, weekday: usize, now: Millis) -> Vec<Thing> {
    let plans = stories::plans(reader).await;
    let since = Millis(day_start.0.min(now.0.saturating_sub(GOES_ON)));
    let runs = stories::run::runs_since(reader, since).await;
    let plans = plans.into_iter().filter(stories::is_for_the_client).map(|plan| Thing {
        what: What::Plan(plan.id),
        minutes: plan.value.minutes_on(weekday),
        title: plan.value.title,
        picture: plan.value.picture,
        days: plan.value.days,
        after: plan.value.after,
        always: plan.value.always == Some(true),
        standing: standing(runs.iter().filter(|told| told.story.plan == plan.id), day_start, now),
    });
    let routes = stories::route::routes(reader).await.into_iter().map(|route| Thing {
        what: What::Route(route.id),
        title: route.value.title,
        picture: route.value.picture,
        minutes: None,
        days: None,
        after: None,
        always: true,
        standing: Standing::ToDo,
    });
    let mut things: Vec<_> = plans.chain(routes).collect();
    in_time(&mut things);
    things
}

/// By the times of this very day, which may be others than the usual ones by which plans stand in their order.
fn in_time(things: &mut [Thing]) {
    stories::sort_by(things, |a, b| a.minutes.unwrap_or(u32::MAX) > b.minutes.unwrap_or(u32::MAX));
}

/// The days off that this day is in; where there are more, the one that has a word for it.
pub async fn day_off(reader: &Reader, day: CalendarDay) -> Option<DaysOff> {
    let all = reader.all::<DaysOff>().await.into_iter().map(|entry| entry.value);
    all.filter(|off| off.has(day)).max_by_key(|off| off.word.is_some())
}

/// A run that was put away goes on at its step during the day it began, and a few hours past midnight; after that the plan begins anew.
const GOES_ON: u64 = 6 * 60 * 60 * 1_000;

/// Whether a run that began then is still under way now.
#[must_use]
pub fn goes_on(began: Millis, day_start: Millis, now: Millis) -> bool {
    began >= day_start || now.0.saturating_sub(began.0) < GOES_ON
}

/// Runs come newest first: the newest tells whether the plan is under way, the newest that was done whether it is done.
fn standing<'a>(runs: impl Iterator<Item = &'a RunTold>, day_start: Millis, now: Millis) -> Standing {
    let mut standing = Standing::ToDo;
    for (place, told) in runs.enumerate() {
        match told.story.ended {
            None if place == 0 && goes_on(told.story.began, day_start, now) => {
                return Standing::UnderWay(told.story.began);
            }
            Some((Ending::Done, at)) if at >= day_start && standing == Standing::ToDo => {
                standing = Standing::Done { at, by_oneself: told.story.went_by_oneself() };
            }
            Some(_) | None => {}
        }
    }
    standing
}

/// Arranges things that come in their order, with at most so many pictures (at least one), for a day of the week from Monday (0), perhaps
/// a day off. What is not for that day is left out, unless it was begun or done all the same; what comes after another plan waits for it
/// and then stands in its place. What is under way comes first, then what is to be done, then the newest of what is done.
#[must_use]
pub fn arrange(mut things: Vec<Thing>, most: usize, weekday: usize, day_off: bool) -> Day {
    let all = things.len();
    let is_for_today = |thing: &Thing| thing.days.is_none_or(|days| days.has(weekday)) && (thing.always || !day_off);
    things.retain(|thing| thing.standing != Standing::ToDo || is_for_today(thing));
    let all_done = all_done(&things);
    let things = in_turn(things);
    let (mut done, mut open): (Vec<_>, Vec<_>) = things.into_iter().partition(is_done);
    stories::sort_by(&mut done, |a, b| done_at(a) > done_at(b));
    let by_oneself =
        done.iter().filter(|thing| matches!(thing.standing, Standing::Done { by_oneself: true, .. })).count();
    // The sort keeps the order of what stands the same: first what is under way, the latest on top; routes come last.
    stories::sort_by(&mut open, |a, b| turn(a) > turn(b));
    let comes_now = open.first().is_some_and(|thing| matches!(thing.what, What::Plan(_)));
    let mut open = open.into_iter();
    let now = if comes_now { open.next() } else { None };
    let room = most.saturating_sub(usize::from(now.is_some()));
    let mut tiles: Vec<_> = open.take(room).collect();
    let left = room - tiles.len();
    tiles.extend(done.iter().skip(done.len().saturating_sub(left)).cloned());
    let shown = tiles.len() + usize::from(now.is_some());
    Day { now, tiles, more: shown < all, done, by_oneself, all_done }
}

fn is_done(thing: &Thing) -> bool {
    matches!(thing.standing, Standing::Done { .. })
}

/// The place of the plan that a thing comes after; none where that one is not among these, or where it goes round.
fn comes_after(things: &[Thing], thing: &Thing) -> Option<usize> {
    let place_of = |plan| things.iter().position(|other| other.what == What::Plan(plan));
    let first = place_of(thing.after?)?;
    let mut above = Some(first);
    for _ in things {
        let Some(other) = above.and_then(|place| things.get(place)) else { return Some(first) };
        above = other.after.and_then(place_of);
    }
    None
}

/// What comes after another plan stands right below it, and is left out until that one is done.
fn in_turn(things: Vec<Thing>) -> Vec<Thing> {
    let after: Vec<_> = things.iter().map(|thing| comes_after(&things, thing)).collect();
    let below = |place: Option<usize>| -> Vec<usize> {
        (0..things.len()).rev().filter(|next| after.get(*next) == Some(&place)).collect()
    };
    let mut order = Vec::new();
    let mut coming = below(None);
    while let Some(place) = coming.pop() {
        let Some(thing) = things.get(place) else { continue };
        let waits = after.get(place).copied().flatten().and_then(|first| things.get(first));
        if thing.standing != Standing::ToDo || waits.is_none_or(is_done) {
            order.push(thing.clone());
        }
        coming.extend(below(Some(place)));
    }
    order
}

fn done_at(thing: &Thing) -> Millis {
    match thing.standing {
        Standing::Done { at, .. } => at,
        Standing::ToDo | Standing::UnderWay(_) => Millis(0),
    }
}

/// What is under way, then plans, then routes.
fn turn(thing: &Thing) -> (u8, Reverse<Millis>) {
    match (thing.standing, thing.what) {
        (Standing::UnderWay(began), _) => (0, Reverse(began)),
        (_, What::Plan(_)) => (1, Reverse(Millis(0))),
        (_, What::Route(_)) => (2, Reverse(Millis(0))),
    }
}

/// Plans with a time are what a day asks, and those that come after one; where none has a time, all plans are. A plan that is under way
/// is not done.
fn all_done(things: &[Thing]) -> bool {
    let plans = || things.iter().filter(|thing| matches!(thing.what, What::Plan(_)));
    let timed = plans().any(|thing| thing.minutes.is_some());
    let mut asked = plans().filter(|thing| !timed || has_a_time(things, thing)).peekable();
    asked.peek().is_some()
        && asked.all(is_done)
        && !plans().any(|thing| matches!(thing.standing, Standing::UnderWay(_)))
}

fn has_a_time(things: &[Thing], thing: &Thing) -> bool {
    let after = || comes_after(things, thing).and_then(|first| things.get(first));
    thing.minutes.is_some() || after().is_some_and(|first| has_a_time(things, first))
}

#[cfg(test)]
#[path = "today_tests.rs"]
mod tests;
