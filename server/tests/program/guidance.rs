//! Imports and reports of guidance by the real program: the tables of the effect study (RIBW AVV, Arnhem, 2020–21) in, and exactly its rows
//! out; twice is once; faults; taking back; allocations of iWmo.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::running::{output_of, program, start};

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name).to_str().unwrap().to_owned()
}

fn message(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/wmo301").join(name).to_str().unwrap().to_owned()
}

/// A folder with the data of a server that ran once, and room for files.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self::started(&["--empty", "--organisation", "De Brug"])
    }

    fn started(arguments: &[&str]) -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        start(arguments, &place.data()).stop();
        place
    }

    /// One in which the four tables of the study are.
    fn of_the_study() -> Self {
        let place = Self::new();
        place.import("hours", "time-entries.csv", &["--name", "hours"]);
        place.import("grants", "grants.csv", &["--name", "grants"]);
        place.import("measurements", "zrm.csv", &["--instrument", "zrm", "--name", "zrm"]);
        place.import("measurements", "iroc.csv", &["--instrument", "iroc", "--name", "iroc"]);
        place
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        file.to_str().unwrap().to_owned()
    }

    /// Runs a command that must come to its end, and gives what it said.
    fn does(&self, arguments: &[&str]) -> String {
        let (done, said, error) = output_of(program(arguments, &self.data()));
        assert!(done, "{arguments:?}: {said:?} {error}");
        said.join("\n")
    }

    /// Runs a command that must not, and gives its errors.
    fn refuses(&self, arguments: &[&str]) -> String {
        let (done, said, error) = output_of(program(arguments, &self.data()));
        assert!(!done, "{arguments:?}: {said:?}");
        error
    }

    fn import(&self, what: &str, name: &str, more: &[&str]) -> String {
        self.does(&[&["import", what, &fixture(name), "--yes"], more].concat())
    }

    fn report(&self, what: &str, more: &[&str]) -> Value {
        serde_json::from_str(&self.does(&[&["report", what, "--format", "json"], more].concat())).unwrap()
    }

    fn clients(&self) -> usize {
        self.report("hours", &[]).get("clients").and_then(Value::as_array).map_or(0, Vec::len)
    }
}

/// For one instrument: up, stayed and down of progress, stability and no goal.
fn counts(report: &Value, instrument: &str) -> [[u64; 3]; 3] {
    let of_it = report["instruments"].as_array().unwrap().iter().find(|one| one["instrument"] == instrument).unwrap();
    let counts = of_it["counts"].as_array().unwrap();
    ["progress", "stable", "none"].map(|goal| {
        let of_goal = counts.iter().find(|count| count["goal"] == goal).unwrap();
        ["up", "stayed", "down"].map(|way| of_goal[way].as_u64().unwrap())
    })
}

#[test]
fn the_tables_of_the_study_give_exactly_its_rows() {
    let place = Place::of_the_study();
    let csv = place.does(&["report", "hours", "--format", "csv"]);
    let published = fs::read_to_string(fixture("expected-hours.csv")).unwrap();
    assert_eq!(csv.lines().collect::<Vec<_>>(), published.lines().collect::<Vec<_>>());
    let report = place.report("hours", &[]);
    assert_eq!((&report["from"], &report["to"]), (&json!("2019-11-25"), &json!("2020-03-29")));
    let overall = json!({
        "weeks": 15.5,
        "pb_hours_per_week": 1.7, "mb_hours_per_week": 1.2, "total_hours_per_week": 2.9,
        "pb_percent": 57, "mb_percent": 43,
        "granted_specialist": 2.8, "granted_basic": 0.8, "granted_total": 3.6,
        "use_pb": -1.2, "use_mb": 0.4, "use_total": -0.7,
    });
    assert_eq!(report["overall"], overall);
    let weeks = report["clients"][0]["weeks"].as_array().unwrap();
    assert_eq!((weeks.len(), &weeks[0]["week"]), (18, &json!("2019-W48")));
    assert_eq!(weeks[0]["granted_minutes"], json!({ "specialist": 180.0, "basic": 60.0 }));
    let text = place.does(&["report", "hours"]);
    let mean = text.lines().find(|line| line.trim_start().starts_with("Gemiddeld")).unwrap();
    let figures: Vec<&str> = mean.split_whitespace().skip(1).collect();
    assert_eq!(figures, ["15,5", "1,7", "1,2", "2,9", "57", "43", "2,8", "0,8", "3,6", "−1,2", "+0,4", "−0,7"]);
}

