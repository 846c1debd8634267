//! What was delivered to whom.

pub mod get;
