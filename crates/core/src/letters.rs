//! Letters without the tables of every alphabet, 25 kB that a phone would have to load for a search: small ones and capitals of the
//! alphabets of Europe, and what belongs to a word in any.

/// The small letter of a capital; any other letter is as it was.
#[must_use]
pub const fn small(letter: char) -> char {
    let by = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' if even(letter) && letter != 'İ' => 1,
        'Ĺ'..='ň' | 'Ź'..='ž' if !even(letter) => 1,
        'İ' => return 'i',
        'Ÿ' => return 'ÿ',
        _ => 0,
    };
    moved(letter, by)
}

/// The capital of a small letter; any other letter is as it was.
#[must_use]
pub const fn capital(letter: char) -> char {
    let by = match letter {
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' | 'α'..='ρ' | 'σ'..='ϋ' | 'а'..='я' => -32,
        'ѐ'..='џ' => -80,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' if !even(letter) && letter != 'ı' => -1,
        'Ĺ'..='ň' | 'Ź'..='ž' if even(letter) => -1,
        'ı' => return 'I',
        'ÿ' => return 'Ÿ',
        _ => 0,
    };
    moved(letter, by)
}

/// Latin letters with marks come in pairs, mostly the capital first.
const fn even(letter: char) -> bool {
    (letter as u32).is_multiple_of(2)
}

const fn moved(letter: char, by: i32) -> char {
    match char::from_u32((letter as u32).wrapping_add_signed(by)) {
        Some(other) => other,
        None => letter,
    }
}

/// Whether a character belongs to a word: letters, figures, and accents that stand apart from their letter. In alphabets far from ours
/// whole blocks count, signs among them too.
#[must_use]
pub const fn is_in_word(letter: char) -> bool {
    matches!(
        letter,
        '0'..='9' | 'A'..='Z' | 'a'..='z' | 'ª' | 'µ' | 'º' | '²' | '³' | '¹' | '¼'..='¾' | 'À'..='Ö' | 'Ø'..='ö'
            | 'ø'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' | '\u{2e80}'..='\u{2fff}' | '\u{3041}'..='\u{fdff}'
            | '\u{10000}'..='\u{1efff}' | '\u{20000}'..
    )
}

/// A text in small letters.
#[must_use]
pub fn in_small(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Unicode says, where it says one letter.
    fn one(mut letters: impl Iterator<Item = char>) -> Option<char> {
        letters.next().filter(|_| letters.next().is_none())
    }

    #[test]
    fn the_letters_of_europe_are_as_in_unicode() {
        for letter in ('\0'..='\u{17e}').chain('Α'..='ώ').chain('Ѐ'..='џ') {
            // A letter of Greek with an accent keeps it; none begins a sentence of ours.
            if matches!(letter, 'µ' | 'ς' | 'ά'..='ί' | 'ό'..='ώ' | 'ŉ') {
                continue;
            }
            if let Some(lower) = one(letter.to_lowercase()) {
                assert_eq!(small(letter), lower, "{letter}");
            }
            if let Some(upper) = one(letter.to_uppercase()) {
                assert_eq!(capital(letter), upper, "{letter}");
            }
        }
    }

    #[test]
    fn what_belongs_to_a_word_is_as_in_unicode_near_us_and_never_a_mark() {
        for letter in '\0'..='\u{24f}' {
            assert_eq!(is_in_word(letter), letter.is_alphanumeric(), "{letter}");
        }
        for letter in ['ώ', 'ж', 'ي', 'ह', '字', 'か', '한', '\u{301}'] {
            assert!(is_in_word(letter), "{letter}");
        }
        for mark in ['–', '’', '“', '…', '•', '€', '→', '✓', '。', '😀', '\u{ad}', '\u{a0}'] {
            assert!(!is_in_word(mark), "{mark}");
        }
    }

    #[test]
    fn what_is_no_letter_of_europe_stays_as_it_is() {
        for letter in ['3', '×', '÷', 'ß', '字', 'ƒ', '–'] {
            assert_eq!((small(letter), capital(letter)), (letter, letter));
        }
        assert_eq!(in_small("ÉÉN Café, ŞENGÜL, Ольга"), "één café, şengül, ольга");
    }
}
