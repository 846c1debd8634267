//! What became of each domain of an instrument: the first measurement and the later ones beside the goal that was set, as tables 1 to 8 of the
//! effect study of combined guidance (RIBW AVV, Arnhem, 2020–21) have it, and counts over clients. A measurement is an aid to see the
//! situation, never a score to judge by: levels have an order, and nothing here adds them up or takes a mean of them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use opstap_core::Day;
use opstap_core::model::Aim;

/// The level of one domain on a day. `D` names a domain, by whatever the caller knows it. `L` is how it stands there: a step of the
/// instrument's own scale, a higher one being better (ZRM has 1 to 5, I.ROC as used in the study 1 to 4). All that is asked of it is its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured<D, L> {
    /// Which domain.
    pub domain: D,
    /// On which day.
    pub on: Day,
    /// How it stood.
    pub level: L,
}

/// What became of a level between two measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is higher.
    Up,
    /// It is the same.
    Stayed,
    /// It is lower.
    Down,
}

impl Change {
    /// Whether it reaches such a goal. Progress is reached by a higher level. Staying stable is reached when the level did not fall: the
    /// study does not say what of a level that rose, and who aimed at not falling back lost nothing by it. In accompanied decline, and
    /// without a goal, there is nothing to reach, so that nobody is told that they failed in what they were not asked.
    #[must_use]
    pub const fn reaches(self, aim: Aim) -> Option<bool> {
        match aim {
            Aim::Progress => Some(matches!(self, Self::Up)),
            Aim::Stable => Some(!matches!(self, Self::Down)),
            Aim::Decline | Aim::None => None,
        }
    }
}

/// One domain of a client: its measurements side by side, with the goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect<D, L> {
    /// Which domain.
    pub domain: D,
    /// What was worked towards.
    pub goal: Aim,
    /// The measurements, from the first on: a day and the level on it.
    pub measured: Vec<(Day, L)>,
}

impl<D, L: Copy + Ord> Effect<D, L> {
    /// The first measurement.
    #[must_use]
    pub fn first(&self) -> Option<(Day, L)> {
        self.measured.first().copied()
    }

    /// The one that is set against the first: the latest of those after it.
    #[must_use]
    pub fn second(&self) -> Option<(Day, L)> {
        self.measured.get(1..)?.last().copied()
    }

    /// What became of the level; none while there are no two measurements.
    #[must_use]
    pub fn change(&self) -> Option<Change> {
        let ((_, first), (_, second)) = (self.first()?, self.second()?);
        Some(match second.cmp(&first) {
            Ordering::Greater => Change::Up,
            Ordering::Equal => Change::Stayed,
            Ordering::Less => Change::Down,
        })
    }

    /// Whether the goal was reached; none where [there is nothing to reach](Change::reaches) or nothing to see it by.
    #[must_use]
    pub fn is_reached(&self) -> Option<bool> {
        self.change()?.reaches(self.goal)
    }
}

/// What became of each of these domains of a client, in their order. A domain for which no goal was set has none; of two goals for one
/// domain, and of two measurements of it on one day, the later in the list counts. What is of no domain in the list is left out: it is of
/// another instrument, or of another version of it, whose levels mean something else.
#[must_use]
pub fn effects<D: Clone + PartialEq, L: Copy>(
    domains: &[D],
    goals: &[(D, Aim)],
    measurements: &[Measured<D, L>],
) -> Vec<Effect<D, L>> {
    let effect = |domain: &D| {
        let goal = goals.iter().rev().find(|(of, _)| of == domain).map(|(_, goal)| *goal).unwrap_or(Aim::None);
        let of_domain = measurements.iter().filter(|measurement| measurement.domain == *domain);
        let by_day: BTreeMap<Day, L> = of_domain.map(|measurement| (measurement.on, measurement.level)).collect();
        Effect { domain: domain.clone(), goal, measured: by_day.into_iter().collect() }
    };
    domains.iter().map(effect).collect()
}

/// The goals, in the order of the study.
const AIMS: [Aim; 4] = [Aim::Progress, Aim::Stable, Aim::Decline, Aim::None];

/// Of the domains with one goal, how many went which way. Domains are counted, levels are not: two up is no more than one up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalCounts {
    /// The goal.
    pub goal: Aim,
    /// Domains in which the level rose.
    pub up: u32,
    /// Domains in which it stayed.
    pub stayed: u32,
    /// Domains in which it fell.
    pub down: u32,
    /// Domains that were not measured twice.
    pub unknown: u32,
}

impl GoalCounts {
    /// In how many domains the goal was reached; none where there is nothing to reach.
    #[must_use]
    pub fn reached(&self) -> Option<u32> {
        let of_change = [(Change::Up, self.up), (Change::Stayed, self.stayed), (Change::Down, self.down)];
        let reached = of_change.map(|(change, count)| Some(if change.reaches(self.goal)? { count } else { 0 }));
        reached.into_iter().sum()
    }
}

/// The counts of each goal, in the order of the study, over domains of as many clients as wanted.
#[must_use]
pub fn counts_by_goal<'a, D: 'a, L: Copy + Ord + 'a>(
    effects: impl IntoIterator<Item = &'a Effect<D, L>>,
) -> [GoalCounts; 4] {
    let mut counts = AIMS.map(|goal| GoalCounts { goal, up: 0, stayed: 0, down: 0, unknown: 0 });
    for effect in effects {
        for of_goal in counts.iter_mut().filter(|counts| counts.goal == effect.goal) {
            match effect.change() {
                Some(Change::Up) => of_goal.up += 1,
                Some(Change::Stayed) => of_goal.stayed += 1,
                Some(Change::Down) => of_goal.down += 1,
                None => of_goal.unknown += 1,
            }
        }
    }
    counts
}

#[cfg(test)]
#[path = "effect_tests.rs"]
mod tests;
