//! The tasks of a client by whose they are: what is asked of whoever looks stands first.

use opstap_core::CircleId;
use opstap_core::model::Member;
use opstap_insight::TaskStory;
use opstap_view::prelude::*;

use super::is_me;
use super::new_task::NewTask;
use super::task::task;
use crate::components::{Bones, LoadingBones, changing};
use crate::device::{self, Entry, Reader};
use crate::stories;
use crate::words::{Text, Word, arranged};

/// What is read: the tasks, and who is round the client.
#[derive(Clone, PartialEq)]
struct Read {
    tasks: Vec<TaskStory>,
    members: Vec<Entry<Member>>,
}

async fn read(reader: Reader) -> Read {
    Read { tasks: stories::arranged::tasks(&reader).await, members: stories::members(&reader).await }
}

/// Where a task stands for whoever looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// They are asked to take it on.
    Asked,
    /// It is theirs.
    Mine,
    /// It is nobody's.
    Nobodys,
    /// It is another's.
    Others,
}

impl Whose {
    const ALL: [(Self, Word); 4] = [
        (Self::Asked, arranged::ASKED_OF_YOU),
        (Self::Mine, arranged::YOURS),
        (Self::Nobodys, arranged::NOBODYS),
        (Self::Others, arranged::OF_OTHERS),
    ];

    fn of(story: &TaskStory) -> Self {
        match story.with {
            _ if story.asked.iter().any(|asked| is_me(asked.who)) => Self::Asked,
            Some((who, _)) if is_me(who) => Self::Mine,
            Some(_) => Self::Others,
            None => Self::Nobodys,
        }
    }
}

/// Who does what, with room for a new task. `name` is the client's.
#[component]
pub fn Tasks(circle: CircleId, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let all = device::watch(circle, read);
    let list = changing(move || match all.get() {
        None => view! { <LoadingBones shape=Bones::Rows(2) /> }.into_any(),
        Some(Read { tasks, .. }) if tasks.is_empty() => view! { <p class="soft">{arranged::NO_TASKS}</p> }.into_any(),
        Some(Read { tasks, members }) => Whose::ALL
            .into_iter()
            .map(|(whose, head)| {
                let own: Vec<_> = tasks.iter().filter(|story| Whose::of(story) == whose).cloned().collect();
                group(circle, head, own, &members)
            })
            .collect_view(),
    });
    let members =
        Signal::derive(move || all.with(|all| all.as_ref().map(|all| all.members.clone()).unwrap_or_default()));
    let more = Text::live(move || arranged::tasks_more(name.get()).get());
    view! {
        <section class="stack tasks">
            <h2 class="title">{arranged::TASKS}</h2>
            <p class="soft">{more}</p>
            {list}
            <NewTask circle members />
        </section>
    }
}

fn group(circle: CircleId, head: Word, own: Vec<TaskStory>, members: &[Entry<Member>]) -> AnyView {
    if own.is_empty() {
        return ().into_any();
    }
    let rows = own.into_iter().map(|story| view! { <li>{task(circle, story, members)}</li> }.into_any()).collect_view();
    view! { <h3>{head}</h3><ul class="list">{rows}</ul> }.into_any()
}
