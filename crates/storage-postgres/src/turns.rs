//! Whose turn it is in a circle, among the jobs of one server. The database alone would keep them apart too, but by making all
//! but one of those that wait run again, and then all but one of the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use opstap_core::CircleId;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// More than there are connections, so that two circles seldom share one.
const PLACES: usize = 256;

/// The turns of one server. Circles share a fixed number of them: sharing one costs a wait and nothing else.
pub(crate) struct Turns {
    places: Vec<Arc<Mutex<()>>>,
}

impl Turns {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { places: (0..PLACES).map(|_| Arc::default()).collect() })
    }

    /// Waits for turns and takes them, in their order, so that no two jobs wait for each other.
    pub(crate) async fn take(self: &Arc<Self>, wanted: Wanted) -> Held {
        let mut guards = BTreeMap::new();
        for (place, turn) in wanted.0.iter().filter_map(|place| Some((*place, self.places.get(*place)?))) {
            guards.insert(place, Arc::clone(turn).lock_owned().await);
        }
        Held { turns: Arc::clone(self), guards, wanted }
    }
}

/// The turns a job asked for in the runs it had so far.
#[derive(Clone, Default)]
pub(crate) struct Wanted(std::collections::BTreeSet<usize>);

/// The turns a job has; they end with this.
pub(crate) struct Held {
    turns: Arc<Turns>,
    guards: BTreeMap<usize, OwnedMutexGuard<()>>,
    wanted: Wanted,
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
    async fn a_turn_is_one_jobs_until_it_ends_and_then_is_had_by_who_asked() {
        let turns = Turns::new();
        let mut first = turns.take(Wanted::default()).await;
        assert!(first.try_take(circle(1)));
        assert!(first.try_take(circle(1)), "its own turn does not stand in its way");
        let mut second = turns.take(Wanted::default()).await;
        assert!(second.try_take(circle(2)));
        assert!(!second.try_take(circle(1)));
        let wanted = second.end();
        assert!(!first.try_take(circle(3)) || first.end().0.len() == 2);
        let mut again = turns.take(wanted).await;
        assert!(again.try_take(circle(1)) && again.try_take(circle(2)));
        let mut third = turns.take(Wanted::default()).await;
        assert!(!third.try_take(circle(2)), "what was asked for is held from the beginning");
    }
}
