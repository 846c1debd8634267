//! Signing a device in by a link.

pub mod post;
