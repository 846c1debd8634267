//! Who listens and who watches a run now. It is kept in memory alone and never for long: a hint, as a server beside this one knows
//! nothing of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opstap_core::{CircleId, PersonId, RecordId};
use tokio::sync::broadcast::{Receiver, Sender};
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// How long somebody watches without a word: a browser that says so every 20 seconds may miss two.
pub const WATCHES_FOR: Duration = Duration::from_secs(60);

/// How many changes wait for a slow stream.
const WAITING: usize = 256;

/// Who is there now. Clones are the same.
#[derive(Debug, Clone)]
pub struct Presence {
    now: Arc<Mutex<Now>>,
    changed: Sender<Change>,
}

/// Somebody began or ended watching a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In which circle.
    pub circle: CircleId,
    /// Who is to hear of it: the client, and who decides for them.
    pub people: Arc<BTreeSet<PersonId>>,
}

/// A screen with a run on it.
#[derive(Debug)]
struct Watching {
    /// Until when without another word.
    until: Instant,
    people: Arc<BTreeSet<PersonId>>,
    /// What ends it then.
    timer: AbortHandle,
}

#[derive(Debug, Default)]
struct Now {
    /// How many streams each person has open.
    streams: BTreeMap<PersonId, usize>,
    /// When each person last synced.
    synced: BTreeMap<PersonId, Instant>,
    /// Who watches which run: several at once, as far as they have several screens open.
    watching: BTreeMap<(CircleId, PersonId, RecordId), Watching>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { now: Arc::default(), changed: Sender::new(WAITING) }
    }
}

/// An open stream; dropping it ends it.
#[derive(Debug)]
pub struct OpenStream {
    presence: Presence,
    person: PersonId,
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut now = self.presence.now();
        if let Some(count) = now.streams.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                now.streams.remove(&self.person);
            }
        }
    }
}

impl Presence {
    fn now(&self) -> MutexGuard<'_, Now> {
        // What stands behind a poisoned lock is a map that is whole.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that somebody opened a stream, until it is dropped.
    #[must_use]
    pub fn listens(&self, person: PersonId) -> OpenStream {
        *self.now().streams.entry(person).or_default() += 1;
        OpenStream { presence: self.clone(), person }
    }

    /// Whether somebody has a stream open here.
    #[must_use]
    pub fn is_listening(&self, person: PersonId) -> bool {
        self.now().streams.contains_key(&person)
    }

    /// Notes that somebody synced. Only the last minutes count, so whoever listens no longer is forgotten.
    pub fn synced(&self, person: PersonId) {
        let mut now = self.now();
        let at = Instant::now();
        if now.streams.contains_key(&person) {
            now.synced.insert(person, at);
        }
        if now.synced.len() > now.streams.len() * 2 + 100 {
            let Now { streams, synced, .. } = &mut *now;
            synced.retain(|person, _| streams.contains_key(person));
        }
    }

    /// Whether somebody synced since a moment.
    #[must_use]
    pub fn has_synced_since(&self, person: PersonId, since: Instant) -> bool {
        self.now().synced.get(&person).is_some_and(|at| *at >= since)
    }

    /// Whether somebody watches this run now.
    #[must_use]
    pub fn is_watching(&self, circle: CircleId, run: RecordId, person: PersonId) -> bool {
        self.now().watching.get(&(circle, person, run)).is_some_and(|watching| watching.until > Instant::now())
    }

    /// Somebody watches a run, from now for [`WATCHES_FOR`] or until they leave; these people hear of it.
    pub fn watches(&self, circle: CircleId, run: RecordId, person: PersonId, people: BTreeSet<PersonId>) {
        let (key, until, people) = ((circle, person, run), Instant::now() + WATCHES_FOR, Arc::new(people));
        {
            let mut now = self.now();
            if let Some(watching) = now.watching.get_mut(&key) {
                watching.until = until;
                if watching.people == people {
                    return;
                }
                watching.people = Arc::clone(&people);
            } else {
                let timer = tokio::spawn(self.clone().ends_by_itself(key, until)).abort_handle();
                now.watching.insert(key, Watching { until, people: Arc::clone(&people), timer });
            }
        }
        self.tell(circle, people);
    }

    /// Somebody left the screen of a run.
    pub fn watches_no_longer(&self, circle: CircleId, run: RecordId, person: PersonId) {
        let ended = self.now().watching.remove(&(circle, person, run));
        if let Some(Watching { people, timer, .. }) = ended {
            timer.abort();
            self.tell(circle, people);
        }
    }

