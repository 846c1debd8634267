//! What the editor reads: the plan, its steps, those that were removed, and who wrote what.

use std::collections::BTreeMap;

use opstap_core::model::{Plan, Step};
use opstap_core::{PersonId, Record, RecordId, Seen, Stamp};

use crate::device::{self, Entry, Reader};
use crate::stories;
use crate::words::{Text, plan_editor};

/// A plan as it stands on the device.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    /// The plan, also when it was removed.
    pub plan: Entry<Plan>,
    /// Its steps in order.
    pub steps: Vec<Entry<Step>>,
    /// Its steps that were removed.
    pub removed: Vec<Entry<Step>>,
    /// What an edit made from this has seen.
    pub seen: Seen,
    /// The first name of the client.
    pub client: String,
    writers: BTreeMap<[u8; 16], PersonId>,
    names: Vec<(PersonId, String)>,
}

impl Sheet {
    /// A record of the plan, also a removed one.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        if id == self.plan.id {
            return Some(&self.plan.record);
        }
        self.steps.iter().chain(&self.removed).find(|step| step.id == id).map(|step| &step.record)
    }

    /// A step, also a removed one.
    pub fn step(&self, id: RecordId) -> Option<&Entry<Step>> {
        self.steps.iter().chain(&self.removed).find(|step| step.id == id)
    }

    /// The steps with their places.
    pub fn places(&self) -> Vec<(RecordId, String)> {
        self.steps.iter().map(|step| (step.id, step.value.order.clone())).collect()
    }

    /// Whether a cell holds what was written by the person this device belongs to.
    pub fn is_mine(&self, record: RecordId, cell: &str) -> bool {
        let stamp = self.record(record).and_then(|record| record.cells.get(cell)).map(|cell| cell.stamp);
        let writer = stamp.and_then(|stamp| self.writers.get(&stamp.device.0)).copied();
        writer.is_some() && writer == device::me().map(|me| me.id)
    }

    /// Who wrote with this stamp, as the reader calls them.
    pub fn writer(&self, stamp: Stamp) -> Text {
        let person = self.writers.get(&stamp.device.0).copied();
        if person.is_some() && person == device::me().map(|me| me.id) {
            return plan_editor::YOU.into();
        }
        let name =
            person.and_then(|person| self.names.iter().find(|(id, _)| *id == person)).map(|(_, name)| name.clone());
        name.filter(|name| !name.is_empty()).map_or_else(|| plan_editor::SOMEBODY.into(), Text::from)
    }
}

/// Reads the plan; nothing when it was never here.
pub(super) async fn read(reader: Reader, plan: RecordId) -> Option<Sheet> {
    let seen = reader.seen().await?;
    let plan = reader.one_even_deleted::<Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    let removed = reader.deleted_below::<Step>(plan.id).await;
    let members = stories::members(&reader).await;
    let mut writers = BTreeMap::new();
    let records = [&plan.record].into_iter().chain(steps.iter().chain(&removed).map(|step| &step.record));
    for stamp in records.flat_map(stamps) {
        if !writers.contains_key(&stamp.device.0)
            && let Some(person) = reader.person_of(stamp).await
        {
            writers.insert(stamp.device.0, person);
        }
    }
    let client = members.first().map(|member| member.value.name.clone()).unwrap_or_default();
    let names = members.into_iter().map(|member| (member.value.person, member.value.name)).collect();
    Some(Sheet { plan, steps, removed, seen, client, writers, names })
}

fn stamps(record: &Record) -> impl Iterator<Item = Stamp> + '_ {
    record.cells.values().map(|cell| cell.stamp).chain(record.kept.iter().map(|kept| kept.stamp))
}

/// A plan with these steps, each a text and a place, for tests.
#[cfg(test)]
pub(super) fn sheet_of(steps: &[(&str, &str)]) -> Sheet {
    use opstap_core::model::Model;
    use opstap_core::{Cell, Change, DeviceId, Millis};

    use crate::components::Saved;

    fn entry<M: Model>(change: &Change, id: RecordId) -> Entry<M> {
        let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
        let mut record = Record::new(id, M::KIND, None);
        for (name, value) in change.cells() {
            record.cells.insert(name.clone(), Cell { value: value.clone(), stamp, number: 1 });
        }
        let value = M::from_record(&record).unwrap();
        Entry { id, parent: None, value, saved: Saved::Sent, author: None, made: Some(stamp), record }
    }
    let plan = Plan {
        title: "Boodschappen doen".to_owned(),
        picture: None,
        theme: None,
        language: Some("nl".to_owned()),
        order: None,
        minutes: None,
        origin: None,
        file: None,
    };
    let step = |(n, (text, order)): (u8, &(&str, &str))| {
        let step = Step { order: (*order).to_owned(), text: (*text).to_owned(), picture: None, hint: None };
        let id = RecordId([n; 16]);
        entry(&step.make(id), id)
    };
    let id = RecordId([99; 16]);
    Sheet {
        plan: entry(&plan.make(id), id),
        steps: (1_u8..).zip(steps).map(step).collect(),
        removed: Vec::new(),
        seen: Seen { number: 9, ..Seen::default() },
        client: "Sem".to_owned(),
        writers: BTreeMap::from([([2; 16], PersonId([2; 16]))]),
        names: vec![(PersonId([2; 16]), "Youssef".to_owned())],
    }
}
