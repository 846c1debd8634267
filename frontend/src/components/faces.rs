//! Five faces, one choice: how it went, picked by the person it was about.

use leptos::ev::KeyboardEvent;
use opstap_core::model::Face;
use opstap_view::prelude::*;

use super::segments::{Move, focus_choice};
use crate::event::Handler;
use crate::words::{Text, Word, shared};

/// The word under a face.
#[must_use]
pub fn face_word(face: Face) -> Word {
    match face {
        Face::Great => shared::FACE_GREAT,
        Face::Good => shared::FACE_GOOD,
        Face::SoSo => shared::FACE_OKAY,
        Face::Hard => shared::FACE_HARD,
        Face::Bad => shared::FACE_BAD,
    }
}

/// Eyes and mouth on a grid of 48.
fn features(face: Face) -> &'static str {
    match face {
        Face::Great => "M14 19.5q3-4 6 0M28 19.5q3-4 6 0M13.5 26.5h21q-1.5 9-10.5 9t-10.5-9z",
        Face::Good => "M17 18v2.5M31 18v2.5M14.5 28q9.5 9 19 0",
        Face::SoSo => "M17 18v2.5M31 18v2.5M15.5 31h17",
        Face::Hard => "M13.5 16.5l5-2.5M29.5 14l5 2.5M17 20v2M31 20v2M15.5 34q8.5-8 17 0",
        Face::Bad => "M13.5 14.5l6 3M34.5 14.5l-6 3M17 21v2M31 21v2M14.5 33.5l4.5-3 5 3 5-3 4.5 3",
    }
}

/// One face with its word, for lists and figures.
#[component]
pub fn FaceMark(
    /// Which face.
    face: Face,
    /// Without its word in sight; a screen reader still hears it.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let class = if alone { "for-voice" } else { "small" };
    view! { <span class="row">{drawing(face)}<span class=class>{face_word(face)}</span></span> }
}

fn drawing(face: Face) -> AnyView {
    view! {
        <svg class="face-drawing" viewBox="0 0 48 48" aria-hidden="true">
            <circle cx="24" cy="24" r="21" />
            <path d=features(face) />
        </svg>
    }
    .into_any()
}

/// The choice of one of five faces; arrow keys walk through them. Nothing needs to be chosen.
#[component]
pub fn Faces(
    /// The face chosen, if any.
    #[prop(into)]
    chosen: Signal<Option<Face>>,
    /// A face was tapped.
    #[prop(into)]
    on_choose: Handler<Face>,
    /// What is asked; "Hoe ging het?" by itself.
    #[prop(optional, into)]
    question: Option<Text>,
) -> impl IntoView {
    let question = question.unwrap_or_else(|| shared::FACE_QUESTION.into());
    let faces = Face::ALL
        .iter()
        .copied()
        .enumerate()
        .map(|(place, face)| {
            let (choose, walk) = (on_choose.clone(), on_choose.clone());
            let is_chosen = move || chosen.get() == Some(face);
            // One stop for Tab: the chosen face, or the first when none is.
            let stop = move || {
                if chosen.get().map_or(place == 0, |chosen| chosen == face) { "0" } else { "-1" }
            };
            let step = move |event: KeyboardEvent| {
                let Some(next) = Move::from_key(&event.key()).map(|step| step.from(place, Face::ALL.len())) else {
                    return;
                };
                event.prevent_default();
                if let Some(face) = Face::ALL.get(next) {
                    walk.run(*face);
                    focus_choice(&event, next);
                }
            };
            view! {
                <button
                    type="button"
                    class="face"
                    role="radio"
                    aria-checked=move || if is_chosen() { "true" } else { "false" }
                    tabindex=stop
                    on:click=move |_| choose.run(face)
                    on:keydown=step
                >
                    {drawing(face)}
                    <span>{face_word(face)}</span>
                </button>
            }
        })
        .collect_view();
    view! { <div class="faces" role="radiogroup" aria-label=question>{faces}</div> }
}
