//! Looking back, for those around a client: who changed what, what was removed, and what came in when it was no longer allowed. Each
//! is a list with one thing to do in a row; the frame around it is the screen's.

mod deed_view;
mod history;
mod removed;
mod set_apart;

pub use history::History;
pub use removed::{Gone, Removed, gone};
pub use set_apart::{SetApart, has_a_say};
