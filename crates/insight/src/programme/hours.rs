//! Time: of volunteers and of professionals, by stage and for a trajectory that was completed.

use std::collections::BTreeMap;

use opstap_core::RecordId;
use opstap_core::model::{Stage, TimeRole};

use super::{Breakdown, BreakdownKey, Figure, FigureKey, Programme, ProgrammeRow, Standing};

/// Adds what is known of time.
pub(super) fn add(programme: &mut Programme, rows: &[ProgrammeRow]) {
    for role in TimeRole::ALL.iter().copied() {
        let whole = time(rows, role, |_, _| true);
        let spent: Vec<RecordId> = whole.rows.clone();
        programme.figures.insert(FigureKey::Hours(role), whole);
        let stages: Vec<FigureKey> = Stage::ALL.iter().map(|stage| FigureKey::HoursIn(role, *stage)).collect();
        for stage in Stage::ALL.iter().copied() {
            programme.figures.insert(FigureKey::HoursIn(role, stage), time(rows, role, |_, of| of == stage));
        }
        add_parts(programme, BreakdownKey::HoursByStage(role), role, stages);
        let completed = |row: &ProgrammeRow| row.standing() == Standing::Completed;
        programme.figures.insert(FigureKey::HoursOfCompleted(role), time(rows, role, |row, _| completed(row)));
        programme.figures.insert(FigureKey::HoursOfOthers(role), time(rows, role, |row, _| !completed(row)));
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

/// The time of such people that fits, with the rows it was spent on. No time at all is nothing that was known.
fn time(rows: &[ProgrammeRow], role: TimeRole, fits: impl Fn(&ProgrammeRow, Stage) -> bool) -> Figure {
    let mut spent: BTreeMap<usize, u64> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let of_it = row.times.iter().filter(|time| time.role == role && time.minutes > 0 && fits(row, time.stage));
        let minutes: u64 = of_it.map(|time| u64::from(time.minutes)).sum();
        if minutes > 0 {
            spent.insert(place, minutes);
        }
    }
    let behind = spent.keys().filter_map(|place| rows.get(*place)).map(|row| row.id).collect();
    Figure { rows: behind, minutes: Some(spent.values().sum()) }
}
