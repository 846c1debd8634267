//! The cohort table: of those who completed in a quarter, what is known after 1, 3, 6 and 12 months.

use opstap_core::Day;
use opstap_core::model::{FOLLOW_UP_MONTHS, RegistrationFollowUp};

use super::{BreakdownKey, CohortState, FigureKey, Programme, ProgrammeRow, Quarter};

/// Adds the table.
pub(super) fn add(programme: &mut Programme, rows: &[ProgrammeRow], today: Day) {
    let cohorts: Vec<Quarter> = programme
        .figures()
        .filter_map(|(key, figure)| match key {
            FigureKey::CompletedInQuarter(quarter) if !figure.rows.is_empty() => Some(quarter),
            _ => None,
        })
        .collect();
    for quarter in cohorts {
        for months in FOLLOW_UP_MONTHS {
            let key = (BreakdownKey::Cohort(quarter, months), FigureKey::CompletedInQuarter(quarter));
            let states = CohortState::ALL.map(|state| FigureKey::Cohort(quarter, months, state));
            programme.part(rows, key, states, |row| FigureKey::Cohort(quarter, months, state(row, months, today)));
        }
    }
}

fn state(row: &ProgrammeRow, months: u32, today: Day) -> CohortState {
    let completed = row.completed().unwrap_or_default();
    let mut in_column = row.follow_ups.iter().filter(|found| column(completed, found) == months);
    match in_column.next_back().map(|found| (found.travels, found.other_routes, found.special)) {
        Some((Some(true), ..)) => CohortState::Travels,
        Some((Some(false), ..)) => CohortState::NoLonger,
        Some((None, None, None)) => CohortState::NotReached,
        Some((None, ..)) => CohortState::NotSaid,
        None if completed.after_months(months) <= today => CohortState::NotAsked,
        None => CohortState::NotDue,
    }
}

/// After how many months a follow-up counts. Where it does not say so, which an import does not: the last of 1, 3, 6 and 12 months that
/// had passed by its day; the first of them when none had, since it was asked early.
fn column(completed: Day, found: &RegistrationFollowUp) -> u32 {
    let said = found.months.filter(|months| FOLLOW_UP_MONTHS.contains(months));
    let passed = || {
        let passed = FOLLOW_UP_MONTHS.into_iter().rfind(|months| completed.after_months(*months) <= found.on);
        passed.or(FOLLOW_UP_MONTHS.first().copied()).unwrap_or_default()
    };
    said.unwrap_or_else(passed)
}
