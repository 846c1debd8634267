//! Writing down what somebody says, where the browser can. Nothing is heard before somebody taps.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::LocalStorage;
use opstap_core::letters::capital;
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::language::language_now;

#[wasm_bindgen]
extern "C" {
    /// The browser's `SpeechRecognition`, which has a prefix in some.
    type Listener;
    #[wasm_bindgen(method, catch)]
    fn start(this: &Listener) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn abort(this: &Listener);
}

/// How far dictation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dictated {
    /// Nothing is heard.
    #[default]
    Idle,
    /// The browser listens.
    Listening,
    /// It heard no words.
    Nothing,
}

/// What takes down words for one field. It stops with its owner.
#[derive(Clone, Copy)]
pub struct Dictation {
    /// How far it is.
    pub state: RwSignal<Dictated>,
    open: StoredValue<Option<Open>, LocalStorage>,
}

/// A browser that listens. Dropping it stops that.
struct Open {
    listener: Listener,
    _hears: [Closure<dyn Fn(JsValue)>; 3],
}

impl Drop for Open {
    fn drop(&mut self) {
        for name in EVENTS {
            let _ = Reflect::set(&self.listener, &name.into(), &JsValue::NULL);
        }
        self.listener.abort();
    }
}

const EVENTS: [&str; 3] = ["onresult", "onerror", "onend"];

/// What makes a listener, where the browser has one.
fn maker() -> Option<Function> {
    let names = ["SpeechRecognition", "webkitSpeechRecognition"];
    names.iter().find_map(|name| Reflect::get(&js_sys::global(), &(*name).into()).ok()?.dyn_into().ok())
}

/// Whether this browser can write down what is said.
#[must_use]
pub fn can_dictate() -> bool {
    maker().is_some()
}

/// The first words of what a browser heard.
fn words_of(event: &JsValue) -> Option<String> {
    let first = |of: &JsValue| Reflect::get_u32(of, 0).ok();
    let results = Reflect::get(event, &"results".into()).ok()?;
    let words = Reflect::get(&first(&first(&results)?)?, &"transcript".into()).ok()?.as_string()?;
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// As a sentence of a plan begins and ends. Browsers give bare words.
#[must_use]
pub fn as_sentence(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    std::iter::once(capital(first)).chain(letters).chain(end.chars()).collect()
}

impl Dictation {
    /// Nothing is heard yet.
    #[must_use]
    pub fn here() -> Self {
        let dictation = Self { state: RwSignal::new(Dictated::Idle), open: StoredValue::new_local(None) };
        on_cleanup(move || drop(dictation.open.try_update_value(Option::take)));
        dictation
    }

    /// Listens until somebody is silent, and hands on the words. `fails` is told where the browser may or can not listen after all.
    pub fn begin(self, done: impl Fn(String) + 'static, fails: impl Fn() + 'static) {
        if self.state.get_untracked() == Dictated::Listening {
            return;
        }
        let Some(opened) = self.open(done, fails) else { return };
        self.state.set(Dictated::Listening);
        let _ = self.open.try_update_value(|open| *open = Some(opened));
    }

    fn open(self, done: impl Fn(String) + 'static, fails: impl Fn() + 'static) -> Option<Open> {
        let listener: Listener = Reflect::construct(&maker()?, &Array::new()).ok()?.unchecked_into();
        let hears = Closure::<dyn Fn(JsValue)>::new(move |event| {
            if let Some(words) = words_of(&event) {
                let _ = self.state.try_set(Dictated::Idle);
                done(words);
            }
        });
        let fails = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let why = Reflect::get(&event, &"error".into()).ok().and_then(|why| why.as_string());
            let _ = self.state.try_set(Dictated::Nothing);
            // Silence is no reason to take the button away.
            if !matches!(why.as_deref(), Some("no-speech" | "aborted")) {
                fails();
            }
        });
        let ends = Closure::<dyn Fn(JsValue)>::new(move |_| {
            let _ = self.state.try_update(|state| {
                if *state == Dictated::Listening {
                    *state = Dictated::Nothing;
                }
            });
        });
        let hears = [hears, fails, ends];
        for (name, hear) in EVENTS.into_iter().zip(&hears) {
            Reflect::set(&listener, &name.into(), hear.as_ref()).ok()?;
        }
        Reflect::set(&listener, &"lang".into(), &language_now().tag().into()).ok()?;
        let opened = Open { listener, _hears: hears };
        opened.listener.start().ok()?;
        Some(opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_said_stand_as_a_sentence() {
        assert_eq!(as_sentence("pak je tas"), "Pak je tas.");
        assert_eq!(as_sentence("Heb je alles?"), "Heb je alles?");
        assert_eq!(as_sentence("één ei"), "Één ei.");
        assert_eq!(as_sentence(""), "");
    }
}
