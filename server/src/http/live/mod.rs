//! Hints that circles moved.

pub mod get;
