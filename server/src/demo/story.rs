//! The demonstration organisation as `demo/demo.json` tells it. The types allow only what the start can act out.

use opstap_core::Value;
use opstap_core::access::Section;
use opstap_core::model::{Face, FromCell, HelpLevel, Means, OrganisationRole, Relation, Situation};
use opstap_core::plan_format::Language;
use serde::{Deserialize, Deserializer};

/// How people are called within the file.
pub type Key = String;

/// All of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// The name of the organisation.
    pub organisation: String,
    /// The name of the administrator's account.
    pub administrator: String,
    /// The accounts.
    pub people: Vec<Account>,
    /// The client's circle.
    pub circle: Circle,
    /// The client's plans.
    pub plans: Plans,
    /// What the client did.
    pub runs: Vec<PastRun>,
    /// What the client learns to travel.
    pub route: RouteStory,
    /// How practising it went.
    pub practice: PastPractice,
}

/// One account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// How the file calls them.
    pub key: Key,
    /// Their first name.
    pub name: String,
    /// What they are in the organisation.
    #[serde(deserialize_with = "role")]
    pub role: OrganisationRole,
}

/// The circle round the client.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circle {
    /// Who registers the client and lets the others in.
    pub begun_by: Key,
    /// Who is in it, in the order of their faces.
    pub members: Vec<MemberStory>,
    /// What the client lets them see.
    pub consents: Vec<Consents>,
}

/// One member.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberStory {
    /// Who.
    pub person: Key,
    /// What they are to the client.
    pub relation: Coded<Relation>,
    /// What the client calls them.
    pub called: Option<String>,
    /// An invented number.
    pub phone: Option<String>,
}

/// What one member may see.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// Who.
    pub person: Key,
    /// Which sections.
    pub sections: Vec<Coded<Section>>,
}

/// The client's plans, copies from the library.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plans {
    /// Who takes the copies.
    pub made_by: Key,
    /// In which language.
    #[serde(deserialize_with = "language")]
    pub language: Language,
    /// The copies, in the order of the day.
    pub copies: Vec<PlanCopy>,
}

/// One copy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCopy {
    /// The plan file it comes from.
    pub file: String,
    /// When it is to be done.
    pub at: TimeOfDay,
}

/// One run that ended well.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastRun {
    /// The plan file of the plan.
    pub plan: String,
    /// How many days before the first start.
    pub days_ago: u64,
    /// When it began, by UTC.
    pub at: TimeOfDay,
    /// How many seconds each step took; as many as the plan has steps.
    pub steps: Vec<u64>,
    /// The steps, from 1, at which help was asked.
    pub help_asked_at: Vec<usize>,
    /// The face picked afterwards.
    pub face: Coded<Face>,
}

/// The route.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteStory {
    /// Who sets it up.
    pub made_by: Key,
    /// Its title.
    pub title: String,
    /// Its pictogram.
    pub picture: String,
    /// Its parts, in order.
    pub parts: Vec<PartStory>,
}

/// One part of the route.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartStory {
    /// How it is travelled.
    pub means: Coded<Means>,
    /// Its title.
    pub title: String,
    /// The line.
    pub line: Option<String>,
    /// The direction on the vehicle.
    pub direction: Option<String>,
    /// Where it begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// What one sees there.
    pub landmark: Option<String>,
    /// Its pictogram.
    pub picture: String,
    /// Its goals, in order.
    pub goals: Vec<GoalStory>,
}

/// One goal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalStory {
    /// What the participant does.
    pub text: String,
    /// Its pictogram.
    pub picture: String,
}

/// A practice that ended.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastPractice {
    /// Who logged it.
    pub made_by: Key,
    /// Who sat next to them.
    pub beside: Key,
    /// How many days before the first start.
    pub days_ago: u64,
    /// When it began, by UTC.
    pub at: TimeOfDay,
    /// How long it took.
    pub minutes: u32,
    /// For each part, for each goal, how much help it took.
    pub help: Vec<Vec<Coded<HelpLevel>>>,
    /// What was practised on purpose.
    pub situation: SituationStory,
    /// The volunteer's word.
    pub word: String,
    /// The participant's face.
    pub face: Coded<Face>,
}

/// A situation practised.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SituationStory {
    /// Which.
    pub situation: Coded<Situation>,
    /// How it went.
    pub word: String,
}

impl Story {
    /// The story that is compiled into the binary.
    ///
    /// # Errors
    /// When the file does not hold a story; a test keeps that from being shipped.
    pub fn told() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../../demo/demo.json"))
    }
}

/// A time such as `07:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDay {
    /// Minutes since midnight.
    pub minutes: u32,
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parse = |text: &str| {
            let (hours, minutes) = text.split_once(':')?;
            let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
            (hours < 24 && minutes < 60).then_some(Self { minutes: hours * 60 + minutes })
        };
        parse(&text).ok_or_else(|| serde::de::Error::custom("a time such as 07:30 was expected"))
    }
}

/// A value of the model that the file writes by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coded<T>(pub T);

impl<'de, T: FromCell> Deserialize<'de> for Coded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Value::Text(String::deserialize(deserializer)?);
        let known = T::from_cell(Some(&code)).map(Self);
        known.ok_or_else(|| serde::de::Error::custom("a code that the model does not know"))
    }
}

fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OrganisationRole, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "participant" => Ok(OrganisationRole::Participant),
        "professional" => Ok(OrganisationRole::Professional),
        "coordinator" => Ok(OrganisationRole::Coordinator),
        _ => Err(serde::de::Error::custom("participant, professional or coordinator was expected")),
    }
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "nl" => Ok(Language::Dutch),
        "en" => Ok(Language::English),
        _ => Err(serde::de::Error::custom("nl or en was expected")),
    }
}
