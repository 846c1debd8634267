//! What the service needs of the machine: its clock and its randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use opstap_core::Millis;
use opstap_sync_server::{Clock, Randomness};

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// The clock of the machine, set ahead: with it a year can be played in minutes.
#[derive(Debug, Clone, Copy)]
pub struct ClockAhead {
    /// By how many days.
    pub days: u32,
}

impl Clock for ClockAhead {
    fn now(&self) -> Millis {
        const DAY: u64 = 24 * 60 * 60 * 1_000;
        SystemClock.now().plus(u64::from(self.days) * DAY)
    }
}

/// The randomness of the operating system.
#[derive(Debug, Clone, Copy)]
pub struct OsRandomness;

impl Randomness for OsRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness every token could be guessed: stopping is the only safe answer, and no system in use gets here.
        if let Err(cause) = getrandom::fill(bytes) {
            tracing::error!(%cause, "the operating system gives no randomness");
            std::process::abort();
        }
    }
}
