//! Turns `locales/{nl,en}/*.json` into `words.rs`: one constant or function per key, so that a key which is missing
//! in one language, or unknown in the code, stops the build.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

type Problem = Box<dyn std::error::Error>;

/// One text in one language: the same for every count, or with a form of its own for one.
#[derive(Debug)]
enum Entry {
    Single(String),
    Plural { one: String, other: String },
}

impl Entry {
    fn parse(value: &Value) -> Result<Self, String> {
        if let Some(text) = value.as_str() {
            return Ok(Self::Single(soft_hyphens(text)));
        }
        let form = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .map(soft_hyphens)
                .ok_or_else(|| "is neither a text nor {\"one\": …, \"other\": …}".to_owned())
        };
        match value.as_object().map(serde_json::Map::len) {
            Some(2) => Ok(Self::Plural { one: form("one")?, other: form("other")? }),
            _ => Err("is neither a text nor {\"one\": …, \"other\": …}".to_owned()),
        }
    }

    /// The names between braces, in the order in which they appear first; a plural always counts something.
    fn arguments(&self) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        let texts = match self {
            Self::Single(text) => vec![text],
            Self::Plural { one, other } => {
                names.push("count".to_owned());
                vec![other, one]
            }
        };
        for text in texts {
            for part in text.split('{').skip(1) {
                let (name, _) = part.split_once('}').ok_or("has a { without its }")?;
                let known = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                if !known {
                    return Err(format!("has a name that is not lower case: {{{name}}}"));
                }
                if !names.iter().any(|seen| seen == name) {
                    names.push(name.to_owned());
                }
            }
        }
        Ok(names)
    }
}

/// Catalogues write a soft hyphen as `&shy;`, because the character itself is invisible to who edits them.
fn soft_hyphens(text: &str) -> String {
    text.replace("&shy;", "\u{ad}")
}

fn read_area(path: &Path) -> Result<BTreeMap<String, Entry>, Problem> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
    let object = value.as_object().ok_or_else(|| format!("{shown} is not one flat object"))?;
    let mut entries = BTreeMap::new();
    for (key, value) in object {
        let fits = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !fits {
            return Err(format!("{shown}: the key {key} is not in snake_case").into());
        }
        let entry = Entry::parse(value).map_err(|why| format!("{shown}: {key} {why}"))?;
        entries.insert(key.clone(), entry);
    }
    Ok(entries)
}