#[test]
fn first_goal_and_second_of_every_domain_are_told_with_counts_by_goal_and_no_total() {
    let place = Place::of_the_study();
    let report = place.report("effect", &[]);
    assert_eq!(counts(&report, "zrm.1"), [[2, 19, 2], [2, 9, 1], [0, 9, 0]]);
    assert_eq!(counts(&report, "iroc-selection.1"), [[2, 20, 0], [0, 2, 0], [0, 0, 0]]);
    assert_eq!(report["instruments"].as_array().unwrap().len(), 2);
    let csv = place.does(&["report", "effect", "--format", "csv", "--instrument", "iroc", "--language", "en"]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 25);
    assert_eq!(
        lines[1],
        "client-1,iroc-selection.1,life-skills,life skills,2019-11-25,3,progress,2020-03-29,3,stayed,no"
    );
    let page = place.does(&["report", "effect", "--format", "html"]);
    for part in ["<html lang=\"nl\">", "<caption>client-1: Zelfredzaamheid-Matrix (ZRM)</caption>", "scope=\"row\""] {
        assert!(page.contains(part), "{part}");
    }
    let begin = place.report("effect", &["--to", "2019-12-31"]);
    assert_eq!(counts(&begin, "zrm.1"), [[0; 3]; 3], "one measurement says nothing of a change");
}

#[test]
fn importing_twice_is_importing_once_and_shows_first_what_it_would_write() {
    let place = Place::new();
    let hours = fixture("time-entries.csv");
    let (_, shown, error) = output_of(program(&["import", "hours", &hours], &place.data()));
    let shown = shown.join("\n");
    assert!(error.contains("nothing was written. With --yes it is"), "{error}");
    assert!(shown.contains("182 rows for De Brug: 182 new"), "{shown}");
    assert!(
        shown.contains("4 clients are new, and each gets a circle: client-1, client-2, client-3, client-4"),
        "{shown}"
    );
    assert!(shown.contains("line 2, client-1, new: 2019-11-25 pb-A PB, 45 minutes, planned, direct"), "{shown}");
    assert!(shown.contains("and 82 more"), "{shown}");
    assert_eq!(place.clients(), 0);

    let place = Place::of_the_study();
    for (what, file, more) in [
        ("hours", "time-entries.csv", &[][..]),
        ("grants", "grants.csv", &[]),
        ("measurements", "zrm.csv", &["--instrument", "zrm"]),
        ("measurements", "iroc.csv", &["--instrument", "iroc"]),
    ] {
        let again = place.import(what, file, more);
        assert!(again.contains("There is nothing to write.") && again.contains(" 0 new, 0 changed"), "{again}");
        assert!(!again.contains("are new, and each"), "{again}");
    }
    assert_eq!(place.clients(), 4);
}

#[test]
fn it_works_beside_a_running_server_from_a_spreadsheet_too() {
    let place = Place::new();
    let running = start(&[], &place.data());
    let text = fs::read_to_string(fixture("grants.csv")).unwrap().replace(',', ";");
    let file = place.write("grants.txt", text.as_bytes());
    place.does(&["import", "grants", &file, "--yes"]);
    place.import("hours", "time-entries.csv", &[]);
    assert_eq!(place.clients(), 4);
    running.stop();
}

#[test]
fn a_changed_file_changes_what_it_says_and_measurements_are_corrected_and_not_written_over() {
    let place = Place::of_the_study();
    let zrm = fs::read_to_string(fixture("zrm.csv")).unwrap();
    let first = zrm.lines().nth(1).unwrap();
    assert_eq!(first, "client-1,Financiën,3,Stabiel blijven,3");
    let changed = place.write("zrm.csv", zrm.replace(first, "client-1,Financiën,3,Vooruitgang,4").as_bytes());
    let said = place.does(&["import", "measurements", "--instrument", "zrm.1", &changed, "--yes", "--name", "later"]);
    assert!(said.contains("44 rows for De Brug: 0 new, 1 changed, 43 unchanged"), "{said}");
    assert!(
        said.contains("line 2, client-1, changed: financiën: 3 on 2019-11-25, goal progress, 4 on 2020-03-29"),
        "{said}"
    );
    assert_eq!(counts(&place.report("effect", &[]), "zrm.1"), [[3, 19, 2], [2, 8, 1], [0, 9, 0]]);
    let back = place.does(&["undo-import", "later", "--yes"]);
    assert!(back.contains("1 records go, 1 are put back"), "{back}");
    assert_eq!(counts(&place.report("effect", &[]), "zrm.1"), [[2, 19, 2], [2, 9, 1], [0, 9, 0]]);
}

