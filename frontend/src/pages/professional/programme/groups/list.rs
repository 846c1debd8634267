//! The groups: those that go on, with how many take part and what places are left, and behind a line those that ended.

use opstap_core::CircleId;
use opstap_core::model::{Group, Model};
use opstap_insight::GroupStory;
use opstap_view::prelude::*;

use super::super::volunteers::today;
use super::super::{Shown, parts};
use super::reading::Told;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Bones, Button, Field, Icon, ListRow, LoadingBones, Picture, Well, changing, icon};
use crate::dates::{full_day, on_day};
use crate::device;
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::professional::place::DeskPlace;
use crate::words::{Text, groups, programme};

/// The page.
#[component]
pub(in super::super) fn Groups(circle: CircleId) -> impl IntoView {
    let told = Told::open(circle);
    let list = changing(move || match told.stories.get() {
        None => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        Some(all) if all.is_empty() => view! { <p class="soft">{groups::NO_GROUPS}</p> }.into_any(),
        Some(all) => {
            let (on, ended): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.group.ended.is_none());
            let rows = |all: Vec<GroupStory>| all.iter().map(|one| row(circle, one)).collect_view();
            let ended = (!ended.is_empty()).then(|| {
                let count = ended.len();
                view! { <details><summary>{groups::ended_groups(count)}</summary><ul class="list">{rows(ended)}</ul></details> }
            });
            view! { <ul class="list">{rows(on)}</ul>{ended} }.into_any()
        }
    });
    view! {
        <Bar title=programme::PROGRAMME />
        {told.readers()}
        {parts(Shown::Groups)}
        <Columns><Pane>{list}<NewGroup circle /></Pane></Columns>
        <Foot><span>{groups::FIGURES_HERE}</span></Foot>
    }
}

fn row(circle: CircleId, story: &GroupStory) -> AnyView {
    let Group { name, picture, meets, ended, .. } = &story.group;
    let more: Vec<Text> = meets.iter().cloned().map(Text::from).chain(says(story)).collect();
    let more = Text::live(move || more.iter().map(Text::get).collect::<Vec<_>>().join(", "));
    let lead = picture
        .clone()
        .map(|picture| view! { <Picture source=device::picture(circle, Some(picture)) well=Well::Small /> }.into_any());
    let full = ended.is_none() && story.places_left(today()) == Some(0);
    let full = full.then(|| view! { <span class="chip outline push">{groups::FULL}</span> });
    let tap = Tap::to(DeskPlace::Group(story.id));
    let text = Text::from(name.clone());
    view! {
        <li><ListRow text more lead=lead.into_any() tap>{full}{icon(Icon::FORWARD)}</ListRow></li>
    }
    .into_any()
}

/// How many take part and what is left, or since when it is over.
pub(super) fn says(story: &GroupStory) -> Vec<Text> {
    if let Some(ended) = story.group.ended {
        return vec![groups::ended_on(full_day(on_day(ended)).get())];
    }
    let left = story.places_left(today()).filter(|left| *left > 0).map(groups::places_left);
    let taken = match story.taken(today()) {
        0 => groups::NOBODY_YET.into(),
        taken => groups::so_many(taken),
    };
    [taken].into_iter().chain(left).collect()
}

#[component]
fn NewGroup(circle: CircleId) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let none = Signal::derive(move || name.get().trim().is_empty());
    let add = move || {
        let id = device::new_id();
        let name = name.get_untracked().trim().to_owned();
        let group = Group { name, picture: None, meets: None, places: None, ended: None };
        // Its page opens once the group is there to be shown.
        device::keep_and(circle, vec![group.make(id)], move || go_to(DeskPlace::Group(id)));
    };
    view! {
        <section class="stack sheet">
            <h2>{groups::NEW_GROUP}</h2>
            <Field label=groups::NAME value=name on_input=move |text| name.set(text) />
            <div class="row"><Button text=programme::ADD icon=Icon::PLUS disabled=none tap=add /></div>
        </section>
    }
}
