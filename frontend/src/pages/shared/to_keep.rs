//! Files that the server makes to keep: lists for a spreadsheet, appointments for a calendar, all of a circle. They take the network, and where
//! there is none that is said.

use leptos::task::spawn_local;
use opstap_core::{CircleId, Day};
use opstap_view::prelude::*;

use crate::components::{Button, Icon, Size, Toast, show_toast};
use crate::device::{self, Asked};
use crate::language::language_now;
use crate::save_file::save_blob;
use crate::words::{Word, shared, to_keep};

/// Buttons that keep a list, of one circle or of all that are theirs, as a spreadsheet or as text.
#[must_use]
pub fn list_to_keep(list: &'static str, circle: Option<CircleId>) -> AnyView {
    let button = |text: Word, ending: &'static str| {
        let address = move || {
            let of = circle.map(|circle| ["&circle=", &circle.to_string()].concat()).unwrap_or_default();
            ["/api/lists/", list, ".", ending, "?language=", language_now().tag(), &of].concat()
        };
        file_to_keep((text, Size::Tool), ["opstap-", list].concat(), ending, address)
    };
    view! { <div class="row before-print">{button(to_keep::AS_SHEET, "xlsx")} {button(to_keep::AS_CSV, "csv")}</div> }
        .into_any()
}

/// Lists with what each is called.
#[must_use]
pub fn lists_to_keep(title: Word, lists: &[(Word, &'static str)], circle: Option<CircleId>) -> AnyView {
    let lists = lists.iter().map(|(name, list)| view! { <h3>{*name}</h3> {list_to_keep(list, circle)} });
    view! { <section class="stack before-print"><h2 class="title">{title}</h2>{lists.collect_view()}</section> }
        .into_any()
}

/// A button that keeps the appointments that somebody may see as a file that every calendar takes.
#[must_use]
pub fn calendar_to_keep() -> AnyView {
    let name = || "/api/calendar.ics".to_owned();
    file_to_keep((to_keep::TO_CALENDAR, Size::Tool), "opstap".to_owned(), "ics", name)
}

/// A button that keeps all that somebody may see of a circle.
#[must_use]
pub fn all_to_keep(text: Word, size: Size, circle: CircleId) -> AnyView {
    let address = move || ["/api/circles/", &circle.to_string(), "/export.zip"].concat();
    file_to_keep((text, size), "opstap".to_owned(), "zip", address)
}

/// A button that keeps what the server makes at an address, under this name and today's date.
#[must_use]
pub fn file_to_keep(
    (text, size): (Word, Size),
    name: String,
    ending: &'static str,
    address: impl Fn() -> String + 'static,
) -> AnyView {
    let tap = move || {
        let (address, name) = (address(), [&name, "-", &Day::of(device::now()).written(), ".", ending].concat());
        spawn_local(async move {
            match device::made_file(&address).await {
                Asked::Told(file) => save_blob(&name, &file),
                Asked::NotThere | Asked::NotNow => show_toast(Toast::new(shared::ONLY_ONLINE)),
            }
        });
    };
    view! { <Button text=text icon=Icon::DOWN size=size tap /> }.into_any()
}
