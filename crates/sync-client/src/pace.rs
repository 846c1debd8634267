//! When to ask the server again after a sync that came to nothing: soon at first, then ever less often, and never before the server
//! said, which asks everybody for patience at once.

use opstap_core::Millis;

/// The first wait, in milliseconds; each is twice the one before.
const FIRST: u32 = 2_000;
/// The longest.
const LONGEST: u32 = 120_000;

/// How often it went wrong, and until when the server wants to be left alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    failures: u32,
    /// From when, and for how long.
    patience: Option<(Millis, u32)>,
}

impl Pace {
    /// A sync came to nothing: how many milliseconds to wait for the next try. `asked` is how long the server wants to be left alone,
    /// and `drawn` makes a number up to another, so that a whole city does not come back at once.
    pub fn wait(&mut self, now: Millis, asked: Option<u32>, drawn: impl Fn(u32) -> u32) -> u32 {
        self.failures = self.failures.saturating_add(1);
        let wait = match asked {
            Some(asked) => asked.saturating_add(drawn(FIRST.saturating_add(asked / 4))),
            None => {
                let longest = FIRST.saturating_mul(1 << (self.failures - 1).min(6)).min(LONGEST);
                longest / 2 + drawn(longest / 2)
            }
        };
        self.patience = asked.map(|_| (now, wait));
        wait
    }

    /// Whether the server may be asked now. Whatever happens on the device meanwhile, it has asked for patience.
    #[must_use]
    pub fn may_ask(&self, now: Millis) -> bool {
        // A clock that was set back makes no wait longer.
        self.patience.is_none_or(|(from, wait)| now < from || now >= from.plus(u64::from(wait)))
    }

    /// The server answered.
    pub fn went_well(&mut self) {
        *self = Self::default();
    }

    /// Something is different, such as the network: the next wait is short again.
    pub const fn begin_anew(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_790_000_000_000);

    #[test]
    fn the_waits_double_up_to_two_minutes_and_are_spread() {
        let (mut early, mut late) = (Pace::default(), Pace::default());
        let waits: Vec<(u32, u32)> =
            (0..9).map(|_| (early.wait(NOW, None, |_| 0), late.wait(NOW, None, |most| most))).collect();
        let seconds = [2, 4, 8, 16, 32, 64, 120, 120, 120];
        assert_eq!(waits, seconds.map(|seconds| (seconds * 500, seconds * 1_000)));
        early.went_well();
        late.begin_anew();
        assert_eq!((early.wait(NOW, None, |_| 0), late.wait(NOW, None, |_| 0)), (1_000, 1_000));
    }

    #[test]
    fn the_server_is_not_asked_before_it_said_whatever_happens_meanwhile() {
        let mut pace = Pace::default();
        assert!(pace.may_ask(NOW));
        let wait = pace.wait(NOW, Some(5_000), |_| 700);
        assert_eq!(wait, 5_700);
        pace.begin_anew();
        assert!(!pace.may_ask(NOW.plus(5_699)));
        assert!(pace.may_ask(NOW.plus(5_700)));
    }

    #[test]
    fn those_who_are_asked_for_patience_at_once_do_not_come_back_at_once() {
        let back = |drawn: fn(u32) -> u32| Pace::default().wait(NOW, Some(60_000), drawn);
        assert_eq!((back(|_| 0), back(|most| most)), (60_000, 77_000));
    }

    #[test]
    fn a_wait_without_the_servers_word_keeps_nobody_from_trying() {
        let mut pace = Pace::default();
        pace.wait(NOW, Some(5_000), |_| 0);
        pace.wait(NOW, None, |_| 0);
        assert!(pace.may_ask(NOW));
    }

    #[test]
    fn a_clock_that_is_set_back_by_years_makes_no_wait_longer() {
        let mut pace = Pace::default();
        pace.wait(NOW, Some(5_000), |_| 0);
        assert!(pace.may_ask(Millis(NOW.0 / 2)));
    }
}
