//! Rows of the programme follow the circles of their participants: what changed there, days and codes alone, is written in the row by the
//! next coordinator who opens the programme. Nobody types a figure.

use leptos::task::spawn_local;
use opstap_core::model::{
    Model, PracticeEnd, Registration, RegistrationFollowUp, RegistrationTime, Stage, TimeSpent, set,
};
use opstap_core::{CellName, Change, CircleId, Day, RecordId, Value};
use opstap_insight::{differing, follow_ups_of, row_of, times_of};
use opstap_view::prelude::*;

use super::read::Programme;
use crate::device::{self, Entry, Reader};
use crate::stories;

/// Brings the rows in step once the programme is read; once a visit, since writing moves it.
pub(super) fn keep_in_step(programme: CircleId, read: Signal<Option<Programme>>) {
    let begun = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(rows) = read.with(|read| read.as_ref().map(|read| read.rows.clone())) else { return };
        if begun.get_untracked() {
            return;
        }
        begun.set(true);
        spawn_local(async move {
            for row in rows {
                let changes = changes(programme, &row).await;
                if !changes.is_empty() {
                    device::keep(programme, changes);
                }
            }
        });
    });
}

/// What a row lacks of its circle, where this desk holds it.
async fn changes(programme: CircleId, row: &Entry<Registration>) -> Vec<Change> {
    let Some(circle) = row.value.circle else { return Vec::new() };
    let reader = Reader::new(circle);
    let stories = stories::trajectory::of_circle(&reader).await;
    let of_row = stories.iter().find(|story| story.trajectory.row == Some(row.id)).or_else(|| stories.last());
    let Some(story) = of_row else { return Vec::new() };
    let mut changes = Vec::new();
    let cells = differing(&row.value, &row_of(story, &row.value));
    if !cells.is_empty() {
        changes.push(Change::Set { id: row.id, cells });
    }
    let below = Reader::new(programme);
    changes.extend(follow_ups(row.id, &below.below(row.id).await, &follow_ups_of(story)));
    let times = times_of(practised(&reader).await, &spent(&reader).await);
    changes.extend(spent_changes(row.id, &below.below(row.id).await, &times));
    changes
}

/// The minutes of all practices, those that are too old to be on this device too.
async fn practised(reader: &Reader) -> u32 {
    let (before, old) = device::minutes_before(reader.circle()).await;
    let ends = reader.all::<PracticeEnd>().await;
    // What was brought back by the month is in the figures already.
    let of_now = ends.iter().filter(|end| end.made.is_none_or(|made| Day::of(made.millis) >= before));
    let here: u32 = of_now.filter_map(|end| end.value.minutes).sum();
    here.saturating_add(old)
}

/// The minutes that professionals wrote down for a stage.
async fn spent(reader: &Reader) -> Vec<(Stage, u32)> {
    let all = reader.all::<TimeSpent>().await;
    let replaced: Vec<RecordId> = all.iter().filter_map(|one| one.value.replaces).collect();
    let counts = all.iter().filter(|one| !replaced.contains(&one.id));
    counts.filter_map(|one| Some((one.value.stage?, one.value.minutes))).collect()
}

/// One record for each enquiry, by its months; what was found since is set in it.
fn follow_ups(row: RecordId, known: &[Entry<RegistrationFollowUp>], now: &[RegistrationFollowUp]) -> Vec<Change> {
    let mut changes = Vec::new();
    for found in now {
        match known.iter().find(|one| one.value.months == found.months) {
            None => changes.push(found.make_below(device::new_id(), row)),
            Some(one) => changes.extend(other_cells(one.id, &one.value.cells(), &found.cells())),
        }
    }
    changes
}

fn spent_changes(row: RecordId, known: &[Entry<RegistrationTime>], now: &[RegistrationTime]) -> Vec<Change> {
    let mut changes = Vec::new();
    for time in now {
        let same = |one: &&Entry<RegistrationTime>| (one.value.stage, one.value.role) == (time.stage, time.role);
        match known.iter().find(same) {
            None => changes.push(time.make_below(device::new_id(), row)),
            Some(one) if one.value.minutes != time.minutes => changes.push(set(one.id, "minutes", time.minutes)),
            Some(_) => {}
        }
    }
    changes
}

/// Sets the cells that differ; one that is empty now is emptied.
fn other_cells(id: RecordId, known: &[(CellName, Value)], now: &[(CellName, Value)]) -> Option<Change> {
    let held = |cells: &[(CellName, Value)], name: &CellName| {
        cells.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let names = known.iter().chain(now).map(|(name, _)| name);
    let mut cells: Vec<(CellName, Value)> = Vec::new();
    for name in names {
        if held(known, name) != held(now, name) && !cells.iter().any(|(known, _)| known == name) {
            cells.push((name.clone(), held(now, name)));
        }
    }
    (!cells.is_empty()).then_some(Change::Set { id, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_set_and_what_is_gone_is_emptied() {
        let id = RecordId([1; 16]);
        let cell = |name: &'static str, value: i64| (CellName::from(name), Value::Int(value));
        let (known, now) = ([cell("on", 1), cell("months", 3)], [cell("on", 2)]);
        let expected = vec![cell("on", 2), (CellName::from("months"), Value::Nothing)];
        assert_eq!(other_cells(id, &known, &now), Some(Change::Set { id, cells: expected }));
        assert_eq!(other_cells(id, &known, &known), None);
    }
}
