//! Following from a distance: of each circle a small summary, and from it what deserves a person today and the row of the caseload. The
//! first screens read summaries alone, so that two hundred clients are there at once.

mod attention;
mod bytes;
mod caseload;
mod found;
mod kept;
mod making;
mod rules;
mod source;
mod summary;
mod trend;
mod used;

#[cfg(test)]
mod samples;

pub use attention::{Action, Asks, Clock, DeviceFacts, HoursAside, What, attention, put_off, sort_asks};
pub use caseload::{CaseRow, SortBy, Travels, Wanted, case_row, is_wanted, sort_rows};
pub use rules::{Group, RULES, Rule, Unit, rule, threshold};
pub use source::Source;
pub use summary::{
    Failing, GivenUp, HandoverNow, HelpAsked, HoursHeld, LastRun, Line, LineWeek, Mark, NextAppointment, Piled,
    Summary, TaskWaits, Teammate, Travel, WeekDone, WeekMinutes,
};
pub use trend::{Share, Trend, WEEKS_SHOWN};
pub use used::{Deed, Used, used_by_week};
