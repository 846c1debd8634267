//! Where somebody stood when they made a point of a route.

use std::fmt;

use crate::model::{FromCell, ToCell};
use crate::value::Value;

/// Parts of a degree that are kept: a ten-thousandth, some ten metres. It finds the stop again, and tells no front door from the next.
const PER_DEGREE: i64 = 10_000;
/// What stands before the degrees east in the cell.
const NORTH: i64 = 10_000_000;

/// A position, coarse on purpose. In a cell it is one number, so that two people never make one out of halves: the degrees north of the
/// south pole and the degrees east of the antimeridian, each in ten-thousandths and seven digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    north: i64,
    east: i64,
}

impl Position {
    /// Of degrees as a device tells them; none where there is no such place.
    #[must_use]
    pub fn of(latitude: f64, longitude: f64) -> Option<Self> {
        Self::at(ten_thousandths(latitude + 90.0)?, ten_thousandths(longitude + 180.0)?)
    }

    fn at(north: i64, east: i64) -> Option<Self> {
        let there = (0..=180 * PER_DEGREE).contains(&north) && (0..=360 * PER_DEGREE).contains(&east);
        there.then_some(Self { north, east })
    }

    /// Latitude and longitude in hundred-thousandths of a degree, as the places of [`Stops`](crate::stops::Stops) have them.
    #[must_use]
    pub const fn in_hundred_thousandths(self) -> (i64, i64) {
        ((self.north - 90 * PER_DEGREE) * 10, (self.east - 180 * PER_DEGREE) * 10)
    }
}

/// Degrees above nought, rounded.
fn ten_thousandths(degrees: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "what is in range fits, and nothing else is cast")]
    let rounded = (0.0..=360.0).contains(&degrees).then(|| (degrees * 10_000.0 + 0.5).floor() as i64);
    rounded
}

/// As a map takes it: "51.9225, 4.4792".
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (latitude, longitude) = (self.north - 90 * PER_DEGREE, self.east - 180 * PER_DEGREE);
        for (before, degrees) in [("", latitude), (", ", longitude)] {
            let sign = if degrees < 0 { "-" } else { "" };
            let (whole, rest) = (degrees.abs() / PER_DEGREE, degrees.abs() % PER_DEGREE);
            write!(f, "{before}{sign}{whole}.{rest:04}")?;
        }
        Ok(())
    }
}

impl FromCell for Position {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(number)) => Self::at(number.div_euclid(NORTH), number.rem_euclid(NORTH)),
            _ => None,
        }
    }
}

impl ToCell for Position {
    fn to_cell(&self) -> Value {
        Value::Int(self.north * NORTH + self.east)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_position_is_rounded_to_some_ten_metres_and_stands_in_a_cell_as_one_number() {
        let kleiweg = Position::of(51.944_949, 4.476_751).unwrap();
        assert_eq!(kleiweg.to_string(), "51.9449, 4.4768");
        assert_eq!(kleiweg.to_cell(), Value::Int(14_194_491_844_768));
        assert_eq!(kleiweg.in_hundred_thousandths(), (5_194_490, 447_680));
        let rio = Position::of(-22.906_81, -43.172_89).unwrap();
        assert_eq!(rio.to_string(), "-22.9068, -43.1729");
        assert_eq!(Position::of(-0.000_3, 0.0).unwrap().to_string(), "-0.0003, 0.0000");
    }

    #[test]
    fn what_is_no_place_is_none() {
        for (latitude, longitude) in [(90.1, 0.0), (0.0, 180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY), (-91.0, 0.0)] {
            assert_eq!(Position::of(latitude, longitude), None);
        }
        for wrong in [-1, 18_000_010_000_000, 9_999_999, i64::MAX, i64::MIN] {
            assert_eq!(Position::from_cell(Some(&Value::Int(wrong))), None, "{wrong}");
        }
        assert_eq!(Position::from_cell(Some(&Value::from("51.9, 4.4"))), None);
    }

    proptest! {
        #[test]
        fn every_position_comes_back_from_its_cell_at_most_six_metres_away(
            latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64,
        ) {
            let position = Position::of(latitude, longitude).unwrap();
            prop_assert_eq!(Position::from_cell(Some(&position.to_cell())), Some(position));
            let (north, east) = position.in_hundred_thousandths();
            for (kept, told) in [(north, latitude), (east, longitude)] {
                #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
                let off = (kept as f64 - told * 100_000.0).abs();
                prop_assert!(off <= 5.001, "{}", off);
            }
        }
    }
}
