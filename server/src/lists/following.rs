//! What asks for attention, and the caseload, as the screens of the desk have them today.

use std::collections::BTreeSet;

use opstap_core::record::{ORDER, is_mark};
use opstap_core::{Day, PersonId, Record, RecordId};
use opstap_insight::following::{
    Asks, Clock, DeviceFacts, Group, Source, Summary, Travels, Trend, What, attention as asks_of, case_row,
};

use super::{Asked, Cell, Circle, Local};

/// The columns of what asks.
pub const ATTENTION: [&str; 7] = ["client", "soon", "reason", "about", "since", "looked_by", "looked_at"];

/// The columns of the caseload.
pub const CASELOAD: [&str; 12] = [
    "client",
    "trend",
    "done_this_week",
    "begun_this_week",
    "done_last_week",
    "begun_last_week",
    "travel",
    "next_appointment",
    "hours_over",
    "asks",
    "asks_first",
    "last_done",
];

/// What asks for attention in a circle that this person follows.
pub fn attention(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let Some(summary) = followed(circle, asked) else { return Vec::new() };
    let row = |asks: Asks| {
        let looked = asks.looked;
        let by = looked.and_then(|(by, _)| by).and_then(|by: PersonId| circle.name(by));
        vec![
            circle.client().into(),
            soon(asks.group, asked).into(),
            reason(&asks, asked).into(),
            about(&summary, &asks.what).into(),
            asks.since.into(),
            by.into(),
            looked.map(|(_, at)| at).into(),
        ]
    };
    asks_of(&summary, &facts(circle, asked), clock(asked), asked.me).into_iter().map(row).collect()
}

/// The row of a client whom this person follows.
pub fn caseload(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let Some(summary) = followed(circle, asked) else { return Vec::new() };
    let words = asked.words;
    let row = case_row(&summary, &facts(circle, asked), clock(asked), asked.me);
    let trend = row.trend.map(|trend| match trend {
        Trend::Less => words.code("trend", "less"),
        Trend::Equal => words.code("trend", "equal"),
        Trend::More => words.code("trend", "more"),
    });
    let first = row.asks.first().map(|asks| reason(asks, asked));
    let (this, last) = (row.this_week, row.last_week);
    vec![vec![
        row.name.into(),
        trend.into(),
        this.0.into(),
        this.1.into(),
        last.0.into(),
        last.1.into(),
        row.travels.map(|travels| travel(travels, asked)).into(),
        row.next.map(|next| next.at).into(),
        row.hours_over.into(),
        row.asks.len().into(),
        first.into(),
        row.last.into(),
    ]]
}

fn facts(circle: &Circle<'_>, asked: &Asked<'_>) -> DeviceFacts {
    asked.facts.get(&circle.read.circle).copied().unwrap_or_default()
}

fn clock(asked: &Asked<'_>) -> Clock {
    Clock { now: asked.now, today: Local::of(asked.now).day }
}

/// The summary of a circle, if this person follows it: a coach of the neighbourhood sees what the client agreed to and follows nobody.
fn followed(circle: &Circle<'_>, asked: &Asked<'_>) -> Option<Summary> {
    let relation = circle.relation(asked.me)?;
    let read = circle.read;
    relation.is_professional().then(|| {
        Summary::of(&Source {
            records: &of_late(&read.records, clock(asked).today),
            person_of: &|device| read.authors.get(&device).copied(),
            says_stuck: &|text| asked.words.says_stuck(text),
            me: asked.me,
            now: asked.now,
            refused: None,
            is_crossed: &is_crossed,
        })
    })
}

/// Without the logs that a device no longer holds, so that nothing asks here that no screen shows.
fn of_late(records: &[Record], today: Day) -> Vec<Record> {
    let first = today.back(Day::LOGS_STAY - 1).begins();
    let is_old = |record: &&Record| {
        let is_top = record.kind.grows_old() && record.parent.is_none();
        is_top && record.made().is_some_and(|made| made.millis < first)
    };
    let old: BTreeSet<RecordId> = records.iter().filter(is_old).map(|record| record.id).collect();
    let stays = |record: &&Record| !old.contains(&record.id) && record.parent.is_none_or(|top| !old.contains(&top));
    records.iter().filter(stays).cloned().collect()
}

/// Whether two people changed the same in a record, or one removed what another changed. Two orders of one list are no two versions.
fn is_crossed(record: &Record) -> bool {
    let told = record.cells.keys().filter(|cell| !is_mark(cell) && **cell != ORDER);
    record.came_back() || told.into_iter().any(|cell| record.others(cell).next().is_some())
}

/// Why it asks. A task that waits is told apart from a handover of travel training, which goes by the same rule.
fn reason(asks: &Asks, asked: &Asked<'_>) -> String {
    let code = if matches!(asks.what, What::Task(_)) { "task" } else { asks.rule.code() };
    asked.words.code("rule", code)
}

fn soon(group: Group, asked: &Asked<'_>) -> String {
    let code = match group {
        Group::Now => "now",
        Group::Today => "today",
        Group::ThisWeek => "this-week",
    };
    asked.words.code("soon", code)
}

/// The title of what asks.
fn about(summary: &Summary, what: &What) -> String {
    let title = |of: RecordId| summary.title(of).to_owned();
    match what {
        What::Help(help) => help.plan.map(title).unwrap_or_default(),
        What::GivenUp(one) => title(one.plan),
        What::StepFails(one) => title(one.step),
        What::Less { of, .. } => title(*of),
        What::NoPractice { route, .. } => route.map(title).unwrap_or_default(),
        What::Task(one) => title(one.task),
        What::Hours(aside) => format!("{} %", aside.per_cent),
        What::Handover(_)
        | What::FollowUp { .. }
        | What::Consent { .. }
        | What::Silent { .. }
        | What::Refused(_)
        | What::Conflicts(_) => String::new(),
    }
}

fn travel(travels: Travels, asked: &Asked<'_>) -> String {
    let stage = |code: &str| asked.words.code("stage", code);
    let on = |stage: String, day: Option<Day>| match day {
        Some(day) => format!("{stage} {}", day.written()),
        None => stage,
    };
    match travels {
        Travels::Before(before) => stage(before.code()),
        Travels::Practises(count) => format!("{} {count}", stage("practice")),
        Travels::HandsOver(day) => on(stage("handover"), day),
        Travels::Alone(next) => match next {
            Some((_, day)) => on(stage("follow-up"), Some(day)),
            None => stage("alone"),
        },
    }
}
