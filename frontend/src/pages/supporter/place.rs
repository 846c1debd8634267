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
    /// A plan, as cards on paper.
    PrintPlan(CircleId, RecordId),
    /// The client's week on paper.
    PrintWeek(CircleId),
    /// One run of a plan: as it goes, and then how much help its steps took.
    Run(CircleId, RecordId),
    /// A run of a plan to write down, done without a phone.
    PaperRun(CircleId, RecordId),
    /// The steps of a plan, chosen together with the client.
    Together(CircleId, RecordId),
    /// A practice of a route to write down.
    PaperPractice(CircleId, RecordId),
    /// How a new plan begins.
    NewPlan(CircleId),
    /// The photos of a plan with their words.
    Photos(CircleId, RecordId),
    /// A route with its practices.
    Route(CircleId, RecordId),
    /// A route, to change it.
    EditRoute(CircleId, RecordId),
    /// A practice under way.
    Practice(CircleId, RecordId),
    /// The minute after a practice.
    Finish(CircleId, RecordId),
    /// A practice to read.
    Report(CircleId, RecordId),
    /// The feedback on a practice, before it is sent.
    Feedback(CircleId, RecordId),
    /// The handover of a trajectory to the OV-coach.
    Handover(CircleId, RecordId),
    /// What people did to a plan or route.
    History(CircleId, RecordId),
    /// What was removed and can be put back.
    Removed(CircleId),
    /// What came in when it was no longer allowed.
    Apart(CircleId),
    /// Messages with the client.
    Messages(CircleId),
    /// How the app is for the client.
    Preferences(CircleId),
    /// Being told of messages.
    Notices,
    /// Searching.
    Search,
    /// How Opstap works.
    Guide,
    /// The tour of it.
    Tour,
    /// The days off of the client.
    DaysOff(CircleId),
    /// Who comes when, and who does what.
    Arranged(CircleId),
    /// A screen that clients have too.
    Shared(SharedPlace),
}

impl Place for SupporterPlace {
    fn parse(path: &str) -> Option<Self> {
        let inside = path.strip_prefix(OF_SUPPORTERS).filter(|inside| inside.is_empty() || inside.starts_with('/'))?;
        let parts = segments(inside);
        let (circle, rest) = match parts.as_slice() {
            [] => return Some(Self::Home),
            ["notices"] => return Some(Self::Notices),
            ["search"] => return Some(Self::Search),
            ["guide"] => return Some(Self::Guide),
            ["guide", "tour"] => return Some(Self::Tour),
            ["circle", circle, rest @ ..] => (circle.parse().ok()?, rest),
            _ => return SharedPlace::parse(inside).map(Self::Shared),
        };
        Some(match rest {
            [] => Self::Circle(circle),
            ["new"] => Self::NewPlan(circle),
            ["plan", id] => Self::Plan(circle, id.parse().ok()?),
            ["plan", id, "print"] => Self::PrintPlan(circle, id.parse().ok()?),
            ["week"] => Self::PrintWeek(circle),
            ["run", id] => Self::Run(circle, id.parse().ok()?),
            ["plan", id, "paper"] => Self::PaperRun(circle, id.parse().ok()?),
            ["plan", id, "together"] => Self::Together(circle, id.parse().ok()?),
            ["route", id, "paper"] => Self::PaperPractice(circle, id.parse().ok()?),
            ["plan", id, "photos"] => Self::Photos(circle, id.parse().ok()?),
            ["route", id, "edit"] => Self::EditRoute(circle, id.parse().ok()?),
            ["route", id] => Self::Route(circle, id.parse().ok()?),
            ["history", id] => Self::History(circle, id.parse().ok()?),
            ["removed"] => Self::Removed(circle),
            ["apart"] => Self::Apart(circle),
            ["days-off"] => Self::DaysOff(circle),
            ["arranged"] => Self::Arranged(circle),
            ["messages"] => Self::Messages(circle),
            ["app"] => Self::Preferences(circle),
            ["practice", id] => Self::Practice(circle, id.parse().ok()?),
            ["practice", id, "finish"] => Self::Finish(circle, id.parse().ok()?),
            ["practice", id, "report"] => Self::Report(circle, id.parse().ok()?),
            ["practice", id, "feedback"] => Self::Feedback(circle, id.parse().ok()?),
            ["handover", id] => Self::Handover(circle, id.parse().ok()?),
            _ => return None,
        })
    }

