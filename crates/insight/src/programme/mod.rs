//! Figures of a programme of travel training, for its coordinator and for whoever pays: from the rows of the programme alone. Every figure
//! is the rows behind it, so that nobody has to believe a number.

mod behind;
mod breakdowns;
mod cohort;
mod hours;
mod key;
mod masking;
mod rows;

use std::collections::BTreeMap;

use opstap_core::model::{ProgrammeSettings, TimeRole};
use opstap_core::{Day, RecordId};

pub use key::{BreakdownKey, CohortState, FigureKey, Quarter};
pub use rows::{ProgrammeRow, Standing, programme_rows, programme_settings};

/// A follow-up counts as made within three months up to so many days after the trajectory was completed.
pub const THREE_MONTHS: u32 = 92;

/// What a figure comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Amount {
    /// So many registrations.
    Count(u64),
    /// So many minutes.
    Minutes(u64),
}

/// One figure: the rows behind it, and for time how much.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// The registrations behind it, in the order of the programme, each once.
    pub rows: Vec<RecordId>,
    /// For a figure of time, how many minutes; the figure is the number of its rows without it.
    pub minutes: Option<u64>,
}

impl Figure {
    /// What it comes to.
    #[must_use]
    pub fn amount(&self) -> Amount {
        self.minutes.map_or(Amount::Count(self.rows.len() as u64), Amount::Minutes)
    }
}

/// A figure taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// Which.
    pub key: BreakdownKey,
    /// The figure that is taken apart.
    pub of: FigureKey,
    /// Its groups, in order. They add up to the figure unless they overlap.
    pub groups: Vec<FigureKey>,
    /// Whether a row may be in several of them, as with reasons.
    pub overlap: bool,
}

/// What was aimed at in a calendar year; what came of it are the figures [`FigureKey::StartedIn`] and [`FigureKey::CompletedIn`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The year, such as 2026.
    pub year: u32,
    /// How many trajectories should start.
    pub started: Option<u32>,
    /// How many should be completed.
    pub completed: Option<u32>,
}

/// What figures come to, by key; none for what is not shown.
pub type Amounts = BTreeMap<FigureKey, Option<Amount>>;

/// All figures of a programme on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    figures: BTreeMap<FigureKey, Figure>,
    /// How the figures are taken apart, in the order in which they are told.
    pub breakdowns: Vec<Breakdown>,
    /// The targets, by year.
    pub targets: Vec<Target>,
}

impl Programme {
    /// The figures over these rows on a day, which says what follow-up is due.
    #[must_use]
    pub fn of(rows: &[ProgrammeRow], settings: Option<&ProgrammeSettings>, today: Day) -> Self {
        let mut programme = Self { figures: BTreeMap::new(), breakdowns: Vec::new(), targets: Vec::new() };
        breakdowns::add(&mut programme, rows, settings, today);
        cohort::add(&mut programme, rows, today);
        hours::add(&mut programme, rows);
        programme
    }

    /// A figure; without rows when there is nothing of it.
    #[must_use]
    pub fn figure(&self, key: FigureKey) -> Figure {
        self.figures.get(&key).cloned().unwrap_or_default()
    }

    /// How many rows are behind a figure.
    #[must_use]
    pub fn count(&self, key: FigureKey) -> usize {
        self.figures.get(&key).map_or(0, |figure| figure.rows.len())
    }

    /// All figures with their keys, in the order of the keys.
    pub fn figures(&self) -> impl Iterator<Item = (FigureKey, &Figure)> {
        self.figures.iter().map(|(key, figure)| (*key, figure))
    }

    /// What all figures come to, for the organisation itself.
    #[must_use]
    pub fn amounts(&self) -> Amounts {
        self.figures.iter().map(|(key, figure)| (*key, Some(figure.amount()))).collect()
    }

    /// What the figures come to for whoever is outside the organisation: what is about one to four people is not shown, nor what it could
    /// be computed from.
    #[must_use]
    pub fn masked(&self) -> Amounts {
        let hidden = masking::hidden(self);
        let amounts = self.amounts().into_iter();
        amounts.map(|(key, amount)| (key, amount.filter(|_| !hidden.contains(&key)))).collect()
    }

    /// Takes a figure apart by what `group_of` says of each of its rows. Groups that are named in `groups` are there also without rows;
    /// others come behind them.
    fn part(
        &mut self,
        rows: &[ProgrammeRow],
        (key, of): (BreakdownKey, FigureKey),
        groups: impl IntoIterator<Item = FigureKey>,
        group_of: impl Fn(&ProgrammeRow) -> FigureKey,
    ) {
        let whole: Vec<&ProgrammeRow> = self.rows_of(rows, of).collect();
        let mut groups: Vec<FigureKey> = groups.into_iter().collect();
        for group in &groups {
            self.figures.entry(*group).or_default();
        }
        for row in whole {
            let group = group_of(row);
            if !groups.contains(&group) {
                groups.push(group);
            }
            self.figures.entry(group).or_default().rows.push(row.id);
        }
        self.breakdowns.push(Breakdown { key, of, groups, overlap: false });
    }

    /// The rows behind a figure.
    fn rows_of<'a>(&self, rows: &'a [ProgrammeRow], of: FigureKey) -> impl Iterator<Item = &'a ProgrammeRow> {
        let ids: std::collections::BTreeSet<RecordId> = self.figure(of).rows.into_iter().collect();
        rows.iter().filter(move |row| ids.contains(&row.id))
    }
}

/// How many minutes somebody's time came to on average for a completed trajectory of which hours are known, rounded down; none where
/// that is not shown, or there is no such trajectory.
#[must_use]
pub fn minutes_per_completed(amounts: &Amounts, role: TimeRole) -> Option<u64> {
    let of = |key| amounts.get(&key).copied().flatten();
    match (of(FigureKey::HoursOfCompleted(role)), of(FigureKey::HoursKnown(role))) {
        (Some(Amount::Minutes(minutes)), Some(Amount::Count(over))) => minutes.checked_div(over),
        _ => None,
    }
}

#[cfg(test)]
mod drawn;
#[cfg(test)]
#[path = "programme_tests.rs"]
mod tests;
