//! Hints that circles moved, from whoever commits to whoever listens. A hint may be lost; a sync finds everything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opstap_core::{CircleId, DeviceId, PersonId};
use opstap_sync_server::{Hints, Service, Storage};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::broadcast::{Receiver, Sender};
use tokio::sync::{Notify, OnceCell};
use tokio::time::Instant;

use crate::presence::Presence;

/// How many hints wait for a slow listener before it is told that something moved and no longer what.
const WAITING: usize = 1_024;
/// How long hints are gathered after one went out: the first goes at once, and a class that syncs together is two events.
const GATHERED: Duration = Duration::from_millis(150);

/// What whoever listens is sent.
#[derive(Debug, Clone)]
enum Heard {
    Moved(Arc<Hint>),
    /// This person is no more in the circle.
    Left(CircleId, PersonId),
}

/// Where hints come in. Clones are the same.
#[derive(Debug, Clone)]
pub struct LiveHints {
    sender: Sender<Heard>,
    erases: Arc<Notify>,
    messages: Arc<Messages>,
    mails: Arc<Notify>,
    /// Who listens and who watches now.
    pub presence: Presence,
}

/// For whom messages came that nobody was told of yet. A person counts once, so that however many come none is lost.
#[derive(Debug, Default)]
struct Messages {
    people: Mutex<BTreeMap<PersonId, Instant>>,
    came: Notify,
}

impl Messages {
    fn people(&self) -> MutexGuard<'_, BTreeMap<PersonId, Instant>> {
        // What stands behind a poisoned lock is a map that is whole.
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for LiveHints {
    fn default() -> Self {
        Self {
            sender: Sender::new(WAITING),
            erases: Arc::default(),
            messages: Arc::default(),
            mails: Arc::default(),
            presence: Presence::default(),
        }
    }
}

impl Hints for LiveHints {
    fn moved(&self, circle: CircleId, by: Option<DeviceId>) {
        // An error means that nobody listens.
        let _ = self.sender.send(Heard::Moved(Arc::new(Hint { circle, by, people: OnceCell::new() })));
    }

    fn left(&self, circle: CircleId, person: PersonId) {
        let _ = self.sender.send(Heard::Left(circle, person));
    }

    fn message_for(&self, person: PersonId) {
        self.messages.people().insert(person, Instant::now());
        self.messages.came.notify_one();
    }

    fn mails(&self) {
        self.mails.notify_one();
    }

    fn erases(&self) {
        self.erases.notify_one();
    }
}

impl LiveHints {
    /// Waits until something is to be erased, also if that was said before.
    pub async fn erasing(&self) {
        self.erases.notified().await;
    }

    /// Waits until a mail is to go, also if that was said before. One task asks.
    pub async fn mailing(&self) {
        self.mails.notified().await;
    }

    /// Waits until messages came, also before it was asked; says for whom, and when the last of theirs did. One task asks.
    pub async fn messages(&self) -> BTreeMap<PersonId, Instant> {
        loop {
            let came = std::mem::take(&mut *self.messages.people());
            if !came.is_empty() {
                return came;
            }
            self.messages.came.notified().await;
        }
    }

