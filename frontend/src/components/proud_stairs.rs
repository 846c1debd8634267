//! The stairs of "Klaar vandaag": a tread for each thing done, with its pictogram on it.

use opstap_view::prelude::*;

use crate::pictograms::pictogram_address;
use crate::words::Text;

const WIDE: usize = 328;
const RISE: usize = 26;
const ROOM: usize = 54;

/// Stairs with one tread per pictogram, rising to the right; with many, the last eight are drawn.
#[component]
pub fn ProudStairs(
    /// The pictograms, in the order in which things were done.
    pictograms: Vec<String>,
    /// What a screen reader says: the same as the sentence below, shorter.
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    let shown: Vec<String> = pictograms.into_iter().rev().take(8).rev().collect();
    let count = shown.len().max(1);
    let (tread, high) = (WIDE / count, ROOM + RISE * count + 8);
    let size = tread.min(44);
    let treads = shown
        .into_iter()
        .enumerate()
        .map(|(place, name)| {
            let (left, top) = (place * tread, high - 8 - RISE * (place + 1));
            view! {
                <rect class="step" x=left y=top width=WIDE - left height=RISE + if place == 0 { 8 } else { 0 } />
                <rect class="edge" x=left y=top width=tread height="6" />
                <image href=pictogram_address(&name) x=left + (tread - size) / 2 y=top - size - 4 width=size height=size />
            }
        })
        .collect_view();
    view! { <svg class="stairs" viewBox=format!("0 0 {WIDE} {high}") role="img" aria-label=label>{treads}</svg> }
}
