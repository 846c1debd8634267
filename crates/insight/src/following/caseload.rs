//! The row of a client in the caseload, and how two hundred of them are filtered and sorted.

use opstap_core::letters::in_small;
use opstap_core::model::{AttentionRule, Stage};
use opstap_core::{Day, Millis, PersonId};

use super::attention::{Asks, Clock, DeviceFacts, attention};
use super::found::found;
use super::rules::{RULES, threshold};
use super::summary::{NextAppointment, Summary};
use super::trend::{Share, Trend};
use crate::{Tenths, Week};

/// A client in the caseload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The name.
    pub name: String,
    /// Whether more goes by oneself; none where too little was done to say.
    pub trend: Option<Trend>,
    /// What went by oneself in each of the last twelve weeks, the oldest first.
    pub fading: Vec<Option<Share>>,
    /// How many runs were done to the end this week, and how many began.
    pub this_week: (u32, u32),
    /// The same of the week before.
    pub last_week: (u32, u32),
    /// Where travel training stands.
    pub travels: Option<Travels>,
    /// The next appointment.
    pub next: Option<NextAppointment>,
    /// Hours a week used less those granted, over the last four whole weeks.
    pub hours_over: Option<Tenths>,
    /// What asks, the most urgent first.
    pub asks: Vec<Asks>,
    /// Whether it is quiet, also where somebody put that off.
    pub is_quiet: bool,
    /// When the client did anything last: a run, a practice, a journey.
    pub last: Option<Millis>,
}

/// Where travel training stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travels {
    /// Before practice.
    Before(Stage),
    /// So many practices, as far as they are on the device.
    Practises(u32),
    /// It is handed over, on this day where one is settled.
    HandsOver(Option<Day>),
    /// Alone; the next follow-up enquiry after so many months, on this day.
    Alone(Option<(u32, Day)>),
}

/// Which rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All.
    All,
    /// Those that ask for attention.
    Asks,
    /// Less by oneself.
    Less,
    /// Equal.
    Equal,
    /// More by oneself.
    More,
    /// A week without practice.
    NoPractice,
    /// In travel training.
    Travels,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// By name.
    Name,
    /// What asks most urgently on top.
    Asks,
    /// Less by oneself on top, those of whom nothing can be said below.
    Trend,
    /// The fewest done this week and the week before on top.
    Done,
    /// The first appointment on top, those without below.
    Next,
}

/// How many runs were done to the end in a week, and how many began.
#[must_use]
pub fn plans_in_week(summary: &Summary, week: Week) -> (u32, u32) {
    summary.weeks.iter().find(|one| one.week == week).map_or((0, 0), |one| (one.done, one.begun))
}

/// The row of a client.
#[must_use]
pub fn case_row(summary: &Summary, facts: &DeviceFacts, clock: Clock, me: PersonId) -> CaseRow {
    let this = Week::of(clock.today);
    let quiet = RULES.iter().find(|rule| rule.rule == AttentionRule::NoPractice);
    let is_quiet = quiet.is_some_and(|rule| {
        let threshold = threshold(rule, &summary.settings).unwrap_or(rule.threshold);
        !found(summary, facts, clock, me, rule, threshold).is_empty()
    });
    let hours = summary.hours_of_late(clock.today).and_then(|(row, _)| row.shown());
    CaseRow {
        name: summary.client_name().to_owned(),
        trend: summary.trend(this),
        fading: summary.fading(this),
        this_week: plans_in_week(summary, this),
        last_week: plans_in_week(summary, Week(this.0.saturating_sub(1))),
        travels: travels(summary),
        next: summary.next.iter().find(|next| !next.is_over(clock.now)).copied(),
        hours_over: hours.map(|shown| shown.over.both),
        asks: attention(summary, facts, clock, me),
        is_quiet,
        last: summary.last_run.map(|run| run.began).max(summary.travel.iter().filter_map(|travel| travel.last).max()),
    }
}

fn travels(summary: &Summary) -> Option<Travels> {
    let travel = summary.travel.first()?;
    Some(match travel.stage {
        Some(stage @ (Stage::Registration | Stage::Intake | Stage::Matching)) => Travels::Before(stage),
        Some(Stage::Handover) => Travels::HandsOver(travel.handover.as_ref().and_then(|handover| handover.on)),
        Some(Stage::Alone | Stage::FollowUp) => Travels::Alone(travel.follow_ups.first().map(|(_, next)| *next)),
        Some(Stage::Practice) | None => Travels::Practises(travel.practices),
    })
}

/// Whether a row is wanted.
#[must_use]
pub fn is_wanted(row: &CaseRow, wanted: Wanted) -> bool {
    match wanted {
        Wanted::All => true,
        Wanted::Asks => !row.asks.is_empty(),
        Wanted::Less => row.trend == Some(Trend::Less),
        Wanted::Equal => row.trend == Some(Trend::Equal),
        Wanted::More => row.trend == Some(Trend::More),
        Wanted::NoPractice => row.is_quiet,
        Wanted::Travels => row.travels.is_some(),
    }
}

/// Sorts rows; equal ones go by name.
pub fn sort_rows<C>(rows: &mut [(C, CaseRow)], by: SortBy) {
    rows.sort_by_cached_key(|(_, row)| {
        let first = row.asks.first();
        let rule = |asks: &Asks| RULES.iter().position(|rule| rule.rule == asks.rule);
        let key = match by {
            SortBy::Name => (0, 0),
            // What is not there goes below all that is.
            SortBy::Asks => first.map_or((u64::MAX, 0), |asks| {
                (asks.group as u64, u64::try_from(rule(asks).unwrap_or(RULES.len())).unwrap_or(u64::MAX))
            }),
            SortBy::Trend => (row.trend.map_or(u64::MAX, |trend| trend as u64), 0),
            SortBy::Done => (u64::from(row.this_week.0) + u64::from(row.last_week.0), 0),
            SortBy::Next => (row.next.map_or(u64::MAX, |next| next.at.0), 0),
        };
        (key, in_small(&row.name))
    });
}

#[cfg(test)]
#[path = "caseload_tests.rs"]
mod tests;
