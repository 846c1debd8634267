//! The table of pictograms and the search by which people find one, in Dutch or English.
//!
//! The table is `library/pictograms.json`; the pictures themselves are files that the app serves by name.

use serde::Deserialize;

use crate::letters::small;
use crate::plan_format::{Language, Name};

/// All pictograms with the words that find them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictograms {
    all: Vec<Pictogram>,
}

/// One pictogram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictogram {
    /// Its name, which is the name of its file without `.svg`.
    pub name: Name,
    dutch: Entry,
    english: Entry,
}

/// A label to show and the same words again as they are searched.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    label: String,
    searched: Vec<String>,
}

/// Why the table could not be read. The table ships with the app, so this is for whoever changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictogramsError {
    /// It is no table of pictograms.
    #[error("The table of pictograms is damaged at line {line}.")]
    Damaged {
        /// The line, from 1.
        line: usize,
    },
    /// A row has a name that can't be a file, or a language without words.
    #[error("Row {row} of the table of pictograms does not hold.")]
    Unusable {
        /// The row, from 1.
        row: usize,
    },
}

#[derive(Deserialize)]
struct Table {
    pictograms: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    nl: Vec<String>,
    en: Vec<String>,
}

/// Reads the table.
///
/// # Errors
/// When it is no JSON of the right shape, or a row does not hold.
pub fn parse(bytes: &[u8]) -> Result<Pictograms, PictogramsError> {
    let table: Table =
        serde_json::from_slice(bytes).map_err(|error| PictogramsError::Damaged { line: error.line() })?;
    let all = table
        .pictograms
        .into_iter()
        .enumerate()
        .map(|(index, row)| row_of(row).ok_or(PictogramsError::Unusable { row: index + 1 }))
        .collect::<Result<_, _>>()?;
    Ok(Pictograms { all })
}

/// Reads the table from lines, a pictogram each: its name, its Dutch words and its English words, with tabs between these and commas
/// between words. The app's build makes them of the file, so that no phone carries a reader of JSON for one table.
#[must_use]
pub fn parse_lines(lines: &str) -> Option<Pictograms> {
    let words = |list: &str| list.split(',').map(str::to_owned).collect();
    let row = |line: &str| {
        let mut parts = line.split('\t');
        row_of(Row { name: parts.next()?.to_owned(), nl: words(parts.next()?), en: words(parts.next()?) })
    };
    lines.lines().map(row).collect::<Option<_>>().map(|all| Pictograms { all })
}

fn row_of(row: Row) -> Option<Pictogram> {
    Some(Pictogram { name: Name::new(&row.name)?, dutch: entry_of(row.nl)?, english: entry_of(row.en)? })
}

fn entry_of(words: Vec<String>) -> Option<Entry> {
    let searched: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let label = words.into_iter().next()?;
    searched.iter().all(|word| !word.is_empty()).then_some(Entry { label, searched })
}

impl Pictogram {
    /// The word for it in this language.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        &self.entry(language).label
    }

    const fn entry(&self, language: Language) -> &Entry {
        match language {
            Language::Dutch => &self.dutch,
            Language::English => &self.english,
        }
    }
}

impl Pictograms {
    /// All pictograms, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Pictogram] {
        &self.all
    }

    /// The pictogram with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Pictogram> {
        self.all.iter().find(|one| one.name.as_str() == name)
    }

    /// The pictograms that every word of the query finds, best first; all of them for an empty query.
    ///
    /// Capitals and accents do not matter. A whole word goes before the beginning of one, that before a part in the
    /// middle (Dutch joins words: "borstel" finds "tandenborstel"), and this language before the other one.
    #[must_use]
    pub fn search(&self, query: &str, language: Language) -> Vec<&Pictogram> {
        let query = fold(query);
        let asked: Vec<&str> = query.split_whitespace().collect();
        let mut found: Vec<(u8, &Pictogram)> =
            self.all.iter().filter_map(|one| Some((rank_all(one, &query, &asked, language)?, one))).collect();
        // Stable, so that equals keep the order of the table.
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, one)| one).collect()
    }
}

/// The rank of the query as a whole, or else of its worst word; 0 is best, nothing when a word does not fit.
fn rank_all(one: &Pictogram, query: &str, asked: &[&str], language: Language) -> Option<u8> {
    let other = match language {
        Language::Dutch => Language::English,
        Language::English => Language::Dutch,
    };
    let rank = |text: &str| {
        let own = rank_in(one.entry(language), text);
        let others = rank_in(one.entry(other), text).map(|rank| rank + OTHER_LANGUAGE);
        own.into_iter().chain(others).min()
    };
    if asked.is_empty() {
        return Some(0);
    }
    if let Some(rank) = rank(query) {
        return Some(rank);
    }
    asked.iter().map(|text| rank(text)).collect::<Option<Vec<u8>>>().map(|ranks| ranks.into_iter().max().unwrap_or(0))
}

