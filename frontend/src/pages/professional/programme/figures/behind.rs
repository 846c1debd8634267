//! The rows behind a figure: who it is, on which day that counts for it, and what each adds.

use opstap_core::model::Registration;
use opstap_core::{Day, RecordId};
use opstap_insight::{BreakdownKey, CohortState, FigureKey, Programme as Figures, ProgrammeRow};
use opstap_view::prelude::*;

use super::{Key, Told, hours, title};
use crate::components::desk::Table;
use crate::components::{Appearance, Button, Dialog, Size, changing};
use crate::dates::{full_day, on_day};
use crate::event::Tap;
use crate::pages::professional::place::DeskPlace;
use crate::pages::professional::programme::read::{held, name_of};
use crate::pages::professional::programme::volunteers::today;
use crate::stories::sort_by;
use crate::words::{Text, programme, shared};

/// What is opened, by which its rows are found.
pub(super) type Behind = RwSignal<Option<Key>>;

/// An amount that opens the rows behind it, where there are any to be shown.
pub(super) fn opens(amount: Text, key: Key, behind: Option<Behind>) -> AnyView {
    match behind {
        Some(behind) => {
            let tap = move || behind.set(Some(key));
            view! { <Button text=amount appearance=Appearance::Plain size=Size::Tool tap /> }.into_any()
        }
        None => amount.into_any(),
    }
}

/// The rows of what is opened.
pub(super) fn dialog(told: Signal<Option<Told>>, behind: Behind) -> AnyView {
    let rows = move || match (told.get(), behind.get()) {
        (Some(told), Some(key)) => rows(&told, key).iter().map(line).collect_view(),
        _ => ().into_any(),
    };
    let title = Text::live(move || behind.get().map(|key| title(&key).get()).unwrap_or_default());
    view! {
        <Dialog open=Signal::derive(move || behind.get().is_some()) title on_close=move |()| behind.set(None)>
            <Table caption=programme::REGISTRATIONS quiet_caption=true>
                <tbody>{changing(rows)}</tbody>
            </Table>
            <Button text=shared::CLOSE wide=true tap=move || behind.set(None) />
        </Dialog>
    }
    .into_any()
}

/// One of them.
struct Row {
    id: RecordId,
    registration: Registration,
    day: Day,
    adds: Text,
}

/// The rows, in order of the day that counts.
fn rows(told: &Told, key: Key) -> Vec<Row> {
    let figures = Figures::of(&told.rows, told.programme.settings.as_ref(), today());
    let groups: Vec<FigureKey> = match key {
        Key::Figure(key) => vec![key],
        Key::Breakdown(BreakdownKey::Cohort(quarter, months)) => {
            CohortState::ALL.map(|state| FigureKey::Cohort(quarter, months, state)).into()
        }
        Key::Breakdown(_) => Vec::new(),
    };
    let mut rows = Vec::new();
    for group in groups {
        for id in figures.figure(group).rows {
            rows.extend(told.rows.iter().find(|row| row.id == id).map(|row| one(row, group)));
        }
    }
    sort_by(&mut rows, |a: &Row, b| (a.day, a.id) > (b.day, b.id));
    rows
}

fn one(row: &ProgrammeRow, group: FigureKey) -> Row {
    let adds = match group {
        FigureKey::Cohort(..) => title(&Key::Figure(group)),
        _ => group.minutes_of(row).map(hours).unwrap_or_default().into(),
    };
    Row { id: row.id, registration: row.registration.clone(), day: group.day_of(row), adds }
}

fn line(row: &Row) -> AnyView {
    let name = name_of(&row.registration);
    let name = match held(&row.registration) {
        Some(circle) => {
            let tap = Tap::to(DeskPlace::Training(circle, None));
            view! { <Button text=name appearance=Appearance::Plain size=Size::Tool tap /> }.into_any()
        }
        None => name.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{full_day(on_day(row.day))}</td>
            <td class="n">{row.adds.clone()}</td>
        </tr>
    }
    .into_any()
}
