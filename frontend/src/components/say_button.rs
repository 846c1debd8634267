//! Reading aloud with the browser's own voice. No voice in the language of the screen: no button.

use opstap_view::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

use super::icon::{Icon, icon};
use crate::language::{Language, language, language_now};
use crate::words::{Text, shared};

fn synthesis() -> Option<SpeechSynthesis> {
    // Some browsers have no speech at all; asking for it there throws.
    web_sys::window()?.speech_synthesis().ok()
}

fn voice(language: Language) -> Option<SpeechSynthesisVoice> {
    let voices = synthesis()?.get_voices();
    let speaks = |voice: &SpeechSynthesisVoice| Language::from_tag(&voice.lang()) == Some(language);
    let all = voices.iter().filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok()).filter(speaks);
    // A voice on the device itself needs no network.
    all.max_by_key(SpeechSynthesisVoice::local_service)
}

/// The round button beside a sentence. Tapping again stops; leaving the screen stops too.
#[component]
pub fn SayButton(
    /// What it reads.
    #[prop(into)]
    text: Text,
) -> impl IntoView {
    let has_voice = RwSignal::new(false);
    let speaking = RwSignal::new(false);
    let look = move || has_voice.set(voice(language_now()).is_some());
    Effect::new(move |_| has_voice.set(voice(language()).is_some()));
    follow_voices(look);
    on_cleanup(move || {
        if speaking.get_untracked() {
            stop();
        }
    });
    let act = move |_| {
        if speaking.get_untracked() {
            stop();
            speaking.set(false);
        } else {
            speak(&text.plain(), speaking);
        }
    };
    let label = move || {
        if speaking.get() { shared::STOP_READING.get() } else { shared::READ_ALOUD.get() }
    };
    let mark = move || icon(if speaking.get() { Icon::STOP } else { Icon::SPEAKER });
    let act = StoredValue::new_local(act);
    move || {
        has_voice.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button speak"
                    aria-label=label
                    on:click=move |event: leptos::ev::MouseEvent| act.with_value(|act| act(event))
                >
                    {mark}
                </button>
            }
        })
    }
}

/// Voices often arrive after the page; while the button lives it hears of them.
fn follow_voices(look: impl Fn() + 'static) {
    let Some(synthesis) = synthesis() else { return };
    let came = Closure::<dyn Fn()>::new(look);
    let _ = synthesis.add_event_listener_with_callback("voiceschanged", came.as_ref().unchecked_ref());
    let kept = send_wrapper::SendWrapper::new((synthesis, came));
    on_cleanup(move || {
        let (synthesis, came) = kept.take();
        let _ = synthesis.remove_event_listener_with_callback("voiceschanged", came.as_ref().unchecked_ref());
    });
}

fn speak(text: &str, speaking: RwSignal<bool>) {
    let language = language_now();
    let (Some(synthesis), Ok(said)) = (synthesis(), SpeechSynthesisUtterance::new_with_text(text)) else {
        return;
    };
    said.set_lang(language.tag());
    said.set_voice(voice(language).as_ref());
    said.set_rate(0.9);
    // The screen may be gone when the voice ends, and its signal with it.
    let ended = Closure::once_into_js(move || {
        let _ = speaking.try_set(false);
    });
    let ended: &js_sys::Function = ended.unchecked_ref();
    said.set_onend(Some(ended));
    synthesis.cancel();
    synthesis.speak(&said);
    speaking.set(true);
}

fn stop() {
    if let Some(synthesis) = synthesis() {
        synthesis.cancel();
    }
}

/// The sentence of a screen with its speaker on the right.
#[component]
pub fn Sentence(
    /// What it says and reads.
    #[prop(into)]
    text: Text,
    /// It is the title of the screen (`h1`); otherwise a paragraph.
    #[prop(optional)]
    title: bool,
) -> impl IntoView {
    let said = text.clone();
    let words = if title {
        view! { <h1 class="sentence">{text}</h1> }.into_any()
    } else {
        view! { <p class="sentence">{text}</p> }.into_any()
    };
    view! { <div class="say">{words}<SayButton text=said /></div> }
}
