//! The open plan format: one step plan in one JSON file that any program can read and write, and the advice on its words.
//!
//! `docs/plan-format.md` is the description for others; the types here hold only what that page allows.

mod lint;
mod parse;
mod rare;
mod two_actions;
mod verbs;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

pub use lint::{Advice, DraftStep, limits, lint};
pub use parse::{Tree, parse, parse_tree};
pub use rare::{RARE_LETTERS, rare_word};
pub use two_actions::two_actions;

/// Fields of a file that the format does not know.
pub type Extra = Map<String, Value>;

/// The newest version of the format that this code reads, and the one it writes.
pub const VERSION: u64 = 1;
/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 256 * 1024;
/// The most steps a file may hold. Advice starts far earlier, at [`limits::STEPS_MOST`].
pub const MOST_STEPS: usize = 100;
/// The most things to take along that a plan may name.
pub const MOST_THINGS: usize = 3;
/// The longest name of a plan or pictogram, in bytes.
pub const MOST_NAME: usize = 64;

/// A language that Opstap has words in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Dutch, `nl`.
    Dutch,
    /// English, `en`.
    English,
}

impl Language {
    /// The two letters that files and web pages use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }
}

/// What a plan is about: the closed list by which people browse the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    /// Wonen: house and household.
    Home,
    /// Eten: shopping and cooking.
    Food,
    /// Verzorging: the own body, day and night.
    Care,
    /// Reizen: on the way.
    Travel,
    /// Geld en post: money, letters, appointments.
    Money,
    /// Mensen: contact with others.
    People,
}

impl Theme {
    /// All themes in the order in which people see them.
    pub const ALL: [Self; 6] = [Self::Home, Self::Food, Self::Care, Self::Travel, Self::Money, Self::People];

    /// The code that stands in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Food => "food",
            Self::Care => "care",
            Self::Travel => "travel",
            Self::Money => "money",
            Self::People => "people",
        }
    }

    /// The theme with this code, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// The name of a plan or a pictogram: small letters, digits and single hyphens, so that it is safe in a path or an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// The name, or nothing when the text can't be one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let parts_hold = text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        (text.len() <= MOST_NAME && parts_hold).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One text in one or more languages; Dutch or English is always among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    #[serde(skip_serializing_if = "Option::is_none")]
    nl: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<String>,
    /// Languages that Opstap does not show but hands on.
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

impl Words {
    /// A text in one language, or nothing when it is blank.
    #[must_use]
    pub fn in_one(language: Language, text: &str) -> Option<Self> {
        match language {
            Language::Dutch => Self::from_parts(Some(text), None, BTreeMap::new()),
            Language::English => Self::from_parts(None, Some(text), BTreeMap::new()),
        }
    }

    fn from_parts(nl: Option<&str>, en: Option<&str>, others: BTreeMap<String, String>) -> Option<Self> {
        let kept = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let words = Self { nl: kept(nl), en: kept(en), others };
        (words.nl.is_some() || words.en.is_some()).then_some(words)
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn exactly(&self, language: Language) -> Option<&str> {
        match language {
            Language::Dutch => self.nl.as_deref(),
            Language::English => self.en.as_deref(),
        }
    }

    /// The text in this language, or in the other one where it was not translated.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let other = match language {
            Language::Dutch => Language::English,
            Language::English => Language::Dutch,
        };
        self.exactly(language).or_else(|| self.exactly(other)).unwrap_or_default()
    }
}

/// Something to take along before a plan starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thing {
    /// The word under the picture.
    pub text: Words,
    /// The pictogram.
    pub picture: Name,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

impl Thing {
    /// A thing to take along.
    #[must_use]
    pub fn new(text: Words, picture: Name) -> Self {
        Self { text, picture, extra: Map::new() }
    }
}

/// One step: one action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanStep {
    /// The sentence that is shown and read aloud.
    pub text: Words,
    /// The pictogram; none where the step had only a photo, which does not travel in this format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Name>,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

impl PlanStep {
    /// A step.
    #[must_use]
    pub fn new(text: Words, picture: Option<Name>) -> Self {
        Self { text, picture, extra: Map::new() }
    }
}

/// A whole plan file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanFile {
    /// The plan's name, which is also the name of its file.
    pub id: Name,
    /// What it is about.
    #[serde(serialize_with = "theme_code")]
    pub theme: Theme,
    /// The pictogram of the plan as a whole.
    pub picture: Name,
    /// The title.
    pub title: Words,
    /// What to take along; at most [`MOST_THINGS`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub take: Vec<Thing>,
    /// The steps in order; 1 to [`MOST_STEPS`].
    pub steps: Vec<PlanStep>,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference to what it serialises")]
