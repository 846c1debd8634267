//! What the stops and lines of a region answer to who makes a route: which line is meant, where one can get on and off, what lies between.

use opstap_core::model::{Means, Position};
use opstap_core::stops::{Line, Stops};

use crate::search::{Wanted, plain};

/// The stops and lines of a region, ready to be searched while somebody types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopFinder {
    stops: Stops,
    /// The names of the places, as they are searched.
    plain: Vec<String>,
    /// The directions, each the ways of one line: where they begin and how many they are.
    directions: Vec<(usize, usize)>,
}

/// A line in one direction, by its number in a finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DirectionId(usize);

/// A place to get on or off, by its number in a finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

/// What a line in one direction is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direction<'a> {
    /// By what.
    pub means: Means,
    /// What stands on the vehicle.
    pub line: &'a str,
    /// The direction that stands on it.
    pub direction: &'a str,
}

impl StopFinder {
    /// Makes it of what was read.
    #[must_use]
    pub fn new(stops: Stops) -> Self {
        let plain = stops.places.iter().map(|place| plain(&place.name)).collect();
        let mut directions = Vec::new();
        let mut begin = 0;
        for ways in stops.lines.chunk_by(|one, other| named(one) == named(other)) {
            directions.push((begin, ways.len()));
            begin += ways.len();
        }
        Self { stops, plain, directions }
    }

    /// What was read.
    #[must_use]
    pub const fn stops(&self) -> &Stops {
        &self.stops
    }

    /// What a place is called.
    #[must_use]
    pub fn name(&self, place: PlaceId) -> &str {
        self.stops.places.get(place.0 as usize).map(|place| place.name.as_str()).unwrap_or_default()
    }

