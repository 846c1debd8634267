//! Chance, from a seed that is printed: moments cannot be had again, but what is struck can.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Draws numbers (xorshift64*).
pub struct Dice(u64);

impl Dice {
    /// From `OPSTAP_SEED`, or from the time.
    pub fn thrown() -> Self {
        let given = std::env::var("OPSTAP_SEED").ok().and_then(|seed| seed.parse().ok());
        let nanos = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| u64::from(since.subsec_nanos()));
        let seed = given.unwrap_or_else(nanos);
        println!("OPSTAP_SEED={seed}");
        Self(seed.max(1))
    }

    /// A number from 0 up to, and without, `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) % end.max(1)
    }

    /// Some time between the two.
    pub fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }

    /// Another set of dice.
    pub fn another(&mut self) -> Self {
        Self(self.below(u64::MAX).max(1))
    }
}
