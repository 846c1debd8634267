//! What belongs to which of many: answers to their own measurement, words about help to their own run, and what stands in place of what.

use std::collections::BTreeMap;

use opstap_core::access::View;
use opstap_core::instrument::Level;
use opstap_core::model::{CircleKind, HelpLevel, Member, Model, Relation};
use opstap_core::{Cell, Change, CircleId, Day, DeviceId, PersonId, Stamp};
use opstap_sync_server::service::CircleRead;

use super::*;
use crate::guidance::instruments::Instruments;

const SEM: PersonId = PersonId([1; 16]);
const DEVICE: DeviceId = DeviceId([9; 16]);

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn record(change: Change) -> Record {
    let Change::Make { id, kind, parent, cells } = change else { unreachable!("a record is made") };
    let stamp = Stamp { millis: Millis(1), counter: 0, device: DEVICE };
    let mut record = Record::new(id, kind, parent);
    record.cells = cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })).collect();
    record
}

fn member(n: u8, relation: Relation, name: &str) -> Change {
    let of = Member { person: SEM, relation, name: name.into(), called: None, phone: None, face: None, order: None };
    of.make(id(n))
}

fn measured(n: u8, replaces: Option<RecordId>) -> [Change; 2] {
    let instrument = "zrm.1".to_owned();
    let (on, together, by) = (Day(20_000 + u32::from(n)), None, None);
    let measurement = Measurement { instrument, on, together, by, word: None, replaces, import: None };
    let answer = DomainAnswer { domain: "finances".into(), level: Level::new(2), yes: None, word: None };
    [measurement.make(id(n)), answer.make_below(id(n + 100), id(n))]
}

/// The observations of a circle of these records, by their ids.
fn observations(changes: Vec<Change>) -> BTreeMap<String, Value> {
    let records = changes.into_iter().map(record).collect();
    let (circle, authors) = (CircleId([7; 16]), BTreeMap::from([(DEVICE, SEM)]));
    let read = CircleRead {
        circle,
        kind: CircleKind::Client,
        client: Some(SEM),
        is_own: false,
        view: View::EVERYTHING,
        records,
        authors,
    };
    let instruments = Instruments::shipped();
    let around = Around::new(&read, &[], ("http://opstap.test/fhir", &instruments), Millis(5));
    all(&around).into_iter().map(|made| (made.id, made.body)).collect()
}

#[test]
fn an_answer_is_out_of_the_measurement_above_it_and_what_was_corrected_is_an_error() {
    let mut changes = vec![member(1, Relation::Client, "Sem"), member(2, Relation::Carer, "Sem twee keer")];
    changes.extend([measured(11, None), measured(12, Some(id(11))), measured(13, None)].into_iter().flatten());
    let found = observations(changes);
    assert_eq!(found.len(), 3);
    for (n, status) in [(11, "entered-in-error"), (12, "amended"), (13, "final")] {
        let one = &found[&id(n + 100).to_string()];
        assert_eq!(one["status"], status);
        assert_eq!(one["derivedFrom"][0]["reference"], format!("QuestionnaireResponse/{}", id(n)));
        assert_eq!(one["subject"]["display"], "Sem", "whoever is in the circle twice is called as they were first");
    }
}

#[test]
fn a_word_about_help_is_of_the_run_above_it_and_there_is_none_without_that_run() {
    let plan = id(40);
    let run = Run::begins(plan, Millis(2));
    let step = Step::saying("V", "Jas aan");
    let said = StepHelp { step: id(41), help: HelpLevel::Told, at: Millis(3), replaces: None };
    let better = StepHelp { help: HelpLevel::Hint, replaces: Some(id(51)), ..said.clone() };
    let elsewhere = StepHelp { step: id(49), ..said.clone() };
    let found = observations(vec![
        member(1, Relation::Client, "Sem"),
        step.make_below(id(41), plan),
        run.make(id(50)),
        said.make_below(id(51), id(50)),
        better.make_below(id(52), id(50)),
        elsewhere.make_below(id(53), id(50)),
        said.make_below(id(54), id(59)),
        said.make_below(id(55), id(41)),
    ]);
    let told = |n: u8| found.get(&id(n).to_string()).map(|one| (one["status"].clone(), one["code"]["text"].clone()));
    assert_eq!(told(51), Some(("entered-in-error".into(), "Hulp bij: Jas aan".into())));
    assert_eq!(told(52), Some(("amended".into(), "Hulp bij: Jas aan".into())));
    assert_eq!(told(53), Some(("final".into(), "Hulp bij een stap".into())));
    assert_eq!((told(54), told(55)), (None, None), "what stands above is not there, or is no run");
}
