//! What the records say: how far a run got and how it went, how much help a route takes, what to do along it. Pure functions from records to figures and files.

mod calendar;
mod circle_rows;
mod course;
mod feedback;
mod figures;
pub mod following;
mod groups;
mod guidance;
mod handover;
mod hard_steps;
mod journey;
mod learning_curve;
mod mastery;
mod matching;
mod paper;
mod practices;
mod pride;
mod programme;
mod programme_row;
mod row_times;
mod run;
mod search;
mod stops;
mod tasks;
mod time_proposals;
mod time_spent;
mod trajectory;
mod visits;
mod way_back;

pub use calendar::{Date, Reminder, calendar, every_month};
pub use circle_rows::{doubled_rows, rows_of, volunteer_of};
pub use course::is_served;
pub use feedback::{MOST_SAYINGS, Named, PracticeLog, Saying, best_news, in_short, worth_telling};
pub use figures::figures;
pub use groups::{
    AttendanceStory, GROUP_KINDS, GroupStory, Others, PARTICIPATION_KINDS, Participant, Participation, SessionStory,
    group_stories, participations, session_figures, there,
};
pub use guidance::{
    ActionStory, ByOneself, ByRole, Change, ClientHours, DomainStory, Effect, EvaluatedPart, EvaluationStory, Evidence,
    GUIDANCE_KINDS, GoalCounts, Granted, Guidance, GuidanceTime, Measured, MeasurementStory, OWN_VIEW, Period,
    ShownHours, Tenths, TimeByKind, Used, Week, WeekUse, by_week, client_hours, counts_by_goal, duo_role, effects,
    evidence_of_practices, evidence_of_runs, goal_actions, guidance_of, overall, times_by_role,
};
pub use handover::steps_back;
pub use hard_steps::{LATEST_RUNS, hard_steps};
pub use journey::{
    Doing, JourneyPart, JourneyStep, ends_its_part, journey, pictogram_of, picture_of, ride_from, rides, stops_of,
};
pub use learning_curve::{CurvePoint, CurveState, LearningCurve, USUAL_PRACTICES, learning_curves};
pub use mastery::{Proposal, Shown, less, more, proposals};
pub use matching::{Asked, Candidate, Certificate, Suggestion, suggestions};
pub use paper::{DayPart, cards_on_a_sheet, week_on_sheets};
pub use practices::{Answer, GoalRow, PartRow, RouteHelp, route_help};
pub use pride::{in_a_row, went_by_oneself};
pub use programme::{
    Amount, Amounts, Breakdown, BreakdownKey, CohortState, Figure, FigureKey, Programme, ProgrammeRow, Quarter,
    Standing, THREE_MONTHS, Target, minutes_per_completed, programme_rows, programme_settings,
};
pub use programme_row::{differing, follow_ups_of, is_found_before, row_of};
pub use row_times::{SpentOn, SpentTime, role_of, times_in_row};
pub use run::{Place, RunStory, StepStory, counts, next_after, place_in_run, run_story};
pub use search::{Wanted, plain};
pub use stops::{Direction, DirectionId, PlaceId, StopFinder};
pub use tasks::{TaskAsked, TaskStory, TaskWord, task_story};
pub use time_proposals::{Occasion, time_proposals};
pub use time_spent::{TimeStory, times_spent};
pub use trajectory::{FollowUpStory, Need, OnTheLine, TrajectoryStory, When, follow_ups_after, trajectories};
pub use visits::{Visit, visits};
pub use way_back::{WholePart, way_back};
