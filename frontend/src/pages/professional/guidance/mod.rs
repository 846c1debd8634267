//! What is done now and then, in a bundle of its own: goals, measurements and the evaluation of a client, hours, and reports over all.

mod arranged;
mod evaluation;
mod goals;
mod hours;
mod measure;
mod notes;
mod reports;
mod shared_with_me;

pub(super) use arranged::arranged;
pub(super) use evaluation::evaluation;
pub(super) use goals::goals;
pub(super) use hours::{of_client as client_hours, over_all as hours};
pub(super) use measure::{measure, together};
pub(super) use reports::reports;
pub(super) use shared_with_me::shared_with_me;

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};

/// A page of the client while the circle is locked, which its head says.
pub(super) fn locked(circle: CircleId) -> AnyView {
    view! { <ClientPage circle part=ClientPart::Goals>""</ClientPage> }.into_any()
}
