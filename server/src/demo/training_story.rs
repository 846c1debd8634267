//! What the demonstration tells of travel training, as `demo/training.json` holds it: a programme, a training half way, and one that was
//! completed.

use opstap_core::model::{Channel, Indication, TravelMode};
use serde::Deserialize;

use super::story::{Account, Circle, Coded, Key, PastPractice, RouteStory};

/// All of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingStory {
    /// The accounts that are there for it.
    pub people: Vec<Account>,
    /// Of these, who gets a sign-in link too.
    pub shown: Vec<Key>,
    /// The programme.
    pub programme: ProgrammeStory,
    /// The training of the client of the demonstration.
    pub half_way: HalfWay,
    /// That of somebody who travels alone.
    pub alone: Alone,
}

/// The programme.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeStory {
    /// Who keeps it.
    pub kept_by: Key,
    /// The municipalities it serves, one a line.
    pub served: String,
    /// How many trajectories should start in a year.
    pub target_started: u32,
    /// How many should be completed in a year.
    pub target_completed: u32,
    /// The volunteers.
    pub volunteers: Vec<VolunteerStory>,
    /// A registration that is a row alone.
    pub waiting: RowStory,
}

/// A volunteer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolunteerStory {
    /// Their account, if they have one.
    pub person: Option<Key>,
    /// Their first name.
    pub name: String,
    /// The part of town.
    pub area: String,
    /// The parts of the week, counted from Monday morning.
    pub available: Vec<usize>,
    /// The ways of travelling they did the training for, by their place.
    pub trained: Vec<usize>,
    /// For how many days their certificate still holds.
    pub certificate_in_days: u32,
    /// What they know and can.
    pub knowledge: Option<String>,
    /// Whether they take nobody on now.
    pub resting: bool,
}

/// A registration of which there is only a row.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowStory {
    /// How many days before the first start.
    pub days_ago: u32,
    /// Through whom.
    pub channel: Coded<Channel>,
    /// The part of town.
    pub area: String,
    /// What transport they have now.
    pub indication: Coded<Indication>,
    /// How they are to travel.
    pub mode: Coded<TravelMode>,
    /// The parts of the week.
    pub available: Vec<usize>,
}

/// What is settled about a training.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// How many days before the first start they were registered.
    pub days_ago: u32,
    /// Through whom.
    pub channel: Coded<Channel>,
    /// Where they live.
    pub municipality: String,
    /// The part of town.
    pub area: String,
    /// What transport they had.
    pub indication: Coded<Indication>,
    /// How they learn to travel.
    pub mode: Coded<TravelMode>,
    /// The parts of the week.
    pub available: Vec<usize>,
    /// Who practises.
    pub volunteer: Key,
    /// Who is or becomes the OV-coach.
    pub coach: Key,
    /// Who answers for registration, intake and matching.
    pub responsible: Key,
    /// Who was there when all met.
    pub present: String,
    /// The goals that were set down.
    pub goals: String,
    /// The approach.
    pub approach: String,
    /// What whoever travels along must know.
    pub details: String,
    /// What the participant asks.
    pub asks: String,
    /// What the parent asks.
    pub parent_asks: String,
    /// What to mind.
    pub attention: String,
}

/// What was said before it began.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeStory {
    /// How many days before the first start.
    pub days_ago: u32,
    /// What the participant wants.
    pub motivation: String,
    /// What they can already.
    pub skills: String,
    /// How the parents see it.
    pub parents_view: String,
}

/// The training of the client of the demonstration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfWay {
    /// What is settled.
    pub about: About,
    /// The intake.
    pub intake: IntakeStory,
    /// When all met.
    pub met_days_ago: u32,
    /// When practice began.
    pub practice_days_ago: u32,
    /// The stops of one of the lines.
    pub stops: StopsStory,
    /// What the way back is called.
    pub title_back: String,
    /// When the practice of the demonstration was, the first one here.
    pub first_practice_days_ago: u64,
    /// The practices since.
    pub practices: Vec<PastPractice>,
    /// The report on one of them, and what was said of it.
    pub feedback: FeedbackStory,
}

/// The stops that a line passes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopsStory {
    /// The line.
    pub line: String,
    /// Their names.
    pub names: Vec<String>,
}

/// A report, and what was said of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedbackStory {
    /// On which practice, counted from 1.
    pub of_practice: usize,
    /// What it says.
    pub text: String,
    /// Who read it.
    pub read_by: Vec<Key>,
    /// What they said, one after the other.
    pub replies: Vec<ReplyStory>,
}

/// What somebody said of a report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyStory {
    /// Who.
    pub by: Key,
    /// What.
    pub text: String,
}

/// The training of somebody who travels alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alone {
    /// What is settled.
    pub about: About,
    /// The intake.
    pub intake: IntakeStory,
    /// When all met.
    pub met_days_ago: u32,
    /// When practice began.
    pub practice_days_ago: u32,
    /// When the OV-coach took it on and the participant agreed.
    pub handed_over_days_ago: u32,
    /// Their circle.
    pub circle: Circle,
    /// What they learned to travel.
    pub route: RouteStory,
    /// How practising it went.
    pub practices: Vec<PastPractice>,
    /// How they closed it together.
    pub outing: String,
}

impl TrainingStory {
    /// The story that is compiled into the binary.
    ///
    /// # Errors
    /// When the file does not hold a story; a test keeps that from being shipped.
    pub fn told() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../../demo/training.json"))
    }
}
