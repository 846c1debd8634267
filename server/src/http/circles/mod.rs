//! Opening circles, and taking along all of one.

pub mod export;
pub mod post;
