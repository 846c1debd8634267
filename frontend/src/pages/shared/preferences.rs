//! How the companion is for one client, for those around them: how many pictures, words or none, read by itself, which buttons.

use leptos::task::spawn_local;
use opstap_core::model::{MOST_PICTURES, Preferences, ToCell};
use opstap_core::{CellName, Change, CircleId, Kind, Millis, Record, RecordId, Stamp, Value};
use opstap_view::prelude::*;

use super::not_kept;
use crate::components::{
    Bones, Button, Choice, Icon, LoadingBones, Segments, Size, Switch, Toast, changing, icon, show_toast,
};
use crate::dates::{moment, near_moment};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::stories::{self, preferences};
use crate::words::{Text, Word, past, plan_editor, shared};

/// The record that counts, what it says, and what two people set otherwise.
type Read = Signal<Option<Option<Told>>>;

#[derive(Clone, PartialEq)]
struct Told {
    id: RecordId,
    now: Preferences,
    crossed: Vec<Crossed>,
}

/// A cell that two people set otherwise.
#[derive(Clone, PartialEq)]
struct Crossed {
    cell: &'static str,
    /// What it holds now, and then the others.
    versions: Vec<Version>,
}

#[derive(Clone, PartialEq)]
struct Version {
    value: Value,
    at: Millis,
    by: String,
}

/// A switch of the sheet.
struct Row {
    text: Word,
    cell: &'static str,
    /// Whether it is on where nothing was settled on: then the cell says that it is off.
    usual: bool,
    of: fn(&Preferences) -> Option<bool>,
}

const ROWS: [Row; 7] = [
    Row { text: plan_editor::APP_ALOUD, cell: "aloud", usual: false, of: |now| now.aloud },
    Row { text: plan_editor::APP_WORDLESS, cell: "wordless", usual: false, of: |now| now.wordless },
    Row { text: plan_editor::APP_PICTURELESS, cell: "pictureless", usual: false, of: |now| now.pictureless },
    Row { text: plan_editor::APP_COUNTED, cell: "counted", usual: false, of: |now| now.counted },
    Row { text: plan_editor::APP_LATER, cell: "no_later", usual: true, of: |now| now.no_later },
    Row { text: plan_editor::APP_NOT_MANAGED, cell: "no_not_managed", usual: true, of: |now| now.no_not_managed },
    Row { text: plan_editor::APP_CLOSED, cell: "closed", usual: false, of: |now| now.closed },
];

/// Everything that can be settled on. Each tap is kept at once; the same tap takes it back.
#[component]
pub fn PreferencesSheet(
    /// Whose.
    circle: CircleId,
    /// Where its history is.
    history: fn(CircleId, RecordId) -> Tap,
) -> impl IntoView {
    let read = device::watch(circle, |reader| async move {
        let entry = preferences::one(&reader).await?;
        let crossed = crossed(&reader, &entry.record).await;
        Some(Told { id: entry.id, now: entry.value, crossed })
    });
    changing(move || match read.with(Option::is_some) {
        false => view! { <LoadingBones shape=Bones::Rows(7) /> }.into_any(),
        true => sheet(circle, read, history),
    })
}

fn sheet(circle: CircleId, read: Read, history: fn(CircleId, RecordId) -> Tap) -> AnyView {
    let now = Memo::new(move |_| read.get().flatten().map_or(Preferences::NONE, |told| told.now));
    let choices = (1..=MOST_PICTURES).map(|most| Choice::new(most, Text::from(most.to_string()))).collect();
    let most = Signal::derive(move || now.get().most_pictures());
    let choose = move |most: usize| {
        keep(circle, read, vec![("pictures".into(), u32::try_from(most).ok().to_cell())]);
    };
    let switches = ROWS.iter().map(|row| {
        let on = Signal::derive(move || Preferences::is((row.of)(&now.get())) != row.usual);
        let turn = move |on: bool| keep(circle, read, turned(row, on));
        view! { <li><Switch text=row.text on on_change=turn /></li> }.into_any()
    });
    let switches = switches.collect_view();
    view! {
        <p class="soft">{plan_editor::APP_MORE}</p>
        <h2 class="title">{plan_editor::APP_PICTURES}</h2>
        <Segments label=plan_editor::APP_PICTURES choices chosen=most on_choose=choose />
        <ul class="list">{switches}</ul>
        {changing(move || versions(circle, read))}
        <p class="soft">{plan_editor::APP_CLOSED_MORE}</p>
        {changing(move || {
            let tap = read.get().flatten().map(|told| history(circle, told.id));
            tap.map(|tap| view! { <div class="row"><Button text=past::HISTORY icon=Icon::CLOCK tap /></div> }).into_any()
        })}
    }
    .into_any()
}

/// What a tap on a switch sets. Words and pictures cannot both be left out: turning one off for the client turns the other on.
fn turned(row: &Row, on: bool) -> Vec<(CellName, Value)> {
    let mut cells = vec![(row.cell.into(), (on != row.usual).to_cell())];
    let other = match row.cell {
        "wordless" => Some("pictureless"),
        "pictureless" => Some("wordless"),
        _ => None,
    };
    cells.extend(other.filter(|_| on).map(|other| (other.into(), false.to_cell())));
    cells
}

