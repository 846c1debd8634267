//! Whether the server works.

pub mod get;
