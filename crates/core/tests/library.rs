//! The library itself: every plan and every pictogram that ships with Opstap keeps the rules that Opstap advises.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can not read what it tests has to stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use opstap_core::library;
use opstap_core::pictograms::{self, Pictograms};
use opstap_core::plan_format::{self, DraftStep, Language, Name, PlanFile, Theme, lint, two_actions};

const LANGUAGES: [Language; 2] = [Language::Dutch, Language::English];

/// What people asked for, and where they find it.
const ASKED: [(&str, Theme); 20] = [
    ("aardappels-schillen", Theme::Food),
    ("afspraak-maken", Theme::People),
    ("afwassen", Theme::Home),
    ("badkamer-schoonmaken", Theme::Home),
    ("bed-opmaken", Theme::Home),
    ("bericht-sturen", Theme::People),
    ("boodschappen-doen", Theme::Food),
    ("de-was-doen", Theme::Home),
    ("de-weg-vragen", Theme::Travel),
    ("douchen", Theme::Care),
    ("geldzaken-doen", Theme::Money),
    ("in-en-uitchecken", Theme::Travel),
    ("medicijnen-innemen", Theme::Care),
    ("naar-bed-gaan", Theme::Care),
    ("naar-de-club-gaan", Theme::People),
    ("om-hulp-bellen", Theme::People),
    ("opstaan", Theme::Care),
    ("ov-pas-opladen", Theme::Travel),
    ("post-beantwoorden", Theme::Money),
    ("spaghetti-koken", Theme::Food),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every plan with the name and the bytes of its file, by name.
fn plans() -> Vec<(String, Vec<u8>, PlanFile)> {
    let mut plans: Vec<_> = fs::read_dir(root().join("library/plans"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            assert_eq!(path.extension().unwrap(), "json", "{}", path.display());
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let bytes = fs::read(&path).unwrap();
            let plan = plan_format::parse(&bytes).unwrap_or_else(|error| panic!("{stem}: {error}"));
            (stem, bytes, plan)
        })
        .collect();
    plans.sort_by(|one, other| one.0.cmp(&other.0));
    plans
}

fn table() -> Pictograms {
    pictograms::parse(&fs::read(root().join("library/pictograms.json")).unwrap()).unwrap()
}

/// The names of the picture files that the app serves.
fn files() -> BTreeSet<String> {
    fs::read_dir(root().join("frontend/public/pictograms"))
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let svg = path.extension().is_some_and(|extension| extension == "svg");
            svg.then(|| path.file_stem().unwrap().to_str().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn the_library_holds_the_twenty_plans_that_were_asked_for() {
    let found: Vec<(String, Theme)> = plans()
        .into_iter()
        .map(|(stem, _, plan)| {
            assert_eq!(plan.id.as_str(), stem, "a file is named for its plan");
            (stem, plan.theme)
        })
        .collect();
    let asked = ASKED.map(|(id, theme)| (id.to_owned(), theme));
    assert_eq!(found, asked);
}

#[test]
fn the_shopping_plan_has_nine_steps_and_three_things_to_take() {
    let plans = plans();
    let (_, _, plan) = plans.iter().find(|(stem, _, _)| stem == "boodschappen-doen").unwrap();
    let titles = LANGUAGES.map(|language| plan.title.exactly(language));
    assert_eq!(titles, [Some("Boodschappen doen"), Some("Doing the shopping")]);
    assert_eq!((plan.steps.len(), plan.take.len()), (9, 3));
}

#[test]
fn no_plan_gets_any_advice_in_either_language() {
    for (stem, _, plan) in plans() {
        for language in LANGUAGES {
            let steps: Vec<DraftStep<'_>> = plan
                .steps
                .iter()
                .map(|step| DraftStep {
                    text: step.text.exactly(language).unwrap_or_default(),
                    picture: step.picture.as_ref().map(Name::as_str),
                    bare_choice: false,
                })
                .collect();
            let title = plan.title.exactly(language).unwrap_or_default();
            assert_eq!(lint(title, &steps, language), [], "{stem} in {language:?}");
        }
    }
}

#[test]
fn every_step_is_one_sentence_and_every_thing_a_word_in_both_languages() {
    for (stem, _, plan) in plans() {
        for language in LANGUAGES {
            for step in &plan.steps {
                let text = step.text.exactly(language).unwrap_or_default();
                let bare = text.trim_end_matches('"');
                assert!(bare.ends_with(['.', '?']), "{stem}: {text}");
                assert_eq!(bare.matches(['.', '!', '?']).count(), 1, "{stem}: {text}");
            }
            for thing in &plan.take {
                let word = thing.text.exactly(language).unwrap_or_default();
                assert!((1..=2).contains(&word.split(' ').count()), "{stem}: {word}");
            }
        }
    }
}

/// The library shows that the rule is quiet where it should be; this shows that it is not deaf.
#[test]
fn most_pairs_of_steps_made_into_one_are_noticed() {
    let mut joined = 0;
    let mut noticed = 0;
    for (_, _, plan) in plans() {
        for pair in plan.steps.windows(2) {
            for (language, joiner) in [(Language::Dutch, " en "), (Language::English, " and ")] {
                let texts: Vec<&str> = pair.iter().map(|step| step.text.get(language).trim_end_matches('.')).collect();
                // Behind a colon stands what to say, which is never taken for a command.
                if texts.iter().any(|text| text.contains(':')) {
                    continue;
                }
                joined += 1;
                let together = texts.join(joiner).to_lowercase();
                noticed += usize::from(two_actions(&together, language).is_some());
            }
        }
    }
    assert!(joined > 300, "{joined}");
    assert!(noticed * 100 >= joined * 85, "{noticed} of {joined}");
}

#[test]
fn every_picture_of_a_plan_is_in_the_table_and_is_a_file() {
    let (table, files) = (table(), files());
    for (stem, _, plan) in plans() {
        let pictures = [&plan.picture]
            .into_iter()
            .chain(plan.take.iter().map(|thing| &thing.picture))
            .chain(plan.steps.iter().filter_map(|step| step.picture.as_ref()));
        for picture in pictures {
            let name = picture.as_str();
            assert!(table.get(name).is_some(), "{stem}: {name} has no words");
            assert!(files.contains(name), "{stem}: {name} is no file");
        }
    }
}

#[test]
fn the_writer_writes_every_plan_as_it_stands_in_the_library() {
    for (stem, bytes, plan) in plans() {
        let written = String::from_utf8(plan.to_json().unwrap()).unwrap();
        assert_eq!(written, String::from_utf8(bytes).unwrap(), "{stem}");
    }
}

#[test]
fn the_program_carries_every_file_of_the_library() {
    let files: Vec<Vec<u8>> = plans().into_iter().map(|(_, bytes, _)| bytes).collect();
    assert_eq!(library::PLANS.map(<[u8]>::to_vec).to_vec(), files);
    assert_eq!(pictograms::parse(library::PICTOGRAMS), Ok(table()));
}

#[test]
fn the_table_and_the_picture_files_name_the_same_pictograms_once() {
    let table = table();
    let names: BTreeSet<String> = table.all().iter().map(|one| one.name.as_str().to_owned()).collect();
    assert_eq!(names.len(), table.all().len(), "a name stands there twice");
    assert_eq!(names, files());
}

#[test]
fn every_picture_is_small_and_plain_and_scales() {
    for name in files() {
        let path = root().join(format!("frontend/public/pictograms/{name}.svg"));
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(r#"viewBox="0 0 32 32""#), "{name}");
        assert!(text.len() <= 4096, "{name} has {} bytes", text.len());
        for refused in ["<script", "<style", "<foreignObject", "<image", "<text", "href=\"http", "style=", " on"] {
            assert!(!text.contains(refused), "{name} has {refused}");
        }
    }
}

#[test]
fn the_words_that_people_use_find_the_picture_they_mean() {
    let table = table();
    for (query, language, name) in [
        ("koelkast", Language::Dutch, "refrigerator"),
        ("Fridge", Language::English, "refrigerator"),
        ("brood", Language::Dutch, "bread"),
        ("tandenb", Language::Dutch, "toothbrush"),
        ("wc", Language::Dutch, "toilet"),
        ("bus", Language::Dutch, "bus"),
        ("metro", Language::Dutch, "metro"),
        ("trein", Language::Dutch, "train"),
        ("tram", Language::English, "tram"),
        ("lopen", Language::Dutch, "person-walking"),
        ("fiets", Language::Dutch, "bicycle"),
        ("school", Language::Dutch, "school"),
        ("huis", Language::Dutch, "house"),
        ("overstappen", Language::Dutch, "transfer"),
        ("klok", Language::Dutch, "clock"),
        ("bel", Language::Dutch, "bell"),
        ("foto", Language::Dutch, "camera"),
        ("inchecken", Language::Dutch, "card-reader"),
        ("super", Language::Dutch, "face-great"),
        ("goed", Language::Dutch, "face-good"),
        ("gaat", Language::Dutch, "face-so-so"),
        ("lastig", Language::Dutch, "face-hard"),
        ("slecht", Language::Dutch, "face-bad"),
    ] {
        let found = table.search(query, language);
        let first = found.first().map(|one| one.name.as_str());
        assert_eq!(first, Some(name), "{query}");
    }
    assert!(table.search("xyzzy", Language::Dutch).is_empty());
}

#[test]
fn the_licence_of_the_pictures_lies_beside_them() {
    let path = root().join("frontend/public/pictograms/LICENSE.txt");
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains("Fluent Emoji"));
    assert!(text.contains("Copyright (c) Microsoft Corporation"));
    assert!(text.contains("Permission is hereby granted, free of charge"));
}
