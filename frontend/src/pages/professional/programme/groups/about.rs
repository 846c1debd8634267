//! What a group is: its name and picture, when and where, how many places. Each field keeps itself.

use leptos::task::spawn_local;
use opstap_core::model::{Group, Picture, set};
use opstap_core::{CircleId, RecordId};
use opstap_insight::GroupStory;
use opstap_view::prelude::*;

use crate::components::{Field, TextArea};
use crate::device;
use crate::pages::shared::care::keep_in_circles;
use crate::pages::shared::plan_editor::picture_button;
use crate::stories;
use crate::words::groups;

/// The fields.
pub(super) fn about(circle: CircleId, id: RecordId, now: Memo<Option<GroupStory>>) -> AnyView {
    let text = move |of: fn(&Group) -> Option<String>| {
        Signal::derive(move || now.with(|now| now.as_ref().and_then(|now| of(&now.group))).unwrap_or_default())
    };
    let named = text(|group| Some(group.name.clone()));
    let name = move |typed: String| {
        let (typed, Some(story)) = (typed.trim().to_owned(), now.get_untracked()) else { return };
        if !typed.is_empty() && typed != story.group.name {
            let edits = stories::groups::renamed(circle, &story, &typed);
            for (circle, changes) in edits {
                device::keep(circle, changes);
            }
        }
    };
    let meets = move |typed: String| {
        let typed = typed.trim();
        let typed = (!typed.is_empty()).then(|| typed.to_owned());
        device::keep(circle, vec![set(id, "meets", typed)]);
    };
    let places = move |typed: String| device::keep(circle, vec![set(id, "places", typed.trim().parse::<u32>().ok())]);
    view! {
        <div class="stack">
            <div class="row group-words">
                {picture(circle, now)}
                <div class="fill"><Field label=groups::NAME value=named on_change=name /></div>
            </div>
            <TextArea label=groups::MEETS hint=groups::MEETS_MORE value=text(|group| group.meets.clone()) on_change=meets />
            <Field label=groups::PLACES hint=groups::PLACES_MORE kind="number" value=text(|group| group.places.map(|places| places.to_string())) on_change=places />
        </div>
    }
    .into_any()
}

/// The picture is the button that changes it.
fn picture(circle: CircleId, now: Memo<Option<GroupStory>>) -> AnyView {
    let of = Memo::new(move |_| now.with(|now| now.as_ref().and_then(|now| now.group.picture.clone())));
    let words = move || now.with_untracked(|now| now.as_ref().map(|now| now.group.name.clone())).unwrap_or_default();
    let choose = move |picture: Option<Picture>| {
        let Some(story) = now.get_untracked() else { return };
        let edits = stories::groups::drawn(circle, &story, picture);
        spawn_local(async move {
            keep_in_circles(edits, groups::PICTURE_KEPT.into()).await;
        });
    };
    picture_button(circle, groups::PICTURE, of, words, choose)
}
