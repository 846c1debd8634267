//! Sections: the parts of a circle's record that a consent can cover.

use crate::model::codes;
use crate::record::Kind;

codes! {
    /// A part of a circle's record. Each kind of record has one.
    Section {
        /// Plans and their steps, and how the app is for the client.
        Plans = "plans",
        /// How plans went.
        Progress = "progress",
        /// Photos of results, and what the client says about them: the album and the book.
        Photos = "photos",
        /// Routes and practices.
        Travel = "travel",
        /// Messages.
        Messages = "messages",
        /// Goals of the support.
        Goals = "goals",
        /// Measurements with instruments.
        Measurements = "measurements",
        /// Hours of support.
        Hours = "hours",
        /// Notes of professionals.
        Notes = "notes",
        /// Who is in the circle, and consents.
        Circle = "circle",
        /// The course of a travel training: registration, stages, handover, follow-up. It is a record of care; volunteers and carers see it
        /// with what else is travel.
        Training = "training",
        /// What is arranged: who comes when, and who does what. It is a record of care; volunteers and carers see it with the plans.
        Appointments = "appointments",
    }
}

impl Section {
    /// The sections that a consent of the client can open. The others are the record of care, which the law (Wmo 2015,
    /// art. 5.1.1) opens to those who give the support, or the circle itself.
    pub const BY_CONSENT: [Self; 5] = [Self::Plans, Self::Progress, Self::Photos, Self::Travel, Self::Messages];

    /// What the client can open to a neighbourhood coach, who works for the municipality and sees nothing by law.
    pub const FOR_COACH: [Self; 6] =
        [Self::Goals, Self::Measurements, Self::Hours, Self::Plans, Self::Progress, Self::Travel];

    /// The section of a kind of record.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Member | Kind::Consent => Self::Circle,
            Kind::Plan | Kind::Step | Kind::Choice | Kind::Preferences | Kind::DaysOff => Self::Plans,
            Kind::Run | Kind::StepEvent | Kind::RunEnd | Kind::RunFace | Kind::StepHelp => Self::Progress,
            Kind::RunPhoto | Kind::RunWord | Kind::BookEntry => Self::Photos,
            Kind::Route
            | Kind::Part
            | Kind::Goal
            | Kind::Practice
            | Kind::GoalHelp
            | Kind::Situation
            | Kind::PracticeEnd
            | Kind::Feedback
            | Kind::FeedbackReply
            | Kind::FeedbackRead
            | Kind::Stop
            | Kind::Arrival => Self::Travel,
            Kind::Trajectory
            | Kind::StageEntry
            | Kind::TrajectoryEnd
            | Kind::Handover
            | Kind::HandoverPoint
            | Kind::FollowUp
            | Kind::FollowUpAnswer
            | Kind::Registration
            | Kind::RegistrationFollowUp
            | Kind::RegistrationTime
            | Kind::Volunteer
            | Kind::ProgrammeSettings
            | Kind::MatchRefused
            | Kind::Group
            | Kind::GroupSession => Self::Training,
            Kind::TimeSpent | Kind::Grant => Self::Hours,
            Kind::DomainGoal
            | Kind::GoalAction
            | Kind::GoalStep
            | Kind::Evaluation
            | Kind::GroupEnrolment
            | Kind::Attendance => Self::Goals,
            Kind::Circumstances | Kind::Measurement | Kind::DomainAnswer => Self::Measurements,
            Kind::Task | Kind::TaskHandover | Kind::Appointment => Self::Appointments,

            Kind::Message => Self::Messages,
            // What this version does not understand it shows to as few as possible.
            Kind::Intake | Kind::Note | Kind::AttentionMark | Kind::AttentionSettings | Kind::Unknown(_) => Self::Notes,
        }
    }

    /// The section's bit in a view.
    #[must_use]
    pub const fn bit(self) -> u64 {
        1 << (self as u64)
    }
}
