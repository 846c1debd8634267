//! How a route becomes the steps of a journey.

use Doing::{Act, Board, GetOff, Press, Ride};

use super::*;

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn pictogram(name: &str) -> Option<Picture> {
    Some(Picture::Pictogram(name.to_owned()))
}

fn part(n: u8, means: Means, title: &str, goals: &[(&str, &str)], stops: &[&str]) -> JourneyPart {
    let goal = |(place, (text, picture)): (u8, &(&str, &str))| {
        (id(n + 1 + place), Goal { picture: pictogram(picture), ..Goal::saying("V", *text) })
    };
    let stop = |(place, name): (u8, &&str)| (id(n + 51 + place), Stop { order: "V".into(), name: (*name).into() });
    JourneyPart {
        id: id(n),
        part: Part {
            line: rides(means).then(|| "32".to_owned()),
            from: Some("Proveniersplein".into()),
            to: Some("Centraal Station".into()),
            picture: pictogram("bus"),
            ..Part::titled("V", means, title)
        },
        goals: (0..).zip(goals).map(goal).collect(),
        stops: (0..).zip(stops).map(stop).collect(),
    }
}

fn told(steps: &[JourneyStep]) -> Vec<(Doing, &str)> {
    steps.iter().map(|step| (step.doing, step.text.as_deref().unwrap_or_default())).collect()
}

#[test]
fn a_walk_is_one_step_and_with_goals_a_step_for_each() {
    let plain = journey(&[part(1, Means::Walk, "Loop naar de halte", &[], &[])]);
    assert_eq!(told(&plain), [(Act, "Loop naar de halte")]);
    let goals = [("Steek over", "zebra-crossing"), ("Zoek de halte", "bus-stop")];
    let steps = journey(&[part(1, Means::Walk, "Loop naar de halte", &goals, &[])]);
    assert_eq!(told(&steps), [(Act, "Steek over"), (Act, "Zoek de halte")]);
    assert_eq!(steps[1].picture, pictogram("bus-stop"));
}

#[test]
fn a_bus_is_boarded_passes_its_stops_is_pressed_for_one_before_the_last_and_left() {
    let stops = ["Schiekade", "Weena"];
    let steps = journey(&[part(1, Means::Bus, "Neem bus 32", &[], &stops)]);
    assert_eq!(told(&steps), [(Board, "Neem bus 32"), (Ride(0), ""), (Ride(1), ""), (Press, ""), (GetOff, "")]);
}

#[test]
fn a_metro_and_a_train_stop_without_anybody_pressing() {
    for means in [Means::Metro, Means::Train] {
        let steps = journey(&[part(1, means, "Neem metro D", &[("Druk op stop", "stop-bell")], &["Beurs"])]);
        assert!(steps.iter().all(|step| step.doing != Press), "{steps:?}");
    }
    assert!(journey(&[part(1, Means::Tram, "Neem tram 4", &[], &[])]).iter().any(|step| step.doing == Press));
}

#[test]
fn a_ride_of_which_no_stops_are_known_goes_from_its_begin_to_its_end() {
    let metro = part(1, Means::Metro, "Neem metro D", &[], &[]);
    assert_eq!(told(&journey(std::slice::from_ref(&metro))), [(Board, "Neem metro D"), (Ride(0), ""), (GetOff, "")]);
    assert_eq!(stops_of(&metro), ["Proveniersplein", "Centraal Station"]);
    let bus = part(1, Means::Bus, "", &[], &["Schiekade"]);
    assert_eq!(stops_of(&bus), ["Proveniersplein", "Schiekade", "Centraal Station"]);
}

#[test]
fn the_goals_of_a_ride_stand_where_they_are_done() {
    let goals = [
        ("Kijk of het bus 32 is", "bus"),
        ("Check in", "card-reader"),
        ("Druk op tijd op stop", "stop-bell"),
        ("Check uit bij de bus", "card-reader-out"),
    ];
    let steps = journey(&[part(1, Means::Bus, "Neem bus 32", &goals, &[])]);
    let expected = [
        (Act, "Kijk of het bus 32 is"),
        (Board, "Neem bus 32"),
        (Act, "Check in"),
        (Ride(0), ""),
        (Press, ""),
        (Act, "Check uit bij de bus"),
        (GetOff, ""),
    ];
    assert_eq!(told(&steps), expected);
    assert_eq!(steps[4].picture, pictogram("stop-bell"));
}

#[test]
fn a_goal_that_is_getting_off_says_it_and_one_checks_out_of_a_metro_after_it() {
    let goals =
        [("Check in bij het poortje", "check-in-post"), ("Stap uit op Zuidplein", "step-off"), ("Loop mee", "sun")];
    let steps = journey(&[part(1, Means::Metro, "Neem metro D", &goals, &[])]);
    let expected = [
        (Act, "Check in bij het poortje"),
        (Board, "Neem metro D"),
        (Ride(0), ""),
        (GetOff, "Stap uit op Zuidplein"),
        (Act, "Loop mee"),
    ];
    assert_eq!(told(&steps), expected);
}

