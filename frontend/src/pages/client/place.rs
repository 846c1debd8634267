//! The places of a client.

use opstap_core::{PersonId, RecordId};

use super::way::{OnRoute, WayPlace};
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
    /// What can be chosen at that step.
    Choose(RecordId),
    /// Help; with the plan whose step it is about.
    Help(Option<RecordId>),
    /// The result of a run.
    Result(RecordId),
    /// Who may see a photo, a word, something in the book, or all of the result of a run.
    Share(RecordId),
    /// What was done, by day.
    Book,
    /// Something new for the book.
    Add,
    /// A plan that is no longer needed.
    Mastered(RecordId),
    /// What came on whose device.
    WhoLooked,
    /// What was removed and can be put back.
    Removed,
    /// What waits for the client's word.
    Apart,
    /// Being told of messages.
    Notices,
    /// On the way, and what a client seldom opens: below `/way`, in a bundle of its own.
    Way(WayPlace),
    /// Messages: with one person, or with whom.
    Messages(Option<PersonId>),
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
            ["plan", plan, "choose"] => Some(Self::Choose(plan.parse().ok()?)),
            ["plan", plan, "help"] => Some(Self::Help(Some(plan.parse().ok()?))),
            ["help"] => Some(Self::Help(None)),
            ["run", run, "result"] => Some(Self::Result(run.parse().ok()?)),
            ["share", id] => Some(Self::Share(id.parse().ok()?)),
            ["book"] => Some(Self::Book),
            ["book", "add"] => Some(Self::Add),
            ["mastered", plan] => Some(Self::Mastered(plan.parse().ok()?)),
            ["own", "who-looked"] => Some(Self::WhoLooked),
            ["own", "removed"] => Some(Self::Removed),
            ["own", "apart"] => Some(Self::Apart),
            ["own", "notices"] => Some(Self::Notices),
            ["way", rest @ ..] => WayPlace::parse(rest).map(Self::Way),
            ["messages"] => Some(Self::Messages(None)),
            ["messages", person] => Some(Self::Messages(Some(person.parse().ok()?))),
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
            Self::Choose(plan) => format!("/plan/{plan}/choose"),
            Self::Help(Some(plan)) => format!("/plan/{plan}/help"),
            Self::Help(None) => "/help".to_owned(),
            Self::Result(run) => format!("/run/{run}/result"),
            Self::Share(id) => format!("/share/{id}"),
            Self::Book => "/book".to_owned(),
            Self::Add => "/book/add".to_owned(),
            Self::Mastered(plan) => format!("/mastered/{plan}"),
            Self::WhoLooked => "/own/who-looked".to_owned(),
            Self::Removed => "/own/removed".to_owned(),
            Self::Apart => "/own/apart".to_owned(),
            Self::Notices => "/own/notices".to_owned(),
            Self::Way(place) => place.path(),
            Self::Messages(None) => "/messages".to_owned(),
            Self::Messages(Some(person)) => format!("/messages/{person}"),
            Self::Me => "/me".to_owned(),
        }
    }

    /// Whether it is asked of the server alone: it stands below `/own`, in a bundle of its own.
    #[must_use]
    pub const fn is_of_the_server(self) -> bool {
        matches!(self, Self::WhoLooked | Self::Removed | Self::Apart | Self::Notices)
    }

    /// Where "Terug" goes when the app was opened here.
    #[must_use]
    pub fn up(self) -> CompanionPlace {
        match self {
            Self::Plans
            | Self::Plan(_)
            | Self::Help(None)
            | Self::Result(_)
            | Self::Way(WayPlace::Route(_, OnRoute::Ready) | WayPlace::Asked)
            | Self::Book
            | Self::Messages(_)
            | Self::Me => HOME,
            Self::Step(plan) => Self::Plan(plan).into(),
            Self::WhoLooked
            | Self::Removed
            | Self::Apart
            | Self::Notices
            | Self::Way(
                WayPlace::Consent | WayPlace::Evaluation | WayPlace::Visits | WayPlace::Remind | WayPlace::Guide,
            ) => Self::Me.into(),
            Self::Way(WayPlace::Agreed) => Self::Way(WayPlace::Consent).into(),
            Self::Way(WayPlace::Tour) => Self::Way(WayPlace::Guide).into(),
            Self::Way(WayPlace::Route(route, screen)) => Self::Way(WayPlace::Route(route, above(screen))).into(),
            Self::NotManaged(plan) | Self::Choose(plan) | Self::Help(Some(plan)) => Self::Step(plan).into(),
            Self::Share(_) | Self::Add | Self::Mastered(_) => Self::Book.into(),
        }
    }
}

/// What stands above a screen of a route, but for the first.
const fn above(screen: OnRoute) -> OnRoute {
    match screen {
        OnRoute::Ready | OnRoute::Parts | OnRoute::Go | OnRoute::There => OnRoute::Ready,
        OnRoute::Wrong
        | OnRoute::Ask
        | OnRoute::WrongStop
        | OnRoute::NotRunning
        | OnRoute::Lost
        | OnRoute::Afraid
        | OnRoute::CardFails => OnRoute::Go,
    }
}

impl From<WayPlace> for CompanionPlace {
    fn from(place: WayPlace) -> Self {
        Self::Client(ClientPlace::Way(place))
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
