//! What devices let go of.

pub mod get;
