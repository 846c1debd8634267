//! From the lines of a file to rows of the form, or every fault in it by line and column with what was expected.

use std::collections::BTreeMap;
use std::fmt;

use opstap_core::Day;

use super::form::{Column, FileFollowUp, FileRow, Outcome, Worded, is_number};
use super::grid::Line;

/// Something in a file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// The line, from 1.
    pub line: u64,
    /// The column; none for a fault of the line as a whole.
    pub column: Option<&'static str>,
    /// What was expected.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {} was expected", self.expected)?;
        match self.found.as_str() {
            "" => f.write_str(", and nothing is there"),
            // As it would stand in code: what is there may be anything.
            found => write!(f, ", and {found:?} is there"),
        }
    }
}

/// The rows of a file with the line of each.
///
/// # Errors
/// All faults, in order of line. When a column is missing nothing further is said, as every row would lack it.
pub fn rows(lines: &[Line]) -> Result<Vec<(u64, FileRow)>, Vec<FileFault>> {
    let (header, body) = match lines.split_first() {
        Some((header, body)) => (header, body),
        None => (&Line { number: 1, cells: Vec::new() }, lines),
    };
    let columns = columns(header)?;
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    for line in body {
        let mut reading = Reading { line, columns: &columns, faults: Vec::new() };
        let row = reading.row();
        faults.append(&mut reading.faults);
        rows.extend(row.map(|row| (line.number, row)));
    }
    faults.extend(doubles(body, &columns));
    // A stable order: of one line as its columns stand.
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

type Places = BTreeMap<Column, usize>;

/// Where each column stands.
fn columns(header: &Line) -> Result<Places, Vec<FileFault>> {
    let mut places = Places::new();
    let mut faults = Vec::new();
    let mut wrong = |column, expected: String, found: &str| {
        faults.push(FileFault { line: header.number, column, expected, found: found.to_owned() });
    };
    for (place, name) in header.cells.iter().enumerate() {
        match Column::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(name)) {
            Some(column) if places.contains_key(&column) => {
                wrong(Some(column.name()), "each column once".to_owned(), name);
            }
            Some(column) => {
                places.insert(column, place);
            }
            // A column without a name holds nothing that anybody could mean.
            None if name.is_empty() => {}
            None => wrong(None, format!("one of the columns {}", Column::ALL.map(Column::name).join(", ")), name),
        }
    }
    for column in Column::ALL.into_iter().filter(|column| !places.contains_key(column)) {
        wrong(Some(column.name()), "a column of this name in the first line".to_owned(), "");
    }
    if faults.is_empty() { Ok(places) } else { Err(faults) }
}

/// The rows whose name stands on an earlier line too.
fn doubles(body: &[Line], columns: &Places) -> Vec<FileFault> {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    let mut faults = Vec::new();
    for line in body {
        let place = columns.get(&Column::Registration).copied().unwrap_or_default();
        let number = line.cells.get(place).map_or("", String::as_str);
        let earlier = *seen.entry(number).or_insert(line.number);
        if earlier != line.number && !number.is_empty() {
            let expected = format!("a name that no other line has (it is on line {earlier} too)");
            let column = Some(Column::Registration.name());
            faults.push(FileFault { line: line.number, column, expected, found: number.to_owned() });
        }
    }
    faults
}

/// One line being read.
struct Reading<'a> {
    line: &'a Line,
    columns: &'a Places,
    faults: Vec<FileFault>,
}

impl<'a> Reading<'a> {
    fn row(&mut self) -> Option<FileRow> {
        self.width();
        let number = self.number();
        let registered = self.day(Column::RegisteredOn);
        let channel = self.word(Column::Channel);
        let outcome = self.word(Column::Outcome);
        let (indication, mode) = (self.word(Column::Indication), self.word(Column::Mode));
        let (started, completed) = (self.day(Column::StartedOn), self.day(Column::CompletedOn));
        let follow_up = self.follow_up(completed);
        for needed in [Column::Registration, Column::RegisteredOn, Column::Channel, Column::Outcome] {
            self.needs(needed);
        }
        if let Some(outcome) = outcome {
            self.fits(outcome);
        }
        self.not_before(Column::StartedOn, started, Column::RegisteredOn, registered);
        self.not_before(Column::CompletedOn, completed, Column::StartedOn, started);
        let (registered, channel, outcome) = (registered?, channel?, outcome?);
        let row = FileRow { number, registered, channel, outcome, indication, mode, started, completed, follow_up };
        self.faults.is_empty().then_some(row)
    }

