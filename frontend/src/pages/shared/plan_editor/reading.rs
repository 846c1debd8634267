//! What the editor reads: the plan, its steps, those that were removed, and who wrote what.

use opstap_core::model::{Choice, Plan, Relation, Step};
use opstap_core::{PersonId, Record, RecordId, Seen, Sorted, Stamp};
use opstap_insight::{LATEST_RUNS, hard_steps};

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
    /// The choices at its steps, in order.
    pub choices: Vec<Entry<Choice>>,
    /// What an edit made from this has seen.
    pub seen: Seen,
    /// The first name of the client.
    pub client: String,
    /// The steps that often were not managed, as far as the reader may see how plans go.
    pub hard: Vec<(RecordId, u32)>,
    /// The other plans of the circle after which this one can come, by their titles.
    pub others: Vec<(RecordId, String)>,
    /// Those round the client.
    pub people: Vec<(PersonId, String)>,
    writers: Sorted<[u8; 16], PersonId>,
    names: Vec<(PersonId, String)>,
}

impl Sheet {
    /// A record of the plan, also a removed one.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        if id == self.plan.id {
            return Some(&self.plan.record);
        }
        let choice = || self.choice(id).map(|choice| &choice.record);
        self.step(id).map(|step| &step.record).or_else(choice)
    }

    /// A choice at one of its steps.
    pub fn choice(&self, id: RecordId) -> Option<&Entry<Choice>> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    /// The choices at a step, in order.
    pub fn choices_at(&self, step: RecordId) -> impl Iterator<Item = &Entry<Choice>> {
        self.choices.iter().filter(move |choice| choice.parent == Some(step))
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
    let choices = choices(&reader, &steps).await;
    let members = stories::members(&reader).await;
    let mut writers = Sorted::new();
    let records = [&plan.record].into_iter().chain(steps.iter().chain(&removed).map(|step| &step.record));
    for stamp in records.chain(choices.iter().map(|choice| &choice.record)).flat_map(stamps) {
        if !writers.contains_key(&stamp.device.0)
            && let Some(person) = reader.person_of(stamp).await
        {
            writers.insert(stamp.device.0, person);
        }
    }
    let client = members.first().map(|member| member.value.name.clone()).unwrap_or_default();
    let round = members.iter().filter(|member| member.value.relation != Relation::Client);
    let people = round.map(|member| (member.value.person, member.value.name.clone())).collect();
    let others = stories::plans(&reader).await.into_iter();
    // Two plans that each wait for the other would never come.
    let others = others.filter(|other| other.id != plan.id && other.value.after != Some(plan.id));
    let others = others.map(|other| (other.id, other.value.title)).collect();
    let names = members.into_iter().map(|member| (member.value.person, member.value.name)).collect();
    let runs = stories::run::latest_of(&reader, plan.id, LATEST_RUNS).await;
    let hard = hard_steps(&runs.into_iter().map(|told| told.story).collect::<Vec<_>>());
    Some(Sheet { plan, steps, removed, choices, seen, client, hard, others, people, writers, names })
}

/// The choices at these steps, in order.
async fn choices(reader: &Reader, steps: &[Entry<Step>]) -> Vec<Entry<Choice>> {
    let mut choices = reader.all::<Choice>().await;
    choices.retain(|choice| steps.iter().any(|step| Some(step.id) == choice.parent));
    stories::sort_by_order(&mut choices, |choice| &choice.order);
    choices
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
    let plan = Plan { language: Some("nl".to_owned()), ..Plan::titled("Boodschappen doen") };
    let step = |(n, (text, order)): (u8, &(&str, &str))| {
        let step = Step::saying(*order, *text);
        let id = RecordId([n; 16]);
        entry(&step.make(id), id)
    };
    let id = RecordId([99; 16]);
    Sheet {
        plan: entry(&plan.make(id), id),
        steps: (1_u8..).zip(steps).map(step).collect(),
        removed: Vec::new(),
        choices: Vec::new(),
        seen: Seen { number: 9, ..Seen::default() },
        hard: Vec::new(),
        others: Vec::new(),
        people: Vec::new(),
        client: "Sem".to_owned(),
        writers: Sorted::from([([2; 16], PersonId([2; 16]))]),
        names: vec![(PersonId([2; 16]), "Youssef".to_owned())],
    }
}
