//! What the editors of plans, routes and trainings have in common: each field is an edit of its own cell, what was done here shows at once,
//! nothing is lost on leaving, and all of it can be undone.

mod add_words;
mod cell_text;
mod history;
mod own_edits;
mod records;
mod work;
mod writers;

pub mod fields;
pub mod places;

pub use add_words::AddWords;
pub use cell_text::{CellText, TextCell};
pub use history::Stay;
#[cfg(test)]
pub use own_edits::lay;
pub use records::Records;
pub use work::{UndoWork, Work, Worked};
pub use writers::{OWN, Writers};
