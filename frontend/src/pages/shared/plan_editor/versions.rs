//! Where two people changed the same without knowing: both versions with who and when, and what to do with them. Where one removed
//! what another was changing: it is back, marked. So is what another brought back.

use opstap_core::model::restore;
use opstap_core::record::{DELETED, Kept};
use opstap_core::{Change, RecordId, Stamp, Value};
use opstap_view::prelude::*;

use super::editor::Editor;
use super::reading::Sheet;
use crate::components::{Button, Card, Icon, Size, Tone, changing, icon};
use crate::dates::{moment, near_moment};
use crate::device;
use crate::pages::shared::brought;
use crate::pages::shared::editing::Worked;
use crate::pages::shared::value_view;
use crate::stories::crossed::CELLS;
use crate::words::{Text, Word, care, plan_editor, step};

/// A version of a cell, as it can be shown.
#[derive(Clone, PartialEq)]
struct Version {
    value: Value,
    stamp: Stamp,
}

/// A cell that two people changed.
#[derive(Clone, PartialEq)]
struct Conflict {
    record: RecordId,
    cell: &'static str,
    now: Version,
    others: Vec<Version>,
}

fn conflicts(sheet: &Sheet, id: RecordId) -> Vec<Conflict> {
    let Some(record) = sheet.record(id) else { return Vec::new() };
    let version = |kept: &Kept| Version { value: kept.value.clone(), stamp: kept.stamp };
    let of_cell = |cell: &'static str| {
        let now = record.cells.get(cell).map(|cell| Version { value: cell.value.clone(), stamp: cell.stamp })?;
        let others: Vec<Version> = record.others(cell).map(version).collect();
        (!others.is_empty()).then_some(Conflict { record: id, cell, now, others })
    };
    CELLS.into_iter().filter_map(of_cell).collect()
}

/// The change that gives a cell a value, by which whoever saw the conflict settles it.
fn settle(record: RecordId, cell: &'static str, value: Value) -> Change {
    Change::Set { id: record, cells: vec![(cell.into(), value)] }
}

fn deletion(sheet: &Sheet, id: RecordId) -> Option<Stamp> {
    let record = sheet.record(id).filter(|record| record.came_back())?;
    record.kept.iter().filter(|kept| kept.cell == DELETED).map(|kept| kept.stamp).max()
}

/// The removal of a record that still stands because somebody types in it.
fn removal(sheet: &Sheet, id: RecordId) -> Option<Stamp> {
    let record = sheet.record(id).filter(|record| record.is_deleted())?;
    record.cells.get(DELETED).map(|removal| removal.stamp)
}

/// The last change of what a record says, apart from its removal and its return.
fn changed_by(sheet: &Sheet, id: RecordId) -> Option<Stamp> {
    let cells = sheet.record(id)?.cells.iter();
    cells.filter(|(name, _)| *name != DELETED).map(|(_, cell)| cell.stamp).max()
}

/// All versions of one record, and its coming back. Nothing stands there when nobody crossed another.
#[component]
pub(super) fn Versions(
    editor: Editor,
    record: RecordId,
    /// "deze stap", "dit plan".
    what: Word,
) -> impl IntoView {
    let conflicts = Memo::new(move |_| editor.with(|sheet| conflicts(sheet, record)).unwrap_or_default());
    let deleted = Memo::new(move |_| editor.with(|sheet| deletion(sheet, record)).flatten());
    let going = Memo::new(move |_| editor.with(|sheet| removal(sheet, record)).flatten());
    let by = Memo::new(move |_| editor.with(|sheet| sheet.record(record)?.brought_by()).flatten());
    changing(move || {
        let going = going.get().map(|stamp| being_removed(editor, stamp, what));
        let back = deleted.get().map(|stamp| came_back(editor, record, stamp, what));
        let all = conflicts.get().into_iter().map(|conflict| conflict_view(editor, conflict)).collect_view();
        let brought = brought(editor.circle, by.get());
        view! { {brought} {going} {back} {all} }.into_any()
    })
}

fn writer(editor: Editor, stamp: Stamp) -> Text {
    editor.with_now(|sheet| sheet.writers().name(stamp)).unwrap_or_else(|| plan_editor::SOMEBODY.into())
}

fn when(stamp: Stamp) -> Text {
    near_moment(moment(stamp.millis), moment(device::now()))
}

