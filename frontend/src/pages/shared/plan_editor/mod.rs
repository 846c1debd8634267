//! The plan editor, the same for a professional at a desk and a volunteer on a phone: each field is an edit of its own cell, nothing is
//! lost on leaving, advice never refuses, and where two people changed the same, both versions stand there.
//!
//! Open an [`Editor`] once, then lay out its parts: [`PlanEditor`] with the plan and its steps, [`Preview`] with the step as the client
//! sees it, [`UndoButton`]. A plan begins at [`NewPlan`], and [`PhotoSteps`] makes it of photos.

mod advice;
mod cell_text;
mod changes;
mod choices;
mod dragging;
mod editor;
mod head;
mod history;
mod more;
mod new_plan;
mod new_step;
mod own_edits;
mod picture_choice;
mod places;
mod preview;
mod reading;
mod schedule;
mod step_row;
mod steps;
mod tools;
mod versions;
mod voice;

pub use editor::{Editor, UndoButton, no_photo};
pub use new_plan::{NewPlan, PhotoFloor, PhotoSteps, Ways};
pub use picture_choice::suggestions;
pub use preview::{Preview, PreviewButton};
pub use steps::PlanEditor;
