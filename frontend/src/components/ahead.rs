//! What somebody chose last, shown and built on before it comes back from the store: whoever chooses twice in a moment loses neither.

use opstap_view::prelude::*;

/// A value that is ahead of what is read. Copy it freely.
pub struct Ahead<T: Send + Sync + 'static> {
    shown: RwSignal<T>,
    /// What was chosen and did not come back yet, the first first.
    chosen: StoredValue<Vec<T>>,
}

impl<T: Send + Sync> Clone for Ahead<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Ahead<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Ahead<T> {
    /// Follows what is read.
    #[must_use]
    pub fn of(read: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let read = Memo::new(move |_| read());
        let ahead = Self { shown: RwSignal::new(read.get_untracked()), chosen: StoredValue::new(Vec::new()) };
        Effect::new(move |_| {
            let now = read.get();
            let still = ahead.chosen.try_update_value(|chosen| came_back(chosen, &now));
            if still == Some(false) {
                ahead.shown.set(now);
            }
        });
        ahead
    }

    /// What is shown.
    pub fn get(self) -> T {
        self.shown.get()
    }

    /// Chooses what comes of what is shown, and gives it.
    pub fn choose(self, next: impl FnOnce(&T) -> T) -> T {
        let next = self.shown.with_untracked(next);
        let _ = self.chosen.try_update_value(|chosen| chosen.push(next.clone()));
        self.shown.set(next.clone());
        next
    }
}

/// Something came back: what was chosen until then is behind. Whether more was chosen since; what somebody else set counts at once.
fn came_back<T: PartialEq>(chosen: &mut Vec<T>, now: &T) -> bool {
    let behind = chosen.iter().position(|one| one == now).map_or(chosen.len(), |at| at + 1);
    chosen.drain(..behind);
    !chosen.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_late_does_not_undo_what_was_chosen_since() {
        let mut chosen = vec![1, 2, 3];
        assert!(came_back(&mut chosen, &1));
        assert!(!came_back(&mut chosen, &3), "2 was passed over");
        let mut chosen = vec![1, 2];
        assert!(!came_back(&mut chosen, &9), "somebody else set it");
        assert!(chosen.is_empty());
    }
}
