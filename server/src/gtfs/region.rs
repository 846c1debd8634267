//! The region that is kept: what lies within some kilometres of a place.

use std::str::FromStr;

/// The radius of the earth, in kilometres.
const EARTH: f64 = 6_371.0;

/// A place on earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Centre {
    /// North of the equator.
    pub latitude: f64,
    /// East of Greenwich.
    pub longitude: f64,
}

impl FromStr for Centre {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (latitude, longitude) = text.split_once(',')?;
            Some(Self {
                latitude: degrees(latitude.as_bytes(), 90.0)?,
                longitude: degrees(longitude.as_bytes(), 180.0)?,
            })
        };
        read().ok_or_else(|| "latitude and longitude such as 51.92,4.48 were expected".to_owned())
    }
}

/// A number of degrees, at most so many on either side.
pub fn degrees(text: &[u8], most: f64) -> Option<f64> {
    let number: f64 = std::str::from_utf8(text).ok()?.trim().parse().ok()?;
    (number.abs() <= most).then_some(number)
}

/// What lies around a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Around where.
    pub near: Centre,
    /// How far, in kilometres.
    pub within: f64,
}

impl Region {
    /// Whether a place lies in it.
    #[must_use]
    pub fn holds(&self, place: Centre) -> bool {
        distance(self.near, place) <= self.within
    }
}

/// How far two places are apart, in kilometres over the ground.
#[must_use]
pub fn distance(one: Centre, other: Centre) -> f64 {
    let (south, north) = (one.latitude.to_radians(), other.latitude.to_radians());
    let across = ((other.longitude - one.longitude).to_radians() / 2.0).sin();
    let along = ((north - south) / 2.0).sin();
    let half = along.mul_add(along, south.cos() * north.cos() * across * across);
    2.0 * EARTH * half.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Centre {
        text.parse().unwrap()
    }

    #[test]
    fn a_place_is_two_numbers_on_earth() {
        assert_eq!(at("51.92, -4.48"), Centre { latitude: 51.92, longitude: -4.48 });
        for wrong in ["", "51.92", "51,92,4,48", "91,4", "51,181", "NaN,4", "a,b", "inf,0"] {
            assert!(wrong.parse::<Centre>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn distances_are_over_the_ground() {
        // Rotterdam to Utrecht, and once round to the other side of the date line.
        let far = distance(at("51.925,4.469"), at("52.089,5.110"));
        assert!((47.0..48.0).contains(&far), "{far}");
        assert!(distance(at("0,179.99"), at("0,-179.99")) < 3.0);
        let region = Region { near: at("51.92,4.48"), within: 10.0 };
        assert!(region.holds(at("51.887,4.488")) && !region.holds(at("52.07,4.30")));
    }
}
