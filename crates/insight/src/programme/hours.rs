//! Time: of volunteers and of professionals, by stage and for a trajectory that was completed.

use opstap_core::RecordId;
use opstap_core::model::{Stage, TimeRole};

use super::{Breakdown, BreakdownKey, Figure, FigureKey, Programme, ProgrammeRow, Standing};

/// Adds what is known of time.
pub(super) fn add(programme: &mut Programme, rows: &[ProgrammeRow]) {
    for role in TimeRole::ALL.iter().copied() {
        let mut add = |key: FigureKey, counts: &dyn Fn(&ProgrammeRow) -> bool| {
            let figure = time(rows, key, counts);
            let behind = figure.rows.clone();
            programme.figures.insert(key, figure);
            behind
        };
        let spent = add(FigureKey::Hours(role), &|_| true);
        let stages: Vec<FigureKey> = Stage::ALL.iter().map(|stage| FigureKey::HoursIn(role, *stage)).collect();
        for key in &stages {
            add(*key, &|_| true);
        }
        let completed = |row: &ProgrammeRow| row.standing() == Standing::Completed;
        add(FigureKey::HoursOfCompleted(role), &completed);
        add(FigureKey::HoursOfOthers(role), &|row| !completed(row));
        add_parts(programme, BreakdownKey::HoursByStage(role), role, stages);
        let by_completion = vec![FigureKey::HoursOfCompleted(role), FigureKey::HoursOfOthers(role)];
        add_parts(programme, BreakdownKey::HoursByCompletion(role), role, by_completion);
        let known = [FigureKey::HoursKnown(role), FigureKey::HoursUnknown(role)];
        programme.part(rows, (BreakdownKey::HoursKnown(role), FigureKey::Completed), known, |row| {
            if spent.contains(&row.id) { FigureKey::HoursKnown(role) } else { FigureKey::HoursUnknown(role) }
        });
    }
}

fn add_parts(programme: &mut Programme, key: BreakdownKey, role: TimeRole, groups: Vec<FigureKey>) {
    programme.breakdowns.push(Breakdown { key, of: FigureKey::Hours(role), groups, overlap: false });
}

/// The time of such people, with the rows it was spent on. No time at all is nothing that was known.
fn time(rows: &[ProgrammeRow], key: FigureKey, counts: impl Fn(&ProgrammeRow) -> bool) -> Figure {
    let spent = rows.iter().filter(|row| counts(row)).map(|row| (row.id, key.minutes_of(row).unwrap_or_default()));
    let spent: Vec<(RecordId, u64)> = spent.filter(|(_, minutes)| *minutes > 0).collect();
    Figure {
        rows: spent.iter().map(|(id, _)| *id).collect(),
        minutes: Some(spent.iter().map(|(_, minutes)| minutes).sum()),
    }
}
