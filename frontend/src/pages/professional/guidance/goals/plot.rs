//! First and later level as places on one scale: a ring and a dot, joined where they differ, and a cross where a level is not allowed. The
//! table beside it says the same in words.

use opstap_core::instrument::Level;
use opstap_view::prelude::*;

/// From one level to the next.
const STEP: usize = 23;
/// Before the first level and behind the last.
const SIDE: usize = 10;
/// Half the height.
const MIDDLE: usize = 12;

fn x(level: Level) -> usize {
    SIDE + STEP * (usize::from(level.number()) - 1)
}

/// How wide a scale of so many levels is.
const fn width(levels: usize) -> usize {
    2 * SIDE + STEP * levels.saturating_sub(1)
}

/// The head of the column: the numbers of the levels.
pub fn scale(levels: usize) -> AnyView {
    let numbers = (0..levels).map(|place| view! { <text x=SIDE + STEP * place y=11>{place + 1}</text> }.into_any());
    view! { <svg class="scale-plot" width=width(levels) height="14" aria-hidden="true">{numbers.collect_view()}</svg> }
        .into_any()
}

/// One row. `most`: the highest level that is allowed, where a rule holds.
pub fn levels(all: usize, most: Option<Level>, first: Option<Level>, later: Option<Level>) -> AnyView {
    let marks = (1..=all).filter_map(|number| Level::new(u8::try_from(number).ok()?)).map(|level| {
        if most.is_some_and(|most| level > most) {
            let cross = format!("M{} 8l8 8m0-8l-8 8", x(level) - 4);
            return view! { <path class="cross" d=cross /> }.into_any();
        }
        view! { <circle class="place" cx=x(level) cy=MIDDLE r="2.5" /> }.into_any()
    });
    let line = first.zip(later).filter(|(first, later)| first != later);
    let line = line.map(|(first, later)| view! { <line class="went" x1=x(first) y1=MIDDLE x2=x(later) y2=MIDDLE /> });
    // Where both are on one level the ring lies round the dot.
    let radius = if first.is_some() && first == later { "8" } else { "6" };
    let ring = first.map(|level| view! { <circle class="ring" cx=x(level) cy=MIDDLE r=radius /> });
    let dot = later.map(|level| view! { <circle class="dot" cx=x(level) cy=MIDDLE r="5" /> });
    view! {
        <svg class="scale-plot" width=width(all) height="24" aria-hidden="true">
            <line class="axis" x1=SIDE y1=MIDDLE x2=width(all) - SIDE y2=MIDDLE />
            {marks.collect_view()}
            {line}
            {ring}
            {dot}
        </svg>
    }
    .into_any()
}

/// What ring and dot mean.
pub fn legend(first: impl IntoView + 'static, later: impl IntoView + 'static) -> AnyView {
    view! {
        <span class="row small soft">
            <svg class="scale-plot" width="16" height="16" aria-hidden="true"><circle class="ring" cx="8" cy="8" r="6" /></svg>{first}
            <svg class="scale-plot" width="16" height="16" aria-hidden="true"><circle class="dot" cx="8" cy="8" r="5" /></svg>{later}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_of_every_scale_stands_within_its_figure() {
        for levels in 2..=opstap_core::instrument::MOST_LEVELS {
            let last = Level::new(u8::try_from(levels).unwrap()).unwrap();
            assert!(x(last) + SIDE == width(levels), "{levels} levels");
        }
    }
}
