//! Messages with a client on the phone of who supports them, and the row that leads there.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Bones, Icon, ListRow, LoadingBones, Main, Person, Screen, StateChip, TopBar, icon};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::conversation::{Conversation, Parties};
use crate::stories::messages::news;
use crate::words::{Text, shared};

/// The conversation with the client of a circle.
#[component]
pub fn Messages(circle: CircleId) -> impl IntoView {
    let name = client_name(circle);
    let talk = match device::me() {
        Some(me) => {
            view! { <Conversation parties=Parties { circle, with: me.id, theirs: true } typing=true /> }.into_any()
        }
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
    };
    view! {
        <Screen title=shared::MESSAGES>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main>
                <div class="row">
                    <Person name />
                    <h1 class="title fill">{move || name.get()}</h1>
                </div>
                {talk}
            </Main>
        </Screen>
    }
}

/// The first name of the client of a circle; empty while it is not known.
pub fn client_name(circle: CircleId) -> Signal<String> {
    let circles = device::circles();
    Signal::derive(move || {
        let all = circles.get().unwrap_or_default();
        all.into_iter().find(|known| known.id == circle).map(|known| known.name).unwrap_or_default()
    })
}

/// "2 nieuwe berichten", or nothing.
pub fn how_many_new(circle: CircleId) -> Text {
    let news = news(circle);
    Text::live(move || match news.with(|news| news.iter().flatten().map(|one| one.count).sum()) {
        0 => String::new(),
        count => shared::new_messages(count).get(),
    })
}

/// The way to the messages of a circle, for whom the client lets read them.
pub fn to_messages(circle: CircleId) -> AnyView {
    let tap = Tap::to(SupporterPlace::Messages(circle));
    let lead = view! { <span class="well small">{icon(Icon::MESSAGE)}</span> }.into_any();
    let more = how_many_new(circle);
    view! {
        <ul class="list"><li><ListRow text=shared::MESSAGES more lead tap>{icon(Icon::FORWARD)}</ListRow></li></ul>
    }
    .into_any()
}
