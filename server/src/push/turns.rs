//! One task at a time for each of those there is something to do for: what comes meanwhile waits for it, and it looks again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

/// For whom a task is under way, and since when more is to be done than it has taken. Clones are the same.
#[derive(Debug)]
pub struct Turns<K>(Arc<Mutex<BTreeMap<K, Option<Instant>>>>);

impl<K> Clone for Turns<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K> Default for Turns<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Ord + Clone> Turns<K> {
    fn all(&self) -> MutexGuard<'_, BTreeMap<K, Option<Instant>>> {
        // What stands behind a poisoned lock is a map that is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something came that is to be done; says whether a task is to begin, because none is under way.
    #[must_use]
    pub fn begins(&self, key: &K, came: Instant) -> bool {
        self.all().insert(key.clone(), Some(came)).is_none()
    }

    /// Takes what came last; with nothing more to do the task is over.
    #[must_use]
    pub fn next(&self, key: &K) -> Option<Instant> {
        let mut all = self.all();
        let came = all.get_mut(key).and_then(Option::take);
        if came.is_none() {
            all.remove(key);
        }
        came
    }

    /// All that came until now is done with what the task does next.
    pub fn covers(&self, key: &K) {
        if let Some(came) = self.all().get_mut(key) {
            *came = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_task_is_under_way_and_does_what_came_meanwhile_too() {
        let turns = Turns::default();
        let (first, second) = (Instant::now(), Instant::now() + std::time::Duration::from_secs(1));
        assert!(turns.begins(&1, first));
        assert_eq!(turns.next(&1), Some(first));
        assert!(!turns.begins(&1, second), "one is under way");
        assert!(turns.begins(&2, first), "not for another");
        assert_eq!(turns.next(&1), Some(second));
        assert!(!turns.begins(&1, second));
        turns.covers(&1);
        assert_eq!(turns.next(&1), None);
        assert!(turns.begins(&1, second), "the one before is over");
    }
}
