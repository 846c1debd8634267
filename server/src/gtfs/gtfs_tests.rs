//! A feed is cut to its region, whatever is wrong is named, and no bytes make it panic or grow.

use std::io::Cursor;

use opstap_core::Day;
use opstap_core::model::Means;
use opstap_core::stops::Stops;
use proptest::prelude::*;

use super::archive::Limits;
use super::cut::cut_within;
use super::made_up::MadeUp;
use super::national;
use super::{Cut, GtfsError, Region, cut};

fn region() -> Region {
    Region { near: "51.9,4.5".parse().unwrap(), within: 10.0 }
}

fn import(feed: &MadeUp) -> Result<Cut, GtfsError> {
    cut(Cursor::new(feed.zip()), "feed.zip", region())
}

/// Lines as a person would tell them.
fn told(stops: &Stops) -> Vec<String> {
    let name = |place: &u32| stops.places[*place as usize].name.as_str();
    let line = |line: &opstap_core::stops::Line| {
        let places: Vec<_> = line.places.iter().map(name).collect();
        format!("{} {} → {}: {}", line.means.code(), line.name, line.direction, places.join(" · "))
    };
    stops.lines.iter().map(line).collect()
}

fn faults(feed: &MadeUp) -> Vec<String> {
    match import(feed) {
        Err(GtfsError::Faults(faults)) => faults.named().iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_feed_becomes_the_lines_of_the_region_with_their_stops_in_order() {
    let Cut { stops, left_out } = import(&MadeUp::feed()).unwrap();
    let lines = told(&stops);
    assert_eq!(
        lines,
        [
            "bus 7 → Marktplein: Kerklaan, oost · Marktplein",
            "bus 7 → Marktplein: Brug · Haven",
            "tram 2 → Brug: Marktplein · Kerklaan, oost · Haven · Brug",
            "tram 2 → Marktplein: Brug · Haven · Kerklaan, oost · Marktplein",
            "tram 10 → Brug: Marktplein · Brug",
        ],
        "what leaves the region falls apart, what is part of another is left out, without a headsign the last stop is the direction"
    );
    assert_eq!(left_out, 1, "the ferry");
    assert_eq!((stops.feed.name.as_str(), stops.feed.day), ("De Vervoerder", Day::parse("2026-11-29")));
    assert!(stops.lines.iter().all(|line| matches!(line.means, Means::Bus | Means::Tram)));
}

#[test]
fn platforms_of_one_name_are_one_place_and_two_streets_of_one_name_are_two() {
    let names = |feed: &MadeUp| {
        let mut names: Vec<_> = import(feed).unwrap().stops.places.into_iter().map(|place| place.name).collect();
        names.sort();
        names
    };
    assert_eq!(names(&MadeUp::feed()), ["Brug", "Haven", "Kerklaan, oost", "Marktplein"]);
    let apart = MadeUp::feed().with("stops.txt", |text| text.replace("51.9052,4.5051", "51.9552,4.5051"));
    assert_eq!(names(&apart), ["Brug", "Haven", "Kerklaan, oost", "Kerklaan, oost", "Marktplein"]);
    let of_station = MadeUp::feed().with("stops.txt", |text| text.replace("51.9003,4.5003", "51.9303,4.5003"));
    assert_eq!(names(&of_station).len(), 4, "a large station is one place however far its platforms are apart");
}

#[test]
fn the_same_feed_gives_the_same_file_whatever_the_order_of_its_rows() {
    let whole = import(&MadeUp::feed()).unwrap();
    let upside_down = |text: &str| {
        let (head, rows) = text.split_once('\n').unwrap();
        // The trips' rows stand apart too.
        let mut rows: Vec<_> = rows.lines().collect();
        rows.sort_by_key(|row| row.bytes().rev().collect::<Vec<_>>());
        format!("{head}\n{}\n", rows.join("\n"))
    };
    let mut other = MadeUp::feed();
    // What stands first decides which position a place has and whether a gap is seen, so only the other tables are turned.
    for file in ["trips.txt", "routes.txt"] {
        other = other.with(file, upside_down);
    }
    assert_eq!(import(&other).unwrap(), whole);
    let apart = MadeUp::feed().with("stop_times.txt", upside_down);
    assert_eq!(
        told(&import(&apart).unwrap().stops).into_iter().filter(|line| line.starts_with("tram")).collect::<Vec<_>>(),
        told(&whole.stops).into_iter().filter(|line| line.starts_with("tram")).collect::<Vec<_>>()
    );
}

#[test]
fn windows_line_ends_a_mark_in_front_and_columns_in_another_order_make_no_difference() {
    let windows = MadeUp::feed().with("stops.txt", |text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let turned = windows.with("routes.txt", |text| {
        let turn = |row: &str| row.split(',').rev().collect::<Vec<_>>().join(",");
        text.lines().map(turn).collect::<Vec<_>>().join("\n")
    });
    assert_eq!(import(&turned).unwrap(), import(&MadeUp::feed()).unwrap());
}

#[test]
fn a_feed_written_as_the_national_one_is_cut_to_a_city() {
    let city = Region { near: "51.9225,4.4792".parse().unwrap(), within: 8.0 };
    let Cut { stops, left_out } = cut(Cursor::new(national::feed().zip()), "gtfs-nl.zip", city).unwrap();
    assert_eq!(
        told(&stops),
        [
            "bus B4 → Rotterdam, Kleiweg: Rotterdam, Centraal Station · Rotterdam, Kleiweg",
            "tram 4 → Marconiplein: Rotterdam, Kleiweg · Rotterdam, Walenburgerweg · Rotterdam, Centraal Station",
            "tram 4 → Molenlaan: Rotterdam, Centraal Station · Rotterdam, Walenburgerweg · Rotterdam, Kleiweg",
            "train Intercity → Utrecht Centraal: Rotterdam Centraal · Rotterdam Alexander",
        ],
        "past midnight is a time as any other, a train is told by its kind and where it goes, and Utrecht is outside"
    );
    assert_eq!(left_out, 1, "by water");
    assert_eq!((stops.feed.name.as_str(), stops.feed.day), ("OVapi", Day::parse("2026-11-29")));
    let kleiweg = stops.places.iter().find(|place| place.name == "Rotterdam, Kleiweg").unwrap();
    assert_eq!(kleiweg.at, (5_194_530, 447_719), "that of a platform; the area above it is no stop");
    let without_days = national::feed().without("calendar_dates.txt").without("agency.txt");
    assert_eq!(cut(Cursor::new(without_days.zip()), "gtfs-nl.zip", city).unwrap().stops, stops);
}

/// The national feed with so many trips more, far from the city, each of ten stops.
fn with_trips_elsewhere(many: usize) -> Vec<u8> {
    let mut feed = national::feed();
    for (file, text) in &mut feed.0 {
        for trip in 0..many {
            let rows = match *file {
                "trips.txt" => format!("17001,1,{trip},RET:4:{trip},Utrecht,,,0,,,1,0\r\n"),
                "stop_times.txt" => (1..11).fold(String::new(), |rows, stop| {
                    rows + &format!(
                        "{trip},{stop},2324300,,24:{stop:02}:00,24:{stop:02}:00,0,0,0,{stop}00,{stop}00\r\n"
                    )
                }),
                _ => break,
            };
            text.extend(rows.as_bytes());
        }
    }
    feed.zip()
}

#[test]
fn the_stop_times_of_a_country_take_no_more_memory_than_those_of_a_city() {
    let city = Region { near: "51.9225,4.4792".parse().unwrap(), within: 8.0 };
    let held = |zip: Vec<u8>| {
        let used = allocation_counter::measure(|| {
            assert_eq!(cut(Cursor::new(&zip), "gtfs-nl.zip", city).unwrap().stops.lines.len(), 4);
        });
        used.bytes_max
    };
    let (few, many) = (held(with_trips_elsewhere(10)), held(with_trips_elsewhere(10_000)));
    assert!(many < few + 100_000, "{few} bytes at once for ten trips elsewhere, {many} for ten thousand");
}

#[test]
fn what_is_wrong_is_named_by_file_line_and_column_with_what_was_expected() {
    let change =
        |file, from: &'static str, to: &'static str| MadeUp::feed().with(file, |text| text.replacen(from, to, 1));
    for (feed, fault) in [
        (MadeUp::feed().without("trips.txt"), "trips.txt: this file at the top of the zip file was expected"),
        (
            change("stops.txt", "stop_lat", "lat"),
            "stops.txt, line 1, column stop_lat: a column of this name was expected",
        ),
        (
            change("stops.txt", "51.9100", "51,9100"),
            "stops.txt, line 7: 6 cells, as in the first line, were expected, “7” found",
        ),
        (
            change("stops.txt", "51.9100", "noord"),
            "stops.txt, line 7, column stop_lat: a number from -90 to 90 was expected, “noord” found",
        ),
        (
            change("stops.txt", "h,Haven", "h,"),
            "stops.txt, line 7, column stop_name: the name of the stop was expected",
        ),
        (
            change("stops.txt", "h,Haven", "m1,Haven"),
            "stops.txt, line 7, column stop_id: an id that no other stop has was expected, “m1” found",
        ),
        (
            change("stop_times.txt", "k1,2", "k1,two"),
            "stop_times.txt, line 3, column stop_sequence: a whole number from 0 was expected, “two” found",
        ),
        (
            change("stop_times.txt", "t2,09:00", "t99,09:00"),
            "stop_times.txt, line 6, column trip_id: a trip of trips.txt was expected, “t99” found",
        ),
        (
            change("trips.txt", "r10,a", "r11,a"),
            "trips.txt, line 5, column route_id: a route of routes.txt was expected, “r11” found",
        ),
        (
            change("routes.txt", "Brug,900", "Brug,tram"),
            "routes.txt, line 2, column route_type: a type of route, a whole number such as 3 for a bus, was expected, “tram” found",
        ),
        (
            change("routes.txt", "x,10,", "x,,"),
            "routes.txt, line 3, column route_short_name: a short or a long name of the line was expected",
        ),
        (
            change("feed_info.txt", "20261129", "29-11-26"),
            "feed_info.txt, line 2, column feed_start_date: a day such as 20261129 was expected, “29-11-26” found",
        ),
    ] {
        assert!(faults(&feed).iter().any(|named| named == fault), "{fault}\n{:#?}", faults(&feed));
    }
}

#[test]
fn all_that_is_wrong_is_named_at_once_and_of_very_much_the_number() {
    let two = MadeUp::feed()
        .with("stops.txt", |text| text.replacen("51.9100", "noord", 1))
        .with("routes.txt", |text| text.replacen(",900", ",tram", 1));
    assert_eq!(faults(&two).len(), 2);
    let throughout = MadeUp::feed().with("stop_times.txt", |text| format!("{text}{}", "x,1,1,m1,y\n".repeat(200)));
    let said = import(&throughout).unwrap_err().to_string();
    assert!(said.ends_with("and 150 more") && said.contains("nothing was written"), "{said}");
}

#[test]
fn a_region_without_lines_and_a_file_that_is_no_feed_get_a_sentence() {
    let elsewhere = Region { near: "40,4.5".parse().unwrap(), within: 10.0 };
    let none = cut(Cursor::new(MadeUp::feed().zip()), "feed.zip", elsewhere).unwrap_err();
    assert!(none.to_string().contains("no line of the feed"), "{none}");
    let no_zip = cut(Cursor::new(b"stop_id,stop_name".to_vec()), "feed.zip", region()).unwrap_err();
    assert!(no_zip.to_string().starts_with("feed.zip is no zip file with a timetable"), "{no_zip}");
}

fn within(feed: &MadeUp, limits: Limits) -> String {
    cut_within(Cursor::new(feed.zip()), "feed.zip", region(), limits).unwrap_err().to_string()
}

#[test]
fn a_small_zip_file_does_not_become_a_large_one() {
    let limits = Limits { bytes: 1_000_000, line: 10_000, ..Limits::default() };
    let bomb = MadeUp::feed().with("stop_times.txt", |text| format!("{text}{}", "far,1,1,v,1\n".repeat(1_000_000)));
    assert!(bomb.zip().len() < 100_000);
    assert!(within(&bomb, limits).contains("larger than any timetable"));
    let endless = MadeUp::feed().with("stops.txt", |text| format!("{text}z,\"{}", "a".repeat(100_000)));
    assert!(within(&endless, limits).contains("has no end"));
    let crowded = |limits| within(&MadeUp::feed(), limits);
    assert!(crowded(Limits { stops: 3, ..Limits::default() }).contains("more than 3 stops"));
    assert!(crowded(Limits { trips: 3, ..Limits::default() }).contains("more than 3 trips"));
    assert!(crowded(Limits { calls: 5, ..Limits::default() }).contains("smaller --within"));
}

#[test]
fn what_a_national_feed_holds_elsewhere_takes_no_memory() {
    let far = |number: usize| format!("f{number},1,1,v,1\nf{number},1,1,v,2\n");
    let national = MadeUp::feed().with("stop_times.txt", |text| {
        let mut text = text.to_owned();
        (0..50_000).for_each(|number| text.push_str(&far(number)));
        text
    });
    // Fifty thousand trips, of which none is kept: they are not in trips.txt either, and nobody asks.
    let limits = Limits { trips: 7, ..Limits::default() };
    let cut = cut_within(Cursor::new(national.zip()), "feed.zip", region(), limits).unwrap();
    assert_eq!(cut, import(&MadeUp::feed()).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_in_a_table_make_it_panic(
        file in 0..5_usize,
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\",\n\r0-.".to_vec())], 0..40),
        gone in 0..30_usize,
    ) {
        let mut feed = MadeUp::feed();
        let text = &mut feed.0[file].1;
        let at = at.index(text.len());
        let end = (at + gone).min(text.len());
        text.splice(at..end, bytes);
        if let Ok(Cut { stops, .. }) = import(&feed) {
            prop_assert_eq!(Stops::read(&stops.write()), Some(stops));
        }
    }

    #[test]
    fn no_bytes_of_a_zip_file_make_it_panic(at in any::<prop::sample::Index>(), with in any::<u8>(), end in any::<prop::sample::Index>(), cut_off: bool) {
        let mut zip = MadeUp::feed().zip();
        let place = at.index(zip.len());
        zip[place] = with;
        if cut_off {
            zip.truncate(end.index(zip.len()));
        }
        let limits = Limits { bytes: 1_000_000, ..Limits::default() };
        let _ = cut_within(Cursor::new(zip), "feed.zip", region(), limits);
    }
}