/// What is added to a rank in the other language: a whole word there goes after a beginning here, before a middle here.
const OTHER_LANGUAGE: u8 = 5;
/// Two letters are in the middle of nearly everything.
const MIDDLE_LETTERS: usize = 3;

fn rank_in(entry: &Entry, text: &str) -> Option<u8> {
    let rank_word = |(place, word): (usize, &String)| {
        let label = place == 0;
        if word == text {
            Some(if label { 0 } else { 1 })
        } else if word.split(' ').any(|part| part == text) {
            Some(2)
        } else if word.split(' ').any(|part| part.starts_with(text)) || word.starts_with(text) {
            Some(if label { 3 } else { 4 })
        } else if text.chars().count() >= MIDDLE_LETTERS && word.contains(text) {
            Some(8)
        } else {
            None
        }
    };
    entry.searched.iter().enumerate().filter_map(rank_word).min()
}

/// Small letters without accents, single spaces: how words and queries are compared.
fn fold(text: &str) -> String {
    let plain: String = text.chars().map(small).filter_map(without_accent).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_accent(letter: char) -> Option<char> {
    Some(match letter {
        // Accents that some keyboards send apart from their letter.
        '\u{300}'..='\u{36f}' | '\u{ad}' => return None,
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'š' | 'ś' | 'ş' => 's',
        'ù'..='ü' | 'ū' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        '-' | '\'' | '’' => ' ',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Pictograms {
        parse(
            br#"{"pictograms": [
                {"name": "toothbrush", "nl": ["tandenborstel", "tanden poetsen"], "en": ["toothbrush", "teeth"]},
                {"name": "hair-pick", "nl": ["kam", "borstel"], "en": ["comb"]},
                {"name": "camera", "nl": ["fototoestel"], "en": ["camera", "photo"]},
                {"name": "two-people", "nl": ["twee\u00ebn", "cafe\u0301"], "en": ["two people"]}
            ]}"#,
        )
        .unwrap()
    }

    fn names<'a>(table: &'a Pictograms, query: &str, language: Language) -> Vec<&'a str> {
        table.search(query, language).into_iter().map(|one| one.name.as_str()).collect()
    }

    #[test]
    fn a_whole_word_goes_before_the_beginning_of_one_and_that_before_the_middle() {
        let table = table();
        assert_eq!(names(&table, "borstel", Language::Dutch), ["hair-pick", "toothbrush"]);
        assert_eq!(names(&table, "kam", Language::Dutch), ["hair-pick"]);
        assert_eq!(names(&table, "tand", Language::Dutch), ["toothbrush"]);
    }

    #[test]
    fn words_of_both_languages_find_and_the_own_language_goes_first() {
        let table = table();
        assert_eq!(names(&table, "comb", Language::Dutch), ["hair-pick"]);
        assert_eq!(names(&table, "kam", Language::English), ["hair-pick"]);
        assert_eq!(names(&table, "foto", Language::English), ["camera"]);
    }

    #[test]
    fn capitals_accents_and_spaces_do_not_matter() {
        let table = table();
        for query in ["TWEEEN", "tweeën", " Twee\u{308}en ", "twee\u{ad}ën", "Café", "cafe"] {
            assert_eq!(names(&table, query, Language::Dutch), ["two-people"], "{query}");
        }
    }

    #[test]
    fn every_word_of_a_query_has_to_fit() {
        let table = table();
        assert_eq!(names(&table, "tanden borstel", Language::Dutch), ["toothbrush"]);
        assert_eq!(names(&table, "tanden kam", Language::Dutch), [""; 0]);
    }

    #[test]
    fn an_empty_query_gives_the_table_in_its_order() {
        let table = table();
        assert_eq!(table.search("  ", Language::Dutch).len(), 4);
        assert_eq!(table.get("camera").unwrap().label(Language::English), "camera");
    }

    #[test]
    fn a_table_that_does_not_hold_names_the_place() {
        assert_eq!(parse(b"{\n\"pictograms\": 3}"), Err(PictogramsError::Damaged { line: 2 }));
        for row in [
            r#"{"name": "../x", "nl": ["a"], "en": ["a"]}"#,
            r#"{"name": "x", "nl": [], "en": ["a"]}"#,
            r#"{"name": "x", "nl": ["a"], "en": [" "]}"#,
        ] {
            let bytes = format!("{{\"pictograms\": [{row}]}}");
            assert_eq!(parse(bytes.as_bytes()), Err(PictogramsError::Unusable { row: 1 }));
        }
    }
}
