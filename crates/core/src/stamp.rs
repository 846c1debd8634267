//! Stamps order what people did: a hybrid logical clock, so that a later tap wins although clocks of phones differ.

use crate::id::DeviceId;

/// Milliseconds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millis(pub u64);

impl Millis {
    /// How far ahead of the server's clock a stamp may be before the server replaces it: five minutes.
    pub const AHEAD_ALLOWED: u64 = 5 * 60 * 1_000;

    /// This moment, `millis` later.
    #[must_use]
    pub const fn plus(self, millis: u64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// When an edit was made, in the order that all devices agree on. Compares by time, then counter, then device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The physical part.
    pub millis: Millis,
    /// Tells apart what has the same milliseconds.
    pub counter: u32,
    /// Who made the stamp; it also leads to the author, since a device belongs to one person.
    pub device: DeviceId,
}

impl Stamp {
    /// The next stamp of `device` at `now`: later than `known`, the highest the device has seen in that circle, even if its clock is behind.
    #[must_use]
    pub fn next(now: Millis, known: Option<Self>, device: DeviceId) -> Self {
        match known {
            Some(known) if known.millis >= now => match known.counter.checked_add(1) {
                Some(counter) => Self { millis: known.millis, counter, device },
                None => match known.millis.0.checked_add(1) {
                    Some(millis) => Self { millis: Millis(millis), counter: 0, device },
                    // The last moment there is, which no clock shows: nothing is later, and nothing earlier may follow.
                    None => Self { device, ..known },
                },
            },
            _ => Self { millis: now, counter: 0, device },
        }
    }

    /// Whether the stamp is so far ahead of the server's clock that the server gives its own.
    #[must_use]
    pub fn is_ahead_of(self, now: Millis) -> bool {
        self.millis > now.plus(Millis::AHEAD_ALLOWED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn device(n: u8) -> DeviceId {
        DeviceId([n; 16])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn the_next_stamp_is_later_than_any_known(now: u64, millis: u64, counter: u32, a: u8, b: u8) {
            prop_assume!(millis < u64::MAX);
            let known = Stamp { millis: Millis(millis), counter, device: device(a) };
            prop_assert!(Stamp::next(Millis(now), Some(known), device(b)) > known);
        }
    }

    #[test]
    fn at_the_end_of_time_the_next_stamp_is_not_an_earlier_one() {
        let last = Stamp { millis: Millis(u64::MAX), counter: u32::MAX, device: device(1) };
        assert!(Stamp::next(Millis(0), Some(last), device(2)) > last);
        assert_eq!(Stamp::next(Millis(0), Some(last), device(1)), last, "there is no later one");
    }

    #[test]
    fn a_stamp_of_next_year_is_ahead_and_one_of_four_minutes_is_not() {
        let now = Millis(1_790_000_000_000);
        let at = |millis| Stamp { millis, counter: 0, device: device(1) };
        assert!(at(now.plus(365 * 86_400_000)).is_ahead_of(now));
        assert!(!at(now.plus(4 * 60_000)).is_ahead_of(now));
    }
}
