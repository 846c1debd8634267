//! Import, export and report of a real server: a programme from a file, twice, with faults, back out and taken back.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::running::{output_of, program, start};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/travel-programme.csv")
}

/// A folder with the data of a server that ran once, and room for files.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        start(&["--empty", "--organisation", "De Brug"], &place.data()).stop();
        place
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let file = self.file(name);
        fs::write(&file, bytes).unwrap();
        file
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

    fn import(&self, file: &str, more: &[&str]) -> String {
        self.does(&[&["import", "travel-programme", file, "--yes"], more].concat())
    }

    fn report(&self, more: &[&str]) -> Value {
        let what = ["report", "travel-programme", "--format", "json", "--on", "2014-02-01"];
        serde_json::from_str(&self.does(&[&what, more].concat())).unwrap()
    }
}

/// The amounts of figures, by key.
fn amounts<const N: usize>(report: &Value, keys: [&str; N]) -> [u64; N] {
    let figures = report["figures"].as_array().unwrap();
    keys.map(|key| figures.iter().find(|figure| figure["key"] == key).unwrap()["amount"].as_u64().unwrap())
}

#[test]
fn the_pilots_programme_gives_the_pilots_figures() {
    let place = Place::new();
    let fixture = fixture();
    let shown = place.import(fixture.to_str().unwrap(), &[]);
    assert!(shown.contains("62 rows for De Brug: 62 new, 0 changed, 0 unchanged"), "{shown}");
    assert!(
        shown.contains("line 2, R001, new: registered_on 2013-06-27; channel self or parent; outcome completed"),
        "{shown}"
    );
    assert!(shown.contains("line 63, R062, new: ") && !shown.contains(" more"), "{shown}");
    let report = place.report(&[]);
    let channels = ["own", "consultant", "provisions", "workplace", "care", "school"];
    let channels = channels.map(|channel| format!("through-{channel}"));
    assert_eq!(amounts(&report, ["registered", "outside", "withdrew", "started"]), [62, 14, 12, 36]);
    assert_eq!(amounts(&report, channels.each_ref().map(String::as_str)), [12, 16, 2, 5, 6, 21]);
    let indications = ["indication-school", "indication-awbz", "indication-wsw", "indication-none-yet"];
    assert_eq!(amounts(&report, indications), [23, 6, 1, 6]);
    assert_eq!(amounts(&report, ["mode-bicycle", "completed", "running", "stopped"]), [5, 24, 12, 0]);
    assert_eq!(amounts(&report, ["within-three-months", "later", "followed-up"]), [10, 14, 24]);
    assert_eq!(amounts(&report, ["travels-yes", "other-routes-yes"]), [24, 8]);
    assert_eq!(amounts(&report, ["special-none", "special-less-often", "special-as-before"]), [11, 13, 0]);
    let figures = report["figures"].as_array().unwrap();
    let wsw = figures.iter().find(|figure| figure["key"] == "indication-wsw").unwrap();
    assert_eq!(wsw["rows"], serde_json::json!(["R039"]));

    let outside = place.report(&["--outside"]);
    let figures = outside["figures"].as_array().unwrap();
    let hidden = figures.iter().find(|figure| figure["key"] == "indication-wsw").unwrap();
    assert!(hidden["amount"].is_null() && hidden.get("rows").is_none(), "{hidden}");
    assert!(!place.does(&["report", "travel-programme", "--outside", "--format", "csv"]).contains("R039"));
    let text = place.does(&["report", "travel-programme", "--language", "en"]);
    assert!(text.contains("Travel training at De Brug"), "{text}");
}

