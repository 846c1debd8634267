//! What the records say: how far a run got and how it went, how much help a route takes. Pure functions from records to figures.

mod figures;
mod practices;
mod run;

pub use figures::figures;
pub use practices::{Answer, GoalRow, PartRow, RouteHelp, route_help};
pub use run::{Place, RunStory, StepStory, place_in_run, run_story};
