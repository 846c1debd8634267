//! The small parts of which resources are made.

use std::fmt::Display;

use opstap_core::{Day, Millis};
use serde_json::{Value, json};

use super::OWN;

/// The last moment that can be written: a year has four digits.
const LAST: Millis = Millis(253_402_300_799_999);
/// Milliseconds in a day.
const DAY: u64 = 86_400_000;

/// A value without what is empty in it, which FHIR does not allow to be written.
pub fn filled(value: Value) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(all) => all.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::String(text) => text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, filled(value)));
            Value::Object(members.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(filled).filter(|value| !is_empty(value)).collect()),
        other => other,
    }
}

/// A moment, in UTC.
pub fn instant(at: Millis) -> String {
    let at = at.min(LAST);
    let in_day = at.0 % DAY;
    let (seconds, millis) = (in_day / 1_000, in_day % 1_000);
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    format!("{}T{hours:02}:{minutes:02}:{:02}.{millis:03}Z", date(Day::of(at)), seconds % 60)
}

/// A day.
pub fn date(day: Day) -> String {
    day.min(Day::of(LAST)).written()
}

/// An id as an identifier that is the same wherever it turns up.
pub fn identifier(id: [u8; 16]) -> Value {
    let digits: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |range| digits.get(range).unwrap_or_default();
    let uuid = [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-");
    json!({ "system": "urn:ietf:rfc:3986", "value": format!("urn:uuid:{uuid}") })
}

/// A reference within this server, with what people call what it leads to.
pub fn reference(kind: &str, id: impl Display, display: Option<&str>) -> Value {
    json!({ "reference": format!("{kind}/{id}"), "type": kind, "display": display })
}

/// A code of a code system.
pub fn coding(system: &str, code: &str, display: Option<&str>) -> Value {
    json!({ "system": system, "code": code, "display": display })
}

/// A code of a code system of this server.
pub fn own_coding(of: &str, code: &str, display: Option<&str>) -> Value {
    coding(&own(of), code, display)
}

/// What this server calls something of its own.
pub fn own(of: &str) -> String {
    format!("{OWN}{of}")
}

/// A concept of one code.
pub fn concept(coding: &Value) -> Value {
    json!({ "coding": [coding] })
}

/// An extension of this server's own.
pub fn own_extension(of: &str, kind: &str, value: &Value) -> Value {
    json!({ "url": own(of), (kind): value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc_to_the_millisecond_and_its_year_has_four_digits() {
        assert_eq!(instant(Millis(0)), "1970-01-01T00:00:00.000Z");
        assert_eq!(instant(Millis(1_790_000_000_123)), "2026-09-21T14:13:20.123Z");
        assert_eq!(instant(Millis(u64::MAX)), "9999-12-31T23:59:59.999Z");
        assert_eq!(date(Day(u32::MAX)), "9999-12-31");
    }

    #[test]
    fn an_id_is_written_as_a_uuid() {
        let id = [0x01, 0x9a, 0xbc, 0xde, 0, 1, 0x70, 2, 0x80, 3, 4, 5, 6, 7, 8, 9];
        assert_eq!(identifier(id)["value"], "urn:uuid:019abcde-0001-7002-8003-040506070809");
    }

    #[test]
    fn nothing_empty_is_left_however_deep() {
        let value = json!({ "a": null, "b": [{}, { "c": [] }, { "d": "" }], "e": { "f": { "g": null } }, "h": [1, null], "i": false });
        assert_eq!(filled(value), json!({ "h": [1], "i": false }));
    }
}
