//! How Opstap works, for a client: the guide and its tour, with help where it always is.

use opstap_view::prelude::*;

use super::WayPlace;
use crate::companion::CompanionPlace;
use crate::event::Tap;
use crate::pages::client::frame::Frame;
use crate::pages::shared::guide::{self, Tour};
use crate::words::guide as words;

/// The chapters.
pub fn screen() -> AnyView {
    Frame::default().below(words::GUIDE, guide::chapters(Tap::to(CompanionPlace::from(WayPlace::Tour))))
}

/// The tour.
pub fn tour() -> AnyView {
    let Tour { card, on, back, close } = guide::tour();
    let floor = view! { {on}{close} }.into_any();
    Frame { back: Some(back), floor: Some(floor), ..Frame::default() }.around(words::TOUR.into(), card)
}
