//! The words of reports on guidance, which stand beside those of the programme's.

use std::collections::BTreeMap;

use opstap_core::plan_format;
use serde::Deserialize;

use crate::settings::Language;

const NL: &str = include_str!("../../../../frontend/locales/report/nl.json");
const EN: &str = include_str!("../../../../frontend/locales/report/en.json");

/// The words in one language.
#[derive(Debug)]
pub struct Words {
    language: Language,
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    guidance: BTreeMap<String, String>,
}

impl Words {
    /// The words of a language.
    ///
    /// # Errors
    /// When they are not as they should be, which a test sees.
    pub fn of(language: Language) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(if language == Language::Nl { NL } else { EN })?;
        Ok(Self { language, words: file.guidance })
    }

    /// A word, with these in the places that it names.
    pub(super) fn word(&self, name: &str, places: &[(&str, &str)]) -> String {
        let text = self.words.get(name).cloned().unwrap_or_default();
        places.iter().fold(text, |text, (place, value)| text.replace(&format!("{{{place}}}"), value))
    }

    /// Words without places.
    pub(super) fn words<const N: usize>(&self, names: [&str; N]) -> Vec<String> {
        names.iter().map(|name| self.word(name, &[])).collect()
    }

    /// The language, as instruments know it.
    pub(super) const fn language(&self) -> plan_format::Language {
        match self.language {
            Language::Nl => plan_format::Language::Dutch,
            Language::En => plan_format::Language::English,
        }
    }

    /// The code of the language.
    pub(super) const fn code(&self) -> &'static str {
        self.language.code()
    }

    /// The sign between whole and tenths.
    pub(super) const fn point(&self) -> char {
        match self.language {
            Language::Nl => ',',
            Language::En => '.',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_word_with_the_same_places() {
        let places = |text: &str| {
            let mut found: Vec<String> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect();
            found.sort();
            found
        };
        let [nl, en] = [Language::Nl, Language::En].map(|language| Words::of(language).unwrap().words);
        assert!(!nl.is_empty() && nl.keys().eq(en.keys()));
        for (name, text) in &nl {
            assert_eq!(places(text), places(&en[name]), "{name}");
        }
    }
}
