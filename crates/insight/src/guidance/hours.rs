//! The time of a duo against what is granted, in minutes: by week, and for a client over a period. Tables 4 and 5 of the effect study of
//! combined guidance (RIBW AVV, Arnhem, 2020–21) are made of it.
//!
//! What counts where the study does not say:
//! - Only weeks from Monday to Sunday that lie wholly in the period count, and of a client only those of which every day is granted. Time on
//!   other days of the period is told apart, so that it is seen, and is in no average: there is nothing to set it against.
//! - A grant counts a seventh of its minutes a week on each of its days. A week in which one grant follows another is exact that way, and is
//!   a whole week. Grants that run at the same time add up: specialist and basic guidance are often granted apart.
//! - All time counts, direct or not, planned or not.

use std::collections::BTreeMap;

use opstap_core::Day;
use opstap_core::model::{DuoRole, Grant, TimeKind};

use super::{Period, Week};

/// Time of one of the duo for a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuidanceTime {
    /// On which day.
    pub on: Day,
    /// How many minutes.
    pub minutes: u32,
    /// Whose time it was.
    pub role: DuoRole,
    /// With the client, for the client or on the way.
    pub kind: TimeKind,
    /// Whether it was planned.
    pub planned: bool,
}

/// Minutes that were used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    /// Of a supervisor.
    pub supervisor: u64,
    /// Of a support worker.
    pub support_worker: u64,
}

impl Used {
    /// Of both together.
    #[must_use]
    pub const fn both(self) -> u64 {
        self.supervisor.saturating_add(self.support_worker)
    }

    fn add(&mut self, role: DuoRole, minutes: u64) {
        let of_role = match role {
            DuoRole::Supervisor => &mut self.supervisor,
            DuoRole::SupportWorker => &mut self.support_worker,
        };
        *of_role = of_role.saturating_add(minutes);
    }
}

/// Time that is granted, in sevenths of a minute: as much as minutes a week come to on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Granted {
    /// Of specialist guidance, for the supervisor.
    pub specialist: u64,
    /// Of basic guidance, for the support worker.
    pub basic: u64,
}

impl Granted {
    /// So many sevenths are a minute.
    pub const IN_A_MINUTE: u64 = 7;

    /// Of both together.
    #[must_use]
    pub const fn both(self) -> u64 {
        self.specialist.saturating_add(self.basic)
    }

    fn add(&mut self, other: Self) {
        self.specialist = self.specialist.saturating_add(other.specialist);
        self.basic = self.basic.saturating_add(other.basic);
    }
}

/// A week of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekUse {
    /// Which week.
    pub week: Week,
    /// What was used in it.
    pub used: Used,
    /// What is granted for it.
    pub granted: Granted,
    /// For which of its days anything is granted: Monday 1, Tuesday 2, up to Sunday 64.
    granted_on: u8,
}

impl WeekUse {
    const EVERY_DAY: u8 = 127;

    const fn of(week: Week) -> Self {
        let nothing = (Used { supervisor: 0, support_worker: 0 }, Granted { specialist: 0, basic: 0 });
        Self { week, used: nothing.0, granted: nothing.1, granted_on: 0 }
    }

    /// Whether every day of it is granted, so that it counts in averages. A grant of no minutes is a grant too.
    #[must_use]
    pub const fn is_granted(&self) -> bool {
        self.granted_on == Self::EVERY_DAY
    }

    fn add(&mut self, grant: &Grant) {
        let granted = Period { from: grant.from, to: grant.to };
        let days = (0..7).filter(|day| granted.has(self.week.monday().on(*day)));
        for day in days {
            self.granted_on |= 1 << day;
            self.granted.add(Granted { specialist: u64::from(grant.specialist), basic: u64::from(grant.basic) });
        }
    }
}

/// The whole weeks of a period in which there was time of a client or anything was granted, in order.
#[must_use]
pub fn by_week(times: &[GuidanceTime], grants: &[Grant], period: Period) -> Vec<WeekUse> {
    let whole = period.whole_weeks();
    let mut weeks: BTreeMap<u32, WeekUse> = BTreeMap::new();
    for time in times {
        let week = Week::of(time.on);
        if whole.contains(&week.0) {
            let here = weeks.entry(week.0).or_insert(WeekUse::of(week));
            here.used.add(time.role, u64::from(time.minutes));
        }
    }
    for grant in grants.iter().filter(|grant| grant.from <= grant.to) {
        let (first, last) = (Week::of(grant.from).0, Week::of(grant.to).0);
        for week in first.max(whole.start)..last.saturating_add(1).min(whole.end) {
            weeks.entry(week).or_insert(WeekUse::of(Week(week))).add(grant);
        }
    }
    weeks.into_values().collect()
}

/// Minutes by what they were spent on, and how many of all were not planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeByKind {
    /// With the client.
    pub direct: u64,
    /// For the client, without them.
    pub indirect: u64,
    /// On the way.
    pub travel: u64,
    /// Of all these, what was not planned.
    pub unplanned: u64,
}

impl TimeByKind {
    /// This and another together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            direct: self.direct.saturating_add(other.direct),
            indirect: self.indirect.saturating_add(other.indirect),
            travel: self.travel.saturating_add(other.travel),
            unplanned: self.unplanned.saturating_add(other.unplanned),
        }
    }

    fn add(&mut self, time: &GuidanceTime) {
        let minutes = u64::from(time.minutes);
        let of_kind = match time.kind {
            TimeKind::Direct => &mut self.direct,
            TimeKind::Indirect => &mut self.indirect,
            TimeKind::Travel => &mut self.travel,
        };
        *of_kind = of_kind.saturating_add(minutes);
        self.unplanned = self.unplanned.saturating_add(if time.planned { 0 } else { minutes });
    }
}

/// A client's row of tables 4 and 5 over a period, not rounded: [`shown`](Self::shown) rounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClientHours {
    /// How many weeks count.
    pub weeks: u32,
    /// What was used in them.
    pub used: Used,
    /// What is granted for them.
    pub granted: Granted,
    /// What the time in them was spent on.
    pub by_kind: TimeByKind,
    /// Minutes on other days of the period: in a week that is not wholly in it or that is not granted.
    pub outside: u64,
}

/// A client's row over a period. No week counts where nothing is granted; then the row [shows](ClientHours::shown) nothing.
#[must_use]
pub fn client_hours(times: &[GuidanceTime], grants: &[Grant], period: Period) -> ClientHours {
    let weeks: BTreeMap<Week, WeekUse> =
        by_week(times, grants, period).into_iter().filter(WeekUse::is_granted).map(|week| (week.week, week)).collect();
    let mut row = ClientHours { weeks: u32::try_from(weeks.len()).unwrap_or(u32::MAX), ..ClientHours::default() };
    for week in weeks.values() {
        row.granted.add(week.granted);
    }
    for time in times.iter().filter(|time| period.has(time.on)) {
        if weeks.contains_key(&Week::of(time.on)) {
            row.used.add(time.role, u64::from(time.minutes));
            row.by_kind.add(time);
        } else {
            row.outside = row.outside.saturating_add(u64::from(time.minutes));
        }
    }
    row
}

#[cfg(test)]
#[path = "hours_tests.rs"]
mod tests;