#[test]
fn importing_again_changes_nothing_and_an_import_is_taken_back_as_a_whole() {
    let place = Place::new();
    let fixture = fixture();
    let fixture = fixture.to_str().unwrap();
    let refused = place.refuses(&["import", "travel-programme", fixture]);
    assert!(refused.contains("nothing was written. With --yes it is"), "{refused}");
    assert_eq!(amounts(&place.report(&[]), ["registered"]), [0]);
    let written = place.import(fixture, &["--name", "pilot"]);
    assert!(written.contains("opstap undo-import pilot"), "{written}");
    let again = place.import(fixture, &["--name", "pilot"]);
    assert!(again.contains("0 new, 0 changed, 62 unchanged") && again.contains("nothing to write"), "{again}");

    let changed = fs::read_to_string(fixture).unwrap().replace("R003,2013-04-11,school", "R003,2013-04-12,school");
    let changed = place.write("changed.csv", changed.as_bytes());
    let taken = place.refuses(&["import", "travel-programme", &changed, "--yes", "--name", "pilot"]);
    assert!(taken.contains("there was an import named pilot before"), "{taken}");
    let shown = place.import(&changed, &["--name", "correction"]);
    assert!(shown.contains("line 4, R003: registered_on becomes 2013-04-12, and is 2013-04-11"), "{shown}");
    assert!(shown.contains("line 5, R004: unchanged"), "{shown}");
    let unknown = place.refuses(&["undo-import", "pilott", "--yes"]);
    assert!(unknown.contains("There are: correction, pilot"), "{unknown}");
    assert!(place.does(&["undo-import", "correction", "--yes"]).contains("0 rows go, 1 are put back"));
    assert!(place.does(&["undo-import", "pilot", "--yes"]).contains("62 rows go"));
    assert_eq!(amounts(&place.report(&[]), ["registered"]), [0]);
    assert!(place.does(&["undo-import", "pilot", "--yes"]).contains("nothing to take back"));
    assert!(place.import(fixture, &[]).contains("62 new"), "it can be imported anew");
}

#[test]
fn it_works_beside_a_running_server() {
    let place = Place::new();
    let fixture = fixture();
    let running = start(&[], &place.data());
    place.import(fixture.to_str().unwrap(), &["--name", "pilot", "--by", "Beheer"]);
    assert_eq!(amounts(&place.report(&[]), ["registered", "completed"]), [62, 24]);
    place.does(&["undo-import", "pilot", "--yes"]);
    assert_eq!(amounts(&place.report(&[]), ["registered"]), [0]);
    running.stop();
}

#[test]
fn what_is_exported_can_be_imported_again_as_text_and_as_a_spreadsheet() {
    let place = Place::new();
    let fixture = fixture();
    place.import(fixture.to_str().unwrap(), &[]);
    let (text, sheet) = (place.file("out.csv"), place.file("out.xlsx"));
    for file in [&text, &sheet] {
        assert!(place.does(&["export", "travel-programme", file]).starts_with("62 rows"));
        assert!(place.refuses(&["export", "travel-programme", file]).contains("is there already"));
        assert!(place.import(file, &[]).contains("0 new, 0 changed, 62 unchanged"));
    }
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let original = fs::read_to_string(fixture).unwrap();
    assert_eq!(lines(&fs::read_to_string(&text).unwrap()), lines(&original));
    assert!(place.refuses(&["export", "travel-programme", &place.file("out.ods")]).contains(".csv or .xlsx"));

    let elsewhere = Place::new();
    assert!(elsewhere.import(&sheet, &[]).contains("62 new"));
    assert_eq!(amounts(&elsewhere.report(&[]), ["completed", "within-three-months", "later"]), [24, 10, 14]);
}

