//! How a new plan begins: with photos, with words, from a plan there is already, or from a file.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::Model;
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::from_plan::FromPlan;
use super::plan_file::FromFile;
use super::roll::{Roll, begun, last_place};
use crate::components::{Appearance, Button, Icon, PhotoInput, Toast, changing, show_toast};
use crate::device::{self, Reader};
use crate::pages::shared::not_kept;
use crate::words::new_plan;

/// Where a new plan leads, in the bundle that shows it.
#[derive(Clone, Copy)]
pub struct Ways {
    /// The photos and their words.
    pub photos: fn(CircleId, RecordId),
    /// The editor.
    pub editor: fn(CircleId, RecordId),
    /// Several photos at once, from a folder: a desk has no camera to walk about with.
    pub from_folder: bool,
}

/// The ways to begin.
#[component]
pub fn NewPlan(circle: CircleId, ways: Ways) -> impl IntoView {
    let roll = Roll::of(circle, device::new_id(), None);
    let busy = roll.busy;
    let photo = move |file| Rc::clone(&roll).take(file, move |plan| (ways.photos)(circle, plan));
    // On a phone the camera opens at once; photos that were taken before come from its album.
    let before = (!ways.from_folder).then(|| {
        let photo = photo.clone();
        view! { <PhotoInput text=new_plan::FIRST_PHOTOS on_photo=photo from_album=true several=true wide=true /> }
    });
    let words = move || {
        spawn_local(async move {
            let plan = device::new_id();
            let last = last_place(&Reader::new(circle)).await;
            match device::edit(circle, vec![begun(last.as_deref(), None).make(plan)]).await {
                Ok(()) => (ways.editor)(circle, plan),
                Err(why) => show_toast(Toast::new(not_kept(why))),
            }
        });
    };
    let text = if ways.from_folder { new_plan::FIRST_PHOTOS } else { new_plan::FIRST_PHOTO };
    let (several, wide, appearance) = (ways.from_folder, !ways.from_folder, Appearance::Primary);
    view! {
        <section class="stack">
            <PhotoInput text on_photo=photo from_album=several several wide appearance />
            {before}
            <p class="soft">{new_plan::PHOTOS_MEAN}</p>
            <p role="status" class="small">{changing(move || busy.get().then_some(new_plan::PHOTO_COMES).into_any())}</p>
        </section>
        <div class="row">
            <Button text=new_plan::WITH_WORDS icon=Icon::PENCIL tap=words />
            <FromFile circle ways />
        </div>
        <section class="stack">
            <h2 class="title">{new_plan::FROM_PLAN}</h2>
            <FromPlan circle ways />
        </section>
    }
}
