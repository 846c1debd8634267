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

pub(super) fn amount(told: &Told<'_>, key: FigureKey) -> String {
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

/// The cohorts: below each quarter a line for each moment.
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
    for quarter in quarters {
        let said = told.words.figure(FigureKey::CompletedInQuarter(quarter));
        line(text, &format!("  {}", said.title), &amount(told, FigureKey::CompletedInQuarter(quarter)));
        for months in FOLLOW_UP_MONTHS {
            let head = told.words.word("months", At::months(months));
            let _ = writeln!(text, "    {head}: {}", moment(told, quarter, months));
        }
    }
}

/// What is known of a cohort at a moment, in words: "reist nog 5, niet gevraagd 1". Of nothing nothing is said.
fn moment(told: &Told<'_>, quarter: Quarter, months: u32) -> String {
    let keys = CohortState::ALL.map(|state| FigureKey::Cohort(quarter, months, state));
    let (mut said, mut shown) = (Vec::new(), false);
    for key in keys {
        match told.amounts.get(&key).copied() {
            None | Some(Some(Amount::Count(0) | Amount::Minutes(_))) => continue,
            amount => shown |= amount.flatten().is_some(),
        }
        said.push(format!("{} {}", told.words.figure(key).title.to_lowercase(), amount(told, key)));
    }
    match said.len() {
        0 => told.words.word("none", At::default()),
        _ if shown => said.join(", "),
        _ => told.words.word("hidden", At::default()),
    }
}
