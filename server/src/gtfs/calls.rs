//! Where trips stop in the region. The one large file of a feed: it is read once, row by row, and of each trip that touches the region its
//! way is kept, which most trips share.

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::rc::Rc;

use super::GtfsError;
use super::archive::{Archive, Limits};
use super::fault::Faults;
use super::places::Places;
use super::table::{Column, Table};

/// Where a trip is between two stops of the region without being in it.
pub const OUTSIDE: u32 = u32::MAX;

/// A trip of more stops than this is none.
const MOST_CALLS: usize = 2_000;

const TRIP: usize = 0;
const STOP: usize = 1;
const SEQUENCE: usize = 2;
const COLUMNS: [Column; 3] = [Column::Needed("trip_id"), Column::Needed("stop_id"), Column::Needed("stop_sequence")];

/// The way of a trip: places with their numbers in the trip.
type Way = Rc<[(u32, u32)]>;

/// A trip that touches the region.
#[derive(Debug, Clone, Copy)]
pub struct Trip {
    /// The number of its way.
    pub way: u32,
    /// The line of the file that names it first.
    pub line: u64,
}

/// The trips that touch the region, and their ways.
#[derive(Debug, Default)]
pub struct Calls {
    /// By their ids.
    pub trips: HashMap<Box<[u8]>, Trip>,
    ways: Vec<Way>,
    numbers: HashMap<Way, u32>,
    /// How many stops there are in all ways.
    held: usize,
}

impl Calls {
    /// The places of each way in order, by its number; [`OUTSIDE`] where it leaves the region in between.
    #[must_use]
    pub fn ways(&self) -> Vec<Vec<u32>> {
        self.ways.iter().map(|way| way.iter().map(|(_, place)| *place).collect()).collect()
    }

    fn keep(&mut self, open: Open, limits: Limits) -> Result<(), GtfsError> {
        let Open { trip, line, mut calls } = open;
        if calls.iter().all(|(_, place)| *place == OUTSIDE) {
            return Ok(());
        }
        calls.sort_unstable();
        // Of what is outside, one row says as much as many, and before and behind nothing.
        calls.dedup_by(|later, earlier| later.1 == OUTSIDE && earlier.1 == OUTSIDE);
        calls.pop_if(|(_, place)| *place == OUTSIDE);
        let from = usize::from(calls.first().is_some_and(|(_, place)| *place == OUTSIDE));
        let way: Way = calls.split_off(from).into();
        let number = match self.numbers.get(&way) {
            Some(known) => *known,
            None => {
                // No more than `Limits::calls`, which is far less.
                let number = u32::try_from(self.ways.len()).unwrap_or(u32::MAX);
                self.held += way.len();
                self.ways.push(Rc::clone(&way));
                self.numbers.insert(way, number);
                number
            }
        };
        if self.held > limits.calls {
            return Err(GtfsError::TooMuch { most: limits.calls, what: "stops of trips" });
        }
        self.trips.insert(trip, Trip { way: number, line });
        if self.trips.len() > limits.trips {
            return Err(GtfsError::TooMuch { most: limits.trips, what: "trips" });
        }
        Ok(())
    }
}

/// The trip that is being read.
struct Open {
    trip: Box<[u8]>,
    line: u64,
    calls: Vec<(u32, u32)>,
}

/// Reads them.
pub fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    places: &Places,
    limits: Limits,
    faults: &mut Faults,
) -> Result<Calls, GtfsError> {
    let mut calls = Calls::default();
    let mut open: Option<Open> = None;
    let Some(mut table) = archive.table("stop_times.txt", &COLUMNS, Some(&mut *faults))? else { return Ok(calls) };
    while table.next(faults)? {
        let Some(trip) = table.id(TRIP, faults) else { continue };
        let Some(sequence) = sequence(&table, faults) else { continue };
        let place = places.of_stop.get(table.cell(STOP)).copied().unwrap_or(OUTSIDE);
        if open.as_ref().is_none_or(|open| *open.trip != *trip) {
            let next = begin(&calls, trip, table.line());
            if let Some(before) = open.replace(next) {
                calls.keep(before, limits)?;
            }
        }
        let Some(open) = &mut open else { continue };
        if open.calls.len() < MOST_CALLS {
            open.calls.push((sequence, place));
        } else if open.calls.len() == MOST_CALLS {
            open.calls.push((sequence, OUTSIDE));
            faults.note(table.fault(TRIP, "a trip of at most 2000 stops was"));
        }
    }
    if let Some(last) = open {
        calls.keep(last, limits)?;
    }
    Ok(calls)
}

fn sequence(table: &Table<impl Read>, faults: &mut Faults) -> Option<u32> {
    let text = std::str::from_utf8(table.cell(SEQUENCE)).ok();
    let sequence = text.and_then(|text| text.parse().ok());
    if sequence.is_none() {
        faults.note(table.fault(SEQUENCE, "a whole number from 0 was"));
    }
    sequence
}

/// A trip that begins here, or goes on: its rows may stand apart.
fn begin(calls: &Calls, trip: &[u8], line: u64) -> Open {
    let known = calls.trips.get(trip);
    let before = known.and_then(|known| Some((known.line, calls.ways.get(known.way as usize)?.to_vec())));
    let (line, before) = before.unwrap_or((line, Vec::new()));
    Open { trip: trip.into(), line, calls: before }
}
