//! Who listens and who watches a run now. It is kept in memory alone and never for long: a hint, as a server beside this one knows
//! nothing of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opstap_core::{CircleId, PersonId, RecordId};
use tokio::sync::broadcast::{Receiver, Sender};
use tokio::time::Instant;

/// How long somebody watches without a word: a browser that says so every 20 seconds may miss two.
pub const WATCHES_FOR: Duration = Duration::from_secs(60);

/// How many changes wait for a slow stream.
const WAITING: usize = 256;

/// Who is there now. Clones are the same.
#[derive(Debug, Clone)]
pub struct Presence {
    now: Arc<Mutex<Now>>,
    changed: Sender<CircleId>,
}

#[derive(Debug, Default)]
struct Now {
    /// How many streams each person has open.
    streams: BTreeMap<PersonId, usize>,
    /// When each person last synced.
    synced: BTreeMap<PersonId, Instant>,
    /// Who watches which run, and until when without another word. One run a person.
    watching: BTreeMap<(CircleId, PersonId), (RecordId, Instant)>,
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
        self.now().watching.get(&(circle, person)).is_some_and(|(of, until)| *of == run && *until > Instant::now())
    }

    /// Somebody watches a run, from now for [`WATCHES_FOR`] or until their next word.
    pub fn watches(&self, circle: CircleId, run: RecordId, person: PersonId) {
        let until = Instant::now() + WATCHES_FOR;
        let before = self.now().watching.insert((circle, person), (run, until));
        if before.is_none_or(|(of, _)| of != run) {
            self.tell(circle);
        }
        if before.is_none() {
            tokio::spawn(self.clone().ends_by_itself(circle, person, until));
        }
    }

    /// Somebody watches no longer.
    pub fn watches_no_longer(&self, circle: CircleId, person: PersonId) {
        let before = self.now().watching.remove(&(circle, person));
        if before.is_some() {
            self.tell(circle);
        }
    }

    /// Ends when nothing was heard of them for so long, or they left.
    async fn ends_by_itself(self, circle: CircleId, person: PersonId, mut until: Instant) {
        loop {
            tokio::time::sleep_until(until).await;
            let now = self.now().watching.get(&(circle, person)).copied();
            match now {
                Some((_, later)) if later > Instant::now() => until = later,
                Some(_) => return self.watches_no_longer(circle, person),
                None => return,
            }
        }
    }

    /// Who watches which run of a circle now.
    #[must_use]
    pub fn watching(&self, circle: CircleId) -> Vec<(RecordId, PersonId)> {
        let (first, last) = (PersonId([0; 16]), PersonId([u8::MAX; 16]));
        let now = self.now();
        now.watching.range((circle, first)..=(circle, last)).map(|((_, person), (run, _))| (*run, *person)).collect()
    }

    /// The circles in which somebody watches now.
    #[must_use]
    pub fn watched(&self) -> Vec<CircleId> {
        let mut circles: Vec<_> = self.now().watching.keys().map(|(circle, _)| *circle).collect();
        circles.dedup();
        circles
    }

    /// Hears from now on in which circles somebody began or ended watching.
    #[must_use]
    pub fn changes(&self) -> Receiver<CircleId> {
        self.changed.subscribe()
    }

    fn tell(&self, circle: CircleId) {
        // An error means that nobody listens.
        let _ = self.changed.send(circle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIRCLE: CircleId = CircleId([1; 16]);
    const RUN: RecordId = RecordId([2; 16]);
    const MARLOES: PersonId = PersonId([3; 16]);

    #[tokio::test(start_paused = true)]
    async fn watching_ends_a_minute_after_the_last_word_and_not_before() {
        let presence = Presence::default();
        let mut changes = presence.changes();
        presence.watches(CIRCLE, RUN, MARLOES);
        assert_eq!(changes.recv().await, Ok(CIRCLE));
        tokio::time::sleep(WATCHES_FOR / 2).await;
        presence.watches(CIRCLE, RUN, MARLOES);
        tokio::time::sleep(WATCHES_FOR * 3 / 4).await;
        assert_eq!(presence.watching(CIRCLE), [(RUN, MARLOES)]);
        assert!(changes.try_recv().is_err(), "a renewal is no news");
        tokio::time::sleep(WATCHES_FOR / 2).await;
        assert_eq!(changes.recv().await, Ok(CIRCLE));
        assert!(presence.watching(CIRCLE).is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_leaves_is_gone_at_once() {
        let presence = Presence::default();
        presence.watches(CIRCLE, RUN, MARLOES);
        assert!(presence.is_watching(CIRCLE, RUN, MARLOES));
        presence.watches_no_longer(CIRCLE, MARLOES);
        assert!(presence.watched().is_empty());
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
