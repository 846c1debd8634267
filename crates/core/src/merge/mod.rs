//! How edits become records: per cell, the higher stamp stays; what loses a conflict is kept; a deletion yields to work it had not seen.

mod apply;
mod cell;
mod join;
mod made;
mod overlay;

pub use apply::{Applied, By, CircleRecords, ReadRecords, apply};
pub use cell::{Outcome, higher, set_cell};
pub use join::join;
pub use made::{is_of_earlier_life, made};
pub use overlay::overlay;
