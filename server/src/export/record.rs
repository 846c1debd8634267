//! A record as JSON: its cells by name, days and moments by ISO 8601, codes as words, photos and recordings as the files beside it.

use std::collections::BTreeMap;

use opstap_core::model::{FromCell, Position};
use opstap_core::record::{AUDIENCE, is_mark};
use opstap_core::{BlobHash, Day, Kind, Media, Millis, Record, Value};
use opstap_sync_server::service::CircleRead;
use serde_json::{Map, Value as Json, json};

use super::Held;
use super::cells::{Stands, stands_for};

/// What a kind is called: as in the protocol, in small letters with hyphens.
#[must_use]
pub fn kind_name(kind: Kind) -> String {
    let mut name = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// A moment by ISO 8601 in UTC, to the millisecond.
#[must_use]
pub fn moment(at: Millis) -> String {
    let day = Day::of(at);
    let rest = at.0.saturating_sub(day.begins().0);
    let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
    format!("{}T{hours:02}:{minutes:02}:{:02}.{:03}Z", day.written(), rest / 1_000 % 60, rest % 1_000)
}

/// A record.
#[must_use]
pub fn told(read: &CircleRead, record: &Record, files: &BTreeMap<BlobHash, Held>) -> Json {
    let cells = record.cells.iter().filter(|(name, cell)| is_told(name) && !cell.value.is_nothing());
    let cells: Map<String, Json> =
        cells.map(|(name, cell)| (name.to_string(), value(record.kind, name, &cell.value, files))).collect();
    json!({
        "id": record.id.to_string(),
        "kind": kind_name(record.kind),
        "parent": record.parent.map(|parent| parent.to_string()),
        "made": record.made().map(|made| moment(made.millis)),
        "made_by": read.author(record).map(|person| person.to_string()),
        "changed": record.latest().map(|latest| moment(latest.millis)),
        "cells": cells,
    })
}

/// For whom a record is stands in it; what only a server needs does not.
fn is_told(cell: &str) -> bool {
    cell == AUDIENCE || !is_mark(cell)
}

fn value(kind: Kind, cell: &str, value: &Value, files: &BTreeMap<BlobHash, Held>) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Bool(yes) => (*yes).into(),
        Value::Int(number) => numeral(kind, cell, *number),
        Value::Text(text) => text.as_str().into(),
        Value::Id(id) => opstap_core::RecordId(*id).to_string().into(),
        Value::Ids(ids) => ids.iter().map(|id| opstap_core::RecordId(*id).to_string()).collect(),
        Value::Blob(blob) => json!({
            "file": files.get(&blob.hash).map(|held| held.name(blob.hash)),
            "sha256": blob.hash.to_string(),
            "medium": match blob.media { Media::Photo => "photo", Media::Recording => "recording" },
            "bytes": blob.size,
        }),
    }
}

/// A whole number as what it stands for; as itself where it cannot be that.
fn numeral(kind: Kind, cell: &str, number: i64) -> Json {
    let told = match stands_for(kind, cell) {
        Stands::Number => None,
        Stands::Day => u32::try_from(number).ok().map(|day| Day(day).written().into()),
        Stands::Moment => u64::try_from(number).ok().map(|millis| moment(Millis(millis)).into()),
        Stands::Some(names) => some_of(names, number),
        Stands::Position => Position::from_cell(Some(&Value::Int(number))).map(|position| {
            let (latitude, longitude) = position.in_hundred_thousandths();
            json!({ "latitude": degrees(latitude), "longitude": degrees(longitude) })
        }),
    };
    told.unwrap_or_else(|| number.into())
}

fn some_of(names: &[&str], sum: i64) -> Option<Json> {
    let sum = u64::try_from(sum).ok().filter(|sum| names.len() < 64 && sum >> names.len() == 0)?;
    Some(names.iter().zip(0_u32..).filter(|(_, place)| sum >> place & 1 == 1).map(|(name, _)| *name).collect())
}

fn degrees(hundred_thousandths: i64) -> Option<f64> {
    i32::try_from(hundred_thousandths).ok().map(|number| f64::from(number) / 100_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_what_they_stand_for_and_what_cannot_be_that_as_themselves() {
        let told = |kind, cell: &str, number| numeral(kind, cell, number);
        assert_eq!(told(Kind::TimeSpent, "minutes", 45), json!(45));
        assert_eq!(told(Kind::TimeSpent, "on", 20_000), json!("2024-10-04"));
        assert_eq!(told(Kind::Run, "at", 1_500), json!("1970-01-01T00:00:01.500Z"));
        assert_eq!(told(Kind::Plan, "days", 1 + 4), json!(["monday", "wednesday"]));
        assert_eq!(told(Kind::Plan, "days", 1 << 20), json!(1 << 20));
        assert_eq!(told(Kind::Run, "at", -1), json!(-1));
    }

    #[test]
    fn kinds_are_called_as_in_the_protocol() {
        assert_eq!(kind_name(Kind::StepEvent), "step-event");
        assert_eq!(kind_name(Kind::Plan), "plan");
    }
}