    /// What a direction is called.
    #[must_use]
    pub fn direction(&self, of: DirectionId) -> Option<Direction<'_>> {
        self.ways(of).first().map(named)
    }

    /// The direction that is called so, whatever the capitals and accents.
    #[must_use]
    pub fn known(&self, of: Direction<'_>) -> Option<DirectionId> {
        let (line, direction) = (plain(of.line), plain(of.direction));
        self.all().find(|id| {
            let known = self.direction(*id);
            known.is_some_and(|known| {
                known.means == of.means && plain(known.line) == line && plain(known.direction) == direction
            })
        })
    }

    /// The lines that answer to what was typed, at most so many: each word begins a word of the means, the name of the line, the direction
    /// or one of its stops. A line of exactly that name comes first, one that only stops there last. `means` says what a means is called.
    #[must_use]
    pub fn lines(&self, typed: &str, means: impl Fn(Means) -> String, most: usize) -> Vec<DirectionId> {
        let Some(wanted) = Wanted::parse(typed) else { return Vec::new() };
        let words = plain(typed);
        let mut found = [const { Vec::new() }; 3];
        for id in self.all() {
            let Some(Direction { means: by, line, direction }) = self.direction(id) else { continue };
            let (by, line, direction) = (plain(&means(by)), plain(line), plain(direction));
            let is_named = words.split(' ').any(|word| word == line);
            let rank = match () {
                () if wanted.is_in(&[&by, &line, &direction]) => usize::from(!is_named),
                () if self.stops_at(id, &wanted, &[&by, &line, &direction]) => 2,
                () => continue,
            };
            if let Some(rank) = found.get_mut(rank) {
                rank.push(id);
            }
        }
        let mut found = found.concat();
        found.truncate(most);
        found
    }

    fn stops_at(&self, of: DirectionId, wanted: &Wanted, named: &[&str]) -> bool {
        self.places(of).iter().filter_map(|place| self.plain.get(place.0 as usize)).any(|place| {
            let mut texts = named.to_vec();
            texts.push(place);
            wanted.is_in(&texts)
        })
    }

    /// Where a line stops, in order. Where it goes several ways, the stops of the others come behind those of the way that most trips go.
    #[must_use]
    pub fn places(&self, of: DirectionId) -> Vec<PlaceId> {
        distinct(self.ways(of).iter().flat_map(|way| &way.places))
    }

    /// Where one can get on: wherever it goes on from.
    #[must_use]
    pub fn to_get_on(&self, of: DirectionId) -> Vec<PlaceId> {
        distinct(self.ways(of).iter().flat_map(|way| way.places.split_last().map(|(_, all)| all).unwrap_or_default()))
    }

    /// Where one can get off after having got on.
    #[must_use]
    pub fn to_get_off(&self, of: DirectionId, from: PlaceId) -> Vec<PlaceId> {
        let behind = |way: &'_ Line| {
            let on = way.places.iter().position(|place| *place == from.0);
            on.map(|on| way.places.iter().skip(on + 1).copied().filter(|place| *place != from.0).collect::<Vec<_>>())
        };
        let all: Vec<u32> = self.ways(of).iter().filter_map(behind).flatten().collect();
        distinct(&all)
    }

    /// The stops that are passed between getting on and getting off, by the way that most trips go; nothing where no way goes from the one
    /// to the other.
    #[must_use]
    pub fn between(&self, of: DirectionId, from: PlaceId, to: PlaceId) -> Option<Vec<PlaceId>> {
        self.ways(of).iter().find_map(|way| {
            let off = way.places.iter().rposition(|place| *place == to.0)?;
            // On a way that passes a stop twice, the shorter ride.
            let on = way.places.get(..off)?.iter().rposition(|place| *place == from.0)?;
            Some(way.places.get(on + 1..off)?.iter().map(|place| PlaceId(*place)).collect())
        })
    }

    /// Those of these places whose name answers to what was typed, at most so many; all of them, in their order, when nothing was.
    #[must_use]
    pub fn like(&self, typed: &str, of: &[PlaceId], most: usize) -> Vec<PlaceId> {
        let wanted = Wanted::parse(typed);
        let fits = |place: &&PlaceId| {
            let name = self.plain.get(place.0 as usize);
            name.is_some_and(|name| wanted.as_ref().is_none_or(|wanted| wanted.is_in(&[name])))
        };
        of.iter().filter(fits).take(most).copied().collect()
    }

    /// The lines that one can get on at a stop of this name, at most so many.
    #[must_use]
    pub fn lines_from(&self, name: &str, most: usize) -> Vec<DirectionId> {
        self.all().filter(|id| self.named(name, &self.to_get_on(*id)).is_some()).take(most).collect()
    }

    /// The places around a position, the nearest first, at most so many, and each name once: those within a walk of
    /// [`NEAR`](Self::NEAR) metres.
    #[must_use]
    pub fn near(&self, position: Position, most: usize) -> Vec<PlaceId> {
        let mut few: Vec<(f64, PlaceId)> = Vec::new();
        for (number, place) in (0..).zip(&self.stops.places) {
            let metres = metres_apart(position, place.at);
            // Sorting all of them would bring the machinery of a sort along.
            let at = few.iter().position(|(other, _)| metres < *other).unwrap_or(few.len());
            if metres <= Self::NEAR && at < most {
                few.insert(at, (metres, PlaceId(number)));
                few.truncate(most);
            }
        }
        let mut near: Vec<PlaceId> = Vec::new();
        for (_, place) in few {
            if near.iter().all(|other| self.name(*other) != self.name(place)) {
                near.push(place);
            }
        }
        near
    }

    /// As far away, in metres, is a stop that is still offered to who stands somewhere: what a phone is off, and across a square.
    pub const NEAR: f64 = 250.0;

    /// The place of this name among these, whatever the capitals and accents.
    #[must_use]
    pub fn named(&self, name: &str, of: &[PlaceId]) -> Option<PlaceId> {
        let name = plain(name);
        of.iter().copied().find(|place| self.plain.get(place.0 as usize) == Some(&name))
    }

    fn all(&self) -> impl Iterator<Item = DirectionId> + use<> {
        (0..self.directions.len()).map(DirectionId)
    }

    fn ways(&self, of: DirectionId) -> &[Line] {
        let of = self.directions.get(of.0);
        of.and_then(|(begin, many)| self.stops.lines.get(*begin..begin + many)).unwrap_or_default()
    }
}

fn named(line: &Line) -> Direction<'_> {
    Direction { means: line.means, line: &line.name, direction: &line.direction }
}

/// Metres between a position and a place, on a globe that is flat over so short a way.
fn metres_apart(position: Position, (latitude, longitude): (i32, i32)) -> f64 {
    /// Metres in a hundred-thousandth of a degree along a meridian.
    const METRES: f64 = 1.112;
    let (north, east) = position.in_hundred_thousandths();
    #[expect(clippy::cast_precision_loss, reason = "differences of numbers of eight digits")]
    let (up, along) = ((north - i64::from(latitude)) as f64, (east - i64::from(longitude)) as f64);
    #[expect(clippy::cast_precision_loss, reason = "a number of seven digits")]
    let radians = (north as f64 / 100_000.0).to_radians();
    // The cosine to within a thousandth up to 65 degrees, without bringing one along.
    let square = radians * radians;
    let narrower = 1.0 - square / 2.0 + square * square / 24.0 - square * square * square / 720.0;
    let along = along * narrower;
    METRES * (up * up + along * along).sqrt()
}

/// Each once, where it is met first.
fn distinct<'a>(places: impl IntoIterator<Item = &'a u32>) -> Vec<PlaceId> {
    let mut all = Vec::new();
    for place in places {
        if !all.contains(&PlaceId(*place)) {
            all.push(PlaceId(*place));
        }
    }
    all
}

#[cfg(test)]
#[path = "stops_tests.rs"]
mod tests;
