//! `OperationOutcome`: why a request came to nothing.

use serde_json::{Value, json};

use super::element::{filled, own_coding};

/// Why, as the rest of the server says it too.
pub struct Why<'a> {
    /// The status of the answer.
    pub status: u16,
    /// The code of the problem.
    pub code: &'a str,
    /// For people.
    pub sentence: &'a str,
    /// For whoever writes the program that asked.
    pub detail: &'a str,
}

/// The outcome.
#[must_use]
pub fn outcome(why: &Why<'_>) -> Value {
    filled(json!({
        "resourceType": "OperationOutcome",
        "issue": [{
            "severity": if why.status >= 500 { "fatal" } else { "error" },
            "code": kind(why.status),
            "details": { "coding": [own_coding("problem", why.code, None)], "text": why.sentence },
            "diagnostics": why.detail,
        }],
    }))
}

/// The kind of issue, as FHIR has them.
const fn kind(status: u16) -> &'static str {
    match status {
        400 => "invalid",
        401 => "login",
        403 => "forbidden",
        404 => "not-found",
        405 => "not-supported",
        409 => "conflict",
        413 => "too-long",
        429 => "throttled",
        503 => "transient",
        500.. => "exception",
        _ => "processing",
    }
}
