//! Opening circles.

pub mod post;
