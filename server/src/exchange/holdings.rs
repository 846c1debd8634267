//! What a programme holds, as rows of the form.

use opstap_core::model::TrajectoryOutcome;
use opstap_insight::ProgrammeRow;

use super::form::{FileFollowUp, FileRow, Outcome, is_number};

/// The name of a row in a file: its own where it has one that can stand there, its id otherwise.
#[must_use]
pub fn number_of(row: &ProgrammeRow) -> String {
    let own = row.registration.number.clone().filter(|number| is_number(number) && number.trim() == number);
    own.unwrap_or_else(|| row.id.to_string())
}

/// A row of the programme as a row of a file.
#[must_use]
pub fn file_row(row: &ProgrammeRow) -> FileRow {
    let registration = &row.registration;
    let outcome = match registration.outcome {
        Some(TrajectoryOutcome::Outside) => Outcome::Outside,
        Some(TrajectoryOutcome::Withdrew) => Outcome::Withdrew,
        Some(TrajectoryOutcome::Stopped) => Outcome::Stopped,
        None if registration.completed.is_some() => Outcome::Completed,
        None if registration.started.is_some() => Outcome::Practising,
        None => Outcome::Registered,
    };
    let follow_up = row.latest_follow_up().map(|found| FileFollowUp {
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
        started: registration.started,
        completed: registration.completed,
        follow_up,
    }
}
