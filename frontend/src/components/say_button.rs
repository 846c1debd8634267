//! Reading a sentence aloud, or a whole screen. No voice in the language of the screen and no recording: no button.

use opstap_view::prelude::*;
use wasm_bindgen::JsCast;

use super::changing::changing;
use super::icon::{Icon, icon};
use crate::language::{language, language_now};
use crate::voice::{Reading, around, follow_voices, speaks};
use crate::words::{Text, shared};

/// The round button beside a sentence. Tapping again stops; leaving the screen stops too.
#[component]
pub fn SayButton(
    /// What it reads.
    #[prop(into)]
    text: Text,
    /// After that the rest of the screen, so that nothing on it has to be read by eye.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    say(Said { text, recorded: None, whole }, Reading::here(), can_sound(has_voice(), None))
}

/// A button that plays what somebody spoke.
#[component]
pub fn HearButton(
    /// Where the recording is; nothing while it is not on this device.
    voice: Signal<Option<String>>,
    /// What was spoken, where it is known.
    #[prop(optional, into)]
    text: Option<Text>,
) -> impl IntoView {
    let text = text.unwrap_or_else(|| String::new().into());
    let said = Said { text, recorded: Some(voice), whole: false };
    say(said, Reading::here(), can_sound(RwSignal::new(false), Some(voice)))
}

/// What a speaker says.
#[derive(Clone)]
struct Said {
    text: Text,
    /// As somebody spoke it.
    recorded: Option<Signal<Option<String>>>,
    /// The rest of the screen too.
    whole: bool,
}

/// Whether there is a voice, now and later.
fn has_voice() -> RwSignal<bool> {
    let has_voice = RwSignal::new(false);
    Effect::new(move |_| has_voice.set(speaks(language())));
    follow_voices(move || has_voice.set(speaks(language_now())));
    has_voice
}

/// Whether it can be heard: as somebody spoke it, or with the device's voice.
fn can_sound(has_voice: RwSignal<bool>, recorded: Option<Signal<Option<String>>>) -> Signal<bool> {
    Signal::derive(move || has_voice.get() || recorded.is_some_and(|recorded| recorded.with(Option::is_some)))
}

/// With the recording where there is one, else with the device's voice.
fn begin(reading: Reading, said: &Said) {
    let text = said.text.plain();
    match said.recorded.and_then(|recorded| recorded.get_untracked()) {
        Some(address) => reading.play(&address, text),
        None if said.whole => reading.begin(with_the_rest(&text, &shown_on_the_screen())),
        None => reading.begin(text),
    }
}

/// What stands in the main part of the screen and below it, where what can be tapped is; a line a thing.
fn shown_on_the_screen() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let main = document.and_then(|document| document.query_selector("main").ok().flatten());
    let below = main.as_ref().and_then(web_sys::Element::next_element_sibling);
    let mut shown = String::new();
    for part in [main, below].into_iter().flatten() {
        if let Ok(part) = part.dyn_into::<web_sys::HtmlElement>() {
            shown = [&shown, "\n", &part.inner_text()].concat();
        }
    }
    shown.replace('\u{ad}', "")
}

/// A title and what else is shown, each line once and as a sentence.
fn with_the_rest(title: &str, shown: &str) -> String {
    let mut lines = vec![title];
    for line in shown.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let mut said = String::new();
    for line in lines {
        if !said.is_empty() {
            said.push_str(if said.ends_with(['.', '?', '!', ':']) { " " } else { ". " });
        }
        said.push_str(line);
    }
    said
}

fn say(said: Said, reading: Reading, can_sound: Signal<bool>) -> AnyView {
    let act = move |_: leptos::ev::MouseEvent| {
        if reading.sounds.get_untracked() { reading.stop() } else { begin(reading, &said) }
    };
    let label = move || {
        if reading.sounds.get() { shared::STOP_READING.get() } else { shared::READ_ALOUD.get() }
    };
    let mark = move || icon(if reading.sounds.get() { Icon::STOP } else { Icon::SPEAKER });
    let act = StoredValue::new_local(act);
    let button = move || {
        can_sound.get().then(|| {
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
    };
    button.into_any()
}

/// The sentence of a screen with its speaker on the right; that of a title reads the rest of the screen too. The word that sounds is marked
/// while it is one of the sentence.
#[component]
pub fn Sentence(
    /// What it says and reads.
    #[prop(into)]
    text: Text,
    /// It is the title of the screen (`h1`); otherwise a paragraph.
    #[prop(optional)]
    title: bool,
    /// Whether it is read by itself when it comes.
    #[prop(optional, into)]
    aloud: Option<Signal<bool>>,
    /// The sentence as somebody spoke it, once it is on this device: it goes before the device's voice.
    #[prop(default = None)]
    recorded: Option<Signal<Option<String>>>,
    /// It is not seen where it can be heard.
    #[prop(optional)]
    unseen: bool,
) -> impl IntoView {
    let reading = Reading::here();
    let can_sound = can_sound(has_voice(), recorded);
    let said = Said { text: text.clone(), recorded, whole: title };
    if let Some(aloud) = aloud {
        // By itself the sentence alone: the rest is there for whoever taps.
        read_once(Said { whole: false, ..said.clone() }, reading, can_sound, aloud);
    }
    let words = changing(move || {
        let whole = text.get();
        match reading.word.get() {
            None => whole.into_any(),
            Some(word) => {
                let (before, word, after) = around(&whole, word);
                view! { {before.to_owned()}<mark>{word.to_owned()}</mark>{after.to_owned()} }.into_any()
            }
        }
    });
    let words = if title {
        view! { <h1 class="sentence">{words}</h1> }.into_any()
    } else {
        view! { <p class="sentence">{words}</p> }.into_any()
    };
    let class = if unseen { "say unseen" } else { "say" };
    view! { <div class=class>{words}{say(said, reading, can_sound)}</div> }
}

/// How long a recording may take to come from the device before the device's own voice reads, in milliseconds.
const RECORDING_COMES: u32 = 1_000;

/// Reads as soon as there is a voice and it is known that it should; never twice. Where somebody spoke it, their voice goes before the
/// device's, which is there sooner.
fn read_once(said: Said, reading: Reading, can_sound: Signal<bool>, aloud: Signal<bool>) {
    let waits = RwSignal::new(said.recorded.is_some());
    if said.recorded.is_some() {
        leptos::task::spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(RECORDING_COMES).await;
            let _ = waits.try_set(false);
        });
    }
    let recording = said.recorded;
    let is_due = move || {
        let is_here = recording.is_some_and(|recording| recording.with(Option::is_some));
        can_sound.get() && (is_here || !waits.get())
    };
    Effect::new(move |done: Option<bool>| {
        let done = done == Some(true);
        if !done && aloud.get() && is_due() {
            begin(reading, &said);
            return true;
        }
        done
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_read_from_its_title_on_each_line_once_and_as_a_sentence() {
        let shown = "Wie wil je spreken?\n\nKarin\n  mijn moeder \nBel Karin\nBellen kan ook zonder internet.\nKarin\n";
        assert_eq!(
            with_the_rest("Wie wil je spreken?", shown),
            "Wie wil je spreken? Karin. mijn moeder. Bel Karin. Bellen kan ook zonder internet."
        );
        assert_eq!(with_the_rest("Klaar vandaag", ""), "Klaar vandaag");
    }
}
