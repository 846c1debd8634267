//! How the programme is set up: which municipalities it serves, and what it aims at in a year. Each field keeps itself.

use opstap_core::model::{Model, ProgrammeSettings, set};
use opstap_core::{Change, CircleId, RecordId};
use opstap_view::prelude::*;

use super::list::kept_foot;
use super::{Shown, parts};
use crate::components::desk::{Bar, Columns, Pane};
use crate::components::{Bones, Field, LoadingBones, TextArea, changing};
use crate::device::{self, Entry};
use crate::stories::sort_by;
use crate::words::programme;

/// The page.
#[component]
pub(super) fn Setup(circle: CircleId) -> impl IntoView {
    let read = device::watch(circle, |reader| async move {
        let mut all = reader.all::<ProgrammeSettings>().await;
        sort_by(&mut all, |a, b| a.id > b.id);
        all.into_iter().next()
    });
    let there = Memo::new(move |_| read.with(Option::is_some));
    let now = Signal::derive(move || read.get().flatten());
    let body = changing(move || {
        if there.get() { form(circle, now) } else { view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any() }
    });
    view! {
        <Bar title=programme::PROGRAMME />
        {parts(Shown::Setup)}
        <Columns><Pane><div class="sheet stack">{body}</div></Pane></Columns>
        {kept_foot()}
    }
}

fn form(circle: CircleId, now: Signal<Option<Entry<ProgrammeSettings>>>) -> AnyView {
    let number = move |of: fn(&ProgrammeSettings) -> Option<u32>| {
        Signal::derive(move || {
            now.with(|now| now.as_ref().and_then(|now| of(&now.value)))
                .map_or_else(String::new, |number| number.to_string())
        })
    };
    let served = Signal::derive(move || {
        now.with(|now| now.as_ref().and_then(|now| now.value.served.clone())).unwrap_or_default()
    });
    let known = move || now.with_untracked(|now| now.as_ref().map(|now| now.id));
    let keep_served = move |text: String| {
        let text = text.trim().to_owned();
        let served = (!text.is_empty()).then_some(text);
        device::keep(
            circle,
            vec![change(known(), |one| one.served = served.clone(), |id| set(id, "served", served.clone()))],
        );
    };
    let started = move |text: String| {
        let aim = aimed(&text);
        device::keep(
            circle,
            vec![change(known(), |one| one.target_started = aim, |id| set(id, "target_started", aim))],
        );
    };
    let completed = move |text: String| {
        let aim = aimed(&text);
        device::keep(
            circle,
            vec![change(known(), |one| one.target_completed = aim, |id| set(id, "target_completed", aim))],
        );
    };
    view! {
        <TextArea label=programme::SERVED hint=programme::SERVED_MORE value=served on_change=keep_served />
        <Field label=programme::AIM_STARTED kind="number" value=number(|one| one.target_started) on_change=started />
        <Field label=programme::AIM_COMPLETED kind="number" value=number(|one| one.target_completed) on_change=completed />
    }
    .into_any()
}

/// What is aimed at; nothing where no number stands, or none at all is meant.
fn aimed(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|aim| *aim > 0)
}

/// Sets a cell of what is there, or makes it with that alone.
fn change(
    known: Option<RecordId>,
    fill: impl FnOnce(&mut ProgrammeSettings),
    cell: impl FnOnce(RecordId) -> Change,
) -> Change {
    match known {
        Some(id) => cell(id),
        None => {
            let mut made = ProgrammeSettings { served: None, target_started: None, target_completed: None };
            fill(&mut made);
            made.make(device::new_id())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aim_is_a_number_of_its_own_and_nothing_else() {
        assert_eq!(
            (aimed(" 35 "), aimed("0"), aimed(""), aimed("veel"), aimed("-3")),
            (Some(35), None, None, None, None)
        );
    }
}
