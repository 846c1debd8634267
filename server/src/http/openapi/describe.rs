//! What all operations have in common, said once: names, parameters in addresses, how problems are told, and who may ask.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use crate::http::fhir;

/// The parts of addresses that stand for something.
const PARAMETERS: [(&str, &str); 10] = [
    ("circle", "The id of a circle"),
    ("record", "The id of a record"),
    ("device", "The id of a device"),
    ("run", "The id of a run"),
    ("hash", "The SHA-256 of the bytes"),
    ("n", "The number of the edit on its device"),
    ("name", "The name of the import"),
    ("file", "The name of a list, a point, and csv or xlsx"),
    ("type", "The type of the resource"),
    ("id", "The id of the resource"),
];

/// The description of everything that the router serves.
#[must_use]
pub fn description(routes: &OpenApi) -> Value {
    let mut whole = serde_json::to_value(routes).unwrap_or_default();
    if let Some(paths) = whole.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, methods) in paths {
            for (method, operation) in methods.as_object_mut().into_iter().flatten() {
                if let Value::Object(operation) = operation {
                    complete(path, method, operation);
                }
            }
        }
    }
    let head = json!({
        "info": {
            "title": "Opstap",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The interface between the app and its server. What is in records goes over the round trip of /api/sync alone.",
            "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
        },
        // An empty requirement of an operation says that nobody has to be signed in.
        "security": [{ "session": [], "device": [] }],
    });
    if let (Value::Object(whole), Value::Object(head)) = (&mut whole, head) {
        whole.extend(head);
        whole.remove("servers");
        let components = whole.entry("components").or_insert_with(|| json!({}));
        if let Value::Object(components) = components {
            components.insert("securitySchemes".to_owned(), schemes());
            components.insert("responses".to_owned(), problems());
        }
    }
    whole
}

/// What an operation has by where it stands.
fn complete(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let words: Vec<String> = path
        .split(['/', '.', '-'])
        .map(|word| word.trim_matches(['{', '}']).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    operation.insert("operationId".to_owned(), format!("{method}-{}", words.join("-")).into());
    let part = path.split('/').filter(|part| *part != "api").find(|part| !part.is_empty());
    operation.insert("tags".to_owned(), json!([part.map(|part| part.split('.').next().unwrap_or(part))]));
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Value::Array(parameters) = parameters {
        parameters.extend(path.split('/').filter_map(parameter));
    }
    if path == "/api/sync" {
        let text = "The bytes of the round trip are described in [docs/protocol.md](docs/protocol.md), which comes with the source.";
        operation.insert("description".to_owned(), text.into());
    }
    let problem = if fhir::serves(path) { "Outcome" } else { "Problem" };
    if let Some(Value::Object(responses)) = operation.get_mut("responses") {
        for (status, response) in responses.iter_mut() {
            name(status, response);
        }
        responses.insert("default".to_owned(), json!({ "$ref": format!("#/components/responses/{problem}") }));
    }
}

/// A response says at least what its status means.
fn name(status: &str, response: &mut Value) {
    let Value::Object(response) = response else { return };
    let is_blank = response.get("description").and_then(Value::as_str).is_none_or(|text| text.trim().is_empty());
    if is_blank {
        let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
        let reason = status.and_then(|status| status.canonical_reason()).unwrap_or("An answer");
        response.insert("description".to_owned(), reason.into());
    }
}

/// A part of an address, if it stands for something.
fn parameter(part: &str) -> Option<Value> {
    let name = part.strip_prefix('{')?.strip_suffix('}')?;
    let known = PARAMETERS.iter().find(|(known, _)| *known == name);
    let description = known.map_or("Which form", |(_, description)| *description);
    let schema = json!({ "type": "string" });
    Some(json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema }))
}

fn schemes() -> Value {
    json!({
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-opstap-{the first 16 digits of the device}",
            "description": "The session of the device, as POST /api/pair gave it",
        },
        "device": {
            "type": "apiKey",
            "in": "header",
            "name": "opstap-device",
            "description": "The device whose cookie counts: several people may share a browser",
        },
    })
}

fn problems() -> Value {
    let text = json!({ "type": "string" });
    let sentence = json!({ "type": "object", "properties": { "nl": text, "en": text } });
    let problem = json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "sentence"],
        "properties": { "type": text, "title": text, "status": { "type": "integer" }, "detail": text, "sentence": sentence },
    });
    json!({
        "Problem": {
            "description": "The request came to nothing (RFC 9457), with a sentence for people",
            "content": { "application/problem+json": { "schema": problem } },
        },
        "Outcome": {
            "description": "The request came to nothing: an OperationOutcome",
            "content": { "application/fhir+json": { "schema": { "type": "object" } } },
        },
    })
}
