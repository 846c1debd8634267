//! `AuditEvent`: what came to whom of a client's circle on a day, section by section, for the client and who decides for them.

use opstap_core::{Day, Millis};
use opstap_sync_server::storage::Delivered;
use serde_json::json;

use super::element::{coding, instant, own_coding};
use super::moment::Span;
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    if !around.read.is_own {
        return Vec::new();
    }
    around.delivered.iter().map(|one| made(around, one)).collect()
}

fn made(around: &Around<'_>, one: &Delivered) -> Made {
    let day = Day(one.day);
    // It was counted over the day: when each came is kept nowhere.
    let last = Millis(day.on(1).begins().0.saturating_sub(1)).min(around.now);
    let count = |what: &str, number: u64| json!({ "type": what, "valueString": number.to_string() });
    let live = (one.live > 0).then(|| count("live", one.live));
    let body = json!({
        "type": coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", None),
        "subtype": [own_coding("section", one.section.code(), None)],
        "action": "R",
        "period": { "start": instant(day.begins()), "end": instant(last) },
        "recorded": instant(last),
        "outcome": "0",
        "agent": [{ "who": around.person(one.person), "requestor": true }],
        "source": { "observer": { "display": "Opstap" } },
        "entity": [{ "what": around.patient(), "name": one.section.code(), "detail": [count("records", one.records), live] }],
    });
    Made::bare(ResourceType::AuditEvent, id(around, one), Some(last), body).when(Span::of_day(day))
}

/// As long as an id may be: the random part of the circle's id, the person, the day and the section.
fn id(around: &Around<'_>, one: &Delivered) -> String {
    let circle = around.read.circle.to_string();
    let circle = circle.get(12..).unwrap_or_default();
    format!("{circle}-{}-{}-{:x}", one.person, one.day, one.section as u8)
}
