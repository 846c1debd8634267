//! Taking or choosing a photo. The file is handed on as it is; shrinking and keeping it is the screen's work.

use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

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
) -> impl IntoView {
    let picked = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(photo) = input.files().and_then(|files| files.get(0)) {
            on_photo.run(photo);
        }
        // The same photo may be chosen again.
        input.set_value("");
    };
    let class = if wide { "button quiet photo-input wide" } else { "button quiet photo-input" };
    view! {
        <label class=class>
            {icon(Icon::CAMERA)}
            <span>{text}</span>
            <input type="file" accept="image/*" capture=(!from_album).then_some("environment") on:change=picked />
        </label>
    }
}
