//! Where somebody is on the way. It is kept beside the store, so that a closed app opens at the same step; a tap is on disk at once.

use std::cell::Cell;

use opstap_core::{Millis, RecordId};
use opstap_insight::JourneyStep;

use crate::beside;
use crate::dates::day_start;
use crate::device;
use crate::stories::today::goes_on;

/// Where it is kept.
const KEPT: &str = "opstap-way";

/// What stands there for the step after the last.
const END: &str = "end";

thread_local! {
    // The arrival that was written last, while its screen is there for the first time: "Terug" takes it back.
    static ARRIVED: Cell<Option<RecordId>> = const { Cell::new(None) };
}

/// The name of a step, as it is kept.
fn name(step: Option<&JourneyStep>) -> String {
    match step {
        Some(step) => format!("{} {} {}", step.part, step.about, step.doing.kind()),
        None => END.to_owned(),
    }
}

/// What is kept of a journey: the route, when it began, and the step.
fn written(route: RecordId, began: Millis, step: Option<&JourneyStep>) -> String {
    format!("{route} {} {}", began.0, name(step))
}

/// When the journey along this route began that is kept, and its step; nothing where it is of another route, or over.
fn read(kept: &str, route: RecordId, day: Millis, now: Millis) -> Option<(Millis, &str)> {
    let (of, rest) = kept.split_once(' ')?;
    let (began, step) = rest.split_once(' ')?;
    let began = Millis(began.parse().ok()?);
    (of == route.to_string() && goes_on(began, day, now)).then_some((began, step))
}

/// The place of what is kept among the steps as they are now. A step that is gone is looked for in its part, where it begins.
fn place(step: &str, steps: &[JourneyStep]) -> usize {
    if step == END {
        return steps.len();
    }
    let found = steps.iter().position(|one| name(Some(one)) == step);
    let in_its_part = || steps.iter().position(|one| step.starts_with(&one.part.to_string()));
    found.or_else(in_its_part).unwrap_or_default()
}

fn with<T>(route: RecordId, told: impl FnOnce(Millis, &str) -> T) -> Option<T> {
    let (kept, now) = (beside::read(KEPT)?, device::now());
    let (began, step) = read(&kept, route, day_start(now), now)?;
    Some(told(began, step))
}

/// Whether somebody is on the way along this route.
pub fn is_under_way(route: RecordId) -> bool {
    with(route, |_, _| ()).is_some()
}

/// At which of these steps somebody is; after the last when everything is done, and at the first when nothing is.
pub fn at(route: RecordId, steps: &[JourneyStep]) -> usize {
    with(route, |_, step| place(step, steps)).unwrap_or_default()
}

/// Keeps that somebody is at a step now.
pub fn keep(route: RecordId, steps: &[JourneyStep], at: usize) {
    let began = with(route, |began, _| began).unwrap_or_else(device::now);
    beside::note(KEPT, &written(route, began, steps.get(at)));
}

/// The journey is over; `arrival` is what was written of it.
pub fn end(arrival: RecordId) {
    beside::note(KEPT, "");
    ARRIVED.set(Some(arrival));
}

/// The arrival that can still be taken back.
pub fn take_the_end_back() -> Option<RecordId> {
    ARRIVED.take()
}

#[cfg(test)]
mod tests {
    use opstap_insight::Doing;

    use super::*;

    const DAY: Millis = Millis(1_000_000_000_000);
    const ROUTE: RecordId = RecordId([1; 16]);

    fn step(part: u8, about: u8, doing: Doing) -> JourneyStep {
        let [part, about] = [part, about].map(|n| RecordId([n; 16]));
        JourneyStep { part, about, doing, text: None, picture: None }
    }

    fn again(kept: &JourneyStep, steps: &[JourneyStep]) -> usize {
        place(&name(Some(kept)), steps)
    }

    #[test]
    fn a_closed_app_opens_at_the_same_step_also_when_the_route_grew() {
        let steps = [step(2, 2, Doing::Act), step(3, 4, Doing::Ride(0)), step(3, 3, Doing::Press)];
        for (at, kept) in steps.iter().enumerate() {
            assert_eq!(again(kept, &steps), at);
        }
        let grown = [step(2, 2, Doing::Act), step(3, 9, Doing::Ride(0)), step(3, 4, Doing::Ride(1))];
        assert_eq!(again(&steps[1], &grown), 2);
        assert_eq!(place(END, &steps), 3);
    }

    #[test]
    fn a_step_that_went_is_looked_for_where_its_part_begins() {
        let steps = [step(2, 2, Doing::Act), step(3, 3, Doing::Board), step(3, 3, Doing::GetOff)];
        assert_eq!(again(&step(3, 8, Doing::Ride(0)), &steps), 1);
        assert_eq!(again(&step(7, 7, Doing::Act), &steps), 0);
    }

    #[test]
    fn a_journey_of_yesterday_or_of_another_route_is_over() {
        let kept = written(ROUTE, DAY, None);
        let later = |hours: u64| Millis(DAY.0 + hours * 3_600_000);
        assert_eq!(read(&kept, ROUTE, DAY, later(1)), Some((DAY, END)));
        assert_eq!(read(&kept, RecordId([2; 16]), DAY, later(1)), None);
        assert_eq!(read(&kept, ROUTE, later(24), later(30)), None);
        assert_eq!(read("", ROUTE, DAY, DAY), None);
    }
}
