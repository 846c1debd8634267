//! `opstap gtfs import`: the stops and lines of a region out of a timetable feed, beside a running server or without one.

use std::fs::File;
use std::io::{self, BufReader, Write};

use opstap_core::stops::tidy;

use super::StartError;
use crate::gtfs::{GtfsError, Region, cut, keep, kept};
use crate::settings::GtfsImport;

/// Imports a feed: all of the region or, when anything in the feed is wrong, nothing.
///
/// # Errors
/// When the feed is not as it should be, or the data folder cannot be written.
pub fn import_stops(settings: &GtfsImport) -> Result<(), StartError> {
    let file = settings.file.display().to_string();
    let region = Region { near: settings.near, within: settings.within };
    let opened = File::open(&settings.file).map_err(|cause| GtfsError::File { file: file.clone(), cause })?;
    let mut cut = cut(BufReader::new(opened), &file, region)?;
    if let Some(words) = &settings.attribution {
        cut.stops.feed.attribution = tidy(words);
    }
    let bytes = keep(&settings.data.data, &cut.stops)
        .map_err(|cause| GtfsError::NotKept { file: kept(&settings.data.data).display().to_string(), cause })?;
    let (places, lines) = (cut.stops.places.len(), names(&cut.stops.lines));
    let mut terminal = io::stdout().lock();
    writeln!(terminal, "{places} stops and {lines} lines are kept, {bytes} bytes.")?;
    if cut.left_out > 0 {
        writeln!(
            terminal,
            "{} lines by water, by cable or by taxi are left out: a route has no means for them.",
            cut.left_out
        )?;
    }
    if cut.stops.feed.attribution.is_empty() {
        writeln!(terminal, "The feed does not say how its maker is to be named; --attribution does.")?;
    }
    writeln!(terminal, "Devices fetch them when somebody makes a route, at most once a day.")?;
    Ok(())
}

/// How many lines there are, whatever their directions and ways.
fn names(lines: &[opstap_core::stops::Line]) -> usize {
    lines.chunk_by(|one, other| (one.means, &one.name) == (other.means, &other.name)).count()
}
