//! Where pictograms are. They come with the app, and the service worker keeps those the device needs.

/// The address of a pictogram.
#[must_use]
pub fn pictogram_address(name: &str) -> String {
    format!("/pictograms/{name}.svg")
}
