//! Reports on guidance, for professionals.

pub mod get;
