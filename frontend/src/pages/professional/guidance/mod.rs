//! What is done now and then for one client, in a bundle of its own: goals, measurements and the evaluation.

mod arranged;
mod hours;
mod notes;

pub(super) use arranged::arranged;
pub(super) use hours::{of_client as client_hours, over_all as hours};

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use crate::components::desk::Foot;
use crate::words::desk;

/// The client's goals and measurements.
pub(super) fn goals(circle: CircleId) -> AnyView {
    view! { <ClientPage circle part=ClientPart::Goals><Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot></ClientPage> }
        .into_any()
}

/// A page of the client while the circle is locked, which its head says.
pub(super) fn locked(circle: CircleId) -> AnyView {
    view! { <ClientPage circle part=ClientPart::Goals>""</ClientPage> }.into_any()
}
