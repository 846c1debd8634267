//! Searching at the desk: clients, their plans and messages, and the templates of the library.

use opstap_view::prelude::*;

use super::frame::{Page, Part, clients};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, KeyHint, Pane};
use crate::components::{Appearance, Button};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::search::{found_row, search};
use crate::stories::search::{Found, What};
use crate::words::{desk, search as words};

/// For so many clients a template found can be taken at once; for others there is the library of each.
const MOST_CLIENTS: usize = 8;

/// The screen.
pub(super) fn screen() -> AnyView {
    view! {
        <Page title=words::SEARCH part=Part::Search>
            <Bar title=words::SEARCH />
            <Columns><Pane>{search(row)}</Pane></Columns>
            <Foot>
                <KeyHint keys=&["/"] text=words::SEARCH />
                <span class="push">{desk::ALL_HERE}</span>
            </Foot>
        </Page>
    }
    .into_any()
}

fn row(found: Found) -> AnyView {
    let circle = found.thing.circle;
    let place = match found.thing.what {
        What::Client => DeskPlace::Client(circle),
        What::Message(_) => DeskPlace::Messages(circle),
        What::Plan(plan) => DeskPlace::Plan(circle, plan),
        What::Template(template) => {
            let mut ours = clients(device::circles().get_untracked().unwrap_or_default());
            ours.truncate(MOST_CLIENTS);
            let ways = ours.into_iter().map(|client| {
                let tap = Tap::to(DeskPlace::Example(client.id, template));
                view! { <Button text=words::for_name(client.name) appearance=Appearance::Plain tap /> }
            });
            return found_row(found, None, ways.collect_view().into_any());
        }
    };
    found_row(found, Some(Tap::to(place)), ().into_any())
}
