//! Looking back at the desk: the history of a plan or route, what was removed, and what was set apart over all clients this person
//! answers for.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::frame::{Page, Part, client_name};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Button, EmptyState, Icon, changing};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::look_back::{Look, LookBack};
use crate::words::{Text, Word, desk, past, shared};

/// The screen at one of these places.
pub(super) fn screen(place: DeskPlace) -> AnyView {
    let (title, circle, look) = match place {
        DeskPlace::History(circle, record) => (past::HISTORY, circle, Look::History(record)),
        DeskPlace::Removed(circle) => (past::GONE, circle, Look::Removed),
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

/// A circle stays as long as the page does, also when nothing waits in it any more.
fn apart() -> AnyView {
    let waits = device::waits_in();
    let circles = Memo::new(move |before: Option<&Vec<CircleId>>| {
        let mut circles = before.cloned().unwrap_or_default();
        for (circle, _) in waits.get() {
            if !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    });
    changing(move || match circles.get() {
        circles if circles.is_empty() => {
            view! { <EmptyState picture="check-mark-button" sentence=past::NOTHING_APART /> }.into_any()
        }
        circles => circles.into_iter().map(of_client).collect_view().into_any(),
    })
}

fn of_client(circle: CircleId) -> AnyView {
    view! { <section class="stack"><h2>{Text::from(client_name(circle))}</h2><LookBack circle look=Look::Apart /></section> }
        .into_any()
}
