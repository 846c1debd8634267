//! Hints that circles moved, from whoever commits to whoever listens. A hint may be lost; a sync finds everything.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use opstap_core::CircleId;
use opstap_sync_server::Hints;
use tokio::sync::Notify;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::broadcast::{Receiver, Sender};

/// How many hints wait for a slow listener before it is told that something moved and no longer what.
const WAITING: usize = 1_024;
/// How long hints are gathered before they go out: a class that syncs at once is one event.
const GATHERED: Duration = Duration::from_millis(150);

/// Where hints come in. Clones are the same.
#[derive(Debug, Clone)]
pub struct LiveHints {
    sender: Sender<CircleId>,
    erases: Arc<Notify>,
}

impl Default for LiveHints {
    fn default() -> Self {
        Self { sender: Sender::new(WAITING), erases: Arc::default() }
    }
}

impl Hints for LiveHints {
    fn moved(&self, circle: CircleId) {
        // An error means that nobody listens.
        let _ = self.sender.send(circle);
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

    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> Listener {
        Listener { receiver: self.sender.subscribe() }
    }
}

/// What moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// These circles.
    Circles(BTreeSet<CircleId>),
    /// More than this listener could follow.
    TooMuch,
}

/// One listener.
#[derive(Debug)]
pub struct Listener {
    receiver: Receiver<CircleId>,
}

impl Listener {
    /// Waits until something moves and gathers what moves right after it; `None` when no hint can come any more.
    pub async fn next(&mut self) -> Option<Moved> {
        let mut circles = BTreeSet::new();
        match self.receiver.recv().await {
            Ok(circle) => circles.insert(circle),
            Err(RecvError::Lagged(_)) => return Some(Moved::TooMuch),
            Err(RecvError::Closed) => return None,
        };
        tokio::time::sleep(GATHERED).await;
        loop {
            match self.receiver.try_recv() {
                Ok(circle) => circles.insert(circle),
                Err(TryRecvError::Lagged(_)) => return Some(Moved::TooMuch),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(Moved::Circles(circles)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_moves_at_once_is_one_event() {
        let hints = LiveHints::default();
        let mut listener = hints.listen();
        for circle in [1, 2, 1, 1] {
            hints.moved(CircleId([circle; 16]));
        }
        let both = BTreeSet::from([CircleId([1; 16]), CircleId([2; 16])]);
        assert_eq!(listener.next().await, Some(Moved::Circles(both)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_listener_that_fell_behind_hears_that_something_moved() {
        let hints = LiveHints::default();
        let mut listener = hints.listen();
        for _ in 0..=WAITING {
            hints.moved(CircleId([1; 16]));
        }
        assert_eq!(listener.next().await, Some(Moved::TooMuch));
    }
}
