//! Letting somebody in.

pub mod post;