fn theme_code<S: serde::Serializer>(theme: &Theme, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(theme.code())
}

#[derive(Serialize)]
struct Versioned<'a> {
    #[serde(rename = "opstap-plan")]
    version: u64,
    #[serde(flatten)]
    plan: &'a PlanFile,
}

impl PlanFile {
    /// A plan without things to take along.
    #[must_use]
    pub fn new(id: Name, theme: Theme, picture: Name, title: Words, steps: Vec<PlanStep>) -> Self {
        Self { id, theme, picture, title, take: Vec::new(), steps, extra: Map::new() }
    }

    /// The file's bytes: UTF-8, indented, ending in a newline. [`parse`] reads them back to an equal plan.
    ///
    /// # Errors
    /// When the plan has no or too many steps or things, or would be too large: never a file that [`parse`] refuses.
    pub fn to_json(&self) -> Result<Vec<u8>, PlanFileError> {
        self.check_counts()?;
        let mut bytes = serde_json::to_vec_pretty(&Versioned { version: VERSION, plan: self })
            .map_err(|_| PlanFileError::NotAPlan)?;
        bytes.push(b'\n');
        check_size(bytes.len())?;
        Ok(bytes)
    }

    fn check_counts(&self) -> Result<(), PlanFileError> {
        if self.steps.is_empty() {
            return Err(PlanFileError::NoSteps);
        }
        if self.steps.len() > MOST_STEPS {
            return Err(PlanFileError::TooManySteps { steps: self.steps.len() });
        }
        if self.take.len() > MOST_THINGS {
            return Err(PlanFileError::TooManyThings { things: self.take.len() });
        }
        Ok(())
    }
}

/// Whether a file is small enough to be read.
///
/// # Errors
/// That it is not.
pub const fn check_size(bytes: usize) -> Result<(), PlanFileError> {
    if bytes > MOST_BYTES {
        return Err(PlanFileError::TooLarge { bytes });
    }
    Ok(())
}

/// The part of a plan file that an error is about. Steps and things count from 0 here and from 1 in sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The plan as a whole.
    Plan,
    /// The step with this index.
    Step(usize),
    /// The thing to take along with this index.
    Thing(usize),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str("The plan"),
            Self::Step(index) => write!(f, "Step {}", index + 1),
            Self::Thing(index) => write!(f, "Thing {} to take along", index + 1),
        }
    }
}

/// Why a file could not be read or written as a plan. Its words are for programs and logs and hold nothing from the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanFileError {
    /// The file is larger than [`MOST_BYTES`].
    #[error("The file has {bytes} bytes and a plan has at most {MOST_BYTES}.")]
    TooLarge {
        /// The size of the file.
        bytes: usize,
    },
    /// The file is no JSON: cut off, damaged or something else altogether.
    #[error("The file is damaged at line {line}, column {column}.")]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 at the very start of a line.
        column: usize,
    },
    /// It is JSON, but it does not say that it is a plan.
    #[error("The file is not a step plan: it does not begin with an opstap-plan version.")]
    NotAPlan,
    /// The plan was written by a newer Opstap.
    #[error("The plan has format version {version} and this Opstap reads up to {VERSION}: Opstap needs an update.")]
    TooNew {
        /// The version that the file names.
        version: u64,
    },
    /// Something that every plan has is not there.
    #[error("{part} has no {field}.")]
    Missing {
        /// Where.
        part: Part,
        /// The name of the field.
        field: &'static str,
    },
    /// Something is there, but not in the shape that the format gives it.
    #[error("{part} has a {field} that can't be used.")]
    Unusable {
        /// Where.
        part: Part,
        /// The name of the field.
        field: &'static str,
    },
    /// The plan has no steps at all.
    #[error("The plan has no steps.")]
    NoSteps,
    /// The plan has more than [`MOST_STEPS`] steps.
    #[error("The plan has {steps} steps and may have at most {MOST_STEPS}.")]
    TooManySteps {
        /// How many there are.
        steps: usize,
    },
    /// The plan names more than [`MOST_THINGS`] things to take along.
    #[error("The plan names {things} things to take along and may name at most {MOST_THINGS}.")]
    TooManyThings {
        /// How many there are.
        things: usize,
    },
}
