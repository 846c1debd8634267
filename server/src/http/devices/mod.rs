//! The devices of a person.

pub mod delete;
pub mod get;
