//! Lists of guidance: time, what is granted, goals and measurements. Minutes and levels stand there as they were written down; of levels
//! nothing is ever added up.

use std::collections::BTreeMap;

use opstap_core::instrument::Instrument;
use opstap_core::model::{DomainGoal, GoalAction, Grant};
use opstap_core::plan_format::Name;
use opstap_core::{PersonId, Record, RecordId};
use opstap_insight::{MeasurementStory, duo_role, guidance_of, times_by_role};

use super::circle::below;
use super::{Asked, Cell, Circle, Words};

/// The columns of hours.
pub const HOURS: [&str; 8] = ["client", "day", "minutes", "time", "planned", "role", "who", "stage"];
/// The columns of what is granted.
pub const GRANTS: [&str; 7] =
    ["client", "from", "until", "specialist_minutes", "basic_minutes", "situation", "decision"];
/// The columns of goals.
pub const GOALS: [&str; 9] =
    ["client", "instrument", "domain", "aim", "words", "from", "ended", "actions", "actions_done"];
/// The columns of measurements.
pub const MEASUREMENTS: [&str; 10] =
    ["client", "instrument", "day", "domain", "level", "level_name", "applies", "word", "together", "who"];

/// The times that count, by day.
pub fn hours(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let (words, members) = (asked.words, circle.relations());
    let mut records: Vec<&Record> = circle.read.records.iter().collect();
    records.sort_by_key(|record| (record.made(), record.id));
    let author = |record: &Record| circle.read.author(record);
    let mut stories = times_by_role(&records, |record| duo_role(author(record), &members));
    stories.retain(|(story, _)| asked.period.has(story.time.on));
    stories.sort_by_key(|(story, _)| story.time.on);
    let by_id: BTreeMap<RecordId, &Record> = records.iter().map(|record| (record.id, *record)).collect();
    let row = |(story, role): (opstap_insight::TimeStory, Option<opstap_core::model::DuoRole>)| {
        // Whose time it is stays theirs, whoever corrected it.
        let first = story.corrected.first().unwrap_or(&story.id);
        let wrote = by_id.get(first).and_then(|record| circle.author(record));
        let time = story.time;
        vec![
            circle.client().into(),
            time.on.into(),
            time.minutes.into(),
            words.code("time", time.kind.code()).into(),
            words.yes(!time.unplanned.unwrap_or_default()).into(),
            role.map(|role| words.code("role", role.code())).into(),
            time.by.or(wrote).into(),
            time.stage.map(|stage| words.code("stage", stage.code())).into(),
        ]
    };
    stories.into_iter().map(row).collect()
}

/// What is granted, by first day.
pub fn grants(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let mut grants = circle.all::<Grant>();
    grants.retain(|(_, grant)| asked.period.meets(Some(grant.from), Some(grant.to)));
    grants.sort_by_key(|(record, grant)| (grant.from, grant.to, record.id));
    let row = |(_, grant): (&Record, Grant)| {
        vec![
            circle.client().into(),
            grant.from.into(),
            grant.to.into(),
            grant.specialist.into(),
            grant.basic.into(),
            grant.situation.into(),
            grant.number.into(),
        ]
    };
    grants.into_iter().map(row).collect()
}

/// The goals, also those that ended, as they were made.
pub fn goals(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let (instruments, actions) = (asked.instruments.all(), circle.by_parent::<GoalAction>());
    let mut goals = circle.all::<DomainGoal>();
    goals.retain(|(_, goal)| asked.period.meets(goal.from, goal.ended));
    let row = |(record, goal): (&Record, DomainGoal)| {
        let actions = below(&actions, record.id);
        let (instrument, domain) = named(instruments, (&goal.instrument, &goal.domain), asked.words);
        vec![
            circle.client().into(),
            instrument.into(),
            domain.into(),
            asked.words.code("aim", goal.aim.code()).into(),
            goal.words.into(),
            goal.from.into(),
            goal.ended.into(),
            actions.len().into(),
            actions.iter().filter(|(_, action)| action.done.is_some()).count().into(),
        ]
    };
    goals.into_iter().map(row).collect()
}

/// What was answered for each domain, by day.
pub fn measurements(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let (instruments, members) = (asked.instruments.all(), circle.relations());
    let author = |record: &Record| circle.read.author(record);
    let told = guidance_of(&circle.read.records, |record| duo_role(author(record), &members));
    let made_by: BTreeMap<RecordId, PersonId> =
        circle.read.records.iter().filter_map(|record| Some((record.id, author(record)?))).collect();
    let mut rows = Vec::new();
    for story in told.measurements.iter().filter(|story| asked.period.has(story.measurement.on)) {
        let who = story.measurement.by.clone();
        let first = story.corrected.first().unwrap_or(&story.id);
        let who = who.or_else(|| circle.name(*made_by.get(first)?));
        rows.extend(answers(circle, asked, (instruments, story), who.as_deref()));
    }
    rows
}

/// The answers of a measurement, in the order of its instrument.
fn answers(
    circle: &Circle<'_>,
    asked: &Asked<'_>,
    (instruments, story): (&[Instrument], &MeasurementStory),
    who: Option<&str>,
) -> Vec<Vec<Cell>> {
    let (words, measurement) = (asked.words, &story.measurement);
    let known = instruments.iter().find(|instrument| instrument.id.to_string() == measurement.instrument);
    let place = |code: &str| {
        let domains = known.into_iter().flat_map(|instrument| &instrument.domains);
        domains.into_iter().position(|domain| domain.code.as_str() == code).unwrap_or(usize::MAX)
    };
    // Of two answers for one domain the last made counts.
    let last: BTreeMap<&str, _> = story.answers.iter().map(|answer| (answer.domain.as_str(), answer)).collect();
    let mut answers: Vec<_> = last.into_values().collect();
    answers.sort_by_key(|answer| place(&answer.domain));
    let row = |answer: &opstap_core::model::DomainAnswer| {
        let (instrument, domain) = named(instruments, (&measurement.instrument, &answer.domain), words);
        let name = answer.level.and_then(|level| known?.level_name(level)).map(|name| name.get(words.language()));
        let said = [answer.word.clone(), measurement.word.clone()].into_iter().flatten().collect::<Vec<_>>();
        vec![
            circle.client().into(),
            instrument.into(),
            measurement.on.into(),
            domain.into(),
            answer.level.map(|level| u32::from(level.number())).into(),
            name.map(str::to_owned).into(),
            answer.yes.map(|yes| words.yes(yes)).into(),
            said.join(". ").into(),
            words.yes(measurement.together.unwrap_or_default()).into(),
            who.map(str::to_owned).into(),
        ]
    };
    answers.into_iter().map(row).collect()
}

/// What an instrument and a domain of it are called; their codes where it is not known.
fn named(instruments: &[Instrument], (id, code): (&str, &str), words: &Words) -> (String, String) {
    let Some(known) = instruments.iter().find(|instrument| instrument.id.to_string() == id) else {
        return (id.to_owned(), code.to_owned());
    };
    let domain = Name::new(code).and_then(|code| known.domain(&code)?.name.as_ref());
    let domain = domain.map_or(code, |name| name.get(words.language()));
    (known.name.get(words.language()).to_owned(), domain.to_owned())
}
