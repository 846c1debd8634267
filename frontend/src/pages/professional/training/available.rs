//! When somebody can: three parts of each of seven days, each a button.

use opstap_core::Value;
use opstap_core::model::{Availability, FromCell, set};
use opstap_view::prelude::*;

use super::course::Course;
use crate::dates::day_of_week;
use crate::pages::shared::editing::Worked;
use crate::pages::shared::editing::fields::Cell;
use crate::words::{Text, Word, training};

const PARTS: [Word; 3] = [training::MORNING, training::MIDDAY, training::EVENING];

/// The grid.
pub fn available(course: Course, cell: Cell) -> AnyView {
    let can = Memo::new(move |_| {
        let held = |value: Option<&Value>| Availability::from_cell(value);
        course.work.with(|records| held(records.record(cell.record)?.value(cell.cell))).flatten()
    });
    let toggle = move |place: usize| {
        let can = can.get_untracked();
        let places = (0..PARTS.len() * 7).filter(|one| can.is_some_and(|can| can.has(*one)) != (*one == place));
        course.work.change(cell.label, vec![set(cell.record, cell.cell, Availability::of(places))]);
    };
    let rows = (0..7).map(|day| {
        let parts = PARTS.iter().enumerate().map(|(part, word)| {
            let place = day * PARTS.len() + part;
            let pressed = move || if can.get().is_some_and(|can| can.has(place)) { "true" } else { "false" };
            let name = Text::live(move || [&*day_of_week(day, false).get(), word.get()].join(" "));
            view! {
                <td><button type="button" class="day-button" aria-pressed=pressed aria-label=name on:click=move |_| toggle(place)>{*word}</button></td>
            }
            .into_any()
        });
        view! { <tr><th scope="row">{day_of_week(day, true)}</th>{parts.collect_view()}</tr> }.into_any()
    });
    view! {
        <section class="stack">
            <h2>{cell.label}</h2>
            <table class="available"><tbody>{rows.collect_view()}</tbody></table>
        </section>
    }
    .into_any()
}
