//! What can be set for timetables.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Data;
use crate::gtfs::Centre;

/// What is done with a timetable feed.
#[derive(Debug, Args)]
pub struct Gtfs {
    /// What to do.
    #[command(subcommand)]
    pub command: GtfsCommand,
}

/// The things that are done with one.
#[derive(Debug, Subcommand)]
pub enum GtfsCommand {
    /// Keeps the stops and lines of a region, for who makes a route to choose from. The server may be running.
    Import(GtfsImport),
}

/// Which feed, and what of it.
#[derive(Debug, Args)]
pub struct GtfsImport {
    /// The feed, a zip file with stops.txt, routes.txt, trips.txt and stop_times.txt.
    pub file: PathBuf,
    /// The middle of the region: latitude and longitude in degrees, such as 51.92,4.48.
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true)]
    pub near: Centre,
    /// How far it reaches from there, in kilometres, at most 150.
    #[arg(long, value_name = "KM", value_parser = kilometres)]
    pub within: f64,
    /// How its maker is to be named, or its licence; what the feed itself says without it.
    #[arg(long, value_name = "WORDS")]
    pub attribution: Option<String>,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub data: Data,
}

/// A phone holds all of it: nobody learns to travel further than this.
fn kilometres(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.1..=150.0).contains(number));
    number.ok_or_else(|| "a number of kilometres from 0.1 to 150 was expected".to_owned())
}
