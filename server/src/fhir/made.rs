//! A resource, with what a search and the log of deliveries have to know of it.

use std::fmt::Display;

use opstap_core::access::Section;
use opstap_core::{CircleId, Millis, Record};
use serde_json::{Value, json};

use super::element::{filled, instant};
use super::moment::Span;
use super::{Around, ResourceType};

/// One resource.
#[derive(Debug, Clone)]
pub struct Made {
    /// What it is.
    pub of: ResourceType,
    /// Its id.
    pub id: String,
    /// When something in it was changed last, where that is known.
    pub updated: Option<Millis>,
    /// The time it is of, by which a search finds it.
    pub when: Option<Span>,
    /// Of which circle which section each record is that it gives something of.
    pub given: Vec<(CircleId, Section)>,
    /// The resource itself.
    pub body: Value,
}

impl Made {
    /// A resource out of these records of a circle.
    pub fn new(of: ResourceType, id: impl Display, around: &Around<'_>, records: &[&Record], body: Value) -> Self {
        let updated = records.iter().filter_map(|record| record.latest()).map(|stamp| stamp.millis).max();
        let given = records.iter().map(|record| (around.read.circle, Section::of(record.kind))).collect();
        Self { updated, given, ..Self::bare(of, id, updated, body) }
    }

    /// A resource that was made of no record.
    pub fn bare(of: ResourceType, id: impl Display, updated: Option<Millis>, body: Value) -> Self {
        let id = id.to_string();
        let head = json!({
            "resourceType": of.name(),
            "id": id,
            "meta": { "lastUpdated": updated.map(instant), "profile": of.profile().map(|profile| [profile]) },
        });
        let (mut whole, body) = (filled(head), filled(body));
        if let (Value::Object(whole), Value::Object(body)) = (&mut whole, body) {
            whole.extend(body);
        }
        Self { of, id, updated, when: None, given: Vec::new(), body: whole }
    }

    /// The same, found by this time.
    pub fn when(self, span: Span) -> Self {
        Self { when: Some(span), ..self }
    }
}
