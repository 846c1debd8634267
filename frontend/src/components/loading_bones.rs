//! Loading, drawn: the quiet shapes of what comes at their final size. After two seconds one sentence says that nothing
//! is wrong.

use std::time::Duration;

use opstap_view::prelude::*;

use crate::words::shared;

/// Which screen is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bones {
    /// Today: what is next, and four tiles.
    Today,
    /// A step: picture and sentence.
    Step,
    /// A list of this many rows.
    Rows(usize),
}

/// The quiet shapes of one screen; stands inside `Main`.
#[component]
pub fn LoadingBones(
    /// Which screen.
    shape: Bones,
) -> impl IntoView {
    let long = RwSignal::new(false);
    let timer = set_timeout_with_handle(move || long.set(true), Duration::from_secs(2));
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let bones = match shape {
        Bones::Today => view! {
            <div class="bone next"></div>
            <div class="tiles">{bones("bone tile-bone", 4)}</div>
        }
        .into_any(),
        Bones::Step => view! { <div class="bone picture"></div><div class="bone line"></div> }.into_any(),
        Bones::Rows(count) => bones("bone row-bone", count),
    };
    view! {
        <div class="stack" aria-busy="true">{bones}</div>
        <p role="status" class="soft">{move || long.get().then(|| shared::LOADING_LONG.get())}</p>
    }
}

fn bones(class: &'static str, count: usize) -> AnyView {
    (0..count).map(|_| view! { <div class=class></div> }).collect_view().into_any()
}