fn being_removed(editor: Editor, stamp: Stamp, what: Word) -> AnyView {
    let by = writer(editor, stamp);
    let says = Text::live(move || plan_editor::being_removed(by.get(), what.get()).get());
    view! {
        <div data-being-removed="">
            <Card tone=Tone::Way><p>{says}</p></Card>
        </div>
    }
    .into_any()
}

fn came_back(editor: Editor, record: RecordId, stamp: Stamp, what: Word) -> AnyView {
    let by = writer(editor, stamp);
    let changer = editor.with_now(|sheet| changed_by(sheet, record)).flatten();
    let other = changer.map_or_else(|| plan_editor::SOMEBODY.into(), |stamp| writer(editor, stamp));
    let says = Text::live(move || plan_editor::came_back(by.get(), what.get(), other.get()).get());
    let keep = move || editor.change(plan_editor::DONE_KEPT, vec![restore(record)]);
    let away = move || editor.remove(record, plan_editor::STEP_REMOVED.into());
    view! {
        <div data-came-back="">
            <Card tone=Tone::Problem>
                <p class="row"><span>{icon(Icon::SPLIT)}</span><span class="fill">{says}</span></p>
                <p class="small">{when(stamp)}</p>
                <div class="row">
                    <Button text=plan_editor::KEEP_IT size=Size::Tool icon=Icon::CHECK tap=keep />
                    <Button text=plan_editor::AWAY_AFTER_ALL size=Size::Tool icon=Icon::TRASH tap=away />
                </div>
            </Card>
        </div>
    }
    .into_any()
}

fn conflict_view(editor: Editor, conflict: Conflict) -> AnyView {
    let Conflict { record, cell, now, others } = conflict;
    let says = match cell {
        "text" => plan_editor::TWO_CHANGED_TEXT,
        "title" => plan_editor::TWO_CHANGED_TITLE,
        "picture" => plan_editor::TWO_CHANGED_PICTURE,
        "minutes" | "days" | "other_days" | "other_minutes" => plan_editor::TWO_CHANGED_TIME,
        _ => step::TWO_CHANGED_IT,
    };
    let stays = now.value.clone();
    let keep = move || editor.change(plan_editor::DONE_KEPT, vec![settle(record, cell, stays.clone())]);
    let mine = version(
        editor,
        cell,
        &now,
        view! { <Button text=plan_editor::LEAVE_SO size=Size::Tool icon=Icon::CHECK tap=keep /> }.into_any(),
        true,
    );
    let others = others
        .into_iter()
        .map(|other| {
            let value = other.value.clone();
            let put_back = move || editor.change(plan_editor::DONE_PUT_BACK, vec![settle(record, cell, value.clone())]);
            let button = view! { <Button text=plan_editor::PUT_BACK size=Size::Tool icon=Icon::UNDO tap=put_back /> };
            version(editor, cell, &other, button.into_any(), false)
        })
        .collect_view();
    view! {
        <section class="versions" data-conflict=cell>
            <p class="row"><span>{icon(Icon::SPLIT)}</span><span class="fill strong">{says}</span></p>
            <p class="small">{plan_editor::NOTHING_GONE}</p>
            <div class="sides">{mine} {others}</div>
        </section>
    }
    .into_any()
}

fn version(editor: Editor, cell: &str, version: &Version, button: AnyView, present: bool) -> AnyView {
    let by = writer(editor, version.stamp);
    let label = if present { plan_editor::NOW_IN_PLAN } else { plan_editor::KEPT_APART };
    let class = if present { "chip go" } else { "chip outline" };
    view! {
        <div class=if present { "version present" } else { "version" }>
            <p class="row"><b>{by}</b><span class="soft small">{when(version.stamp)}</span><span class=class>{label}</span></p>
            {held(editor, cell, &version.value)}
            <div class="row">{button}</div>
        </div>
    }
    .into_any()
}

/// What a cell holds. What names another plan, a step or a person says which.
fn held(editor: Editor, cell: &str, value: &Value) -> AnyView {
    match editor.with_now(|sheet| named(sheet, cell, value)).flatten() {
        Some(words) => view! { <p class="words">{words}</p> }.into_any(),
        None => value_view(editor.circle, cell, value),
    }
}