    /// Ends when nothing was heard of them for so long.
    async fn ends_by_itself(self, key: (CircleId, PersonId, RecordId), mut until: Instant) {
        loop {
            tokio::time::sleep_until(until).await;
            let later = self.now().watching.get(&key).map(|watching| watching.until);
            match later {
                Some(later) if later > Instant::now() => until = later,
                _ => break,
            }
        }
        let (circle, person, run) = key;
        self.watches_no_longer(circle, run, person);
    }

    /// Who watches which run of a circle now.
    #[must_use]
    pub fn watching(&self, circle: CircleId) -> Vec<(RecordId, PersonId)> {
        let now = self.now();
        let all = now.watching.keys().filter(|(of, _, _)| *of == circle);
        all.map(|(_, person, run)| (*run, *person)).collect()
    }

    /// The circles in which somebody watches now, of those of which this person is to hear it.
    #[must_use]
    pub fn watched(&self, person: PersonId) -> BTreeSet<CircleId> {
        let now = self.now();
        let theirs = now.watching.iter().filter(|(_, watching)| watching.people.contains(&person));
        theirs.map(|((circle, _, _), _)| *circle).collect()
    }

    /// Hears from now on in which circles somebody began or ended watching.
    #[must_use]
    pub fn changes(&self) -> Receiver<Change> {
        self.changed.subscribe()
    }

    fn tell(&self, circle: CircleId, people: Arc<BTreeSet<PersonId>>) {
        // An error means that nobody listens.
        let _ = self.changed.send(Change { circle, people });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIRCLE: CircleId = CircleId([1; 16]);
    const RUN: RecordId = RecordId([2; 16]);
    const OTHER_RUN: RecordId = RecordId([5; 16]);
    const MARLOES: PersonId = PersonId([3; 16]);
    const SEM: PersonId = PersonId([4; 16]);

    fn sem() -> BTreeSet<PersonId> {
        BTreeSet::from([SEM])
    }

    fn change() -> Change {
        Change { circle: CIRCLE, people: Arc::new(sem()) }
    }

    #[tokio::test(start_paused = true)]
    async fn watching_ends_a_minute_after_the_last_word_and_not_before() {
        let presence = Presence::default();
        let mut changes = presence.changes();
        presence.watches(CIRCLE, RUN, MARLOES, sem());
        assert_eq!(changes.recv().await, Ok(change()));
        tokio::time::sleep(WATCHES_FOR / 2).await;
        presence.watches(CIRCLE, RUN, MARLOES, sem());
        tokio::time::sleep(WATCHES_FOR * 3 / 4).await;
        assert_eq!(presence.watching(CIRCLE), [(RUN, MARLOES)]);
        assert!(changes.try_recv().is_err(), "a renewal is no news");
        tokio::time::sleep(WATCHES_FOR / 2).await;
        assert_eq!(changes.recv().await, Ok(change()));
        assert!(presence.watching(CIRCLE).is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_leaves_a_screen_is_gone_from_it_at_once_and_stays_at_another() {
        let presence = Presence::default();
        for run in [RUN, OTHER_RUN] {
            presence.watches(CIRCLE, run, MARLOES, sem());
        }
        presence.watches_no_longer(CIRCLE, RUN, MARLOES);
        assert!(!presence.is_watching(CIRCLE, RUN, MARLOES) && presence.is_watching(CIRCLE, OTHER_RUN, MARLOES));
        assert_eq!((presence.watched(SEM), presence.watched(MARLOES)), (BTreeSet::from([CIRCLE]), BTreeSet::new()));
        presence.watches_no_longer(CIRCLE, OTHER_RUN, MARLOES);
        assert!(presence.watched(SEM).is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn one_timer_waits_for_a_screen_however_often_it_is_left_and_opened() {
        let presence = Presence::default();
        let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
        let before = tasks();
        for _ in 0..20 {
            presence.watches(CIRCLE, RUN, MARLOES, sem());
            presence.watches_no_longer(CIRCLE, RUN, MARLOES);
        }
        presence.watches(CIRCLE, RUN, MARLOES, sem());
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(tasks(), before + 1);
    }

    #[tokio::test]
    async fn a_person_listens_as_long_as_one_of_their_streams_is_open() {
        let presence = Presence::default();
        let (one, two) = (presence.listens(MARLOES), presence.listens(MARLOES));
        drop(one);
        assert!(presence.is_listening(MARLOES));
        drop(two);
        assert!(!presence.is_listening(MARLOES));
    }
}
