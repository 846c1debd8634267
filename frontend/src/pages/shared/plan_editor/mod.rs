//! The plan editor, the same for a professional at a desk and a volunteer on a phone: each field is an edit of its own cell, nothing is
//! lost on leaving, advice never refuses, and where two people changed the same, both versions stand there.
//!
//! Open an [`Editor`] once, then lay out its parts: [`PlanEditor`] with the plan and its steps, [`Preview`] with the step as the client
//! sees it, [`UndoButton`]. A plan begins at [`NewPlan`], and [`PhotoSteps`] makes it of photos.

mod advice;
mod changes;
mod choices;
mod dragging;
mod editor;
mod head;
mod more;
mod new_plan;
mod new_step;
mod picture_button;
mod picture_choice;
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
pub use picture_button::picture_button;
pub use picture_choice::{PictureTiles, keep_photo, suggestions};
pub use preview::{Preview, PreviewButton};
#[cfg(test)]
pub use reading::{Sheet, sheet_of};
pub use steps::PlanEditor;
