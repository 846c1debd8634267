//! The places of a volunteer, carer or parent.

use opstap_core::{CircleId, RecordId};

use crate::companion::{CompanionPlace, HOME};
use crate::navigation::segments;

/// A screen of somebody who practises with a client; the list of circles is `CompanionPlace::Home`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupporterPlace {
    /// One client's circle.
    Circle(CircleId),
    /// A plan, to change it.
    Plan(CircleId, RecordId),
    /// A route with its practices.
    Route(CircleId, RecordId),
    /// A practice under way.
    Practice(CircleId, RecordId),
    /// The minute after a practice.
    Finish(CircleId, RecordId),
    /// A practice to read.
    Report(CircleId, RecordId),
}

impl SupporterPlace {
    /// The place at an address, if it is a supporter's.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let parts = segments(path);
        let ["circle", circle, rest @ ..] = parts.as_slice() else { return None };
        let circle = circle.parse().ok()?;
        Some(match rest {
            [] => Self::Circle(circle),
            ["plan", id] => Self::Plan(circle, id.parse().ok()?),
            ["route", id] => Self::Route(circle, id.parse().ok()?),
            ["practice", id] => Self::Practice(circle, id.parse().ok()?),
            ["practice", id, "finish"] => Self::Finish(circle, id.parse().ok()?),
            ["practice", id, "report"] => Self::Report(circle, id.parse().ok()?),
            _ => return None,
        })
    }

    /// The address.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Circle(circle) => format!("/circle/{circle}"),
            Self::Plan(circle, id) => format!("/circle/{circle}/plan/{id}"),
            Self::Route(circle, id) => format!("/circle/{circle}/route/{id}"),
            Self::Practice(circle, id) => format!("/circle/{circle}/practice/{id}"),
            Self::Finish(circle, id) => format!("/circle/{circle}/practice/{id}/finish"),
            Self::Report(circle, id) => format!("/circle/{circle}/practice/{id}/report"),
        }
    }

    /// Where "Terug" goes when the app was opened here.
    #[must_use]
    pub fn up(self) -> CompanionPlace {
        match self {
            Self::Circle(_) => HOME,
            Self::Finish(circle, id) => Self::Practice(circle, id).into(),
            Self::Plan(circle, _) | Self::Route(circle, _) | Self::Practice(circle, _) | Self::Report(circle, _) => {
                Self::Circle(circle).into()
            }
        }
    }
}

impl From<SupporterPlace> for CompanionPlace {
    fn from(place: SupporterPlace) -> Self {
        Self::Supporter(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_at_its_own_address() {
        let (circle, id) = (CircleId([1; 16]), RecordId([2; 16]));
        for place in [
            SupporterPlace::Circle(circle),
            SupporterPlace::Plan(circle, id),
            SupporterPlace::Route(circle, id),
            SupporterPlace::Practice(circle, id),
            SupporterPlace::Finish(circle, id),
            SupporterPlace::Report(circle, id),
        ] {
            assert_eq!(SupporterPlace::parse(&place.path()), Some(place));
        }
        assert_eq!(SupporterPlace::parse("/circle/geen-id"), None);
    }
}
