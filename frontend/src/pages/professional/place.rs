//! The places of the desk. Those of the programme and of guidance stand in bundles of their own, each below one address.

use opstap_core::{CircleId, RecordId};

use crate::navigation::{Place, segments};

/// A part of what is settled about a training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainingPart {
    /// Registration and intake.
    Intake,
    /// With whom, and what was set down when all met.
    Matching,
    /// The adventure plan.
    Plan,
    /// The handover to the OV-coach.
    Handover,
    /// The enquiries afterwards.
    FollowUp,
}

impl TrainingPart {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Intake, Self::Matching, Self::Plan, Self::Handover, Self::FollowUp];

    const fn segment(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Matching => "matching",
            Self::Plan => "plan",
            Self::Handover => "handover",
            Self::FollowUp => "follow-up",
        }
    }
}

/// A screen of a professional or coordinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskPlace {
    /// What deserves a person today.
    Attention,
    /// The clients.
    Clients,
    /// One client: what happened last.
    Client(CircleId),
    /// The same, with how a plan goes.
    Course(CircleId, RecordId),
    /// The client's plans.
    Plans(CircleId),
    /// One plan, to be changed.
    Plan(CircleId, RecordId),
    /// One plan, as cards on paper.
    PrintPlan(CircleId, RecordId),
    /// The client's week on paper.
    PrintWeek(CircleId),
    /// The card with which somebody of the circle signs a device in.
    PairingCard(CircleId),
    /// A run of a plan to write down, done without a phone.
    PaperRun(CircleId, RecordId),
    /// A practice of a route to write down.
    PaperPractice(CircleId, RecordId),
    /// How a new plan begins.
    NewPlan(CircleId),
    /// The photos of a plan with their words.
    Photos(CircleId, RecordId),
    /// The templates of the library, to take one for this client.
    Examples(CircleId),
    /// One template.
    Example(CircleId, RecordId),
    /// The steps of a plan, chosen together with the client.
    Together(CircleId, RecordId),
    /// A template, to be changed.
    EditExample(CircleId, RecordId),
    /// One run of a plan.
    Run(CircleId, RecordId),
    /// The first route of the client, or the one named.
    Travel(CircleId, Option<RecordId>),
    /// The learning curves of a route.
    Curves(CircleId, RecordId),
    /// The course of the client's training: the part that its stage asks for, or the one named.
    Training(CircleId, Option<TrainingPart>),
    /// A route, to be changed.
    EditRoute(CircleId, RecordId),
    /// Messages with the client.
    Messages(CircleId),
    /// What people did to a plan or route.
    History(CircleId, RecordId),
    /// What was removed and can be put back.
    Removed(CircleId),
    /// How the app is for the client.
    Preferences(CircleId),
    /// The days off of the client.
    DaysOff(CircleId),
    /// What was not taken, and what is not sent yet.
    Tray,
    /// What came in when it was no longer allowed.
    Apart,
    /// Who was registered in the programme.
    Programme,
    /// What the programme comes to.
    Figures,
    /// The programme to and from files.
    ProgrammeFiles,
    /// How the programme is set up.
    ProgrammeSetup,
    /// Somebody is registered.
    Register,
    /// Who fits a registration.
    Match(RecordId),
    /// The volunteers of the programme.
    Volunteers,
    /// One volunteer.
    Volunteer(RecordId),
    /// The groups of the programme.
    Groups,
    /// One group.
    Group(RecordId),
    /// A session of a group: a new one, or one that was.
    GroupSession(RecordId, Option<RecordId>),
    /// The enquiries that are due, over all clients.
    FollowUps,
    /// The client's goals and measurements.
    Goals(CircleId),
    /// A measurement: a new one, or one to fill in.
    Measure(CircleId, Option<RecordId>),
    /// The same, filled in together with the client.
    MeasureTogether(CircleId, RecordId),
    /// The evaluations of the client, or one of them.
    Evaluation(CircleId, Option<RecordId>),
    /// What is shared with a neighbourhood coach.
    SharedWithMe,
    /// The hours of the client.
    ClientHours(CircleId),
    /// The hours over all clients.
    Hours,
    /// Reports over all clients.
    Reports,
    /// Who comes when, who does what, and notes.
    Arranged(CircleId),
    /// Searching.
    Search,
    /// How Opstap works.
    Guide,
    /// The tour of it.
    Tour,
    /// Language and colours.
    Settings,
    /// Making this browser somebody's.
    Pair,
}

