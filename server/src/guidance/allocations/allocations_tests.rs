//! What of a message becomes a grant, what is at fault in it, and that no bytes make its reader stop.

use proptest::prelude::*;

use super::*;

/// A message about Bo de Boer, who does not exist: numbers that begin with 9999 are given to nobody.
const MESSAGE: &str = include_str!("../../../tests/program/wmo301/good.xml");

fn codes() -> Codes {
    let list = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    Codes { specialist: list(&["02A22"]), basic: list(&["02A21"]), other: list(&["01"]) }
}

fn clients() -> Clients {
    Clients::named(vec!["Bo de Boer".to_owned()])
}

fn grants(text: &str) -> Vec<(String, u32, u32, String, String)> {
    let read = read_allocations(&[(None, text.as_bytes().to_vec())], &codes(), &clients(), None);
    assert_eq!(read.faults, []);
    let told = |(_, row): (Spot, GrantRow)| {
        let Grant { from, to, specialist, basic, number, .. } = row.grant;
        (number.unwrap(), specialist, basic, from.written(), to.written())
    };
    read.rows.into_iter().map(told).collect()
}

fn faults(text: &str) -> Vec<String> {
    let read = read_allocations(&[(None, text.as_bytes().to_vec())], &codes(), &clients(), None);
    read.faults.iter().map(Fault::to_string).collect()
}

#[test]
fn each_product_that_is_guidance_is_a_grant_of_its_own_number() {
    let days = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let (specialist, basic) = (days("2026-01-05", "2026-12-27"), days("2026-01-05", "2026-12-27"));
    assert_eq!(
        grants(MESSAGE),
        [("300201".into(), 180, 0, specialist.0, specialist.1), ("300202".into(), 0, 60, basic.0, basic.1)]
    );
}

#[test]
fn a_message_without_prefixes_is_the_same_message() {
    let plain = MESSAGE.replace("wmo301:", "").replace("iwmo:", "").replace("xmlns:wmo301=", "xmlns=");
    assert_eq!(grants(&plain), grants(MESSAGE));
}

#[test]
fn a_client_is_found_by_the_table_whatever_they_are_called_and_zeros_before_a_number_do_not_matter() {
    let line = |number, cells: [&str; 2]| Line { number, cells: cells.map(str::to_owned).into() };
    let table = [line(1, ["bsn", "client"]), line(2, ["0999900006", "client-9"])];
    let (clients, wrong) = Clients::default().with_table(&table);
    assert_eq!(wrong, []);
    let read = read_allocations(&[(None, MESSAGE.into())], &codes(), &clients, None);
    assert!(read.rows.iter().all(|(_, row)| row.client == "client-9") && read.rows.len() == 2);
    let (_, wrong) = Clients::default().with_table(&[line(1, ["bsn", "client"]), line(2, ["12345678X", "Bo"])]);
    assert!(wrong.iter().all(|fault| !fault.to_string().contains("12345678")) && wrong.len() == 1);
}

#[test]
fn each_fault_says_where_it_is_what_was_expected_and_what_is_there() {
    for (from, to, said) in [
        ("<iwmo:Eenheid>04</iwmo:Eenheid>", "<iwmo:Eenheid>82</iwmo:Eenheid>", "element Eenheid: a unit of time"),
        ("<iwmo:Frequentie>2", "<iwmo:Frequentie>3", "element Frequentie: 1 a day, 2 a week"),
        ("<iwmo:Volume>3<", "<iwmo:Volume>drie<", "element Volume: a whole number"),
        ("<wmo301:Einddatum>2026-12-27</wmo301:Einddatum>", "", "element Einddatum: a last day; --until DAY"),
        ("2026-12-27<", "27-12-2026<", "element Einddatum: a day as YYYY-MM-DD was expected, and \"27-12-2026\" is"),
        ("2026-12-27<", "2025-12-27<", "element Einddatum: a day not before 2026-01-05"),
        (
            "02A22",
            "02B99",
            "element Product: a product of --specialist, --basic or --other was expected, and \"02B99\"",
        ),
        (">300202<", ">300201<", "element ToewijzingNummer: a number that no other allocation has (line "),
        ("<iwmo:Achternaam>Boer", "<iwmo:Achternaam>Bakker", "element Client: a client who is called so here in full"),
        ("iwmo/3_2/wmo301", "iwmo/2_3/wmo301", "a message WMO301"),
        ("iwmo/3_2/wmo301", "iwmo/3_2/wmo305", "a message WMO301"),
        ("</wmo301:Bericht>", "", "as XML without a document type"),
    ] {
        let told = faults(&MESSAGE.replace(from, to)).join("\n");
        assert!(told.contains(said) && told.starts_with("line "), "{from}: {told}");
        assert!(!told.contains("999900006"), "no number of anybody is shown");
    }
}

#[test]
fn an_allocation_without_an_end_is_read_until_a_day_that_is_said() {
    let open = MESSAGE.replace("<wmo301:Einddatum>2026-12-27</wmo301:Einddatum>", "");
    let read = read_allocations(&[(None, open.into())], &codes(), &clients(), Day::parse("2027-01-03"));
    assert!(read.faults.is_empty() && read.rows.iter().all(|(_, row)| row.grant.to.written() == "2027-01-03"));
}

#[test]
fn a_document_type_and_what_it_would_fetch_are_refused() {
    let with =
        format!("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n{}", MESSAGE.split_once('\n').unwrap().1);
    assert!(faults(&with).join("").contains("without a document type"));
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert_eq!(faults(&deep).len(), 1);
    assert!(faults(&"x".repeat(MOST_BYTES + 1)).join("").contains("at most 2 MB"));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_stop(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let read = read_allocations(&[(None, bytes)], &codes(), &clients(), None);
        prop_assert_eq!((read.rows.len(), read.faults.is_empty()), (0, false));
    }

    #[test]
    fn nor_does_a_message_in_which_something_else_stands(
        at in 0..MESSAGE.len(), length in 0_usize..40, other in "[<>/&;:a-z0-9 \u{e9}-]{0,12}",
    ) {
        let (begin, end) = (MESSAGE.floor_char_boundary(at), MESSAGE.ceil_char_boundary((at + length).min(MESSAGE.len())));
        let text = format!("{}{other}{}", &MESSAGE[..begin], &MESSAGE[end..]);
        let read = read_allocations(&[(None, text.into_bytes())], &codes(), &clients(), None);
        prop_assert!(read.rows.len() <= 2);
    }
}
