//! Looking back at the desk: the history of a plan or route, what was removed, and what was set apart over all clients this person
//! answers for.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::frame::{Page, Part, client_name};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Bones, Button, EmptyState, Icon, LoadingBones, changing};
use crate::device::{self, Link, WaitsIn};
use crate::event::Tap;
use crate::pages::shared::look_back::{self, LookBack};
use crate::pages::shared::not_now;
use crate::words::{Text, Word, desk, past, shared};

/// The screen at one of these places.
pub(super) fn screen(place: DeskPlace) -> AnyView {
    let (title, circle, look) = match place {
        DeskPlace::History(circle, record) => (past::HISTORY, circle, look_back::history(record)),
        DeskPlace::Removed(circle) => (past::GONE, circle, look_back::removed()),
        _ => return framed(past::SET_APART, desk::NOTHING_LOST.into(), None, apart()),
    };
    let back = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=Tap::back() /> };
    let list = view! { <LookBack circle look /> }.into_any();
    framed(title, client_name(circle).into(), Some(back.into_any()), list)
}

fn framed(title: Word, more: Text, back: Option<AnyView>, list: AnyView) -> AnyView {
    let part = if back.is_some() { Part::Clients } else { Part::Apart };
    let lead = back.unwrap_or_else(|| ().into_any());
    view! {
        <Page title part>
            <Bar title more lead />
            <Columns><Pane>{list}</Pane></Columns>
            <Foot>""</Foot>
        </Page>
    }
    .into_any()
}

/// A circle stays as long as the page does, also when nothing waits in it any more. That nothing waits is said only when the server
/// told so.
fn apart() -> AnyView {
    let (waits, link) = (device::waits_in(), device::link());
    let circles = Memo::new(move |before: Option<&Vec<CircleId>>| {
        let mut circles = before.cloned().unwrap_or_default();
        for WaitsIn { circle, .. } in waits.get().unwrap_or_default() {
            if !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    });
    let told = Memo::new(move |_| waits.get().is_some());
    changing(move || match circles.get() {
        circles if !circles.is_empty() => circles.into_iter().map(of_client).collect_view().into_any(),
        _ if told.get() => view! { <EmptyState picture="check-mark-button" sentence=past::NOTHING_APART /> }.into_any(),
        _ if matches!(link.get(), Link::Unknown | Link::Online) => {
            view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any()
        }
        _ => not_now(device::sync_now),
    })
}

fn of_client(circle: CircleId) -> AnyView {
    view! { <section class="stack"><h2>{Text::from(client_name(circle))}</h2><LookBack circle look=look_back::apart() /></section> }
        .into_any()
}
