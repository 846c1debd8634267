//! From the lines of a file to rows of the form, or every fault in it by line and column with what was expected.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use opstap_core::model::Channel;
use opstap_core::{Day, Record};
use opstap_insight::programme_rows;

use super::expected::Expected;
use super::form::{Column, FileFollowUp, FileRow, Outcome, Worded, is_number};
use super::grid::Line;
use super::holdings::file_rows;

/// Something in a file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// The line, from 1.
    pub line: u64,
    /// The column; none for a fault of the line as a whole.
    pub column: Option<&'static str>,
    /// What was expected.
    pub expected: Expected,
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

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// The rows that are as they should be, with the line of each.
    pub rows: Vec<(u64, FileRow)>,
    /// All faults, in order of line.
    pub faults: Vec<FileFault>,
    /// The rows of which nothing but the order of their days is at fault, with the line of each.
    disordered: Vec<(u64, FileRow)>,
}

impl Held {
    /// The rows, when all of them are as they should be.
    ///
    /// # Errors
    /// What the file holds, when anything in it is not.
    pub fn all(self) -> Result<Vec<(u64, FileRow)>, Self> {
        if self.faults.is_empty() { Ok(self.rows) } else { Err(self) }
    }

    /// The same beside the records of a programme. People write down what happened, in whatever order its days stand: a row with
    /// the days that stand there already, as an export has, is as it should be.
    #[must_use]
    pub fn beside(mut self, records: &[Record]) -> Self {
        let disordered = std::mem::take(&mut self.disordered);
        if disordered.is_empty() {
            return self;
        }
        let days = |row: &FileRow| (row.registered, row.started, row.completed, row.follow_up.map(|found| found.on));
        let now = file_rows(&programme_rows(records)).into_iter().map(|row| (days(&row), row.number));
        let now: BTreeSet<_> = now.collect();
        for (line, row) in disordered {
            if !now.contains(&(days(&row), row.number.clone())) {
                continue;
            }
            self.faults.retain(|fault| fault.line != line || !fault.is_of_order());
            // Its name may stand on an earlier line too.
            if self.faults.iter().all(|fault| fault.line != line) {
                self.rows.push((line, row));
            }
        }
        self.rows.sort_by_key(|(line, _)| *line);
        self
    }
}

impl FileFault {
    const fn is_of_order(&self) -> bool {
        matches!(self.expected, Expected::NotBefore(..))
    }
}

/// What the lines of a file hold. When a column is missing nothing further is said, as every row would lack it.
#[must_use]
pub fn held(lines: &[Line]) -> Held {
    let (header, body) = match lines.split_first() {
        Some((header, body)) => (header, body),
        None => (&Line { number: 1, cells: Vec::new() }, lines),
    };
    let columns = match columns(header) {
        Ok(columns) => columns,
        Err(faults) => return Held { faults, ..Held::default() },
    };
    let (mut faults, mut rows, mut disordered) = (Vec::new(), Vec::new(), Vec::new());
    for line in body {
        let mut reading = Reading { line, columns: &columns, faults: Vec::new() };
        let row = reading.row().map(|row| (line.number, row));
        if reading.faults.is_empty() {
            rows.extend(row);
        } else if reading.faults.iter().all(FileFault::is_of_order) {
            disordered.extend(row);
        }
        faults.append(&mut reading.faults);
    }
    faults.extend(doubles(body, &columns));
    // A stable order: of one line as its columns stand.
    faults.sort_by_key(|fault| fault.line);
    // A name that stands on an earlier line too is no good row, whatever else it says.
    rows.retain(|(line, _)| faults.binary_search_by_key(line, |fault| fault.line).is_err());
    Held { rows, faults, disordered }
}

type Places = BTreeMap<Column, usize>;

