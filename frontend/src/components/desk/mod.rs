//! The frame of professionals' screens: rail, bar, main, side, foot, and what dense screens need beside the shared parts.

mod frame;
mod key_hint;
mod pane;
mod rail;
mod table;
mod tabs;

pub use frame::{Bar, DeskScreen, Foot};
pub use key_hint::KeyHint;
pub use pane::{Columns, Pane, SidePane};
pub use rail::{Rail, RailFoot, RailHead, RailLink};
pub use table::Table;
pub use tabs::{Tab, Tabs};
