//! From the ways that trips go to the few ways that a line goes: what is part of another is left out, and what is rare where there are many.

use std::collections::{BTreeMap, HashMap};

use opstap_core::model::Means;
use opstap_core::stops::{Line, Place, rounded};

use super::calls::OUTSIDE;
use super::places::Places;
use super::routes::Rides;

/// So many ways of a line in one direction are kept: those that most trips go.
const MOST_WAYS: usize = 4;

/// The lines of a region with their stops.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The stops that a line has.
    pub places: Vec<Place>,
    /// The lines.
    pub lines: Vec<Line>,
    /// How many lines go by what Opstap has no means for.
    pub left_out: usize,
}

/// In the order in which people count: 2 before 10.
type Key = (u8, u32, String, String);

/// Ways of one line in one direction, and how many trips there are of each.
type Ways = HashMap<Vec<u32>, u32>;

/// Draws them.
pub fn draw(places: &Places, ways: &[Vec<u32>], rides: Rides) -> Drawn {
    let mut drawn = Drawn::default();
    let mut without: Vec<String> = Vec::new();
    let mut lines: BTreeMap<Key, (Means, Ways)> = BTreeMap::new();
    for (ride, many) in rides {
        let way = ways.get(ride.way as usize).map(Vec::as_slice).unwrap_or_default();
        let Some(means) = ride.means else {
            without.push(ride.name);
            continue;
        };
        for part in way.split(|place| *place == OUTSIDE).map(once_each).filter(|part| part.len() > 1) {
            let direction =
                if ride.direction.is_empty() { name_of_last(places, &part) } else { ride.direction.clone() };
            let number = ride.name.parse().unwrap_or(u32::MAX);
            let (_, ways) = lines
                .entry((order(means), number, ride.name.clone(), direction))
                .or_insert_with(|| (means, Ways::new()));
            *ways.entry(part).or_default() += many;
        }
    }
    without.sort_unstable();
    without.dedup();
    drawn.left_out = without.len();
    for ((_, _, name, direction), (means, ways)) in lines {
        for places in worth_keeping(ways) {
            drawn.lines.push(Line { means, name: name.clone(), direction: direction.clone(), places });
        }
    }
    drawn.places = number_anew(places, &mut drawn.lines);
    drawn
}

const fn order(means: Means) -> u8 {
    match means {
        Means::Bus => 0,
        Means::Tram => 1,
        Means::Metro => 2,
        _ => 3,
    }
}

/// A way without a place twice in a row: a vehicle may stop at two platforms of one.
fn once_each(way: &[u32]) -> Vec<u32> {
    let mut way = way.to_vec();
    way.dedup();
    way
}

fn name_of_last(places: &Places, way: &[u32]) -> String {
    let last = way.last().and_then(|place| places.all.get(*place as usize));
    last.map(|(name, _)| name.clone()).unwrap_or_default()
}

/// The ways that are part of no other, those of most trips first, and not too many.
fn worth_keeping(ways: Ways) -> Vec<Vec<u32>> {
    let mut ways: Vec<_> = ways.into_iter().collect();
    // By length and then by the numbers, so that the same feed always gives the same file.
    ways.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    let mut kept: Vec<(Vec<u32>, u32)> = Vec::new();
    for (way, many) in ways {
        match kept.iter_mut().find(|(longer, _)| is_part(&way, longer)) {
            Some((_, trips)) => *trips = trips.saturating_add(many),
            None => kept.push((way, many)),
        }
    }
    kept.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
    kept.truncate(MOST_WAYS);
    kept.into_iter().map(|(way, _)| way).collect()
}

/// Whether all stops of a way are in a longer one, in the same order.
fn is_part(way: &[u32], longer: &[u32]) -> bool {
    let mut longer = longer.iter();
    way.iter().all(|place| longer.any(|other| other == place))
}

/// Leaves out the places where no line stops, and numbers the others in the order in which lines meet them.
fn number_anew(places: &Places, lines: &mut [Line]) -> Vec<Place> {
    let (mut numbers, mut kept) = (HashMap::new(), Vec::new());
    for place in lines.iter_mut().flat_map(|line| &mut line.places) {
        let Some((name, at)) = places.all.get(*place as usize) else { continue };
        *place = *numbers.entry(*place).or_insert_with(|| {
            kept.push(Place { name: name.clone(), at: (rounded(at.latitude), rounded(at.longitude)) });
            u32::try_from(kept.len() - 1).unwrap_or(u32::MAX)
        });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(ways: &[(&[u32], u32)]) -> Vec<Vec<u32>> {
        worth_keeping(ways.iter().map(|(way, many)| (way.to_vec(), *many)).collect())
    }

    #[test]
    fn a_way_that_is_part_of_another_is_left_out_also_when_it_passes_stops() {
        assert_eq!(kept(&[(&[1, 2, 3, 4], 1), (&[2, 3], 9), (&[1, 4], 9)]), [[1, 2, 3, 4]]);
        assert_eq!(kept(&[(&[1, 2, 3], 2), (&[3, 2, 1], 3)]), [[3, 2, 1], [1, 2, 3]], "the other way round is no part");
    }

    #[test]
    fn of_many_ways_those_of_most_trips_stay() {
        let ways: Vec<(Vec<u32>, u32)> = (1..=9).map(|way| (vec![0, way], way)).collect();
        let ways = worth_keeping(ways.into_iter().collect());
        assert_eq!(ways, [[0, 9], [0, 8], [0, 7], [0, 6]]);
    }
}
