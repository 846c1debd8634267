//! A new task, and who is asked to take it on.

use opstap_core::model::{HandoverAct, Member, Model, Task};
use opstap_core::{CircleId, PersonId};
use opstap_view::prelude::*;

use super::task::says;
use super::{helpers, is_me};
use crate::components::{Button, Field, Icon, Select, changing};
use crate::dates::from_date;
use crate::device::{self, Entry};
use crate::pages::shared::care::keep;
use crate::words::{Text, arranged};

/// Whoever makes it takes it on.
const MYSELF: &str = "me";
/// It is not settled yet.
const NOBODY: &str = "";

/// The form, behind a line of its own.
#[component]
pub(super) fn NewTask(circle: CircleId, members: Signal<Vec<Entry<Member>>>) -> impl IntoView {
    let [title, due, who] = [(); 3].map(|()| RwSignal::new(String::new()));
    who.set(MYSELF.to_owned());
    let others = Memo::new(move |_| {
        members.with(|members| helpers(members).into_iter().filter(|(who, _)| !is_me(*who)).collect::<Vec<_>>())
    });
    let choose = changing(move || {
        let others = others.get().into_iter().map(|(who, name)| (who.to_string(), arranged::somebody_else(name)));
        let first = [(MYSELF.to_owned(), Text::from(arranged::MYSELF))];
        let choices = first.into_iter().chain(others).chain([(NOBODY.to_owned(), arranged::NOT_SETTLED.into())]);
        view! { <Select label=arranged::WHO_DOES_IT choices=choices.collect() chosen=who.get_untracked() on_choose=move |one| who.set(one) /> }
            .into_any()
    });
    let add = move || {
        let task = Task {
            title: title.get_untracked().trim().to_owned(),
            picture: None,
            goal: None,
            due: from_date(&due.get_untracked()),
            ended: None,
        };
        let id = device::new_id();
        let mut changes = vec![task.make(id)];
        changes.extend(match who.get_untracked().as_str() {
            NOBODY => None,
            MYSELF => Some(says(id, HandoverAct::TakenOn, None, "")),
            other => person(&others.get_untracked(), other).map(|who| says(id, HandoverAct::Asked, Some(who), "")),
        });
        keep(circle, changes, arranged::TASK_ADDED.into());
        title.set(String::new());
        due.set(String::new());
    };
    let empty = Signal::derive(move || title.with(|title| title.trim().is_empty()));
    view! {
        <details>
            <summary>{arranged::NEW_TASK}</summary>
            <div class="stack">
                <Field label=arranged::WHAT_IS_IT value=title on_input=move |typed| title.set(typed) />
                {choose}
                <Field label=arranged::BY_WHEN kind="date" value=due on_change=move |day| due.set(day) />
                <div class="row"><Button text=arranged::ADD_TASK icon=Icon::PLUS disabled=empty tap=add /></div>
            </div>
        </details>
    }
}

fn person(others: &[(PersonId, String)], chosen: &str) -> Option<PersonId> {
    others.iter().map(|(who, _)| *who).find(|who| who.to_string() == chosen)
}
