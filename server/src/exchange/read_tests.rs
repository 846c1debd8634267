//! Rows of the form, and every fault by line and column.

use opstap_core::model::{Channel, Indication, SpecialTransport, TravelMode};

use super::*;
use crate::exchange::grid;

const FIXTURE: &str = include_str!("../../../tests/fixtures/travel-programme.csv");
const HEADER: &str = "registration,registered_on,channel,outcome,transport_indication,mode,started_on,completed_on,\
                      followed_up_on,still_travels_route,travels_other_routes,special_transport";

fn rows_of(text: &str) -> Result<Vec<(u64, FileRow)>, Held> {
    held(&grid::lines(text.as_bytes()).unwrap()).all()
}

/// The faults of lines below the header, as sentences.
fn faults(body: &str) -> Vec<String> {
    let found = rows_of(&format!("{HEADER}\n{body}\n"));
    found.err().unwrap_or_default().faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_whole_row_is_read() {
    let rows = rows_of(FIXTURE).unwrap();
    let (line, first) = &rows[0];
    let day = |text| Day::parse(text).unwrap();
    let expected = FileRow {
        number: "R001".to_owned(),
        registered: day("2013-06-27"),
        channel: Channel::Own,
        outcome: Outcome::Completed,
        indication: Some(Indication::Awbz),
        mode: Some(TravelMode::PublicTransport),
        started: Some(day("2013-07-11")),
        completed: Some(day("2013-08-29")),
        follow_up: Some(FileFollowUp {
            on: day("2014-01-31"),
            travels: Some(true),
            other_routes: Some(true),
            special: Some(SpecialTransport::NotAnyMore),
        }),
    };
    assert_eq!((*line, first), (2, &expected));
    assert_eq!(rows.len(), 62);
}

#[test]
fn beside_the_faults_the_other_rows_are_told_and_of_a_name_twice_the_first() {
    let text = format!(
        "{HEADER}\n1,2013-01-02,school,registered,,,,,,,,\n2,2013,school,registered,,,,,,,,\n1,2013-01-03,school,registered,,,,,,,,\n"
    );
    let held = rows_of(&text).unwrap_err();
    assert_eq!(held.rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
    assert_eq!(held.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn what_is_read_and_written_again_is_the_same_file() {
    let rows: Vec<FileRow> = rows_of(FIXTURE).unwrap().into_iter().map(|(_, row)| row).collect();
    assert_eq!(crate::exchange::write::as_text(&rows), FIXTURE);
    let spreadsheet = crate::exchange::write::as_spreadsheet(&rows).unwrap();
    let again = held(&grid::lines(&spreadsheet).unwrap()).all().unwrap();
    assert_eq!(again.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), rows);
}

#[test]
fn columns_may_stand_in_another_order_and_words_in_capitals() {
    let text = "Channel;registration;registered_on;outcome;transport_indication;mode;started_on;completed_on;\
                followed_up_on;still_travels_route;travels_other_routes;special_transport\n\
                SCHOOL;1;2013-01-02;Outside Area;;;;;;;;";
    let rows = rows_of(text).unwrap();
    assert_eq!((rows[0].1.channel, rows[0].1.outcome), (Channel::School, Outcome::Outside));
}

#[test]
fn every_fault_is_named_with_its_line_column_and_what_was_expected() {
    let body = "R1,2013-02-30,school,outside area,,,,,,,,\n\
                R2,2013-01-02,scool,outside area,,,,,,,,\n\
                ,2013-01-02,school,,,,,,,,,\n\
                R2,2013-01-02,school,outside area,,,,,,,,";
    assert_eq!(
        faults(body),
        [
            "line 2, column registered_on: a day as YYYY-MM-DD was expected, and \"2013-02-30\" is there",
            "line 3, column channel: self or parent, MEE consultant, individual provisions, sheltered workplace, \
             care organisation or school was expected, and \"scool\" is there",
            "line 4, column registration: the name of the row was expected, and nothing is there",
            "line 4, column outcome: registered, outside area, withdrew after intake, practising, stopped or \
             completed was expected, and nothing is there",
            "line 5, column registration: a name that no other line has (it is on line 3 too) was expected, and \
             \"R2\" is there",
        ]
    );
}

#[test]
fn days_must_follow_each_other_and_fit_the_outcome() {
    let one = |body: &str, sentence: &str| {
        let found = faults(body);
        assert!(found.len() == 1 && found[0].contains(sentence), "{body}: {found:?}");
    };
    one(
        "R1,2013-01-02,school,completed,none yet,bicycle,2013-02-01,2013-03-01,2013-02-20,yes,no,none",
        "column followed_up_on: a day not before 2013-03-01 (completed_on) was expected",
    );
    one("R1,2013-03-02,school,practising,,,2013-02-01,,,,,", "a day not before 2013-03-02 (registered_on)");
    one("R1,2013-03-02,school,completed,,,2013-04-01,,,,,", "column completed_on: a day, as the outcome");
    one("R1,2013-03-02,school,practising,,,,,,,,", "column started_on: a day, as the outcome is “practising”");
    one("R1,2013-03-02,school,registered,,,2013-04-01,,,,,", "column started_on: nothing, as the outcome");
    one("R1,2013-03-02,school,stopped,,,2013-04-01,,2013-05-01,,,", "column followed_up_on: nothing, as the outcome");
    one("R1,2013-03-02,school,stopped,,,,,,,,", "column started_on: a day, as the outcome is “stopped”");
    one(
        "R1,2013-01-02,school,completed,,,2013-02-01,2013-03-01,,yes,,",
        "column followed_up_on: the day of what it found was expected, and nothing is there",
    );
}

#[test]
fn a_name_that_a_spreadsheet_would_work_out_is_no_name() {
    for name in ["=1+1", "-2", "@x", "+3"] {
        let found = faults(&format!("{name},2013-03-02,school,registered,,,,,,,,"));
        assert!(found[0].contains("begins with a letter or a digit"), "{found:?}");
    }
}

#[test]
fn a_column_that_is_missing_doubled_or_unknown_is_named_before_any_row() {
    let without = HEADER.replace(",mode", "").replace("outcome", "outcom");
    let found: Vec<String> =
        rows_of(&format!("{without}\nwrong,,,\n")).unwrap_err().faults.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("one of the columns registration, registered_on"), "{found:?}");
    assert!(found[1].starts_with("line 1, column outcome: a column of this name"), "{found:?}");
    assert!(found[2].starts_with("line 1, column mode:"), "{found:?}");
    assert_eq!(rows_of("").unwrap_err().faults.len(), Column::ALL.len());
    let doubled = format!("{HEADER},mode\n");
    assert!(rows_of(&doubled).unwrap_err().faults[0].to_string().contains("each column once"));
}

#[test]
fn what_stands_beside_the_columns_is_not_passed_over() {
    let found = faults("R1,2013-01-02,school,outside area,,,,,,,,,more");
    assert_eq!(found, ["line 2: nothing beside the 12 columns was expected, and \"more\" is there"]);
}
