//! The program on PostgreSQL: it fills an empty database once, goes on with the same data, and makes links beside a running server.

#![expect(clippy::unwrap_used, reason = "a test that can not read what it tests has to stop")]

#[path = "program/running.rs"]
mod running;

use opstap_storage_postgres::testing::Schema;

use running::{code_of, output_of, program, start};

#[test]
fn it_fills_an_empty_database_and_goes_on_with_the_same_data_in_another_folder() {
    let Some(schema) = Schema::new() else { return };
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let address = schema.address();
    let database = ["--database-url", &address];
    let first = start(&database, folder.path());
    let phone = first.cookie("Sem", 1);
    let (made, lines, error) = output_of(program(&["link", "Karin", "--database-url", &address], folder.path()));
    assert!(made, "{error}");
    let tablet = first.cookie_for(&code_of(&lines, "Karin"), 2);
    assert!(first.get("/api/health").contains("\"status\":\"ok\""));
    let shut_out = first.ask_as(&format!("DELETE /api/devices/{}", "02".repeat(16)), 2, &tablet);
    assert!(shut_out.starts_with("HTTP/1.1 204"), "{shut_out}");
    first.stop();
    assert!(!folder.path().join("opstap.db").exists());
    assert!(std::fs::metadata(folder.path().join("journal")).unwrap().len() > 0, "the journal stays in the folder");

    let second = start(&database, elsewhere.path());
    assert!(second.said.is_empty(), "it is not filled anew: {:?}", second.said);
    assert!(second.ask_as("GET /api/me", 1, &phone).contains("\"name\":\"Sem\""));
    assert!(second.ask_as("GET /api/me", 2, &tablet).contains("not-signed-in"));
    second.stop();
}

#[test]
fn what_was_taken_back_after_a_backup_stays_taken_back_when_it_is_restored() {
    let Some(schema) = Schema::new() else { return };
    let folders = tempfile::tempdir().unwrap();
    let (data, backup) = (folders.path().join("data"), folders.path().join("backup"));
    let address = schema.address();
    let database = ["--database-url", &address];
    let run = |what: &[&str]| output_of(program(&[what, &database].concat(), &data));
    let (made, _, error) = run(&["backup", "--to", backup.to_str().unwrap()]);
    assert!(!made && error.contains("there is no data in the database"), "{error}");

    let running = start(&["--beginning", database[0], database[1]], &data);
    let (phone, tablet) = (running.cookie("Sem", 1), running.cookie("Karin", 2));
    let (made, said, error) = run(&["backup", "--to", backup.to_str().unwrap()]);
    assert!(made && said.concat().contains("The backup is in"), "{said:?} {error}");
    let later = running.cookie("Youssef", 3);
    let shut_out = running.ask_as(&format!("DELETE /api/devices/{}", "02".repeat(16)), 2, &tablet);
    assert!(shut_out.starts_with("HTTP/1.1 204"), "{shut_out}");
    let (restored, _, error) = run(&["restore", "--from", backup.to_str().unwrap()]);
    assert!(!restored && error.contains("another Opstap is running"), "{error}");
    running.stop();

    let (restored, said, error) = run(&["restore", "--from", backup.to_str().unwrap()]);
    assert!(restored, "{error}");
    assert!(said.iter().any(|line| line.starts_with("1 withdrawals, removals and devices shut out")), "{said:?}");
    assert!(said.iter().any(|line| line.contains("before-restore-")), "{said:?}");
    let again = start(&database, &data);
    assert!(again.said.is_empty(), "it is not filled anew: {:?}", again.said);
    assert!(again.ask_as("GET /api/me", 1, &phone).contains("\"name\":\"Sem\""));
    assert!(again.ask_as("GET /api/me", 2, &tablet).contains("not-signed-in"), "the tablet stays shut out");
    assert!(again.ask_as("GET /api/me", 3, &later).contains("not-signed-in"), "the backup is from before this phone");
    again.stop();
}

#[test]
fn a_programme_is_imported_and_taken_back_beside_a_running_server() {
    let Some(schema) = Schema::new() else { return };
    let folder = tempfile::tempdir().unwrap();
    let address = schema.address();
    let database = ["--database-url", &address];
    let running = start(&[["--empty"].as_slice(), &database].concat(), folder.path());
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/travel-programme.csv");
    let run = |what: &[&str]| {
        let (done, said, error) = output_of(program(&[what, &database].concat(), folder.path()));
        assert!(done, "{what:?}: {error}");
        said.join("\n")
    };
    let import = ["import", "travel-programme", fixture, "--yes", "--name", "pilot"];
    assert!(run(&import).contains("62 new"));
    assert!(run(&import).contains("0 new, 0 changed, 62 unchanged"));
    let table = run(&["report", "travel-programme", "--format", "csv", "--language", "en"]);
    assert!(table.contains("by-standing,completed,,,,Done,24,registrations"), "{table}");
    assert!(run(&["undo-import", "pilot", "--yes"]).contains("62 rows go"));
    let table = run(&["report", "travel-programme", "--format", "csv"]);
    assert!(table.contains(",registered,,,,Aanmeldingen,0,"), "{table}");
    running.stop();
}

#[test]
fn a_database_that_is_not_there_is_said_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://opstap:geheim@127.0.0.1:1/opstap";
    let (started, _, error) = output_of(program(&["--database-url", url, "--listen", "127.0.0.1:0"], folder.path()));
    assert!(!started && error.contains("PostgreSQL cannot be reached"), "{error}");
    assert!(!error.contains("geheim"), "{error}");
}
