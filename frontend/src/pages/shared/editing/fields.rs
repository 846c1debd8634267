//! Fields that stand for one cell each: what is chosen or typed is kept by itself.

use opstap_core::model::set;
use opstap_core::{Change, Day, PersonId, RecordId, Value};
use opstap_view::prelude::*;

use super::cell_text::{CellText, TextCell};
use super::records::Records;
use super::work::{Work, Worked};
use crate::components::{Choice, Field, Segments, Select, changing};
use crate::dates::{as_date, from_date};
use crate::words::{Text, Word, training};

/// A cell of a record, and what it is called on the screen and when it is undone.
#[derive(Clone, Copy)]
pub struct Cell {
    /// The record.
    pub record: RecordId,
    /// The name of the cell.
    pub cell: &'static str,
    /// What it is called.
    pub label: Word,
}

/// The cells of one record.
pub const fn cells_of(record: RecordId) -> impl Fn(&'static str, Word) -> Cell {
    move |cell, label| Cell { record, cell, label }
}

fn held(work: Work<Records>, cell: Cell) -> Option<Value> {
    work.with(|records| records.record(cell.record)?.value(cell.cell).cloned()).flatten()
}

/// Whether a record cannot be without the cell: then its field is never left empty.
fn is_needed(work: Work<Records>, cell: Cell) -> bool {
    let kind = work.with_now(|records| records.record(cell.record).map(|record| record.kind)).flatten();
    kind.is_some_and(|kind| opstap_core::model::is_needed(kind, cell.cell))
}

/// A few words, or one line.
pub fn words(work: Work<Records>, cell: Cell, line: bool) -> AnyView {
    let held = Memo::new(move |_| match held(work, cell) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    });
    let of = TextCell { record: cell.record, cell: cell.cell, what: cell.label, optional: !is_needed(work, cell) };
    view! { <CellText work cell=of label=cell.label held line /> }.into_any()
}

/// A day.
pub fn day(work: Work<Records>, cell: Cell) -> AnyView {
    let value = Memo::new(move |_| match held(work, cell) {
        Some(Value::Int(day)) => u32::try_from(day).map(|day| as_date(Day(day))).unwrap_or_default(),
        _ => String::new(),
    });
    let choose = move |typed: String| {
        let day = from_date(&typed);
        if typed != value.get_untracked() && (day.is_some() || !is_needed(work, cell)) {
            work.change(cell.label, vec![set(cell.record, cell.cell, day)]);
        }
    };
    view! { <Field label=cell.label kind="date" value on_change=choose /> }.into_any()
}

/// One of a list of codes. `none`: what it says while there is none; without it there always is one.
pub fn code(work: Work<Records>, cell: Cell, none: Option<Word>, codes: Vec<(&'static str, Word)>) -> AnyView {
    let value = Memo::new(move |_| match held(work, cell) {
        Some(Value::Text(code)) => code,
        _ => String::new(),
    });
    changing(move || {
        let none = none.map(|none| (String::new(), Text::from(none)));
        let choices = codes.iter().map(|(code, word)| ((*code).to_owned(), Text::from(*word)));
        let choices = none.into_iter().chain(choices).collect();
        let choose = move |code: String| {
            let code = Some(code).filter(|code| !code.is_empty());
            work.change(cell.label, vec![set(cell.record, cell.cell, code)]);
        };
        view! { <Select label=cell.label choices chosen=value.get() on_choose=choose /> }.into_any()
    })
}

/// Somebody or something by its name, or nobody yet. `all` follows what it reads.
pub fn one_of(
    work: Work<Records>,
    cell: Cell,
    none: Word,
    all: impl Fn() -> Vec<([u8; 16], String)> + Clone + 'static,
) -> AnyView {
    one_of_and(work, cell, none, all, Vec::new)
}

/// The same where another choice changes more: `also` goes with it, in the same edit.
pub fn one_of_and(
    work: Work<Records>,
    cell: Cell,
    none: Word,
    all: impl Fn() -> Vec<([u8; 16], String)> + Clone + 'static,
    also: impl Fn() -> Vec<Change> + Copy + 'static,
) -> AnyView {
    let chosen = Memo::new(move |_| match held(work, cell) {
        Some(Value::Id(id)) => Some(id),
        _ => None,
    });
    changing(move || {
        let mut all = all();
        let chosen = chosen.get();
        // Who left the circle is not taken for nobody.
        if let Some(gone) = chosen.filter(|chosen| all.iter().all(|(id, _)| id != chosen)) {
            all.push((gone, training::NOT_HERE_ANY_MORE.get().to_owned()));
        }
        let name = |id: [u8; 16]| RecordId(id).to_string();
        let choices = all.iter().map(|(id, called)| (name(*id), Text::from(called.clone())));
        let choices = [(String::new(), Text::from(none))].into_iter().chain(choices).collect();
        let choose = move |chosen: String| {
            let id = chosen.parse::<RecordId>().ok();
            // An id is the same in a cell whatever it is of.
            let change = set(cell.record, cell.cell, id);
            work.change(cell.label, [change].into_iter().chain(also()).collect());
        };
        view! { <Select label=cell.label choices chosen=chosen.map(name).unwrap_or_default() on_choose=choose /> }
            .into_any()
    })
}

/// Yes, no, or not asked yet.
pub fn yes_or_no(work: Work<Records>, cell: Cell) -> AnyView {
    let value = Memo::new(move |_| match held(work, cell) {
        Some(Value::Bool(yes)) => Some(yes),
        _ => None,
    });
    let choose = move |yes: Option<bool>| work.change(cell.label, vec![set(cell.record, cell.cell, yes)]);
    asked(cell.label, Signal::derive(move || value.get()), choose)
}

/// The same for an answer that is no cell yet.
pub fn asked(label: Word, chosen: Signal<Option<bool>>, on_choose: impl Fn(Option<bool>) + 'static) -> AnyView {
    let choices = vec![
        Choice::new(Some(true), training::YES),
        Choice::new(Some(false), training::NO),
        Choice::new(None, training::NOT_ASKED),
    ];
    view! {
        <div class="asked">
            <span class="strong" aria-hidden="true">{label}</span>
            <Segments label choices chosen on_choose />
        </div>
    }
    .into_any()
}

/// People as choices.
pub fn people(all: impl IntoIterator<Item = (PersonId, String)>) -> Vec<([u8; 16], String)> {
    all.into_iter().map(|(person, name)| (person.0, name)).collect()
}
