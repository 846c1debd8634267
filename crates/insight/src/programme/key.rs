//! The names of the figures, by which screens and reports find title and definition.

use opstap_core::Day;
use opstap_core::model::{Channel, Indication, SpecialTransport, Stage, StopReason, TimeRole, TravelMode};

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// The year, such as 2026.
    pub year: u32,
    /// Which of it, from 1 to 4.
    pub of_year: u32,
}

impl Quarter {
    /// The quarter of a day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        let month = day.month();
        Self { year: month.year(), of_year: month.of_year().div_ceil(3) }
    }
}

/// What is known of somebody at one of the moments at which a cohort is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CohortState {
    /// Asked, and they still travel the route.
    Travels,
    /// Asked, and they do not any more.
    NoLonger,
    /// Asked, and of the answers none is about the route.
    NotSaid,
    /// Asked, and nothing was answered: nobody could be reached.
    NotReached,
    /// The day has passed and nobody asked.
    NotAsked,
    /// The day is still to come.
    NotDue,
}

impl CohortState {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Travels, Self::NoLonger, Self::NotSaid, Self::NotReached, Self::NotAsked, Self::NotDue];
    /// Those who answered.
    pub const ASKED: [Self; 3] = [Self::Travels, Self::NoLonger, Self::NotSaid];

    const fn word(self) -> &'static str {
        match self {
            Self::Travels => "travels",
            Self::NoLonger => "no-longer",
            Self::NotSaid => "not-said",
            Self::NotReached => "not-reached",
            Self::NotAsked => "not-asked",
            Self::NotDue => "not-due",
        }
    }
}

/// A figure. Where an `Option` stands, none is what was not written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKey {
    /// All registrations.
    Registered,
    /// Registered through this channel.
    Through(Channel),
    /// Registered, practice did not begin yet and it has not ended.
    Waiting,
    /// Outside the area that is served.
    Outside,
    /// Ended before practice began.
    Withdrew,
    /// Withdrew for this reason.
    WithdrewFor(Option<StopReason>),
    /// Practice began.
    Started,
    /// Began with this special transport.
    WithIndication(Option<Indication>),
    /// Began, to travel in this way.
    ByMode(Option<TravelMode>),
    /// Practising now: began, not completed and not ended.
    Running,
    /// Ended after practice began.
    Stopped,
    /// Stopped for this reason.
    StoppedFor(Option<StopReason>),
    /// Completed: the OV-coach took it on.
    Completed,
    /// Completed, and asked afterwards at least once.
    FollowedUp,
    /// Completed, and not asked afterwards yet.
    NotFollowedUp,
    /// Asked last within three months after it was completed.
    WithinThreeMonths,
    /// Asked last after more than three months.
    Later,
    /// Asked last, whether they still travel the route.
    Travels(Option<bool>),
    /// Asked last, whether they travel other routes too.
    OtherRoutes(Option<bool>),
    /// Asked last, how special transport is used.
    Special(Option<SpecialTransport>),
    /// Practice began in this calendar year.
    StartedIn(u32),
    /// Completed in this calendar year.
    CompletedIn(u32),
    /// Completed in this quarter: a cohort.
    CompletedInQuarter(Quarter),
    /// Of a cohort, after so many months, those of whom this is known.
    Cohort(Quarter, u32, CohortState),
    /// Time of such people, in all.
    Hours(TimeRole),
    /// Their time in a stage.
    HoursIn(TimeRole, Stage),
    /// Their time for trajectories that were completed.
    HoursOfCompleted(TimeRole),
    /// Their time for all others.
    HoursOfOthers(TimeRole),
    /// Completed, and their time is known.
    HoursKnown(TimeRole),
    /// Completed, and nothing is known of their time.
    HoursUnknown(TimeRole),
}

