//! Lists of the programme: registrations, volunteers, and groups with their sessions.

use std::collections::BTreeMap;

use opstap_core::model::{Group, GroupSession, Picked, StopReason, Volunteer};
use opstap_core::{Record, RecordId};
use opstap_insight::{ProgrammeRow, Standing, programme_rows};

use super::circle::below;
use super::{Asked, Cell, Circle};
use crate::exchange::holdings::number_of;

/// The columns of registrations.
pub const REGISTRATIONS: [&str; 14] = [
    "number",
    "registered",
    "channel",
    "area",
    "indication",
    "mode",
    "standing",
    "started",
    "completed",
    "ended",
    "reasons",
    "volunteer",
    "followed_up",
    "still_travels",
];
/// The columns of volunteers.
pub const VOLUNTEERS: [&str; 8] =
    ["name", "phone", "area", "knowledge", "trained", "certificate", "resting", "practises_with"];
/// The columns of groups.
pub const GROUPS: [&str; 8] = ["group", "meets", "places", "ended", "day", "minutes", "registered_for", "attended"];

/// What a volunteer can be trained in, in the order of the cell.
const TRAINED_IN: [&str; 3] = ["public-transport", "bicycle", "on-foot"];

/// The registrations, the first registered first.
pub fn registrations(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let words = asked.words;
    let names: BTreeMap<RecordId, String> =
        circle.all::<Volunteer>().into_iter().map(|(record, volunteer)| (record.id, volunteer.name)).collect();
    let row = |row: ProgrammeRow| {
        let one = &row.registration;
        let reasons = one.reasons.into_iter().flat_map(Picked::each);
        let reasons = reasons.filter_map(|reason| StopReason::ALL.get(reason));
        let reasons: Vec<String> = reasons.map(|reason| words.code("reason", reason.code())).collect();
        let found = row.latest_follow_up();
        vec![
            number_of(&row).into(),
            one.registered.into(),
            words.code("channel", one.channel.code()).into(),
            one.area.clone().into(),
            one.indication.map(|indication| words.code("indication", indication.code())).into(),
            one.mode.map(|mode| words.code("mode", mode.code())).into(),
            words.code("standing", standing(row.standing())).into(),
            row.started().into(),
            row.completed().into(),
            one.ended.into(),
            reasons.join(", ").into(),
            one.volunteer.and_then(|volunteer| names.get(&volunteer).cloned()).into(),
            found.map(|found| found.on).into(),
            found.and_then(|found| found.travels).map(|travels| words.yes(travels)).into(),
        ]
    };
    let rows = programme_rows(&circle.read.records).into_iter();
    rows.filter(|row| asked.period.has(row.registration.registered)).map(row).collect()
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "waiting",
        Standing::Outside => "outside",
        Standing::Withdrew => "withdrew",
        Standing::Running => "running",
        Standing::Stopped => "stopped",
        Standing::Completed => "completed",
    }
}

/// The volunteers, by name, each with how many they practise with now.
pub fn volunteers(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let words = asked.words;
    let rows = programme_rows(&circle.read.records);
    let mut all = circle.all::<Volunteer>();
    all.sort_by_cached_key(|(_, volunteer)| opstap_core::letters::in_small(&volunteer.name));
    let row = |(record, volunteer): (&Record, Volunteer)| {
        let with = rows.iter().filter(|row| row.registration.volunteer == Some(record.id));
        let with = with.filter(|row| matches!(row.standing(), Standing::Waiting | Standing::Running)).count();
        let trained = volunteer.trained.into_iter().flat_map(Picked::each);
        let trained = trained.filter_map(|one| TRAINED_IN.get(one)).map(|one| words.code("trained", one));
        vec![
            volunteer.name.into(),
            volunteer.phone.into(),
            volunteer.area.into(),
            volunteer.knowledge.into(),
            trained.collect::<Vec<_>>().join(", ").into(),
            volunteer.certificate.into(),
            words.yes(volunteer.resting.unwrap_or_default()).into(),
            with.into(),
        ]
    };
    all.into_iter().map(row).collect()
}

/// The groups with a row for each session, and one for a group without any.
pub fn groups(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let sessions = circle.by_parent::<GroupSession>();
    let mut all = circle.all::<Group>();
    all.sort_by_cached_key(|(_, group)| opstap_core::letters::in_small(&group.name));
    let mut rows = Vec::new();
    for (record, group) in all {
        let row = |session: Option<&GroupSession>| {
            vec![
                group.name.clone().into(),
                group.meets.clone().into(),
                group.places.into(),
                group.ended.into(),
                session.map(|session| session.on).into(),
                session.and_then(|session| session.minutes).into(),
                session.and_then(|session| session.registered).into(),
                session.and_then(|session| session.attended).into(),
            ]
        };
        let held = below(&sessions, record.id);
        if held.is_empty() && asked.period.meets(None, group.ended) {
            rows.push(row(None));
        }
        let mut held: Vec<&GroupSession> = held.iter().map(|(_, session)| session).collect();
        held.retain(|session| asked.period.has(session.on));
        held.sort_by_key(|session| session.on);
        rows.extend(held.into_iter().map(|session| row(Some(session))));
    }
    rows
}
