//! Speaking something in. Without a microphone there is no button, and without leave a plain sentence.

use opstap_view::prelude::*;
use web_sys::Blob;

use super::button::{Appearance, Button};
use super::changing::changing;
use super::icon::Icon;
use crate::event::Handler;
use crate::recorder::{Recorder, Recording, can_record};
use crate::words::{Text, shared};

/// A button that opens the microphone, and closes it again.
#[component]
pub fn VoiceRecorder(
    /// What it says: "Spreek in".
    #[prop(into)]
    text: Text,
    /// What was said, as the browser recorded it; perhaps when the screen is already gone.
    #[prop(into)]
    on_voice: Handler<Blob>,
    /// The recorder of the screen, where that wants to know how far it is.
    #[prop(optional)]
    recorder: Option<Recorder>,
    /// Takes the full width.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let recorder = recorder.unwrap_or_else(Recorder::here);
    let begin = move || {
        let on_voice = on_voice.clone();
        recorder.begin(move |voice| on_voice.run(voice));
    };
    let button = changing(move || match recorder.state.get() {
        Recording::On => {
            let tap = move || recorder.stop();
            view! { <Button text=shared::STOP_RECORDING icon=Icon::STOP appearance=Appearance::Danger wide tap /> }
                .into_any()
        }
        Recording::Idle | Recording::Asking | Recording::Closing | Recording::Refused => {
            let tap = begin.clone();
            view! { <Button text=text.clone() icon=Icon::MICROPHONE wide tap /> }.into_any()
        }
    });
    let says = move || match recorder.state.get() {
        Recording::Idle | Recording::Closing => "",
        Recording::Asking => shared::MICROPHONE_ASKS.get(),
        Recording::On => shared::RECORDING.get(),
        Recording::Refused => shared::NO_MICROPHONE.get(),
    };
    can_record().then(|| view! { <div class="stack">{button}<p role="status" class="small">{says}</p></div> })
}
