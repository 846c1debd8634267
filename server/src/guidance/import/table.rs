//! The lines of a file as rows of a form: its columns found by name in any order, and every fault by line and column.

use std::collections::BTreeMap;

use opstap_core::Day;

use super::{Fault, Spot};
use crate::exchange::grid::Line;

/// A form.
pub(super) struct Form {
    /// The columns that have to be there.
    pub(super) needed: &'static [&'static str],
    /// The columns that may be there.
    pub(super) optional: &'static [&'static str],
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The rows that are as they should be, with the line of each.
    pub rows: Vec<(Spot, T)>,
    /// All faults, in order of line.
    pub faults: Vec<Fault>,
}

impl<T> Default for Read<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), faults: Vec::new() }
    }
}

impl Form {
    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.needed.iter().chain(self.optional).copied()
    }

    /// The rows of a file. When a column is missing nothing further is said, as every row would lack it.
    pub(super) fn read<T>(&self, lines: &[Line], mut row: impl FnMut(&mut Cells<'_>) -> Option<T>) -> Read<T> {
        let nothing = Line { number: 1, cells: Vec::new() };
        let (header, body) = lines.split_first().unwrap_or((&nothing, &[]));
        let places = match self.places(header) {
            Ok(places) => places,
            Err(faults) => return Read { faults, ..Read::default() },
        };
        let mut read = Read::default();
        for line in body {
            let mut cells = Cells { line, places: &places, faults: Vec::new() };
            cells.nothing_beside();
            let told = row(&mut cells);
            if cells.faults.is_empty() {
                read.rows.extend(told.map(|told| (Spot::line(line.number), told)));
            }
            read.faults.append(&mut cells.faults);
        }
        read
    }

    fn places(&self, header: &Line) -> Result<BTreeMap<&'static str, usize>, Vec<Fault>> {
        let (mut places, mut faults) = (BTreeMap::new(), Vec::new());
        let spot = Spot::line(header.number);
        for (place, name) in header.cells.iter().enumerate() {
            match self.all().find(|column| column.eq_ignore_ascii_case(name)) {
                Some(column) if places.contains_key(column) => {
                    faults.push(Fault::in_column(&spot, column, "each column once", name));
                }
                Some(column) => {
                    places.insert(column, place);
                }
                // A column without a name holds nothing that anybody could mean.
                None if name.is_empty() => {}
                None => {
                    let known = self.all().collect::<Vec<_>>().join(", ");
                    let expected = format!("one of the columns {known}");
                    faults.push(Fault { found: Some(name.clone()), ..Fault::of_line(&spot, expected) });
                }
            }
        }
        for column in self.needed.iter().filter(|column| !places.contains_key(*column)) {
            let expected = "a column of this name in the first line";
            faults.push(Fault::in_column(&spot, column, expected, ""));
        }
        if faults.is_empty() { Ok(places) } else { Err(faults) }
    }
}

/// The cells of a table that goes with a file, by these columns.
pub fn read_table<const N: usize>(columns: &'static [&'static str; N], lines: &[Line]) -> Read<[String; N]> {
    let form = Form { needed: columns, optional: &[] };
    form.read(lines, |cells| Some(columns.map(|column| cells.text(column).to_owned())))
}

/// One line being read.
pub(super) struct Cells<'a> {
    line: &'a Line,
    places: &'a BTreeMap<&'static str, usize>,
    faults: Vec<Fault>,
}

impl<'a> Cells<'a> {
    /// What stands in a column; nothing where it is not there.
    pub(super) fn text(&self, column: &str) -> &'a str {
        let place = self.places.get(column).copied();
        place.and_then(|place| self.line.cells.get(place)).map_or("", String::as_str)
    }

    pub(super) fn fault(&mut self, column: &str, expected: impl Into<String>) {
        let found = self.text(column);
        self.faults.push(Fault::in_column(&Spot::line(self.line.number), column, expected, found));
    }

    fn nothing_beside(&mut self) {
        let is_known = |place: &usize| self.places.values().any(|known| known == place);
        let stray = self.line.cells.iter().enumerate().find(|(place, cell)| !is_known(place) && !cell.is_empty());
        if let Some((_, found)) = stray {
            let expected = "nothing beside the columns that the first line names";
            self.faults
                .push(Fault { found: Some(found.clone()), ..Fault::of_line(&Spot::line(self.line.number), expected) });
        }
    }

    /// The client, by the name in the file.
    pub(super) fn client(&mut self) -> Option<String> {
        let name = self.text("client");
        let is_name = !name.is_empty() && name.chars().count() <= 100 && !name.chars().any(char::is_control);
        if !is_name {
            self.fault("client", "the name of a client, at most 100 signs,");
        }
        is_name.then(|| name.to_owned())
    }

    /// A day.
    pub(super) fn day(&mut self, column: &str) -> Option<Day> {
        let day = Day::parse(self.text(column));
        if day.is_none() {
            self.fault(column, "a day as YYYY-MM-DD");
        }
        day
    }

    /// A whole number from one to another.
    pub(super) fn number(&mut self, column: &str, (least, most): (u32, u32), of: &str) -> Option<u32> {
        let number = self.text(column).parse().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.fault(column, format!("a whole number of {of} from {least} to {most}"));
        }
        number
    }

    /// One of these words, whatever the capitals. Of one thing the first word is named where something else stands.
    pub(super) fn word<T: Copy>(&mut self, column: &str, words: &[(&str, T)], named: &str) -> Option<T> {
        let text = opstap_core::letters::in_small(self.text(column));
        let word = words.iter().find(|(word, _)| opstap_core::letters::in_small(word) == text).map(|(_, of)| *of);
        if word.is_none() {
            self.fault(column, named);
        }
        word
    }

    /// What stands in a column, or nothing where it is empty.
    pub(super) fn filled(&self, column: &str) -> Option<&'a str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }
}
