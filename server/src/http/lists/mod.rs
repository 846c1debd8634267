//! Lists to keep, for professionals.

pub mod get;