    fn path(&self) -> String {
        let inside = match self {
            Self::Home => String::new(),
            Self::Circle(circle) => format!("/circle/{circle}"),
            Self::Plan(circle, id) => format!("/circle/{circle}/plan/{id}"),
            Self::PrintPlan(circle, id) => format!("/circle/{circle}/plan/{id}/print"),
            Self::PrintWeek(circle) => format!("/circle/{circle}/week"),
            Self::Run(circle, id) => format!("/circle/{circle}/run/{id}"),
            Self::PaperRun(circle, id) => format!("/circle/{circle}/plan/{id}/paper"),
            Self::Together(circle, id) => format!("/circle/{circle}/plan/{id}/together"),
            Self::PaperPractice(circle, id) => format!("/circle/{circle}/route/{id}/paper"),
            Self::NewPlan(circle) => format!("/circle/{circle}/new"),
            Self::Photos(circle, id) => format!("/circle/{circle}/plan/{id}/photos"),
            Self::Route(circle, id) => format!("/circle/{circle}/route/{id}"),
            Self::EditRoute(circle, id) => format!("/circle/{circle}/route/{id}/edit"),
            Self::Practice(circle, id) => format!("/circle/{circle}/practice/{id}"),
            Self::Finish(circle, id) => format!("/circle/{circle}/practice/{id}/finish"),
            Self::Report(circle, id) => format!("/circle/{circle}/practice/{id}/report"),
            Self::Feedback(circle, id) => format!("/circle/{circle}/practice/{id}/feedback"),
            Self::Handover(circle, id) => format!("/circle/{circle}/handover/{id}"),
            Self::History(circle, id) => format!("/circle/{circle}/history/{id}"),
            Self::Removed(circle) => format!("/circle/{circle}/removed"),
            Self::Apart(circle) => format!("/circle/{circle}/apart"),
            Self::DaysOff(circle) => format!("/circle/{circle}/days-off"),
            Self::Arranged(circle) => format!("/circle/{circle}/arranged"),
            Self::Messages(circle) => format!("/circle/{circle}/messages"),
            Self::Preferences(circle) => format!("/circle/{circle}/app"),
            Self::Notices => "/notices".to_owned(),
            Self::Search => "/search".to_owned(),
            Self::Guide => "/guide".to_owned(),
            Self::Tour => "/guide/tour".to_owned(),
            Self::Shared(place) => place.path(),
        };
        [OF_SUPPORTERS, &inside].concat()
    }

    fn up(&self) -> Self {
        match *self {
            Self::Home | Self::Circle(_) | Self::Notices | Self::Search | Self::Guide | Self::Shared(_) => Self::Home,
            Self::Tour => Self::Guide,
            Self::Finish(circle, id) => Self::Practice(circle, id),
            Self::Feedback(circle, id) => Self::Report(circle, id),
            Self::PrintPlan(circle, id) => Self::Plan(circle, id),
            Self::PaperRun(circle, id) | Self::Together(circle, id) => Self::Plan(circle, id),
            Self::PaperPractice(circle, id) | Self::EditRoute(circle, id) => Self::Route(circle, id),
            Self::Photos(circle, plan) => Self::Plan(circle, plan),
            Self::NewPlan(circle)
            | Self::Plan(circle, _)
            | Self::PrintWeek(circle)
            | Self::Run(circle, _)
            | Self::Route(circle, _)
            | Self::Practice(circle, _)
            | Self::Report(circle, _)
            | Self::Handover(circle, _)
            | Self::History(circle, _)
            | Self::Removed(circle)
            | Self::Apart(circle)
            | Self::DaysOff(circle)
            | Self::Arranged(circle)
            | Self::Messages(circle)
            | Self::Preferences(circle) => Self::Circle(circle),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIRCLE: CircleId = CircleId([1; 16]);
    const ID: RecordId = RecordId([2; 16]);

    const ALL: [SupporterPlace; 34] = [
        SupporterPlace::Home,
        SupporterPlace::Circle(CIRCLE),
        SupporterPlace::Plan(CIRCLE, ID),
        SupporterPlace::PrintPlan(CIRCLE, ID),
        SupporterPlace::PrintWeek(CIRCLE),
        SupporterPlace::Run(CIRCLE, ID),
        SupporterPlace::PaperRun(CIRCLE, ID),
        SupporterPlace::Together(CIRCLE, ID),
        SupporterPlace::PaperPractice(CIRCLE, ID),
        SupporterPlace::NewPlan(CIRCLE),
        SupporterPlace::Photos(CIRCLE, ID),
        SupporterPlace::Route(CIRCLE, ID),
        SupporterPlace::EditRoute(CIRCLE, ID),
        SupporterPlace::Practice(CIRCLE, ID),
        SupporterPlace::Finish(CIRCLE, ID),
        SupporterPlace::Report(CIRCLE, ID),
        SupporterPlace::Feedback(CIRCLE, ID),
        SupporterPlace::Handover(CIRCLE, ID),
        SupporterPlace::History(CIRCLE, ID),
        SupporterPlace::Removed(CIRCLE),
        SupporterPlace::Apart(CIRCLE),
        SupporterPlace::Preferences(CIRCLE),
        SupporterPlace::Notices,
        SupporterPlace::Search,
        SupporterPlace::Guide,
        SupporterPlace::Tour,
        SupporterPlace::DaysOff(CIRCLE),
        SupporterPlace::Arranged(CIRCLE),
        SupporterPlace::Messages(CIRCLE),
        SupporterPlace::Shared(SharedPlace::Pair),
        SupporterPlace::Shared(SharedPlace::Language),
        SupporterPlace::Shared(SharedPlace::DataUse),
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
