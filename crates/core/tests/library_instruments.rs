//! The instruments that ship: each has the domains and levels of the reports in their order, and nothing that others own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can not read what it tests has to stop")]

use std::fs;
use std::path::{Path, PathBuf};

use opstap_core::instrument::{self, Answer, Editable, Instrument, Label, Level, Mark, SHIPPED};
use opstap_core::library::PICTOGRAMS;
use opstap_core::pictograms;
use opstap_core::plan_format::Language;

/// What an instrument is: its id, how it is answered, its domains and its levels, both in Dutch and in order.
type Asked = (&'static str, Answer, &'static [&'static str], &'static [&'static str]);

const ZRM_LEVELS: &[&str] =
    &["acuut probleem", "niet zelfredzaam", "beperkt zelfredzaam", "voldoende zelfredzaam", "volledig zelfredzaam"];

/// A domain that the organisation is to name.
const UNNAMED: &str = "";

const ASKED: [Asked; 10] = [
    (
        "fitting.1",
        Answer::Open,
        &["belastbaarheid", "kwaliteiten", "te vermijden situaties", "eisen aan de werkomgeving", "begeleidingsstijl"],
        &[],
    ),
    (
        "follow-up.1",
        Answer::YesNo,
        &[
            "Reist de route nog zelf?",
            "Ook andere routes?",
            "Bijzonder vervoer",
            "Is de oude angst van de ouder terug?",
        ],
        &["zoals eerst", "minder vaak", "niet meer"],
    ),
    (
        "iroc-selection.1",
        Answer::Level,
        &[
            "life skills",
            "doel en richting",
            "zelfwaardering",
            "eigenaarschap en regie",
            "zelfmanagement",
            "hoop voor de toekomst",
        ],
        &["(bijna) nooit", "soms", "regelmatig", "(bijna) altijd"],
    ),
    (
        "nah.1",
        Answer::Stage,
        &["mentaal welbevinden", "woon- en leefsituatie", "participatie", "lichamelijk welbevinden"],
        &["startfase", "groeifase", "vangnetfase"],
    ),
    (
        "own-view.1",
        Answer::Open,
        &[
            "Welke doelen zijn (deels) behaald?",
            "Wat of wie heeft voor jou gewerkt om dit doel te bereiken?",
            "Wat heb je nodig om dit doel te bereiken?",
        ],
        &[],
    ),
    (
        "points-to-weigh.1",
        Answer::Open,
        &[
            "omgeving, context en netwerk",
            "behandeling",
            "herstelfase",
            "leefgebieden (ZRM)",
            "doelen",
            "samenhang",
            "motivatie en ervaren lijden",
        ],
        &[],
    ),
    (
        "specialist.1",
        Answer::YesNo,
        &[
            "onvoorspelbaarheid van het gedrag en/of de ziekte",
            "ernstig regieverlies en grote gevolgen voor dagelijks leven",
            "passiviteit (of zeer beperkt actief)",
            "geen of beperkt ziekte-inzicht",
            "leren omgaan met veranderingen",
            "ongeplande zorg",
            "meerdere psychiatrische diagnoses",
            "verslaving",
            "hulpvraag op meerdere leefgebieden die elkaar (kunnen) beïnvloeden",
            "meerdere partijen betrokken, regie bij specialistische begeleider",
            "aanwezigheid van een gezin",
            "groot risico op terugval",
        ],
        &[],
    ),
    ("zoeken.1", Answer::Open, &[UNNAMED; 5], &[]),
    (
        "zrm.1",
        Answer::Level,
        &[
            "financiën",
            "dagbesteding",
            "huisvesting",
            "huiselijke relaties",
            "geestelijke gezondheid",
            "lichamelijke gezondheid",
            "verslaving",
            "activiteiten dagelijks leven (ADL)",
            "sociaal netwerk",
            "maatschappelijke participatie",
            "justitie",
        ],
        ZRM_LEVELS,
    ),
    ("zrm.2017", Answer::Level, &[UNNAMED; 13], ZRM_LEVELS),
];

/// Every instrument with the name and the bytes of its file, by name.
fn instruments() -> Vec<(String, Vec<u8>, Instrument)> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library/instruments");
    let mut instruments: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let bytes = fs::read(&path).unwrap();
            let instrument = instrument::parse(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, bytes, instrument)
        })
        .collect();
    instruments.sort_by(|one, other| one.0.cmp(&other.0));
    instruments
}

fn named(id: &str) -> Instrument {
    instruments().into_iter().map(|(_, _, it)| it).find(|it| it.id.to_string() == id).unwrap()
}

fn dutch(label: &Label) -> &str {
    label.get(Language::Dutch)
}

#[test]
fn the_instruments_of_the_reports_ship_with_their_domains_and_levels_in_order_and_no_others() {
    let found = instruments();
    assert_eq!(found.len(), ASKED.len());
    for ((file, _, instrument), (id, answer, domains, levels)) in found.iter().zip(ASKED) {
        assert_eq!((file, instrument.id.to_string().as_str()), (&format!("{id}.json"), id));
        assert_eq!(instrument.answer, answer, "{id}");
        let names = instrument.domains.iter().map(|domain| domain.name.as_ref().map_or(UNNAMED, dutch));
        assert_eq!(names.collect::<Vec<_>>(), domains, "{id}");
        assert_eq!(instrument.levels.iter().map(dutch).collect::<Vec<_>>(), levels, "{id}");
    }
}

