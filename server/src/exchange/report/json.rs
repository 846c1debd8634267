//! The report as one JSON object, for programs.

use opstap_core::model::TimeRole;
use opstap_insight::{Amount, Breakdown, FigureKey, minutes_per_completed};
use serde_json::{Map, Value, json};

use super::Told;
use super::words::{At, Said};

pub(super) fn written(told: &Told<'_>) -> String {
    let figures: Vec<Value> = told.amounts.keys().map(|key| figure(told, *key)).collect();
    let breakdowns: Vec<Value> = told.programme.breakdowns.iter().map(|one| breakdown(told, one)).collect();
    let targets = told.programme.targets.iter();
    let targets: Vec<Value> = targets
        .map(|target| json!({ "year": target.year, "started": target.started, "completed": target.completed }))
        .collect();
    let means = TimeRole::ALL
        .iter()
        .map(|role| (role.code().to_owned(), json!(minutes_per_completed(&told.amounts, *role))))
        .collect::<Map<_, _>>();
    let report = json!({
        "organisation": told.organisation,
        "day": told.day.written(),
        "outside": told.numbers.is_none(),
        "figures": figures,
        "breakdowns": breakdowns,
        "targets": targets,
        "minutes_per_completed": means,
    });
    format!("{report:#}\n")
}

fn figure(told: &Told<'_>, key: FigureKey) -> Value {
    let mut object = named(&key.word(), At::of_figure(key), &told.words.figure(key));
    let (unit, amount) = match told.amounts.get(&key).copied().flatten() {
        Some(Amount::Minutes(minutes)) => ("minutes", Some(minutes)),
        Some(Amount::Count(count)) => ("registrations", Some(count)),
        None if told.programme.figure(key).minutes.is_some() => ("minutes", None),
        None => ("registrations", None),
    };
    object.insert("unit".to_owned(), json!(unit));
    object.insert("amount".to_owned(), json!(amount));
    object.insert("hidden".to_owned(), json!(amount.is_none()));
    if let Some(rows) = told.rows_behind(key) {
        object.insert("rows".to_owned(), json!(rows));
    }
    Value::Object(object)
}

fn breakdown(told: &Told<'_>, breakdown: &Breakdown) -> Value {
    let mut object =
        named(&breakdown.key.word(), At::of_breakdown(breakdown.key), &told.words.breakdown(breakdown.key));
    let place = |key: FigureKey| told.amounts.keys().position(|known| *known == key);
    let groups: Vec<_> = breakdown.groups.iter().map(|group| place(*group)).collect();
    // By their place in the list of figures: a key alone does not name a quarter.
    object.insert("of".to_owned(), json!(place(breakdown.of)));
    object.insert("groups".to_owned(), json!(groups));
    object.insert("overlap".to_owned(), json!(breakdown.overlap));
    Value::Object(object)
}

fn named(key: &str, at: At, said: &Said) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("key".to_owned(), json!(key));
    for (name, number) in [("year", at.year), ("quarter", at.quarter), ("months", at.months)] {
        if let Some(number) = number {
            object.insert(name.to_owned(), json!(number));
        }
    }
    object.insert("title".to_owned(), json!(said.title));
    object.insert("definition".to_owned(), json!(said.definition));
    object
}
