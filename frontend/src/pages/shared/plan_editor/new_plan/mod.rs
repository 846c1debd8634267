//! How a plan begins: from a plan there is, from a file, and in three minutes: photos in their order, a few words for each, a title. It is there from the first photo, and each photo, each
//! sentence is an edit of its own, so that nothing is lost by whoever stops half-way.

mod copying;
mod from_plan;
mod photos;
mod plan_file;
mod roll;
mod say_words;
mod start;

pub use photos::{PhotoFloor, PhotoSteps, Unfinished};
pub(super) use plan_file::SaveAsFile;
pub use start::{NewPlan, Ways};
