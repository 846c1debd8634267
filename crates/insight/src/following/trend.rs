//! Whether somebody does more by themselves: one rule for the word in the caseload, the line of twelve weeks and a plan that takes more help.
//!
//! The rule: what went by oneself, of all steps of runs that are over and all goals of practices, over the last four weeks with this one,
//! beside the four weeks before. Ten per cents of all more is more, ten less is less. Where either has fewer than five it says nothing.

use super::summary::{Line, Summary};
use crate::Week;

/// How many weeks a line of weeks shows.
pub const WEEKS_SHOWN: u32 = 12;
/// So many weeks are set beside as many before.
const WEEKS_BESIDE: u32 = 4;
/// So many per cents of all make a difference.
const DIFFERS_BY: u32 = 10;
/// Of fewer steps and goals nothing is said.
const FEWEST: u32 = 5;

/// What became of what somebody does by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// Less by oneself.
    Less,
    /// Equal.
    Equal,
    /// More by oneself.
    More,
}

/// How much went by oneself, of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// By oneself.
    pub by_oneself: u32,
    /// Of all.
    pub all: u32,
}

impl Share {
    /// In whole per cents; none where there is nothing.
    #[must_use]
    pub fn per_cent(self) -> Option<u32> {
        let hundredfold = u64::from(self.by_oneself) * 100 + u64::from(self.all) / 2;
        u32::try_from(hundredfold.checked_div(u64::from(self.all))?).ok()
    }

    /// By how many per cents of all it differs: below zero where less goes by oneself than before. None where one is too small to say.
    #[must_use]
    pub fn beside(self, before: Self) -> Option<i64> {
        let enough = self.all >= FEWEST && before.all >= FEWEST;
        let per_cent = |share: Self| Some(i64::from(share.by_oneself) * 1_000 / i64::from(share.all.max(1)));
        enough.then(|| Some((per_cent(self)? - per_cent(before)?) / 10)).flatten()
    }

    fn add(self, by_oneself: u32, all: u32) -> Self {
        Self { by_oneself: self.by_oneself.saturating_add(by_oneself), all: self.all.saturating_add(all) }
    }
}

/// The weeks that are set beside one another, the last of them this one: the first week of those of now, and of those before.
pub(super) const fn beside(this: Week) -> (Week, Week) {
    (Week(this.0.saturating_sub(WEEKS_BESIDE - 1)), Week(this.0.saturating_sub(2 * WEEKS_BESIDE - 1)))
}

/// What went by oneself before and of late.
fn before_and_now(weeks: impl Iterator<Item = (Week, u32, u32)>, this: Week) -> (Share, Share) {
    let (now, before) = beside(this);
    weeks.fold((Share::default(), Share::default()), |(was, is), (week, by_oneself, all)| {
        if (now..=this).contains(&week) {
            (was, is.add(by_oneself, all))
        } else if (before..now).contains(&week) {
            (was.add(by_oneself, all), is)
        } else {
            (was, is)
        }
    })
}

impl Line {
    /// What went by oneself in the four weeks before and in the last four.
    #[must_use]
    pub fn before_and_now(&self, this: Week) -> (Share, Share) {
        before_and_now(self.weeks.iter().map(|week| (week.week, week.by_oneself, week.all)), this)
    }
}

impl Summary {
    /// The trend; none where too little was done to say.
    #[must_use]
    pub fn trend(&self, this: Week) -> Option<Trend> {
        let (was, is) = before_and_now(self.weeks.iter().map(|week| (week.week, week.by_oneself, week.all)), this);
        let differs = is.beside(was)?;
        Some(match differs {
            more if more >= i64::from(DIFFERS_BY) => Trend::More,
            less if less <= -i64::from(DIFFERS_BY) => Trend::Less,
            _ => Trend::Equal,
        })
    }

    /// What went by oneself in each of the last weeks, the oldest first, this one last; nothing in a week in which nothing was done.
    #[must_use]
    pub fn fading(&self, this: Week) -> Vec<Option<Share>> {
        let weeks = (0..WEEKS_SHOWN).rev().map(|back| this.0.checked_sub(back));
        let share = |week: u32| {
            let week = self.weeks.iter().find(|one| one.week == Week(week) && one.all > 0)?;
            Some(Share { by_oneself: week.by_oneself, all: week.all })
        };
        weeks.map(|week| week.and_then(share)).collect()
    }
}
