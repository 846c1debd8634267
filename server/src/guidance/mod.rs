//! Guidance to and from files: hours, grants, measurements and allocations in, in the circles of clients; reports on hours and effect out.

pub mod allocations;
pub mod circles;
pub mod import;
pub mod instruments;
pub mod report;
pub mod undo;
