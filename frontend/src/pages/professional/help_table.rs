//! The help each part and goal took, as a table of letters: the same order and the same levels as the figure.

use opstap_core::model::HelpLevel;
use opstap_view::prelude::*;

use super::help_plot::{in_a_row, last_level, now};
use super::travel::Shown;
use crate::components::desk::Table;
use crate::components::{HelpMark, help_word};
use crate::dates::{day_and_month, moment};
use crate::words::{Text, desk};

/// The table.
#[component]
pub(super) fn HelpTable(shown: Shown) -> impl IntoView {
    let heads = shown
        .help
        .practices
        .iter()
        .enumerate()
        .map(|(at, (_, when))| view! { <th scope="col" class="c" title=day_and_month(moment(*when))>{at + 1}</th> })
        .collect_view();
    let rows = shown
        .help
        .parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let of_route = shown.parts.get(at);
            let title = of_route.map(|part| part.part.value.title.clone()).unwrap_or_default();
            let goals = part
                .goals
                .iter()
                .enumerate()
                .map(|(place, goal)| {
                    let text = of_route.and_then(|part| part.goals.get(place)).map(|goal| goal.value.text.clone());
                    row(text.unwrap_or_default(), &goal.help, false)
                })
                .collect_view();
            view! { {row(format!("{}. {title}", at + 1), &part.help, true)} {goals} }
        })
        .collect_view();
    view! {
        <Table caption=desk::HELP_TABLE_CAPTION>
            <thead>
                <tr><th scope="col">{desk::PART_AND_GOAL}</th>{heads}<th scope="col">{desk::NOW}</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

/// Under the head "Nu" the level alone says it.
fn present(help: &[Option<HelpLevel>]) -> Text {
    match last_level(help) {
        Some(level) if in_a_row(help) == 0 => help_word(level).into(),
        _ => now(help),
    }
}

fn row(text: String, help: &[Option<HelpLevel>], part: bool) -> AnyView {
    let cells = help
        .iter()
        .map(|level| match level {
            Some(level) => view! { <td class="c"><HelpMark level=Some(*level) letter=true /></td> }.into_any(),
            None => view! { <td class="c soft">"–"</td> }.into_any(),
        })
        .collect_view();
    let class = if part { "" } else { "goal" };
    view! { <tr class=class><th scope="row">{text}</th>{cells}<td>{present(help)}</td></tr> }.into_any()
}
