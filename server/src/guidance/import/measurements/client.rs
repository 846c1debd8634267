//! What the measurements of one client become: new ones, corrections of those that were written down for the same day, and goals.

use std::collections::BTreeMap;

use opstap_core::instrument::{Instrument, Level};
use opstap_core::model::{DomainAnswer, DomainGoal, Measurement, Model, ToCell};
use opstap_core::plan_format::Language;
use opstap_core::{Change, Day};
use opstap_insight::Guidance;

use super::MeasuredRow;
use crate::exchange::plan::{Becomes, IMPORT};
use crate::guidance::import::{Parties, Plan, Planned, Spot};

type Rows<'a> = [&'a (Spot, MeasuredRow)];

/// Adds what becomes of the rows of the client at a place.
pub(super) fn plan(
    plan: &mut Plan,
    parties: &mut Parties,
    (place, name): (usize, &str),
    (instrument, (first, second)): (&Instrument, (Day, Day)),
    (rows, guidance): (&Rows<'_>, &Guidance),
) {
    let mut client = Client { parties, place, name, id: instrument.id.to_string(), guidance, plan };
    let firsts = client.measurement(first, rows.iter().map(|(_, row)| (row, Some(row.first))));
    let seconds = client.measurement(second, rows.iter().map(|(_, row)| (row, row.second)));
    for (at, (spot, row)) in rows.iter().enumerate() {
        let goal = client.goal(row, first);
        let all = [firsts.get(at).copied(), seconds.get(at).copied(), Some(goal)].into_iter().flatten();
        // What is new beside something that is there is a change of what the line was before.
        let all: Vec<Becomes> = all.collect();
        let has = |becomes| all.contains(&becomes);
        let becomes = match (has(Becomes::Changed), has(Becomes::New), has(Becomes::Same)) {
            (true, ..) | (_, true, true) => Becomes::Changed,
            (_, true, _) => Becomes::New,
            _ => Becomes::Same,
        };
        let says = said(instrument, row, (first, second));
        client.plan.rows.push(Planned { spot: spot.clone(), client: row.client.clone(), becomes, says });
    }
}

fn said(instrument: &Instrument, row: &MeasuredRow, (first, second): (Day, Day)) -> String {
    let domain = instrument.domain(&row.domain).and_then(|domain| domain.name.as_ref());
    let domain = domain.map_or(row.domain.as_str(), |name| name.get(Language::Dutch));
    let goal = row.goal.map(|goal| format!(", goal {}", goal.code())).unwrap_or_default();
    let then = row.second.map(|level| format!(", {} on {}", level.number(), second.written())).unwrap_or_default();
    format!("{domain}: {} on {}{goal}{then}", row.first.number(), first.written())
}

struct Client<'a> {
    parties: &'a mut Parties,
    place: usize,
    name: &'a str,
    /// The instrument.
    id: String,
    guidance: &'a Guidance,
    plan: &'a mut Plan,
}

impl Client<'_> {
    /// What becomes of each row's answer in the measurement of a day. Measurements are written once: where one stands that says otherwise, a
    /// correction takes its place, with the answers that the file does not name.
    fn measurement<'a>(
        &mut self,
        on: Day,
        rows: impl Iterator<Item = (&'a MeasuredRow, Option<Level>)>,
    ) -> Vec<Becomes> {
        let told = self.guidance.measurements.iter().rev();
        let told = told.into_iter().find(|one| one.measurement.on == on && one.measurement.instrument == self.id);
        let there = told.iter().flat_map(|one| &one.answers).map(|answer| (answer.domain.clone(), answer.clone()));
        let mut answers: BTreeMap<String, DomainAnswer> = there.collect();
        let mut becomes = Vec::new();
        for (row, level) in rows {
            let domain = row.domain.as_str();
            let held = answers.get(domain).and_then(|answer| answer.level);
            if level.is_none() || held == level {
                becomes.push(Becomes::Same);
                continue;
            }
            becomes.push(if held.is_some() { Becomes::Changed } else { Becomes::New });
            let word = answers.get(domain).and_then(|answer| answer.word.clone());
            let answer = DomainAnswer { domain: domain.to_owned(), level, yes: None, word };
            answers.insert(domain.to_owned(), answer);
        }
        if becomes.iter().any(|one| *one != Becomes::Same) {
            let measurement = Measurement {
                instrument: self.id.clone(),
                on,
                together: told.and_then(|one| one.measurement.together),
                by: told.and_then(|one| one.measurement.by.clone()),
                word: told.and_then(|one| one.measurement.word.clone()),
                replaces: told.map(|one| one.id),
                import: Some(self.name.to_owned()),
            };
            self.write(&measurement, answers.into_values());
        }
        becomes
    }

    fn write(&mut self, measurement: &Measurement, answers: impl Iterator<Item = DomainAnswer>) {
        let (on, replaces) = (measurement.on.written(), measurement.replaces.map(|id| id.to_string()));
        let about = format!("{}|{on}|{}", self.id, replaces.unwrap_or_default());
        let id = self.parties.free_id(self.place, "measurement", about.as_bytes());
        let mut act = vec![measurement.make(id)];
        for answer in answers {
            let about = [&id.0, answer.domain.as_bytes()].concat();
            act.push(answer.make_below(self.parties.free_id(self.place, "answer", &about), id));
        }
        self.plan.acts.push((self.place, act));
    }

    /// What becomes of a row's goal.
    fn goal(&mut self, row: &MeasuredRow, from: Day) -> Becomes {
        let Some(aim) = row.goal else { return Becomes::Same };
        let act = match self.guidance.goal(&self.id, row.domain.as_str(), None) {
            Some((_, goal)) if goal.aim == aim => return Becomes::Same,
            Some((id, goal)) if goal.ended.is_none() => {
                let cells = vec![("aim".into(), aim.to_cell()), (IMPORT.into(), self.name.to_cell())];
                self.plan.acts.push((self.place, vec![Change::Set { id: *id, cells }]));
                return Becomes::Changed;
            }
            _ => {
                let goal = DomainGoal {
                    instrument: self.id.clone(),
                    domain: row.domain.as_str().to_owned(),
                    aim,
                    words: None,
                    picture: None,
                    from: Some(from),
                    ended: None,
                    import: Some(self.name.to_owned()),
                };
                let about = format!("{}|{}|{}", self.id, row.domain.as_str(), from.written());
                goal.make(self.parties.free_id(self.place, "goal", about.as_bytes()))
            }
        };
        self.plan.acts.push((self.place, vec![act]));
        Becomes::New
    }
}
