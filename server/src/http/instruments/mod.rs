//! `/api/instruments`: the instruments of the organisation's own.

pub mod get;
