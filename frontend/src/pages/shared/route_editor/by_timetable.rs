//! A ride that was chosen out of the timetable, as the changes that put it into a part.

use opstap_core::model::{Model, Part, Stop, delete, set};
use opstap_core::{Change, RecordId, order};
use opstap_view::prelude::*;

use super::editor::RouteEditor;
use crate::device;
use crate::pages::shared::stop_picker::{Ride, RideNow, StopPicker};
use crate::words::stops;

/// The fields to choose with; nothing where this device has no timetable. What is taken over can be undone as one.
pub(super) fn by_timetable(editor: RouteEditor, part: RecordId) -> AnyView {
    let now = editor.work.with_now(|records| records.one::<Part>(part)).flatten().map(now_of).unwrap_or_default();
    let take_over = move |ride: Ride| {
        let changes = editor.work.with_now(|records| {
            let stops = records.in_order::<Stop>(part, |stop| &stop.order);
            records.one::<Part>(part).map(|before| changes((part, before), &stops, &ride, device::new_id))
        });
        let changes = changes.flatten().unwrap_or_default();
        if !changes.is_empty() {
            editor.work.out_of_the_field();
            editor.work.change(stops::TAKEN_OVER, changes);
        }
    };
    view! { <StopPicker now on_choose=take_over /> }.into_any()
}

fn now_of(part: Part) -> RideNow {
    let Part { means, line, direction, from, to, .. } = part;
    RideNow { means: Some(means), line, direction, from, to }
}

/// What differs in the part, and the stops between in the place of those that were there. Its title stays: that is the client's sentence.
fn changes(
    (part, before): (RecordId, Part),
    stops: &[(RecordId, Stop)],
    ride: &Ride,
    mut new_id: impl FnMut() -> RecordId,
) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.means != ride.means {
        changes.push(set(part, "means", ride.means.code().to_owned()));
    }
    for (cell, before, now) in [
        ("line", before.line, &ride.line),
        ("direction", before.direction, &ride.direction),
        ("from", before.from, &ride.from),
        ("to", before.to, &ride.to),
    ] {
        if before.as_ref() != Some(now) {
            changes.push(set(part, cell, now.clone()));
        }
    }
    if stops.iter().map(|(_, stop)| &stop.name).ne(&ride.between) {
        changes.extend(stops.iter().map(|(id, _)| delete(*id)));
        let mut last = stops.last().map(|(_, stop)| stop.order.clone());
        for name in &ride.between {
            let order = order::between(last.as_deref(), None);
            last = Some(order.clone());
            changes.push(Stop { order, name: name.clone() }.make_below(new_id(), part));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use opstap_core::Value;
    use opstap_core::model::Means;

    use super::*;

    const PART: RecordId = RecordId([1; 16]);

    fn part(line: &str) -> Part {
        let text = |text: &str| Some(text.to_owned());
        let (direction, from, to) = (text("Zuidplein"), text("Marktplein"), text("Zuidplein"));
        Part { line: text(line), direction, from, to, ..Part::titled("a", Means::Bus, "Neem de bus") }
    }

    fn ride() -> Ride {
        let text = str::to_owned;
        Ride {
            means: Means::Bus,
            line: text("32"),
            direction: text("Zuidplein"),
            from: text("Marktplein"),
            to: text("Zuidplein"),
            between: vec![text("Kerklaan"), text("Haven")],
        }
    }

    fn stop(id: u8, order: &str, name: &str) -> (RecordId, Stop) {
        (RecordId([id; 16]), Stop { order: order.to_owned(), name: name.to_owned() })
    }

    fn made(stops: &[(RecordId, Stop)], line: &str) -> Vec<Change> {
        let mut last = 9;
        let new_id = || {
            last += 1;
            RecordId([last; 16])
        };
        changes((PART, part(line)), stops, &ride(), new_id)
    }

    #[test]
    fn only_what_differs_is_changed() {
        let stops = [stop(2, "b", "Kerklaan"), stop(3, "c", "Haven")];
        assert_eq!(made(&stops, "32"), []);
        assert_eq!(made(&stops, "3"), [set(PART, "line", "32".to_owned())]);
    }

    #[test]
    fn other_stops_take_the_place_of_those_that_were_there_and_stand_behind_them() {
        let changes = made(&[stop(2, "b", "Brug"), stop(3, "c", "Haven")], "32");
        assert_eq!(changes.get(..2), Some(&[delete(RecordId([2; 16])), delete(RecordId([3; 16]))][..]));
        let orders = changes.iter().filter_map(|change| match change {
            Change::Make { cells, .. } => cells.iter().find(|(name, _)| &**name == "order").map(|(_, order)| order),
            Change::Set { .. } => None,
        });
        let orders: Vec<_> = orders
            .filter_map(|order| match order {
                Value::Text(order) => Some(order.as_str()),
                _ => None,
            })
            .collect();
        assert!(orders.len() == 2 && "c" < orders[0] && orders[0] < orders[1], "{orders:?}");
    }
}