/// Where each column stands.
fn columns(header: &Line) -> Result<Places, Vec<FileFault>> {
    let mut places = Places::new();
    let mut faults = Vec::new();
    let mut wrong = |column, expected: Expected, found: &str| {
        faults.push(FileFault { line: header.number, column, expected, found: found.to_owned() });
    };
    for (place, name) in header.cells.iter().enumerate() {
        match Column::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(name)) {
            Some(column) if places.contains_key(&column) => {
                wrong(Some(column.name()), Expected::EachOnce, name);
            }
            Some(column) => {
                places.insert(column, place);
            }
            // A column without a name holds nothing that anybody could mean.
            None if name.is_empty() => {}
            None => wrong(None, Expected::AColumn, name),
        }
    }
    for column in Column::ALL.into_iter().filter(|column| !places.contains_key(column)) {
        wrong(Some(column.name()), Expected::ThisColumn, "");
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
            let expected = Expected::ANameOfItsOwn(earlier);
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
        Some(FileRow { number, registered, channel, outcome, indication, mode, started, completed, follow_up })
    }

    fn text(&self, column: Column) -> &'a str {
        let place = self.columns.get(&column).copied();
        place.and_then(|place| self.line.cells.get(place)).map_or("", String::as_str)
    }

    fn fault(&mut self, column: Column, expected: Expected) {
        let found = self.text(column).to_owned();
        self.faults.push(FileFault { line: self.line.number, column: Some(column.name()), expected, found });
    }

    /// Nothing may stand where no column is.
    fn width(&mut self) {
        let known: Vec<usize> = self.columns.values().copied().collect();
        let stray = self.line.cells.iter().enumerate().find(|(place, cell)| !known.contains(place) && !cell.is_empty());
        if let Some((_, found)) = stray {
            let expected = Expected::NothingBeside;
            self.faults.push(FileFault { line: self.line.number, column: None, expected, found: found.clone() });
        }
    }

    fn number(&mut self) -> String {
        let number = self.text(Column::Registration);
        if !number.is_empty() && !is_number(number) {
            self.fault(Column::Registration, Expected::AShortName);
        }
        number.to_owned()
    }

    fn needs(&mut self, column: Column) {
        if self.text(column).is_empty() {
            let expected = match column {
                Column::Registration => Expected::AName,
                Column::RegisteredOn => Expected::ADay,
                Column::Channel => Expected::word_of::<Channel>(),
                _ => Expected::word_of::<Outcome>(),
            };
            self.fault(column, expected);
        }
    }

    fn day(&mut self, column: Column) -> Option<Day> {
        let text = self.text(column);
        let day = Day::parse(text);
        if day.is_none() && !text.is_empty() {
            self.fault(column, Expected::ADay);
        }
        day
    }

    fn word<T: Worded>(&mut self, column: Column) -> Option<T> {
        let text = self.text(column);
        let word = T::of_word(text);
        if word.is_none() && !text.is_empty() {
            self.fault(column, Expected::word_of::<T>());
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
            self.fault(Column::FollowedUpOn, Expected::TheDayOfIt);
        }
        self.not_before(Column::FollowedUpOn, on, Column::CompletedOn, completed);
        on.map(|_| found)
    }

    fn not_before(&mut self, column: Column, day: Option<Day>, other: Column, earlier: Option<Day>) {
        if let (Some(day), Some(earlier)) = (day, earlier)
            && day < earlier
        {
            self.fault(column, Expected::NotBefore(earlier, other));
        }
    }

    /// Whether the days are there that the outcome speaks of, and none that it rules out. What ended may have gone any way before.
    fn fits(&mut self, outcome: Outcome) {
        let completed = !self.text(Column::CompletedOn).is_empty();
        let (must, must_not): (&[Column], &[Column]) = match outcome {
            Outcome::Registered => (&[], &[Column::StartedOn, Column::CompletedOn, Column::FollowedUpOn]),
            Outcome::Practising => (&[Column::StartedOn], &[Column::CompletedOn, Column::FollowedUpOn]),
            Outcome::Completed => (&[Column::StartedOn, Column::CompletedOn], &[]),
            Outcome::Outside | Outcome::Withdrew | Outcome::Stopped if completed => (&[Column::StartedOn], &[]),
            Outcome::Outside | Outcome::Withdrew => (&[], &[Column::FollowedUpOn]),
            Outcome::Stopped => (&[Column::StartedOn], &[Column::FollowedUpOn]),
        };
        for column in must.iter().copied().filter(|column| self.text(*column).is_empty()).collect::<Vec<_>>() {
            self.fault(column, Expected::ADayAs(outcome));
        }
        for column in must_not.iter().copied().filter(|column| !self.text(*column).is_empty()).collect::<Vec<_>>() {
            self.fault(column, Expected::NothingAs(outcome));
        }
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