/// What two people set otherwise without knowing, with who did.
async fn crossed(reader: &Reader, record: &Record) -> Vec<Crossed> {
    let members = stories::members(reader).await;
    let mut crossed = Vec::new();
    for cell in ["pictures"].into_iter().chain(ROWS.iter().map(|row| row.cell)) {
        let mut versions = Vec::new();
        for (value, stamp) in apart(record, cell) {
            let by = reader.person_of(stamp).await.map(|person| stories::name_of(&members, person));
            versions.push(Version { value, at: stamp.millis, by: by.unwrap_or_default() });
        }
        if !versions.is_empty() {
            crossed.push(Crossed { cell, versions });
        }
    }
    crossed
}

/// What a cell holds and what lost to that, where something did.
fn apart(record: &Record, cell: &str) -> Vec<(Value, Stamp)> {
    let mut others = record.others(cell).map(|kept| (kept.value.clone(), kept.stamp)).peekable();
    let now = record.cells.get(cell).filter(|_| others.peek().is_some()).map(|cell| (cell.value.clone(), cell.stamp));
    now.into_iter().chain(others).collect()
}

/// Both versions of each, the one in the app first, with what to do.
fn versions(circle: CircleId, read: Read) -> AnyView {
    let all = read.get().flatten().map(|told| told.crossed).unwrap_or_default();
    all.into_iter().map(|crossed| versions_of(circle, read, crossed)).collect_view().into_any()
}

fn versions_of(circle: CircleId, read: Read, Crossed { cell, versions }: Crossed) -> AnyView {
    let row = ROWS.iter().find(|row| row.cell == cell);
    let title = row.map_or(plan_editor::APP_PICTURES, |row| row.text);
    let sides = versions.into_iter().enumerate().map(|(at, Version { value, at: when, by })| {
        let says = match (&value, row) {
            (Value::Int(most), _) => Text::from(most.to_string()),
            (value, Some(row)) if (*value == Value::Bool(true)) != row.usual => shared::ON.into(),
            (_, Some(_)) => shared::OFF.into(),
            (_, None) => Text::from(MOST_PICTURES.to_string()),
        };
        let (class, chip) =
            if at == 0 { ("chip go", plan_editor::NOW_IN_APP) } else { ("chip outline", plan_editor::KEPT_APART) };
        let text = if at == 0 { plan_editor::LEAVE_SO } else { plan_editor::PUT_BACK };
        let when = near_moment(moment(when), moment(device::now()));
        let by = if by.is_empty() { Text::from(plan_editor::SOMEBODY) } else { Text::from(by) };
        let tap = move || keep(circle, read, vec![(cell.into(), value.clone())]);
        view! {
            <div class=if at == 0 { "version present" } else { "version" }>
                <p class="row"><b>{by}</b><span class="soft small">{when}</span><span class=class>{chip}</span></p>
                <p class="words">{says}</p>
                <div class="row"><Button text size=Size::Tool tap /></div>
            </div>
        }
        .into_any()
    });
    let sides = sides.collect_view();
    let says = Text::live(move || plan_editor::two_changed_app(title.get()).get());
    view! {
        <section class="versions" data-conflict=cell>
            <p class="row"><span>{icon(Icon::SPLIT)}</span><span class="fill strong">{says}</span></p>
            <p class="small">{plan_editor::NOTHING_GONE}</p>
            <div class="sides">{sides}</div>
        </section>
    }
    .into_any()
}

/// Sets one thing, in the record that counts or in a first one.
fn keep(circle: CircleId, read: Read, cells: Vec<(CellName, Value)>) {
    let change = match read.get_untracked().flatten() {
        Some(told) => Change::Set { id: told.id, cells },
        None => Change::Make { id: device::new_id(), kind: Kind::Preferences, parent: None, cells },
    };
    spawn_local(async move {
        if let Err(why) = device::edit(circle, vec![change]).await {
            show_toast(Toast::new(not_kept(why)));
        }
    });
}

#[cfg(test)]
mod tests {
    use opstap_core::{Cell, DeviceId, Kept};

    use super::*;

    #[test]
    fn words_and_pictures_are_never_both_left_out() {
        let row = |cell| ROWS.iter().find(|row| row.cell == cell).unwrap();
        let both = [("wordless".into(), Value::Bool(true)), ("pictureless".into(), Value::Bool(false))];
        assert_eq!(turned(row("wordless"), true), both);
        assert_eq!(turned(row("wordless"), false), [("wordless".into(), Value::Bool(false))]);
        assert_eq!(turned(row("no_later"), true), [("no_later".into(), Value::Bool(false))]);
    }

    #[test]
    fn two_who_set_the_same_otherwise_show_both_and_one_alone_shows_nothing() {
        let stamp = |device| Stamp { millis: Millis(5), counter: 0, device: DeviceId([device; 16]) };
        let mut record = Record::new(RecordId([1; 16]), Kind::Preferences, None);
        record.cells.insert("closed".into(), Cell { value: Value::Bool(true), stamp: stamp(1), number: 3 });
        assert_eq!(apart(&record, "closed"), []);
        let value = Value::Bool(false);
        record.kept.push(Kept { cell: "closed".into(), value: value.clone(), stamp: stamp(2), number: 4 });
        assert_eq!(apart(&record, "closed"), [(Value::Bool(true), stamp(1)), (value, stamp(2))]);
    }
}
