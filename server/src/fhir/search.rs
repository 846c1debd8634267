//! What a search asks for, out of the query of its address. What is not understood is not passed over: whoever asked for less would get more.

use opstap_core::PersonId;

use super::Made;
use super::moment::TimeTest;
use super::resource_type::ResourceType;

/// As many resources as a page has where nobody says how many.
pub const USUAL_COUNT: usize = 50;
/// The most resources of a page.
pub const MOST_COUNT: usize = 200;

/// What is said of a query that is not understood.
pub const EXPECTED: &str =
    "patient, date, _id, _lastUpdated and _count as the CapabilityStatement of /fhir/metadata says";

/// A search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Of whom; the inner nothing is somebody who cannot be.
    pub patient: Option<Option<PersonId>>,
    /// Tests of the time it is of; all hold.
    dates: Vec<TimeTest>,
    /// Tests of when it was changed; all hold.
    updated: Vec<TimeTest>,
    /// One of these ids.
    ids: Option<Vec<String>>,
    /// How many at most.
    count: Option<usize>,
    /// Behind the one of this id.
    after: Option<String>,
    /// The parameters as they came, without the place.
    asked: Vec<(String, String)>,
}

impl Search {
    /// The search for the one of this id.
    #[must_use]
    pub fn of_id(id: String) -> Self {
        Self { ids: Some(vec![id]), ..Self::default() }
    }

    /// The search that these parameters stand for; nothing when one of them is not understood or none of this type.
    #[must_use]
    pub fn read(of: ResourceType, parameters: &[(String, String)]) -> Option<Self> {
        let mut search = Self::default();
        for (name, value) in parameters {
            match name.as_str() {
                // Given twice both would have to hold, which nothing can.
                "patient" | "subject" if search.patient.is_some() => return None,
                "_id" if search.ids.is_some() => return None,
                "patient" | "subject" if of.is_of_a_client() => {
                    let id = value.strip_prefix("Patient/").unwrap_or(value);
                    search.patient = Some(id.parse().ok().filter(|person: &PersonId| person.to_string() == id));
                }
                "_id" => search.ids = Some(value.split(',').map(str::to_owned).collect()),
                "_lastUpdated" if of.says_when_changed() => search.updated.push(TimeTest::parse(value)?),
                "_count" => {
                    let count = value.parse().ok().filter(|count| *count > 0)?;
                    search.count = Some(usize::min(count, MOST_COUNT));
                }
                "_after" => search.after = Some(value.clone()),
                "_format" if ["json", "application/json", super::MEDIA_TYPE].contains(&value.as_str()) => {}
                // A browser's live stream cannot set headers; who reads by hand may name the device here too.
                "device" => {}
                date if of.dates().contains(&date) => search.dates.push(TimeTest::parse(value)?),
                _ => return None,
            }
            if name != "_after" {
                search.asked.push((name.clone(), value.clone()));
            }
        }
        Some(search)
    }

    /// The query of the page behind this one, or of this page.
    #[must_use]
    pub fn query(&self, after: Option<&str>) -> String {
        let place = after.map(|after| ("_after", after));
        let asked = self.asked.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<String> = asked.chain(place).map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        pairs.join("&")
    }

    /// The id behind which this page begins, where it is not the first.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// How many are on a page at most.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count.unwrap_or(USUAL_COUNT)
    }

    /// Whether this is one of those it asks for, on whichever page.
    #[must_use]
    pub fn holds(&self, made: &Made) -> bool {
        let changed = made.updated.map(super::moment::Span::at);
        let all_hold = |tests: &[TimeTest], span: Option<super::moment::Span>| {
            tests.is_empty() || span.is_some_and(|span| tests.iter().all(|test| test.holds(span)))
        };
        self.ids.as_ref().is_none_or(|ids| ids.contains(&made.id))
            && all_hold(&self.dates, made.when)
            && all_hold(&self.updated, changed)
    }
}

/// A value in an address.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:,".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
