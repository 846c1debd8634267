//! The sync round trip.

mod packed;
pub mod post;