impl FigureKey {
    /// The word under which title and definition are found: the same for all years, quarters and months.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Registered => "registered".to_owned(),
            Self::Through(channel) => format!("through-{}", channel.code()),
            Self::Waiting => "waiting".to_owned(),
            Self::Outside => "outside".to_owned(),
            Self::Withdrew => "withdrew".to_owned(),
            Self::WithdrewFor(reason) => format!("withdrew-for-{}", code(reason.map(StopReason::code))),
            Self::Started => "started".to_owned(),
            Self::WithIndication(indication) => format!("indication-{}", code(indication.map(Indication::code))),
            Self::ByMode(mode) => format!("mode-{}", code(mode.map(TravelMode::code))),
            Self::Running => "running".to_owned(),
            Self::Stopped => "stopped".to_owned(),
            Self::StoppedFor(reason) => format!("stopped-for-{}", code(reason.map(StopReason::code))),
            Self::Completed => "completed".to_owned(),
            Self::FollowedUp => "followed-up".to_owned(),
            Self::NotFollowedUp => "not-followed-up".to_owned(),
            Self::WithinThreeMonths => "within-three-months".to_owned(),
            Self::Later => "later".to_owned(),
            Self::Travels(said) => format!("travels-{}", yes_or_no(said)),
            Self::OtherRoutes(said) => format!("other-routes-{}", yes_or_no(said)),
            Self::Special(said) => format!("special-{}", code(said.map(SpecialTransport::code))),
            Self::StartedIn(_) => "started-in".to_owned(),
            Self::CompletedIn(_) => "completed-in".to_owned(),
            Self::CompletedInQuarter(_) => "completed-in-quarter".to_owned(),
            Self::Cohort(_, _, state) => format!("cohort-{}", state.word()),
            Self::Hours(role) => format!("hours-{}", role.code()),
            Self::HoursIn(role, stage) => format!("hours-{}-{}", role.code(), stage.code()),
            Self::HoursOfCompleted(role) => format!("hours-of-completed-{}", role.code()),
            Self::HoursOfOthers(role) => format!("hours-of-others-{}", role.code()),
            Self::HoursKnown(role) => format!("hours-known-{}", role.code()),
            Self::HoursUnknown(role) => format!("hours-unknown-{}", role.code()),
        }
    }
}

const fn code(code: Option<&'static str>) -> &'static str {
    match code {
        Some(code) => code,
        None => "not-said",
    }
}

const fn yes_or_no(said: Option<bool>) -> &'static str {
    code(match said {
        Some(true) => Some("yes"),
        Some(false) => Some("no"),
        None => None,
    })
}

/// How a figure is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreakdownKey {
    /// Registrations by channel.
    Channels,
    /// What became of registrations.
    Courses,
    /// Why people withdrew.
    WithdrewReasons,
    /// What started by special transport.
    Indications,
    /// What started by way of travelling.
    Modes,
    /// What became of trajectories that started.
    Standings,
    /// Why trajectories stopped.
    StopReasons,
    /// Of what was completed, whether somebody asked afterwards.
    FollowUps,
    /// After how long it was asked last.
    FollowUpDelay,
    /// Whether the route is still travelled.
    Travelling,
    /// Whether other routes are.
    OtherRoutes,
    /// How special transport is used.
    SpecialTransport,
    /// What started by year.
    StartedByYear,
    /// What was completed by year.
    CompletedByYear,
    /// What was completed in a year, by quarter.
    CompletedByQuarter(u32),
    /// What is known of a cohort after so many months.
    Cohort(Quarter, u32),
    /// Time by stage.
    HoursByStage(TimeRole),
    /// Time by whether the trajectory was completed.
    HoursByCompletion(TimeRole),
    /// Of what was completed, whether time is known.
    HoursKnown(TimeRole),
}

impl BreakdownKey {
    /// The word under which title and definition are found.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Channels => "by-channel".to_owned(),
            Self::Courses => "by-course".to_owned(),
            Self::WithdrewReasons => "withdrew-by-reason".to_owned(),
            Self::Indications => "by-indication".to_owned(),
            Self::Modes => "by-mode".to_owned(),
            Self::Standings => "by-standing".to_owned(),
            Self::StopReasons => "stopped-by-reason".to_owned(),
            Self::FollowUps => "by-follow-up".to_owned(),
            Self::FollowUpDelay => "by-delay".to_owned(),
            Self::Travelling => "by-travelling".to_owned(),
            Self::OtherRoutes => "by-other-routes".to_owned(),
            Self::SpecialTransport => "by-special-transport".to_owned(),
            Self::StartedByYear => "started-by-year".to_owned(),
            Self::CompletedByYear => "completed-by-year".to_owned(),
            Self::CompletedByQuarter(_) => "completed-by-quarter".to_owned(),
            Self::Cohort(..) => "cohort".to_owned(),
            Self::HoursByStage(role) => format!("{}-hours-by-stage", role.code()),
            Self::HoursByCompletion(role) => format!("{}-hours-by-completion", role.code()),
            Self::HoursKnown(role) => format!("{}-hours-known", role.code()),
        }
    }
}
