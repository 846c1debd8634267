//! Appointments for the calendar that somebody has already.

pub mod get;
