//! From the records of one client's circle to what its guidance is told by: time of the duo, grants, measurements and goals. Screens, reports
//! and imports read them here, so that they count the same.

use std::collections::BTreeMap;

use opstap_core::instrument::{Answer, Circumstance, Instrument, Level};
use opstap_core::model::{
    Aim, Circumstances, DomainAnswer, DomainGoal, DuoRole, Grant, Measurement, Model, Relation, TimeSpent,
};
use opstap_core::plan_format::Name;
use opstap_core::{Day, Kind, PersonId, Record, RecordId};

use super::{ClientHours, Effect, GuidanceTime, Measured, Period, WeekUse, by_week, client_hours, effects};
use crate::time_spent::{TimeStory, times_spent};

/// The kinds of record that [`guidance_of`] reads; others are passed over.
pub const GUIDANCE_KINDS: [Kind; 6] =
    [Kind::Circumstances, Kind::DomainAnswer, Kind::DomainGoal, Kind::Grant, Kind::Measurement, Kind::TimeSpent];

/// What the records of a circle say of the guidance of its client. What is deleted, or was corrected, is not among it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guidance {
    /// Time of the duo, in the order in which it was written down.
    pub times: Vec<GuidanceTime>,
    /// Time of which nobody can say whether it was of the supervisor or of the support worker. It counts in no figure; whoever shows figures
    /// says how much it is, so that it is not missed.
    pub of_neither: Vec<TimeStory>,
    /// What was granted, by first day.
    pub grants: Vec<(RecordId, Grant)>,
    /// The measurements, by day; of one day the first made comes first.
    pub measurements: Vec<MeasurementStory>,
    /// The goals, also those that ended, the first made first.
    pub goals: Vec<(RecordId, DomainGoal)>,
    /// What in the client's life an instrument has a rule for.
    pub circumstances: Vec<Circumstance>,
}

/// A measurement that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasurementStory {
    /// The last word on it.
    pub id: RecordId,
    /// When and with which instrument.
    pub measurement: Measurement,
    /// Its answers, the first made first; of two for one domain the last made counts.
    pub answers: Vec<DomainAnswer>,
    /// What it took the place of, with all its answers. Whoever takes it back takes these back with it.
    pub corrected: Vec<RecordId>,
}

/// What the records of one circle say of its guidance, in whatever order they come. Where time does not say of whom of the duo it was, as
/// that written down before there were roles, `role` is asked for its author; see [`duo_role`].
#[must_use]
pub fn guidance_of<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    role: impl Fn(&Record) -> Option<DuoRole>,
) -> Guidance {
    let mut kept: Vec<&Record> = records.into_iter().filter(|record| !record.is_deleted()).collect();
    kept.sort_by_key(|record| (record.made(), record.id));
    let (times, of_neither) = times_of(&kept, role);
    let mut grants = all::<Grant>(&kept);
    grants.sort_by_key(|(id, grant)| (grant.from, grant.to, *id));
    let settled = kept.iter().filter(|record| record.kind == Kind::Circumstances).min_by_key(|record| record.id);
    let guarded = settled.and_then(|record| Circumstances::from_record(record)?.financial_guardianship);
    Guidance {
        times,
        of_neither,
        grants,
        measurements: measurements_of(&kept),
        goals: all(&kept),
        circumstances: guarded
            .filter(|is_so| *is_so)
            .map(|_| Circumstance::FinancialGuardianship)
            .into_iter()
            .collect(),
    }
}

/// Whose time it is that somebody writes down who is this in the circle; none of a person who is not of the duo.
#[must_use]
pub fn duo_role(author: Option<PersonId>, members: &[(PersonId, Relation)]) -> Option<DuoRole> {
    let of_author = members.iter().filter(|(person, _)| Some(*person) == author);
    of_author.into_iter().find_map(|(_, relation)| match relation {
        Relation::Supervisor => Some(DuoRole::Supervisor),
        Relation::SupportWorker => Some(DuoRole::SupportWorker),
        _ => None,
    })
}

impl Guidance {
    /// From the first to the last day that is granted or on which there was time; none without any.
    #[must_use]
    pub fn span(&self) -> Option<Period> {
        let granted = self.grants.iter().flat_map(|(_, grant)| [grant.from, grant.to]);
        self.recorded().map(|used| [used.from, used.to]).into_iter().flatten().chain(granted).fold(None, wider)
    }

    /// From the first to the last day on which there was time, also of neither of the duo; none without any.
    #[must_use]
    pub fn recorded(&self) -> Option<Period> {
        let of_neither = self.of_neither.iter().map(|story| story.time.on);
        self.times.iter().map(|time| time.on).chain(of_neither).fold(None, wider)
    }

    /// The client's row over a period.
    #[must_use]
    pub fn hours(&self, period: Period) -> ClientHours {
        client_hours(&self.times, &self.granted(), period)
    }

    /// Use against grant, by week of a period.
    #[must_use]
    pub fn weeks(&self, period: Period) -> Vec<WeekUse> {
        by_week(&self.times, &self.granted(), period)
    }

