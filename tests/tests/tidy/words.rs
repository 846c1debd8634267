//! The words people read: one word for one thing, as docs/glossary.md has it, and short sentences for a client.

use std::collections::BTreeSet;
use std::fs;

use super::{read, root};

/// The parts of the catalogue that a client reads.
const OF_CLIENTS: [&str; 2] = ["client", "way"];

/// The parts of which a client reads some, with the keys that only others read and that are longer.
const ALSO_OF_CLIENTS: [(&str, &[&str]); 2] = [("shared", &[]), ("guide", &[])];

/// The most words in a sentence for a client.
const WORDS: usize = 12;

/// Rows of the tables in docs/glossary.md that begin with this cell in their head, cell by cell.
fn table(head: &str) -> Vec<Vec<String>> {
    let glossary = read(&root().join("docs/glossary.md"));
    let lines = glossary.lines().skip_while(|line| !line.starts_with(&format!("| {head} |")));
    let rows = lines.skip(2).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    rows.map(cells).collect()
}

/// A term: what it is called, and what it is never called, in one language.
struct Term {
    called: String,
    never: Vec<String>,
}

fn terms(language: &str) -> Vec<Term> {
    let at = if language == "nl" { 1 } else { 2 };
    let listed =
        |cell: &str| cell.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let term = |row: Vec<String>| {
        let [_, _, _, _, _, _] = row.as_slice() else { panic!("a row of the glossary has other cells: {row:?}") };
        let cell = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
        Term { called: cell(at).to_owned(), never: listed(cell(at + 2)) }
    };
    table("in the code").into_iter().map(term).collect()
}

/// Every text of a language with where it stands: `nl/client.today`, `report/nl.title`, `guide/desk.nl`.
fn said(language: &str) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let folder = root().join("frontend/locales").join(language);
    let areas = fs::read_dir(&folder).expect("the words of a language").flatten().map(|entry| entry.path());
    for file in areas.chain([super::report_words(language)]) {
        let (of, area) = (file.parent().and_then(|of| of.file_stem()), file.file_stem());
        let [of, area] = [of, area].map(|part| part.expect("a file in a folder").to_string_lossy().into_owned());
        let words: serde_json::Value = serde_json::from_str(&read(&file)).expect("words are JSON");
        texts(&words, &format!("{of}/{area}"), ".", &mut said);
    }
    for bundle in ["companion", "supporter", "desk"] {
        let name = format!("{bundle}.{language}");
        let text = read(&root().join("frontend/public/guide").join(format!("{name}.txt")));
        // A chapter begins with the name of its picture, which nobody reads.
        let lines = text
            .lines()
            .map(|line| line.strip_prefix('#').and_then(|line| line.split_once('|')).map_or(line, |(_, title)| title));
        said.extend(lines.map(|line| (format!("guide/{name}"), line.to_lowercase())));
    }
    said
}

fn texts(words: &serde_json::Value, place: &str, between: &str, into: &mut Vec<(String, String)>) {
    match words {
        serde_json::Value::String(text) => into.push((place.to_owned(), text.replace("&shy;", "").to_lowercase())),
        serde_json::Value::Object(all) => {
            all.iter().for_each(|(key, words)| texts(words, &format!("{place}{between}{key}"), ".", into));
        }
        serde_json::Value::Array(all) => all.iter().for_each(|words| texts(words, place, between, into)),
        _ => {}
    }
}

