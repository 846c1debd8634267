//! Saying a few words in place of typing them: the browser writes them down, or else the voice itself is kept.

use opstap_view::prelude::*;

use crate::components::{Button, Icon, Size, changing};
use crate::dictation::{Dictated, Dictation, as_sentence};
use crate::event::Handler;
use crate::words::{Text, new_plan};

/// A round button that listens once.
#[component]
pub(super) fn SayWords(
    /// What it says to a screen reader.
    #[prop(into)]
    text: Text,
    /// The words, as a sentence.
    #[prop(into)]
    on_words: Handler<String>,
    /// Set to false where the browser can not listen after all.
    works: RwSignal<bool>,
) -> impl IntoView {
    let dictation = Dictation::here();
    let listen = move || {
        let on_words = on_words.clone();
        dictation.begin(
            move |words| on_words.run(as_sentence(&words)),
            move || {
                let _ = works.try_set(false);
            },
        );
    };
    let says = move || match dictation.state.get() {
        Dictated::Idle => "",
        Dictated::Listening => new_plan::LISTENS.get(),
        Dictated::Nothing => new_plan::HEARD_NOTHING.get(),
    };
    let button = changing(move || {
        let (text, tap) = (text.clone(), listen.clone());
        works
            .get()
            .then(|| view! { <Button text icon=Icon::MICROPHONE mark_only=true size=Size::Tool tap /> }.into_any())
            .into_any()
    });
    view! { {button}<span role="status" class="small soft">{says}</span> }
}
