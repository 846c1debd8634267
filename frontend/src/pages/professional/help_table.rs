//! The help each part and goal took, as a table of letters: the same order and the same levels as the figure.

use opstap_core::Millis;
use opstap_core::model::HelpLevel;
use opstap_view::prelude::*;

use super::help_plot::{HelpShown, in_a_row, last_level, now};
use crate::components::desk::Table;
use crate::components::{HelpMark, help_word};
use crate::dates::{day_and_month, moment};
use crate::words::{Text, desk};

/// The table.
#[component]
pub(super) fn HelpTable(shown: HelpShown) -> impl IntoView {
    let HelpShown { column, caption, times, rows } = shown;
    let head = |(at, when): (usize, &Millis)| {
        view! { <th scope="col" class="c" title=day_and_month(moment(*when))>{at + 1}</th> }
    };
    let heads = times.iter().enumerate().map(head).collect_view();
    let rows = rows.iter().enumerate().map(|(at, one)| {
        let parts = one.parts.iter().map(|(text, help)| row(text.clone(), help, false)).collect_view();
        view! { {row(format!("{}. {}", at + 1, one.title), &one.help, true)} {parts} }.into_any()
    });
    let rows = rows.collect_view();
    view! {
        <Table caption>
            <thead>
                <tr><th scope="col">{column}</th>{heads}<th scope="col">{desk::NOW}</th></tr>
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
