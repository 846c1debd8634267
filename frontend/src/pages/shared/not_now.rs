//! What only the server knows, while it cannot be reached: that is normal, and there is a button for whoever likes one.

use opstap_view::prelude::*;

use crate::components::{Button, EmptyState, Icon};
use crate::event::Tap;
use crate::words::shared;

/// Says so, and asks again when tapped.
pub fn not_now(again: impl Into<Tap>) -> AnyView {
    let again: Tap = again.into();
    view! {
        <EmptyState picture="mobile-phone" sentence=shared::ONLY_ONLINE more=shared::ONLY_ONLINE_MORE>
            <Button text=shared::TRY_AGAIN icon=Icon::AGAIN tap=again />
        </EmptyState>
    }
    .into_any()
}
