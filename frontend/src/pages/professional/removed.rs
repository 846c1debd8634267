//! What was removed of a client's plans and routes.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use crate::components::desk::{Columns, Foot, Pane};
use crate::pages::shared::look_back::Removed;
use crate::words::past;

/// The page.
#[component]
pub(super) fn RemovedPage(circle: CircleId) -> impl IntoView {
    view! {
        <ClientPage circle part=ClientPart::Plans>
            <Columns><Pane><h2>{past::GONE}</h2><Removed circle /></Pane></Columns>
            <Foot><span>{past::NOTHING_GONE_MORE}</span></Foot>
        </ClientPage>
    }
}
