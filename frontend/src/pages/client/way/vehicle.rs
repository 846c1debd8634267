//! What one rides in, as it is called and as it stands on the vehicle.

use opstap_core::model::{Means, Part};
use opstap_view::prelude::*;

use crate::components::{Icon, icon};
use crate::words::{Text, client, way};

/// "bus 32", or "de bus" where the line is not known.
pub fn called(part: &Part) -> Text {
    let line = part.line.as_deref().filter(|line| !line.is_empty());
    match (part.means, line) {
        (Means::Bus, Some(line)) => way::bus_of(line),
        (Means::Tram, Some(line)) => way::tram_of(line),
        (Means::Metro, Some(line)) => way::metro_of(line),
        (Means::Train, Some(line)) => way::train_of(line),
        (Means::Tram, None) => way::TRAM.into(),
        (Means::Metro, None) => way::METRO.into(),
        (Means::Train, None) => way::TRAIN.into(),
        (_, _) => way::BUS.into(),
    }
}

/// The line as it stands on the vehicle: its mark and its number.
pub fn badge(part: &Part) -> AnyView {
    let mark = if part.means == Means::Bus { Icon::BUS } else { Icon::METRO };
    let line = part.line.clone().filter(|line| !line.is_empty());
    view! { <span class="vehicle">{icon(mark)}{line.map(|line| view! { <span>{line}</span> })}</span> }.into_any()
}

/// The line and what stands beside it.
pub fn head(part: &Part, beside: AnyView) -> AnyView {
    view! { <div class="row ride">{badge(part)}<p class="fill">{beside}</p></div> }.into_any()
}

/// What one sees there, to know that one is right.
pub fn landmark(part: &Part) -> Option<Text> {
    let seen = part.landmark.as_deref().map(|seen| seen.trim_end_matches('.'));
    seen.filter(|seen| !seen.is_empty()).map(way::look_out)
}

/// "richting Zuid".
pub fn towards(part: &Part) -> Option<Text> {
    part.direction.as_ref().filter(|direction| !direction.is_empty()).map(client::towards)
}
