//! `/api/stops`: the stops and lines to choose from when a route is made.

pub mod get;
