//! How far a level is on its scale, as bars that rise: for whoever does not read the word.

use opstap_core::instrument::Level;
use opstap_view::prelude::*;

/// From one bar to the next.
const STEP: usize = 12;
/// The highest bar.
const HIGH: usize = 40;

/// The bars of a level among so many.
pub fn bars(level: Level, all: usize) -> AnyView {
    let all = all.max(1);
    let bars = (1..=all).map(|number| {
        let height = HIGH * number / all;
        let class = if number <= usize::from(level.number()) { "bar-full" } else { "bar-empty" };
        view! { <rect class=class x=STEP * (number - 1) + 1 y=HIGH + 2 - height width=STEP - 3 height=height rx="2" /> }
            .into_any()
    });
    view! {
        <svg class="level-bars" width=STEP * all height=HIGH + 4 aria-hidden="true">{bars.collect_view()}</svg>
    }
    .into_any()
}
