//! The way back of a route: the same parts from the last to the first, each from where it ended to where it began.

use opstap_core::model::{Goal, Model, Part, Route, Stop};
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

/// The changes that make `route`, a new one with the id `id`, the way back over these parts. The direction that stands on the vehicle is
/// another one, and is left for whoever knows it.
pub fn way_back(
    (id, route): (RecordId, &Route),
    parts: &[WholePart],
    mut new_id: impl FnMut() -> RecordId,
) -> Vec<Change> {
    let mut changes = vec![route.make(id)];
    for (whole, place) in parts.iter().rev().zip(order::first(parts.len())) {
        let of = &whole.part;
        let (from, to) = (of.to.clone(), of.from.clone());
        let part = Part { order: place, from, to, direction: None, ..of.clone() };
        let part_id = new_id();
        changes.push(part.make_below(part_id, id));
        for (stop, place) in whole.stops.iter().rev().zip(order::first(whole.stops.len())) {
            let stop = Stop { order: place, ..stop.clone() };
            changes.push(stop.make_below(new_id(), part_id));
        }
        changes.extend(whole.goals.iter().map(|goal| goal.make_below(new_id(), part_id)));
    }
    changes
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Means;
    use opstap_core::{Kind, Value};

    use super::*;

    fn part(title: &str, from: &str, to: &str, stops: &[&str]) -> WholePart {
        let stop = |(name, order): (&&str, String)| Stop { order, name: (*name).to_owned() };
        WholePart {
            part: Part {
                order: "V".to_owned(),
                means: Means::Tram,
                title: title.to_owned(),
                line: Some("4".to_owned()),
                direction: Some("Marconiplein".to_owned()),
                from: Some(from.to_owned()),
                to: Some(to.to_owned()),
                picture: None,
            },
            stops: stops.iter().zip(order::first(stops.len())).map(stop).collect(),
            goals: vec![Goal { order: "V".to_owned(), text: "Check in".to_owned(), picture: None }],
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

    #[test]
    fn the_way_back_has_the_parts_and_their_stops_in_reverse_and_the_goals_as_they_are() {
        let parts = [
            part("Met de tram", "Kleiweg", "Eendrachtsplein", &["Walenburg", "Centraal"]),
            part("Lopen", "Eendrachtsplein", "De Schakel", &[]),
        ];
        let route = Route { title: "Terug naar huis".to_owned(), picture: None, order: None };
        let mut last = 10;
        let new_id = || {
            last += 1;
            RecordId([last; 16])
        };
        let changes = way_back((RecordId([9; 16]), &route), &parts, new_id);
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
}
