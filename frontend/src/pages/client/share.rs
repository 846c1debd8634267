//! Showing a photo is a screen of its own: nobody sees it but whom the client picks here.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{RunPhoto, set};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::people::{self, Supporter, names};
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Bones, Button, EmptyState, Floor, HelpButton, Icon, LoadingBones, Main, PersonTile, Picture, Screen,
    Sentence, Source, StateChip, Tiles, Toast, TopBar, Well, changing, clear_toast, show_toast,
};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::navigation::go_back;
use crate::words::{Text, client};

/// The photo, and those whom it can be shown to.
#[derive(Clone, PartialEq)]
struct Photo {
    photo: RunPhoto,
    supporters: Vec<Supporter>,
}

async fn read(reader: Reader, photo: RecordId) -> Option<Photo> {
    let photo = reader.one::<RunPhoto>(photo).await?.value;
    let mut supporters = people::supporters(&reader).await;
    supporters.retain(|supporter| supporter.sees(Section::Photos));
    Some(Photo { photo, supporters })
}

/// Who may see this photo?
#[component]
pub fn Share(circle: CircleId, photo: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, photo));
    // Until something is tapped, those who see it already are chosen.
    let picked = RwSignal::new(None::<Vec<PersonId>>);
    let before = move || read.with(|read| read.as_ref()?.as_ref()?.photo.audience.clone()).unwrap_or_default();
    let chosen = Memo::new(move |_| picked.get().unwrap_or_else(before));
    let chosen_names = move || {
        let chosen = chosen.get();
        let told = read.get().flatten().map(|photo| photo.supporters).unwrap_or_default();
        told.into_iter().filter(|other| chosen.contains(&other.person)).map(|other| other.name).collect::<Vec<_>>()
    };
    let show = move || {
        let (audience, was) = (chosen.get_untracked(), untrack(before));
        let who = untrack(chosen_names);
        spawn_local(async move {
            match device::edit(circle, vec![set(photo, "audience", audience)]).await {
                Ok(()) => said(circle, photo, was, who),
                Err(why) => super::say_not_kept(why),
            }
        });
    };
    let nothing_chosen =
        Signal::derive(move || chosen_names().is_empty() && (picked.get().is_none() || before().is_empty()));
    let text = Text::live(move || match chosen_names() {
        none if none.is_empty() && nothing_chosen.get() => client::PICK_SOMEBODY.get().to_owned(),
        none if none.is_empty() => client::ONLY_FOR_ME.get().to_owned(),
        who => client::show_to(names(who).get()).get(),
    });
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(Some(photo)) if !photo.supporters.is_empty() => choose(circle, photo, chosen, picked),
        Some(_) => nobody(),
    });
    view! {
        <Screen title=client::WANT_TO_SHOW>
            <TopBar back=Tap::back()>
                <StateChip state=device::state() />
            </TopBar>
            <Main>{body}</Main>
            <Floor>
                <Button
                    text
                    icon=Icon::SHARE
                    appearance=Appearance::Primary
                    disabled=nothing_chosen
                    tap=show
                />
                <Button text=client::NOT_NOW icon=Icon::LOCK tap=Tap::back() />
                <HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) />
            </Floor>
        </Screen>
    }
}

/// Says who sees it now, with the way back.
fn said(circle: CircleId, photo: RecordId, was: Vec<PersonId>, who: Vec<String>) {
    let text = if who.is_empty() {
        client::ONLY_YOU_SEE.into()
    } else {
        let who = names(who);
        Text::live(move || client::sees_photo_now(who.get()).get())
    };
    clear_toast();
    show_toast(Toast::new(text).with_undo(move || device::keep(circle, vec![set(photo, "audience", was.clone())])));
    go_back();
}

fn nobody() -> AnyView {
    let tap = Tap::to(CompanionPlace::from(ClientPlace::Consent));
    view! {
        <EmptyState picture="locked" sentence=client::NOBODY_SEES_PHOTOS more=client::YOU_CHOOSE>
            <Button text=client::WHO_SEES_WHAT icon=Icon::EYE tap />
        </EmptyState>
    }
    .into_any()
}

fn choose(
    circle: CircleId,
    photo: Photo,
    chosen: Memo<Vec<PersonId>>,
    picked: RwSignal<Option<Vec<PersonId>>>,
) -> AnyView {
    let tiles = photo
        .supporters
        .into_iter()
        .map(|Supporter { person, name, .. }| {
            let toggle = move || {
                let mut now = chosen.get_untracked();
                match now.iter().position(|other| *other == person) {
                    Some(place) => drop(now.remove(place)),
                    None => now.push(person),
                }
                picked.set(Some(now));
            };
            let is_chosen = Signal::derive(move || chosen.with(|chosen| chosen.contains(&person)));
            view! { <PersonTile name chosen=is_chosen tap=toggle /> }
        })
        .collect_view();
    let source = Source::Photo(device::photo(circle, photo.photo.photo));
    view! {
        <Picture source well=Well::Large />
        <Sentence text=client::WANT_TO_SHOW title=true />
        <Tiles three=true>{tiles}</Tiles>
        <p class="soft">{client::ONLY_WHOM_YOU_PICK}</p>
    }
    .into_any()
}
