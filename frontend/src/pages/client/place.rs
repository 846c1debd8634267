//! The places of a client.

use opstap_core::RecordId;

use crate::companion::{CompanionPlace, HOME};
use crate::navigation::segments;
use crate::pages::shared::SharedPlace;

/// A screen of a client; today itself is `CompanionPlace::Home`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientPlace {
    /// Every plan, when there are more than today shows.
    Plans,
    /// A plan before it begins.
    Plan(RecordId),
    /// The step at which the run of a plan is now.
    Step(RecordId),
    /// "Lukt niet", at that step.
    NotManaged(RecordId),
    /// Help; with the plan whose step it is about.
    Help(Option<RecordId>),
    /// The result of a run.
    Result(RecordId),
    /// Who may see a photo.
    Share(RecordId),
    /// What was done, by day.
    Book,
    /// Who may see what.
    Consent,
    /// What came on whose device.
    WhoLooked,
    /// A route as pictures.
    Way(RecordId),
    /// About me: settings and what is on this device.
    Me,
}

impl ClientPlace {
    /// The place at an address, if it is the client's.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        match segments(path).as_slice() {
            ["plans"] => Some(Self::Plans),
            ["plan", plan] => Some(Self::Plan(plan.parse().ok()?)),
            ["plan", plan, "step"] => Some(Self::Step(plan.parse().ok()?)),
            ["plan", plan, "not-managed"] => Some(Self::NotManaged(plan.parse().ok()?)),
            ["plan", plan, "help"] => Some(Self::Help(Some(plan.parse().ok()?))),
            ["help"] => Some(Self::Help(None)),
            ["run", run, "result"] => Some(Self::Result(run.parse().ok()?)),
            ["photo", photo, "share"] => Some(Self::Share(photo.parse().ok()?)),
            ["book"] => Some(Self::Book),
            ["consent"] => Some(Self::Consent),
            ["who-looked"] => Some(Self::WhoLooked),
            ["way", route] => Some(Self::Way(route.parse().ok()?)),
            ["me"] => Some(Self::Me),
            _ => None,
        }
    }

    /// The address.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Plans => "/plans".to_owned(),
            Self::Plan(plan) => format!("/plan/{plan}"),
            Self::Step(plan) => format!("/plan/{plan}/step"),
            Self::NotManaged(plan) => format!("/plan/{plan}/not-managed"),
            Self::Help(Some(plan)) => format!("/plan/{plan}/help"),
            Self::Help(None) => "/help".to_owned(),
            Self::Result(run) => format!("/run/{run}/result"),
            Self::Share(photo) => format!("/photo/{photo}/share"),
            Self::Book => "/book".to_owned(),
            Self::Consent => "/consent".to_owned(),
            Self::WhoLooked => "/who-looked".to_owned(),
            Self::Way(route) => format!("/way/{route}"),
            Self::Me => "/me".to_owned(),
        }
    }

    /// Where "Terug" goes when the app was opened here.
    #[must_use]
    pub fn up(self) -> CompanionPlace {
        match self {
            Self::Plans | Self::Plan(_) | Self::Help(None) | Self::Result(_) | Self::Way(_) | Self::Book | Self::Me => {
                HOME
            }
            Self::Step(plan) => Self::Plan(plan).into(),
            Self::NotManaged(plan) | Self::Help(Some(plan)) => Self::Step(plan).into(),
            Self::Share(_) => Self::Book.into(),
            Self::Consent | Self::WhoLooked => Self::Me.into(),
        }
    }
}

impl From<ClientPlace> for CompanionPlace {
    fn from(place: ClientPlace) -> Self {
        Self::Client(place)
    }
}

impl From<SharedPlace> for CompanionPlace {
    fn from(place: SharedPlace) -> Self {
        Self::Shared(place)
    }
}
