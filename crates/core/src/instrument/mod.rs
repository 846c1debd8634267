//! Instruments as data: the lists by which people look together at how a client's life goes, each a file that anybody can write.
//!
//! An instrument helps to see and to talk, never to judge by: levels are compared domain by domain and nothing here adds them up.
//! `docs/instrument-format.md` is the description of the files for others; `library/instruments/` holds those that ship.

mod check;
mod error;
mod id;
mod label;
mod parse;
mod rules;
mod shipped;
mod write;

use std::collections::BTreeSet;

pub use error::{InstrumentFileError, Place};
pub use id::{DomainId, InstrumentId};
pub use label::Label;
pub use parse::{parse, parse_tree};
pub use rules::{NotAllowed, WhyNot};
pub use shipped::SHIPPED;

use crate::letters::in_small;
use crate::model::codes;
use crate::plan_format::Name;

/// The newest version of the format that this code reads, and the one it writes.
pub const VERSION: u64 = 1;
/// The largest file that is read, in bytes. All that the other limits allow fits in it, so what was read can always be written.
pub const MOST_BYTES: usize = 256 * 1024;
/// The most domains of an instrument.
pub const MOST_DOMAINS: usize = 50;
/// The fewest levels where there are any: with one there is nothing to choose.
pub const LEAST_LEVELS: usize = 2;
/// The most levels.
pub const MOST_LEVELS: usize = 10;
/// The most rules.
pub const MOST_RULES: usize = 50;
/// The most other names of a domain.
pub const MOST_ALSO: usize = 4;
/// The longest name of an instrument, a domain or a level in a language, in bytes: long enough for a question.
pub const MOST_NAME: usize = 300;
/// The longest text in a language, in bytes.
pub const MOST_TEXT: usize = 1000;

codes! {
    /// What somebody answers for a domain.
    Answer {
        /// One of the instrument's levels. A higher one is better.
        Level = "level",
        /// One of the instrument's levels, as a stage: they follow one another in time, and a later one is no better.
        Stage = "stage",
        /// Yes or no.
        YesNo = "yes-no",
        /// In words.
        Open = "open",
    }
}

codes! {
    /// What is to be known of an instrument before it is used.
    Mark {
        /// It is a part of a larger instrument, and is called so wherever it is shown.
        Selection = "selection",
        /// It can be filled in together with the client in pictures: every domain has one.
        InPictures = "in-pictures",
    }
}

codes! {
    /// A part of an instrument that an organisation may fill in or change.
    Editable {
        /// The names of the domains. Only then may a domain have no name yet.
        DomainNames = "domain-names",
    }
}

codes! {
    /// Something in a client's life that an instrument has a rule for.
    Circumstance {
        /// Somebody else was appointed to look after the client's money (bewind).
        FinancialGuardianship = "financial-guardianship",
    }
}

/// A level, counted from 1. Levels compare; on purpose they do not add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// The level with this number, or nothing when no instrument can have it.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number as usize <= MOST_LEVELS { Some(Self(number)) } else { None }
    }

    /// The number, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The level with this number in a list of so many.
    fn among(number: u64, levels: usize) -> Option<Self> {
        let level = Self::new(u8::try_from(number).ok()?)?;
        (usize::from(level.0) <= levels).then_some(level)
    }
}

/// One domain of an instrument: an area of life, a point or a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// What answers are kept under; it stays when the name changes.
    pub code: Name,
    /// What people read. None where the organisation has not named it yet.
    pub name: Option<Label>,
    /// Other names by which files of others call it.
    pub also: Vec<String>,
    /// The pictogram.
    pub picture: Option<Name>,
    /// How it is answered, where that is not as in the rest of the instrument.
    pub answer: Option<Answer>,
}

impl Domain {
    /// A domain with a code and a name, answered as the rest of its instrument.
    #[must_use]
    pub const fn new(code: Name, name: Option<Label>) -> Self {
        Self { code, name, also: Vec::new(), picture: None, answer: None }
    }

    /// Every name it has, in small letters.
    fn names(&self) -> impl Iterator<Item = String> {
        let names = self.name.iter().flat_map(Label::all);
        names.chain(self.also.iter().map(String::as_str)).map(in_small)
    }
}

/// A rule: in a circumstance a domain is answered with at most this level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The code of the domain.
    pub domain: Name,
    /// The highest level allowed.
    pub most: Level,
    /// In which circumstance.
    pub when: Circumstance,
}

/// One version of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Which instrument and version; its file is called so.
    pub id: InstrumentId,
    /// What people call it.
    pub name: Label,
    /// What somebody who fills it in has to know.
    pub about: Option<Label>,
    /// Where names and levels come from.
    pub source: Label,
    /// Whose it is and what others may do with it.
    pub rights: Label,
    /// How its domains are answered.
    pub answer: Answer,
    /// What is to be known of it.
    pub marks: BTreeSet<Mark>,
    /// What the organisation may change.
    pub editable: BTreeSet<Editable>,
    /// The names of the levels, the first being level 1; none where nothing is answered with a level or a stage.
    pub levels: Vec<Label>,
    /// The domains, in order.
    pub domains: Vec<Domain>,
    /// The rules.
    pub rules: Vec<Rule>,
}

impl Instrument {
    /// The domain with this code.
    #[must_use]
    pub fn domain(&self, code: &Name) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.code == *code)
    }

    /// The domain that somebody calls so, in any language and whatever the capitals.
    #[must_use]
    pub fn domain_called(&self, name: &str) -> Option<&Domain> {
        let name = in_small(name.trim());
        self.domains.iter().find(|domain| domain.names().any(|own| own == name))
    }

    /// How a domain is answered.
    #[must_use]
    pub fn answer_of(&self, domain: &Domain) -> Answer {
        domain.answer.unwrap_or(self.answer)
    }

    /// The name of a level.
    #[must_use]
    pub fn level_name(&self, level: Level) -> Option<&Label> {
        self.levels.get(usize::from(level.0) - 1)
    }

    /// The level that somebody calls so: its number, or its name in any language and whatever the capitals.
    #[must_use]
    pub fn level_called(&self, name: &str) -> Option<Level> {
        let name = in_small(name.trim());
        let by_name = || self.levels.iter().position(|level| level.all().any(|own| in_small(own) == name));
        let number = name.parse().ok().or_else(|| u64::try_from(by_name()? + 1).ok())?;
        Level::among(number, self.levels.len())
    }
}