impl DeskPlace {
    /// The place whose screen it is shown on: the parts of a training share one, so that what was done in one can be undone in another.
    #[must_use]
    pub const fn screen(self) -> Self {
        match self {
            Self::Training(circle, _) => Self::Training(circle, None),
            place => place,
        }
    }
}

/// The first screen.
pub const HOME: DeskPlace = DeskPlace::Attention;

impl Place for DeskPlace {
    fn parse(path: &str) -> Option<Self> {
        let segments = segments(path);
        let ["desk", rest @ ..] = segments.as_slice() else { return None };
        Some(match rest {
            [] => Self::Attention,
            ["clients"] => Self::Clients,
            ["tray"] => Self::Tray,
            ["apart"] => Self::Apart,
            ["programme", rest @ ..] => of_the_programme(rest)?,
            ["guidance", rest @ ..] => of_guidance(rest)?,
            ["search"] => Self::Search,
            ["guide"] => Self::Guide,
            ["guide", "tour"] => Self::Tour,
            ["settings"] => Self::Settings,
            ["pair"] => Self::Pair,
            ["client", circle, rest @ ..] => of_client(circle.parse().ok()?, rest)?,
            _ => return None,
        })
    }

    fn path(&self) -> String {
        match self {
            Self::Attention => "/desk".to_owned(),
            Self::Clients => "/desk/clients".to_owned(),
            Self::Client(circle) => format!("/desk/client/{circle}"),
            Self::Course(circle, plan) => format!("/desk/client/{circle}/course/{plan}"),
            Self::Plans(circle) => format!("/desk/client/{circle}/plans"),
            Self::Plan(circle, plan) => format!("/desk/client/{circle}/plans/{plan}"),
            Self::PrintPlan(circle, plan) => format!("/desk/client/{circle}/plans/{plan}/print"),
            Self::PrintWeek(circle) => format!("/desk/client/{circle}/week"),
            Self::PairingCard(circle) => format!("/desk/client/{circle}/card"),
            Self::PaperRun(circle, plan) => format!("/desk/client/{circle}/plans/{plan}/paper"),
            Self::PaperPractice(circle, route) => format!("/desk/client/{circle}/travel/{route}/paper"),
            Self::NewPlan(circle) => format!("/desk/client/{circle}/new"),
            Self::Photos(circle, plan) => format!("/desk/client/{circle}/plans/{plan}/photos"),
            Self::Examples(circle) => format!("/desk/client/{circle}/examples"),
            Self::Example(circle, template) => format!("/desk/client/{circle}/examples/{template}"),
            Self::Together(circle, plan) => format!("/desk/client/{circle}/plans/{plan}/together"),
            Self::EditExample(circle, template) => format!("/desk/client/{circle}/examples/{template}/edit"),
            Self::Run(circle, run) => format!("/desk/client/{circle}/runs/{run}"),
            Self::Messages(circle) => format!("/desk/client/{circle}/messages"),
            Self::Travel(circle, None) => format!("/desk/client/{circle}/travel"),
            Self::Travel(circle, Some(route)) => format!("/desk/client/{circle}/travel/{route}"),
            Self::Curves(circle, route) => format!("/desk/client/{circle}/travel/{route}/curves"),
            Self::Training(circle, None) => format!("/desk/programme/training/{circle}"),
            Self::Training(circle, Some(part)) => format!("/desk/programme/training/{circle}/{}", part.segment()),
            Self::EditRoute(circle, route) => format!("/desk/client/{circle}/travel/{route}/edit"),
            Self::History(circle, record) => format!("/desk/client/{circle}/history/{record}"),
            Self::Removed(circle) => format!("/desk/client/{circle}/removed"),
            Self::Preferences(circle) => format!("/desk/client/{circle}/app"),
            Self::DaysOff(circle) => format!("/desk/client/{circle}/days-off"),
            Self::Tray => "/desk/tray".to_owned(),
            Self::Apart => "/desk/apart".to_owned(),
            Self::Programme => "/desk/programme".to_owned(),
            Self::Figures => "/desk/programme/figures".to_owned(),
            Self::ProgrammeFiles => "/desk/programme/files".to_owned(),
            Self::ProgrammeSetup => "/desk/programme/setup".to_owned(),
            Self::Register => "/desk/programme/new".to_owned(),
            Self::Match(row) => format!("/desk/programme/match/{row}"),
            Self::Volunteers => "/desk/programme/volunteers".to_owned(),
            Self::Volunteer(id) => format!("/desk/programme/volunteers/{id}"),
            Self::Groups => "/desk/programme/groups".to_owned(),
            Self::Group(id) => format!("/desk/programme/groups/{id}"),
            Self::GroupSession(id, None) => format!("/desk/programme/groups/{id}/session"),
            Self::GroupSession(id, Some(session)) => format!("/desk/programme/groups/{id}/session/{session}"),
            Self::FollowUps => "/desk/programme/follow-ups".to_owned(),
            Self::SharedWithMe => "/desk/guidance".to_owned(),
            Self::Hours => "/desk/guidance/hours".to_owned(),
            Self::Reports => "/desk/guidance/reports".to_owned(),
            Self::ClientHours(circle) => format!("/desk/guidance/hours/{circle}"),
            Self::Arranged(circle) => format!("/desk/guidance/arranged/{circle}"),
            Self::Goals(circle) => format!("/desk/guidance/goals/{circle}"),
            Self::Measure(circle, None) => format!("/desk/guidance/measure/{circle}"),
            Self::Measure(circle, Some(id)) => format!("/desk/guidance/measure/{circle}/{id}"),
            Self::MeasureTogether(circle, id) => format!("/desk/guidance/measure/{circle}/{id}/together"),
            Self::Evaluation(circle, None) => format!("/desk/guidance/evaluation/{circle}"),
            Self::Evaluation(circle, Some(id)) => format!("/desk/guidance/evaluation/{circle}/{id}"),
            Self::Search => "/desk/search".to_owned(),
            Self::Guide => "/desk/guide".to_owned(),
            Self::Tour => "/desk/guide/tour".to_owned(),
            Self::Settings => "/desk/settings".to_owned(),
            Self::Pair => "/desk/pair".to_owned(),
        }
    }

