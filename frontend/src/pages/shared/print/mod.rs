//! What can be printed, on sheets of A4 that look on the screen as they come out of the printer: a plan as cards, the week of a client.

mod cards;
mod week;

pub use cards::cards;
pub use week::week;

use opstap_view::prelude::*;

use crate::components::{Appearance, Button, Icon};
use crate::event::Tap;
use crate::words::{Text, paper};

/// The button that gives the sheets to the printer.
#[must_use]
pub fn print_button() -> AnyView {
    let tap = Tap::from(crate::paper::print);
    view! { <Button text=paper::PRINT icon=Icon::PRINTER appearance=Appearance::Primary tap /> }.into_any()
}

/// Sheets below each other, each with its number in the row where there are more.
#[must_use]
pub fn sheets(title: Text, contents: Vec<AnyView>) -> AnyView {
    let all = contents.len();
    let sheets = contents.into_iter().enumerate().map(|(before, content)| {
        let number = (all > 1).then(|| view! { <span>{paper::sheet_of(before + 1, all)}</span> });
        view! { <section class="leaf"><h2>{title.clone()} {number}</h2>{content}</section> }
    });
    view! { <div class="leaves">{sheets.collect_view()}</div> }.into_any()
}
