//! What a search finds, circle by circle. A year of forty clients is more than a page by far: of what was made no more is kept than stands
//! on the page.

use std::collections::{BTreeMap, HashSet};

use super::Made;
use super::search::Search;

/// A page of what was found.
#[derive(Debug, Clone)]
pub struct Page {
    /// How many there are in all.
    pub total: usize,
    /// Those of this page.
    pub made: Vec<Made>,
    /// Behind which one the next page begins, where there is one.
    pub next: Option<String>,
}

/// What a search found so far.
#[derive(Debug)]
pub struct Finding {
    search: Search,
    /// The ids of all that came by, whether or not they were asked for.
    seen: HashSet<String>,
    total: usize,
    /// The first of the page so far, in order of id.
    page: BTreeMap<String, Made>,
    is_last: bool,
}

impl Finding {
    /// Nothing so far.
    #[must_use]
    pub fn of(search: &Search) -> Self {
        Self { search: search.clone(), seen: HashSet::new(), total: 0, page: BTreeMap::new(), is_last: true }
    }

    /// Finds what is asked for among the resources of one more circle. Somebody who is in several circles is one, as the first says it:
    /// what the others say does not leave, and is not logged there.
    pub fn add(&mut self, all: Vec<Made>) {
        for made in all {
            // Before anything is asked of it: who is not found as the first circle has them is not found in another.
            if !self.seen.insert(made.id.clone()) || !self.search.holds(&made) {
                continue;
            }
            self.total += 1;
            if self.search.after().is_none_or(|after| made.id.as_str() > after) {
                self.page.insert(made.id.clone(), made);
            }
            if self.page.len() > self.search.count() {
                self.page.pop_last();
                self.is_last = false;
            }
        }
    }

    /// The page of what is asked for, in order of id: no resource comes on two pages. What arrives between two may belong on the one that was
    /// given: whoever keeps a copy asks again for some days back.
    #[must_use]
    pub fn page(self) -> Page {
        let made: Vec<Made> = self.page.into_values().collect();
        let next = made.last().filter(|_| !self.is_last).map(|last| last.id.clone());
        Page { total: self.total, made, next }
    }
}

#[cfg(test)]
#[path = "finding_tests.rs"]
mod tests;
