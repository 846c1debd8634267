//! What the duo shares over one client: who comes when, who does what, and notes, those for the file apart from those to each other.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::super::client_head::{ClientPage, ClientPart};
use super::super::frame::client_name;
use super::notes::Notes;
use crate::components::Size;
use crate::components::desk::{Columns, Foot, Pane, SidePane};
use crate::pages::shared::arranged::{Appointments, Tasks};
use crate::pages::shared::to_keep::{all_to_keep, calendar_to_keep, lists_to_keep};
use crate::words::{Word, desk, to_keep};

/// The lists of this page.
const LISTS: [(Word, &str); 4] = [
    (to_keep::TASKS, "tasks"),
    (to_keep::APPOINTMENTS, "appointments"),
    (to_keep::NOTES, "notes"),
    (to_keep::ATTENDANCE, "attendance"),
];

/// The page.
pub(in super::super) fn arranged(circle: CircleId) -> AnyView {
    view! {
        <ClientPage circle part=ClientPart::Arranged>
            <Columns>
                <Pane>
                    <Tasks circle name=client_name(circle) />
                    <Notes circle />
                </Pane>
                <SidePane>
                    <Appointments circle />
                    {lists_to_keep(to_keep::TO_KEEP, &LISTS, Some(circle))}
                    <section class="stack">
                        <p class="soft small">{to_keep::TO_CALENDAR_MORE}</p>
                        <div class="row">{calendar_to_keep()}</div>
                        <p class="soft small">{to_keep::ALL_MORE}</p>
                        <div class="row">{all_to_keep(to_keep::ALL, Size::Tool, circle)}</div>
                        <p class="soft small">{to_keep::TAKES_INTERNET}</p>
                    </section>
                </SidePane>
            </Columns>
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </ClientPage>
    }
    .into_any()
}
