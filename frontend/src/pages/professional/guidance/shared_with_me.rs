//! What a neighbourhood coach comes to: the clients who share something with them, each with what that is and until when.

use opstap_core::access::Section;
use opstap_view::prelude::*;

use super::super::consents::{Permission, permissions};
use super::super::frame::{Page, Part, clients};
use super::super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Bones, EmptyState, Icon, ListRow, LoadingBones, Person, changing, icon};
use crate::device::{self, Circle};
use crate::event::Tap;
use crate::words::{Text, guidance};

/// The page.
pub(in super::super) fn shared_with_me() -> AnyView {
    let circles = device::circles();
    let all = Memo::new(move |_| circles.get().map(clients));
    let body = changing(move || match all.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(all) if all.is_empty() => {
            view! { <EmptyState picture="locked" sentence=guidance::NOTHING_SHARED /> }.into_any()
        }
        Some(all) => {
            let rows = all.into_iter().map(row).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    });
    view! {
        <Page title=guidance::SHARED_WITH_YOU part=Part::Clients>
            <Bar title=guidance::SHARED_WITH_YOU />
            <Columns><Pane>{body}</Pane></Columns>
            <Foot><span>{guidance::CLIENT_CAN_STOP}</span></Foot>
        </Page>
    }
    .into_any()
}

fn row(Circle { id, name, .. }: Circle) -> AnyView {
    let given = device::watch(id, |reader| async move { permissions(&reader).await });
    let more = Text::live(move || {
        let given = given.get().unwrap_or_default();
        given.iter().filter(|one| one.is_given()).map(Permission::says).collect::<Vec<_>>().join(", ")
    });
    let place = Memo::new(move |_| {
        let given = given.get().unwrap_or_default();
        let hours_alone = |of: &[Permission]| {
            let is_given = |section| of.iter().any(|one| one.is_of(section));
            is_given(Section::Hours) && !is_given(Section::Goals) && !is_given(Section::Measurements)
        };
        if hours_alone(&given) { DeskPlace::ClientHours(id) } else { DeskPlace::Goals(id) }
    });
    let row = changing(move || {
        let lead = view! { <Person name=name.clone() /> }.into_any();
        let more = more.clone();
        view! { <ListRow text=Text::from(name.clone()) more lead tap=Tap::to(place.get())>{icon(Icon::FORWARD)}</ListRow> }
            .into_any()
    });
    view! { <li>{row}</li> }.into_any()
}
