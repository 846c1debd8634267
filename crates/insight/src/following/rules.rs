//! What asks for attention, as a table: which rule, how urgent, from what on and for how long. What is different for a client stands in
//! their [`AttentionSettings`].

use opstap_core::model::{AttentionRule, AttentionSettings};

/// How soon somebody is asked to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Somebody waits for an answer.
    Now,
    /// Today.
    Today,
    /// This week.
    ThisWeek,
}

/// What a threshold counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Minutes that go by.
    Minutes,
    /// Days that go by.
    DaysAfter,
    /// Days that are left.
    DaysBefore,
    /// How often in a row.
    InARow,
    /// Per cents of all.
    PerCent,
    /// How many there are.
    Count,
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Which.
    pub rule: AttentionRule,
    /// How soon it asks.
    pub group: Group,
    /// From what on it asks, where nothing else is settled for the client.
    pub threshold: u32,
    /// What that counts.
    pub unit: Unit,
    /// For how many days it asks; until it is dealt with without it.
    pub asks_for: Option<u32>,
    /// What of the settings takes the place of the threshold.
    settled: Option<fn(&AttentionSettings) -> Option<u32>>,
}

const fn of(rule: AttentionRule, group: Group, threshold: u32, unit: Unit, asks_for: Option<u32>) -> Rule {
    Rule { rule, group, threshold, unit, asks_for, settled: None }
}

impl Rule {
    const fn by(self, settled: fn(&AttentionSettings) -> Option<u32>) -> Self {
        Self { settled: Some(settled), ..self }
    }
}

/// The rules in the order in which they ask, the most urgent first.
pub const RULES: [Rule; 13] = [
    // After a day the moment is over, but it stays worth knowing that nobody answered: then it asks for today.
    of(AttentionRule::HelpUnanswered, Group::Now, 10, Unit::Minutes, Some(7)),
    of(AttentionRule::GivenUp, Group::Today, 1, Unit::Count, Some(7)),
    of(AttentionRule::StepFails, Group::Today, 3, Unit::InARow, Some(14)).by(|settings| settings.failures),
    of(AttentionRule::LessIndependent, Group::Today, 20, Unit::PerCent, None),
    of(AttentionRule::NoPractice, Group::Today, 7, Unit::DaysAfter, None).by(|settings| settings.quiet_days),
    of(AttentionRule::HandoverDue, Group::Today, 3, Unit::DaysBefore, None),
    of(AttentionRule::FollowUpDue, Group::ThisWeek, 0, Unit::DaysBefore, None),
    of(AttentionRule::ConsentEnds, Group::ThisWeek, 7, Unit::DaysBefore, None),
    of(AttentionRule::PhoneSilent, Group::ThisWeek, 3, Unit::DaysAfter, None).by(|settings| settings.silent_days),
    of(AttentionRule::EditsRefused, Group::ThisWeek, 1, Unit::Count, None),
    of(AttentionRule::Conflict, Group::ThisWeek, 1, Unit::Count, None),
    of(AttentionRule::HoursOver, Group::ThisWeek, 20, Unit::PerCent, None).by(|settings| settings.hours_percent),
    of(AttentionRule::HoursUnder, Group::ThisWeek, 20, Unit::PerCent, None).by(|settings| settings.hours_percent),
];

/// A rule of the table.
#[must_use]
pub fn rule(rule: AttentionRule) -> Option<&'static Rule> {
    RULES.iter().find(|one| one.rule == rule)
}

/// From what on a rule asks for a client; none where it is switched off. A threshold that was set to nothing is one: it would ask always.
#[must_use]
pub fn threshold(rule: &Rule, settings: &AttentionSettings) -> Option<u32> {
    let place = AttentionRule::ALL.iter().position(|one| *one == rule.rule)?;
    if settings.off.is_some_and(|off| off.has(place)) {
        return None;
    }
    let settled = rule.settled.and_then(|settled| settled(settings));
    Some(settled.map_or(rule.threshold, |settled| settled.max(1)))
}
