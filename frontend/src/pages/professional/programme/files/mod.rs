//! The programme to and from files: the registrations and the figures to keep, a file to import, and the imports there were.

mod expected;
mod import;
mod past;

use leptos::task::spawn_local;
use opstap_core::CircleId;
use opstap_view::prelude::*;

use self::import::Import;
use self::past::PastImports;
use super::volunteers::today;
use super::{Shown, parts};
use crate::components::desk::{Bar, Columns, Foot, Pane, SidePane};
use crate::components::{Button, Choice, Icon, Segments, Toast, show_toast};
use crate::device::{self, Asked};
use crate::language::language_now;
use crate::pages::shared::to_keep::lists_to_keep;
use crate::save_file::save_blob;
use crate::words::{Word, programme, shared, to_keep};

/// The lists of all that stands in the programme.
const LISTS: [(Word, &str); 3] =
    [(to_keep::REGISTRATIONS, "registrations"), (to_keep::VOLUNTEERS, "volunteers"), (to_keep::GROUPS, "groups")];

/// The page.
#[component]
pub(super) fn Files(circle: CircleId) -> impl IntoView {
    // Moves when something was imported or taken back.
    let moved = RwSignal::new(());
    view! {
        <Bar title=programme::PROGRAMME />
        {parts(Shown::Files)}
        <Columns>
            <Pane>
                <div class="sheet stack">
                    <Import circle moved />
                    {rows_out(circle)}
                    {report_out(circle)}
                    {lists_to_keep(to_keep::TO_KEEP, &LISTS, None)}
                </div>
            </Pane>
            <SidePane><PastImports circle moved /></SidePane>
        </Columns>
        <Foot><span>{programme::FILES_TAKE_INTERNET}</span></Foot>
    }
}

/// All registrations in a file.
fn rows_out(circle: CircleId) -> AnyView {
    view! {
        <section class="stack">
            <h2>{programme::ROWS_AS_FILE}</h2>
            <p>{programme::ROWS_AS_FILE_MORE}</p>
            <div class="row">
                {keep(circle, programme::AS_CSV, programme::ROWS_NAMED, "csv", || "rows/csv".to_owned())}
                {keep(circle, programme::AS_XLSX, programme::ROWS_NAMED, "xlsx", || "rows/xlsx".to_owned())}
            </div>
        </section>
    }
    .into_any()
}

/// The figures as a report, for oneself or for outside.
fn report_out(circle: CircleId) -> AnyView {
    let outside = RwSignal::new(true);
    let choices = vec![Choice::new(false, programme::FOR_US), Choice::new(true, programme::FOR_OUTSIDE)];
    let below = move |form: &'static str| {
        move || {
            let outside = if outside.get_untracked() { "true" } else { "false" };
            ["report/", form, "?language=", language_now().tag(), "&outside=", outside, "&on=", &today().written()]
                .concat()
        }
    };
    let more = move || if outside.get() { programme::REPORT_OUTSIDE.get() } else { programme::REPORT_FOR_US.get() };
    view! {
        <section class="stack">
            <h2>{programme::REPORT}</h2>
            <div><Segments label=programme::FOR_WHOM choices chosen=outside on_choose=move |one| outside.set(one) /></div>
            <p>{more}</p>
            <div class="row">
                {keep(circle, programme::AS_TEXT, programme::REPORT_NAMED, "txt", below("txt"))}
                {keep(circle, programme::AS_CSV, programme::REPORT_NAMED, "csv", below("csv"))}
            </div>
        </section>
    }
    .into_any()
}

/// A button that keeps a file which the server makes.
fn keep(
    circle: CircleId,
    text: Word,
    name: Word,
    ending: &'static str,
    below: impl Fn() -> String + Copy + 'static,
) -> AnyView {
    let tap = move || {
        let address = ["/api/programme/", &circle.to_string(), "/", &below()].concat();
        spawn_local(async move {
            match device::made_file(&address).await {
                Asked::Told(file) => save_blob(&[name.now(), "-", &today().written(), ".", ending].concat(), &file),
                Asked::NotThere | Asked::NotNow => show_toast(Toast::new(shared::ONLY_ONLINE)),
            }
        });
    };
    view! { <Button text=text icon=Icon::DOWN tap /> }.into_any()
}
