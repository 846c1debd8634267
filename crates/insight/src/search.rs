//! Whether a text answers to what somebody is looking for: each word they typed begins a word of it, whatever the capitals and accents.

use opstap_core::letters::{is_in_word, small};

/// What somebody is looking for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// The words that were typed; none when there is no word among them.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let words = words(&plain(typed)).map(str::to_owned).collect::<Vec<_>>();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Whether every word begins one of these texts' words. They are texts that [`plain`] made.
    #[must_use]
    pub fn is_in(&self, texts: &[&str]) -> bool {
        self.0.iter().all(|wanted| {
            let mut all = texts.iter().flat_map(|text| words(text));
            all.any(|word| word.starts_with(wanted.as_str()))
        })
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter| !is_in_word(letter)).filter(|word| !word.is_empty())
}

/// A text in small letters without accents and without the invisible hyphens of long words.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().map(small) {
        let base = match letter {
            '\u{ad}' | '\u{300}'..='\u{36f}' => continue,
            'à'..='å' | 'ā'..='ą' => 'a',
            'ç' | 'ć'..='č' => 'c',
            'ď' | 'đ' => 'd',
            'è'..='ë' | 'ē'..='ě' => 'e',
            'ĝ'..='ģ' => 'g',
            'ĥ' | 'ħ' => 'h',
            'ì'..='ï' | 'ĩ'..='ı' => 'i',
            'ĳ' => {
                plain.push('i');
                'j'
            }
            'ĺ'..='ł' => 'l',
            'ñ' | 'ń'..='ň' => 'n',
            'ò'..='ö' | 'ø' | 'ō'..='ő' => 'o',
            'ŕ'..='ř' => 'r',
            'ś'..='š' => 's',
            'ß' => {
                plain.push('s');
                's'
            }
            'ţ'..='ŧ' => 't',
            'ù'..='ü' | 'ũ'..='ų' => 'u',
            'ý' | 'ÿ' | 'ŷ' => 'y',
            'ź'..='ž' => 'z',
            other => other,
        };
        plain.push(base);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(typed: &str, text: &str) -> bool {
        Wanted::parse(typed).is_some_and(|wanted| wanted.is_in(&[&plain(text)]))
    }

    #[test]
    fn every_word_that_was_typed_begins_a_word() {
        assert!(finds("bood", "Boodschappen doen") && finds("doen bood", "Boodschappen doen"));
        assert!(!finds("schappen", "Boodschappen doen"), "not the middle of a word");
        assert!(!finds("bood koken", "Boodschappen doen"), "every word");
    }

    #[test]
    fn capitals_accents_and_invisible_hyphens_make_no_difference() {
        for (typed, text) in [
            ("cafe", "Naar het CAFÉ"),
            ("café", "naar het cafe"),
            ("boodsch", "Bood\u{ad}schappen"),
            ("een", "Eén ding"),
            ("strasse", "Straße"),
            ("ijs", "Ĳs kopen"),
            ("zoe", "Zoë belt"),
            ("cafe", "cafe\u{301}"),
        ] {
            assert!(finds(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn signs_part_words_and_are_no_words_themselves() {
        assert!(finds("foto's", "Mijn foto’s") && finds("tram-halte", "halte van tram 4"));
        for nothing in ["", "   ", "?!", "-"] {
            assert_eq!(Wanted::parse(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn words_may_stand_in_different_texts_of_one_thing() {
        let wanted = Wanted::parse("spag pan").unwrap();
        assert!(wanted.is_in(&[&plain("Spaghetti koken"), &plain("Pak een pan.")]));
        assert!(!wanted.is_in(&[&plain("Spaghetti koken")]));
    }
}