#[test]
fn an_import_is_taken_back_as_a_whole_and_can_be_imported_anew() {
    let place = Place::of_the_study();
    let unknown = place.refuses(&["undo-import", "hour", "--yes"]);
    assert!(unknown.contains("There are: grants, hours, iroc, zrm"), "{unknown}");
    let taken = place.refuses(&["import", "grants", &fixture("travel-programme.csv"), "--yes"]);
    assert!(taken.contains("column client: a column of this name in the first line was expected"), "{taken}");
    assert!(place.does(&["undo-import", "hours", "--yes"]).contains("182 records go"));
    assert!(place.does(&["undo-import", "hours", "--yes"]).contains("There is nothing to take back."));
    let csv = place.does(&["report", "hours", "--format", "csv"]);
    assert!(csv.contains("client-1,18,0.0,0.0,0.0,,,3,1,4,-3.0,-1.0,-4.0"), "{csv}");
    let named = place.refuses(&["import", "hours", &fixture("time-entries.csv"), "--yes", "--name", "hours"]);
    assert!(named.contains("there was an import named hours before"), "{named}");
    place.import("hours", "time-entries.csv", &[]);
    let csv = place.does(&["report", "hours", "--format", "csv"]);
    let published = fs::read_to_string(fixture("expected-hours.csv")).unwrap();
    assert_eq!(csv.lines().collect::<Vec<_>>(), published.lines().collect::<Vec<_>>());
}