    fn up(&self) -> Self {
        match self {
            Self::Client(_) => Self::Clients,
            Self::Attention
            | Self::Clients
            | Self::Hours
            | Self::SharedWithMe
            | Self::Programme
            | Self::Tray
            | Self::Apart
            | Self::FollowUps
            | Self::Search
            | Self::Settings
            | Self::Pair => HOME,
            Self::Figures
            | Self::ProgrammeFiles
            | Self::ProgrammeSetup
            | Self::Register
            | Self::Match(_)
            | Self::Groups
            | Self::Volunteers => Self::Programme,
            Self::Group(_) => Self::Groups,
            Self::GroupSession(id, _) => Self::Group(*id),
            Self::Volunteer(_) => Self::Volunteers,
            Self::Reports => Self::Hours,
            Self::Guide => Self::Settings,
            Self::Tour => Self::Guide,
            Self::Plans(circle)
            | Self::Course(circle, _)
            | Self::Run(circle, _)
            | Self::Messages(circle)
            | Self::Travel(circle, _)
            | Self::Goals(circle)
            | Self::Arranged(circle)
            | Self::ClientHours(circle)
            | Self::PairingCard(circle) => Self::Client(*circle),
            Self::PrintPlan(circle, plan) => Self::Plan(*circle, *plan),
            Self::Photos(circle, plan) => Self::Plan(*circle, *plan),
            Self::NewPlan(circle)
            | Self::PrintWeek(circle)
            | Self::Plan(circle, _)
            | Self::Examples(circle)
            | Self::History(circle, _)
            | Self::Removed(circle)
            | Self::DaysOff(circle)
            | Self::Preferences(circle) => Self::Plans(*circle),
            Self::PaperRun(circle, plan) | Self::Together(circle, plan) => Self::Plan(*circle, *plan),
            Self::Training(circle, _) => Self::Travel(*circle, None),
            Self::PaperPractice(circle, route) | Self::EditRoute(circle, route) | Self::Curves(circle, route) => {
                Self::Travel(*circle, Some(*route))
            }
            Self::Measure(circle, _) | Self::Evaluation(circle, None) => Self::Goals(*circle),
            Self::MeasureTogether(circle, id) => Self::Measure(*circle, Some(*id)),
            Self::Evaluation(circle, Some(_)) => Self::Evaluation(*circle, None),
            Self::Example(circle, _) => Self::Examples(*circle),
            Self::EditExample(circle, template) => Self::Example(*circle, *template),
        }
    }
}

