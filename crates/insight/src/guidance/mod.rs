//! Guidance by a duo, as its evaluation tells it: the time of both against what is granted, and what became of each domain. The forms are
//! those of the effect study of combined guidance (RIBW AVV, Arnhem, 2020–21).

mod actions;
mod domains;
mod effect;
mod evaluation;
mod evidence;
mod exact;
#[cfg(test)]
mod fixtures;
mod hours;
mod records;
mod shown_hours;
mod week;

pub use actions::{ActionStory, goal_actions};
pub use domains::DomainStory;
pub use effect::{Change, Effect, GoalCounts, Measured, counts_by_goal, effects};
pub use evaluation::{EvaluatedPart, EvaluationStory, OWN_VIEW};
pub use evidence::{ByOneself, Evidence, evidence_of_practices, evidence_of_runs};
pub use hours::{ClientHours, Granted, GuidanceTime, TimeByKind, Used, WeekUse, by_week, client_hours};
pub use records::{GUIDANCE_KINDS, Guidance, MeasurementStory, duo_role, guidance_of, times_by_role};
pub use shown_hours::{ByRole, ShownHours, Tenths, overall};
pub use week::{Period, Week};
