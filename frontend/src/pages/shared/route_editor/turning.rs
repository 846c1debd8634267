//! The way back of a route, as the changes that make it.

use opstap_core::model::{Goal, Part, Route, Stop};
use opstap_core::{Change, RecordId, order};
use opstap_insight::{WholePart, way_back};

use crate::device;
use crate::pages::shared::editing::Records;
use crate::pages::supporter::means;
use crate::words::training;

/// What a way back is called.
#[must_use]
pub fn named_back(title: &str) -> String {
    training::way_back_of(title).get()
}

/// A new route that is the way back of another, behind all routes; nothing where there is no such route.
pub fn way_back_of(records: &Records, route: RecordId, title: String) -> Option<(RecordId, Vec<Change>)> {
    let of: Route = records.one(route)?;
    let parts: Vec<WholePart> = records
        .in_order::<Part>(route, |part| &part.order)
        .into_iter()
        .map(|(id, part)| WholePart {
            part,
            stops: without_ids(records.in_order::<Stop>(id, |stop| &stop.order)),
            goals: without_ids(records.in_order::<Goal>(id, |goal| &goal.order)),
        })
        .collect();
    let last = records.below::<Route>(None).into_iter().filter_map(|(_, route)| route.order).max();
    let order = Some(order::between(last.as_deref(), None));
    let id = device::new_id();
    let turned = Route { title, picture: of.picture, order };
    let change_to = |next: &Part| training::change_to(means::word(next.means).get()).get();
    Some((id, way_back((id, &turned), &parts, change_to, device::new_id)))
}

fn without_ids<M>(all: Vec<(RecordId, M)>) -> Vec<M> {
    all.into_iter().map(|(_, one)| one).collect()
}
