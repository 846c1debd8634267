//! One thing at a time: what takes a while to be kept is not done twice by whoever taps twice.

use std::pin::Pin;

use leptos::task::spawn_local;
use opstap_view::prelude::*;

/// What is done, until it is kept. Boxed by whoever does it, which is less code than a copy of this for each.
pub type Doing = Pin<Box<dyn Future<Output = ()>>>;

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
    pub fn run(self, act: Doing) {
        if self.0.try_update_value(|busy| std::mem::replace(busy, true)) == Some(true) {
            return;
        }
        spawn_local(async move {
            act.await;
            let _ = self.0.try_set_value(false);
        });
    }
}
