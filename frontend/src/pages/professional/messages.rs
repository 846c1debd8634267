//! Messages with a client at the desk.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use crate::components::desk::{Columns, Foot, Pane};
use crate::device;
use crate::pages::shared::conversation::{Conversation, Parties};
use crate::stories::messages::news;
use crate::words::{Text, desk, shared};

/// The page.
#[component]
pub(super) fn Messages(circle: CircleId) -> impl IntoView {
    let talk = move || {
        device::me().map(|me| {
            view! { <Conversation parties=Parties { circle, with: me.id, theirs: true } typing=true /> }
        })
    };
    view! {
        <ClientPage circle part=ClientPart::Messages>
            <Columns><Pane><div class="talks stack">{talk()}</div></Pane></Columns>
            <Foot><span>{desk::ONLY_BOTH_READ}</span></Foot>
        </ClientPage>
    }
}

/// "Berichten", and how many are new.
pub(super) fn messages_and_new(circle: CircleId) -> Text {
    let news = news(circle);
    Text::live(move || match news.with(|news| news.iter().flatten().map(|one| one.count).sum()) {
        0 => shared::MESSAGES.get().to_owned(),
        count => shared::new_messages(count).get(),
    })
}