    fn text(&self, column: Column) -> &'a str {
        let place = self.columns.get(&column).copied();
        place.and_then(|place| self.line.cells.get(place)).map_or("", String::as_str)
    }

    fn fault(&mut self, column: Column, expected: impl Into<String>) {
        let found = self.text(column).to_owned();
        self.faults.push(FileFault {
            line: self.line.number,
            column: Some(column.name()),
            expected: expected.into(),
            found,
        });
    }

    /// Nothing may stand where no column is.
    fn width(&mut self) {
        let known: Vec<usize> = self.columns.values().copied().collect();
        let stray = self.line.cells.iter().enumerate().find(|(place, cell)| !known.contains(place) && !cell.is_empty());
        if let Some((_, found)) = stray {
            let expected = format!("nothing beside the {} columns", Column::ALL.len());
            self.faults.push(FileFault { line: self.line.number, column: None, expected, found: found.clone() });
        }
    }

    fn number(&mut self) -> String {
        let number = self.text(Column::Registration);
        if !number.is_empty() && !is_number(number) {
            self.fault(Column::Registration, "a name of at most 64 signs that begins with a letter or a digit");
        }
        number.to_owned()
    }

    fn needs(&mut self, column: Column) {
        if self.text(column).is_empty() {
            let expected = match column {
                Column::Registration => "the name of the row".to_owned(),
                Column::RegisteredOn => A_DAY.to_owned(),
                Column::Channel => one_of::<opstap_core::model::Channel>(),
                _ => one_of::<Outcome>(),
            };
            self.fault(column, expected);
        }
    }

    fn day(&mut self, column: Column) -> Option<Day> {
        let text = self.text(column);
        let day = Day::parse(text);
        if day.is_none() && !text.is_empty() {
            self.fault(column, A_DAY);
        }
        day
    }

    fn word<T: Worded>(&mut self, column: Column) -> Option<T> {
        let text = self.text(column);
        let word = T::of_word(text);
        if word.is_none() && !text.is_empty() {
            self.fault(column, one_of::<T>());
        }
        word
    }

    fn follow_up(&mut self, completed: Option<Day>) -> Option<FileFollowUp> {
        let on = self.day(Column::FollowedUpOn);
        let found = FileFollowUp {
            on: on.unwrap_or_default(),
            travels: self.word(Column::StillTravels),
            other_routes: self.word(Column::OtherRoutes),
            special: self.word(Column::Special),
        };
        let answered = [Column::StillTravels, Column::OtherRoutes, Column::Special];
        if self.text(Column::FollowedUpOn).is_empty() && answered.iter().any(|column| !self.text(*column).is_empty()) {
            self.fault(Column::FollowedUpOn, "the day of what it found");
        }
        self.not_before(Column::FollowedUpOn, on, Column::CompletedOn, completed);
        on.map(|_| found)
    }

    fn not_before(&mut self, column: Column, day: Option<Day>, other: Column, earlier: Option<Day>) {
        if let (Some(day), Some(earlier)) = (day, earlier)
            && day < earlier
        {
            self.fault(column, format!("a day not before {} ({})", earlier.written(), other.name()));
        }
    }

    /// Whether the days are there that the outcome speaks of, and no others.
    fn fits(&mut self, outcome: Outcome) {
        let (must, must_not): (&[Column], &[Column]) = match outcome {
            Outcome::Registered | Outcome::Outside | Outcome::Withdrew => {
                (&[], &[Column::StartedOn, Column::CompletedOn, Column::FollowedUpOn])
            }
            Outcome::Practising | Outcome::Stopped => {
                (&[Column::StartedOn], &[Column::CompletedOn, Column::FollowedUpOn])
            }
            Outcome::Completed => (&[Column::StartedOn, Column::CompletedOn], &[]),
        };
        for column in must.iter().copied().filter(|column| self.text(*column).is_empty()).collect::<Vec<_>>() {
            self.fault(column, format!("a day, as the outcome is “{}”,", outcome.word()));
        }
        for column in must_not.iter().copied().filter(|column| !self.text(*column).is_empty()).collect::<Vec<_>>() {
            self.fault(column, format!("nothing, as the outcome is “{}”,", outcome.word()));
        }
    }
}

const A_DAY: &str = "a day as YYYY-MM-DD";

fn one_of<T: Worded>() -> String {
    let words: Vec<&str> = T::WORDS.iter().map(|(_, word)| *word).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
