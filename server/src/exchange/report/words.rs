//! The words of a report: title and definition of every figure, in Dutch and English.

use std::collections::BTreeMap;

use opstap_insight::{BreakdownKey, FigureKey, Quarter};
use serde::Deserialize;

use crate::settings::Language;

const NL: &str = include_str!("../../../../frontend/locales/report/nl.json");
const EN: &str = include_str!("../../../../frontend/locales/report/en.json");

/// What is said of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Said {
    /// What it is called.
    pub title: String,
    /// How it is counted; empty where the title says it.
    pub definition: String,
}

/// The words in one language.
#[derive(Debug, Deserialize)]
pub struct Words {
    report: BTreeMap<String, String>,
    figures: BTreeMap<String, Said>,
    breakdowns: BTreeMap<String, Said>,
}

/// When a figure is about: year, quarter and months, where it is about one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct At {
    pub(super) year: Option<u32>,
    pub(super) quarter: Option<u32>,
    pub(super) months: Option<u32>,
}

impl At {
    fn in_quarter(quarter: Quarter, months: Option<u32>) -> Self {
        Self { year: Some(quarter.year), quarter: Some(quarter.of_year), months }
    }

    pub(super) fn year(year: u32) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    pub(super) fn months(months: u32) -> Self {
        Self { months: Some(months), ..Self::default() }
    }

    pub(super) fn of_figure(key: FigureKey) -> Self {
        match key {
            FigureKey::StartedIn(year) | FigureKey::CompletedIn(year) => Self::year(year),
            FigureKey::CompletedInQuarter(quarter) => Self::in_quarter(quarter, None),
            FigureKey::Cohort(quarter, months, _) => Self::in_quarter(quarter, Some(months)),
            _ => Self::default(),
        }
    }

    pub(super) fn of_breakdown(key: BreakdownKey) -> Self {
        match key {
            BreakdownKey::CompletedByQuarter(year) => Self::year(year),
            BreakdownKey::Cohort(quarter, months) => Self::in_quarter(quarter, Some(months)),
            _ => Self::default(),
        }
    }

    fn put_in(self, text: &str) -> String {
        let places = [("{year}", self.year), ("{quarter}", self.quarter), ("{months}", self.months)];
        places.into_iter().fold(text.to_owned(), |text, (place, value)| match value {
            Some(value) => text.replace(place, &value.to_string()),
            None => text,
        })
    }
}

impl Words {
    /// The words of a language.
    ///
    /// # Errors
    /// When they are not as they should be, which a test sees.
    pub fn of(language: Language) -> Result<Self, serde_json::Error> {
        serde_json::from_str(match language {
            Language::Nl => NL,
            Language::En => EN,
        })
    }

    /// Title and definition of a figure.
    #[must_use]
    pub fn figure(&self, key: FigureKey) -> Said {
        filled(self.figures.get(&key.word()), At::of_figure(key))
    }

    /// Title and definition of a breakdown.
    #[must_use]
    pub fn breakdown(&self, key: BreakdownKey) -> Said {
        filled(self.breakdowns.get(&key.word()), At::of_breakdown(key))
    }

    /// Another word of the report.
    pub(super) fn word(&self, name: &str, at: At) -> String {
        self.report.get(name).map(|text| at.put_in(text)).unwrap_or_default()
    }
}

fn filled(said: Option<&Said>, at: At) -> Said {
    let said = said.cloned().unwrap_or_default();
    Said { title: at.put_in(&said.title), definition: at.put_in(&said.definition) }
}
