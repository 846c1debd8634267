//! One list for all that is looked back on in a circle: the history of a plan or route, what was removed, what was set apart. Each row
//! is an edit in sentences, with what can be done about it.

use leptos::task::spawn_local;
use opstap_core::history::{PastChange, PastEdit, restorable, restorable_until, undo};
use opstap_core::model::{Relation, delete, purge};
use opstap_core::record::DELETED;
use opstap_core::{CellName, Change, CircleId, EditName, Kind, Record, RecordId, Value};
use opstap_view::prelude::*;

use super::deed_view::{deeds_view, names_of};
use crate::components::{
    Appearance, Bones, Button, Confirm, EmptyState, Icon, LoadingBones, Size, Toast, changing, show_toast,
};
use crate::dates::{day_and_month, moment, near_moment};
use crate::device::{self, Asked, Reader, Ruled, Told};
use crate::pages::shared::not_now;
use crate::pages::shared::plan_editor::not_kept;
use crate::stories::deeds::{self, Names};
use crate::words::{Text, Word, past, shared};

/// What is looked back on.
#[derive(Clone, Copy, PartialEq)]
pub enum Look {
    /// What people did to this record and to what is below it.
    History(RecordId),
    /// What was removed and can still be put back.
    Removed,
    /// What came in when its author no longer had the right.
    Apart,
}

/// What can be removed on the screens of today.
const REMOVABLE: [Kind; 5] = [Kind::Plan, Kind::Step, Kind::Route, Kind::Part, Kind::Goal];

#[derive(Clone, Copy)]
struct Looking {
    circle: CircleId,
    look: Look,
    asked: RwSignal<Option<Asked<Told>>>,
    /// The edit that is asked about before it never counts.
    sure: RwSignal<Option<EditName>>,
    /// The record that is asked about before it is erased for good.
    erase: RwSignal<Option<RecordId>>,
    /// Whether this person may have something erased.
    erases: Memo<bool>,
}

impl Looking {
    fn ask(self) {
        spawn_local(async move {
            let answer = match self.look {
                Look::History(record) => device::history(self.circle, record).await,
                Look::Apart => device::set_apart(self.circle).await,
                Look::Removed => Asked::Told(removed(Reader::new(self.circle)).await),
            };
            let _ = self.asked.try_update(|asked| match (&asked, &answer) {
                // What was told stays true while the network is gone.
                (Some(Asked::Told(_)), Asked::NotNow) => {}
                _ => *asked = Some(answer),
            });
        });
    }

    fn rule(self, name: EditName, let_in: bool) {
        spawn_local(async move {
            let says = match (device::rule(self.circle, name, let_in).await, let_in) {
                (Asked::Told(Ruled::Done), true) => past::COUNTS_NOW,
                (Asked::Told(Ruled::Done), false) => past::COUNTS_NOT,
                (Asked::Told(Ruled::CannotBe), _) => past::CANNOT_COUNT_YET,
                (Asked::Told(Ruled::NotThere) | Asked::NotThere, _) => past::ALREADY_DECIDED,
                (Asked::NotNow, _) => shared::ONLY_ONLINE,
            };
            show_toast(Toast::new(says));
            self.ask();
        });
    }

    /// Keeps the edit that puts something back or erases it, and says so.
    fn keep(self, changes: Vec<Change>, done: Word) {
        spawn_local(async move {
            let says = match device::edit(self.circle, changes).await {
                Ok(()) => done,
                Err(why) => not_kept(why),
            };
            show_toast(Toast::new(says));
        });
    }
}

/// What was removed, each as the edit that removed it, the last first.
async fn removed(reader: Reader) -> Told {
    let now = device::now();
    let mut edits = Vec::new();
    for kind in REMOVABLE {
        for record in reader.deleted(kind).await {
            if let Some(stamp) = restorable(&record, now) {
                let by = reader.person_of(stamp).await;
                let change = PastChange { parent: record.parent, ..PastChange::of(&delete(record.id)) };
                edits.push(PastEdit { stamp, by, changes: vec![change] });
            }
        }
    }
    crate::stories::sort_by(&mut edits, |a, b| a.stamp < b.stamp);
    Told { edits, ns: Vec::new() }
}

/// The list. It is read when it opens, and again once what was done here is sent.
#[component]
pub fn LookBack(circle: CircleId, look: Look) -> impl IntoView {
    let circles = device::circles();
    let looking = Looking {
        circle,
        look,
        asked: RwSignal::new(None),
        sure: RwSignal::new(None),
        erase: RwSignal::new(None),
        erases: Memo::new(move |_| {
            let decides = |one: &device::Circle| one.id == circle && one.relation == Some(Relation::Representative);
            circles.with(|all| all.iter().flatten().any(decides))
        }),
    };
    let state = device::state();
    let all_sent = Memo::new(move |_| state.get().waiting == 0);
    Effect::new(move |_| {
        all_sent.track();
        looking.ask();
    });
    let asked = looking.asked;
    let names = names_of(
        circle,
        Signal::derive(move || {
            asked.with(|asked| match asked {
                Some(Asked::Told(told)) => about(&told.edits),
                _ => Vec::new(),
            })
        }),
    );
    let body = changing(move || match (asked.get(), names.get()) {
        (None, _) | (Some(_), None) => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        (Some(Asked::NotNow), _) => not_now(move || looking.ask()),
        (Some(Asked::NotThere), _) => view! { <EmptyState picture="memo" sentence=past::NOT_THERE /> }.into_any(),
        (Some(Asked::Told(told)), Some(names)) => list(looking, &told, &names),
    });
    match look {
        Look::History(_) => body,
        Look::Removed => asking_first(body, looking.erase, (past::ERASE_QUESTION, past::ERASE), move |record| {
            looking.keep(vec![purge(record)], past::IS_ERASED);
        }),
        Look::Apart => {
            asking_first(body, looking.sure, (past::LET_NOT_COUNT_QUESTION, past::LET_NOT_COUNT), move |name| {
                looking.rule(name, false);
            })
        }
    }
}

