//! Showing something is a screen of its own: nobody sees it but whom the client picks here.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::set;
use opstap_core::{Change, CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use super::WayPlace;
use super::frame::Frame;
use super::keepsake::keepsake;
use super::people::{self, Supporter, names};
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Bones, Button, EmptyState, Icon, LoadingBones, PersonTile, Sentence, Tiles, Toast, changing,
    clear_toast, show_toast,
};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::navigation::go_back;
use crate::pages::shared::undoing::take_back;
use crate::stories::keepsake::{Keepsake, under};
use crate::words::{Text, client};

/// What is shown, and those whom it can be shown to.
#[derive(Clone, PartialEq)]
struct Shown {
    things: Vec<Keepsake>,
    supporters: Vec<Supporter>,
}

impl Shown {
    /// Those who may see any of it and can see photos and words now.
    fn to(&self) -> Vec<PersonId> {
        let named = |supporter: &&Supporter| self.things.iter().any(|thing| thing.audience.contains(&supporter.person));
        self.supporters.iter().filter(named).map(|supporter| supporter.person).collect()
    }
}

async fn read(reader: Reader, id: RecordId) -> Option<Shown> {
    let things = under(&reader, id).await;
    if things.is_empty() {
        return None;
    }
    let mut supporters = people::supporters(&reader).await;
    supporters.retain(|supporter| supporter.sees(Section::Photos));
    Some(Shown { things, supporters })
}

/// Who may see this? A photo, a word, something put in the book, or with the id of a run all of its result.
#[component]
pub fn Share(circle: CircleId, id: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, id));
    // Until something is tapped, those who see it already are chosen.
    let picked = RwSignal::new(None::<Vec<PersonId>>);
    // Only those who have a tile: who lost the right to see photos is not to get this one back with it, unseen.
    let before = move || read.with(|read| Some(read.as_ref()?.as_ref()?.to())).unwrap_or_default();
    let chosen = Memo::new(move |_| picked.get().unwrap_or_else(before));
    let chosen_names = move || {
        let chosen = chosen.get();
        let told = read.get().flatten().map(|shown| shown.supporters).unwrap_or_default();
        told.into_iter().filter(|other| chosen.contains(&other.person)).map(|other| other.name).collect::<Vec<_>>()
    };
    let shows = StoredValue::new(false);
    let show = move || {
        if shows.get_value() {
            return;
        }
        shows.set_value(true);
        let things = read.get_untracked().flatten().map(|shown| shown.things).unwrap_or_default();
        let (audience, who) = (chosen.get_untracked(), untrack(chosen_names));
        spawn_local(async move {
            let now = things.iter().map(|thing| set(thing.id, "audience", audience.clone())).collect();
            match device::edit(circle, now).await {
                // Whoever went back meanwhile stays where they are.
                Ok(()) if shows.try_get_value().is_some() => said(circle, &things, who),
                Ok(()) => {}
                Err(why) => {
                    let _ = shows.try_update_value(|shows| *shows = false);
                    super::say_not_kept(why);
                }
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
        Some(Some(shown)) if !shown.supporters.is_empty() => choose(circle, shown, chosen, picked),
        Some(_) => nobody(),
    });
    let floor = view! {
        <Button text icon=Icon::SHARE appearance=Appearance::Primary disabled=nothing_chosen tap=show />
        <Button text=client::NOT_NOW icon=Icon::LOCK tap=Tap::back() />
    };
    Frame { floor: Some(floor), ..Frame::default() }.around(client::WANT_TO_SHOW.into(), body)
}

/// Says who sees it now, with the way back.
fn said(circle: CircleId, things: &[Keepsake], who: Vec<String>) {
    let text = if who.is_empty() {
        client::ONLY_YOU_SEE.into()
    } else {
        let who = names(who);
        Text::live(move || client::sees_this_now(who.get()).get())
    };
    let back: Vec<Change> = things.iter().map(|thing| set(thing.id, "audience", thing.audience.clone())).collect();
    clear_toast();
    show_toast(Toast::new(text).with_undo(move || take_back(circle, back.clone())));
    go_back();
}

fn nobody() -> AnyView {
    let tap = Tap::to(CompanionPlace::from(WayPlace::Consent));
    view! {
        <EmptyState picture="locked" sentence=client::NOBODY_SEES_PHOTOS more=client::YOU_CHOOSE>
            <Button text=client::WHO_SEES_WHAT icon=Icon::EYE tap />
        </EmptyState>
    }
    .into_any()
}

fn choose(
    circle: CircleId,
    shown: Shown,
    chosen: Memo<Vec<PersonId>>,
    picked: RwSignal<Option<Vec<PersonId>>>,
) -> AnyView {
    let tiles = shown
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
    let things = shown.things.into_iter().map(|thing| keepsake(circle, thing)).collect_view();
    view! {
        <Sentence text=client::WANT_TO_SHOW title=true />
        {things}
        <Tiles three=true>{tiles}</Tiles>
        <p class="soft">{client::ONLY_WHOM_YOU_PICK}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::Millis;

    use super::*;
    use crate::components::Saved;

    #[test]
    fn who_lost_the_right_to_see_photos_is_not_shown_this_one_again_unseen() {
        let [karin, youssef] = [PersonId([1; 16]), PersonId([2; 16])];
        let who = Supporter {
            person: youssef,
            name: "Youssef".into(),
            called: None,
            phone: None,
            sees: vec![Section::Photos],
            decides: false,
        };
        let thing = |audience: &[PersonId]| Keepsake {
            id: RecordId([3; 16]),
            made: None,
            at: Millis(1),
            photo: None,
            voice: None,
            text: None,
            audience: audience.to_vec(),
            saved: Saved::Sent,
        };
        let shown = Shown { things: vec![thing(&[]), thing(&[karin, youssef])], supporters: vec![who] };
        assert_eq!(shown.to(), [youssef]);
    }
}
