//! The phones of clients, for the professionals around them.

pub mod get;
