//! Taking or choosing a photo or a film. The file is handed on as it is; shrinking and keeping it is the screen's work.

use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::button::Appearance;
use super::icon::{Icon, icon};
use crate::event::Handler;
use crate::words::Text;

/// A button that opens the camera of a phone, or the file chooser of a computer.
#[component]
pub fn PhotoInput(
    /// What it says: "Maak een foto", "Nieuwe foto".
    #[prop(into)]
    text: Text,
    /// The photo as the device gave it.
    #[prop(into)]
    on_photo: Handler<File>,
    /// Offers the album as well instead of opening the camera at once.
    #[prop(optional)]
    from_album: bool,
    /// Takes the full width.
    #[prop(optional)]
    wide: bool,
    /// Takes several photos at once, and hands them on in their order.
    #[prop(optional)]
    several: bool,
    /// What it means.
    #[prop(optional)]
    appearance: Appearance,
) -> impl IntoView {
    let class = [appearance.class(), " photo-input", if wide { " wide" } else { "" }].concat();
    view! {
        <label class=class>
            {icon(Icon::CAMERA)}
            <span>{text}</span>
            <input type="file" accept="image/*" multiple=several.then_some("") capture=(!from_album).then_some("environment") on:change=move |event| picked(&event, &on_photo) />
        </label>
    }
}

/// A button that films with the camera of a phone, or opens the file chooser of a computer.
#[component]
pub fn FilmInput(
    /// What it says.
    #[prop(into)]
    text: Text,
    /// The film as the device gave it.
    #[prop(into)]
    on_film: Handler<File>,
) -> impl IntoView {
    view! {
        <label class="button quiet photo-input">
            {icon(Icon::CAMERA)}
            <span>{text}</span>
            <input type="file" accept="video/*" capture="environment" on:change=move |event| picked(&event, &on_film) />
        </label>
    }
}

/// A button that opens the file chooser.
#[component]
pub fn FileInput(
    /// What it says.
    #[prop(into)]
    text: Text,
    /// The kinds of file, as the browser names them.
    accept: &'static str,
    /// The file as the device gave it.
    #[prop(into)]
    on_file: Handler<File>,
) -> impl IntoView {
    view! {
        <label class="button quiet photo-input">
            {icon(Icon::BOOK)}
            <span>{text}</span>
            <input type="file" accept=accept on:change=move |event| picked(&event, &on_file) />
        </label>
    }
}

/// Hands on what was chosen, in its order.
fn picked(event: &leptos::ev::Event, on_file: &Handler<File>) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    let files = input.files();
    for file in files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))) {
        on_file.run(file);
    }
    // The same file may be chosen again.
    input.set_value("");
}
