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

/// Reads every plan and route, each as it stands on the day that began then. What is still being made is left out, and what the
/// client does without a plan.
pub async fn things(reader: &Reader, day_start: Millis, now: Millis) -> Vec<Thing> {
    let plans = stories::plans(reader).await;
    let since = Millis(day_start.0.min(now.0.saturating_sub(GOES_ON)));
    let runs = stories::run::runs_since(reader, since).await;
    let plans = plans.into_iter().filter(stories::is_for_the_client).map(|plan| Thing {
        what: What::Plan(plan.id),
        title: plan.value.title,
        picture: plan.value.picture,
        minutes: plan.value.minutes,
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
    plans.chain(routes).collect()
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
mod tests {
    use opstap_core::model::MOST_PICTURES as MOST;

    use super::*;

    const MONDAY: usize = 0;

    fn plan(n: u8, minutes: Option<u32>, standing: Standing) -> Thing {
        let what = What::Plan(RecordId([n; 16]));
        Thing { what, title: n.to_string(), picture: None, minutes, days: None, after: None, always: false, standing }
    }

    /// On a day that is not off.
    fn arrange(things: Vec<Thing>, most: usize, weekday: usize) -> Day {
        super::arrange(things, most, weekday, false)
    }

    fn after(n: u8, thing: Thing) -> Thing {
        Thing { after: Some(RecordId([n; 16])), ..thing }
    }

    fn done(at: u64, by_oneself: bool) -> Standing {
        Standing::Done { at: Millis(at), by_oneself }
    }

    fn titles(things: &[Thing]) -> Vec<&str> {
        things.iter().map(|thing| thing.title.as_str()).collect()
    }

    #[test]
    fn what_is_under_way_comes_first_even_when_something_earlier_is_to_be_done() {
        let day = arrange(
            vec![
                plan(1, Some(480), Standing::ToDo),
                plan(2, Some(600), Standing::UnderWay(Millis(7))),
                plan(3, Some(900), Standing::ToDo),
            ],
            MOST,
            MONDAY,
        );
        assert_eq!(day.now.unwrap().title, "2");
        assert_eq!(titles(&day.tiles), ["1", "3"]);
        assert!(!day.more && !day.all_done);
    }

    #[test]
    fn at_most_five_pictures_and_what_is_to_be_done_before_what_is_done() {
        let mut things: Vec<_> = (1..=3).map(|n| plan(n, Some(u32::from(n)), done(u64::from(n), true))).collect();
        things.extend((4..=7).map(|n| plan(n, Some(u32::from(n)), Standing::ToDo)));
        let day = arrange(things, MOST, MONDAY);
        assert_eq!(day.now.unwrap().title, "4");
        assert_eq!(titles(&day.tiles), ["5", "6", "7", "3"]);
        assert!(day.more);
        assert_eq!(titles(&day.done), ["1", "2", "3"]);
    }

    #[test]
    fn a_plan_for_other_days_is_left_out_and_can_be_done_all_the_same() {
        let wednesday = |standing| Thing { days: Days::of([2]), ..plan(1, None, standing) };
        let day = arrange(vec![wednesday(Standing::ToDo), plan(2, None, Standing::ToDo)], MOST, MONDAY);
        assert_eq!((day.now.unwrap().title.as_str(), day.tiles.len(), day.more), ("2", 0, true));
        assert_eq!(arrange(vec![wednesday(Standing::ToDo)], MOST, 2).now.unwrap().title, "1");
        assert!(arrange(vec![wednesday(Standing::UnderWay(Millis(1)))], MOST, MONDAY).now.is_some());
        let done = arrange(vec![wednesday(done(1, true)), plan(2, None, done(2, true))], MOST, MONDAY);
        assert_eq!(done.done.len(), 2);
    }

    #[test]
    fn whoever_oversees_one_picture_has_what_comes_now() {
        let things = || vec![plan(1, Some(1), Standing::ToDo), plan(2, Some(2), Standing::ToDo)];
        let day = arrange(things(), 1, MONDAY);
        assert_eq!((day.now.unwrap().title.as_str(), day.tiles.len(), day.more), ("1", 0, true));
        assert_eq!(arrange(things(), 2, MONDAY).tiles.len(), 1);
    }

    #[test]
    fn the_day_is_done_when_every_plan_with_a_time_is_and_counts_what_went_by_oneself() {
        let day = arrange(
            vec![plan(1, Some(480), done(9, true)), plan(2, Some(600), done(5, false)), plan(3, None, Standing::ToDo)],
            MOST,
            MONDAY,
        );
        assert!(day.all_done);
        assert_eq!(titles(&day.done), ["2", "1"]);
        assert_eq!((day.done.len(), day.by_oneself), (2, 1));
    }

    #[test]
    fn a_day_without_plans_is_empty_and_not_done() {
        assert!(!arrange(Vec::new(), MOST, MONDAY).all_done);
    }

    #[test]
    fn a_plan_begun_again_is_under_way_and_the_day_not_done() {
        let day =
            arrange(vec![plan(1, Some(1), done(3, true)), plan(2, None, Standing::UnderWay(Millis(9)))], MOST, MONDAY);
        assert!(!day.all_done);
    }

    #[test]
    fn a_route_is_a_tile_and_never_what_comes_now() {
        let mut route = plan(9, None, Standing::ToDo);
        route.what = What::Route(RecordId([9; 16]));
        let day = arrange(vec![route.clone(), plan(1, None, Standing::ToDo)], MOST, MONDAY);
        assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles)), ("1", vec!["9"]));
        assert_eq!(arrange(vec![route], MOST, MONDAY).now, None);
    }

    #[test]
    fn a_run_goes_on_through_its_day_and_a_little_past_midnight() {
        let hour = 3_600_000;
        let midnight = Millis(100 * hour);
        assert!(goes_on(Millis(101 * hour), midnight, Millis(120 * hour)));
        assert!(goes_on(Millis(99 * hour), midnight, Millis(101 * hour)));
        assert!(!goes_on(Millis(90 * hour), midnight, Millis(101 * hour)));
    }

    #[test]
    fn a_plan_that_comes_after_another_waits_for_it_and_then_stands_in_its_place() {
        let things = |first| {
            let waits = after(1, plan(3, None, Standing::ToDo));
            vec![plan(1, Some(1), first), plan(2, Some(2), Standing::ToDo), waits]
        };
        let waiting = arrange(things(Standing::ToDo), MOST, MONDAY);
        assert_eq!((waiting.now.unwrap().title.as_str(), titles(&waiting.tiles), waiting.more), ("1", vec!["2"], true));
        let under_way = arrange(things(Standing::UnderWay(Millis(1))), MOST, MONDAY);
        assert_eq!(titles(&under_way.tiles), ["2"]);
        let next = arrange(things(done(5, true)), MOST, MONDAY);
        assert_eq!((next.now.unwrap().title.as_str(), titles(&next.tiles), next.more), ("3", vec!["2", "1"], false));
    }

    #[test]
    fn a_plan_after_one_that_is_not_for_today_or_that_goes_round_is_there_as_usual() {
        let other_day = Thing { days: Days::of([2]), ..plan(1, None, Standing::ToDo) };
        let day = arrange(vec![other_day, after(1, plan(2, None, Standing::ToDo))], MOST, MONDAY);
        assert_eq!(day.now.unwrap().title, "2");
        assert_eq!(arrange(vec![after(9, plan(2, None, Standing::ToDo))], MOST, MONDAY).now.unwrap().title, "2");
        let round = vec![after(2, plan(1, None, Standing::ToDo)), after(1, plan(2, None, Standing::ToDo))];
        let day = arrange(round, MOST, MONDAY);
        assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles)), ("1", vec!["2"]));
        assert_eq!(arrange(vec![after(1, plan(1, None, Standing::ToDo))], MOST, MONDAY).now.unwrap().title, "1");
    }

    #[test]
    fn the_day_is_not_done_before_what_comes_after_its_last_plan_is() {
        let things =
            |then| vec![plan(1, Some(1), done(5, true)), after(1, plan(2, None, then)), plan(3, None, Standing::ToDo)];
        assert!(!arrange(things(Standing::ToDo), MOST, MONDAY).all_done);
        assert!(arrange(things(done(6, true)), MOST, MONDAY).all_done);
    }

    #[test]
    fn on_a_day_off_plans_rest_but_for_those_that_always_go_on_and_those_begun_all_the_same() {
        let always = Thing { always: true, ..plan(2, Some(2), Standing::ToDo) };
        let things = vec![plan(1, Some(1), Standing::ToDo), always, plan(3, None, Standing::UnderWay(Millis(1)))];
        let day = super::arrange(things.clone(), MOST, MONDAY, true);
        assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles), day.more), ("3", vec!["2"], true));
        let resting = super::arrange(things[..1].to_vec(), MOST, MONDAY, true);
        assert!(resting.now.is_none() && resting.tiles.is_empty() && !resting.all_done);
    }
}
