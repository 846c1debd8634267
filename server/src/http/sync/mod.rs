//! The sync round trip.

pub mod post;
