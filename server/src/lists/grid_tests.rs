//! What stands in the files of a list, read back.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;

fn grid() -> Grid {
    let rows = vec![
        vec![
            Cell::Text("=HYPERLINK(\"https://elders.example\")".into()),
            Cell::Number(45),
            Cell::Day(Day::parse("2026-11-30").unwrap()),
            Cell::Moment(Day::parse("2026-11-30").unwrap().begins().plus(46_800_000)),
            Cell::Tenths(Tenths(-5)),
        ],
        vec![
            Cell::Text("Post, \"en\" koffie".into()),
            Cell::Nothing,
            Cell::Day(Day(u32::MAX)),
            Cell::Nothing,
            Cell::Nothing,
        ],
    ];
    Grid { title: "uren".into(), head: ["wat", "minuten", "dag", "moment", "over"].map(Into::into).to_vec(), rows }
}

fn sheet(grid: &Grid) -> calamine::Range<Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(grid.as_spreadsheet().unwrap())).unwrap();
    book.worksheet_range(&grid.title).unwrap()
}

#[test]
fn a_cell_that_looks_like_a_formula_is_words_in_both_files() {
    for (text, written) in [
        ("=1+1", "'=1+1"),
        ("+31 6 12345678", "'+31 6 12345678"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
        ("Koffie;=1+1;", "Koffie;'=1+1;"),
        ("Hallo\n=1+1", "Hallo\n'=1+1"),
        ("3 - 2; of a=b", "3 - 2; of a=b"),
    ] {
        let grid = Grid { title: "x".into(), head: vec!["x".into()], rows: vec![vec![Cell::Text(text.into())]] };
        let csv = grid.as_csv();
        let mut lines = csv::Reader::from_reader(csv.as_bytes());
        let read = lines.records().next().unwrap().unwrap();
        assert_eq!(&read[0], written);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(grid.as_spreadsheet().unwrap())).unwrap();
        assert_eq!(book.worksheet_formula("x").unwrap().used_cells().count(), 0);
    }
    assert_eq!(sheet(&grid()).get((1, 0)).unwrap().to_string(), "=HYPERLINK(\"https://elders.example\")");
}

#[test]
fn between_commas_days_and_moments_are_iso_and_numbers_whole() {
    let expected = "wat,minuten,dag,moment,over\r\n\
                    \"'=HYPERLINK(\"\"https://elders.example\"\")\",45,2026-11-30,2026-11-30T14:00+01:00,-0.5\r\n\
                    \"Post, \"\"en\"\" koffie\",,";
    assert!(grid().as_csv().starts_with(expected), "{}", grid().as_csv());
}

#[test]
fn in_a_spreadsheet_days_are_days_and_numbers_are_numbers_and_a_day_beyond_it_is_words() {
    let sheet = sheet(&grid());
    let cell = |row, column| sheet.get((row, column)).unwrap().clone();
    assert_eq!(cell(1, 1), Data::Float(45.0));
    assert_eq!(cell(1, 4), Data::Float(-0.5));
    let Data::DateTime(day) = cell(1, 2) else { panic!("{:?}", cell(1, 2)) };
    assert_eq!(day.to_ymd_hms_milli(), (2026, 11, 30, 0, 0, 0, 0));
    let Data::DateTime(moment) = cell(1, 3) else { panic!("{:?}", cell(1, 3)) };
    assert_eq!(moment.to_ymd_hms_milli(), (2026, 11, 30, 14, 0, 0, 0));
    assert!(matches!(cell(2, 2), Data::String(_)));
}

#[test]
fn signs_that_no_file_may_hold_break_no_spreadsheet() {
    let text = "a\u{1}b\u{b}c_x0041_\u{fffe}";
    let grid = Grid { title: "x".into(), head: vec!["x".into()], rows: vec![vec![Cell::Text(text.into())]] };
    assert!(sheet(&grid).get((1, 0)).unwrap().to_string().starts_with('a'));
}

#[test]
fn a_text_longer_than_a_cell_holds_does_not_cost_the_file() {
    let rows = vec![vec![Cell::Text("ë".repeat(40_000))], vec![Cell::Text("daarna".into())]];
    let grid = Grid { title: "x".into(), head: vec!["x".into()], rows };
    let sheet = sheet(&grid);
    assert_eq!(sheet.get((1, 0)).unwrap().to_string().chars().count(), 32_767);
    assert_eq!(sheet.get((2, 0)).unwrap().to_string(), "daarna");
}
