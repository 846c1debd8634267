//! Every plan and route, for whoever has more than today shows.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::frame::Frame;
use super::today::tile;
use crate::components::{Bones, EmptyState, LoadingBones, Tiles, changing};
use crate::dates::{moment, place_in_week};
use crate::day::today;
use crate::device;
use crate::stories::today::things;
use crate::words::client;

/// All of them as pictures, each as it stands today.
#[component]
pub fn Plans(circle: CircleId) -> impl IntoView {
    let things = device::watch(circle, |reader| {
        let midnight = today();
        let weekday = place_in_week(moment(midnight));
        async move { things(&reader, midnight, weekday, device::now()).await }
    });
    let body = changing(move || match things.get() {
        None => view! { <LoadingBones shape=Bones::Today /> }.into_any(),
        Some(things) if things.is_empty() => {
            view! { <EmptyState picture="sun" sentence=client::NO_PLANS more=client::ASK_WHO_HELPS /> }.into_any()
        }
        Some(things) => {
            let tiles = things.into_iter().map(|thing| tile(circle, thing)).collect_view();
            view! { <Tiles>{tiles}</Tiles> }.into_any()
        }
    });
    Frame::default().below(client::ALL_PLANS, body)
}
