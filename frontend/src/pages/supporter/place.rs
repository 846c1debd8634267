//! The places of a volunteer, carer or parent.

use opstap_core::CircleId;

use crate::companion::{CompanionPlace, HOME};
use crate::navigation::segments;

/// A screen of somebody who practises with a client; the list of circles is `CompanionPlace::Home`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupporterPlace {
    /// One client's circle.
    Circle(CircleId),
}

impl SupporterPlace {
    /// The place at an address, if it is a supporter's.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        match segments(path).as_slice() {
            ["circle", circle] => Some(Self::Circle(circle.parse().ok()?)),
            _ => None,
        }
    }

    /// The address.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Circle(circle) => format!("/circle/{circle}"),
        }
    }

    /// Where "Terug" goes when the app was opened here.
    #[must_use]
    pub fn up(self) -> CompanionPlace {
        match self {
            Self::Circle(_) => HOME,
        }
    }
}

impl From<SupporterPlace> for CompanionPlace {
    fn from(place: SupporterPlace) -> Self {
        Self::Supporter(place)
    }
}
