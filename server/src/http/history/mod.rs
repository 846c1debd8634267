//! What people did to a record, edit by edit.

pub mod get;
