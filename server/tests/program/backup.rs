//! Backup and restore of a real server: what came after the backup is sent again by the devices, what was taken back stays taken back.

use std::fs;
use std::path::Path;

use crate::running::{output_of, program, start};

fn folder(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn what_was_taken_back_after_a_backup_stays_taken_back_when_it_is_restored() {
    let folders = tempfile::tempdir().unwrap();
    let (data, backup) = (folders.path().join("data"), folders.path().join("backup"));
    let running = start(&["--beginning"], &data);
    let (phone, tablet) = (running.cookie("Sem", 1), running.cookie("Karin", 2));
    // While the server runs.
    let (made, said, error) = output_of(program(&["backup", "--to", folder(&backup)], &data));
    assert!(made && said.concat().contains("The backup is in"), "{said:?} {error}");
    let later = running.cookie("Youssef", 3);
    let shut_out = running.ask_as(&format!("DELETE /api/devices/{}", "02".repeat(16)), 2, &tablet);
    assert!(shut_out.starts_with("HTTP/1.1 204"), "{shut_out}");
    running.stop();

    let (restored, said, error) = output_of(program(&["restore", "--from", folder(&backup)], &data));
    assert!(restored, "{error}");
    assert!(said.iter().any(|line| line.starts_with("1 withdrawals, removals and devices shut out")), "{said:?}");
    let again = start(&[], &data);
    assert!(again.said.is_empty(), "it is not filled anew: {:?}", again.said);
    assert!(again.ask_as("GET /api/me", 1, &phone).contains("\"name\":\"Sem\""));
    assert!(again.ask_as("GET /api/me", 2, &tablet).contains("not-signed-in"), "the tablet stays shut out");
    assert!(again.ask_as("GET /api/me", 3, &later).contains("not-signed-in"), "the backup is from before this phone");
    again.stop();
    let aside = fs::read_dir(&data).unwrap().filter_map(Result::ok).find(|entry| {
        entry.file_name().to_string_lossy().starts_with("before-restore-") && entry.path().join("opstap.db").exists()
    });
    assert!(aside.is_some(), "what stood there is laid aside");
}

#[test]
fn instruments_of_ones_own_are_in_a_backup_and_those_of_now_are_laid_aside_when_it_comes_back() {
    const WEEK: &str = r#"{ "opstap-instrument": 1, "id": "week", "version": "1", "name": { "nl": "Hoe gaat je week?" },
        "source": { "nl": "Bedacht op de Lindelaan" }, "rights": { "nl": "Vrij te gebruiken" }, "answer": "open",
        "domains": [{ "code": "home", "name": { "nl": "wonen" } }] }"#;
    let folders = tempfile::tempdir().unwrap();
    let (data, backup, file) =
        (folders.path().join("data"), folders.path().join("backup"), folders.path().join("week.json"));
    start(&["--empty"], &data).stop();
    let does = |arguments: &[&str]| {
        let (done, said, error) = output_of(program(arguments, &data));
        assert!(done, "{arguments:?}: {error}");
        said.concat()
    };
    fs::write(&file, WEEK).unwrap();
    does(&["instruments", "add", folder(&file)]);
    does(&["backup", "--to", folder(&backup)]);
    fs::write(&file, WEEK.replace("\"week\"", "\"month\"")).unwrap();
    does(&["instruments", "add", folder(&file)]);
    assert!(does(&["instruments", "list"]).contains("month.1"));
    does(&["restore", "--from", folder(&backup)]);
    let listed = does(&["instruments", "list"]);
    assert!(listed.contains("week.1") && !listed.contains("month.1"), "{listed}");
    let of_before = fs::read_dir(&data)
        .unwrap()
        .filter_map(Result::ok)
        .find_map(|entry| fs::read_to_string(entry.path().join("instruments.json")).ok());
    assert!(of_before.is_some_and(|all| all.contains("month")), "what stood there is laid aside");
}

#[test]
fn a_backup_is_restored_into_an_empty_folder_too() {
    let folders = tempfile::tempdir().unwrap();
    let (data, backup, elsewhere) =
        (folders.path().join("data"), folders.path().join("backup"), folders.path().join("elsewhere"));
    let running = start(&[], &data);
    let phone = running.cookie("Sem", 1);
    running.stop();
    assert!(output_of(program(&["backup", "--to", folder(&backup)], &data)).0);
    let (restored, _, error) = output_of(program(&["restore", "--from", folder(&backup)], &elsewhere));
    assert!(restored, "{error}");
    let again = start(&[], &elsewhere);
    assert!(again.said.is_empty() && again.ask_as("GET /api/me", 1, &phone).contains("\"name\":\"Sem\""));
    again.stop();
}

#[test]
fn what_cannot_be_backed_up_or_restored_gets_a_sentence_and_changes_nothing() {
    let folders = tempfile::tempdir().unwrap();
    let (data, backup) = (folders.path().join("data"), folders.path().join("backup"));
    let refused = |arguments: &[&str], sentence: &str| {
        let (done, _, error) = output_of(program(arguments, &data));
        assert!(!done && error.contains(sentence), "{arguments:?}: {error}");
    };
    refused(&["backup", "--to", folder(&backup)], "there is no data in");
    let running = start(&["--empty"], &data);
    assert!(output_of(program(&["backup", "--to", folder(&backup)], &data)).0);
    refused(&["backup", "--to", folder(&backup)], "is there already");
    refused(&["restore", "--from", folder(&backup)], "another Opstap is running");
    running.stop();
    refused(&["restore", "--from", folder(folders.path())], "is no backup of Opstap");
    let before = fs::read(data.join("opstap.db")).unwrap();
    let mut damaged = fs::read(backup.join("opstap.db")).unwrap();
    let half = damaged.len() / 2;
    damaged[half..].fill(0x5a);
    fs::write(backup.join("opstap.db"), damaged).unwrap();
    refused(&["restore", "--from", folder(&backup)], "cannot be read");
    assert!(fs::read(data.join("opstap.db")).unwrap() == before, "the data is as it was");
    let again = start(&[], &data);
    assert!(again.said.is_empty() && again.get("/api/health").contains("ok"));
    again.stop();
}
