//! Signing a device out.

pub mod post;
