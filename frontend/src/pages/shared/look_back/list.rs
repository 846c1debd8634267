//! One list for all that is looked back on in a circle. Each row is an edit in sentences, with what can be done about it.

use std::pin::Pin;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::history::{PastChange, PastEdit};
use opstap_core::{Change, CircleId, EditName, RecordId};
use opstap_view::prelude::*;

use super::deed_view::deeds_view;
use crate::components::{
    Appearance, Bones, Button, Confirm, EmptyState, Icon, LoadingBones, Size, Toast, changing, show_toast,
};
use crate::dates::{moment, near_moment};
use crate::device::{self, Asked, Told};
use crate::pages::shared::{not_kept, not_now};
use crate::stories::deeds::{self, Names};
use crate::words::{Text, Word, past};

/// What is being read.
pub(super) type Reading = Pin<Box<dyn Future<Output = Asked<Told>>>>;

/// What is looked back on: where it comes from, what is said of it, and what can be done about each edit. A bundle carries those it names.
#[derive(Clone)]
pub struct Look {
    pub(super) read: Rc<dyn Fn(CircleId) -> Reading>,
    pub(super) row: fn(Row<'_>) -> Option<Said>,
    pub(super) means: Word,
    pub(super) none: Word,
    pub(super) question: Option<Question>,
}

/// What is asked before what cannot be taken back.
#[derive(Clone, Copy)]
pub(super) struct Question {
    pub question: Word,
    pub yes: Word,
    pub act: fn(&Looking, Doubt),
}

/// What the question is about.
#[derive(Clone, Copy)]
pub(super) enum Doubt {
    /// An edit that is never to count.
    Edit(EditName),
    /// A record that is to be erased.
    Record(RecordId),
}

/// An edit that becomes a row.
pub(super) struct Row<'a> {
    pub looking: &'a Looking,
    pub told: &'a Told,
    pub at: usize,
    pub edit: &'a PastEdit,
    pub names: &'a Names,
    pub when: Text,
}

/// What a row says and offers.
pub(super) struct Said {
    pub more: Text,
    pub buttons: Vec<AnyView>,
    /// What the edit did, where more is known than was told.
    pub changes: Option<Vec<PastChange>>,
}

/// A list that is open.
#[derive(Clone)]
pub(super) struct Looking {
    pub circle: CircleId,
    pub look: Look,
    asked: RwSignal<Option<Asked<Told>>>,
    pub doubt: RwSignal<Option<Doubt>>,
}

impl Looking {
    pub fn ask(&self) {
        let (reading, asked) = ((self.look.read)(self.circle), self.asked);
        spawn_local(async move {
            let answer = reading.await;
            let _ = asked.try_update(|asked| match (&asked, &answer) {
                // What was told stays true while the network is gone.
                (Some(Asked::Told(_)), Asked::NotNow) => {}
                _ => *asked = Some(answer),
            });
        });
    }

    /// Keeps the edit that puts something back or erases it, and says so.
    pub fn keep(&self, changes: Vec<Change>, done: Word) {
        let circle = self.circle;
        spawn_local(async move {
            let says = match device::edit(circle, changes).await {
                Ok(()) => done,
                Err(why) => not_kept(why),
            };
            show_toast(Toast::new(says));
        });
    }

    /// The button that keeps this edit.
    pub fn keeping(&self, (text, icon): (Word, Icon), changes: Vec<Change>, done: Word) -> AnyView {
        let looking = self.clone();
        button(text, icon, Appearance::Quiet, move || looking.keep(changes.clone(), done))
    }

    /// The button that asks before it does what cannot be taken back.
    pub fn doubting(&self, (text, icon): (Word, Icon), about: Doubt) -> AnyView {
        let doubt = self.doubt;
        button(text, icon, Appearance::Danger, move || doubt.set(Some(about)))
    }
}

pub(super) fn button(text: Word, icon: Icon, appearance: Appearance, tap: impl Fn() + 'static) -> AnyView {
    view! { <Button text icon appearance size=Size::Tool tap=tap /> }.into_any()
}

/// The list. It is read when it opens, and again once what was done here is sent.
#[component]
pub fn LookBack(circle: CircleId, look: Look) -> impl IntoView {
    let question = look.question;
    let looking = Looking { circle, look, asked: RwSignal::new(None), doubt: RwSignal::new(None) };
    let state = device::state();
    let all_sent = Memo::new(move |_| state.get().waiting == 0);
    let asking = looking.clone();
    Effect::new(move |_| {
        all_sent.track();
        asking.ask();
    });
    let asked = looking.asked;
    // What was told and what its sentences need come in one reading, so that no sentence ever lacks its names.
    let told = device::watch(circle, move |reader| {
        let asked = asked.get();
        async move {
            let names = match &asked {
                Some(Asked::Told(told)) => deeds::names(reader, about(&told.edits)).await,
                _ => Names::default(),
            };
            (asked, names)
        }
    });
    let showing = looking.clone();
    let draw = move |told: &Option<(Option<Asked<Told>>, Names)>| match told {
        None | Some((None, _)) => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        Some((Some(Asked::NotNow), _)) => {
            let again = showing.clone();
            not_now(move || again.ask())
        }
        Some((Some(Asked::NotThere), _)) => view! { <EmptyState picture="memo" sentence=past::NOT_THERE /> }.into_any(),
        Some((Some(Asked::Told(told)), names)) => list(&showing, told, names),
    };
    let body = changing(move || told.with(&draw));
    view! { {body} {question.map(|question| asks(looking, question))} }
}

fn asks(looking: Looking, Question { question, yes, act }: Question) -> AnyView {
    let doubt = looking.doubt;
    let on_yes = move |()| {
        if let Some(about) = doubt.try_update(Option::take).flatten() {
            act(&looking, about);
        }
    };
    let open = Signal::derive(move || doubt.with(Option::is_some));
    view! { <Confirm open question yes on_yes=on_yes on_no=move |()| doubt.set(None) /> }.into_any()
}

/// The records that sentences about these edits name.
fn about(edits: &[PastEdit]) -> Vec<RecordId> {
    let mut about = Vec::new();
    for change in edits.iter().flat_map(|edit| &edit.changes) {
        about.push(change.record);
        about.extend(change.parent);
    }
    about
}

fn list(looking: &Looking, told: &Told, names: &Names) -> AnyView {
    let mut rows = Vec::new();
    for (at, edit) in told.edits.iter().enumerate() {
        let when = near_moment(moment(edit.stamp.millis), moment(device::now()));
        let said = (looking.look.row)(Row { looking, told, at, edit, names, when });
        rows.extend(said.and_then(|said| row(looking.circle, edit, names, said)));
    }
    if rows.is_empty() {
        return view! { <EmptyState picture="memo" sentence=looking.look.none /> }.into_any();
    }
    view! { <p class="soft">{looking.look.means}</p><ul class="stack">{rows}</ul> }.into_any()
}

fn row(circle: CircleId, edit: &PastEdit, names: &Names, said: Said) -> Option<AnyView> {
    let Said { more, buttons, changes } = said;
    let deeds = deeds_view(circle, names, edit.by, changes.as_ref().unwrap_or(&edit.changes))?;
    let buttons = (!buttons.is_empty()).then(|| view! { <div class="row">{buttons}</div> });
    Some(
        view! {
            <li class="card">
                <div class="stack">
                    {deeds}
                    <p class="soft small">{more}</p>
                    {buttons}
                </div>
            </li>
        }
        .into_any(),
    )
}