fn named(sheet: &Sheet, cell: &str, value: &Value) -> Option<Text> {
    let id = if let Value::Id(id) = value { Some(*id) } else { None };
    Some(match (cell, id) {
        ("to", None) => step::NEXT_STEP.into(),
        ("to", Some(id)) => {
            let step = sheet.steps.iter().zip(1_usize..).find(|(step, _)| step.id.0 == id);
            step.map_or(plan_editor::ANOTHER_STEP.into(), |(step, number)| {
                step::to_step(number, step.value.text.clone())
            })
        }
        ("after", None) => care::AFTER_NOTHING.into(),
        ("after", Some(id)) => {
            let plan = sheet.others.iter().find(|(plan, _)| plan.0 == id);
            plan.map_or(plan_editor::ANOTHER_PLAN.into(), |(_, title)| title.clone().into())
        }
        ("reminder", None) => care::PHONE_REMINDS.into(),
        ("reminder", Some(id)) => {
            let person = sheet.people.iter().find(|(person, _)| person.0 == id);
            person.map_or(care::REMINDER_IS_GONE.into(), |(_, name)| name.clone().into())
        }
        ("always", _) if *value == Value::Bool(true) => care::ALWAYS.into(),
        ("always", _) => plan_editor::NOT_ON_DAYS_OFF.into(),
        ("mastery", _) => match value {
            Value::Int(times) => care::times_in_a_row(usize::try_from(*times).unwrap_or_default()),
            _ => plan_editor::AS_USUAL.into(),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use opstap_core::{DeviceId, Millis};

    use super::super::reading::sheet_of;
    use super::*;

    const STEP: RecordId = RecordId([1; 16]);

    fn stamp(device: u8) -> Stamp {
        Stamp { millis: Millis(5), counter: 0, device: DeviceId([device; 16]) }
    }

    fn with_kept(cell: &'static str, value: Value, device: u8) -> Sheet {
        let mut sheet = sheet_of(&[("Pak je tas.", "B")]);
        sheet.steps[0].record.kept.push(Kept { cell: cell.into(), value, stamp: stamp(device), number: 4 });
        sheet
    }

    #[test]
    fn a_sentence_that_two_people_changed_shows_both_with_their_writers() {
        let sheet = with_kept("text", "Pak alles.".into(), 2);
        let found = conflicts(&sheet, STEP);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].cell, &found[0].now.value), ("text", &"Pak je tas.".into()));
        assert_eq!(found[0].others[0].value, "Pak alles.".into());
        assert_eq!(sheet.writers().name(found[0].others[0].stamp).get(), "Youssef");
        assert_eq!(sheet.writers().name(found[0].now.stamp).get(), "iemand");
    }

    #[test]
    fn what_lost_to_the_same_words_is_no_conflict_and_a_place_never_is_one() {
        assert!(conflicts(&with_kept("text", "Pak je tas.".into(), 2), STEP).is_empty());
        assert!(conflicts(&with_kept("order", "Z".into(), 2), STEP).is_empty());
    }

    #[test]
    fn what_names_a_step_a_plan_or_a_person_says_which() {
        let mut sheet = sheet_of(&[("Pak je tas.", "B"), ("Ga.", "C")]);
        sheet.people = vec![(opstap_core::PersonId([3; 16]), "Karin".to_owned())];
        let says = |cell: &str, value: Value| named(&sheet, cell, &value).map(|words| words.get());
        let is = |words: &str| Some(words.to_owned());
        assert_eq!(says("to", RecordId([2; 16]).into()), is("stap 2: Ga."));
        assert_eq!(says("to", Value::Nothing), is("de volgende stap"));
        assert_eq!(says("reminder", Value::Id([3; 16])), is("Karin"));
        assert_eq!(says("reminder", Value::Id([4; 16])), is("iemand die niet meer in deze kring is"));
        assert_eq!(says("after", Value::Id([4; 16])), is("een ander plan"));
        assert_eq!(says("always", Value::Nothing), is("niet op vrije dagen"));
        assert_eq!(says("mastery", Value::Int(3)), is("3 keer zelf"));
        assert_eq!(says("text", "Ga.".into()), None);
    }

    #[test]
    fn a_step_that_came_back_names_who_removed_it_and_who_changed_it() {
        let sheet = with_kept(DELETED, Value::Bool(true), 2);
        assert_eq!(deletion(&sheet, STEP), Some(stamp(2)));
        assert_eq!(changed_by(&sheet, STEP).map(|stamp| stamp.device), Some(DeviceId([1; 16])));
        assert_eq!(deletion(&sheet_of(&[("Ga.", "B")]), STEP), None);
    }

    #[test]
    fn settling_sets_the_cell_of_whoever_saw_both() {
        assert_eq!(settle(STEP, "text", "Pak alles.".into()), opstap_core::model::set(STEP, "text", "Pak alles."));
    }
}
