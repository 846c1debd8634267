//! The rows of a file as they are shown before anything of it is written, to whoever imports it in the app or by the command.

use std::fmt;

use serde::{Serialize, Serializer};

use super::form::{Column, FileRow};
use super::plan::{Becomes, ImportPlan};

/// So many rows, and in the app so many faults, are shown one by one; the rest is counted.
pub const MOST_SHOWN: usize = 100;

/// A row.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Row {
    line: u64,
    row: String,
    #[serde(serialize_with = "coded")]
    #[schema(value_type = String)]
    becomes: Becomes,
    /// What it says where it is new, what changes where it is there already.
    cells: Vec<Cell>,
}

/// A cell: what stands there, empty in a new row, and what the file says.
#[derive(Serialize, utoipa::ToSchema)]
struct Cell {
    column: &'static str,
    was: String,
    says: String,
}

fn coded<S: Serializer>(becomes: &Becomes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(becomes.code())
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}", self.line, self.row)?;
        let or_empty = |text: &str| if text.is_empty() { "empty".to_owned() } else { text.to_owned() };
        let cells = self.cells.iter();
        let said: Vec<String> = match self.becomes {
            Becomes::New => cells.map(|cell| format!("{} {}", cell.column, cell.says)).collect(),
            Becomes::Changed => {
                let says = |cell: &Cell| (cell.column, or_empty(&cell.says), or_empty(&cell.was));
                let said = cells.map(says).map(|(column, says, was)| format!("{column} becomes {says}, and is {was}"));
                said.collect()
            }
            Becomes::Same => vec!["unchanged".to_owned()],
        };
        let new = if self.becomes == Becomes::New { ", new" } else { "" };
        write!(f, "{new}: {}", said.join("; "))
    }
}

/// The first rows, those that ask to be looked at before the others.
#[must_use]
pub fn rows_shown(rows: &[(u64, FileRow)], plan: &ImportPlan) -> Vec<Row> {
    let of_kind = |kind| rows.iter().zip(&plan.rows).filter(move |(_, becomes)| **becomes == kind);
    let in_order = [Becomes::Changed, Becomes::New, Becomes::Same].into_iter().flat_map(of_kind);
    let told = in_order.take(MOST_SHOWN).map(|((line, row), becomes)| Row {
        line: *line,
        row: row.number.clone(),
        becomes: *becomes,
        cells: match becomes {
            Becomes::New => says(row),
            Becomes::Changed => changes(*line, plan),
            Becomes::Same => Vec::new(),
        },
    });
    told.collect()
}

/// All that a row says beside its name.
fn says(row: &FileRow) -> Vec<Cell> {
    let cells = Column::ALL.into_iter().filter(|column| *column != Column::Registration);
    let cells = cells.map(|column| Cell { column: column.name(), was: String::new(), says: row.text(column) });
    cells.filter(|cell| !cell.says.is_empty()).collect()
}

fn changes(line: u64, plan: &ImportPlan) -> Vec<Cell> {
    let changed = plan.changed.iter().filter(|cell| cell.line == line);
    changed.map(|cell| Cell { column: cell.column, was: cell.was.clone(), says: cell.becomes.clone() }).collect()
}
