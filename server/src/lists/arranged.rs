//! Lists of what is arranged and written down: tasks, appointments, notes for the file, and who was at a group.

use std::collections::BTreeSet;

use opstap_core::model::{Appointment, Note, NoteFor, Task, TaskHandover};
use opstap_core::{Record, RecordId};
use opstap_insight::{AttendanceStory, TaskWord, participations, task_story};

use super::circle::below;
use super::{Asked, Cell, Circle, Local};

/// The columns of tasks.
pub const TASKS: [&str; 7] = ["client", "task", "who_does", "since", "asked", "due", "done"];
/// The columns of appointments.
pub const APPOINTMENTS: [&str; 7] = ["client", "moment", "minutes", "with", "what", "place", "called_off"];
/// The columns of notes for the file.
pub const NOTES: [&str; 5] = ["client", "moment", "who", "note", "spoken"];
/// The columns of who was at a group.
pub const ATTENDANCE: [&str; 4] = ["client", "group", "day", "presence"];

/// The tasks that went on in the period, as they were made.
pub fn tasks(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let handovers = circle.by_parent::<TaskHandover>();
    let mut rows = Vec::new();
    for (record, task) in circle.all::<Task>() {
        let made = record.made().map(|made| Local::of(made.millis).day);
        if !asked.period.meets(made, task.ended.map(|ended| Local::of(ended).day)) {
            continue;
        }
        let word = |(record, handover): &(&Record, TaskHandover)| TaskWord {
            id: record.id,
            by: circle.read.author(record),
            handover: handover.clone(),
        };
        let story = task_story(record.id, task, below(&handovers, record.id).iter().map(word).collect());
        let waits: Vec<String> = story.asked.iter().filter_map(|one| circle.name(one.who)).collect();
        rows.push(vec![
            circle.client().into(),
            story.task.title.into(),
            story.with.and_then(|(who, _)| circle.name(who)).into(),
            story.with.map(|(_, since)| since).into(),
            waits.join(", ").into(),
            story.task.due.into(),
            story.task.ended.into(),
        ]);
    }
    rows
}

/// Who comes when, also what was called off.
pub fn appointments(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let mut all = circle.all::<Appointment>();
    all.retain(|(_, appointment)| asked.period.has_moment(appointment.at));
    all.sort_by_key(|(record, appointment)| (appointment.at, record.id));
    let row = |(_, appointment): (&Record, Appointment)| {
        vec![
            circle.client().into(),
            appointment.at.into(),
            appointment.minutes.into(),
            circle.name(appointment.with).into(),
            appointment.title.into(),
            appointment.place.into(),
            asked.words.yes(appointment.cancelled.is_some()).into(),
        ]
    };
    all.into_iter().map(row).collect()
}

/// The notes for the file as they stand; those to colleagues are theirs and in no list.
pub fn notes(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let mut all = circle.all::<Note>();
    let replaced: BTreeSet<RecordId> = all.iter().filter_map(|(_, note)| note.replaces).collect();
    all.retain(|(record, note)| {
        note.whom == NoteFor::File && !replaced.contains(&record.id) && asked.period.has_moment(note.at)
    });
    all.sort_by_key(|(record, note)| (note.at, record.id));
    let row = |(record, note): (&Record, Note)| {
        vec![
            circle.client().into(),
            note.at.into(),
            circle.author(record).into(),
            note.text.into(),
            asked.words.yes(note.voice.is_some()).into(),
        ]
    };
    all.into_iter().map(row).collect()
}

/// At which sessions of a group the client was; of each the last word.
pub fn attendance(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let groups = participations(&circle.read.records);
    let mut all: Vec<_> = groups
        .iter()
        .flat_map(|group| group.attendance.iter().map(move |one| (group.enrolment().map(|one| &one.name), one)))
        .filter(|(_, one)| asked.period.has(one.on))
        .collect();
    all.sort_by_key(|(_, one)| (one.on, one.session));
    let row = |(group, one): (Option<&String>, &AttendanceStory)| {
        vec![
            circle.client().into(),
            group.cloned().into(),
            one.on.into(),
            asked.words.code("presence", one.presence.code()).into(),
        ]
    };
    all.into_iter().map(row).collect()
}
