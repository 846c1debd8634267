//! The stops and lines of a region out of a timetable feed (GTFS): read as a stream, as a national feed is gigabytes; cut to the region, so
//! that memory follows from the region and not from the feed; kept as one small file that devices fetch.

mod archive;
mod calls;
mod cut;
mod fault;
mod keep;
mod patterns;
mod places;
mod region;
mod routes;
mod table;

#[cfg(test)]
mod made_up;
#[cfg(test)]
mod national;
#[cfg(test)]
#[path = "gtfs_tests.rs"]
mod tests;

use std::io;

pub use cut::{Cut, cut};
pub use fault::{Fault, Faults};
pub use keep::{FILE, keep, kept};
pub use region::{Centre, Region};

/// Why a feed was not imported. The sentence says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum GtfsError {
    /// The file cannot be opened.
    #[error("{file} can't be used: {cause}")]
    File {
        /// Which.
        file: String,
        /// Why.
        cause: io::Error,
    },
    /// It is no feed.
    #[error("{file} is no zip file with a timetable: {cause}")]
    NotAFeed {
        /// Which.
        file: String,
        /// Why.
        cause: String,
    },
    /// A file in the feed cannot be unpacked, or holds more than any timetable.
    #[error("{file} in the feed can't be read: {cause}")]
    Unreadable {
        /// Which.
        file: &'static str,
        /// Why.
        cause: String,
    },
    /// Something in the feed is not as expected; each fault is named.
    #[error("the feed was not imported, and nothing was written:{0}")]
    Faults(Faults),
    /// The region holds more than a phone should.
    #[error("there are more than {most} {what} in that region; choose a smaller --within")]
    TooMuch {
        /// How many are the most.
        most: usize,
        /// Of what.
        what: &'static str,
    },
    /// There is nothing to choose from.
    #[error(
        "no line of the feed has two stops in that region; look at --near, which is latitude,longitude, and --within"
    )]
    Nothing,
    /// It cannot be kept.
    #[error("{file} can't be written: {cause}")]
    NotKept {
        /// Which.
        file: String,
        /// Why.
        cause: io::Error,
    },
}