fn areas(folder: &Path) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a catalogue without a name")?;
            names.push(stem.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Writes the constant or function of one key; `nl` decides the order of the arguments.
fn write_key(out: &mut String, key: &str, nl: &Entry, en: &Entry) -> Result<(), String> {
    let arguments = nl.arguments()?;
    let mut theirs = en.arguments()?;
    let mut ours = arguments.clone();
    ours.sort();
    theirs.sort();
    // `words::fill` reads one digit.
    if ours.len() > 10 {
        return Err("takes more than ten arguments".to_owned());
    }
    if ours != theirs {
        return Err(format!("takes {ours:?} in Dutch and {theirs:?} in English"));
    }
    let unequal = || Err("has plural forms in one language only".to_owned());
    let wrote = match (nl, en) {
        (Entry::Single(nl), Entry::Single(en)) if arguments.is_empty() => {
            let name = key.to_uppercase();
            writeln!(out, "    #[doc = {nl:?}]\n    pub const {name}: super::Word = {};", word(nl, en, &[]))
        }
        (Entry::Single(nl), Entry::Single(en)) => {
            let head = head(key, nl, &arguments, "impl ::core::fmt::Display");
            let filled = pairs(&arguments);
            writeln!(out, "{head}        super::Text::filled({}, &[{filled}])\n    }}", word(nl, en, &arguments))
        }
        (Entry::Plural { one: nl_one, other: nl_other }, Entry::Plural { one: en_one, other: en_other }) => {
            let head = head(key, nl_other, &arguments, "impl ::core::fmt::Display");
            let filled = pairs(&arguments);
            writeln!(
                out,
                "{head}        let word = if count == 1 {{ {} }} else {{ {} }};\n        super::Text::filled(word, &[{filled}])\n    }}",
                word(nl_one, en_one, &arguments),
                word(nl_other, en_other, &arguments),
            )
        }
        (Entry::Single(_), Entry::Plural { .. }) | (Entry::Plural { .. }, Entry::Single(_)) => {
            return unequal();
        }
    };
    wrote.map_err(|error| error.to_string())
}

/// Both languages in one text: a pointer less wherever the word is handed on. Arguments go by their place, so that no program holds their names.
fn word(nl: &str, en: &str, arguments: &[String]) -> String {
    let mut both = if nl == en { nl.to_owned() } else { format!("{nl}\u{1f}{en}") };
    for (place, name) in arguments.iter().enumerate() {
        both = both.replace(&format!("{{{name}}}"), &format!("{{{place}}}"));
    }
    format!("super::Word::new({both:?})")
}

fn head(key: &str, shown: &str, arguments: &[String], kind: &str) -> String {
    let mut list = String::new();
    for name in arguments {
        let kind = if name == "count" { "usize" } else { kind };
        let _ = write!(list, "{name}: {kind}, ");
    }
    format!(
        "    #[doc = {shown:?}]\n    #[must_use]\n    pub fn {key}({}) -> super::Text {{\n",
        list.trim_end_matches(", ")
    )
}

fn pairs(arguments: &[String]) -> String {
    arguments.iter().map(|name| format!("&{name}")).collect::<Vec<_>>().join(", ")
}

/// Writes the table of pictograms as lines for `opstap_core::pictograms::parse_lines`.
fn write_pictograms(from: &Path, to: &Path) -> Result<(), Problem> {
    println!("cargo::rerun-if-changed={}", from.display());
    let table: Value = serde_json::from_str(&fs::read_to_string(from)?)?;
    let mut lines = String::new();
    for row in table.get("pictograms").and_then(Value::as_array).ok_or("no table of pictograms")? {
        let words = |language: &str| {
            let words = row.get(language).and_then(Value::as_array).into_iter().flatten();
            let words = words.filter_map(Value::as_str).collect::<Vec<_>>();
            if words.iter().any(|word| word.contains([',', '\t', '\n'])) {
                return Err(format!("a word of a pictogram holds a comma: {words:?}"));
            }
            Ok(words.join(","))
        };
        let name = row.get("name").and_then(Value::as_str).ok_or("a pictogram without a name")?;
        writeln!(lines, "{name}\t{}\t{}", words("nl")?, words("en")?)?;
    }
    Ok(fs::write(to, lines)?)
}

/// Writes title and definition of every figure of a report, which are looked up by the word of their key: a line each.
fn write_report(locales: &Path, to: &Path) -> Result<(), Problem> {
    let read = |language: &str| -> Result<Value, Problem> {
        Ok(serde_json::from_str(&fs::read_to_string(locales.join("report").join(format!("{language}.json")))?)?)
    };
    let (nl, en) = (read("nl")?, read("en")?);
    let mut lines = String::new();
    for part in ["figures", "breakdowns"] {
        let figures = nl.get(part).and_then(Value::as_object).ok_or("locales/report/nl.json lacks a part")?;
        for key in figures.keys() {
            let both = |name: &str| {
                let text = |words: &Value| words.get(part)?.get(key)?.get(name)?.as_str().map(soft_hyphens);
                let both = (text(&nl).ok_or_else(|| key.clone())?, text(&en).ok_or_else(|| key.clone())?);
                Ok::<_, String>(if both.0 == both.1 { both.0 } else { format!("{}\u{1f}{}", both.0, both.1) })
            };
            writeln!(lines, "{part}\t{key}\t{}\t{}", both("title")?, both("definition")?)?;
        }
    }
    Ok(fs::write(to, lines)?)
}

/// The fewest letters of a word that may be rare, as `opstap_core::plan_format::RARE_LETTERS`.
const RARE_LETTERS: usize = 10;

/// Every text in a file of words, plans or pictograms.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(soft_hyphens(text).replace('\u{ad}', "")),
        Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
        Value::Object(all) => all.values().for_each(|one| texts(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Writes the long words that plans, pictograms and screens use, so that none of them is called rare.
fn write_known_words(root: &Path, to: &Path) -> Result<(), Problem> {
    let mut found = Vec::new();
    for folder in ["library/plans", "library", "frontend/locales/nl", "frontend/locales/en"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        for file in fs::read_dir(root.join(folder))? {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                texts(&serde_json::from_str(&fs::read_to_string(path)?)?, &mut found);
            }
        }
    }
    let words = found.iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    let known: BTreeSet<String> =
        words.filter(|word| word.chars().count() >= RARE_LETTERS).map(str::to_lowercase).collect();
    Ok(fs::write(to, known.into_iter().collect::<Vec<_>>().join("\n"))?)
}

fn main() -> Result<(), Problem> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build.rs");
    let locales = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("locales");
    let (nl, en) = (locales.join("nl"), locales.join("en"));
    let names = areas(&nl)?;
    if names != areas(&en)? {
        return Err("locales/nl and locales/en do not hold the same files".into());
    }
    let mut out = String::new();
    for area in &names {
        let dutch = read_area(&nl.join(format!("{area}.json")))?;
        let mut english = read_area(&en.join(format!("{area}.json")))?;
        writeln!(out, "/// The words of `locales/*/{area}.json`.\npub mod {area} {{")?;
        for (key, nl) in &dutch {
            let en = english.remove(key).ok_or_else(|| format!("locales/en/{area}.json lacks the key {key}"))?;
            write_key(&mut out, key, nl, &en).map_err(|why| format!("locales: {area}.{key} {why}"))?;
        }
        if let Some(key) = english.keys().next() {
            return Err(format!("locales/nl/{area}.json lacks the key {key}").into());
        }
        writeln!(out, "}}\n")?;
    }
    let made = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(made.join("words.rs"), out)?;
    write_report(&locales, &made.join("report.txt"))?;
    write_known_words(&locales.join("../.."), &made.join("known_words.txt"))?;
    write_pictograms(&locales.join("../../library/pictograms.json"), &made.join("pictograms.txt"))
}
