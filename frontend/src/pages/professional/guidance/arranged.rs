//! What the duo shares over one client: who comes when, who does what, and notes, those for the file apart from those to each other.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::super::client_head::{ClientPage, ClientPart};
use super::super::frame::client_name;
use super::notes::Notes;
use crate::components::desk::{Columns, Foot, Pane, SidePane};
use crate::pages::shared::arranged::{Appointments, Tasks};
use crate::words::desk;

/// The page.
pub(in super::super) fn arranged(circle: CircleId) -> AnyView {
    view! {
        <ClientPage circle part=ClientPart::Arranged>
            <Columns>
                <Pane>
                    <Tasks circle name=client_name(circle) />
                    <Notes circle />
                </Pane>
                <SidePane><Appointments circle /></SidePane>
            </Columns>
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </ClientPage>
    }
    .into_any()
}
