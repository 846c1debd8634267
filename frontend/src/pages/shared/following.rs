//! Following a run as it goes: the follower reads that the client sees it, and when the line is lost.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use crate::components::{Icon, icon};
use crate::device::{self, Following};
use crate::words::{Text, shared};

/// Follows a run that is under way, and says how that stands.
pub fn following(circle: CircleId, run: RecordId, name: Signal<String>) -> AnyView {
    let state = device::follow_run(circle, run);
    let says = Text::live(move || match state.get() {
        Following::Asking | Following::Not => String::new(),
        Following::Seen => shared::sees_you_watch(name.get()).get(),
        Following::NotSeen => shared::out_of_reach(name.get()).get(),
        Following::Lost(0) => shared::LINE_LOST.get().to_owned(),
        Following::Lost(minutes) => shared::line_lost_since(usize::try_from(minutes).unwrap_or(usize::MAX)).get(),
    });
    view! { <p class="follows-along soft">{icon(Icon::EYE)} <span role="status">{says}</span></p> }.into_any()
}
