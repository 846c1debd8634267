//! One thing at a time: what takes a while to be kept is not done twice by whoever taps twice.

use leptos::task::spawn_local;
use opstap_view::prelude::*;

/// Whether it is under way.
#[derive(Clone, Copy)]
pub struct Once(StoredValue<bool>);

impl Once {
    /// Nothing is under way.
    #[must_use]
    pub fn idle() -> Self {
        Self(StoredValue::new(false))
    }

    /// Does it, unless the one before is still under way.
    pub fn run(self, act: impl Future<Output = ()> + 'static) {
        if self.0.try_update_value(|busy| std::mem::replace(busy, true)) == Some(true) {
            return;
        }
        spawn_local(async move {
            act.await;
            let _ = self.0.try_set_value(false);
        });
    }
}
