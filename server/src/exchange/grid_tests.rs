//! Reading files as lines of cells: what is in them, and that no bytes do harm.

use std::io::{Read as _, Write as _};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;
use crate::exchange::read;

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    lines(bytes).unwrap().into_iter().map(|line| line.cells).collect()
}

#[test]
fn text_between_commas_semicolons_or_tabs_gives_the_same_cells() {
    let expected = [["a", "b", "c"], ["1", "", "een, twee"]];
    for text in [
        "a,b,c\n1,,\"een, twee\"\n",
        "\u{feff}a,b,c\n1,,\"een, twee\"",
        "a;b;c\r\n1;;een, twee\r\n",
        "a\tb\tc\n1\t\teen, twee\n",
        "a,b,c\r1,,\"een, twee\"\r",
        " a , b,c\n\n1 ,,\"een, twee\"",
    ] {
        assert_eq!(cells(text.as_bytes()), expected, "{text:?}");
    }
}

#[test]
fn lines_are_numbered_as_in_the_file_whatever_stands_between() {
    let text = "a,b\n\n1,\"twee\nregels\"\n,,\n3,4\n";
    let numbers: Vec<u64> = lines(text.as_bytes()).unwrap().into_iter().map(|line| line.number).collect();
    assert_eq!(numbers, [1, 3, 6]);
    let quoted = cells("a\n\"zegt \"\"ja\"\"\"\n".as_bytes());
    assert_eq!(quoted[1], ["zegt \"ja\""]);
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_line() {
    assert_eq!(lines(b"a,b\n1,2\n\xe9,3\n"), Err(Unreadable::NotText(3)));
    assert!(matches!(lines(b"PK\x03\x04 no spreadsheet"), Err(Unreadable::Spreadsheet(_))));
    assert_eq!(lines(b""), Ok(Vec::new()));
}

#[test]
fn a_spreadsheet_gives_days_numbers_and_words_as_they_would_stand_in_text() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("dd-mm-yyyy");
    sheet.write(0, 0, "registration").unwrap();
    sheet.write(2, 0, 17).unwrap();
    sheet.write_with_format(2, 1, ExcelDateTime::parse_from_str("2013-06-27").unwrap(), &day).unwrap();
    sheet.write(2, 2, true).unwrap();
    // Far away, where a sheet as a whole would take all memory.
    sheet.write(1_048_575, 16_383, "ver").unwrap();
    let lines = lines(&book.save_to_buffer().unwrap()).unwrap();
    let found: Vec<_> = lines.iter().map(|line| (line.number, line.cells.join("|"))).collect();
    assert_eq!(found, [(1, "registration".to_owned()), (3, "17|2013-06-27|yes".to_owned())]);
}

#[test]
fn a_file_without_end_is_not_read_to_its_end() {
    let text = "a\n".repeat(MOST_LINES + 1);
    assert_eq!(lines(text.as_bytes()), Err(Unreadable::TooLong));
    let long = "x".repeat(LONGEST_CELL * 3);
    assert_eq!(cells(long.as_bytes())[0][0].len(), LONGEST_CELL);
}

fn read_all(bytes: &[u8]) {
    if let Ok(lines) = lines(bytes) {
        let _ = read::held(&lines);
    }
}

fn spreadsheet() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, text) in (0..).zip(["registration", "R001", "2013-06-27", "school"]) {
        sheet.write(row, 0, text).unwrap();
        sheet.write(row, 1, f64::from(row) * 1_000.5).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A spreadsheet of which parts are damaged before it is packed, so that no checksum tells. Each is known by its place, of so many.
fn repacked(bytes: &[u8], damage: impl Fn((usize, usize), &mut Vec<u8>)) -> Vec<u8> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let of = parts.len();
    for place in 0..of {
        let mut part = parts.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        damage((place, of), &mut text);
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(&text).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

#[test]
fn a_spreadsheet_that_says_it_ends_before_it_begins_is_read_or_refused() {
    let damaged = repacked(&spreadsheet(), |_, part| {
        if let Ok(text) = std::str::from_utf8(part) {
            *part = text.replace("ref=\"A1:", "ref=\"C9:").into_bytes();
        }
    });
    assert_ne!(damaged, repacked(&spreadsheet(), |_, _| {}));
    read_all(&damaged);
}

/// The spreadsheet with damage to the part in whose name this stands.
fn with_part(which: &str, damage: impl Fn(&str) -> String) -> Vec<u8> {
    let whole = spreadsheet();
    let names: Vec<String> = zip::ZipArchive::new(Cursor::new(&whole))
        .unwrap()
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let place = names.iter().position(|name| name.contains(which)).unwrap();
    repacked(&whole, |(part, _), text| {
        if part == place {
            *text = damage(std::str::from_utf8(text).unwrap()).into_bytes();
        }
    })
}

#[test]
fn a_spreadsheet_that_says_it_holds_more_texts_than_memory_is_refused_before_room_is_made() {
    for stated in ["100000000000", "18446744073709551615", "99999999999999999999999999"] {
        let count = |text: &str| text.replace("uniqueCount=\"4\"", &format!("uniqueCount = '{stated}'"));
        let damaged = with_part("sharedStrings", count);
        assert!(damaged != with_part("sharedStrings", str::to_owned), "the count stands there");
        let refused = lines(&damaged).unwrap_err().to_string();
        assert!(refused.contains("says that it holds more texts"), "{refused}");
    }
}

#[test]
fn a_small_spreadsheet_that_unpacks_to_very_much_is_refused_before_it_is_unpacked_whole() {
    let bomb =
        with_part("sheet1", |text| text.replace("<sheetData>", &format!("{}<sheetData>", " ".repeat(3_000_000))));
    assert!(bomb.len() < 20_000, "{}", bomb.len());
    assert_eq!(parts::within(&bomb, 1_000_000), Err(Unreadable::TooMuchUnpacked));
    assert!(lines(&bomb).is_ok(), "so much it may be");
    let refused = Unreadable::TooMuchUnpacked.to_string();
    assert_eq!(refused, "unpacked it has more than 100 MB; import it in parts");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
        read_all(&[b"PK\x03\x04", bytes.as_slice()].concat());
    }

    #[test]
    fn no_text_of_the_form_makes_the_reader_panic(
        rows in proptest::collection::vec("[-\",;\\r\\n0-9a-zé ]{0,60}", 0..8),
        semicolons: bool,
    ) {
        let header = crate::exchange::form::Column::ALL.map(crate::exchange::form::Column::name);
        let text = format!("{}\n{}", header.join(if semicolons { ";" } else { "," }), rows.join("\n"));
        read_all(text.as_bytes());
    }

    #[test]
    fn no_damaged_spreadsheet_makes_the_reader_panic(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<proptest::sample::Index>(),
        whole: bool,
    ) {
        let mut bytes = spreadsheet();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_all(&bytes);
    }

    #[test]
    fn no_spreadsheet_with_a_wrong_part_makes_the_reader_panic(
        which: proptest::sample::Index,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), "[<>/\"=0-9a-zA-Z:!$. -]{1,3}"), 1..6),
    ) {
        let damaged = repacked(&spreadsheet(), |(part, of), text| {
            for (place, by) in changes.iter().filter(|_| part == which.index(of)) {
                let place = place.index(text.len());
                text.splice(place..(place + by.len()).min(text.len()), by.bytes());
            }
        });
        read_all(&damaged);
    }
}
