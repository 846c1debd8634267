//! The form of a travel programme in a file: its columns, and the words that stand in them.

use opstap_core::Day;
use opstap_core::model::{Channel, Indication, SpecialTransport, TravelMode};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The name of the row.
    Registration,
    /// When.
    RegisteredOn,
    /// Through whom.
    Channel,
    /// What became of it.
    Outcome,
    /// The special transport at the start.
    Indication,
    /// How the route is learned.
    Mode,
    /// When practice began.
    StartedOn,
    /// When the OV-coach took it on.
    CompletedOn,
    /// When it was asked last.
    FollowedUpOn,
    /// Whether the route is still travelled.
    StillTravels,
    /// Whether others are.
    OtherRoutes,
    /// Special transport by then.
    Special,
}

impl Column {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::Registration,
        Self::RegisteredOn,
        Self::Channel,
        Self::Outcome,
        Self::Indication,
        Self::Mode,
        Self::StartedOn,
        Self::CompletedOn,
        Self::FollowedUpOn,
        Self::StillTravels,
        Self::OtherRoutes,
        Self::Special,
    ];

    /// What stands above it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::RegisteredOn => "registered_on",
            Self::Channel => "channel",
            Self::Outcome => "outcome",
            Self::Indication => "transport_indication",
            Self::Mode => "mode",
            Self::StartedOn => "started_on",
            Self::CompletedOn => "completed_on",
            Self::FollowedUpOn => "followed_up_on",
            Self::StillTravels => "still_travels_route",
            Self::OtherRoutes => "travels_other_routes",
            Self::Special => "special_transport",
        }
    }

    /// Whether days stand in it.
    #[must_use]
    pub const fn holds_days(self) -> bool {
        matches!(self, Self::RegisteredOn | Self::StartedOn | Self::CompletedOn | Self::FollowedUpOn)
    }
}

/// What became of a registration, as the file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet.
    Registered,
    /// Not taken on.
    Outside,
    /// Ended before practice.
    Withdrew,
    /// Practice goes on.
    Practising,
    /// Ended after practice began.
    Stopped,
    /// Travels alone.
    Completed,
}

/// A thing that stands in a file as a word.
pub trait Worded: Copy + PartialEq + 'static {
    /// Each with its word, in order.
    const WORDS: &'static [(Self, &'static str)];

    /// Its word.
    #[must_use]
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(known, _)| *known == self).map_or("", |(_, word)| word)
    }

    /// What a word stands for; capitals make no difference.
    #[must_use]
    fn of_word(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, word)| word.eq_ignore_ascii_case(text)).map(|(known, _)| *known)
    }
}

impl Worded for Channel {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Own, "self or parent"),
        (Self::Consultant, "MEE consultant"),
        (Self::Provisions, "individual provisions"),
        (Self::Workplace, "sheltered workplace"),
        (Self::Care, "care organisation"),
        (Self::School, "school"),
    ];
}

impl Worded for Outcome {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Registered, "registered"),
        (Self::Outside, "outside area"),
        (Self::Withdrew, "withdrew after intake"),
        (Self::Practising, "practising"),
        (Self::Stopped, "stopped"),
        (Self::Completed, "completed"),
    ];
}

impl Worded for Indication {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::School, "school transport"),
        (Self::Awbz, "AWBZ transport"),
        (Self::Wsw, "WSW transport"),
        (Self::NoneYet, "none yet"),
    ];
}

impl Worded for TravelMode {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::PublicTransport, "public transport"), (Self::Bicycle, "bicycle"), (Self::OnFoot, "on foot")];
}

impl Worded for SpecialTransport {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::NotAnyMore, "none"), (Self::LessOften, "less often"), (Self::AsBefore, "as before")];
}

impl Worded for bool {
    const WORDS: &'static [(Self, &'static str)] = &[(true, "yes"), (false, "no")];
}

/// A follow-up as a row of a file tells it: the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFollowUp {
    /// When it was asked.
    pub on: Day,
    /// Whether the route is still travelled.
    pub travels: Option<bool>,
    /// Whether others are.
    pub other_routes: Option<bool>,
    /// Special transport by then.
    pub special: Option<SpecialTransport>,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// The name of the row.
    pub number: String,
    /// When.
    pub registered: Day,
    /// Through whom.
    pub channel: Channel,
    /// What became of it.
    pub outcome: Outcome,
    /// The special transport at the start.
    pub indication: Option<Indication>,
    /// How the route is learned.
    pub mode: Option<TravelMode>,
    /// When practice began.
    pub started: Option<Day>,
    /// When the OV-coach took it on.
    pub completed: Option<Day>,
    /// The last follow-up.
    pub follow_up: Option<FileFollowUp>,
}

impl FileRow {
    /// What stands in a column.
    #[must_use]
    pub fn text(&self, column: Column) -> String {
        let day = |day: Option<Day>| day.map(Day::written).unwrap_or_default();
        let follow_up = self.follow_up.as_ref();
        match column {
            Column::Registration => self.number.clone(),
            Column::RegisteredOn => self.registered.written(),
            Column::Channel => self.channel.word().to_owned(),
            Column::Outcome => self.outcome.word().to_owned(),
            Column::Indication => word(self.indication),
            Column::Mode => word(self.mode),
            Column::StartedOn => day(self.started),
            Column::CompletedOn => day(self.completed),
            Column::FollowedUpOn => day(follow_up.map(|found| found.on)),
            Column::StillTravels => word(follow_up.and_then(|found| found.travels)),
            Column::OtherRoutes => word(follow_up.and_then(|found| found.other_routes)),
            Column::Special => word(follow_up.and_then(|found| found.special)),
        }
    }
}

fn word<T: Worded>(thing: Option<T>) -> String {
    thing.map(T::word).unwrap_or_default().to_owned()
}

/// Whether a text can be the name of a row. It begins with a letter or a digit, so that no spreadsheet takes it for a sum to work out.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(char::is_alphanumeric);
    begins && text.chars().count() <= 64 && !text.chars().any(char::is_control)
}
