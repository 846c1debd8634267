//! Hours as tables 4 and 5 of the effect study of combined guidance (RIBW AVV, Arnhem, 2020–21) show them: one decimal for hours, whole per
//! cents, halves away from zero on the unrounded value. Over several clients each figure is the mean of theirs, the shares too: the mean of
//! the shares, not the share of the means.

use std::num::NonZeroU64;

use super::exact::{Ratio, mean};
use super::{ClientHours, Granted};

/// Minutes in an hour.
const HOUR: u64 = 60;

/// Tenths of hours or of weeks, rounded to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Tenths(pub i64);

impl Tenths {
    /// With one decimal always, after a point or a comma: `-1.0`. Zero has no sign.
    #[must_use]
    pub fn written(self, point: char) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        format!("{sign}{}{point}{}", size / 10, size % 10)
    }

    /// With a decimal only where there is one: `4`, `4.1`. What was agreed on reads so.
    #[must_use]
    pub fn written_short(self, point: char) -> String {
        if self.0 % 10 == 0 { (self.0 / 10).to_string() } else { self.written(point) }
    }
}

/// A figure of each of the duo and of both together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByRole<T> {
    /// Of the supervisor (PB); of what is granted, specialist guidance.
    pub supervisor: T,
    /// Of the support worker (MB); of what is granted, basic guidance.
    pub support_worker: T,
    /// Of both together, rounded by itself: it need not be the sum of what is shown.
    pub both: T,
}

/// A row of tables 4 and 5: of a client, or over several clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownHours {
    /// Over how many whole weeks.
    pub weeks: Tenths,
    /// Hours a week that were used.
    pub used: ByRole<Tenths>,
    /// Shares of the supervisor and of the support worker in what was used, in per cents; none where nothing was.
    pub shares: Option<(i64, i64)>,
    /// Hours a week that are granted.
    pub granted: ByRole<Tenths>,
    /// Hours a week used less those granted: below zero where less was used.
    pub over: ByRole<Tenths>,
}

impl ClientHours {
    /// The row of this client; none when no week counts.
    #[must_use]
    pub fn shown(&self) -> Option<ShownHours> {
        overall(std::slice::from_ref(self))
    }
}

/// The row over clients: each figure is the mean over those of whom a week counts, whatever the number of their weeks; a share over those of
/// them for whom time was used. None when there is no such client.
#[must_use]
pub fn overall(clients: &[ClientHours]) -> Option<ShownHours> {
    let counted = || clients.iter().filter(|client| client.weeks > 0);
    let a_week = |of: fn(&ClientHours) -> i64| {
        let ratio = |client: &ClientHours| {
            let under = NonZeroU64::new(u64::from(client.weeks) * HOUR * Granted::IN_A_MINUTE)?;
            Some(Ratio { over: of(client), under })
        };
        mean(counted().filter_map(ratio), 10).map(Tenths)
    };
    let by_role = |[supervisor, support_worker, both]: [fn(&ClientHours) -> i64; 3]| {
        let (supervisor, support_worker) = (a_week(supervisor)?, a_week(support_worker)?);
        Some(ByRole { supervisor, support_worker, both: a_week(both)? })
    };
    let share = |of: fn(&ClientHours) -> u64| {
        let ratio = |client: &ClientHours| {
            Some(Ratio { over: signed(of(client)), under: NonZeroU64::new(client.used.both())? })
        };
        mean(counted().filter_map(ratio), 100)
    };
    let weeks = counted().map(|client| Ratio { over: i64::from(client.weeks), under: NonZeroU64::MIN });
    Some(ShownHours {
        weeks: mean(weeks, 10).map(Tenths)?,
        used: by_role([
            |client| sevenths(client.used.supervisor),
            |client| sevenths(client.used.support_worker),
            |client| sevenths(client.used.both()),
        ])?,
        shares: share(|client| client.used.supervisor).zip(share(|client| client.used.support_worker)),
        granted: by_role([
            |client| signed(client.granted.specialist),
            |client| signed(client.granted.basic),
            |client| signed(client.granted.both()),
        ])?,
        over: by_role([
            |client| sevenths(client.used.supervisor).saturating_sub(signed(client.granted.specialist)),
            |client| sevenths(client.used.support_worker).saturating_sub(signed(client.granted.basic)),
            |client| sevenths(client.used.both()).saturating_sub(signed(client.granted.both())),
        ])?,
    })
}

/// Minutes in sevenths of a minute.
fn sevenths(minutes: u64) -> i64 {
    signed(minutes.saturating_mul(Granted::IN_A_MINUTE))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "shown_hours_tests.rs"]
mod tests;
