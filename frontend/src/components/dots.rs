//! Progress through a plan: one dot a step, no numbers, no per cents.

use opstap_view::prelude::*;

use crate::words::shared;

/// `now` is the step on the screen, counted from 1.
#[component]
pub fn Dots(
    /// The step on the screen, from 1.
    #[prop(into)]
    now: Signal<usize>,
    /// How many steps there are.
    #[prop(into)]
    all: Signal<usize>,
) -> impl IntoView {
    let dots = move || {
        (1..=all.get())
            .map(|step| {
                let class = match step.cmp(&now.get()) {
                    std::cmp::Ordering::Less => "done",
                    std::cmp::Ordering::Equal => "now",
                    std::cmp::Ordering::Greater => "",
                };
                view! { <i class=class></i> }
            })
            .collect_view()
    };
    view! { <div class="dots" role="img" aria-label=move || shared::step_of(now.get(), all.get()).get()>{dots}</div> }
}
