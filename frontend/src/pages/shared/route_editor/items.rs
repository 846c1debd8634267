//! The stops a part passes, or the goals that are learned there: a list of lines, each with its place.

use opstap_core::model::{Goal, TIMES_IN_A_ROW, UpTo, set};
use opstap_core::{Kind, RecordId};
use opstap_view::prelude::*;

use super::editor::{RouteEditor, ids};
use crate::components::{Button, Icon, Select, Size, changing};
use crate::pages::shared::editing::{AddWords, CellText, TextCell};
use crate::words::{Text, Word, training};

/// What is said of stops, or of goals.
#[derive(Clone, Copy)]
struct Said {
    cell: &'static str,
    title: Word,
    new: Word,
    add: Word,
    number: fn(usize) -> Text,
    up: fn(usize) -> Text,
    down: fn(usize) -> Text,
    remove: fn(usize) -> Text,
    removed: Word,
}

const fn said(kind: Kind) -> Said {
    match kind {
        Kind::Stop => Said {
            cell: "name",
            title: training::STOPS,
            new: training::NEW_STOP,
            add: training::ADD_STOP,
            number: training::stop_number,
            up: training::up_of_stop,
            down: training::down_of_stop,
            remove: training::remove_stop,
            removed: training::STOP_REMOVED,
        },
        _ => Said {
            cell: "text",
            title: training::LEARNING_GOALS,
            new: training::NEW_GOAL,
            add: training::ADD_GOAL,
            number: training::goal_number,
            up: training::up_of_goal,
            down: training::down_of_goal,
            remove: training::remove_goal,
            removed: training::GOAL_REMOVED,
        },
    }
}

/// The list, and room for one more.
#[component]
pub fn Items(editor: RouteEditor, part: RecordId, kind: Kind) -> impl IntoView {
    let said = said(kind);
    let rows = Memo::new(move |_| editor.work.with(|records| ids(records, kind, part)).unwrap_or_default());
    let add = move |text| editor.add_below(kind, part, text);
    view! {
        <section class="items stack">
            <h3>{said.title}</h3>
            <ol class="item-rows">
                <For each=move || rows.get() key=ToString::to_string children=move |id| view! { <Item editor kind id rows /> } />
            </ol>
            <AddWords label=said.new button=said.add flushed=editor.work.flushed on_add=add />
        </section>
    }
}

#[component]
fn Item(editor: RouteEditor, kind: Kind, id: RecordId, rows: Memo<Vec<RecordId>>) -> impl IntoView {
    let said = said(kind);
    let number = Memo::new(move |_| rows.with(|rows| rows.iter().position(|row| *row == id)).map_or(0, |at| at + 1));
    let named = move |word: fn(usize) -> Text| Text::live(move || word(number.get()).get());
    let held = Memo::new(move |_| editor.work.with(|records| records.words(id, said.cell)).unwrap_or_default());
    let first = Signal::derive(move || number.get() <= 1);
    let last = Signal::derive(move || rows.with(Vec::len) <= number.get());
    let go = move |up| editor.move_one(kind, id, up);
    let away = move || editor.work.remove(id, said.removed.into());
    let cell = TextCell { record: id, cell: said.cell, what: said.title, optional: false };
    view! {
        <li class="item-row">
            <CellText work=editor.work cell label=named(said.number) held line=true />
            {(kind == Kind::Goal).then(|| mastery(editor, id))}
            <div class="step-tools">
                <Button text=named(said.up) icon=Icon::UP mark_only=true size=Size::Tool disabled=first tap=move || go(true) />
                <Button text=named(said.down) icon=Icon::DOWN mark_only=true size=Size::Tool disabled=last tap=move || go(false) />
                <Button text=named(said.remove) icon=Icon::TRASH mark_only=true size=Size::Tool tap=away />
            </div>
        </li>
    }
}

/// How often in a row the goal is to go by itself before it is learned.
fn mastery(editor: RouteEditor, goal: RecordId) -> AnyView {
    let times = Memo::new(move |_| {
        let goal = editor.work.with(|records| records.one::<Goal>(goal)).flatten();
        goal.map_or(TIMES_IN_A_ROW, |goal| goal.times_in_a_row())
    });
    changing(move || {
        let choices = (1..=10_usize).map(|times| (times.to_string(), training::mastery_times(times))).collect();
        let choose = move |times: String| {
            let times = times.parse().ok().and_then(UpTo::<10>::of);
            editor.work.change(training::MASTERY, vec![set(goal, "mastery", times)]);
        };
        view! { <Select label=training::MASTERY choices chosen=times.get().to_string() on_choose=choose /> }.into_any()
    })
}
