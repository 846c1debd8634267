//! Words that a reader may not know. There is no list of all that people know, and none that may be copied; so the rule is a simple one:
//! a word of ten letters or more that none of Opstap's own plans, pictograms and screens uses is worth a second look.

use super::lint::sentences;
use crate::letters::{in_small, is_in_word, small};

/// The fewest letters of a word that is looked at. Shorter ones are mostly known, whatever they are.
pub const RARE_LETTERS: usize = 10;

/// The first word of a text that may be rare: long, and not known to `is_known`, which is asked in small letters. A capital within a
/// sentence makes it a name, which has no other word.
pub fn rare_word(text: &str, is_known: impl Fn(&str) -> bool) -> Option<&str> {
    let rare = |word: &&str| word.chars().count() >= RARE_LETTERS && !is_known(&in_small(word));
    sentences(text).find_map(|sentence| {
        let words = sentence.split(|letter: char| !is_in_word(letter)).filter(|word| !word.is_empty());
        let is_name = |word: &str| word.starts_with(|first| small(first) != first);
        words.enumerate().filter(|(at, word)| *at == 0 || !is_name(word)).map(|(_, word)| word).find(rare)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        rare_word(text, |word| ["boodschappen", "wasmachine"].contains(&word))
    }

    #[test]
    fn a_long_word_that_opstap_itself_never_uses_may_be_rare() {
        assert_eq!(found("Desinfecteer de wasmachine."), Some("Desinfecteer"));
        assert_eq!(found("Doe de was in de wasmachine."), None);
        assert_eq!(found("Boodschappen doen. Lees de bijsluiter."), Some("bijsluiter"));
    }

    #[test]
    fn short_words_and_names_are_none() {
        assert_eq!(found("Pak je tas."), None);
        assert_eq!(found("Stap uit bij Stationsplein."), None);
        assert_eq!(found("Ga naar de Praktijkschool, 1234567 keer."), None);
        assert_eq!(found(""), None);
    }
}
