//! What a record is: its kind, where it may stand, and how soon it is needed.

/// What a record is. The numbers are the wire's and the stores', and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person in the circle, with relation and name.
    Member,
    /// A consent, given or withdrawn.
    Consent,
    /// A step plan, or a template in the library.
    Plan,
    /// A step of a plan.
    Step,
    /// A run of a plan: that it started.
    Run,
    /// Something that happened at a step during a run.
    StepEvent,
    /// That a run ended, done or stopped.
    RunEnd,
    /// A photo of the result of a run.
    RunPhoto,
    /// The face picked after a run.
    RunFace,
    /// A route that is learned.
    Route,
    /// A part of a route: walk, bus, change, …
    Part,
    /// A goal within a part.
    Goal,
    /// A practice of a route: that it started.
    Practice,
    /// How much help a goal took during a practice.
    GoalHelp,
    /// A situation practised on purpose.
    Situation,
    /// That a practice ended, with a word about it.
    PracticeEnd,
    /// A message within the circle, such as a question for help at a step.
    Message,
    /// How the companion is for the client.
    Preferences,
    /// A choice at a step.
    Choice,
    /// A word about the result of a run.
    RunWord,
    /// How much help a step took in a run.
    StepHelp,
    /// What a client put into the book.
    BookEntry,
    /// Days on which plans rest.
    DaysOff,
    /// A trajectory of travel training.
    Trajectory,
    /// What was learned at the intake of a trajectory.
    Intake,
    /// That a trajectory came to a stage.
    StageEntry,
    /// That a trajectory ended without travelling alone.
    TrajectoryEnd,
    /// The handover of a trajectory to the OV-coach.
    Handover,
    /// What a handover must make clear.
    HandoverPoint,
    /// A follow-up enquiry of a trajectory.
    FollowUp,
    /// What a follow-up enquiry found.
    FollowUpAnswer,
    /// Feedback on a practice to those around the client.
    Feedback,
    /// An answer to feedback.
    FeedbackReply,
    /// That somebody read feedback.
    FeedbackRead,
    /// A stop that a part of a route passes.
    Stop,
    /// That the client arrived by themselves.
    Arrival,
    /// Time that a professional spent on the client.
    TimeSpent,
    /// A registration of the programme.
    Registration,
    /// What a follow-up enquiry of a registration found.
    RegistrationFollowUp,
    /// The time that a stage of a registration took.
    RegistrationTime,
    /// A volunteer of the programme.
    Volunteer,
    /// How the programme is set up.
    ProgrammeSettings,
    /// That a volunteer does not fit a registration.
    MatchRefused,
    /// What the municipality granted of guidance.
    Grant,
    /// What in the life of a client an instrument has a rule for.
    Circumstances,
    /// That an instrument was filled in.
    Measurement,
    /// The answer for one domain of an instrument.
    DomainAnswer,
    /// A goal of the guidance in a domain.
    DomainGoal,
    /// What is done for a goal.
    GoalAction,
    /// A small step of an action.
    GoalStep,
    /// How the guidance went over a period.
    Evaluation,
    /// Something that somebody round the client sees to.
    Task,
    /// A word on who does a task.
    TaskHandover,
    /// That somebody comes to the client.
    Appointment,
    /// A note of a professional.
    Note,
    /// What was done with what asked for attention.
    AttentionMark,
    /// What is different for a client in what asks for attention.
    AttentionSettings,
    /// A group of the programme.
    Group,
    /// A session of a group, in figures alone.
    GroupSession,
    /// That a client takes part in a group.
    GroupEnrolment,
    /// Whether a client was at a session.
    Attendance,
    /// A kind of a newer version: kept and passed on, not understood.
    Unknown(u16),
}

