//! The way back of a route: the same parts from the last to the first, each from where it ended to where it began.

use opstap_core::model::{Goal, Means, Model, Part, Picture, Route, Stop};
use opstap_core::{Change, RecordId, order};

/// A part of a route with what stands below it, each in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholePart {
    /// The part.
    pub part: Part,
    /// The stops it passes.
    pub stops: Vec<Stop>,
    /// What is learned there.
    pub goals: Vec<Goal>,
}

/// The changes that make `route`, a new one with the id `id`, the way back over these parts. Words that name where a part begins or ends
/// name the other end; what is done at a change, and on foot at a place of its own, differs on the way back and is left for whoever goes
/// there, as are the direction that stands on the vehicle and photos of a place, which is seen from the other side. `change_to` names a
/// change to what comes after it.
pub fn way_back(
    (id, route): (RecordId, &Route),
    parts: &[WholePart],
    change_to: impl Fn(&Part) -> String,
    mut new_id: impl FnMut() -> RecordId,
) -> Vec<Change> {
    let mut changes = vec![route.make(id)];
    // Where a part ends the next one begins, and there its way back begins. What is seen there is seen where the way back of the next ends.
    let mut position = None;
    for (at, (whole, place)) in parts.iter().rev().zip(order::first(parts.len())).enumerate() {
        let of = &whole.part;
        let next = parts.iter().rev().nth(at + 1).filter(|_| of.means == Means::Change);
        let title = next.map_or_else(|| turned(&of.title, of), |next| change_to(&next.part));
        let (from, to) = (of.to.clone(), of.from.clone());
        let begins = std::mem::replace(&mut position, of.position);
        let landmark = parts.iter().rev().nth(at + 1).and_then(|next| next.part.landmark.clone());
        let (direction, picture) = (None, of.picture.clone().filter(is_no_photo));
        let part = Part { title, order: place, from, to, direction, position: begins, landmark, picture, ..of.clone() };
        let part_id = new_id();
        changes.push(part.make_below(part_id, id));
        for (stop, place) in whole.stops.iter().rev().zip(order::first(whole.stops.len())) {
            let stop = Stop { order: place, ..stop.clone() };
            changes.push(stop.make_below(new_id(), part_id));
        }
        for goal in whole.goals.iter().filter(|goal| is_for_both_ways(goal, of)) {
            let text = turned(&goal.text, of);
            // A photo of one end is no photo of the other.
            let picture = goal.picture.clone().filter(|picture| text == goal.text || is_no_photo(picture));
            let goal = Goal { text, picture, ..goal.clone() };
            changes.push(goal.make_below(new_id(), part_id));
        }
    }
    changes
}

const fn is_no_photo(picture: &Picture) -> bool {
    !matches!(picture, Picture::Photo(_))
}

/// Whether a goal is learned on the way back too.
fn is_for_both_ways(goal: &Goal, part: &Part) -> bool {
    match part.means {
        Means::Bus | Means::Tram | Means::Metro | Means::Train | Means::Wait => true,
        Means::Walk | Means::Cycle => turned(&goal.text, part) == goal.text,
        Means::Change => false,
    }
}