#[test]
fn goals_with_a_photo_are_told_apart_by_their_words_in_both_languages() {
    for (text, expected) in [
        ("Druk op de stopknop", Side::Press),
        ("Press the stop button", Side::Press),
        ("Uitstappen bij de kerk", Side::Off),
        ("Get off at the church", Side::Off),
        ("Ga zitten", Side::Begin),
        ("Wacht bij de bushalte", Side::Before),
        ("Kijk of het bus 32 is", Side::Before),
        ("Wacht op de tram", Side::Before),
        ("Loop naar de halte", Side::Before),
        ("Wait for the bus", Side::Before),
        ("Wacht tot de bus stilstaat", Side::Begin),
        ("Let op je halte", Side::Begin),
        ("Kijk op het scherm", Side::Begin),
        ("Navigate with your phone", Side::Begin),
        ("Wait until the bus stands still", Side::Begin),
    ] {
        let goal = Goal::saying("V", text);
        assert!(side(&goal) == expected, "{text}");
    }
}

#[test]
fn what_is_done_once_one_is_in_stays_inside_whatever_words_it_has() {
    let doing = |means, texts: &[&str]| {
        let goals: Vec<_> = texts.iter().map(|text| (*text, "sun")).collect();
        told(&journey(&[part(1, means, "Stap in", &goals, &[])]))
            .into_iter()
            .map(|(_, text)| text.to_owned())
            .collect::<Vec<_>>()
    };
    let bus =
        doing(Means::Bus, &["Wacht op de bus", "Ga zitten", "Kijk of je halte komt", "Wacht tot de bus stilstaat"]);
    let expected = ["Wacht op de bus", "Stap in", "Ga zitten", "Kijk of je halte komt", "Wacht tot de bus stilstaat"];
    assert_eq!(bus[..5], expected);
    let metro = doing(Means::Metro, &["Pak je kaart", "Check in", "Let op je halte"]);
    assert_eq!(metro[..4], ["Pak je kaart", "Check in", "Stap in", "Let op je halte"]);
}

#[test]
fn a_part_ends_at_getting_off_and_without_a_ride_at_its_last_step() {
    let walk = part(1, Means::Walk, "Loop", &[("Steek over", "sun"), ("Zoek de ingang", "sun")], &[]);
    let metro = part(60, Means::Metro, "Metro", &[("Stap uit", "step-off"), ("Check uit", "card-reader-out")], &[]);
    let steps = journey(&[walk, metro, part(120, Means::Walk, "Loop verder", &[], &[])]);
    let ends = steps.iter().filter(|step| ends_its_part(&steps, step));
    let ends: Vec<_> = ends.map(|step| step.text.as_deref().unwrap_or_default()).collect();
    assert_eq!(ends, ["Zoek de ingang", "Stap uit", "Loop verder"]);
}

#[test]
fn a_step_is_found_again_after_the_route_changed_round_it() {
    let before = journey(&[part(1, Means::Bus, "Neem bus 32", &[], &["Weena"])]);
    let goals = [("Check in", "card-reader")];
    let after =
        journey(&[part(90, Means::Walk, "Loop", &[], &[]), part(1, Means::Bus, "Neem lijn 32", &goals, &["Weena"])]);
    for step in &before {
        assert_eq!(after.iter().filter(|other| other.is(step)).count(), 1, "{step:?}");
    }
}

#[test]
fn every_step_differs_from_every_other() {
    let goals = [("Check in", "card-reader"), ("Druk op stop", "stop-bell"), ("Stap uit", "step-off")];
    let steps = journey(&[
        part(1, Means::Bus, "Neem bus 32", &goals, &["Schiekade", "Weena"]),
        part(100, Means::Train, "Neem de trein", &[], &[]),
    ]);
    for (place, step) in steps.iter().enumerate() {
        assert!(steps.iter().skip(place + 1).all(|other| !other.is(step)), "{step:?}");
    }
}

#[test]
fn a_passer_by_is_asked_about_the_ride_one_is_on_or_else_the_next() {
    let parts = [
        part(1, Means::Walk, "Loop", &[], &[]),
        part(60, Means::Bus, "Bus", &[], &[]),
        part(120, Means::Walk, "Loop", &[], &[]),
    ];
    let steps = journey(&parts);
    let at = |step| ride_from(&parts, step).map(|part| part.id);
    assert_eq!(at(None), Some(id(60)));
    assert_eq!(at(steps.first()), Some(id(60)));
    assert_eq!(at(steps.get(2)), Some(id(60)));
    assert_eq!(at(steps.last()), None);
}

#[test]
fn a_part_without_a_picture_shows_how_it_is_travelled() {
    let part = |picture: Option<&str>| Part {
        picture: picture.map(|name| Picture::Pictogram(name.to_owned())),
        ..Part::titled("V", Means::Tram, "Neem tram 4")
    };
    let shown = |picture| picture_of(&part(picture));
    assert_eq!(shown(None), Picture::Pictogram("tram".to_owned()));
    assert_eq!(shown(Some("school")), Picture::Pictogram("school".to_owned()));
}
