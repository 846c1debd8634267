//! From a feed to the stops and lines of a region.

use std::io::{Read, Seek};

use opstap_core::Day;
use opstap_core::stops::{Feed, Stops};

use super::archive::{Archive, Limits};
use super::fault::Faults;
use super::region::Region;
use super::table::Column;
use super::{GtfsError, calls, patterns, places, routes};

/// What a feed gave.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// The stops and lines of the region.
    pub stops: Stops,
    /// How many lines there go by water, by cable or by taxi, for which a part of a route has no means.
    pub left_out: usize,
}

/// Cuts a feed to a region. `file` is what it is called.
///
/// # Errors
/// What is wrong in it, by file, line and column; or that it is no feed, or that there is nothing or too much in the region.
pub fn cut<R: Read + Seek>(source: R, file: &str, region: Region) -> Result<Cut, GtfsError> {
    cut_within(source, file, region, Limits::default())
}

/// The same, with how much is taken at most.
pub(super) fn cut_within<R: Read + Seek>(
    source: R,
    file: &str,
    region: Region,
    limits: Limits,
) -> Result<Cut, GtfsError> {
    let mut archive = Archive::open(source, file, limits)?;
    let mut faults = Faults::default();
    let places = places::read(&mut archive, region, limits, &mut faults)?;
    let mut calls = calls::read(&mut archive, &places, limits, &mut faults)?;
    let rides = routes::read(&mut archive, &mut calls, &mut faults)?;
    let feed = feed(&mut archive, &mut faults)?;
    if !faults.is_empty() {
        return Err(GtfsError::Faults(faults));
    }
    let drawn = patterns::draw(&places, &calls.ways(), rides);
    if drawn.lines.is_empty() {
        return Err(GtfsError::Nothing);
    }
    Ok(Cut { stops: Stops { feed, places: drawn.places, lines: drawn.lines }, left_out: drawn.left_out })
}

/// Who published it and from when it holds, as far as the feed says so.
fn feed<R: Read + Seek>(archive: &mut Archive<R>, faults: &mut Faults) -> Result<Feed, GtfsError> {
    let mut feed = Feed::default();
    let columns = [Column::Optional("feed_publisher_name"), Column::Optional("feed_start_date")];
    if let Some(mut table) = archive.table("feed_info.txt", &columns, None)?
        && table.next(faults)?
    {
        feed.name = table.text(0, faults).unwrap_or_default();
        feed.day = day(table.cell(1));
        if feed.day.is_none() && !table.cell(1).is_empty() {
            faults.note(table.fault(1, "a day such as 20261129 was"));
        }
    }
    let columns = [Column::Optional("organization_name"), Column::Optional("attribution_url")];
    if let Some(mut table) = archive.table("attributions.txt", &columns, None)?
        && table.next(faults)?
    {
        let (name, address) = (table.text(0, faults).unwrap_or_default(), table.text(1, faults).unwrap_or_default());
        feed.attribution = [name, address].join(" ").trim().to_owned();
    }
    Ok(feed)
}

fn day(text: &[u8]) -> Option<Day> {
    let text = std::str::from_utf8(text).ok()?;
    let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    Day::parse(&[year, month, day].join("-"))
}
