//! The stops within the region: platforms of one name that stand together are one place to get on and off.

use std::collections::HashMap;
use std::io::{Read, Seek};

use super::GtfsError;
use super::archive::{Archive, Limits};
use super::fault::Faults;
use super::region::{Centre, Region, degrees, distance};
use super::table::{Column, Table};

/// Stops of one name are one place up to this distance, in kilometres: the two sides of a road, the corners of a square.
const TOGETHER: f64 = 0.5;

/// The columns that are read, by number.
const ID: usize = 0;
const NAME: usize = 1;
const LATITUDE: usize = 2;
const LONGITUDE: usize = 3;
const KIND: usize = 4;
const PARENT: usize = 5;
const COLUMNS: [Column; 6] = [
    Column::Needed("stop_id"),
    Column::Needed("stop_name"),
    Column::Needed("stop_lat"),
    Column::Needed("stop_lon"),
    Column::Optional("location_type"),
    Column::Optional("parent_station"),
];

/// The places of a region, and which stop of the feed belongs to which.
#[derive(Debug, Default)]
pub struct Places {
    /// Name and position of each.
    pub all: Vec<(String, Centre)>,
    /// The number of the place of each stop, by its id.
    pub of_stop: HashMap<Box<[u8]>, u32>,
}

/// A place with the station that it belongs to, if the feed says so.
type Known = (u32, Box<[u8]>);

/// Reads them.
pub fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    region: Region,
    limits: Limits,
    faults: &mut Faults,
) -> Result<Places, GtfsError> {
    let mut places = Places::default();
    let mut by_name: HashMap<String, Vec<Known>> = HashMap::new();
    let Some(mut table) = archive.table("stops.txt", &COLUMNS, Some(&mut *faults))? else { return Ok(places) };
    while table.next(faults)? {
        // Only what vehicles stop at: no stations as a whole, no entrances.
        if !matches!(table.cell(KIND), b"" | b"0") {
            continue;
        }
        let Some(at) = position(&table, faults).filter(|at| region.holds(*at)) else { continue };
        let Some(name) = table.text(NAME, faults) else { continue };
        if name.is_empty() {
            faults.note(table.fault(NAME, "the name of the stop was"));
            continue;
        }
        let Some(id) = table.id(ID, faults) else { continue };
        if places.of_stop.contains_key(id) {
            faults.note(table.fault(ID, "an id that no other stop has was"));
            continue;
        }
        if places.of_stop.len() == limits.stops {
            return Err(GtfsError::TooMuch { most: limits.stops, what: "stops" });
        }
        let id = id.into();
        let place = join(&mut places.all, by_name.entry(name.clone()).or_default(), (name, at), table.cell(PARENT));
        places.of_stop.insert(id, place);
    }
    Ok(places)
}

fn position(table: &Table<impl Read>, faults: &mut Faults) -> Option<Centre> {
    let mut of = |column, most: f64| {
        let read = degrees(table.cell(column), most);
        if read.is_none() {
            faults.note(table.fault(column, &format!("a number from -{most} to {most} was")));
        }
        read
    };
    let (latitude, longitude) = (of(LATITUDE, 90.0), of(LONGITUDE, 180.0));
    Some(Centre { latitude: latitude?, longitude: longitude? })
}

/// The place of this name at this spot, which is made where there is none yet.
fn join(all: &mut Vec<(String, Centre)>, known: &mut Vec<Known>, (name, at): (String, Centre), parent: &[u8]) -> u32 {
    let near = |place: u32| all.get(place as usize).is_some_and(|(_, there)| distance(*there, at) <= TOGETHER);
    let of_station = |station: &[u8]| !parent.is_empty() && station == parent;
    if let Some((place, _)) = known.iter().find(|(place, station)| of_station(station) || near(*place)) {
        return *place;
    }
    // No more than `Limits::stops`, which is far less.
    let place = u32::try_from(all.len()).unwrap_or(u32::MAX);
    known.push((place, parent.into()));
    all.push((name, at));
    place
}
