//! The plan editor, the same for a professional at a desk and a volunteer on a phone: each field is an edit of its own cell, nothing is
//! lost on leaving, advice never refuses, and where two people changed the same, both versions stand there.
//!
//! Open an [`Editor`] once, then lay out its parts: [`PlanEditor`] with the plan and its steps, [`Preview`] with the step as the client
//! sees it, [`UndoButton`].

mod advice;
mod cell_text;
mod cell_value;
mod changes;
mod editor;
mod head;
mod history;
mod new_step;
mod picture_choice;
mod places;
mod preview;
mod reading;
mod step_row;
mod steps;
mod tools;
mod versions;

pub use cell_value::value_view;
pub use editor::{Editor, UndoButton, not_kept};
pub use preview::Preview;
pub use steps::PlanEditor;
