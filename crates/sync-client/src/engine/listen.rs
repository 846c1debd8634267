//! Who wants to know when a circle moved: screens that read again, and the messenger to the other tabs.

use std::rc::Rc;

use opstap_core::CircleId;

use super::Engine;

/// Where a change was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovedBy {
    /// By this engine: an edit or a sync.
    Here,
    /// By another tab, which said so.
    AnotherTab,
}

/// Something that screens show has changed in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The circle.
    pub circle: CircleId,
    /// Where the change was made.
    pub by: MovedBy,
}

/// What names a listener, to let it go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Listener(u32);

type Callback = Rc<dyn Fn(Moved)>;

/// Everyone who listens.
#[derive(Default)]
pub(super) struct Listeners {
    last: u32,
    all: Vec<(Listener, Callback)>,
}

impl<S, T, P> Engine<S, T, P> {
    /// Calls back, after it is on disk, for every circle in which something moved that screens show: a record, a state, a blob.
    pub fn on_moved(&self, callback: impl Fn(Moved) + 'static) -> Listener {
        let mut listeners = self.listeners.borrow_mut();
        listeners.last = listeners.last.wrapping_add(1);
        let listener = Listener(listeners.last);
        listeners.all.push((listener, Rc::new(callback)));
        listener
    }

    /// Lets a listener go.
    pub fn forget(&self, listener: Listener) {
        self.listeners.borrow_mut().all.retain(|(known, _)| *known != listener);
    }

    /// Another tab said that a circle moved: what is remembered of the store is read anew, and the listeners hear of it.
    pub fn heard(&self, circle: CircleId) {
        self.owners.replace(None);
        self.tell(Moved { circle, by: MovedBy::AnotherTab });
    }

    pub(super) fn moved(&self, circle: CircleId) {
        self.tell(Moved { circle, by: MovedBy::Here });
    }

    fn tell(&self, moved: Moved) {
        // A callback may itself begin or end listening, so the list is let go before they are called.
        let listeners: Vec<_> = self.listeners.borrow().all.iter().map(|(_, callback)| Rc::clone(callback)).collect();
        for callback in listeners {
            callback(moved);
        }
    }
}
