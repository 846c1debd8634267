//! The history of a plan or route.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::frame::{Page, Part, client_name};
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Button, Icon};
use crate::event::Tap;
use crate::pages::shared::look_back::History;
use crate::words::{Text, past, shared};

/// The page.
#[component]
pub(super) fn HistoryPage(circle: CircleId, record: RecordId) -> impl IntoView {
    let lead = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=Tap::back() /> };
    view! {
        <Page title=past::HISTORY part=Part::Clients>
            <Bar title=past::HISTORY more=Text::from(client_name(circle)) lead=lead.into_any() />
            <Columns><Pane><History circle record /></Pane></Columns>
            <Foot>""</Foot>
        </Page>
    }
}
