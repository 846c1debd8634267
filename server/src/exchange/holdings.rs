//! What a programme holds, as rows of the form.

use std::collections::BTreeMap;

use opstap_core::RecordId;
use opstap_core::model::TrajectoryOutcome;
use opstap_insight::{ProgrammeRow, Standing};

use super::form::{FileFollowUp, FileRow, Outcome, is_number};

/// The name of a row in a file: its own where it has one that can stand there, its id otherwise.
#[must_use]
pub fn number_of(row: &ProgrammeRow) -> String {
    let own = row.registration.number.clone().filter(|number| is_number(number) && number.trim() == number);
    own.unwrap_or_else(|| row.id.to_string())
}

/// The rows of a programme as rows of a file.
#[must_use]
pub fn file_rows(rows: &[ProgrammeRow]) -> Vec<FileRow> {
    let mut bears: BTreeMap<String, RecordId> = BTreeMap::new();
    for row in rows {
        let first = bears.entry(number_of(row)).or_insert(row.id);
        *first = row.id.min(*first);
    }
    let of_row = |row| {
        let told = file_row(row);
        // Of two of one name, made apart, the lower id bears it, as for an import that looks for it.
        let number = if bears.get(&told.number) == Some(&row.id) { told.number } else { row.id.to_string() };
        FileRow { number, ..told }
    };
    rows.iter().map(of_row).collect()
}

/// A row as one that an import takes, and that comes to the same figures, whatever was written down.
fn file_row(row: &ProgrammeRow) -> FileRow {
    let registration = &row.registration;
    let outcome = match registration.outcome {
        Some(TrajectoryOutcome::Outside) => Outcome::Outside,
        Some(TrajectoryOutcome::Withdrew) => Outcome::Withdrew,
        // It was to be stopped and practice never began.
        Some(TrajectoryOutcome::Stopped) if row.standing() == Standing::Withdrew => Outcome::Withdrew,
        Some(TrajectoryOutcome::Stopped) => Outcome::Stopped,
        None if registration.completed.is_some() => Outcome::Completed,
        None if registration.started.is_some() => Outcome::Practising,
        None => Outcome::Registered,
    };
    // What somebody was asked counts once it was completed.
    let follow_up = row.latest_follow_up().filter(|_| registration.completed.is_some()).map(|found| FileFollowUp {
        on: found.on,
        travels: found.travels,
        other_routes: found.other_routes,
        special: found.special,
    });
    FileRow {
        number: number_of(row),
        registered: registration.registered,
        channel: registration.channel,
        outcome,
        indication: registration.indication,
        mode: registration.mode,
        started: row.started(),
        completed: registration.completed,
        follow_up,
    }
}
