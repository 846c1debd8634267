//! By which line each trip goes, and what stands on the vehicle.

use std::collections::HashMap;
use std::io::{Read, Seek};

use opstap_core::model::Means;

use super::GtfsError;
use super::archive::Archive;
use super::calls::Calls;
use super::fault::{Fault, Faults};
use super::table::Column;

const TRIPS: [Column; 3] = [Column::Needed("route_id"), Column::Needed("trip_id"), Column::Optional("trip_headsign")];
const ROUTES: [Column; 4] = [
    Column::Needed("route_id"),
    Column::Optional("route_short_name"),
    Column::Optional("route_long_name"),
    Column::Needed("route_type"),
];

/// The trips that go the same way under the same name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ride {
    /// By what; none for what Opstap has no means for, such as a ferry.
    pub means: Option<Means>,
    /// The name of the line.
    pub name: String,
    /// The direction on the vehicle; empty where the feed does not say.
    pub direction: String,
    /// The number of the way.
    pub way: u32,
}

/// Rides, and how many trips there are of each.
pub type Rides = HashMap<Ride, u32>;

/// Trips of one route and direction that go the same way, by the number of the route.
type ByRoute = HashMap<(usize, String, u32), u32>;

/// The routes that trips of the region belong to: where each is named first, and its number.
type Wanted = HashMap<Box<[u8]>, (usize, u64)>;

/// Reads them.
pub fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    calls: &mut Calls,
    faults: &mut Faults,
) -> Result<Rides, GtfsError> {
    let (wanted, by_route) = trips(archive, calls, faults)?;
    let routes = routes(archive, wanted, faults)?;
    let mut rides = Rides::new();
    for ((route, direction, way), many) in by_route {
        if let Some((means, name)) = routes.get(&route) {
            *rides.entry(Ride { means: *means, name: name.clone(), direction, way }).or_default() += many;
        }
    }
    Ok(rides)
}

fn trips<R: Read + Seek>(
    archive: &mut Archive<R>,
    calls: &mut Calls,
    faults: &mut Faults,
) -> Result<(Wanted, ByRoute), GtfsError> {
    let (mut wanted, mut rides) = (Wanted::new(), ByRoute::new());
    let Some(mut table) = archive.table("trips.txt", &TRIPS, Some(&mut *faults))? else { return Ok((wanted, rides)) };
    while table.next(faults)? {
        let Some(id) = table.id(1, faults) else { continue };
        // What is found is taken out: what is left in the end is in no row here.
        let Some(trip) = calls.trips.remove(id) else { continue };
        let Some(direction) = table.text(2, faults) else { continue };
        let Some(route) = table.id(0, faults) else { continue };
        let number = match wanted.get(route) {
            Some((number, _)) => *number,
            None => {
                let number = wanted.len();
                wanted.insert(route.into(), (number, table.line()));
                number
            }
        };
        *rides.entry((number, direction, trip.way)).or_default() += 1;
    }
    let mut left: Vec<_> = calls.trips.drain().map(|(id, trip)| (trip.line, id)).collect();
    left.sort_unstable();
    for (line, id) in left {
        faults.note(Fault::new("stop_times.txt", line, "trip_id", "a trip of trips.txt was", &id));
    }
    Ok((wanted, rides))
}

fn routes<R: Read + Seek>(
    archive: &mut Archive<R>,
    mut wanted: Wanted,
    faults: &mut Faults,
) -> Result<HashMap<usize, (Option<Means>, String)>, GtfsError> {
    let mut routes = HashMap::new();
    let Some(mut table) = archive.table("routes.txt", &ROUTES, Some(&mut *faults))? else { return Ok(routes) };
    while table.next(faults)? {
        let Some((number, _)) = table.id(0, faults).and_then(|id| wanted.remove(id)) else { continue };
        let (Some(short), Some(long)) = (table.text(1, faults), table.text(2, faults)) else { continue };
        let name = if short.is_empty() { long } else { short };
        if name.is_empty() {
            faults.note(table.fault(1, "a short or a long name of the line was"));
        }
        let kind = std::str::from_utf8(table.cell(3)).ok().and_then(|text| text.parse().ok());
        match kind {
            Some(kind) => {
                routes.insert(number, (means(kind), name));
            }
            None => faults.note(table.fault(3, "a type of route, a whole number such as 3 for a bus, was")),
        }
    }
    let mut left: Vec<_> = wanted.into_iter().map(|(id, (_, line))| (line, id)).collect();
    left.sort_unstable();
    for (line, id) in left {
        faults.note(Fault::new("trips.txt", line, "route_id", "a route of routes.txt was", &id));
    }
    Ok(routes)
}

/// The means for a type of route, of the first list or of the extended one.
const fn means(kind: u32) -> Option<Means> {
    Some(match kind {
        0 | 5 | 900..=999 => Means::Tram,
        1 | 12 | 401 | 402 | 405 | 500..=699 => Means::Metro,
        2 | 100..=199 | 300..=400 | 403 | 404 | 406..=499 => Means::Train,
        3 | 11 | 200..=299 | 700..=899 => Means::Bus,
        // By water, by cable, by taxi: a part of a route has no means for it.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_both_lists_have_their_means() {
        for (kinds, of) in [
            (&[0, 5, 900, 904][..], Some(Means::Tram)),
            (&[1, 12, 401, 402, 500, 600][..], Some(Means::Metro)),
            (&[2, 100, 109, 400][..], Some(Means::Train)),
            (&[3, 11, 200, 700, 704, 715, 800][..], Some(Means::Bus)),
            (&[4, 6, 7, 1_000, 1_200, 1_300, 1_400, 1_500, 1_700, 65_535][..], None),
        ] {
            for kind in kinds {
                assert_eq!(means(*kind), of, "{kind}");
            }
        }
    }
}
