//! Every word people read, in both languages, as typed values made from `frontend/locales`.
//!
//! A key without arguments is a constant (`words::client::TODAY`), one with arguments a function
//! (`words::client::show_to("Karin")`). Both can stand in a view as they are and follow a change of language.

use std::fmt;
use std::sync::Arc;

use opstap_view::Attribute;
use opstap_view::prelude::{AnyView, IntoAttribute, IntoView, Signal};

use crate::language::{Language, language, language_now};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

type Said = Arc<dyn Fn(Language) -> String + Send + Sync>;

/// A fixed text in both languages. Only the words a bundle uses end up in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Dutch, a unit separator and English; once when it is the same in both. Two pointers would be in the program wherever it is handed on.
    both: &'static str,
}

impl Word {
    const fn new(both: &'static str) -> Self {
        Self { both }
    }

    /// The text in one language.
    #[must_use]
    pub fn within(self, language: Language) -> &'static str {
        let (dutch, english) = self.both.split_once('\u{1f}').unwrap_or((self.both, self.both));
        match language {
            Language::Dutch => dutch,
            Language::English => english,
        }
    }

    /// The text in the language of now; inside a view or effect it follows a change.
    #[must_use]
    pub fn get(self) -> &'static str {
        self.within(language())
    }

    /// The text in the language of now, for an event handler.
    #[must_use]
    pub fn now(self) -> &'static str {
        self.within(language_now())
    }
}

/// Title and definition of a figure of a report (`part` figures) or of how one is taken apart (breakdowns), by the word of its key. Places such
/// as `{year}` stand in them as they are.
#[must_use]
pub fn of_report(part: &str, key: &str) -> Option<(Word, Word)> {
    const REPORT: &str = include_str!(concat!(env!("OUT_DIR"), "/report.txt"));
    REPORT.lines().find_map(|line| {
        let mut parts = line.split('\t');
        if parts.next() != Some(part) || parts.next() != Some(key) {
            return None;
        }
        Some((Word::new(parts.next()?), Word::new(parts.next()?)))
    })
}

/// Any text on a screen: a word, a word with its arguments filled in, what a person wrote, or a text that changes.
#[derive(Clone)]
pub struct Text(Said);

impl Text {
    /// A text worked out from signals: `Text::live(move || client::steps_left(left.get()).get())`.
    pub fn live(text: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |_| text()))
    }

    /// Takes the arguments whatever they are of, so that each text brings little more than its words.
    #[inline(never)]
    fn filled(word: Word, arguments: &[&dyn fmt::Display]) -> Self {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        Self(Arc::new(move |language| fill(word.within(language), &arguments)))
    }

    /// The text in one language.
    #[must_use]
    pub fn within(&self, language: Language) -> String {
        (self.0)(language)
    }

    /// The text as it reads now; inside a view or effect it follows language and signals.
    #[must_use]
    pub fn get(&self) -> String {
        self.within(language())
    }

    /// The text as a voice or a window title needs it, without invisible hyphens.
    #[must_use]
    pub fn plain(&self) -> String {
        self.get().replace('\u{ad}', "")
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Arc::new(|_| String::new()))
    }
}

impl fmt::Debug for Text {
    // What a person wrote must not end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text")
    }
}

impl From<Word> for Text {
    fn from(word: Word) -> Self {
        Self(Arc::new(move |language| word.within(language).to_owned()))
    }
}

/// What a person wrote, or a name: the same in every language.
impl From<String> for Text {
    fn from(own: String) -> Self {
        Self(Arc::new(move |_| own.clone()))
    }
}

impl From<Signal<String>> for Text {
    fn from(own: Signal<String>) -> Self {
        Self(Arc::new(move |_| own.get()))
    }
}

impl IntoView for Text {
    fn into_any(self) -> AnyView {
        (move || self.get()).into_any()
    }
}

impl IntoView for Word {
    fn into_any(self) -> AnyView {
        Text::from(self).into_any()
    }
}

impl IntoAttribute for Text {
    fn into_attribute(self) -> Attribute {
        (move || self.get()).into_attribute()
    }
}

impl IntoAttribute for Word {
    fn into_attribute(self) -> Attribute {
        Text::from(self).into_attribute()
    }
}

/// Puts the arguments where their numbers stand between braces.
fn fill(template: &str, arguments: &[String]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((place, tail)) = after.split_once('}') else {
            break;
        };
        let value = place.bytes().next().and_then(|place| arguments.get(usize::from(place.checked_sub(b'0')?)));
        filled.push_str(value.map_or("", String::as_str));
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_stands_in_its_place_and_may_hold_braces_itself() {
        let arguments = ["Karin {0}".to_owned(), "jou".to_owned()];
        assert_eq!(fill("Laat {1} zien aan {0}.", &arguments), "Laat jou zien aan Karin {0}.");
    }

    #[test]
    fn one_thing_and_two_things_have_forms_of_their_own() {
        assert_eq!(shared::waiting_things(1).get(), "1 ding nog niet verstuurd");
        assert_eq!(shared::waiting_things(3).get(), "3 dingen nog niet verstuurd");
    }

    #[test]
    fn a_voice_hears_no_invisible_hyphens() {
        assert_eq!(Text::from("Bood\u{ad}schappen".to_owned()).plain(), "Boodschappen");
    }

    /// The house rules for what people read, kept over every catalogue.
    #[test]
    fn no_catalogue_blames_or_shouts() {
        let never = ["helaas", "oeps", "mislukt", "ongeldig", "verplicht", "foutmelding", "!!", "synchronis"];
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/locales/nl");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
            for word in never {
                assert!(!text.contains(word), "{} says {word}", path.display());
            }
        }
    }
}
