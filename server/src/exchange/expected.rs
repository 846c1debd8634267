//! What was expected where something else stands in a file: a code with what belongs to it, for screens to say in a language, and a sentence.

use std::fmt;

use opstap_core::Day;

use super::form::{Column, Outcome, Worded};

/// What was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// One of the columns of the form.
    AColumn,
    /// Each column once.
    EachOnce,
    /// A column of this name.
    ThisColumn,
    /// Nothing beside the columns of the form.
    NothingBeside,
    /// The name of the row.
    AName,
    /// A name that can stand in a file.
    AShortName,
    /// A name that no other line has; it is on this one too.
    ANameOfItsOwn(u64),
    /// A day.
    ADay,
    /// The day of what a follow-up found.
    TheDayOfIt,
    /// One of these words.
    OneOf(Vec<&'static str>),
    /// A day not before that of another column.
    NotBefore(Day, Column),
    /// A day, as the outcome speaks of one.
    ADayAs(Outcome),
    /// Nothing, as the outcome speaks of none.
    NothingAs(Outcome),
}

impl Expected {
    /// One of the words of a column.
    #[must_use]
    pub fn word_of<T: Worded>() -> Self {
        Self::OneOf(T::WORDS.iter().map(|(_, word)| *word).collect())
    }

    /// By what a program knows it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AColumn => "a-column",
            Self::EachOnce => "each-once",
            Self::ThisColumn => "this-column",
            Self::NothingBeside => "nothing-beside",
            Self::AName => "a-name",
            Self::AShortName => "a-short-name",
            Self::ANameOfItsOwn(_) => "a-name-of-its-own",
            Self::ADay => "a-day",
            Self::TheDayOfIt => "the-day-of-it",
            Self::OneOf(_) => "one-of",
            Self::NotBefore(..) => "not-before",
            Self::ADayAs(_) => "a-day-as",
            Self::NothingAs(_) => "nothing-as",
        }
    }

    /// What belongs to it: words of the form, days as YYYY-MM-DD, numbers of lines.
    #[must_use]
    pub fn with(&self) -> Vec<String> {
        match self {
            Self::AColumn => Column::ALL.map(|column| column.name().to_owned()).into(),
            Self::NothingBeside => vec![Column::ALL.len().to_string()],
            Self::ANameOfItsOwn(line) => vec![line.to_string()],
            Self::OneOf(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            Self::NotBefore(day, column) => vec![day.written(), column.name().to_owned()],
            Self::ADayAs(outcome) | Self::NothingAs(outcome) => vec![outcome.word().to_owned()],
            Self::EachOnce | Self::ThisColumn | Self::AName | Self::AShortName | Self::ADay | Self::TheDayOfIt => {
                Vec::new()
            }
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AColumn => write!(f, "one of the columns {}", self.with().join(", ")),
            Self::EachOnce => f.write_str("each column once"),
            Self::ThisColumn => f.write_str("a column of this name in the first line"),
            Self::NothingBeside => write!(f, "nothing beside the {} columns", Column::ALL.len()),
            Self::AName => f.write_str("the name of the row"),
            Self::AShortName => f.write_str("a name of at most 64 signs that begins with a letter or a digit"),
            Self::ANameOfItsOwn(line) => write!(f, "a name that no other line has (it is on line {line} too)"),
            Self::ADay => f.write_str("a day as YYYY-MM-DD"),
            Self::TheDayOfIt => f.write_str("the day of what it found"),
            Self::OneOf(words) => match words.split_last() {
                Some((last, others)) if !others.is_empty() => write!(f, "{} or {last}", others.join(", ")),
                _ => f.write_str(&words.concat()),
            },
            Self::NotBefore(day, column) => write!(f, "a day not before {} ({})", day.written(), column.name()),
            Self::ADayAs(outcome) => write!(f, "a day, as the outcome is “{}”,", outcome.word()),
            Self::NothingAs(outcome) => write!(f, "nothing, as the outcome is “{}”,", outcome.word()),
        }
    }
}
