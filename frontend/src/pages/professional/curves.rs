//! The learning curves of a route, as one looks at them together and as they come out of the printer: for each goal how it goes in a
//! sentence, and the help that it took practice after practice.

use opstap_core::model::Route;
use opstap_core::{CircleId, RecordId};
use opstap_insight::{CurveState, LearningCurve, learning_curves};
use opstap_view::prelude::*;

use super::curve_plot::curve_plot;
use super::frame::{Page, Part, client_name};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Bones, Button, EmptyState, Icon, LoadingBones, changing, icon};
use crate::dates::{day_and_month, moment, on_day};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::pages::shared::OlderMonths;
use crate::pages::shared::print::print_button;
use crate::stories::route::{self, PartOfRoute};
use crate::words::{Text, desk, shared};

/// A route with its curves.
#[derive(Clone, PartialEq)]
struct Seen {
    title: String,
    parts: Vec<PartOfRoute>,
    curves: Vec<LearningCurve>,
    /// Which time the practices on this device cover.
    period: Option<(f64, f64)>,
    count: usize,
    /// From which day on they are on this device, where older ones are not.
    since: Option<f64>,
}

async fn read(reader: Reader, id: RecordId) -> Option<Seen> {
    let title = reader.one::<Route>(id).await?.value.title;
    let parts = route::parts(&reader, id).await;
    let practices = route::practices(&reader, id).await;
    let help = route::help(&parts, &practices);
    let dates = || help.practices.iter().map(|(_, at)| *at);
    let (before, old) = device::practices_before(reader.circle(), id).await;
    let lacks = practices.iter().filter(|told| told.practice.is_older_than(before)).count() < old;
    Some(Seen {
        title,
        curves: learning_curves(&help),
        period: dates().next().map(moment).zip(dates().next_back().map(moment)),
        count: practices.len(),
        since: lacks.then(|| on_day(before)),
        parts,
    })
}

/// The screen.
pub(super) fn screen(circle: CircleId, id: RecordId) -> AnyView {
    let seen = device::watch(circle, move |reader| read(reader, id));
    let name = client_name(circle);
    let back = Tap::to(DeskPlace::Travel(circle, Some(id)));
    let lead = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=back /> }.into_any();
    let body = changing(move || match seen.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(None) => {
            view! { <EmptyState picture="world-map" sentence=desk::NO_ROUTE more=desk::NO_ROUTE_MORE /> }.into_any()
        }
        Some(Some(seen)) => of_route(name, seen),
    });
    view! {
        <Page title=desk::LEARNING_CURVES part=Part::Clients>
            <Bar title=desk::LEARNING_CURVES more=Text::from(name) lead>{print_button()}</Bar>
            <Columns><Pane>{body}<div class="before-print"><OlderMonths circle /></div></Pane></Columns>
            <Foot><span>{desk::CURVES_ON_PAPER}</span></Foot>
        </Page>
    }
    .into_any()
}

fn of_route(name: Signal<String>, seen: Seen) -> AnyView {
    let Seen { title, parts, curves, period, count, since } = seen;
    let most = curves.iter().map(|curve| curve.points.len()).max().unwrap_or_default();
    let route = title.clone();
    let parts = parts.into_iter().enumerate().map(|(place, told)| {
        let goals = told.goals.into_iter().filter_map(|goal| {
            let curve = curves.iter().find(|curve| curve.goal == goal.id)?;
            Some(of_goal(goal.value.text, curve, most))
        });
        let title = format!("{}. {}", place + 1, told.part.value.title);
        // A sheet says whose curves are on it, and of which part, whatever sheet it is.
        let whose = [", ", &route].concat();
        view! {
            <section class="stack">
                <h3>{title}<span class="on-paper">{name}{whose}</span></h3>
                <div class="plots">{goals.collect_view()}</div>
            </section>
        }
        .into_any()
    });
    let period = period.map(|(first, last)| {
        let (first, last) = (day_and_month(first), day_and_month(last));
        Text::live(move || desk::from_to(first.get(), last.get()).get())
    });
    let rests_on = Text::live(move || {
        let all = [Some(Text::from(name)), Some(desk::practices(count)), period.clone()];
        all.iter().flatten().map(Text::get).collect::<Vec<_>>().join(", ")
    });
    let older = since.map(|since| {
        let since = day_and_month(since);
        let text = Text::live(move || desk::older_curves(since.get()).get());
        view! { <p class="strong">{text}</p> }
    });
    view! {
        <div class="leaves curves">
            <h2>{title}</h2>
            <p>{rests_on}</p>
            {older}
            <p class="soft">{desk::RULE_OF_THUMB_MORE}</p>
            {parts.collect_view()}
        </div>
    }
    .into_any()
}

fn of_goal(goal: String, curve: &LearningCurve, most: usize) -> AnyView {
    let (mark, says) = stands(curve);
    view! {
        <figure class="plot curve">
            <figcaption class="stack"><b>{goal}</b><span class="row">{icon(mark)}<span class="fill">{says}</span></span></figcaption>
            {curve_plot(curve, most)}
        </figure>
    }
    .into_any()
}

/// How a goal goes, in a sentence with its mark.
fn stands(curve: &LearningCurve) -> (Icon, Text) {
    match curve.state {
        CurveState::NotPractised => (Icon::MINUS, desk::CURVE_NOT_YET.into()),
        CurveState::Learning => (Icon::FORWARD, desk::curve_learning(curve.points.len())),
        CurveState::ByOneself { from, .. } if curve.fell_back => (Icon::AGAIN, desk::curve_fell_back(from)),
        CurveState::ByOneself { from, .. } => (Icon::CHECK, desk::curve_by_oneself(from)),
        CurveState::TakesLonger => (Icon::CLOCK, desk::CURVE_TAKES_LONGER.into()),
    }
}

#[cfg(test)]
mod tests {
    use HelpLevel::{ByOneself, Hint, Told};
    use opstap_core::Millis;
    use opstap_core::model::HelpLevel;
    use opstap_insight::{GoalRow, PartRow, RouteHelp};

    use super::*;

    /// What is said of one goal with this help.
    fn says(help: &[HelpLevel]) -> String {
        let id = |n: usize| RecordId([u8::try_from(n).unwrap(); 16]);
        let practices = (0..help.len()).map(|n| (id(n + 10), Millis(n as u64))).collect();
        let help: Vec<_> = help.iter().copied().map(Some).collect();
        let part = PartRow { part: id(1), help: help.clone(), goals: vec![GoalRow { goal: id(2), times: 3, help }] };
        let curves = learning_curves(&RouteHelp { practices, parts: vec![part] });
        stands(&curves[0]).1.get()
    }

    #[test]
    fn how_a_goal_goes_is_said_in_a_sentence() {
        assert_eq!(says(&[]), "Kwam nog niet voor.");
        assert_eq!(says(&[Told]), "Wordt geleerd: 1 keer geoefend.");
        assert_eq!(says(&[Told, Hint, ByOneself, ByOneself, ByOneself]), "Gaat vanzelf sinds oefening 3.");
        assert_eq!(says(&[Told, Told, Hint, Hint]), "Duurt langer dan meestal. Kijk samen naar het doel.");
        let fell_back = "Ging vanzelf vanaf oefening 1, en vroeg daarna weer hulp.";
        assert_eq!(says(&[ByOneself, ByOneself, ByOneself, Hint]), fell_back);
    }
}
