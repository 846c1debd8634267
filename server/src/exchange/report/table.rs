//! The report as a table between commas: a line a figure.

use opstap_core::model::TimeRole;
use opstap_insight::{Amount, FigureKey, minutes_per_completed};

use super::Told;
use super::words::{At, Said};
use crate::exchange::write::between_commas;

const HEADER: [&str; 10] =
    ["breakdown", "figure", "year", "quarter", "months", "title", "amount", "unit", "definition", "rows"];

pub(super) fn written(told: &Told<'_>) -> String {
    let mut lines = vec![HEADER.map(str::to_owned), of_figure(told, "", FigureKey::Registered)];
    for breakdown in &told.programme.breakdowns {
        let name = breakdown.key.word();
        lines.extend(breakdown.groups.iter().map(|group| of_figure(told, &name, *group)));
    }
    for target in &told.programme.targets {
        let aimed = [("target-started", target.started), ("target-completed", target.completed)];
        for (word, aimed) in aimed.into_iter().filter_map(|(word, aimed)| Some((word, aimed?))) {
            let at = At::year(target.year);
            let definition = told.words.word("target-definition", at);
            let said = Said { title: told.words.word(word, at), definition };
            lines.push(line(("", word), at, said, (aimed.to_string(), "registrations"), String::new()));
        }
    }
    for role in TimeRole::ALL.iter().copied() {
        let word = format!("per-completed-{}", role.code());
        if let Some(mean) = minutes_per_completed(&told.amounts, role) {
            let at = At::default();
            let definition = told.words.word("per-completed-definition", at);
            let said = Said { title: told.words.word(&word, at), definition };
            lines.push(line(("", &word), at, said, (mean.to_string(), "minutes"), String::new()));
        }
    }
    between_commas(lines)
}

fn of_figure(told: &Told<'_>, breakdown: &str, key: FigureKey) -> [String; 10] {
    let figure = told.programme.figure(key);
    let unit = if figure.minutes.is_some() { "minutes" } else { "registrations" };
    let amount = match told.amounts.get(&key).copied().flatten() {
        Some(Amount::Count(amount) | Amount::Minutes(amount)) => amount.to_string(),
        None => "hidden".to_owned(),
    };
    let rows = told.rows_behind(key).unwrap_or_default().join(" ");
    let word = key.word();
    line((breakdown, &word), At::of_figure(key), told.words.figure(key), (amount, unit), rows)
}

fn line(
    (breakdown, figure): (&str, &str),
    at: At,
    said: Said,
    (amount, unit): (String, &str),
    rows: String,
) -> [String; 10] {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        breakdown.to_owned(),
        figure.to_owned(),
        number(at.year),
        number(at.quarter),
        number(at.months),
        said.title,
        amount,
        unit.to_owned(),
        said.definition,
        rows,
    ]
}
