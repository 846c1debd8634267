//! The places of a volunteer, carer or parent.

use opstap_core::{CircleId, RecordId};

use crate::navigation::{Place, segments};
use crate::pages::shared::SharedPlace;
use crate::whose::OF_SUPPORTERS;

/// A screen of somebody who practises with a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupporterPlace {
    /// The clients this person supports.
    Home,
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
    /// What people did to a plan or route.
    History(CircleId, RecordId),
    /// What was removed and can be put back.
    Removed(CircleId),
    /// What came in when it was no longer allowed.
    Apart(CircleId),
    /// A screen that clients have too.
    Shared(SharedPlace),
}

impl Place for SupporterPlace {
    fn parse(path: &str) -> Option<Self> {
        let inside = path.strip_prefix(OF_SUPPORTERS).filter(|inside| inside.is_empty() || inside.starts_with('/'))?;
        let parts = segments(inside);
        let (circle, rest) = match parts.as_slice() {
            [] => return Some(Self::Home),
            ["circle", circle, rest @ ..] => (circle.parse().ok()?, rest),
            _ => return SharedPlace::parse(inside).map(Self::Shared),
        };
        Some(match rest {
            [] => Self::Circle(circle),
            ["plan", id] => Self::Plan(circle, id.parse().ok()?),
            ["route", id] => Self::Route(circle, id.parse().ok()?),
            ["history", id] => Self::History(circle, id.parse().ok()?),
            ["removed"] => Self::Removed(circle),
            ["apart"] => Self::Apart(circle),
            ["practice", id] => Self::Practice(circle, id.parse().ok()?),
            ["practice", id, "finish"] => Self::Finish(circle, id.parse().ok()?),
            ["practice", id, "report"] => Self::Report(circle, id.parse().ok()?),
            _ => return None,
        })
    }

    fn path(&self) -> String {
        let inside = match self {
            Self::Home => String::new(),
            Self::Circle(circle) => format!("/circle/{circle}"),
            Self::Plan(circle, id) => format!("/circle/{circle}/plan/{id}"),
            Self::Route(circle, id) => format!("/circle/{circle}/route/{id}"),
            Self::Practice(circle, id) => format!("/circle/{circle}/practice/{id}"),
            Self::Finish(circle, id) => format!("/circle/{circle}/practice/{id}/finish"),
            Self::Report(circle, id) => format!("/circle/{circle}/practice/{id}/report"),
            Self::History(circle, id) => format!("/circle/{circle}/history/{id}"),
            Self::Removed(circle) => format!("/circle/{circle}/removed"),
            Self::Apart(circle) => format!("/circle/{circle}/apart"),
            Self::Shared(place) => place.path(),
        };
        [OF_SUPPORTERS, &inside].concat()
    }

    fn up(&self) -> Self {
        match *self {
            Self::Home | Self::Circle(_) | Self::Shared(_) => Self::Home,
            Self::Finish(circle, id) => Self::Practice(circle, id),
            Self::Plan(circle, _)
            | Self::Route(circle, _)
            | Self::Practice(circle, _)
            | Self::Report(circle, _)
            | Self::History(circle, _)
            | Self::Removed(circle)
            | Self::Apart(circle) => Self::Circle(circle),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIRCLE: CircleId = CircleId([1; 16]);
    const ID: RecordId = RecordId([2; 16]);

    const ALL: [SupporterPlace; 14] = [
        SupporterPlace::Home,
        SupporterPlace::Circle(CIRCLE),
        SupporterPlace::Plan(CIRCLE, ID),
        SupporterPlace::Route(CIRCLE, ID),
        SupporterPlace::Practice(CIRCLE, ID),
        SupporterPlace::Finish(CIRCLE, ID),
        SupporterPlace::Report(CIRCLE, ID),
        SupporterPlace::History(CIRCLE, ID),
        SupporterPlace::Removed(CIRCLE),
        SupporterPlace::Apart(CIRCLE),
        SupporterPlace::Shared(SharedPlace::Pair),
        SupporterPlace::Shared(SharedPlace::Language),
        SupporterPlace::Shared(SharedPlace::NotSent),
        SupporterPlace::Shared(SharedPlace::About),
    ];

    #[test]
    fn every_place_is_found_at_its_own_address() {
        for place in ALL {
            assert_eq!(SupporterPlace::parse(&place.path()), Some(place), "{}", place.path());
        }
    }

    #[test]
    fn every_address_is_the_supporters_own() {
        assert!(ALL.iter().all(|place| place.path().starts_with(OF_SUPPORTERS)));
        for other in ["/", "/pair", "/circle/1", "/supporters", "/support/circle/geen-id", "/support/plans"] {
            assert_eq!(SupporterPlace::parse(other), None, "{other}");
        }
    }

    #[test]
    fn going_up_ends_at_the_first_screen_from_every_place() {
        for place in ALL {
            assert_eq!(place.up().up().up(), SupporterPlace::Home, "{}", place.path());
        }
    }
}