/// The screen with the question that is asked before what cannot be taken back.
fn asking_first<T: Clone + Send + Sync + 'static>(
    body: AnyView,
    asked: RwSignal<Option<T>>,
    (question, yes): (Word, Word),
    act: impl Fn(T) + 'static,
) -> AnyView {
    let on_yes = move |()| {
        if let Some(about) = asked.try_update(Option::take).flatten() {
            act(about);
        }
    };
    view! {
        {body}
        <Confirm
            open=Signal::derive(move || asked.with(Option::is_some))
            question=question
            yes=yes
            on_yes=on_yes
            on_no=move |()| asked.set(None)
        />
    }
    .into_any()
}

/// The records that sentences about these edits name.
fn about(edits: &[PastEdit]) -> Vec<RecordId> {
    let changes = edits.iter().flat_map(|edit| &edit.changes);
    changes.flat_map(|change| [Some(change.record), change.parent]).flatten().collect()
}

fn list(looking: Looking, told: &Told, names: &Names) -> AnyView {
    let rows: Vec<AnyView> = (0..told.edits.len()).filter_map(|at| row(looking, told, at, names)).collect();
    let (means, none) = match looking.look {
        Look::History(_) => (past::HISTORY_MEANS, past::NO_HISTORY),
        Look::Removed => (past::GONE_MEANS, past::NOTHING_GONE),
        Look::Apart => (past::SET_APART_MEANS, past::NOTHING_APART),
    };
    if rows.is_empty() {
        return view! { <EmptyState picture="memo" sentence=none /> }.into_any();
    }
    view! { <p class="soft">{means}</p><ul class="stack">{rows}</ul> }.into_any()
}

fn row(looking: Looking, told: &Told, at: usize, names: &Names) -> Option<AnyView> {
    let edit = told.edits.get(at)?;
    let when = near_moment(moment(edit.stamp.millis), moment(device::now()));
    let mut changes = edit.changes.clone();
    let (more, buttons) = match looking.look {
        Look::Apart => {
            deeds::complete(&mut changes, names);
            let name = EditName { device: edit.stamp.device, n: *told.ns.get(at)? };
            let came = Text::live(move || past::came(when.get()).get());
            let never = button(past::LET_NOT_COUNT, Icon::CROSS, move || looking.sure.set(Some(name)));
            (came, vec![button(past::LET_COUNT, Icon::CHECK, move || looking.rule(name, true)), never])
        }
        Look::History(_) => {
            let back = undo(&told.edits, edit.stamp, |id| names.records.get(&id));
            (when, if back.is_empty() { Vec::new() } else { vec![put_back(looking, back)] })
        }
        Look::Removed => {
            let change = edit.changes.first()?;
            let gone = |id| names.records.get(&id).is_some_and(Record::is_deleted);
            // What lies in something that was removed itself comes back with it.
            if !gone(change.record) || change.parent.is_some_and(gone) {
                return None;
            }
            let within = change.parent.map(|parent| names.what(parent, None).text());
            let until = day_and_month(moment(restorable_until(edit.stamp)));
            let back = undo(&told.edits, edit.stamp, |id| names.records.get(&id));
            let mut buttons = vec![put_back(looking, back)];
            let record = change.record;
            if looking.erases.get() {
                buttons.push(button(past::ERASE, Icon::TRASH, move || looking.erase.set(Some(record))));
            }
            (removed_when(when, within, until), buttons)
        }
    };
    let deeds = deeds_view(looking.circle, names, edit.by, &changes)?;
    let buttons = (!buttons.is_empty()).then(|| view! { <div class="row">{buttons}</div> });
    Some(
        view! {
            <li class="version">
                {deeds}
                <p class="soft small">{more}</p>
                {buttons}
            </li>
        }
        .into_any(),
    )
}

fn removed_when(when: Text, within: Option<Text>, until: Text) -> Text {
    Text::live(move || match &within {
        Some(within) => past::restorable_within(when.get(), within.get(), until.get()).get(),
        None => past::restorable_until(when.get(), until.get()).get(),
    })
}

/// What was made goes and what was put back goes again: then the button says so.
fn put_back(looking: Looking, back: Vec<Change>) -> AnyView {
    let deletes = |(name, value): &(CellName, Value)| name == DELETED && *value == Value::Bool(true);
    let goes = back.iter().flat_map(Change::cells).any(deletes);
    let (text, icon) = if goes { (shared::LET_GO, Icon::TRASH) } else { (past::UNDO, Icon::UNDO) };
    button(text, icon, move || looking.keep(back.clone(), past::IS_PUT_BACK))
}

fn button(text: Word, icon: Icon, tap: impl Fn() + 'static) -> AnyView {
    let appearance =
        if text == past::LET_NOT_COUNT || text == past::ERASE { Appearance::Danger } else { Appearance::Quiet };
    view! { <Button text icon appearance size=Size::Tool tap=tap /> }.into_any()
}
