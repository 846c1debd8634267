//! Means without a rounding on the way. A half is rounded away from zero, so a mean that is off by a hair would show another figure; since
//! each fraction has its own weeks or minutes below the line, what is common to all can be longer than any number of the machine.

use std::cmp::Ordering;
use std::num::NonZeroU64;

/// So much, over so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    /// Above the line.
    pub over: i64,
    /// Below the line.
    pub under: NonZeroU64,
}

/// The mean of fractions in parts of one (tenths: 10, per cents: 100), rounded once, halves away from zero; none of none.
pub(super) fn mean(of: impl Iterator<Item = Ratio>, parts: u32) -> Option<i64> {
    // Twice as many parts are added up: a mean is rounded at the odd ones. Whole parts apart, which leaves no signs to what remains.
    let (mut whole, mut rest, mut count) = (0_i128, Rest::default(), 0_i128);
    for Ratio { over, under } in of {
        let (doubled, below) = (i128::from(over) * i128::from(parts) * 2, i128::from(under.get()));
        let left = u64::try_from(doubled.rem_euclid(below)).unwrap_or_default();
        let carried = i128::from(rest.add(left, under));
        whole = whole.saturating_add(doubled.div_euclid(below)).saturating_add(carried);
        count += 1;
    }
    let twice = (count > 0).then_some(count * 2)?;
    let rounded = if whole >= 0 {
        whole.saturating_add(count).div_euclid(twice)
    } else {
        let down = whole.saturating_sub(count);
        let is_above = !rest.is_nothing() || down.rem_euclid(twice) > 0;
        down.div_euclid(twice) + i128::from(is_above)
    };
    Some(i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX }))
}

/// What fractions come to beyond whole ones: less than one.
struct Rest {
    over: Natural,
    under: Natural,
}

impl Default for Rest {
    fn default() -> Self {
        Self { over: Natural(Vec::new()), under: Natural(vec![1]) }
    }
}

impl Rest {
    fn is_nothing(&self) -> bool {
        self.over.0.is_empty()
    }

    /// Adds a fraction of less than one, and says whether that made a whole, which is taken off.
    fn add(&mut self, over: u64, under: NonZeroU64) -> bool {
        let shared = shared(self.under.divided(under).1, under);
        let grown = under.get() / shared;
        let other = self.under.divided(shared).0.times(over);
        self.over = self.over.times(grown).plus(&other);
        self.under = self.under.times(grown);
        let is_whole = self.over.order(&self.under) != Ordering::Less;
        if is_whole {
            self.over = self.over.less(&self.under);
        }
        is_whole
    }
}

/// The greatest number that divides both.
fn shared(mut one: u64, other: NonZeroU64) -> NonZeroU64 {
    let mut greatest = other;
    while let Some(next) = NonZeroU64::new(one) {
        one = greatest.get() % next;
        greatest = next;
    }
    greatest
}

/// A whole number of any length: its digits of 64 bits, the lowest first, without zeros at the end.
struct Natural(Vec<u64>);

impl Natural {
    /// Of digits, with what is carried over the last.
    fn of(mut digits: Vec<u64>, last: u64) -> Self {
        digits.push(last);
        let length = digits.iter().rposition(|digit| *digit > 0).map_or(0, |at| at + 1);
        digits.truncate(length);
        Self(digits)
    }

    fn times(&self, by: u64) -> Self {
        let mut carried = 0;
        let digit = |digit: &u64| {
            let (low, high) = digit.carrying_mul(by, carried);
            carried = high;
            low
        };
        let digits = self.0.iter().map(digit).collect();
        Self::of(digits, carried)
    }

    fn plus(&self, other: &Self) -> Self {
        let mut carried = false;
        let digit = |at| {
            let (sum, next) = self.digit(at).carrying_add(other.digit(at), carried);
            carried = next;
            sum
        };
        let digits = (0..self.0.len().max(other.0.len())).map(digit).collect();
        Self::of(digits, u64::from(carried))
    }

    /// What is left without another that is not more.
    fn less(&self, other: &Self) -> Self {
        let mut borrowed = false;
        let digit = |at| {
            let (left, next) = self.digit(at).borrowing_sub(other.digit(at), borrowed);
            borrowed = next;
            left
        };
        Self::of((0..self.0.len()).map(digit).collect(), 0)
    }

    /// How often something goes into it, and what is left.
    fn divided(&self, by: NonZeroU64) -> (Self, u64) {
        let (by, mut left) = (u128::from(by.get()), 0_u128);
        let digit = |digit: &u64| {
            let here = left << 64 | u128::from(*digit);
            left = here % by;
            u64::try_from(here / by).unwrap_or_default()
        };
        let mut digits: Vec<u64> = self.0.iter().rev().map(digit).collect();
        digits.reverse();
        (Self::of(digits, 0), u64::try_from(left).unwrap_or_default())
    }

    fn digit(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or_default()
    }

    fn order(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
#[path = "exact_tests.rs"]
mod tests;