/// Every kind this version knows, with its code.
const KINDS: [(Kind, u16); 61] = [
    (Kind::Member, 1),
    (Kind::Consent, 2),
    (Kind::Plan, 3),
    (Kind::Step, 4),
    (Kind::Run, 5),
    (Kind::StepEvent, 6),
    (Kind::RunEnd, 7),
    (Kind::RunPhoto, 8),
    (Kind::RunFace, 9),
    (Kind::Route, 10),
    (Kind::Part, 11),
    (Kind::Goal, 12),
    (Kind::Practice, 13),
    (Kind::GoalHelp, 14),
    (Kind::Situation, 15),
    (Kind::PracticeEnd, 16),
    (Kind::Message, 17),
    (Kind::Preferences, 18),
    (Kind::Choice, 19),
    (Kind::RunWord, 20),
    (Kind::StepHelp, 21),
    (Kind::BookEntry, 22),
    (Kind::DaysOff, 23),
    (Kind::Trajectory, 24),
    (Kind::Intake, 25),
    (Kind::StageEntry, 26),
    (Kind::TrajectoryEnd, 27),
    (Kind::Handover, 28),
    (Kind::HandoverPoint, 29),
    (Kind::FollowUp, 30),
    (Kind::FollowUpAnswer, 31),
    (Kind::Feedback, 32),
    (Kind::FeedbackReply, 33),
    (Kind::FeedbackRead, 34),
    (Kind::Stop, 35),
    (Kind::Arrival, 36),
    (Kind::TimeSpent, 37),
    (Kind::Registration, 38),
    (Kind::RegistrationFollowUp, 39),
    (Kind::RegistrationTime, 40),
    (Kind::Volunteer, 41),
    (Kind::ProgrammeSettings, 42),
    (Kind::MatchRefused, 43),
    (Kind::Grant, 44),
    (Kind::Circumstances, 45),
    (Kind::Measurement, 46),
    (Kind::DomainAnswer, 47),
    (Kind::DomainGoal, 48),
    (Kind::GoalAction, 49),
    (Kind::GoalStep, 50),
    (Kind::Evaluation, 51),
    (Kind::Task, 52),
    (Kind::TaskHandover, 53),
    (Kind::Appointment, 54),
    (Kind::Note, 55),
    (Kind::AttentionMark, 56),
    (Kind::AttentionSettings, 57),
    (Kind::Group, 58),
    (Kind::GroupSession, 59),
    (Kind::GroupEnrolment, 60),
    (Kind::Attendance, 61),
];