/// What lies below the address of the bundle `programme`.
fn of_the_programme(rest: &[&str]) -> Option<DeskPlace> {
    Some(match rest {
        [] => DeskPlace::Programme,
        ["figures"] => DeskPlace::Figures,
        ["files"] => DeskPlace::ProgrammeFiles,
        ["setup"] => DeskPlace::ProgrammeSetup,
        ["new"] => DeskPlace::Register,
        ["match", row] => DeskPlace::Match(row.parse().ok()?),
        ["volunteers"] => DeskPlace::Volunteers,
        ["volunteers", id] => DeskPlace::Volunteer(id.parse().ok()?),
        ["groups"] => DeskPlace::Groups,
        ["groups", id] => DeskPlace::Group(id.parse().ok()?),
        ["groups", id, "session"] => DeskPlace::GroupSession(id.parse().ok()?, None),
        ["groups", id, "session", session] => DeskPlace::GroupSession(id.parse().ok()?, Some(session.parse().ok()?)),
        ["follow-ups"] => DeskPlace::FollowUps,
        ["training", circle] => DeskPlace::Training(circle.parse().ok()?, None),
        ["training", circle, part] => {
            let part = TrainingPart::ALL.into_iter().find(|known| known.segment() == *part)?;
            DeskPlace::Training(circle.parse().ok()?, Some(part))
        }
        _ => return None,
    })
}

/// What lies below the address of the bundle `guidance`.
fn of_guidance(rest: &[&str]) -> Option<DeskPlace> {
    Some(match rest {
        [] => DeskPlace::SharedWithMe,
        ["hours"] => DeskPlace::Hours,
        ["reports"] => DeskPlace::Reports,
        ["hours", circle] => DeskPlace::ClientHours(circle.parse().ok()?),
        ["arranged", circle] => DeskPlace::Arranged(circle.parse().ok()?),
        ["goals", circle] => DeskPlace::Goals(circle.parse().ok()?),
        ["measure", circle] => DeskPlace::Measure(circle.parse().ok()?, None),
        ["measure", circle, id] => DeskPlace::Measure(circle.parse().ok()?, Some(id.parse().ok()?)),
        ["measure", circle, id, "together"] => DeskPlace::MeasureTogether(circle.parse().ok()?, id.parse().ok()?),
        ["evaluation", circle] => DeskPlace::Evaluation(circle.parse().ok()?, None),
        ["evaluation", circle, id] => DeskPlace::Evaluation(circle.parse().ok()?, Some(id.parse().ok()?)),
        _ => return None,
    })
}

fn of_client(circle: CircleId, rest: &[&str]) -> Option<DeskPlace> {
    Some(match rest {
        [] => DeskPlace::Client(circle),
        ["plans"] => DeskPlace::Plans(circle),
        ["course", plan] => DeskPlace::Course(circle, plan.parse().ok()?),
        ["new"] => DeskPlace::NewPlan(circle),
        ["plans", plan, "photos"] => DeskPlace::Photos(circle, plan.parse().ok()?),
        ["plans", plan] => DeskPlace::Plan(circle, plan.parse().ok()?),
        ["plans", plan, "print"] => DeskPlace::PrintPlan(circle, plan.parse().ok()?),
        ["week"] => DeskPlace::PrintWeek(circle),
        ["card"] => DeskPlace::PairingCard(circle),
        ["plans", plan, "together"] => DeskPlace::Together(circle, plan.parse().ok()?),
        ["plans", plan, "paper"] => DeskPlace::PaperRun(circle, plan.parse().ok()?),
        ["examples"] => DeskPlace::Examples(circle),
        ["examples", template] => DeskPlace::Example(circle, template.parse().ok()?),
        ["examples", template, "edit"] => DeskPlace::EditExample(circle, template.parse().ok()?),
        ["runs", run] => DeskPlace::Run(circle, run.parse().ok()?),
        ["history", record] => DeskPlace::History(circle, record.parse().ok()?),
        ["removed"] => DeskPlace::Removed(circle),
        ["days-off"] => DeskPlace::DaysOff(circle),
        ["app"] => DeskPlace::Preferences(circle),
        ["messages"] => DeskPlace::Messages(circle),
        ["travel"] => DeskPlace::Travel(circle, None),
        ["travel", route, "curves"] => DeskPlace::Curves(circle, route.parse().ok()?),
        ["travel", route, "edit"] => DeskPlace::EditRoute(circle, route.parse().ok()?),
        ["travel", route, "paper"] => DeskPlace::PaperPractice(circle, route.parse().ok()?),
        ["travel", route] => DeskPlace::Travel(circle, Some(route.parse().ok()?)),
        _ => return None,
    })
}

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