#[test]
fn of_a_wrong_file_every_fault_is_told_and_nothing_is_written() {
    let place = Place::new();
    let wrong = "client,date,worker,role,minutes,kind\nclient-1,2019-11-25,pb-A,PB,45,planned\n\
                 client-1,25-11-2019,pb-A,XX,0,later\nclient-1,2999-01-01,,MB,1441,planned\n";
    let error = place.refuses(&["import", "hours", &place.write("wrong.csv", wrong.as_bytes()), "--yes"]);
    for part in [
        "line 3, column date: a day as YYYY-MM-DD was expected, and \"25-11-2019\" is there",
        "line 3, column role: PB or MB was expected, and \"XX\" is there",
        "line 3, column minutes: a whole number of minutes from 1 to 1440 was expected, and \"0\" is there",
        "line 3, column kind: planned or unplanned was expected, and \"later\" is there",
        "line 4, column date: a day up to today,",
        "line 4, column worker: whose time it was was expected, and nothing is there",
        "line 4, column minutes",
        "The other rows are as they should be: 1.",
        "7 faults",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert_eq!(place.clients(), 0);
    let zrm = "client,domain,first,goal,second\nclient-1,Geluk,3,Vooruitgang,4\nclient-1,ADL,6,Meer,2\n";
    let zrm = place.write("zrm.csv", zrm.as_bytes());
    let error = place.refuses(&["import", "measurements", "--instrument", "zrm.1", &zrm, "--yes"]);
    for part in [
        "line 2, column domain: a domain of zrm.1 (financiën, dagbesteding,",
        "line 3, column first: a level of zrm.1 (1 acuut probleem,",
        "line 3, column goal: Vooruitgang, Stabiel blijven, Begeleide achteruitgang or Geen doelen was expected",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    let error = place.refuses(&["import", "measurements", "--instrument", "zrm", &fixture("zrm.csv"), "--yes"]);
    assert!(
        error.contains("client-4: a grant or time that says on which days was measured, or --first DATE"),
        "{error}"
    );
    let with_days = ["--instrument", "zrm", "--first", "2020-01-06", "--second", "2020-06-30"];
    place.import("measurements", "zrm.csv", &with_days);
    let first = place.report("effect", &[]);
    assert_eq!(first["instruments"][0]["clients"][0]["domains"][0]["first"]["on"], "2020-01-06");
    let error = place.refuses(&["import", "measurements", "--instrument", "ros", &fixture("zrm.csv")]);
    assert!(error.contains("no instrument is called ros. There are: "), "{error}");
}

#[test]
fn an_instrument_of_ones_own_is_named_by_its_file() {
    let place = Place::new();
    let own =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../library/instruments/iroc-selection.1.json"));
    let own = own.unwrap().replace("\"iroc-selection\"", "\"kompas\"");
    let own = place.write("kompas.json", own.as_bytes());
    let days = ["--first", "2020-01-06", "--second", "2020-06-30"];
    place.import("measurements", "iroc.csv", &[&["--instrument", &own], &days[..]].concat());
    assert_eq!(counts(&place.report("effect", &["--instrument", &own]), "kompas.1"), [[2, 20, 0], [0, 2, 0], [0; 3]]);
    assert!(place.does(&["report", "effect"]).contains("Er is niets gemeten"));
}

#[test]
fn the_client_of_a_circle_that_is_there_is_found_by_name_and_the_author_becomes_its_coordinator() {
    let place = Place::started(&["--beginning"]);
    let hours = "client,date,worker,role,minutes,kind,what\nSem,2020-01-07,Tim,PB,30,unplanned,travel\n";
    let file = place.write("hours.csv", hours.as_bytes());
    let said = place.does(&["import", "hours", &file, "--yes"]);
    assert!(said.contains("In 1 circles the author is not yet, and becomes a coordinator there: Sem"), "{said}");
    assert!(!said.contains("are new, and each"), "{said}");
    let report = place.report("hours", &[]);
    assert_eq!(report["clients"][0]["client"], "Sem");
    assert_eq!(report["clients"][0]["minutes"]["outside_whole_weeks"], 30);
    assert!(place.does(&["import", "hours", &file, "--yes"]).contains("There is nothing to write."));
    let by = place.refuses(&["import", "hours", &file, "--yes", "--by", "Sem"]);
    assert!(by.contains("nobody called Sem"), "{by}");
}

#[test]
fn allocations_become_grants_under_their_own_numbers_and_nothing_of_the_bsn_is_kept() {
    let place = Place::new();
    let known =
        "client,from,to,specialist_minutes_per_week,basic_minutes_per_week\nBo de Boer,2025-01-06,2026-12-27,200,0\n";
    place.does(&["import", "grants", &place.write("known.csv", known.as_bytes()), "--yes"]);
    let codes = ["--specialist", "02A22", "--basic", "02A21,02A20", "--other", "01"];
    let good = message("good.xml");
    let import = [&["import", "allocations", &good, "--yes", "--name", "wmo"], &codes[..]].concat();
    let said = place.does(&import);
    assert!(said.contains("2 rows for De Brug: 2 new"), "{said}");
    assert!(said.contains("Bo de Boer: the grant from 2025-01-06 ends on 2026-01-04"), "{said}");
    assert!(said.contains("new: number 300201, 2026-01-05 to 2026-12-27, specialist 180 and basic 0"), "{said}");
    assert!(
        place
            .does(&import[..import.len() - codes.len()].iter().chain(&codes).copied().collect::<Vec<_>>())
            .contains("nothing to write")
    );
    let report = place.report("hours", &["--from", "2026-01-05", "--to", "2026-12-27"]);
    assert_eq!(report["clients"][0]["row"]["granted_total"], 4.0);
    for file in fs::read_dir(place.data()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap_or_default();
        assert!(!bytes.windows(9).any(|window| window == b"999900006"), "the BSN is kept nowhere");
    }
    assert!(place.does(&["undo-import", "wmo", "--yes"]).contains("2 records go, 1 are put back"));

    let bad = message("bad.xml");
    let error = place.refuses(&[&["import", "allocations", &bad, "--yes"], &codes[..]].concat());
    for part in [
        "element Client: a client who is called so here in full, or whose BSN stands in the table of --clients,",
        "element Eenheid: a unit of time: 01 minute, 04 hour or 16 part of a day was expected, and \"14\" is there",
        "element Product: a product of --specialist, --basic or --other was expected, and \"45A04\" is there",
        "element ToewijzingNummer: a number that no other allocation has",
        "element Einddatum: a last day; --until DAY",
        "5 faults",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    let table = place.write("clients.csv", b"bsn;client\n999900006;Iemand Anders\n");
    let error = place.refuses(&[&["import", "allocations", &good, "--yes", "--clients", &table], &codes[..]].concat());
    assert!(error.contains("column client: a client of this organisation"), "{error}");
    assert!(!error.contains("999900006"), "{error}");
}