#[test]
fn names_and_levels_are_in_english_where_the_reports_have_them() {
    let english = |id: &str| -> (Vec<String>, Vec<String>) {
        let instrument = named(id);
        let in_english = |label: &Label| label.exactly(Language::English).unwrap_or_default().to_owned();
        let domains = instrument.domains.iter().map(|domain| domain.name.as_ref().map(in_english).unwrap_or_default());
        (domains.collect(), instrument.levels.iter().map(in_english).collect())
    };
    let (domains, levels) = english("zrm.1");
    let expected = "finances, daytime activity, housing, domestic relations, mental health, physical health, addiction, \
                    activities of daily living (ADL), social network, community participation, justice";
    assert_eq!(domains.join(", "), expected);
    assert_eq!(levels, ["acute problem", "not self-reliant", "limited", "sufficient", "full"]);
    let (domains, levels) = english("iroc-selection.1");
    let expected =
        "life skills, purpose and direction, self-worth, ownership and control, self-management, hope for the future";
    assert_eq!(domains.join(", "), expected);
    assert_eq!(levels, ["(almost) never", "sometimes", "regularly", "(almost) always"]);
    let (domains, levels) = english("nah.1");
    assert_eq!(domains, ["mental well-being", "living situation", "participation", "physical well-being"]);
    assert_eq!(levels, ["start", "growth", "safety net"]);
}

#[test]
fn a_selection_says_so_and_only_open_names_are_for_the_organisation() {
    for (file, _, instrument) in instruments() {
        let selection = instrument.marks.contains(&Mark::Selection);
        assert_eq!(selection, file == "iroc-selection.1.json", "{file}");
        assert_eq!(selection, dutch(&instrument.name).contains("selectie"), "{file}");
        let to_name = instrument.domains.iter().any(|domain| domain.name.is_none());
        assert_eq!(instrument.editable.contains(&Editable::DomainNames), to_name, "{file}");
    }
}

/// So that the rule on finances holds in both, and what was measured with one stands beside what was measured with the other.
#[test]
fn a_domain_that_both_versions_of_the_zrm_have_keeps_its_code() {
    let codes = |id: &str| -> Vec<String> {
        named(id).domains.into_iter().map(|domain| domain.code.as_str().to_owned()).collect()
    };
    let (first, second) = (codes("zrm.1"), codes("zrm.2017"));
    let only = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|code| !other.contains(code)).cloned().collect()
    };
    assert_eq!(only(&first, &second), ["adl"]);
    assert_eq!(only(&second, &first), ["work-education", "adl-1", "adl-2"]);
    assert_eq!(named("zrm.1").rules, named("zrm.2017").rules);
}

#[test]
fn what_files_of_the_study_call_domains_and_levels_is_understood() {
    let code = |id: &str, name: &str| named(id).domain_called(name).map(|domain| domain.code.as_str().to_owned());
    assert_eq!(code("zrm.1", "ADL").as_deref(), Some("adl"));
    assert_eq!(code("zrm.1", "Financiën").as_deref(), Some("finances"));
    assert_eq!(code("iroc-selection.1", "Hoop voor toekomst").as_deref(), Some("hope"));
    let level = |id: &str, name: &str| named(id).level_called(name).map(Level::number);
    assert_eq!(level("zrm.1", "5"), Some(5));
    assert_eq!(level("iroc-selection.1", "(Bijna) nooit"), Some(1));
}

#[test]
fn every_picture_of_a_domain_is_in_the_table() {
    let table = pictograms::parse(PICTOGRAMS).unwrap();
    let mut drawn = Vec::new();
    for (file, _, instrument) in instruments() {
        for picture in instrument.domains.iter().filter_map(|domain| domain.picture.as_ref()) {
            assert!(table.get(picture.as_str()).is_some(), "{file}: {}", picture.as_str());
        }
        drawn.extend(instrument.marks.contains(&Mark::InPictures).then(|| instrument.id.to_string()));
    }
    assert_eq!(drawn, ["fitting.1", "follow-up.1", "iroc-selection.1", "own-view.1"]);
}

/// The files are the golden bytes of the format: another way of writing shows here.
#[test]
fn the_writer_writes_every_instrument_as_it_stands_in_the_library() {
    for (file, bytes, instrument) in instruments() {
        let written = String::from_utf8(instrument.to_json().unwrap()).unwrap();
        assert_eq!(written, String::from_utf8(bytes).unwrap(), "{file}");
    }
}

#[test]
fn the_program_carries_every_instrument_of_the_library() {
    let files: Vec<Vec<u8>> = instruments().into_iter().map(|(_, bytes, _)| bytes).collect();
    assert_eq!(SHIPPED.map(<[u8]>::to_vec).to_vec(), files);
}
