//! Reading aloud, with a recorded voice where there is one and else with the browser's own, and telling which word sounds.

use std::cell::{Cell, RefCell};

use opstap_view::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    HtmlAudioElement, SpeechSynthesis, SpeechSynthesisEvent, SpeechSynthesisUtterance, SpeechSynthesisVoice,
};

use crate::language::{Language, language_now};

/// How many letters a recorded voice says in a second, where the browser cannot tell how long the recording is.
const LETTERS_A_SECOND: f64 = 14.0;

/// A recording that sounds, with what listens to it.
struct Playing {
    audio: HtmlAudioElement,
    _hears: [Closure<dyn Fn()>; 2],
}

impl Drop for Playing {
    fn drop(&mut self) {
        self.audio.set_ontimeupdate(None);
        self.audio.set_onended(None);
        let _ = self.audio.pause();
    }
}

thread_local! {
    // One sound at a time, as with the browser's own voice.
    static PLAYING: RefCell<Option<Playing>> = const { RefCell::new(None) };
    static NOW: Cell<Option<Reading>> = const { Cell::new(None) };
    // Readers and sounds by number: a voice that was cut short tells of its end when the next already sounds.
    static NTH: Cell<u32> = const { Cell::new(0) };
    static SOUND: Cell<u32> = const { Cell::new(0) };
}

fn next_number() -> u32 {
    let nth = NTH.get().wrapping_add(1);
    NTH.set(nth);
    nth
}

/// A little slower than browsers read.
const RATE: f32 = 0.9;

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

/// Whether something can be read aloud in a language.
pub fn speaks(language: Language) -> bool {
    voice(language).is_some()
}

/// Voices often arrive after the page; while the owner lives it hears of them.
pub fn follow_voices(look: impl Fn() + 'static) {
    let Some(synthesis) = synthesis() else { return };
    let came = Closure::<dyn Fn()>::new(look);
    let _ = synthesis.add_event_listener_with_callback("voiceschanged", came.as_ref().unchecked_ref());
    let kept = send_wrapper::SendWrapper::new((synthesis, came));
    on_cleanup(move || {
        let (synthesis, came) = kept.take();
        let _ = synthesis.remove_event_listener_with_callback("voiceschanged", came.as_ref().unchecked_ref());
    });
}

/// What is being read, as a screen follows it.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Whether it sounds.
    pub sounds: RwSignal<bool>,
    /// The word that sounds, counted from 0, where the voice tells.
    pub word: RwSignal<Option<usize>>,
    number: u32,
}

impl Reading {
    /// Nothing yet. It stops with its owner.
    pub fn here() -> Self {
        let reading = Self { sounds: RwSignal::new(false), word: RwSignal::new(None), number: next_number() };
        on_cleanup(move || {
            if NOW.get().is_some_and(|now| now.number == reading.number) {
                silence();
            }
        });
        reading
    }

    /// Reads this, instead of whatever sounds. The screen may be gone before the voice ends, and its signals with it.
    pub fn begin(self, text: String) {
        let language = language_now();
        let (Some(synthesis), Ok(said)) = (synthesis(), SpeechSynthesisUtterance::new_with_text(&text)) else {
            return;
        };
        said.set_lang(language.tag());
        said.set_voice(voice(language).as_ref());
        said.set_rate(RATE);
        let word = Closure::<dyn Fn(SpeechSynthesisEvent)>::new(move |event: SpeechSynthesisEvent| {
            let place = usize::try_from(event.char_index()).unwrap_or(0);
            let _ = self.word.try_set(Some(word_at(&text, place)));
        });
        said.set_onboundary(Some(word.as_ref().unchecked_ref()));
        silence();
        let nth = self.begins();
        // A voice ends or fails, and tells one of the two.
        let ended = Closure::once_into_js(move || {
            drop(word);
            self.ends(nth);
        });
        let ended: &js_sys::Function = ended.unchecked_ref();
        said.set_onend(Some(ended));
        said.set_onerror(Some(ended));
        synthesis.speak(&said);
    }

    /// Plays a recording of this text, instead of whatever sounds. Which word sounds is reckoned: a recording does not tell.
    pub fn play(self, address: &str, text: String) {
        let Ok(audio) = HtmlAudioElement::new_with_src(address) else { return };
        silence();
        let nth = self.begins();
        let moved = {
            let audio = audio.clone();
            Closure::<dyn Fn()>::new(move || {
                let place = place_at(&text, audio.current_time(), audio.duration());
                let _ = self.word.try_set(Some(word_at(&text, place)));
            })
        };
        let ended = Closure::<dyn Fn()>::new(move || self.ends(nth));
        audio.set_ontimeupdate(Some(moved.as_ref().unchecked_ref()));
        audio.set_onended(Some(ended.as_ref().unchecked_ref()));
        // A browser may refuse to sound before the first tap: then nothing sounds and nothing is marked.
        if let Ok(begun) = audio.play() {
            leptos::task::spawn_local(async move {
                if wasm_bindgen_futures::JsFuture::from(begun).await.is_err() {
                    self.ends(nth);
                }
            });
        }
        PLAYING.set(Some(Playing { audio, _hears: [moved, ended] }));
    }

