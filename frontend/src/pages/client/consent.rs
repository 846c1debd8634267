//! Who may see what: a face, pictures, switches. Giving and withdrawing are both one tap and work at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Model};
use opstap_core::{Change, CircleId, Millis, PersonId, RecordId};

use super::ClientPlace;
use super::people::{self, Supporter};
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Bones, Button, EmptyState, Floor, HelpButton, Icon, LoadingBones, Main, PersonTile, Screen, Sentence,
    Source, StateChip, Switch, Toast, TopBar, clear_toast, show_toast,
};
use crate::dates::{day_and_month, moment};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::words::{Text, Word, client};

/// A consent in force.
#[derive(Clone, PartialEq)]
struct Given {
    id: RecordId,
    person: PersonId,
    section: Section,
    from: Millis,
}

/// Everybody round the client, and what is given to them.
#[derive(Clone, PartialEq)]
struct Consented {
    supporters: Vec<Supporter>,
    given: Vec<Given>,
}

async fn read(reader: Reader) -> Consented {
    let supporters = people::supporters(&reader).await;
    let now = device::now();
    let mut given = Vec::new();
    if let Some(access) = reader.access().await {
        for supporter in &supporters {
            given.extend(access.consents(supporter.person, now).map(|(id, consent)| Given {
                id,
                person: supporter.person,
                section: consent.section,
                from: consent.from,
            }));
        }
    }
    Consented { supporters, given }
}

fn give(person: PersonId, section: Section, from: Millis) -> Change {
    Consent { act: ConsentAct::Given, person, section, from, until: None, ends: None }.make(device::new_id())
}

/// Ends a consent by name, so that it wins from whichever clock it comes.
fn withdraw(given: &Given, from: Millis) -> Change {
    let Given { id, person, section, .. } = *given;
    Consent { act: ConsentAct::Withdrawn, person, section, from, until: None, ends: Some(id) }.make(device::new_id())
}

/// The word and the pictogram of a section.
fn shown(section: Section) -> (Word, &'static str) {
    match section {
        Section::Plans => (client::SECTION_PLANS, "memo"),
        Section::Progress => (client::SECTION_PROGRESS, "check-mark-button"),
        Section::Photos => (client::SECTION_PHOTOS, "camera"),
        Section::Travel => (client::SECTION_TRAVEL, "metro"),
        _ => (client::SECTION_MESSAGES, "speech-balloon"),
    }
}

/// Who may see what.
#[component]
pub fn Consents(circle: CircleId) -> impl IntoView {
    let read = device::watch(circle, read);
    let picked = RwSignal::new(None::<PersonId>);
    let people = Memo::new(move |_| read.with(|read| read.as_ref().map(|read| read.supporters.clone())));
    let person = Memo::new(move |_| {
        let people = people.get()?;
        let picked = picked.get();
        people.iter().find(|other| Some(other.person) == picked).or_else(|| people.first()).cloned()
    });
    let given = Signal::derive(move || {
        let Some(person) = person.get().map(|person| person.person) else { return Vec::new() };
        let all = read.with(|read| read.as_ref().map(|read| read.given.clone()));
        all.unwrap_or_default().into_iter().filter(|given| given.person == person).collect::<Vec<_>>()
    });
    let nothing_on = Signal::derive(move || given.with(Vec::is_empty));
    let all_off = move || {
        if let Some(person) = person.get_untracked() {
            end(circle, given.get_untracked(), client::sees_nothing_now(person.name));
        }
    };
    let body = move || match people.with(|people| people.as_ref().map(Vec::is_empty)) {
        None => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        Some(true) => view! { <EmptyState picture="locked" sentence=client::NOBODY_ROUND_YOU /> }.into_any(),
        Some(false) => view! { {faces(people, person, picked)} {switches(circle, person, given)} }.into_any(),
    };
    view! {
        <Screen title=client::WHO_MAY_SEE>
            <TopBar back=Tap::back()>
                <StateChip state=device::state() />
            </TopBar>
            <Main>
                <Sentence text=client::WHO_MAY_SEE title=true />
                {body}
            </Main>
            <Floor>
                <Button
                    text=client::ALL_OFF
                    icon=Icon::CROSS
                    appearance=Appearance::Danger
                    disabled=nothing_on
                    tap=all_off
                />
                <HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) />
            </Floor>
        </Screen>
    }
}

