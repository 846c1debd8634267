//! The FHIR read interface: every resource is read by a FHIR library, and each person reads what they may see and nothing else.

pub mod everything;
mod found;
mod rights;
mod valid;

use serde_json::Value;

use super::caller::{Caller, Reply};

impl Caller {
    /// The resources of a search, of all its pages.
    pub async fn finds(&self, query: &str) -> Vec<Value> {
        let mut found = Vec::new();
        let mut next = Some(format!("/fhir/{query}"));
        while let Some(address) = next {
            let bundle = self.get(&address).await.expect_fhir(200);
            assert_eq!(bundle["resourceType"], "Bundle");
            let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
            found.extend(entries.iter().map(|entry| entry["resource"].clone()));
            let links = bundle["link"].as_array().unwrap();
            let link = links.iter().find(|link| link["relation"] == "next");
            next = link.map(|link| link["url"].as_str().unwrap().split_once("/fhir/").unwrap().1.to_owned());
            next = next.map(|rest| format!("/fhir/{rest}"));
        }
        found
    }

    /// The one resource of a search of which a member has this text.
    pub async fn finds_one(&self, query: &str, pointer: &str, text: &str) -> Value {
        let found = self.finds(query).await;
        let mut those = found.iter().filter(|one| one.pointer(pointer).and_then(Value::as_str) == Some(text));
        those.next().ok_or_else(|| format!("{query} has no {text}: {found:?}")).unwrap().clone()
    }
}

impl Reply {
    /// The body, if it is FHIR and the status is this one.
    #[track_caller]
    pub fn expect_fhir(self, status: u16) -> Value {
        let reply = self.expect(status);
        assert_eq!(reply.header("content-type"), Some("application/fhir+json"));
        assert_eq!(reply.header("cache-control"), Some("private, no-store"));
        reply.json()
    }

    /// Checks that the answer is an outcome of this status and kind.
    #[track_caller]
    pub fn expect_outcome(self, status: u16, kind: &str) -> Value {
        let outcome = self.expect_fhir(status);
        assert_eq!(
            (&outcome["resourceType"], &outcome["issue"][0]["code"]),
            (&"OperationOutcome".into(), &kind.into())
        );
        assert!(!outcome["issue"][0]["details"]["text"].as_str().unwrap().is_empty());
        outcome
    }
}
