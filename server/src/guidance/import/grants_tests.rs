//! What a new decision does to those before it, and that a file imported again says nothing new, whatever came between.

use opstap_core::Record;

use super::*;
use crate::exchange::acts::after;

fn lines(rows: &[&str]) -> Vec<Line> {
    let header = ["client,from,to,specialist_minutes_per_week,basic_minutes_per_week,number"];
    let all = header.iter().chain(rows).zip(1..);
    all.map(|(row, number)| Line { number, cells: row.split(',').map(str::to_owned).collect() }).collect()
}

/// The records after rows of a file, with what is told and written.
fn import(records: &[Record], rows: &[&str]) -> (Vec<Record>, Plan) {
    let read = read_grants(&lines(rows));
    assert_eq!(read.faults, []);
    let plan = plan_grants(&read.rows, &mut Parties::holding("Bo", records.to_vec()), "name");
    let mut now = records.to_vec();
    for (_, act) in &plan.acts {
        now = after(&now.iter().collect::<Vec<_>>(), act);
    }
    (now, plan)
}

fn stand(records: &[Record]) -> Vec<String> {
    let party = Parties::holding("Bo", records.to_vec());
    let told = |(_, grant): &(RecordId, Grant)| {
        let Grant { from, to, specialist, basic, .. } = grant;
        format!("{} {} {specialist} {basic}", from.written(), to.written())
    };
    party.all()[0].guidance().grants.iter().map(told).collect()
}

const YEAR: &str = "Bo,2026-01-05,2026-12-27,180,60,";
const SECOND_HALF: &str = "Bo,2026-07-06,2026-12-27,120,60,";

#[test]
fn what_begins_later_ends_what_began_before_it_in_one_file_or_in_two() {
    let halves = ["2026-01-05 2026-07-05 180 60", "2026-07-06 2026-12-27 120 60"];
    let (together, plan) = import(&[], &[YEAR, SECOND_HALF]);
    assert_eq!(stand(&together), halves);
    assert_eq!(plan.notes, ["Bo: the grant from 2026-01-05 ends on 2026-07-05, as another begins on 2026-07-06"]);
    let (first, _) = import(&[], &[YEAR]);
    let (apart, plan) = import(&first, &[SECOND_HALF]);
    assert_eq!((stand(&apart).as_slice(), plan.notes.len()), (halves.map(str::to_owned).as_slice(), 1));
    let (late, _) = import(&import(&[], &[SECOND_HALF]).0, &[YEAR]);
    assert_eq!(stand(&late), halves, "in whatever order they come");
}

#[test]
fn a_file_imported_again_says_nothing_new() {
    for rows in [&[YEAR][..], &[SECOND_HALF], &[YEAR, SECOND_HALF], &[YEAR, YEAR]] {
        let (once, _) = import(&import(&[], &[YEAR, SECOND_HALF]).0, rows);
        let (_, again) = import(&once, rows);
        assert_eq!((again.acts.len(), again.notes.len()), (0, 0), "{rows:?}");
        assert!(again.rows.iter().all(|row| row.becomes == Becomes::Same));
    }
}

#[test]
fn a_line_of_the_same_first_day_changes_the_grant() {
    let (now, plan) = import(&import(&[], &[YEAR]).0, &["Bo,2026-01-05,2026-12-27,240,60,"]);
    assert_eq!(stand(&now), ["2026-01-05 2026-12-27 240 60"]);
    assert_eq!(plan.count(Becomes::Changed), 1);
    assert!(plan.rows[0].says.contains("specialist 240") && plan.rows[0].says.contains("was 2026-01-05 to"));
}

#[test]
fn specialist_and_basic_guidance_that_are_granted_apart_go_beside_each_other() {
    let rows = ["Bo,2026-01-05,2026-12-27,180,0,", "Bo,2026-03-02,2026-12-27,0,60,"];
    let (now, plan) = import(&[], &rows);
    assert_eq!(stand(&now), ["2026-01-05 2026-12-27 180 0", "2026-03-02 2026-12-27 0 60"]);
    assert_eq!(plan.notes.len(), 0);
}

#[test]
fn what_has_a_number_of_its_own_is_ended_by_that_number_alone() {
    let rows = ["Bo,2026-01-05,2026-12-27,180,0,11", "Bo,2026-03-02,2026-12-27,120,0,12"];
    let (now, plan) = import(&[], &rows);
    assert_eq!(stand(&now), ["2026-01-05 2026-12-27 180 0", "2026-03-02 2026-12-27 120 0"]);
    assert_eq!(plan.notes, ["Bo: 11 and 12 run at the same time, and both count"]);
    let (ended, _) = import(&now, &["Bo,2026-01-05,2026-03-01,180,0,11"]);
    assert_eq!(stand(&ended)[0], "2026-01-05 2026-03-01 180 0");
}

#[test]
fn two_lines_that_say_another_grant_for_one_first_day_are_at_fault() {
    let read = read_grants(&lines(&[YEAR, "Bo,2026-01-05,2026-12-27,200,60,"]));
    let plan = plan_grants(&read.rows, &mut Parties::holding("Bo", Vec::new()), "name");
    assert_eq!(
        plan.faults.iter().map(Fault::to_string).collect::<Vec<_>>(),
        ["line 3: one grant for a number, or for a first day, (line 2 says another) was expected"]
    );
}

#[test]
fn days_and_minutes_that_cannot_be_are_at_fault() {
    let read = read_grants(&lines(&["Bo,2026-12-27,2026-01-05,180,60,", "Bo,5-1-2026,2026-12-27,-1,10081,"]));
    let told: Vec<String> = read.faults.iter().map(Fault::to_string).collect();
    for (place, begin) in [
        "line 2, column to: a day not before 2026-12-27 (from) was expected, and \"2026-01-05\" is there",
        "line 3, column from: a day as YYYY-MM-DD was expected, and \"5-1-2026\" is there",
        "line 3, column specialist_minutes_per_week: a whole number of minutes a week from 0 to 10080",
        "line 3, column basic_minutes_per_week: a whole number",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(told[place].starts_with(begin), "{told:?}");
    }
}
