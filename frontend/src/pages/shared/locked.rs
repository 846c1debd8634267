//! A copy of a circle that was not in touch with the server for too long: nothing of it is shown until it is.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::components::{Button, EmptyState, Icon, changing};
use crate::device;
use crate::event::Tap;
use crate::words::shared;

/// Whether the circle is locked now.
pub fn is_locked(circle: CircleId) -> Memo<bool> {
    let circles = device::circles();
    Memo::new(move |_| circles.with(|all| all.iter().flatten().any(|one| one.id == circle && one.locked)))
}

/// A screen of a circle, or while that is locked its first screen, which says so: of what cannot be read nothing is said to be gone.
pub fn unless_locked(
    circle: CircleId,
    first: fn(CircleId) -> AnyView,
    screen: impl Fn() -> AnyView + 'static,
) -> AnyView {
    let is_locked = is_locked(circle);
    changing(move || if is_locked.get() { first(circle) } else { screen() })
}

/// What stands there instead.
pub fn locked() -> AnyView {
    view! {
        <EmptyState picture="mobile-phone" sentence=shared::LOCKED more=shared::LOCKED_MORE>
            <Button text=shared::TRY_NOW icon=Icon::AGAIN tap=Tap::from(device::sync_now) />
        </EmptyState>
    }
    .into_any()
}
