//! Today: which plans there are to do, which one now, and what is done.

use std::cmp::Reverse;

use opstap_core::model::{Ending, Picture};
use opstap_core::{Millis, RecordId};
use opstap_insight::RunStory;

use crate::device::Reader;
use crate::stories::{self, run::RunTold};

/// The most pictures on the screen at once.
pub const MOST: usize = 5;

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

/// Reads every plan and route, each as it stands on the day that began then.
pub async fn things(reader: &Reader, day_start: Millis, now: Millis) -> Vec<Thing> {
    let plans = stories::plans(reader).await;
    let since = Millis(day_start.0.min(now.0.saturating_sub(GOES_ON)));
    let runs = stories::run::runs_since(reader, since).await;
    let plans = plans.into_iter().map(|plan| Thing {
        what: What::Plan(plan.id),
        title: plan.value.title,
        picture: plan.value.picture,
        minutes: plan.value.minutes,
        standing: standing(runs.iter().filter(|told| told.story.plan == plan.id), day_start, now),
    });
    let routes = stories::route::routes(reader).await.into_iter().map(|route| Thing {
        what: What::Route(route.id),
        title: route.value.title,
        picture: route.value.picture,
        minutes: None,
        standing: Standing::ToDo,
    });
    plans.chain(routes).collect()
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
                standing = Standing::Done { at, by_oneself: by_oneself(&told.story) };
            }
            Some(_) | None => {}
        }
    }
    standing
}

/// Whether a run went without asking for help and without "Lukt niet".
#[must_use]
pub fn by_oneself(story: &RunStory) -> bool {
    story.help_asked() == 0 && story.steps.iter().all(|step| step.not_managed == 0)
}

/// Arranges things that come in their order. What is under way comes first, then what is to be done, then the newest of what is done.
#[must_use]
pub fn arrange(things: Vec<Thing>) -> Day {
    let all = things.len();
    let all_done = all_done(&things);
    let (mut done, mut open): (Vec<_>, Vec<_>) =
        things.into_iter().partition(|thing| matches!(thing.standing, Standing::Done { .. }));
    stories::sort_by(&mut done, |a, b| done_at(a) > done_at(b));
    let by_oneself =
        done.iter().filter(|thing| matches!(thing.standing, Standing::Done { by_oneself: true, .. })).count();
    // The sort keeps the order of what stands the same: first what is under way, the latest on top; routes come last.
    stories::sort_by(&mut open, |a, b| turn(a) > turn(b));
    let comes_now = open.first().is_some_and(|thing| matches!(thing.what, What::Plan(_)));
    let mut open = open.into_iter();
    let now = if comes_now { open.next() } else { None };
    let room = MOST - usize::from(now.is_some());
    let mut tiles: Vec<_> = open.take(room).collect();
    let left = room - tiles.len();
    tiles.extend(done.iter().skip(done.len().saturating_sub(left)).cloned());
    let shown = tiles.len() + usize::from(now.is_some());
    Day { now, tiles, more: shown < all, done, by_oneself, all_done }
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

/// Plans with a time are what a day asks; where none has one, all plans are. A plan that is under way is not done.
fn all_done(things: &[Thing]) -> bool {
    let plans = || things.iter().filter(|thing| matches!(thing.what, What::Plan(_)));
    let timed = plans().any(|thing| thing.minutes.is_some());
    let mut asked = plans().filter(|thing| thing.minutes.is_some() || !timed).peekable();
    asked.peek().is_some()
        && asked.all(|thing| matches!(thing.standing, Standing::Done { .. }))
        && !plans().any(|thing| matches!(thing.standing, Standing::UnderWay(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(n: u8, minutes: Option<u32>, standing: Standing) -> Thing {
        let what = What::Plan(RecordId([n; 16]));
        Thing { what, title: n.to_string(), picture: None, minutes, standing }
    }

    fn done(at: u64, by_oneself: bool) -> Standing {
        Standing::Done { at: Millis(at), by_oneself }
    }

    fn titles(things: &[Thing]) -> Vec<&str> {
        things.iter().map(|thing| thing.title.as_str()).collect()
    }

    #[test]
    fn what_is_under_way_comes_first_even_when_something_earlier_is_to_be_done() {
        let day = arrange(vec![
            plan(1, Some(480), Standing::ToDo),
            plan(2, Some(600), Standing::UnderWay(Millis(7))),
            plan(3, Some(900), Standing::ToDo),
        ]);
        assert_eq!(day.now.unwrap().title, "2");
        assert_eq!(titles(&day.tiles), ["1", "3"]);
        assert!(!day.more && !day.all_done);
    }

    #[test]
    fn at_most_five_pictures_and_what_is_to_be_done_before_what_is_done() {
        let mut things: Vec<_> = (1..=3).map(|n| plan(n, Some(u32::from(n)), done(u64::from(n), true))).collect();
        things.extend((4..=7).map(|n| plan(n, Some(u32::from(n)), Standing::ToDo)));
        let day = arrange(things);
        assert_eq!(day.now.unwrap().title, "4");
        assert_eq!(titles(&day.tiles), ["5", "6", "7", "3"]);
        assert!(day.more);
        assert_eq!(titles(&day.done), ["1", "2", "3"]);
    }

    #[test]
    fn the_day_is_done_when_every_plan_with_a_time_is_and_counts_what_went_by_oneself() {
        let day = arrange(vec![
            plan(1, Some(480), done(9, true)),
            plan(2, Some(600), done(5, false)),
            plan(3, None, Standing::ToDo),
        ]);
        assert!(day.all_done);
        assert_eq!(titles(&day.done), ["2", "1"]);
        assert_eq!((day.done.len(), day.by_oneself), (2, 1));
    }

    #[test]
    fn a_day_without_plans_is_empty_and_not_done() {
        assert!(!arrange(Vec::new()).all_done);
    }

    #[test]
    fn a_plan_begun_again_is_under_way_and_the_day_not_done() {
        let day = arrange(vec![plan(1, Some(1), done(3, true)), plan(2, None, Standing::UnderWay(Millis(9)))]);
        assert!(!day.all_done);
    }

    #[test]
    fn a_route_is_a_tile_and_never_what_comes_now() {
        let mut route = plan(9, None, Standing::ToDo);
        route.what = What::Route(RecordId([9; 16]));
        let day = arrange(vec![route.clone(), plan(1, None, Standing::ToDo)]);
        assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles)), ("1", vec!["9"]));
        assert_eq!(arrange(vec![route]).now, None);
    }

    #[test]
    fn a_run_goes_on_through_its_day_and_a_little_past_midnight() {
        let hour = 3_600_000;
        let midnight = Millis(100 * hour);
        assert!(goes_on(Millis(101 * hour), midnight, Millis(120 * hour)));
        assert!(goes_on(Millis(99 * hour), midnight, Millis(101 * hour)));
        assert!(!goes_on(Millis(90 * hour), midnight, Millis(101 * hour)));
    }
}
