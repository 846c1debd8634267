//! Progress through a plan: one dot a step, no per cents; "stap 3 van 7" only for whom that helps.

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
    /// Whether it also says so in numbers.
    #[prop(into)]
    counted: Signal<bool>,
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
    let says = move || shared::step_of(now.get(), all.get()).get();
    // The dots say the same to a screen reader.
    let told = move || counted.get().then(|| view! { <span class="told" aria-hidden="true">{says}</span> });
    view! { <div class="dots" role="img" aria-label=says>{dots}{told}</div> }
}
