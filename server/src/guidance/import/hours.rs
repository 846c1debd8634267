//! The time of a duo, a line each: columns `client`, `date`, `worker`, `role` (PB or MB) and `minutes`; `kind` (planned or unplanned) and
//! `what` (direct, indirect or travel) where they are known.

use std::collections::BTreeMap;

use opstap_core::Day;
use opstap_core::model::{DuoRole, Model, TimeKind, TimeSpent};

use super::table::Form;
use super::{Parties, Party, Plan, Planned, Read, Spot};
use crate::exchange::grid::Line;
use crate::exchange::plan::Becomes;

/// As much as a day has.
const MOST_MINUTES: u32 = 24 * 60;
const FORM: Form = Form { needed: &["client", "date", "worker", "role", "minutes"], optional: &["kind", "what"] };
const ROLES: [(&str, DuoRole); 2] = [("PB", DuoRole::Supervisor), ("MB", DuoRole::SupportWorker)];
const PLANNED: [(&str, bool); 3] = [("planned", false), ("unplanned", true), ("", false)];
const WHAT: [(&str, TimeKind); 4] = [
    ("direct", TimeKind::Direct),
    ("indirect", TimeKind::Indirect),
    ("travel", TimeKind::Travel),
    ("", TimeKind::Direct),
];

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    /// The client, as the file calls them.
    pub client: String,
    /// The time.
    pub time: TimeSpent,
}

/// The rows of a file. What was spent after `today` was not spent.
#[must_use]
pub fn read_hours(lines: &[Line], today: Day) -> Read<HoursRow> {
    FORM.read(lines, |cells| {
        let (client, on) = (cells.client(), cells.day("date"));
        if on.is_some_and(|on| on > today) {
            cells.fault("date", format!("a day up to today, {},", today.written()));
        }
        let by = cells.filled("worker");
        if by.is_none() {
            cells.fault("worker", "whose time it was");
        }
        let role = cells.word("role", &ROLES, "PB or MB");
        let minutes = cells.number("minutes", (1, MOST_MINUTES), "minutes");
        let unplanned = cells.word("kind", &PLANNED, "planned or unplanned");
        let kind = cells.word("what", &WHAT, "direct, indirect or travel");
        let time = TimeSpent {
            unplanned: Some(unplanned?),
            role: Some(role?),
            by: Some(by?.to_owned()),
            ..TimeSpent::of(on?, minutes?, kind?)
        };
        Some(HoursRow { client: client?, time })
    })
}

/// What makes two times the same: two of a client that are equal in this are two only where the file, too, has both.
type Key = (Day, u32, Option<DuoRole>, TimeKind, bool, Option<String>);

fn key(time: &TimeSpent) -> Key {
    let TimeSpent { on, minutes, role, kind, unplanned, by, .. } = time;
    (*on, *minutes, *role, *kind, unplanned.unwrap_or_default(), by.clone())
}

/// What importing them would write, under the name of an import.
#[must_use]
pub fn plan_hours(rows: &[(Spot, HoursRow)], parties: &mut Parties, name: &str) -> Plan {
    let count = |party: &Party| {
        let mut there: BTreeMap<Key, usize> = BTreeMap::new();
        for time in party.standing::<TimeSpent>() {
            *there.entry(key(&time)).or_default() += 1;
        }
        there
    };
    let mut there: Vec<_> = parties.all().iter().map(count).collect();
    let mut plan = Plan::default();
    for (spot, row) in rows {
        let Some(place) = parties.place(&row.client) else { continue };
        let says = said(&row.time);
        let left = there.get_mut(place).and_then(|there| there.get_mut(&key(&row.time))).filter(|left| **left > 0);
        let becomes = if let Some(left) = left {
            *left -= 1;
            Becomes::Same
        } else {
            let id = parties.free_id(place, "time", says.as_bytes());
            let time = TimeSpent { import: Some(name.to_owned()), ..row.time.clone() };
            plan.acts.push((place, vec![time.make(id)]));
            Becomes::New
        };
        plan.rows.push(Planned { spot: spot.clone(), client: row.client.clone(), becomes, says });
    }
    plan
}

fn said(time: &TimeSpent) -> String {
    let role = ROLES.iter().find(|(_, role)| Some(*role) == time.role).map_or("", |(word, _)| *word);
    let planned = if time.unplanned == Some(true) { "unplanned" } else { "planned" };
    let (by, what) = (time.by.as_deref().unwrap_or_default(), time.kind.code());
    format!("{} {by} {role}, {} minutes, {planned}, {what}", time.on.written(), time.minutes)
}
