//! `CapabilityStatement`: what is served, from the same table that serves it.

use opstap_core::Day;
use serde_json::{Value, json};

use super::element::{date, filled};
use super::resource_type::ResourceType;

/// The statement for a server at this address.
#[must_use]
pub fn statement(base: &str, today: Day) -> Value {
    let resources = ResourceType::ALL.map(|of| {
        json!({
            "type": of.name(),
            "supportedProfile": of.profile().map(|profile| [profile]),
            "interaction": [{ "code": "read" }, { "code": "search-type" }],
            "searchParam": parameters(of),
        })
    });
    filled(json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date(today),
        "publisher": "Opstap",
        "kind": "instance",
        "software": { "name": "Opstap", "version": env!("CARGO_PKG_VERSION") },
        "implementation": { "description": "The read interface of an Opstap server", "url": base },
        "fhirVersion": "4.0.1",
        "format": ["json", super::MEDIA_TYPE],
        "rest": [{
            "mode": "server",
            "security": {
                "description": "The session of a signed-in person. What is read is what that person may see at that moment, and is \
                    logged for the client."
            },
            "resource": resources,
        }],
    }))
}

fn parameters(of: ResourceType) -> Vec<Value> {
    let parameter = |name: &str, kind: &str| json!({ "name": name, "type": kind });
    let patient = of.is_of_a_client().then(|| parameter("patient", "reference"));
    let dates = of.dates().iter().map(|name| parameter(name, "date"));
    let updated = of.says_when_changed().then(|| parameter("_lastUpdated", "date"));
    patient.into_iter().chain(dates).chain(updated).chain([parameter("_id", "token")]).collect()
}