    /// Stops.
    pub fn stop(self) {
        silence();
    }

    /// Which sound it is.
    fn begins(self) -> u32 {
        let nth = next_number();
        SOUND.set(nth);
        NOW.set(Some(self));
        let _ = self.sounds.try_set(true);
        nth
    }

    /// That sound is over; another may be under way.
    fn ends(self, nth: u32) {
        if SOUND.get() == nth {
            NOW.set(None);
            self.is_still();
        }
    }

    fn is_still(self) {
        let _ = self.sounds.try_set(false);
        let _ = self.word.try_set(None);
    }
}

fn silence() {
    if let Some(reading) = NOW.take() {
        reading.is_still();
    }
    drop(PLAYING.take());
    if let Some(synthesis) = synthesis() {
        synthesis.cancel();
    }
}

/// At which place of its text a recording is, by its time, in UTF-16 units. Browsers that recorded it themselves often do not know how
/// long it is.
fn place_at(text: &str, now: f64, length: f64) -> usize {
    let letters = f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    let said = if length.is_finite() && length > 0.0 { now / length * letters } else { now * LETTERS_A_SECOND };
    let said = text.chars().zip(1_u32..).take_while(|(_, nth)| f64::from(*nth) <= said && f64::from(*nth) < letters);
    said.map(|(sign, _)| sign.len_utf16()).sum()
}

/// Which word of a text begins at this place, counted from 0. Browsers count in UTF-16 units.
fn word_at(text: &str, place: usize) -> usize {
    let (mut units, mut begun, mut within) = (0, 0_usize, false);
    for sign in text.chars() {
        let starts = !sign.is_whitespace() && !within;
        begun += usize::from(starts);
        within = !sign.is_whitespace();
        units += sign.len_utf16();
        if units > place {
            break;
        }
    }
    begun.saturating_sub(1)
}

/// A text in three: what stands before a word, the word, and the rest. Without that word all of it stands before.
pub fn around(text: &str, word: usize) -> (&str, &str, &str) {
    let mut left = word;
    let mut from = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let bare = part.trim_end();
        if !bare.is_empty() {
            if left == 0 {
                let (before, rest) = text.split_at(from);
                let (word, after) = rest.split_at(bare.len());
                return (before, word, after);
            }
            left -= 1;
        }
        from += part.len();
    }
    (text, "", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Pak het  brood én 🍞 beleg.";

    #[test]
    fn a_recording_is_at_the_place_that_its_time_gives_also_when_its_length_is_not_known() {
        let text = "Pak een kar en ga de winkel in met je tas.";
        assert_eq!([0.0, 1.0, 2.0, 9.0].map(|now| place_at(text, now, 2.0)), [0, 21, 41, 41]);
        assert_eq!([0.0, 1.0, 9.0].map(|now| place_at(text, now, f64::INFINITY)), [0, 14, 41]);
        assert_eq!((place_at("", 1.0, f64::NAN), place_at("Pak", 1.0, 0.0)), (0, 2));
    }

    #[test]
    fn a_place_in_utf_16_is_the_word_that_begins_there() {
        let at = |word: &str| word_at(TEXT, TEXT[..TEXT.find(word).unwrap()].encode_utf16().count());
        assert_eq!(["Pak", "het", "brood", "én", "🍞", "beleg"].map(at), [0, 1, 2, 3, 4, 5]);
        assert_eq!((word_at("", 3), word_at(TEXT, 900)), (0, 5));
    }

    #[test]
    fn a_word_stands_between_what_comes_before_and_after() {
        assert_eq!(around(TEXT, 0), ("", "Pak", " het  brood én 🍞 beleg."));
        assert_eq!(around(TEXT, 2), ("Pak het  ", "brood", " én 🍞 beleg."));
        assert_eq!(around(TEXT, 5), ("Pak het  brood én 🍞 ", "beleg.", ""));
        assert_eq!(around(TEXT, 6), (TEXT, "", ""));
        let shy = "Bood\u{ad}schappen doen";
        assert_eq!(around(shy, 1), ("Bood\u{ad}schappen ", "doen", ""));
    }
}
