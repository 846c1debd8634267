//! The app itself: pages, program, pictures.

pub mod get;
