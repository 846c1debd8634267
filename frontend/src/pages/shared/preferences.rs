//! How the companion is for one client, for those around them: how many pictures, words or none, read by itself, which buttons.

use leptos::task::spawn_local;
use opstap_core::model::{MOST_PICTURES, Preferences, ToCell, set};
use opstap_core::{Change, CircleId, Kind, RecordId};
use opstap_view::prelude::*;

use super::not_kept;
use crate::components::{Bones, Button, Choice, Icon, LoadingBones, Segments, Switch, Toast, changing, show_toast};
use crate::device;
use crate::event::Tap;
use crate::stories::preferences;
use crate::words::{Text, Word, past, plan_editor};

/// The record that counts, and what it says.
type Read = Signal<Option<Option<(RecordId, Preferences)>>>;

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
    let read =
        device::watch(
            circle,
            |reader| async move { preferences::one(&reader).await.map(|entry| (entry.id, entry.value)) },
        );
    changing(move || match read.with(Option::is_some) {
        false => view! { <LoadingBones shape=Bones::Rows(7) /> }.into_any(),
        true => sheet(circle, read, history),
    })
}

fn sheet(circle: CircleId, read: Read, history: fn(CircleId, RecordId) -> Tap) -> AnyView {
    let now = Memo::new(move |_| read.get().flatten().map_or(Preferences::NONE, |(_, now)| now));
    let choices = (1..=MOST_PICTURES).map(|most| Choice::new(most, Text::from(most.to_string()))).collect();
    let most = Signal::derive(move || now.get().most_pictures());
    let choose = move |most: usize| {
        keep(circle, read, "pictures", u32::try_from(most).ok());
    };
    let switches = ROWS.iter().map(|row| {
        let on = Signal::derive(move || Preferences::is((row.of)(&now.get())) != row.usual);
        let turn = move |on: bool| keep(circle, read, row.cell, on != row.usual);
        view! { <li><Switch text=row.text on on_change=turn /></li> }.into_any()
    });
    let switches = switches.collect_view();
    view! {
        <p class="soft">{plan_editor::APP_MORE}</p>
        <h2 class="title">{plan_editor::APP_PICTURES}</h2>
        <Segments label=plan_editor::APP_PICTURES choices chosen=most on_choose=choose />
        <ul class="list">{switches}</ul>
        <p class="soft">{plan_editor::APP_CLOSED_MORE}</p>
        {changing(move || {
            let tap = read.get().flatten().map(|(id, _)| history(circle, id));
            tap.map(|tap| view! { <div class="row"><Button text=past::HISTORY icon=Icon::CLOCK tap /></div> }).into_any()
        })}
    }
    .into_any()
}

/// Sets one thing, in the record that counts or in a first one.
fn keep(circle: CircleId, read: Read, cell: &'static str, value: impl ToCell) {
    let change = match read.get_untracked().flatten() {
        Some((id, _)) => set(id, cell, value),
        None => {
            let cells = vec![(cell.into(), value.to_cell())];
            Change::Make { id: device::new_id(), kind: Kind::Preferences, parent: None, cells }
        }
    };
    spawn_local(async move {
        if let Err(why) = device::edit(circle, vec![change]).await {
            show_toast(Toast::new(not_kept(why)));
        }
    });
}
