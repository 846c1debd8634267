//! Whose turn it is in a circle, among the jobs of one server. The database alone would keep them apart too, but by making all
//! but one of those that wait run again, and then all but one of the rest. A job that loses too often gets a moment for itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use opstap_core::CircleId;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

/// More than there are connections, so that two circles seldom share one.
const PLACES: usize = 256;

/// The turns of one server. Circles share a fixed number of them: sharing one costs a wait and nothing else.
pub(crate) struct Turns {
    places: Vec<Arc<Mutex<()>>>,
    /// Shared by all jobs that write; had whole by one that is to be alone.
    everybody: Arc<RwLock<()>>,
}

impl Turns {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { places: (0..PLACES).map(|_| Arc::default()).collect(), everybody: Arc::default() })
    }

    /// Waits for turns and takes them, in their order, so that no two jobs wait for each other.
    pub(crate) async fn take(self: &Arc<Self>, wanted: Wanted, alone: bool) -> Held {
        let company = Arc::clone(&self.everybody);
        let company = if alone {
            Company::None(company.write_owned().await)
        } else {
            Company::Others(company.read_owned().await)
        };
        let mut guards = BTreeMap::new();
        for (place, turn) in wanted.0.iter().filter_map(|place| Some((*place, self.places.get(*place)?))) {
            guards.insert(place, Arc::clone(turn).lock_owned().await);
        }
        Held { turns: Arc::clone(self), guards, wanted, _company: Some(company) }
    }

    /// For a job that only reads: it stands in nobody's way.
    pub(crate) fn none(self: &Arc<Self>) -> Held {
        Held { turns: Arc::clone(self), guards: BTreeMap::new(), wanted: Wanted::default(), _company: None }
    }
}

/// Whether other jobs of this server write meanwhile.
enum Company {
    Others(#[expect(dead_code, reason = "it is held")] OwnedRwLockReadGuard<()>),
    None(#[expect(dead_code, reason = "it is held")] OwnedRwLockWriteGuard<()>),
}

/// The turns a job asked for in the runs it had so far.
#[derive(Clone, Default)]
pub(crate) struct Wanted(std::collections::BTreeSet<usize>);

/// The turns a job has; they end with this.
pub(crate) struct Held {
    turns: Arc<Turns>,
    guards: BTreeMap<usize, OwnedMutexGuard<()>>,
    wanted: Wanted,
    _company: Option<Company>,
}

impl Held {
    /// Takes the turn of a circle if it is free or this job has it. It is remembered as wanted either way.
    pub(crate) fn try_take(&mut self, circle: CircleId) -> bool {
        let place = place(circle);
        self.wanted.0.insert(place);
        if self.guards.contains_key(&place) {
            return true;
        }
        let Some(turn) = self.turns.places.get(place) else { return true };
        let free = Arc::clone(turn).try_lock_owned().ok();
        free.map(|guard| self.guards.insert(place, guard)).is_some()
    }

    /// Ends the turns; gives what to ask for in the next run.
    pub(crate) fn end(self) -> Wanted {
        self.wanted
    }
}

/// Ids made on devices end in randomness.
fn place(circle: CircleId) -> usize {
    let [.., last] = circle.0;
    usize::from(last) % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(last: u8) -> CircleId {
        CircleId([last; 16])
    }

    #[tokio::test]
    async fn who_is_to_be_alone_waits_for_the_others_and_they_for_it() {
        use std::time::Duration;
        use tokio::time::timeout;
        let soon = Duration::from_millis(20);
        let turns = Turns::new();
        let one = turns.take(Wanted::default(), false).await;
        let other = turns.take(Wanted::default(), false).await;
        assert!(timeout(soon, turns.take(Wanted::default(), true)).await.is_err());
        drop((one, other));
        let alone = turns.take(Wanted::default(), true).await;
        assert!(timeout(soon, turns.take(Wanted::default(), false)).await.is_err());
        drop(alone);
        assert!(timeout(soon, turns.take(Wanted::default(), false)).await.is_ok());
    }

    #[tokio::test]
    async fn a_turn_is_one_jobs_until_it_ends_and_then_is_had_by_who_asked() {
        let turns = Turns::new();
        let mut first = turns.take(Wanted::default(), false).await;
        assert!(first.try_take(circle(1)));
        assert!(first.try_take(circle(1)), "its own turn does not stand in its way");
        let mut second = turns.take(Wanted::default(), false).await;
        assert!(second.try_take(circle(2)));
        assert!(!second.try_take(circle(1)));
        let wanted = second.end();
        drop(first);
        let mut again = turns.take(wanted, false).await;
        assert!(again.try_take(circle(1)) && again.try_take(circle(2)));
        let mut third = turns.take(Wanted::default(), false).await;
        assert!(!third.try_take(circle(2)), "what was asked for is held from the beginning");
    }
}
