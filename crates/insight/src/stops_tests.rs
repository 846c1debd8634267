//! What is found in a small region that is made up.

use opstap_core::stops::Place;

use super::*;

const PLACES: [&str; 7] =
    ["Marktplein", "Kerklaan", "Zuiderbrug", "Café ’t Hoekje", "Station Noord", "Haven", "Stad, Zuidplein"];

fn finder() -> StopFinder {
    let places = PLACES.iter().map(|name| Place { name: (*name).to_owned(), at: (0, 0) }).collect();
    let line = |means, name: &str, direction: &str, places: &[u32]| Line {
        means,
        name: name.to_owned(),
        direction: direction.to_owned(),
        places: places.to_vec(),
    };
    let lines = vec![
        line(Means::Bus, "3", "Haven", &[0, 1, 2, 5]),
        line(Means::Bus, "32", "Station Noord", &[6, 0, 1, 3, 4]),
        line(Means::Bus, "32", "Station Noord", &[6, 2, 4]),
        line(Means::Bus, "32", "Zuidplein", &[4, 3, 1, 0, 6]),
        line(Means::Tram, "2", "Rondje", &[0, 1, 2, 0, 3]),
    ];
    StopFinder::new(Stops { places, lines, ..Stops::default() })
}

fn means(means: Means) -> String {
    means.code().to_owned()
}

fn lines(finder: &StopFinder, typed: &str) -> Vec<String> {
    let found = finder.lines(typed, means, 8);
    let named = found.into_iter().filter_map(|id| finder.direction(id));
    named.map(|of| format!("{} {} {}", of.means.code(), of.line, of.direction)).collect()
}

fn the(finder: &StopFinder, line: &str, direction: &str) -> DirectionId {
    let of = |means| finder.known(Direction { means, line, direction });
    of(Means::Bus).or(of(Means::Tram)).unwrap()
}

fn names<'a>(finder: &'a StopFinder, places: &[PlaceId]) -> Vec<&'a str> {
    places.iter().map(|place| finder.name(*place)).collect()
}

#[test]
fn a_line_is_found_by_its_number_its_direction_its_means_or_a_stop() {
    let finder = finder();
    assert_eq!(lines(&finder, "3"), ["bus 3 Haven", "bus 32 Station Noord", "bus 32 Zuidplein"], "exactly that first");
    assert_eq!(
        lines(&finder, "bus 32 zuid"),
        ["bus 32 Zuidplein", "bus 32 Station Noord"],
        "who only stops there last"
    );
    assert_eq!(lines(&finder, "tram"), ["tram 2 Rondje"]);
    assert_eq!(lines(&finder, "cafe"), ["bus 32 Station Noord", "bus 32 Zuidplein", "tram 2 Rondje"]);
    assert_eq!(lines(&finder, "32 kerkl haven"), [] as [&str; 0], "two stops are no line");
    assert_eq!(lines(&finder, " ,"), [] as [&str; 0]);
    assert_eq!(finder.lines("bus", means, 2).len(), 2);
}

#[test]
fn a_direction_with_several_ways_is_one_choice() {
    let finder = finder();
    let north = the(&finder, "32", "station NOORD");
    assert_eq!(
        names(&finder, &finder.places(north)),
        ["Stad, Zuidplein", "Marktplein", "Kerklaan", "Café ’t Hoekje", "Station Noord", "Zuiderbrug"]
    );
    assert!(!names(&finder, &finder.to_get_on(north)).contains(&"Station Noord"), "nobody gets on where it ends");
    assert_eq!(finder.known(Direction { means: Means::Tram, line: "32", direction: "Zuidplein" }), None);
}

