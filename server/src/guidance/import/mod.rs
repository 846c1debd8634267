//! Files of guidance, and what importing them would write in the circles of clients: everything, or nothing when anything in them is wrong.

mod fault;
mod grants;
mod hours;
mod measurements;
mod parties;
mod plan;
mod table;
mod write;

pub use fault::{Fault, Spot};
pub use grants::{GrantRow, MOST_MINUTES_A_WEEK, plan_grants, read_grants};
pub use hours::{HoursRow, plan_hours, read_hours};
pub use measurements::{MeasuredRow, Measuring, domains_named, plan_measurements, read_measurements};
pub use parties::{Parties, Party, Seeking};
pub use plan::{Plan, Planned};
pub use table::{Read, read_table};
pub use write::write;
