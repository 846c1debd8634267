//! The stops and lines of a region, as a server keeps them from a timetable feed and as devices hold them: where a line stops, in order.
//!
//! In the file each line is one thing and tabs stand between its fields; `docs/protocol.md` describes it for others. A device reads it
//! without a reader of any larger format, which it does not have.

use std::fmt::Write as _;

use crate::age::Day;
use crate::model::Means;

/// The first line of the file.
const HEAD: &str = "opstap-stops\t1";
/// Positions are kept in hundred-thousandths of a degree, about a metre.
const PER_DEGREE: f64 = 100_000.0;

/// The stops and lines of a region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stops {
    /// Where they come from.
    pub feed: Feed,
    /// The stops that lines refer to.
    pub places: Vec<Place>,
    /// The lines. Those of the same means, name and direction stand together, the one that is travelled most first.
    pub lines: Vec<Line>,
}

/// Where stops come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Who published it.
    pub name: String,
    /// The day from which it holds.
    pub day: Option<Day>,
    /// The words with which its maker is to be named, or its licence.
    pub attribution: String,
}

/// A place where people get on and off, whatever the number of its platforms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// Latitude and longitude, in hundred-thousandths of a degree.
    pub at: (i32, i32),
}

/// One way in which a line goes in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// By what.
    pub means: Means,
    /// What stands on the vehicle, such as "32" or "D".
    pub name: String,
    /// The direction that stands on the vehicle.
    pub direction: String,
    /// Its stops in order, each the number of a place.
    pub places: Vec<u32>,
}

/// A position in degrees as it is kept.
#[must_use]
pub fn rounded(degrees: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a number out of reach becomes the nearest that there is")]
    let rounded = (degrees * PER_DEGREE).round() as i32;
    rounded
}

/// A text as it can stand in the file: on one line, without what nobody sees.
#[must_use]
pub fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    for word in text.split(|sign: char| sign.is_whitespace() || sign.is_control()).filter(|word| !word.is_empty()) {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

impl Stops {
    /// The file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = HEAD.to_owned();
        let day = self.feed.day.map(|day| day.0.to_string()).unwrap_or_default();
        row(&mut text, &["f", &tidy(&self.feed.name), &day, &tidy(&self.feed.attribution)]);
        for Place { name, at: (latitude, longitude) } in &self.places {
            row(&mut text, &["s", &tidy(name), &latitude.to_string(), &longitude.to_string()]);
        }
        for line in &self.lines {
            row(&mut text, &["l", line.means.code(), &tidy(&line.name), &tidy(&line.direction), ""]);
            for (at, place) in line.places.iter().enumerate() {
                // Writing to a text cannot fail.
                let _ = if at == 0 { write!(text, "{place}") } else { write!(text, " {place}") };
            }
        }
        text.push('\n');
        text
    }

    /// Reads the file; nothing when it is none, is damaged or of a version to come. Rows and fields that a later server adds are passed over.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut rows = text.strip_suffix('\n')?.split('\n');
        if rows.next()? != HEAD {
            return None;
        }
        let mut read = Self::default();
        for row in rows {
            let mut fields = row.split('\t');
            match fields.next()? {
                "f" => read.feed = feed(&mut fields)?,
                "s" => {
                    let name = fields.next()?.to_owned();
                    read.places.push(Place { name, at: (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?) });
                }
                "l" => read.lines.extend(line(&mut fields, read.places.len())?),
                _ => {}
            }
        }
        Some(read)
    }
}

fn row(text: &mut String, fields: &[&str]) {
    text.push('\n');
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            text.push('\t');
        }
        text.push_str(field);
    }
}

fn feed<'a>(fields: &mut impl Iterator<Item = &'a str>) -> Option<Feed> {
    let name = fields.next()?.to_owned();
    let day = match fields.next()? {
        "" => None,
        day => Some(Day(day.parse().ok()?)),
    };
    Some(Feed { name, day, attribution: fields.next()?.to_owned() })
}

/// A line; none for a means that is not known here. The places it names stand before it.
fn line<'a>(fields: &mut impl Iterator<Item = &'a str>, places: usize) -> Option<Option<Line>> {
    let Some(means) = Means::from_code(fields.next()?) else { return Some(None) };
    let mut line =
        Line { means, name: fields.next()?.to_owned(), direction: fields.next()?.to_owned(), places: Vec::new() };
    for place in fields.next()?.split(' ').filter(|place| !place.is_empty()) {
        let place: u32 = place.parse().ok()?;
        if usize::try_from(place).ok()? >= places {
            return None;
        }
        line.places.push(place);
    }
    Some(Some(line))
}

#[cfg(test)]
#[path = "stops_tests.rs"]
mod tests;
