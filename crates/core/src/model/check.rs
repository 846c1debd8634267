//! Whether the cells of a change can stand in a record of its kind. The phone asks before it keeps an edit, the server before it accepts one.

use crate::model::{
    Appointment, Arrival, Attendance, AttentionMark, AttentionSettings, BookEntry, CellSpec, Choice, Circumstances,
    Consent, DaysOff, DomainAnswer, DomainGoal, Evaluation, Feedback, FeedbackRead, FeedbackReply, FollowUp,
    FollowUpAnswer, Goal, GoalAction, GoalHelp, GoalStep, Grant, Group, GroupEnrolment, GroupSession, Handover,
    HandoverPoint, Intake, MatchRefused, Measurement, Member, Message, Model, Note, Part, Plan, Practice, PracticeEnd,
    PracticeSituation, Preferences, ProgrammeSettings, Registration, RegistrationFollowUp, RegistrationTime, Route,
    Run, RunEnd, RunFace, RunPhoto, RunWord, StageEntry, Step, StepEvent, StepHelp, Stop, Task, TaskHandover,
    TimeSpent, Trajectory, TrajectoryEnd, Volunteer,
};
use crate::record::{AUDIENCE, BROUGHT, DELETED, Kind, MAKER, ORDER, PURGED, is_mark};
use crate::value::{CellName, Value};

/// The longest text in a cell, in bytes.
pub const LONGEST_TEXT: usize = 20_000;
/// The most entries in a set of ids.
pub const MOST_IDS: usize = 500;
/// The longest name of a cell, in bytes.
pub const LONGEST_NAME: usize = 64;

/// What is wrong with the cells of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This version does not know the kind.
    UnknownKind,
    /// A cell that the kind needs is missing.
    Missing(&'static str),
    /// A value of the wrong type, too long, or a code nobody knows.
    DoesNotFit(CellName),
}

fn specs(kind: Kind) -> Option<&'static [CellSpec]> {
    Some(match kind {
        Kind::Member => Member::CELLS,
        Kind::Consent => Consent::CELLS,
        Kind::Plan => Plan::CELLS,
        Kind::Step => Step::CELLS,
        Kind::Run => Run::CELLS,
        Kind::StepEvent => StepEvent::CELLS,
        Kind::RunEnd => RunEnd::CELLS,
        Kind::RunPhoto => RunPhoto::CELLS,
        Kind::RunFace => RunFace::CELLS,
        Kind::Route => Route::CELLS,
        Kind::Part => Part::CELLS,
        Kind::Goal => Goal::CELLS,
        Kind::Practice => Practice::CELLS,
        Kind::GoalHelp => GoalHelp::CELLS,
        Kind::Situation => PracticeSituation::CELLS,
        Kind::PracticeEnd => PracticeEnd::CELLS,
        Kind::Message => Message::CELLS,
        Kind::Preferences => Preferences::CELLS,
        Kind::Choice => Choice::CELLS,
        Kind::RunWord => RunWord::CELLS,
        Kind::StepHelp => StepHelp::CELLS,
        Kind::BookEntry => BookEntry::CELLS,
        Kind::DaysOff => DaysOff::CELLS,
        Kind::Trajectory => Trajectory::CELLS,
        Kind::Intake => Intake::CELLS,
        Kind::StageEntry => StageEntry::CELLS,
        Kind::TrajectoryEnd => TrajectoryEnd::CELLS,
        Kind::Handover => Handover::CELLS,
        Kind::HandoverPoint => HandoverPoint::CELLS,
        Kind::FollowUp => FollowUp::CELLS,
        Kind::FollowUpAnswer => FollowUpAnswer::CELLS,
        Kind::Feedback => Feedback::CELLS,
        Kind::FeedbackReply => FeedbackReply::CELLS,
        Kind::FeedbackRead => FeedbackRead::CELLS,
        Kind::Stop => Stop::CELLS,
        Kind::Arrival => Arrival::CELLS,
        Kind::TimeSpent => TimeSpent::CELLS,
        Kind::Registration => Registration::CELLS,
        Kind::RegistrationFollowUp => RegistrationFollowUp::CELLS,
        Kind::RegistrationTime => RegistrationTime::CELLS,
        Kind::Volunteer => Volunteer::CELLS,
        Kind::ProgrammeSettings => ProgrammeSettings::CELLS,
        Kind::MatchRefused => MatchRefused::CELLS,
        Kind::Grant => Grant::CELLS,
        Kind::Circumstances => Circumstances::CELLS,
        Kind::Measurement => Measurement::CELLS,
        Kind::DomainAnswer => DomainAnswer::CELLS,
        Kind::DomainGoal => DomainGoal::CELLS,
        Kind::GoalAction => GoalAction::CELLS,
        Kind::GoalStep => GoalStep::CELLS,
        Kind::Evaluation => Evaluation::CELLS,
        Kind::Task => Task::CELLS,
        Kind::TaskHandover => TaskHandover::CELLS,
        Kind::Appointment => Appointment::CELLS,
        Kind::Note => Note::CELLS,
        Kind::AttentionMark => AttentionMark::CELLS,
        Kind::AttentionSettings => AttentionSettings::CELLS,
        Kind::Group => Group::CELLS,
        Kind::GroupSession => GroupSession::CELLS,
        Kind::GroupEnrolment => GroupEnrolment::CELLS,
        Kind::Attendance => Attendance::CELLS,
        Kind::Unknown(_) => return None,
    })
}

