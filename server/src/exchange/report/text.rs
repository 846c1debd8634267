//! The report as lines for people.

use std::fmt::Write as _;

use opstap_core::model::{FOLLOW_UP_MONTHS, TimeRole};
use opstap_insight::{Amount, BreakdownKey, CohortState, FigureKey, Quarter, minutes_per_completed};

use super::Told;
use super::words::At;

/// The place at which amounts end.
const WIDE: usize = 56;

pub(super) fn written(told: &Told<'_>) -> String {
    let mut text = String::new();
    let title = told.words.word("title", At::default());
    let title = title.replace("{organisation}", told.organisation).replace("{day}", &told.day.written());
    paragraph(&mut text, &title, "");
    if told.numbers.is_none() {
        paragraph(&mut text, &told.words.word("outside", At::default()), "");
    }
    let all = told.words.figure(FigureKey::Registered);
    line(&mut text, &all.title, &amount(told, FigureKey::Registered));
    let _ = writeln!(text, "  {}", all.definition);
    for breakdown in &told.programme.breakdowns {
        // Of nothing there is nothing to take apart; cohorts stand in a table of their own.
        let something = told.programme.count(breakdown.of) > 0;
        if something && !matches!(breakdown.key, BreakdownKey::Cohort(..)) {
            let said = told.words.breakdown(breakdown.key);
            text.push('\n');
            paragraph(&mut text, &said.title, &said.definition);
            for group in &breakdown.groups {
                let said = told.words.figure(*group);
                line(&mut text, &format!("  {}", said.title), &amount(told, *group));
                if !said.definition.is_empty() {
                    let _ = writeln!(text, "    {}", said.definition);
                }
            }
            match breakdown.key {
                BreakdownKey::StartedByYear | BreakdownKey::CompletedByYear => targets(&mut text, told, breakdown.key),
                BreakdownKey::HoursKnown(role) => mean(&mut text, told, role),
                _ => {}
            }
        }
    }
    cohorts(&mut text, told);
    text
}

fn paragraph(text: &mut String, title: &str, definition: &str) {
    let _ = writeln!(text, "{title}");
    if !definition.is_empty() {
        let _ = writeln!(text, "  {definition}");
    }
}

fn line(text: &mut String, title: &str, amount: &str) {
    let wide = WIDE.saturating_sub(title.chars().count());
    let _ = writeln!(text, "{title}{amount:>wide$}");
}

fn amount(told: &Told<'_>, key: FigureKey) -> String {
    match told.amounts.get(&key).copied().flatten() {
        Some(Amount::Count(count)) => count.to_string(),
        Some(Amount::Minutes(minutes)) => hours(minutes),
        None if told.amounts.contains_key(&key) => told.words.word("hidden", At::default()),
        None => "0".to_owned(),
    }
}

fn hours(minutes: u64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn targets(text: &mut String, told: &Told<'_>, key: BreakdownKey) {
    for target in &told.programme.targets {
        let (word, aimed) = match key {
            BreakdownKey::StartedByYear => ("target-started", target.started),
            _ => ("target-completed", target.completed),
        };
        if let Some(aimed) = aimed {
            line(text, &format!("  {}", told.words.word(word, At::year(target.year))), &aimed.to_string());
            let _ = writeln!(text, "    {}", told.words.word("target-definition", At::default()));
        }
    }
}

fn mean(text: &mut String, told: &Told<'_>, role: TimeRole) {
    let title = told.words.word(&format!("per-completed-{}", role.code()), At::default());
    let mean = minutes_per_completed(&told.amounts, role);
    let none = || told.words.word("none", At::default());
    line(text, &format!("  {title}"), &mean.map_or_else(none, hours));
    let _ = writeln!(text, "    {}", told.words.word("per-completed-definition", At::default()));
}

/// The cohorts as a table: a line a quarter, a column for each moment.
fn cohorts(text: &mut String, told: &Told<'_>) {
    let quarters = told.programme.breakdowns.iter().filter_map(|breakdown| match breakdown.key {
        BreakdownKey::Cohort(quarter, 1) => Some(quarter),
        _ => None,
    });
    if told.programme.count(FigureKey::Completed) == 0 {
        return;
    }
    text.push('\n');
    let [title, definition] = ["cohorts", "cohorts-definition"].map(|word| told.words.word(word, At::default()));
    paragraph(text, &title, &definition);
    let heads = FOLLOW_UP_MONTHS.map(|months| told.words.word("months", At::months(months)));
    let _ = writeln!(text, "  {:<38}{}", "", heads.map(|head| format!("{head:>22}")).concat());
    for quarter in quarters {
        let said = told.words.figure(FigureKey::CompletedInQuarter(quarter));
        let whole = format!("{} ({})", said.title, amount(told, FigureKey::CompletedInQuarter(quarter)));
        let cells = FOLLOW_UP_MONTHS.map(|months| format!("{:>22}", cell(told, quarter, months)));
        let _ = writeln!(text, "  {whole:<38}{}", cells.concat());
    }
}

/// Who travels of who was asked, who was not reached, and for whom it is too early.
fn cell(told: &Told<'_>, quarter: Quarter, months: u32) -> String {
    let of = |state| match told.amounts.get(&FigureKey::Cohort(quarter, months, state)).copied() {
        Some(Some(Amount::Count(count))) => Some(count),
        Some(None) => None,
        _ => Some(0),
    };
    let asked: Option<u64> = CohortState::ASKED.into_iter().map(of).sum();
    let said = |count: Option<u64>| count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    let states = [CohortState::Travels, CohortState::NotReached, CohortState::NotDue].map(|state| said(of(state)));
    let [travels, not_reached, not_due] = states;
    format!("{travels}/{} n{not_reached} t{not_due}", said(asked))
}
