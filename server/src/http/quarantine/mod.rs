//! What waits because its author had lost the right when it arrived.

pub mod get;
pub mod list;
pub mod post;
