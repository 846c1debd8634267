//! What the records say: how far a run got and how it went, how much help a route takes. Pure functions from records to figures and files.

mod calendar;
mod course;
mod figures;
mod hard_steps;
mod mastery;
mod paper;
mod practices;
mod pride;
mod run;
mod search;
mod trajectory;
mod way_back;

pub use calendar::{Date, Reminder, calendar};
pub use course::is_served;
pub use figures::figures;
pub use hard_steps::{LATEST_RUNS, hard_steps};
pub use mastery::{Proposal, Shown, less, more, proposals};
pub use paper::{DayPart, cards_on_a_sheet, week_on_sheets};
pub use practices::{Answer, GoalRow, PartRow, RouteHelp, route_help};
pub use pride::{in_a_row, went_by_oneself};
pub use run::{Place, RunStory, StepStory, counts, next_after, place_in_run, run_story};
pub use search::{Wanted, plain};
pub use trajectory::{FollowUpStory, Need, OnTheLine, TrajectoryStory, When, follow_ups_after, trajectories};
pub use way_back::{WholePart, way_back};
