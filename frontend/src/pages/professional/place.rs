//! The places of the desk.

use opstap_core::{CircleId, RecordId};

use crate::navigation::{Place, segments};

/// A screen of a professional or coordinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskPlace {
    /// The clients.
    Clients,
    /// One client: what happened last.
    Client(CircleId),
    /// The client's plans.
    Plans(CircleId),
    /// One plan, to be changed.
    Plan(CircleId, RecordId),
    /// The templates of the library, to take one for this client.
    Examples(CircleId),
    /// One template.
    Example(CircleId, RecordId),
    /// One run of a plan.
    Run(CircleId, RecordId),
    /// The first route of the client, or the one named.
    Travel(CircleId, Option<RecordId>),
    /// What people did to a plan or route.
    History(CircleId, RecordId),
    /// What was removed and can be put back.
    Removed(CircleId),
    /// What was not taken, and what is not sent yet.
    Tray,
    /// What came in when it was no longer allowed.
    Apart,
    /// Language and colours.
    Settings,
    /// Making this browser somebody's.
    Pair,
}

/// The first screen.
pub const HOME: DeskPlace = DeskPlace::Clients;

impl Place for DeskPlace {
    fn parse(path: &str) -> Option<Self> {
        let segments = segments(path);
        let ["desk", rest @ ..] = segments.as_slice() else { return None };
        Some(match rest {
            [] => Self::Clients,
            ["tray"] => Self::Tray,
            ["apart"] => Self::Apart,
            ["settings"] => Self::Settings,
            ["pair"] => Self::Pair,
            ["client", circle, rest @ ..] => of_client(circle.parse().ok()?, rest)?,
            _ => return None,
        })
    }

    fn path(&self) -> String {
        match self {
            Self::Clients => "/desk".to_owned(),
            Self::Client(circle) => format!("/desk/client/{circle}"),
            Self::Plans(circle) => format!("/desk/client/{circle}/plans"),
            Self::Plan(circle, plan) => format!("/desk/client/{circle}/plans/{plan}"),
            Self::Examples(circle) => format!("/desk/client/{circle}/examples"),
            Self::Example(circle, template) => format!("/desk/client/{circle}/examples/{template}"),
            Self::Run(circle, run) => format!("/desk/client/{circle}/runs/{run}"),
            Self::Travel(circle, None) => format!("/desk/client/{circle}/travel"),
            Self::Travel(circle, Some(route)) => format!("/desk/client/{circle}/travel/{route}"),
            Self::History(circle, record) => format!("/desk/client/{circle}/history/{record}"),
            Self::Removed(circle) => format!("/desk/client/{circle}/removed"),
            Self::Tray => "/desk/tray".to_owned(),
            Self::Apart => "/desk/apart".to_owned(),
            Self::Settings => "/desk/settings".to_owned(),
            Self::Pair => "/desk/pair".to_owned(),
        }
    }

    fn up(&self) -> Self {
        match self {
            Self::Clients | Self::Client(_) | Self::Tray | Self::Apart | Self::Settings | Self::Pair => HOME,
            Self::Plans(circle) | Self::Run(circle, _) | Self::Travel(circle, _) => Self::Client(*circle),
            Self::Plan(circle, _) | Self::Examples(circle) | Self::History(circle, _) | Self::Removed(circle) => {
                Self::Plans(*circle)
            }
            Self::Example(circle, _) => Self::Examples(*circle),
        }
    }
}

fn of_client(circle: CircleId, rest: &[&str]) -> Option<DeskPlace> {
    Some(match rest {
        [] => DeskPlace::Client(circle),
        ["plans"] => DeskPlace::Plans(circle),
        ["plans", plan] => DeskPlace::Plan(circle, plan.parse().ok()?),
        ["examples"] => DeskPlace::Examples(circle),
        ["examples", template] => DeskPlace::Example(circle, template.parse().ok()?),
        ["runs", run] => DeskPlace::Run(circle, run.parse().ok()?),
        ["history", record] => DeskPlace::History(circle, record.parse().ok()?),
        ["removed"] => DeskPlace::Removed(circle),
        ["travel"] => DeskPlace::Travel(circle, None),
        ["travel", route] => DeskPlace::Travel(circle, Some(route.parse().ok()?)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIRCLE: CircleId = CircleId([3; 16]);
    const ID: RecordId = RecordId([7; 16]);

    const ALL: [DeskPlace; 15] = [
        DeskPlace::Clients,
        DeskPlace::Client(CIRCLE),
        DeskPlace::Plans(CIRCLE),
        DeskPlace::Plan(CIRCLE, ID),
        DeskPlace::Examples(CIRCLE),
        DeskPlace::Example(CIRCLE, ID),
        DeskPlace::Run(CIRCLE, ID),
        DeskPlace::Travel(CIRCLE, None),
        DeskPlace::Travel(CIRCLE, Some(ID)),
        DeskPlace::History(CIRCLE, ID),
        DeskPlace::Removed(CIRCLE),
        DeskPlace::Tray,
        DeskPlace::Apart,
        DeskPlace::Settings,
        DeskPlace::Pair,
    ];

    #[test]
    fn every_place_has_an_address_that_leads_back_to_it() {
        for place in ALL {
            assert_eq!(DeskPlace::parse(&place.path()), Some(place), "{}", place.path());
        }
    }

    #[test]
    fn every_address_is_the_desks_own() {
        assert!(ALL.iter().all(|place| place.path().starts_with("/desk")));
        for other in ["/", "/plans", "/desktop", "/desk/client/sem", "/desk/nothing"] {
            assert_eq!(DeskPlace::parse(other), None, "{other}");
        }
    }

    #[test]
    fn going_up_ends_at_the_clients_from_every_place() {
        for place in ALL {
            let mut here = place;
            for _ in 0..4 {
                here = here.up();
            }
            assert_eq!(here, HOME, "{}", place.path());
        }
    }
}