    /// What became of each domain of an instrument that is answered with a level, in its order. In a period only what was measured in it
    /// counts, and the goals of that time.
    #[must_use]
    pub fn effects(&self, instrument: &Instrument, period: Option<Period>) -> Vec<Effect<Name, Level>> {
        let id = instrument.id.to_string();
        let is_leveled = |domain: &&opstap_core::instrument::Domain| instrument.answer_of(domain) == Answer::Level;
        let domains: Vec<Name> =
            instrument.domains.iter().filter(is_leveled).map(|domain| domain.code.clone()).collect();
        let goal = |domain: &Name| Some((domain.clone(), self.goal(&id, domain.as_str(), period)?.1.aim));
        let goals: Vec<(Name, Aim)> = domains.iter().filter_map(goal).collect();
        let of_it = self.measurements.iter().filter(|story| {
            story.measurement.instrument == id && period.is_none_or(|period| period.has(story.measurement.on))
        });
        let measured = of_it.flat_map(|story| {
            let on = story.measurement.on;
            let answers = story.answers.iter();
            answers.filter_map(move |answer| {
                Some(Measured { domain: Name::new(&answer.domain)?, on, level: answer.level? })
            })
        });
        effects(&domains, &goals, &measured.collect::<Vec<_>>())
    }

    /// The goal that counts in a domain of an instrument, by its id: of those without an end the last made, else the last made of all. With a
    /// period only goals of that time count.
    #[must_use]
    pub fn goal(&self, instrument: &str, domain: &str, period: Option<Period>) -> Option<&(RecordId, DomainGoal)> {
        let in_period = |goal: &DomainGoal| {
            period.is_none_or(|period| {
                goal.from.is_none_or(|from| from <= period.to) && goal.ended.is_none_or(|ended| ended >= period.from)
            })
        };
        let of_it = |(_, goal): &&(RecordId, DomainGoal)| goal.instrument == instrument && goal.domain == domain;
        let all = || self.goals.iter().rev().filter(of_it).filter(|(_, goal)| in_period(goal));
        all().find(|(_, goal)| goal.ended.is_none()).or_else(|| all().next())
    }

    fn granted(&self) -> Vec<Grant> {
        self.grants.iter().map(|(_, grant)| grant.clone()).collect()
    }
}

fn wider(period: Option<Period>, day: Day) -> Option<Period> {
    let Period { from, to } = period.unwrap_or(Period { from: day, to: day });
    Some(Period { from: from.min(day), to: to.max(day) })
}

fn all<M: Model>(records: &[&Record]) -> Vec<(RecordId, M)> {
    records.iter().filter_map(|record| Some((record.id, M::from_record(record)?))).collect()
}

/// The times that count, of records in the order in which they were made, each with whose of the duo it is, where anybody can say.
#[must_use]
pub fn times_by_role(
    records: &[&Record],
    role: impl Fn(&Record) -> Option<DuoRole>,
) -> Vec<(TimeStory, Option<DuoRole>)> {
    let by_id: BTreeMap<RecordId, &Record> =
        records.iter().filter(|record| record.kind == Kind::TimeSpent).map(|record| (record.id, *record)).collect();
    // A correction may be another's, and does not make it their time.
    let said = |id: &RecordId| TimeSpent::from_record(by_id.get(id)?)?.role;
    let wrote = |id: &RecordId| role(by_id.get(id)?);
    let of_story = |story: &TimeStory| {
        let first = || story.corrected.iter();
        story.time.role.or_else(|| first().rev().find_map(said)).or_else(|| first().chain([&story.id]).find_map(wrote))
    };
    let with_role = |story: TimeStory| {
        let role = of_story(&story);
        (story, role)
    };
    times_spent(all::<TimeSpent>(records)).into_iter().map(with_role).collect()
}

fn times_of(records: &[&Record], role: impl Fn(&Record) -> Option<DuoRole>) -> (Vec<GuidanceTime>, Vec<TimeStory>) {
    let (mut times, mut of_neither) = (Vec::new(), Vec::new());
    for (story, role) in times_by_role(records, role) {
        let TimeSpent { on, minutes, kind, unplanned, .. } = story.time;
        match role {
            Some(role) => {
                times.push(GuidanceTime { on, minutes, role, kind, planned: !unplanned.unwrap_or_default() });
            }
            None => of_neither.push(story),
        }
    }
    (times, of_neither)
}

fn measurements_of(records: &[&Record]) -> Vec<MeasurementStory> {
    let mut answers: BTreeMap<RecordId, Vec<DomainAnswer>> = BTreeMap::new();
    for record in records {
        if let (Some(measurement), Some(answer)) = (record.parent, DomainAnswer::from_record(record)) {
            answers.entry(measurement).or_default().push(answer);
        }
    }
    let mut stories: Vec<MeasurementStory> = Vec::new();
    for (id, measurement) in all::<Measurement>(records) {
        let of = |one: &&mut MeasurementStory| {
            measurement.replaces.is_some_and(|replaced| one.id == replaced || one.corrected.contains(&replaced))
        };
        let answers = answers.remove(&id).unwrap_or_default();
        match stories.iter_mut().find(of) {
            Some(story) => {
                story.corrected.push(std::mem::replace(&mut story.id, id));
                (story.measurement, story.answers) = (measurement, answers);
            }
            None => stories.push(MeasurementStory { id, measurement, answers, corrected: Vec::new() }),
        }
    }
    stories.sort_by_key(|story| story.measurement.on);
    stories
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
