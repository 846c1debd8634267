//! What a row says to a figure that it stands behind: the day that counts for it, and how many minutes it adds.

use opstap_core::Day;

use super::{FigureKey, ProgrammeRow};

impl FigureKey {
    /// The day on which a row came to count for this figure, as far as its rows say one: the registration's own otherwise.
    #[must_use]
    pub fn day_of(self, row: &ProgrammeRow) -> Day {
        let asked = || row.latest_follow_up().map(|found| found.on);
        let day = match self {
            Self::Registered | Self::Through(_) | Self::Waiting | Self::Hours(_) | Self::HoursIn(..) => None,
            Self::Outside | Self::Withdrew | Self::WithdrewFor(_) | Self::Stopped | Self::StoppedFor(_) => {
                row.registration.ended
            }
            Self::Started | Self::WithIndication(_) | Self::ByMode(_) | Self::Running | Self::StartedIn(_) => {
                row.started()
            }
            Self::FollowedUp
            | Self::WithinThreeMonths
            | Self::Later
            | Self::Travels(_)
            | Self::OtherRoutes(_)
            | Self::Special(_) => asked(),
            Self::Completed
            | Self::NotFollowedUp
            | Self::CompletedIn(_)
            | Self::CompletedInQuarter(_)
            | Self::Cohort(..)
            | Self::HoursOfCompleted(_)
            | Self::HoursKnown(_)
            | Self::HoursUnknown(_) => row.completed(),
            Self::HoursOfOthers(_) => row.registration.started,
        };
        day.unwrap_or(row.registration.registered)
    }

    /// How many minutes a row adds to a figure of time, or to the mean over those whose time is known; none for what counts rows.
    #[must_use]
    pub fn minutes_of(self, row: &ProgrammeRow) -> Option<u64> {
        match self {
            Self::HoursIn(role, stage) => Some(row.minutes(role, |of| of == stage)),
            Self::Hours(role) | Self::HoursOfCompleted(role) | Self::HoursOfOthers(role) | Self::HoursKnown(role) => {
                Some(row.minutes(role, |_| true))
            }
            _ => None,
        }
    }
}
