//! `/api/push`: hearing of messages while the app is closed.

pub mod delete;
pub mod key;
pub mod put;
