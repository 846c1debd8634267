//! The words of an instrument. Its users write Dutch reports, so Dutch is always there; English where somebody translated it.

use serde::Serialize;

use super::MOST_TEXT;
use crate::plan_format::Language;

/// A name or a text in Dutch, and in English where it is translated: never blank, without control characters, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    nl: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl Label {
    /// The words without the white space around them, or nothing when one of the two is blank, has a control character or is longer
    /// than [`MOST_TEXT`].
    #[must_use]
    pub fn new(nl: &str, en: Option<&str>) -> Option<Self> {
        let en = match en {
            Some(en) => Some(line(en)?),
            None => None,
        };
        Some(Self { nl: line(nl)?, en })
    }

    /// The words in exactly this language.
    #[must_use]
    pub fn exactly(&self, language: Language) -> Option<&str> {
        match language {
            Language::Dutch => Some(&self.nl),
            Language::English => self.en.as_deref(),
        }
    }

    /// The words in this language, or in Dutch where they were not translated.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.exactly(language).unwrap_or(&self.nl)
    }

    /// The words in every language that they have.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        [self.nl.as_str()].into_iter().chain(self.en.as_deref())
    }

    /// Whether no language takes more bytes.
    pub(super) fn fits(&self, bytes: usize) -> bool {
        self.all().all(|text| text.len() <= bytes)
    }
}

/// A text on one line without the white space around it, where it is one.
pub(super) fn line(text: &str) -> Option<String> {
    let text = text.trim();
    let holds = !text.is_empty() && text.len() <= MOST_TEXT && !text.contains(char::is_control);
    holds.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_not_translated_are_shown_in_dutch() {
        let label = Label::new(" dagbesteding ", None).unwrap();
        assert_eq!(label.get(Language::English), "dagbesteding");
        assert_eq!(label.exactly(Language::English), None);
        let label = Label::new("huisvesting", Some("housing")).unwrap();
        assert_eq!(label.get(Language::English), "housing");
    }

    #[test]
    fn blank_endless_and_broken_words_are_none() {
        let long = "a".repeat(MOST_TEXT + 1);
        for text in ["", " \n", "een\ntwee", "bel\u{7}", &long] {
            assert_eq!(Label::new(text, None), None);
            assert_eq!(Label::new("naam", Some(text)), None);
        }
    }
}
