//! The week of a client on paper: under each day its plans, with their pictures and times.

use opstap_core::CircleId;
use opstap_core::model::Plan;
use opstap_insight::{DayPart, week_on_sheets};
use opstap_view::prelude::*;

use super::sheets;
use crate::components::{Bones, LoadingBones, Picture, Well, changing};
use crate::dates::{begin_with_capital, day_of_week, spoken_time};
use crate::device;
use crate::stories;
use crate::words::{Text, paper};

/// The days of a week.
const DAYS: usize = 7;

/// The week of a client whose name is known.
#[must_use]
pub fn week(circle: CircleId, name: Signal<String>) -> AnyView {
    let plans = device::watch(circle, |reader| async move {
        stories::plans(&reader)
            .await
            .into_iter()
            .filter(stories::is_for_the_client)
            .map(|plan| plan.value)
            .collect::<Vec<Plan>>()
    });
    let title = Text::live(move || paper::week_of(name.get()).get());
    changing(move || match plans.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(plans) => on_sheets(circle, &plans, &title),
    })
    .into_any()
}

fn on_sheets(circle: CircleId, plans: &[Plan], title: &Text) -> AnyView {
    let mut days = Vec::new();
    let mut letters = Vec::new();
    for day in 0..DAYS {
        let of_day = of_day(plans, day);
        letters.push(of_day.iter().map(|plan| plan.title.chars().count()).collect::<Vec<_>>());
        days.push(of_day);
    }
    let mut contents = Vec::new();
    for sheet in week_on_sheets(&letters) {
        let parts = sheet.into_iter().map(|part| {
            let plans = days.get(part.day).and_then(|plans| plans.get(part.from..part.to)).unwrap_or_default();
            day(circle, part, plans)
        });
        contents.push(view! { <div class="week">{parts.collect_view()}</div> }.into_any());
    }
    sheets(title.clone(), contents)
}

/// The plans of a day, by the times of that day.
fn of_day(plans: &[Plan], day: usize) -> Vec<&Plan> {
    let mut of_day: Vec<&Plan> = plans.iter().filter(|plan| plan.days.is_none_or(|days| days.has(day))).collect();
    let time = |plan: &Plan| plan.minutes_on(day).unwrap_or(u32::MAX);
    stories::sort_by(&mut of_day, |a, b| time(a) > time(b));
    of_day
}

fn day(circle: CircleId, part: DayPart, plans: &[&Plan]) -> AnyView {
    let name = day_of_week(part.day, false);
    let name = Text::live(move || {
        let mut name = name.get();
        begin_with_capital(&mut name);
        name
    });
    let plans = plans.iter().map(|plan| {
        let time = plan.minutes_on(part.day).map(|minutes| view! { <b>{spoken_time(minutes / 60, minutes % 60)}</b> });
        view! {
            <li>
                <Picture source=device::picture(circle, plan.picture.clone()) well=Well::Fill />
                <span>{time}<span>{plan.title.clone()}</span></span>
            </li>
        }
    });
    view! { <section><h3>{name}</h3><ul>{plans.collect_view()}</ul></section> }.into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Days;

    use super::*;

    #[test]
    fn the_plans_of_a_day_stand_by_the_times_of_that_day() {
        const SATURDAY: usize = 5;
        let up = Plan {
            minutes: Some(450),
            other_days: Days::of([SATURDAY]),
            other_minutes: Some(600),
            ..Plan::titled("Opstaan")
        };
        let pills = Plan { minutes: Some(480), ..Plan::titled("Medicijnen") };
        let plans = [up, pills, Plan::titled("Was")];
        let titles = |day| of_day(&plans, day).into_iter().map(|plan| plan.title.as_str()).collect::<Vec<_>>();
        assert_eq!(titles(0), ["Opstaan", "Medicijnen", "Was"]);
        assert_eq!(titles(SATURDAY), ["Medicijnen", "Opstaan", "Was"]);
    }
}
