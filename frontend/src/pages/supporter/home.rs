//! The people this person supports. With one, their circle is the first screen.

use opstap_core::model::CircleKind;
use opstap_view::prelude::*;

use super::guide::{offer, rows};
use super::messages::how_many_new;
use super::{SupporterPlace, circle::CirclePage};
use crate::components::{Bones, EmptyState, ListRow, LoadingBones, Main, Person, Screen, StateChip, TopBar};
use crate::device::{self, Circle};
use crate::event::Tap;
use crate::pages::shared::SharedPlace;
use crate::stories::feedback::unread;
use crate::words::{Text, feedback, practice, shared};

/// A row for each client, or the one client's circle itself.
#[component]
pub fn Home() -> impl IntoView {
    let circles = device::circles();
    let clients = Memo::new(move |_| {
        circles.get().map(|all| all.into_iter().filter(|circle| circle.kind == CircleKind::Client).collect::<Vec<_>>())
    });
    move || match clients.get() {
        Some(only) if only.len() == 1 => only
            .first()
            .map(|circle| view! { <CirclePage circle=circle.id only=true /> }.into_any())
            .unwrap_or_else(|| ().into_any()),
        clients => view! { <People clients /> }.into_any(),
    }
}

#[component]
fn People(clients: Option<Vec<Circle>>) -> impl IntoView {
    let content = match clients {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(clients) if clients.is_empty() => view! {
            <EmptyState picture="handshake" sentence=practice::NOBODY_YET more=practice::NOBODY_YET_MORE />
        }
        .into_any(),
        Some(clients) => {
            let people = clients.into_iter().map(row).collect_view();
            view! { <h1 class="title">{practice::MY_PEOPLE}</h1> {offer()} <ul class="list">{people}</ul> <ul class="list">{rows()}</ul> }.into_any()
        }
    };
    view! {
        <Screen title=shared::APP_NAME>
            <TopBar>
                <StateChip state=device::state() tap=Tap::to(SupporterPlace::Shared(SharedPlace::NotSent)) />
            </TopBar>
            <Main>{content}</Main>
        </Screen>
    }
}

fn row(circle: Circle) -> AnyView {
    let lead = view! { <Person name=circle.name.clone() /> }.into_any();
    let tap = Tap::to(SupporterPlace::Circle(circle.id));
    let (messages, reports) = (how_many_new(circle.id), unread(circle.id));
    let more = Text::live(move || {
        let reports = reports.get().filter(|count| *count > 0).map(|count| feedback::new_reports(count).get());
        let all = [Some(messages.get()), reports].into_iter().flatten().filter(|said| !said.is_empty());
        all.collect::<Vec<_>>().join(", ")
    });
    view! { <li><ListRow text=Text::from(circle.name) more lead tap /></li> }.into_any()
}