#[test]
fn a_wrong_file_is_told_of_line_by_line_and_nothing_is_written() {
    let place = Place::new();
    let original = fs::read_to_string(fixture()).unwrap();
    let refused = |bytes: &[u8], sentences: &[&str]| {
        let file = place.write("wrong.csv", bytes);
        let (done, said, error) = output_of(program(&["import", "travel-programme", &file, "--yes"], &place.data()));
        assert!(!done, "{said:?}");
        for sentence in sentences {
            assert!(error.contains(sentence), "{sentence}: {error}");
        }
        said
    };
    let wrong = original.replace("R003,2013-04-11,school", "R003,11-04-2013,scool").replace("R062", "R061");
    let said = refused(
        wrong.as_bytes(),
        &[
            "line 4, column registered_on: a day as YYYY-MM-DD was expected, and \"11-04-2013\" is there",
            "line 4, column channel: self or parent, MEE consultant",
            "line 63, column registration: a name that no other line has (it is on line 62 too)",
            "The other rows are as they should be: 60.",
            "3 faults",
        ],
    );
    assert!(said.iter().any(|line| line.starts_with("60 rows for De Brug: 60 new")), "{said:?}");
    assert!(said.iter().any(|line| line.starts_with("line 3, R002, new: registered_on")), "{said:?}");
    assert!(!said.iter().any(|line| line.starts_with("line 4,")), "{said:?}");
    let early = original.replace("2013-08-29,2014-01-31", "2013-08-29,2013-08-28");
    refused(early.as_bytes(), &["line 2, column followed_up_on: a day not before 2013-08-29 (completed_on)"]);
    let without = original.replace(",special_transport", "");
    refused(without.as_bytes(), &["line 1, column special_transport: a column of this name", "nothing is there"]);
    refused(b"\xff\xfe\x00", &["line 1 is not text in UTF-8"]);
    refused(b"PK\x03\x04", &["the spreadsheet can't be read"]);
    refused(b"", &["line 1, column registration"]);
    let missing = place.refuses(&["import", "travel-programme", &place.file("none.csv")]);
    assert!(missing.contains("none.csv can't be used"), "{missing}");
    assert_eq!(amounts(&place.report(&[]), ["registered"]), [0]);
}

#[test]
fn of_a_long_file_the_first_hundred_rows_are_told_and_how_many_more_there_are() {
    let place = Place::new();
    let original = fs::read_to_string(fixture()).unwrap();
    let header = original.lines().next().unwrap();
    let rows: String = (1..=105).map(|n| format!("N{n},2013-01-02,school,registered,,,,,,,,\n")).collect();
    let file = place.write("long.csv", format!("{header}\n{rows}").as_bytes());
    let shown = place.import(&file, &[]);
    let listed = shown.lines().filter(|line| line.starts_with("line ")).count();
    assert_eq!((listed, shown.contains("and 5 more")), (100, true), "{shown}");
}

#[test]
fn files_as_spreadsheet_programs_write_them_give_the_same_rows() {
    let place = Place::new();
    let original = fs::read_to_string(fixture()).unwrap().replace("\r\n", "\n");
    place.import(fixture().to_str().unwrap(), &[]);
    let quoted = |line: &str| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";");
    let forms = [
        format!("\u{feff}{original}"),
        original.replace('\n', "\r\n"),
        original.replace(',', ";"),
        original.replace(',', "\t"),
        original.lines().map(|line| quoted(line) + "\r\n").collect(),
    ];
    for form in forms {
        let file = place.write("form.csv", form.as_bytes());
        let said = place.import(&file, &[]);
        assert!(said.contains("0 new, 0 changed, 62 unchanged"), "{said}");
    }
}

#[test]
fn without_data_or_somebody_who_may_write_it_says_what_to_do() {
    let place = Place::new();
    let fixture = fixture();
    let fixture = fixture.to_str().unwrap();
    let nobody = place.refuses(&["import", "travel-programme", fixture, "--yes", "--by", "Sem"]);
    assert!(nobody.contains("nobody called Sem"), "{nobody}");
    let other = place.refuses(&["report", "travel-programme", "--of", "De Sluis"]);
    assert!(other.contains("--of") && other.contains("De Brug"), "{other}");
    let empty = tempfile::tempdir().unwrap();
    let (done, _, error) = output_of(program(&["report", "travel-programme"], empty.path()));
    assert!(!done && error.contains("there is no data in"), "{error}");
    let wrong = place.write("wrong.csv", b"registration\n1\n");
    let (done, _, error) = output_of(program(&["import", "travel-programme", &wrong], empty.path()));
    assert!(!done && error.contains("column registered_on"), "{error}");
}