/// The name of a cell that this version knows, without a copy of its own.
#[must_use]
pub fn known_name(name: &str) -> Option<&'static str> {
    let of_kinds = Kind::all().filter_map(specs).flatten().map(|spec| spec.name);
    [DELETED, AUDIENCE, ORDER, PURGED, BROUGHT, MAKER].into_iter().chain(of_kinds).find(|known| *known == name)
}

/// Whether a record of this kind cannot be made without this cell.
#[must_use]
pub fn is_needed(kind: Kind, cell: &str) -> bool {
    specs(kind).is_some_and(|specs| specs.iter().any(|spec| spec.name == cell && spec.needed))
}

fn small_enough(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.len() <= LONGEST_TEXT,
        Value::Ids(ids) => ids.len() <= MOST_IDS,
        Value::Nothing | Value::Bool(_) | Value::Int(_) | Value::Id(_) | Value::Blob(_) => true,
    }
}

fn check_cell(specs: &[CellSpec], name: &CellName, value: &Value) -> Result<(), Fault> {
    let fits = match name.as_ref() {
        DELETED => matches!(value, Value::Bool(_)),
        PURGED => *value == Value::Bool(true),
        mark if is_mark(mark) => false,
        AUDIENCE => matches!(value, Value::Ids(_) | Value::Nothing),
        ORDER => {
            matches!(value, Value::Text(text) if !text.is_empty() && text.len() <= LONGEST_NAME && text.is_ascii())
        }
        other => match specs.iter().find(|spec| spec.name == other) {
            Some(spec) if value.is_nothing() => !spec.needed,
            Some(spec) => (spec.fits)(value),
            // A cell of a newer version: kept as it is.
            None => !name.is_empty() && name.len() <= LONGEST_NAME,
        },
    };
    if fits && small_enough(value) { Ok(()) } else { Err(Fault::DoesNotFit(name.clone())) }
}

/// Checks the cells with which a record is made.
///
/// # Errors
/// The first fault found.
pub fn check_make(kind: Kind, cells: &[(CellName, Value)]) -> Result<(), Fault> {
    let specs = specs(kind).ok_or(Fault::UnknownKind)?;
    for spec in specs.iter().filter(|spec| spec.needed) {
        if !cells.iter().any(|(name, value)| name == spec.name && !value.is_nothing()) {
            return Err(Fault::Missing(spec.name));
        }
    }
    check_set(kind, cells)
}

/// Checks cells set in a record of this kind.
///
/// # Errors
/// The first fault found.
pub fn check_set(kind: Kind, cells: &[(CellName, Value)]) -> Result<(), Fault> {
    let specs = specs(kind).ok_or(Fault::UnknownKind)?;
    cells.iter().try_for_each(|(name, value)| check_cell(specs, name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_says_which_cells_it_needs() {
        for kind in Kind::all() {
            assert!(specs(kind).is_some(), "{kind:?}");
        }
    }

    #[test]
    fn a_plan_without_a_title_cannot_be_made() {
        assert_eq!(check_make(Kind::Plan, &[]), Err(Fault::Missing("title")));
    }

    #[test]
    fn a_needed_cell_cannot_be_emptied_and_an_optional_one_can() {
        assert!(check_set(Kind::Plan, &[("title".into(), Value::Nothing)]).is_err());
        assert!(check_set(Kind::Plan, &[("picture".into(), Value::Nothing)]).is_ok());
    }

    #[test]
    fn a_value_of_another_type_is_told_by_its_cell() {
        let fault = check_set(Kind::Plan, &[("title".into(), Value::Int(3))]);
        assert_eq!(fault, Err(Fault::DoesNotFit("title".into())));
    }

    #[test]
    fn a_cell_that_may_be_empty_takes_no_other_value_than_its_own_and_a_code_of_a_newer_version() {
        let takes = |kind, cell: &'static str, value| check_set(kind, &[(cell.into(), value)]).is_ok();
        for (kind, cell, wrong) in [
            (Kind::Plan, "picture", Value::Int(3)),
            (Kind::Plan, "minutes", Value::Int(-1)),
            (Kind::Plan, "days", Value::Int(128)),
            (Kind::Plan, "mastery", Value::Int(21)),
            (Kind::Goal, "mastery", Value::Int(11)),
            (Kind::Part, "position", Value::Int(-1)),
            (Kind::Step, "exits", Value::Int(32)),
            (Kind::Step, "prompt", Value::Bool(true)),
            (Kind::Preferences, "pictures", Value::Int(0)),
        ] {
            assert!(!takes(kind, cell, wrong), "{cell}");
            assert!(takes(kind, cell, Value::Nothing), "{cell}");
        }
        assert!(takes(Kind::Step, "prompt", Value::from("smell")), "a newer version's");
    }

    #[test]
    fn a_cell_of_a_newer_version_is_let_through() {
        assert!(check_set(Kind::Plan, &[("colour".into(), Value::from("blue"))]).is_ok());
    }
}
