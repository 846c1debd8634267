//! All of an organisation out of a real server, in one open file.

use std::fs::File;
use std::io::Read;

use serde_json::Value;
use zip::ZipArchive;

use crate::running::{output_of, program, start};

#[test]
fn everything_of_an_organisation_goes_into_one_file_that_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    start(&[], &data).stop();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let export = |file: &str| output_of(program(&["export", "everything", file], &data));
    let (done, said, error) = export(&path("alles.zip"));
    assert!(done && said.join("").contains("Keep it in a safe place."), "{said:?} {error}");
    let mut archive = ZipArchive::new(File::open(path("alles.zip")).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let about: Value = serde_json::from_str(&read("export.json")).unwrap();
    assert_eq!(about["format"], "opstap-export");
    let people = about["people"].as_array().unwrap();
    assert!(people.iter().any(|one| one["name"] == "Fatma" && one["role"] == "coordinator"), "{about:#}");
    let circles = names.iter().filter(|name| name.starts_with("circles/") && name.ends_with("/export.json")).count();
    assert_eq!(about["circles"], circles);
    let of_sem = names.iter().find(|name| name.ends_with("/records/run.json")).unwrap();
    let circle = of_sem.trim_end_matches("records/run.json");
    let runs: Value = serde_json::from_str(&read(of_sem)).unwrap();
    let begun = runs.as_array().unwrap().len();
    assert_eq!(read(&format!("{circle}lists/runs.csv")).lines().count(), begun + 1, "a line a run, and the head");
    assert!(read(&format!("{circle}LEESMIJ.txt")).contains("opstap-export"));

    let (done, _, error) = export(&path("alles.zip"));
    assert!(!done && error.contains("is there already"), "{error}");
    let (done, _, error) = export(&path("alles.xlsx"));
    assert!(!done && error.contains("should end in .zip"), "{error}");
    assert!(!folder.path().join("alles.xlsx").exists());
}
