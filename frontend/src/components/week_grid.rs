//! The parts of a week in which somebody can: three for each of seven days.

use opstap_core::model::Availability;
use opstap_view::prelude::*;

use crate::components::Ahead;
use crate::dates::day_of_week;
use crate::event::Handler;
use crate::words::{Text, Word, week};

const PARTS: [Word; 3] = [week::MORNING, week::MIDDAY, week::EVENING];
const DAYS: usize = 7;

/// The place of a part of a day in a week.
const fn place(day: usize, part: usize) -> usize {
    day * PARTS.len() + part
}

/// With one part of the week more or less.
fn toggled(chosen: Option<Availability>, place: usize) -> Option<Availability> {
    let has = |at: usize| chosen.is_some_and(|chosen| chosen.has(at));
    Availability::of((0..DAYS * PARTS.len()).filter(|at| has(*at) != (*at == place)))
}

/// A week to choose parts of.
#[component]
pub fn WeekGrid(
    /// Whose week, or when.
    #[prop(into)]
    label: Text,
    /// What is chosen.
    #[prop(into)]
    chosen: Signal<Option<Availability>>,
    /// A part was tapped; gives what is chosen then.
    #[prop(into)]
    on_change: Handler<Option<Availability>>,
) -> impl IntoView {
    let chosen = Ahead::of(move || chosen.get());
    let cell = move |day: usize, part: usize, word: Word| {
        let on = Signal::derive(move || chosen.get().is_some_and(|chosen| chosen.has(place(day, part))));
        let tap = on_change.clone();
        let name = Text::live(move || [day_of_week(day, false).get(), word.get().to_owned()].join(" "));
        view! {
            <td>
                <button
                    type="button"
                    class="week-part"
                    aria-label=name
                    aria-pressed=move || if on.get() { "true" } else { "false" }
                    on:click=move |_| tap.run(chosen.choose(|chosen| toggled(*chosen, place(day, part))))
                >
                    <span aria-hidden="true">{move || if on.get() { "✓" } else { "" }}</span>
                </button>
            </td>
        }
        .into_any()
    };
    table(label, cell)
}

/// A week beside another: what both can, and what one can alone.
#[component]
pub fn WeekShown(
    /// Whose week.
    #[prop(into)]
    label: Text,
    /// When they can.
    available: Availability,
    /// When the other can; only what both can gets the full mark.
    #[prop(optional)]
    asked: Option<Availability>,
) -> impl IntoView {
    table(label, move |day, part, _| {
        let at = place(day, part);
        let both = available.has(at) && asked.is_none_or(|asked| asked.has(at));
        let (mark, word) = match (both, available.has(at)) {
            (true, _) => ("✓", if asked.is_some() { week::BOTH } else { week::CAN }),
            (false, true) => ("·", week::CAN),
            (false, false) => ("", week::CANNOT),
        };
        let class = if both { "week-both" } else { "" };
        view! {
            <td class=class><span aria-hidden="true">{mark}</span><span class="for-voice">{word}</span></td>
        }
        .into_any()
    })
}

fn table(label: Text, cell: impl Fn(usize, usize, Word) -> AnyView) -> AnyView {
    let days = (0..DAYS).map(|day| view! { <th scope="col">{day_of_week(day, true)}</th> }).collect_view();
    let rows = PARTS
        .iter()
        .enumerate()
        .map(|(part, word)| {
            let cells = (0..DAYS).map(|day| cell(day, part, *word)).collect_view();
            view! { <tr><th scope="row">{*word}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="week-grid">
            <caption><span class="strong">{label}</span></caption>
            <thead><tr><td></td>{days}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_week_goes_on_and_off_and_none_is_nothing() {
        let monday_morning = toggled(None, place(0, 0));
        assert_eq!(monday_morning, Availability::of([0]));
        assert_eq!(toggled(monday_morning, place(6, 2)), Availability::of([0, 20]));
        assert_eq!(toggled(monday_morning, place(0, 0)), None);
    }
}