/// Whether a sentence says a word: whole, or with `…` at its end as the beginning of another.
fn says(sentence: &str, word: &str) -> bool {
    let (word, begins) = word.strip_suffix('…').map_or((word, false), |word| (word, true));
    sentence.match_indices(word).any(|(at, _)| {
        let before = sentence[..at].chars().next_back();
        let after = sentence[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && (begins || !after.is_some_and(char::is_alphanumeric))
    })
}

/// What is said that the glossary never says: where, which word, and what it is called instead. Exceptions that were met go into `met`.
fn other_words(terms: &[Term], said: &[(String, String)], met: &mut BTreeSet<(String, String)>) -> Vec<String> {
    let allowed: BTreeSet<(String, String)> = exceptions();
    let mut found = Vec::new();
    for (place, sentence) in said {
        for (term, word) in terms.iter().flat_map(|term| term.never.iter().map(move |word| (term, word))) {
            let here = |at: &String| place == at || place.starts_with(&format!("{at}."));
            if !says(sentence, word) {
                continue;
            }
            match allowed.iter().find(|(at, other)| other == word && here(at)) {
                Some(exception) => drop(met.insert(exception.clone())),
                None => found.push(format!("{place}: “{sentence}” says {word}, and the word is {}", term.called)),
            }
        }
    }
    found
}

fn exceptions() -> BTreeSet<(String, String)> {
    let row = |row: Vec<String>| match row.as_slice() {
        [place, word, why] if !why.is_empty() => (place.trim_matches('`').to_owned(), word.to_lowercase()),
        _ => panic!("an exception of the glossary has no reason: {row:?}"),
    };
    table("where").into_iter().map(row).collect()
}

#[test]
fn the_glossary_has_a_word_for_at_least_forty_things_in_both_languages() {
    let on_screen = |language| terms(language).iter().filter(|term| !matches!(term.called.as_str(), "–" | "")).count();
    assert!(on_screen("nl") >= 40 && on_screen("en") >= 40, "{} and {}", on_screen("nl"), on_screen("en"));
    let guarded = |language| terms(language).iter().filter(|term| !term.never.is_empty()).count();
    assert!(guarded("nl") >= 40 && guarded("en") >= 40, "{} and {} are guarded", guarded("nl"), guarded("en"));
    let rows = table("in the code");
    let things: BTreeSet<&String> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(things.len(), rows.len(), "a thing stands in the glossary twice");
}

#[test]
fn one_thing_has_one_word() {
    let (mut met, mut found) = (BTreeSet::new(), Vec::new());
    for language in ["nl", "en"] {
        found.extend(other_words(&terms(language), &said(language), &mut met));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    let idle: Vec<_> = exceptions().into_iter().filter(|exception| !met.contains(exception)).collect();
    assert!(idle.is_empty(), "nobody says these any more: {idle:?}");
}

#[test]
fn another_word_for_a_thing_is_found_and_part_of_another_word_is_not() {
    let said = |sentence: &str| vec![("nl/client.new".to_owned(), sentence.to_owned())];
    let told = |sentence| other_words(&terms("nl"), &said(sentence), &mut BTreeSet::new());
    assert!(told("dit is jouw taak.")[0].contains("nl/client.new") && told("dit is jouw taak.")[0].ends_with("stap"));
    assert_eq!(told("alles is geüpload naar de kring.").len(), 1);
    assert_eq!(told("de hulpmiddelen voor een foutloze dag."), Vec::<String>::new());
}

/// The sentences of a text that have more words than a client reads at once.
fn long(text: &str) -> Vec<String> {
    let ends = |sign: char| matches!(sign, '.' | '?' | '!' | ':' | '\n');
    let sentences = text.split(ends).map(str::trim);
    sentences.filter(|sentence| sentence.split_whitespace().count() > WORDS).map(str::to_owned).collect()
}

#[test]
fn a_client_reads_no_sentence_of_more_than_twelve_words() {
    let mut found = Vec::new();
    for language in ["nl", "en"] {
        for (place, text) in said(language) {
            let rest = place.split_once('/').map_or("", |(_, rest)| rest);
            let (area, key) = rest.split_once('.').unwrap_or((rest, ""));
            let also = ALSO_OF_CLIENTS.iter().any(|(of, others)| *of == area && !others.contains(&key));
            if OF_CLIENTS.contains(&area) || also || place == format!("guide/companion.{language}") {
                found.extend(long(&text).into_iter().map(|sentence| format!("{place}: “{sentence}”")));
            }
        }
    }
    assert!(found.is_empty(), "more than {WORDS} words:\n{}", found.join("\n"));
    assert_eq!(long(&"woord ".repeat(13)).len(), 1);
    assert!(long("Een twee drie vier vijf zes zeven. Acht negen tien elf twaalf dertien.").is_empty());
}