#[test]
fn the_stops_between_are_those_of_the_way_that_goes_there() {
    let finder = finder();
    let north = the(&finder, "32", "Station Noord");
    let place = |name| finder.named(name, &finder.places(north)).unwrap();
    let between = |from, to| finder.between(north, place(from), place(to)).map(|all| names(&finder, &all));
    assert_eq!(between("Stad, Zuidplein", "Station Noord"), Some(vec!["Marktplein", "Kerklaan", "Café ’t Hoekje"]));
    assert_eq!(between("Zuiderbrug", "Station Noord"), Some(Vec::new()), "only the other way stops there");
    assert_eq!(between("Kerklaan", "Marktplein"), None, "not against the direction");
    assert_eq!(between("Kerklaan", "Kerklaan"), None);
    assert_eq!(names(&finder, &finder.to_get_off(north, place("Zuiderbrug"))), ["Station Noord"]);
    assert_eq!(names(&finder, &finder.to_get_off(north, place("Kerklaan"))), ["Café ’t Hoekje", "Station Noord"]);
}

#[test]
fn on_a_round_it_is_the_shorter_ride() {
    let finder = finder();
    let round = the(&finder, "2", "Rondje");
    let place = |name| finder.named(name, &finder.places(round)).unwrap();
    let ride = finder.between(round, place("Marktplein"), place("Café ’t Hoekje")).unwrap();
    assert_eq!(names(&finder, &ride), [] as [&str; 0]);
    let off = finder.to_get_off(round, place("Marktplein"));
    assert_eq!(names(&finder, &off), ["Kerklaan", "Zuiderbrug", "Café ’t Hoekje"]);
    assert!(
        off.iter().all(|to| finder.between(round, place("Marktplein"), *to).is_some()),
        "what is offered can be ridden"
    );
}

#[test]
fn a_stop_is_found_by_how_a_word_of_it_begins() {
    let finder = finder();
    let all = finder.places(the(&finder, "32", "Station Noord"));
    assert_eq!(names(&finder, &finder.like("zuidp", &all, 8)), ["Stad, Zuidplein"]);
    assert_eq!(names(&finder, &finder.like("CAFÉ", &all, 8)), ["Café ’t Hoekje"]);
    assert_eq!(names(&finder, &finder.like("", &all, 2)), ["Stad, Zuidplein", "Marktplein"], "none was typed");
    assert_eq!(finder.like("lein", &all, 8), []);
}

#[test]
fn the_stops_around_a_position_come_nearest_first_each_name_once_and_none_beyond_a_short_walk() {
    // In Rotterdam a hundredth of a degree is 1,112 metres north and some 686 metres east.
    let place =
        |name: &str, north: i32, east: i32| Place { name: name.to_owned(), at: (5_194_490 + north, 447_680 + east) };
    let places = vec![
        place("Far north", 230, 0),
        place("East", 0, 340),
        place("Beyond east", 0, 370),
        place("North", 220, 0),
        place("Kleiweg", 40, 0),
        place("Kleiweg", -60, 0),
    ];
    let finder = StopFinder::new(Stops { places, ..Stops::default() });
    let here = Position::of(51.944_9, 4.476_8).unwrap();
    assert_eq!(names(&finder, &finder.near(here, 8)), ["Kleiweg", "East", "North"]);
    assert_eq!(names(&finder, &finder.near(here, 1)), ["Kleiweg"]);
    assert_eq!(finder.near(Position::of(52.1, 4.5).unwrap(), 8), []);
}

#[test]
fn at_a_stop_the_lines_are_offered_that_go_on_from_there() {
    let finder = finder();
    let at = |name: &str| {
        let lines = finder.lines_from(name, 8).into_iter().filter_map(|id| finder.direction(id));
        lines.map(|of| format!("{} {}", of.line, of.direction)).collect::<Vec<_>>()
    };
    assert_eq!(at("kerklaan"), ["3 Haven", "32 Station Noord", "32 Zuidplein", "2 Rondje"]);
    assert_eq!(at("Haven"), [] as [&str; 0], "there it ends");
    assert_eq!(finder.lines_from("Kerklaan", 2).len(), 2);
}
