//! What this phone rings for: the plans with a time of which nobody else reminds, as a list that the page reads without the program
//! (`frontend/public/loader.js`).

use std::fmt::Write;

use opstap_core::age::Day;
use opstap_core::model::{DaysOff, Ending, Plan};
use opstap_core::{Millis, RecordId};

use super::reminders::{somebody_reminds, who_can_remind};
use crate::device::{Entry, Reader};
use crate::stories;

/// The list, on the day that began then.
pub async fn rings(reader: Reader, today: Day, began: Millis) -> String {
    let can = who_can_remind(&reader).await;
    let off = stories::days_off(&reader).await;
    let runs = stories::run::runs_since(&reader, began).await;
    let done = |plan: &Entry<Plan>| {
        runs.iter().any(|told| told.story.plan == plan.id && matches!(told.story.ended, Some((Ending::Done, _))))
    };
    let mut list = String::new();
    for off in off {
        rests(&mut list, &off.value);
    }
    let mut plans = stories::plans(&reader).await;
    plans.retain(|plan| stories::is_for_the_client(plan) && !somebody_reminds(&plan.value, &can));
    for plan in plans {
        ring(&mut list, plan.id, &plan.value, done(&plan).then_some(today));
    }
    list
}

fn rests(list: &mut String, off: &DaysOff) {
    // Writing to a text cannot fail.
    let _ = writeln!(list, "off\t{}\t{}", off.from.written(), off.until.written());
}

fn ring(list: &mut String, id: RecordId, plan: &Plan, done: Option<Day>) {
    let always = u32::from(plan.always == Some(true));
    let done = done.map(Day::written).unwrap_or_default();
    let title = plan.title.replace(['\n', '\t'], " ");
    for (minutes, days) in plan.times() {
        let days = u32::from(days);
        let _ = writeln!(list, "ring\t{id}\t{minutes}\t{days}\t{always}\t{done}\t{title}");
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Days;

    use super::*;

    fn line(plan: &Plan, done: Option<Day>) -> String {
        let mut list = String::new();
        ring(&mut list, RecordId([7; 16]), plan, done);
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
    fn days_off_are_told_by_their_first_and_last() {
        let [from, until] = ["2026-12-24", "2027-01-03"].map(|day| Day::parse(day).unwrap());
        let mut list = String::new();
        rests(&mut list, &DaysOff { from, until, word: Some("Vakantie".into()) });
        assert_eq!(list, "off\t2026-12-24\t2027-01-03\n");
    }
}