    /// Listens from now on for somebody, to what other devices than this one bring: a tap on a phone would otherwise cost it a second round
    /// trip.
    #[must_use]
    pub fn listen(&self, person: PersonId, own: DeviceId) -> Listener {
        let receiver = self.sender.subscribe();
        Listener { receiver, person, own, not_before: None, heard: BTreeMap::new(), left: BTreeSet::new() }
    }
}

/// That a circle moved. Whom it concerns is looked up once, however many listen.
#[derive(Debug)]
pub struct Hint {
    circle: CircleId,
    by: Option<DeviceId>,
    people: OnceCell<Option<BTreeSet<PersonId>>>,
}

impl Hint {
    /// Whether it may concern somebody: they are in the circle, or it is one where roles decide.
    pub async fn concerns<S: Storage>(&self, service: &Service<S>, person: PersonId) -> bool {
        let people = self.people.get_or_try_init(|| service.people_of(self.circle)).await;
        // Of whom cannot be told now it is taken to be so: a hint too many costs a look.
        people.map_or(true, |people| people.as_ref().is_none_or(|people| people.contains(&person)))
    }
}

/// What moved.
#[derive(Debug, Clone)]
pub enum Moved {
    /// Circles of this person.
    Circles {
        /// Those that moved, each with the last hint of it.
        moved: BTreeMap<CircleId, Arc<Hint>>,
        /// Those in which the person is no more.
        left: BTreeSet<CircleId>,
    },
    /// More than this listener could follow.
    TooMuch,
}

/// One listener.
#[derive(Debug)]
pub struct Listener {
    receiver: Receiver<Heard>,
    /// Who listens.
    person: PersonId,
    /// Their device.
    own: DeviceId,
    /// When the next event may go out.
    not_before: Option<Instant>,
    /// What was heard and is not told yet: whoever waits for something else too may drop a wait, and nothing is lost by it.
    heard: BTreeMap<CircleId, Arc<Hint>>,
    left: BTreeSet<CircleId>,
}

impl Listener {
    /// Waits until something moves, and if something did a moment before gathers what moves meanwhile; `None` when no hint can come any
    /// more.
    pub async fn next(&mut self) -> Option<Moved> {
        while self.heard.is_empty() && self.left.is_empty() {
            match self.receiver.recv().await {
                Ok(hint) => self.hear(hint),
                Err(RecvError::Lagged(_)) => return Some(Moved::TooMuch),
                Err(RecvError::Closed) => return None,
            }
        }
        if let Some(moment) = self.not_before {
            tokio::time::sleep_until(moment).await;
        }
        self.not_before = Some(Instant::now() + GATHERED);
        loop {
            match self.receiver.try_recv() {
                Ok(hint) => self.hear(hint),
                Err(TryRecvError::Lagged(_)) => return Some(Moved::TooMuch),
                Err(TryRecvError::Empty | TryRecvError::Closed) => {
                    let (moved, left) = (std::mem::take(&mut self.heard), std::mem::take(&mut self.left));
                    return Some(Moved::Circles { moved, left });
                }
            }
        }
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Moved(hint) if hint.by != Some(self.own) => {
                self.heard.insert(hint.circle, hint);
            }
            Heard::Left(circle, person) if person == self.person => {
                self.left.insert(circle);
            }
            Heard::Moved(_) | Heard::Left(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The circles of the next event, by their first bytes; nothing when it was too much.
    async fn next(listener: &mut Listener) -> Option<Vec<u8>> {
        match listener.next().await.unwrap() {
            Moved::Circles { moved, left } => Some(moved.keys().chain(&left).map(|circle| circle.0[0]).collect()),
            Moved::TooMuch => None,
        }
    }

    const PERSON: PersonId = PersonId([5; 16]);
    const OWN: DeviceId = DeviceId([7; 16]);

    #[tokio::test(start_paused = true)]
    async fn what_a_device_brought_itself_is_no_hint_for_it_and_what_another_brought_is() {
        let hints = LiveHints::default();
        let mut listener = hints.listen(PERSON, OWN);
        for (circle, by) in [(1, OWN), (2, DeviceId([8; 16])), (2, OWN), (3, OWN)] {
            hints.moved(CircleId([circle; 16]), Some(by));
        }
        assert_eq!(next(&mut listener).await.unwrap(), [2]);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_left_a_circle_hears_it_once_and_nobody_else_does() {
        let hints = LiveHints::default();
        let mut listener = hints.listen(PERSON, OWN);
        hints.left(CircleId([1; 16]), PersonId([6; 16]));
        hints.left(CircleId([2; 16]), PERSON);
        hints.moved(CircleId([3; 16]), None);
        let Some(Moved::Circles { moved, left }) = listener.next().await else { panic!("nothing was heard") };
        assert_eq!((moved.len(), left.into_iter().collect::<Vec<_>>()), (1, vec![CircleId([2; 16])]));
    }

    #[tokio::test]
    async fn for_however_many_messages_a_person_is_named_once_and_nobody_is_lost() {
        let hints = LiveHints::default();
        let person = |n: u16| PersonId([[0; 14].as_slice(), &n.to_be_bytes()].concat().try_into().unwrap());
        for n in (0..3_000).chain(0..3_000) {
            hints.message_for(person(n));
        }
        let came = hints.messages().await;
        assert!(came.into_keys().eq((0..3_000).map(person)));
    }

    #[tokio::test(start_paused = true)]
    async fn what_moves_at_once_is_one_event() {
        let hints = LiveHints::default();
        let mut listener = hints.listen(PERSON, OWN);
        for circle in [1, 2, 1, 1] {
            hints.moved(CircleId([circle; 16]), None);
        }
        assert_eq!(next(&mut listener).await.unwrap(), [1, 2]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_hint_goes_at_once_and_what_moves_right_after_it_is_the_next() {
        let hints = LiveHints::default();
        let mut listener = hints.listen(PERSON, OWN);
        let began = Instant::now();
        hints.moved(CircleId([1; 16]), None);
        assert_eq!(next(&mut listener).await.unwrap(), [1]);
        assert_eq!(began.elapsed(), Duration::ZERO);
        hints.moved(CircleId([2; 16]), None);
        let later = hints.clone();
        tokio::spawn(async move {
            tokio::time::sleep(GATHERED / 2).await;
            later.moved(CircleId([3; 16]), None);
        });
        assert_eq!(next(&mut listener).await.unwrap(), [2, 3]);
        assert_eq!(began.elapsed(), GATHERED);
    }

    #[tokio::test(start_paused = true)]
    async fn a_listener_that_fell_behind_hears_that_something_moved() {
        let hints = LiveHints::default();
        let mut listener = hints.listen(PERSON, OWN);
        for _ in 0..=WAITING {
            hints.moved(CircleId([1; 16]), None);
        }
        assert_eq!(next(&mut listener).await, None);
    }
}
