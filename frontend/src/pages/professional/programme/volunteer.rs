//! One volunteer: what is known of them. Each field keeps itself.

use leptos::task::spawn_local;
use opstap_core::model::{Picked, TrainedIn, TravelMode, Volunteer, set};
use opstap_core::{Change, CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use super::list::kept_foot;
use super::read::mode_word;
use crate::components::desk::{Bar, Columns, Pane};
use crate::components::{
    Ahead, Appearance, Bones, Button, EmptyState, Field, Icon, LoadingBones, Switch, TextArea, Toast, WeekGrid,
    changing, show_toast,
};
use crate::dates::{as_date, from_date};
use crate::device::{self, Asked};
use crate::event::Tap;
use crate::pages::professional::place::DeskPlace;
use crate::pages::shared::care::keep;
use crate::words::{Text, desk, programme};

/// The page.
#[component]
pub(super) fn VolunteerPage(circle: CircleId, id: RecordId) -> impl IntoView {
    let read =
        device::watch(circle, move |reader| async move { reader.one::<Volunteer>(id).await.map(|one| one.value) });
    let title = Text::live(move || {
        read.with(|read| read.as_ref().and_then(|one| one.as_ref().map(|one| one.name.clone()))).unwrap_or_default()
    });
    // Drawn once for each volunteer: a field that keeps itself must not be drawn anew while somebody goes on typing.
    let there = Memo::new(move |_| read.with(|read| read.as_ref().map(Option::is_some)));
    let now = Signal::derive(move || read.get().flatten());
    let body = changing(move || match there.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(false) => view! { <EmptyState picture="bust-in-silhouette" sentence=desk::NOT_THERE /> }.into_any(),
        Some(true) => view! { <div class="sheet stack">{form(circle, id, now)}</div> }.into_any(),
    });
    let back = Tap::to(DeskPlace::Volunteers);
    let back = view! { <Button text=programme::VOLUNTEERS icon=Icon::BACK appearance=Appearance::Plain tap=back /> };
    view! {
        <Bar title lead=back.into_any() />
        <Columns><Pane>{body}</Pane></Columns>
        {kept_foot()}
    }
}

fn form(circle: CircleId, id: RecordId, now: Signal<Option<Volunteer>>) -> AnyView {
    let text = move |of: fn(&Volunteer) -> Option<String>| {
        Signal::derive(move || now.with(|now| now.as_ref().and_then(of)).unwrap_or_default())
    };
    let keep_text =
        move |cell: &'static str| move |text: String| device::keep(circle, vec![text_cell(id, cell, &text)]);
    let named = text(|one| Some(one.name.clone()));
    let name = move |text: String| {
        if !text.trim().is_empty() {
            device::keep(circle, vec![set(id, "name", text.trim().to_owned())]);
        }
    };
    let until = text(|one| one.certificate.map(as_date));
    let certificate = move |day: String| {
        device::keep(circle, vec![set(id, "certificate", from_date(&day))]);
    };
    let available = Signal::derive(move || now.with(|now| now.as_ref().and_then(|one| one.available)));
    let resting = Signal::derive(move || now.with(|now| now.as_ref().is_some_and(|one| one.resting == Some(true))));
    view! {
        <Field label=programme::FIRST_NAME value=named on_change=name />
        <Field label=programme::PHONE kind="tel" value=text(|one| one.phone.clone()) on_change=keep_text("phone") />
        <Field label=programme::AREA value=text(|one| one.area.clone()) on_change=keep_text("area") />
        <TextArea label=programme::KNOWLEDGE hint=programme::KNOWLEDGE_MORE value=text(|one| one.knowledge.clone()) on_change=keep_text("knowledge") />
        <WeekGrid label=programme::CAN_WHEN chosen=available on_change=move |chosen| device::keep(circle, vec![set(id, "available", chosen)]) />
        <section class="stack"><h2>{programme::TRAINED_IN}</h2>{trained(circle, id, now)}</section>
        <Field label=programme::CERTIFICATE kind="date" value=until on_change=certificate />
        <Switch text=programme::RESTING on=resting on_change=move |on: bool| device::keep(circle, vec![set(id, "resting", on)]) />
        {account(circle, id, now)}
    }
    .into_any()
}

/// Sets a text, or empties it.
fn text_cell(id: RecordId, cell: &'static str, text: &str) -> Change {
    let text = text.trim();
    set(id, cell, if text.is_empty() { None } else { Some(text.to_owned()) })
}

fn trained(circle: CircleId, id: RecordId, now: Signal<Option<Volunteer>>) -> AnyView {
    let trained = Ahead::of(move || now.with(|now| now.as_ref().and_then(|one| one.trained)));
    let rows = TravelMode::ALL.iter().enumerate().map(|(place, mode)| {
        let on = Signal::derive(move || trained.get().is_some_and(|trained| trained.has(place)));
        let change = move |on: bool| {
            device::keep(circle, vec![set(id, "trained", trained.choose(|known| with(*known, place, on)))]);
        };
        view! { <Switch text=mode_word(*mode) on on_change=change /> }
    });
    rows.collect_view().into_any()
}

/// The training with one kind more or less.
fn with(known: Option<TrainedIn>, place: usize, on: bool) -> Option<TrainedIn> {
    let has = |at: usize| known.is_some_and(|known| known.has(at));
    Picked::of((0..TravelMode::ALL.len()).filter(|at| if *at == place { on } else { has(*at) }))
}

/// Whether there is an account, and a way to one: without it nobody can join a circle.
fn account(circle: CircleId, id: RecordId, now: Signal<Option<Volunteer>>) -> AnyView {
    let person = Memo::new(move |_| now.with(|now| now.as_ref().and_then(|one| one.person)));
    let make = move || {
        let Some(name) = now.with_untracked(|now| now.as_ref().map(|one| one.name.clone())) else { return };
        // The record's own id serves for the account too: whoever asks twice gets the same.
        let person = PersonId(id.0);
        spawn_local(async move {
            match device::add_person(person, &name).await {
                Asked::Told(()) => keep(circle, vec![set(id, "person", person)], programme::HAS_ACCOUNT.into()),
                Asked::NotThere | Asked::NotNow => show_toast(Toast::new(programme::TAKES_INTERNET)),
            }
        });
    };
    let body = changing(move || match person.get() {
        Some(_) => view! { <p>{programme::HAS_ACCOUNT}</p> }.into_any(),
        None => view! {
            <p class="soft">{programme::NO_ACCOUNT}</p>
            <div class="row"><Button text=programme::MAKE_ACCOUNT icon=Icon::PLUS tap=make /></div>
        }
        .into_any(),
    });
    view! { <section class="stack"><h2>{programme::ACCOUNT}</h2>{body}</section> }.into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::Value;
    use opstap_core::model::ToCell;

    use super::*;

    #[test]
    fn training_in_one_way_more_or_less_leaves_the_others() {
        let both = with(TrainedIn::of([1]), 0, true);
        assert_eq!(both, TrainedIn::of([0, 1]));
        assert_eq!(with(with(both, 0, false), 1, false), None);
    }

    #[test]
    fn a_field_that_was_emptied_empties_its_cell() {
        let id = RecordId([1; 16]);
        let Change::Set { cells, .. } = text_cell(id, "area", "  ") else { unreachable!() };
        assert_eq!(cells, [("area".into(), Value::Nothing)]);
        let Change::Set { cells, .. } = text_cell(id, "area", " Zuid ") else { unreachable!() };
        assert_eq!(cells, [("area".into(), "Zuid".to_cell())]);
    }
}
