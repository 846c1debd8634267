//! What this phone rings for: the plans with a time, or after another, of which nobody else reminds, as a list that the page reads without
//! the program (`frontend/public/loader.js`).

use opstap_core::age::Day;
use opstap_core::model::{DaysOff, Ending, Plan};
use opstap_core::{Millis, RecordId};

use super::reminders::{somebody_reminds, who_can_remind};
use crate::dates::{minute_of_day, moment, place_in_week};
use crate::device::{Entry, Reader};
use crate::stories;

/// So many minutes after a plan is done the phone rings for what comes after it: whoever goes on at once hears nothing.
pub const A_WHILE: u32 = 10;

/// The list, on the day that began then.
pub async fn rings(reader: Reader, today: Day, began: Millis) -> String {
    let can = who_can_remind(&reader).await;
    let off = stories::days_off(&reader).await;
    let runs = stories::run::runs_since(&reader, began).await;
    let done_at = |plan: RecordId| {
        let of_plan = runs.iter().filter(|told| told.story.plan == plan);
        of_plan.filter_map(|told| told.story.ended).filter(|(how, _)| *how == Ending::Done).map(|(_, at)| at).max()
    };
    let begun = |plan: RecordId| runs.iter().any(|told| told.story.plan == plan);
    let mut list = String::new();
    for off in off {
        rests(&mut list, &off.value);
    }
    let mut plans = stories::plans(&reader).await;
    plans.retain(|plan| stories::is_for_the_client(plan) && !somebody_reminds(&plan.value, &can));
    for Entry { id, value: plan, .. } in plans {
        let first = plan.after.filter(|_| !begun(id)).and_then(done_at).map(moment);
        let first = first.map(|at| (minute_of_day(at), place_in_week(at)));
        let told = (plan.title.as_str(), plan.always == Some(true));
        ring(&mut list, id, told, &times(&plan, first), done_at(id).map(|_| today));
    }
    list
}

/// When it rings, in minutes since midnight, with the sum of its days: at its times, and where it has none a while after the plan it comes
/// after was done today (`first`: at which minute and on which day of the week).
fn times(plan: &Plan, first: Option<(u32, usize)>) -> Vec<(u32, u8)> {
    let mut times: Vec<_> = plan.times().collect();
    if times.is_empty() {
        times.extend(first.map(|(minute, weekday)| (minute + A_WHILE, 1 << weekday)));
    }
    times
}

/// Days off, on which only what is always to be done rings.
pub fn rests(list: &mut String, off: &DaysOff) {
    *list += &["off\t", &off.from.written(), "\t", &off.until.written(), "\n"].concat();
}

/// A plan by its title, with when it rings, whether on days off too, and the day on which it is done already.
pub fn ring(list: &mut String, id: RecordId, (title, always): (&str, bool), times: &[(u32, u8)], done: Option<Day>) {
    let always = if always { "\t1\t" } else { "\t0\t" };
    let done = done.map(Day::written).unwrap_or_default();
    let title = title.replace(['\n', '\t'], " ");
    for (minutes, days) in times {
        let (minutes, days) = (minutes.to_string(), days.to_string());
        *list += &["ring\t", &id.to_string(), "\t", &minutes, "\t", &days, always, &done, "\t", &title, "\n"].concat();
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Days;

    use super::*;

    fn line(plan: &Plan, done: Option<Day>) -> String {
        let mut list = String::new();
        ring(&mut list, RecordId([7; 16]), (&plan.title, plan.always == Some(true)), &times(plan, None), done);
        list
    }

    #[test]
    fn a_plan_with_a_time_says_when_and_on_which_days_it_rings() {
        let weekend = Plan { minutes: Some(450), days: Days::of([5, 6]), ..Plan::titled("Op\tstaan") };
        let id = RecordId([7; 16]);
        assert_eq!(line(&weekend, None), format!("ring\t{id}\t450\t96\t0\t\tOp staan\n"));
        let late = Plan { days: None, other_days: Days::of([6]), other_minutes: Some(600), ..weekend.clone() };
        assert_eq!(
            line(&late, None),
            format!("ring\t{id}\t450\t63\t0\t\tOp staan\nring\t{id}\t600\t64\t0\t\tOp staan\n")
        );
        let daily = Plan { days: None, always: Some(true), ..weekend };
        assert_eq!(line(&daily, Day::parse("2026-11-30")), format!("ring\t{id}\t450\t127\t1\t2026-11-30\tOp staan\n"));
        assert_eq!(line(&Plan::titled("Zonder tijd"), None), "");
    }

    #[test]
    fn what_has_no_time_and_comes_after_another_rings_a_while_after_that_one_was_done() {
        let after = Plan { after: Some(RecordId([1; 16])), ..Plan::titled("Tanden poetsen") };
        assert_eq!(times(&after, None), []);
        assert_eq!(times(&after, Some((7 * 60 + 45, 2))), [(7 * 60 + 55, 4)]);
        let timed = Plan { minutes: Some(450), ..after };
        assert_eq!(times(&timed, Some((7 * 60 + 45, 2))), [(450, 127)]);
    }

    #[test]
    fn days_off_are_told_by_their_first_and_last() {
        let [from, until] = ["2026-12-24", "2027-01-03"].map(|day| Day::parse(day).unwrap());
        let mut list = String::new();
        rests(&mut list, &DaysOff { from, until, word: Some("Vakantie".into()) });
        assert_eq!(list, "off\t2026-12-24\t2027-01-03\n");
    }
}