impl Kind {
    /// Every kind this version knows.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, _)| *kind)
    }

    /// The kind's code on the wire and in stores.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Unknown(code) => code,
            known => KINDS.iter().find(|(kind, _)| *kind == known).map_or(0, |(_, code)| *code),
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: u16) -> Self {
        KINDS.iter().find(|(_, known)| *known == code).map_or(Self::Unknown(code), |(kind, _)| *kind)
    }

    /// Logs are written once: afterwards only `deleted` and the audience may be set.
    #[must_use]
    pub const fn is_log(self) -> bool {
        matches!(
            self,
            Self::Consent
                | Self::Run
                | Self::StepEvent
                | Self::RunEnd
                | Self::RunPhoto
                | Self::RunFace
                | Self::RunWord
                | Self::StepHelp
                | Self::BookEntry
                | Self::Practice
                | Self::GoalHelp
                | Self::Situation
                | Self::PracticeEnd
                | Self::Message
                | Self::StageEntry
                | Self::TrajectoryEnd
                | Self::FollowUpAnswer
                | Self::Feedback
                | Self::FeedbackReply
                | Self::FeedbackRead
                | Self::Arrival
                | Self::TimeSpent
                | Self::Measurement
                | Self::DomainAnswer
                | Self::TaskHandover
                | Self::Note
                | Self::AttentionMark
                | Self::Attendance
        )
    }

    /// Logs that a phone lets go of when they are old. Consents, the course of a trajectory, hours, measurements, handovers of tasks and
    /// attendance stay: what holds now follows from all of them.
    #[must_use]
    pub const fn grows_old(self) -> bool {
        self.is_log()
            && !matches!(
                self,
                Self::Consent
                    | Self::StageEntry
                    | Self::TrajectoryEnd
                    | Self::FollowUpAnswer
                    | Self::TimeSpent
                    | Self::Measurement
                    | Self::DomainAnswer
                    | Self::TaskHandover
                    | Self::Attendance
            )
    }

    /// The kind a record's parent must have; `None` for what stands at the top of its circle.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Step => Some(Self::Plan),
            Self::Choice => Some(Self::Step),
            Self::StepEvent | Self::RunEnd | Self::RunPhoto | Self::RunFace | Self::RunWord | Self::StepHelp => {
                Some(Self::Run)
            }
            Self::Part => Some(Self::Route),
            Self::Goal => Some(Self::Part),
            Self::Stop => Some(Self::Part),
            Self::GoalHelp
            | Self::Situation
            | Self::PracticeEnd
            | Self::Feedback
            | Self::FeedbackReply
            | Self::FeedbackRead => Some(Self::Practice),
            Self::Intake | Self::StageEntry | Self::TrajectoryEnd | Self::Handover | Self::FollowUp => {
                Some(Self::Trajectory)
            }
            Self::HandoverPoint => Some(Self::Handover),
            Self::FollowUpAnswer => Some(Self::FollowUp),
            Self::RegistrationFollowUp | Self::RegistrationTime | Self::MatchRefused => Some(Self::Registration),
            Self::DomainAnswer => Some(Self::Measurement),
            Self::GoalAction => Some(Self::DomainGoal),
            Self::GoalStep => Some(Self::GoalAction),
            Self::TaskHandover => Some(Self::Task),
            Self::GroupSession => Some(Self::Group),
            Self::Attendance => Some(Self::GroupEnrolment),
            Self::Member
            | Self::Consent
            | Self::Plan
            | Self::Run
            | Self::Route
            | Self::Practice
            | Self::Message
            | Self::Preferences
            | Self::BookEntry
            | Self::DaysOff
            | Self::Trajectory
            | Self::Arrival
            | Self::TimeSpent
            | Self::Registration
            | Self::Volunteer
            | Self::ProgrammeSettings
            | Self::Grant
            | Self::Circumstances
            | Self::Measurement
            | Self::DomainGoal
            | Self::Evaluation
            | Self::Task
            | Self::Appointment
            | Self::Note
            | Self::AttentionMark
            | Self::AttentionSettings
            | Self::Group
            | Self::GroupEnrolment
            | Self::Unknown(_) => None,
        }
    }

    /// How soon a device that loads a circle needs the kind: lower comes first.
    #[must_use]
    pub const fn need(self) -> u8 {
        match self {
            Self::Member | Self::Consent => 0,
            Self::Plan | Self::Step | Self::Choice | Self::Preferences | Self::DaysOff => 1,
            Self::Route | Self::Part | Self::Goal | Self::Stop => 2,
            Self::Trajectory
            | Self::StageEntry
            | Self::TrajectoryEnd
            | Self::Handover
            | Self::HandoverPoint
            | Self::FollowUp
            | Self::FollowUpAnswer
            | Self::Message
            | Self::Registration
            | Self::RegistrationFollowUp
            | Self::Volunteer
            | Self::ProgrammeSettings
            | Self::Grant
            | Self::Circumstances
            | Self::DomainGoal
            | Self::GoalAction
            | Self::GoalStep
            | Self::Task
            | Self::TaskHandover
            | Self::Appointment
            | Self::AttentionSettings
            | Self::Group
            | Self::GroupEnrolment => 3,
            Self::Run
            | Self::Practice
            | Self::BookEntry
            | Self::Arrival
            | Self::Intake
            | Self::Measurement
            | Self::Evaluation
            | Self::Note
            | Self::AttentionMark
            | Self::GroupSession => 4,
            Self::StepEvent
            | Self::RunEnd
            | Self::RunPhoto
            | Self::RunFace
            | Self::RunWord
            | Self::StepHelp
            | Self::GoalHelp
            | Self::Situation
            | Self::PracticeEnd
            | Self::Feedback
            | Self::FeedbackReply
            | Self::FeedbackRead
            | Self::TimeSpent
            | Self::RegistrationTime
            | Self::MatchRefused
            | Self::DomainAnswer
            | Self::Attendance => 5,
            Self::Unknown(_) => 9,
        }
    }
}