/// A text in which each end of a part is named in the place of the other.
fn turned(text: &str, part: &Part) -> String {
    let (Some(from), Some(to)) = (named(part.from.as_ref()), named(part.to.as_ref())) else { return text.to_owned() };
    let mut turned = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let begins = turned.chars().last().is_none_or(|before: char| !before.is_alphanumeric());
        let found = [(from, to), (to, from)].into_iter().find(|(name, _)| begins && begins_with(rest, name));
        match found {
            Some((name, other)) => {
                let (here, after) = rest.split_at(length_of(rest, name));
                turned.push_str(&as_written(here, name, other));
                rest = after;
            }
            None => {
                turned.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    turned
}

fn named(place: Option<&String>) -> Option<&str> {
    place.map(|place| place.trim()).filter(|place| !place.is_empty())
}

/// The length in bytes of the part of a text that has as many letters as a name.
fn length_of(text: &str, name: &str) -> usize {
    text.chars().take(name.chars().count()).map(char::len_utf8).sum()
}

fn begins_with(text: &str, name: &str) -> bool {
    let (here, after) = text.split_at(length_of(text, name));
    here.to_lowercase() == name.to_lowercase() && after.chars().next().is_none_or(|next| !next.is_alphanumeric())
}

/// The other name, small where the first is written small here and not as a name: "naar school", "naar thuis".
fn as_written(here: &str, name: &str, other: &str) -> String {
    if here == name {
        return other.to_owned();
    }
    let mut letters = other.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use opstap_core::{Kind, Value};

    use super::*;

    fn part(title: &str, from: &str, to: &str, stops: &[&str]) -> WholePart {
        let stop = |(name, order): (&&str, String)| Stop { order, name: (*name).to_owned() };
        WholePart {
            part: Part {
                line: Some("4".to_owned()),
                direction: Some("Marconiplein".to_owned()),
                from: Some(from.to_owned()),
                to: Some(to.to_owned()),
                ..Part::titled("V", Means::Tram, title)
            },
            stops: stops.iter().zip(order::first(stops.len())).map(stop).collect(),
            goals: vec![Goal::saying("V", "Check in")],
        }
    }

    /// What is made of a kind: its parent, its place, and one of its cells.
    fn made(changes: &[Change], kind: Kind, cell: &str) -> Vec<(RecordId, String, String)> {
        let text = |change: &Change, name: &str| {
            let found = change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone());
            match found {
                Some(Value::Text(text)) => text,
                _ => String::new(),
            }
        };
        let of_kind = |change: &&Change| matches!(change, Change::Make { kind: made, .. } if *made == kind);
        let parent = |change: &Change| match change {
            Change::Make { parent, .. } => parent.unwrap_or(RecordId([0; 16])),
            Change::Set { id, .. } => *id,
        };
        let told = |change: &Change| (parent(change), text(change, "order"), text(change, cell));
        changes.iter().filter(of_kind).map(told).collect()
    }

    /// The changes that make the way back over these parts, each with an id of its own.
    fn back_over(parts: &[WholePart]) -> Vec<Change> {
        let route = Route { title: "Terug naar huis".to_owned(), picture: None, order: None };
        let mut last = 10;
        let new_id = || {
            last += 1;
            RecordId([last; 16])
        };
        way_back((RecordId([9; 16]), &route), parts, |_| String::new(), new_id)
    }

    #[test]
    fn the_way_back_has_the_parts_and_their_stops_in_reverse_and_the_goals_as_they_are() {
        let parts = [
            part("Met de tram", "Kleiweg", "Eendrachtsplein", &["Walenburg", "Centraal"]),
            part("Lopen", "Eendrachtsplein", "De Schakel", &[]),
        ];
        let changes = back_over(&parts);
        let titles = made(&changes, Kind::Part, "title");
        assert_eq!(titles.iter().map(|(_, _, title)| title.as_str()).collect::<Vec<_>>(), ["Lopen", "Met de tram"]);
        assert!(titles[0].1 < titles[1].1 && titles.iter().all(|(parent, ..)| *parent == RecordId([9; 16])));
        let ends = |cell| made(&changes, Kind::Part, cell).into_iter().map(|(_, _, end)| end).collect::<Vec<_>>();
        assert_eq!(
            (ends("from"), ends("to")),
            (
                vec!["De Schakel".to_owned(), "Eendrachtsplein".to_owned()],
                vec!["Eendrachtsplein".to_owned(), "Kleiweg".to_owned()]
            )
        );
        assert_eq!(ends("direction"), ["", ""]);
        assert_eq!(ends("line"), ["4", "4"]);
        let stops = made(&changes, Kind::Stop, "name");
        assert_eq!(stops.iter().map(|(_, _, name)| name.as_str()).collect::<Vec<_>>(), ["Centraal", "Walenburg"]);
        assert!(stops[0].1 < stops[1].1 && stops[0].0 == stops[1].0);
        assert_eq!(made(&changes, Kind::Goal, "text").len(), 2);
        let ids: std::collections::BTreeSet<_> = changes.iter().map(Change::record).collect();
        assert_eq!(ids.len(), changes.len());
    }

    #[test]
    fn words_that_name_an_end_name_the_other_on_the_way_back() {
        let tram = part("Neem de tram naar Eendrachtsplein", "Kleiweg", "Eendrachtsplein", &[]).part;
        assert_eq!(turned(&tram.title, &tram), "Neem de tram naar Kleiweg");
        assert_eq!(turned("Stap uit op Eendrachtsplein", &tram), "Stap uit op Kleiweg");
        assert_eq!(turned("Van Kleiweg naar Eendrachtsplein", &tram), "Van Eendrachtsplein naar Kleiweg");
        assert_eq!(turned("Kleiwegbad, check in", &tram), "Kleiwegbad, check in", "part of another word");
        let walk = Part { means: Means::Walk, ..part("Loop naar school", "Thuis", "School", &[]).part };
        assert_eq!(turned(&walk.title, &walk), "Loop naar thuis");
        assert_eq!(turned("Loop", &Part { to: None, ..walk }), "Loop");
    }

    #[test]
    fn what_is_learned_at_a_change_or_at_a_place_on_foot_is_not_taken_along() {
        let with = |means, title: &str, goals: &[&str]| {
            let of = part(title, "Halte", "School", &[]);
            let goals = goals.iter().map(|text| Goal::saying("V", *text)).collect();
            WholePart { part: Part { means, ..of.part }, goals, ..of }
        };
        let parts = [
            with(Means::Bus, "Neem bus 4", &["Check in"]),
            with(Means::Change, "Stap over op de metro", &["Volg de borden"]),
            with(Means::Metro, "Neem de metro", &["Stap uit op School"]),
            with(Means::Walk, "Loop naar school", &["Zoek de ingang van school", "Wacht op groen licht"]),
        ];
        let route = Route { title: "Terug".to_owned(), picture: None, order: None };
        let mut last = 10;
        let new_id = || {
            last += 1;
            RecordId([last; 16])
        };
        let changes = way_back((RecordId([9; 16]), &route), &parts, |part| format!("Dan: {}", part.title), new_id);
        let texts = |kind, cell| made(&changes, kind, cell).into_iter().map(|(_, _, text)| text).collect::<Vec<_>>();
        assert_eq!(texts(Kind::Part, "title"), ["Loop naar halte", "Neem de metro", "Dan: Neem bus 4", "Neem bus 4"]);
        assert_eq!(texts(Kind::Goal, "text"), ["Wacht op groen licht", "Stap uit op Halte", "Check in"]);
    }

    #[test]
    fn a_landmark_goes_to_the_part_that_ends_at_it_on_the_way_back_and_photos_of_the_other_end_go() {
        let blob =
            opstap_core::BlobRef { hash: opstap_core::BlobHash([1; 32]), media: opstap_core::Media::Photo, size: 1 };
        let photo = || Some(Picture::Photo(blob));
        let with = |whole: WholePart, landmark: &str| WholePart {
            part: Part { landmark: Some(landmark.to_owned()), picture: photo(), ..whole.part },
            goals: [
                ("Check in", photo()),
                ("Stap uit op Station", photo()),
                ("Stap uit op Station", Some(pictogram())),
            ]
            .map(|(text, picture)| Goal { picture, ..Goal::saying("V", text) })
            .into(),
            ..whole
        };
        let parts = [
            with(part("Met de tram", "Kleiweg", "Station", &[]), "het schuine dak"),
            with(part("Met de bus", "Station", "School", &[]), "de rode brievenbus"),
        ];
        let changes = back_over(&parts);
        let texts = |kind, cell| made(&changes, kind, cell).into_iter().map(|(_, _, text)| text).collect::<Vec<_>>();
        assert_eq!(
            texts(Kind::Part, "landmark"),
            ["het schuine dak", ""],
            "the way back ends where nobody arrived yet"
        );
        let pictures = |kind| {
            let of_kind =
                changes.iter().filter(move |change| matches!(change, Change::Make { kind: of, .. } if *of == kind));
            let picture = |change: &Change| {
                change.cells().iter().find(|(cell, _)| cell == "picture").map(|(_, value)| value.clone())
            };
            of_kind.map(picture).collect::<Vec<_>>()
        };
        assert_eq!(pictures(Kind::Part), [None, None]);
        let (photo, step_off) = (Some(Value::Blob(blob)), Some(Value::from("step-off")));
        let (bus, tram) = ([photo.clone(), None, step_off.clone()], [photo, None, step_off]);
        assert_eq!(pictures(Kind::Goal), [bus, tram].concat());
    }

    fn pictogram() -> Picture {
        Picture::Pictogram("step-off".to_owned())
    }

    #[test]
    fn the_way_back_begins_where_the_way_there_went_on() {
        let at = |longitude| opstap_core::model::Position::of(51.9, longitude);
        let begins = |title, position| WholePart {
            part: Part { position, ..Part::titled("V", Means::Walk, title) },
            stops: Vec::new(),
            goals: Vec::new(),
        };
        let parts = [begins("one", at(4.1)), begins("two", at(4.2)), begins("three", None)];
        let changes = back_over(&parts);
        let of_parts = changes.iter().filter(|change| matches!(change, Change::Make { kind: Kind::Part, .. }));
        let positions: Vec<_> = of_parts
            .map(|change| change.cells().iter().find(|(cell, _)| cell == "position").map(|(_, value)| value.clone()))
            .collect();
        use opstap_core::model::ToCell;
        assert_eq!(positions, [None, None, at(4.2).map(|at| at.to_cell())]);
    }
}
