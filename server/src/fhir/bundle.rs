//! Bundle: a page of what a search found.

use serde_json::{Value, json};

use super::element::filled;
use super::finding::Page;
use super::resource_type::ResourceType;
use super::search::Search;

/// The page, with the way to the next.
#[must_use]
pub fn bundle(base: &str, of: ResourceType, search: &Search, page: &Page) -> Value {
    let kind = of.name();
    let address = |after: Option<&str>| match search.query(after) {
        query if query.is_empty() => format!("{base}/{kind}"),
        query => format!("{base}/{kind}?{query}"),
    };
    let link = |relation: &str, url: String| json!({ "relation": relation, "url": url });
    let next = page.next.as_deref().map(|after| link("next", address(Some(after))));
    let entries = page.made.iter().map(|made| {
        json!({
            "fullUrl": format!("{base}/{kind}/{}", made.id),
            "resource": made.body,
            "search": { "mode": "match" },
        })
    });
    filled(json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "total": page.total,
        "link": [link("self", address(search.after())), next],
        "entry": entries.collect::<Vec<_>>(),
    }))
}