fn faces(
    people: Memo<Option<Vec<Supporter>>>,
    person: Memo<Option<Supporter>>,
    picked: RwSignal<Option<PersonId>>,
) -> AnyView {
    let tiles = move || {
        let people = people.get().unwrap_or_default();
        let tile = |other: Supporter| {
            let id = other.person;
            let chosen =
                Signal::derive(move || person.with(|person| person.as_ref().is_some_and(|one| one.person == id)));
            let tap = move || {
                clear_toast();
                picked.set(Some(id));
            };
            view! { <PersonTile name=other.name chosen tap /> }
        };
        people.into_iter().map(tile).collect_view()
    };
    view! { <div class="people">{tiles}</div> }.into_any()
}

fn switches(circle: CircleId, person: Memo<Option<Supporter>>, given: Signal<Vec<Given>>) -> AnyView {
    let name =
        Memo::new(move |_| person.with(|person| person.as_ref().map(|one| one.name.clone())).unwrap_or_default());
    let rows = Section::BY_CONSENT
        .into_iter()
        .map(|section| {
            let (text, picture) = shown(section);
            let on = Signal::derive(move || given.with(|given| given.iter().any(|one| one.section == section)));
            let change = move |to: bool| {
                let Some(who) = person.get_untracked() else { return };
                let ends: Vec<_> = given.get_untracked().into_iter().filter(|one| one.section == section).collect();
                let what = text.now();
                if to {
                    begin(circle, who, section, what);
                } else {
                    end(circle, ends, client::no_longer_sees(who.name, what));
                }
            };
            view! { <li><Switch text on on_change=change picture=Source::from(picture) /></li> }
        })
        .collect_view();
    let since = move || {
        let first = given.with(|given| given.iter().map(|one| one.from).max())?;
        Some(view! { <p class="small soft">{client::you_chose_on(day_and_month(moment(first)).get())}</p> })
    };
    view! {
        <div class="card">
            <h2>{move || client::may_see(name.get()).get()}</h2>
            <ul>{rows}</ul>
        </div>
        {since}
        <p class="small soft">{client::OFF_WORKS_AT_ONCE}</p>
    }
    .into_any()
}

fn begin(circle: CircleId, who: Supporter, section: Section, what: &'static str) {
    let change = give(who.person, section, device::now());
    let id = change.record();
    keep(circle, vec![change], client::sees_from_now(&who.name, what), move || {
        let given = Given { id, person: who.person, section, from: device::now() };
        device::keep(circle, vec![withdraw(&given, device::now())]);
    });
}

fn end(circle: CircleId, given: Vec<Given>, says: Text) {
    let now = device::now();
    let changes = given.iter().map(|one| withdraw(one, now)).collect();
    keep(circle, changes, says, move || {
        let now = device::now();
        let mut again: Vec<_> = given.iter().map(|one| (one.person, one.section)).collect();
        again.dedup();
        device::keep(circle, again.into_iter().map(|(person, section)| give(person, section, now)).collect());
    });
}

/// Keeps it, then says what is so from now on, with the way back.
fn keep(circle: CircleId, changes: Vec<Change>, says: Text, undo: impl Fn() + 'static) {
    clear_toast();
    spawn_local(async move {
        match device::edit(circle, changes).await {
            Ok(()) => show_toast(Toast::new(says).with_undo(undo)),
            Err(why) => super::say_not_kept(why),
        }
    });
}
