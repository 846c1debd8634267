//! What the editor reads: the plan, its steps, those that were removed, and who wrote what.

use opstap_core::model::{Choice, Model, Plan, Relation, Step};
use opstap_core::{Kind, PersonId, Record, RecordId, Seen};
use opstap_insight::{LATEST_RUNS, RunStory, hard_steps};

use crate::components::Saved;
use crate::device::{Entry, Reader};
use crate::pages::shared::editing::{Worked, Writers};
use crate::stories;

/// A plan as it stands on the device.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The plan, also when it was removed.
    pub plan: Entry<Plan>,
    /// Its steps in order.
    pub steps: Vec<Entry<Step>>,
    /// Its steps that were removed.
    pub removed: Vec<Entry<Step>>,
    /// The choices at its steps, in order.
    pub choices: Vec<Entry<Choice>>,
    /// The choices that were removed.
    pub removed_choices: Vec<Record>,
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
    /// Those of them who can remind.
    pub remind: Vec<PersonId>,
    writers: Writers,
}

impl Sheet {
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
}

impl Worked for Sheet {
    fn seen(&self) -> Seen {
        self.seen
    }

    fn above(&self, _: RecordId) -> Option<&Record> {
        Some(&self.plan.record)
    }

    fn writers(&self) -> &Writers {
        &self.writers
    }

    fn record(&self, id: RecordId) -> Option<&Record> {
        if id == self.plan.id {
            return Some(&self.plan.record);
        }
        let choice = || self.choice(id).map(|choice| &choice.record);
        let removed = || self.removed_choices.iter().find(|choice| choice.id == id);
        self.step(id).map(|step| &step.record).or_else(choice).or_else(removed)
    }

    fn take(&mut self, id: RecordId) -> Option<Record> {
        fn out<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool) -> Option<T> {
            list.iter().position(is).map(|at| list.remove(at))
        }
        if id == self.plan.id {
            return Some(self.plan.record.clone());
        }
        let step = |step: &Entry<Step>| step.id == id;
        out(&mut self.steps, step)
            .or_else(|| out(&mut self.removed, step))
            .map(|step| step.record)
            .or_else(|| out(&mut self.choices, |choice| choice.id == id).map(|choice| choice.record))
            .or_else(|| out(&mut self.removed_choices, |choice| choice.id == id))
    }

    fn put(&mut self, record: Record) {
        match (record.kind, record.is_deleted()) {
            (Kind::Plan, _) => self.plan = entry(record).unwrap_or_else(|| self.plan.clone()),
            (Kind::Step, false) => self.steps.extend(entry(record)),
            (Kind::Step, true) => self.removed.extend(entry(record)),
            (Kind::Choice, false) => self.choices.extend(entry(record)),
            (Kind::Choice, true) => self.removed_choices.push(record),
            _ => {}
        }
    }

    fn sort(&mut self) {
        stories::sort_by_order(&mut self.steps, |step| &step.order);
        stories::sort_by_order(&mut self.choices, |choice| &choice.order);
    }
}

/// A record that was changed on this screen, as what it is.
fn entry<M: Model>(record: Record) -> Option<Entry<M>> {
    let value = M::from_record(&record)?;
    let (id, parent, made) = (record.id, record.parent, record.made());
    Some(Entry { id, parent, value, saved: Saved::OnDevice, author: None, made, record })
}

/// Reads the plan; nothing when it was never here.
pub(super) async fn read(reader: Reader, plan: RecordId) -> Option<Sheet> {
    let seen = reader.seen().await?;
    let plan = reader.one_even_deleted::<Plan>(plan).await?;
    let steps = stories::every_step(&reader, plan.id).await;
    let removed = reader.deleted_below::<Step>(plan.id).await;
    let choices = choices(&reader, &steps).await;
    let members = stories::members(&reader).await;
    let removed_choices = reader.deleted(Kind::Choice).await;
    let names = members.iter().map(|member| (member.value.person, member.value.name.clone())).collect();
    let records = [&plan.record].into_iter().chain(steps.iter().chain(&removed).map(|step| &step.record));
    let records = records.chain(choices.iter().map(|choice| &choice.record));
    let writers = Writers::of(&reader, records, names).await;
    let client = members.first().map(|member| member.value.name.clone()).unwrap_or_default();
    let round = members.iter().filter(|member| member.value.relation != Relation::Client);
    let people = round.map(|member| (member.value.person, member.value.name.clone())).collect();
    let remind = stories::reminders::who_can_remind(&reader).await;
    let others = stories::plans(&reader).await.into_iter();
    // Two plans that each wait for the other would never come.
    let others = others.filter(|other| other.id != plan.id && other.value.after != Some(plan.id));
    let others = others.map(|other| (other.id, other.value.title)).collect();
    let runs = stories::run::latest_of(&reader, plan.id, LATEST_RUNS).await;
    let runs = runs.into_iter().map(|told| told.story).map(|story| since_its_words(story, &steps));
    let hard = hard_steps(&runs.collect::<Vec<_>>());
    Some(Sheet { plan, steps, removed, choices, removed_choices, seen, client, hard, others, people, remind, writers })
}

/// A run with those of its steps that say the same now: how it went with other words tells nothing of these.
fn since_its_words(mut story: RunStory, steps: &[Entry<Step>]) -> RunStory {
    let written = |id| {
        let step = steps.iter().find(|step| step.id == id)?;
        step.record.cells.get("text").map(|text| text.stamp.millis)
    };
    let began = story.began;
    story.steps.retain(|told| written(told.step).is_none_or(|written| began > written));
    story
}

/// The choices at these steps, in order.
async fn choices(reader: &Reader, steps: &[Entry<Step>]) -> Vec<Entry<Choice>> {
    let mut choices = reader.all::<Choice>().await;
    choices.retain(|choice| steps.iter().any(|step| Some(step.id) == choice.parent));
    stories::sort_by_order(&mut choices, |choice| &choice.order);
    choices
}

/// A plan with these steps, each a text and a place, for tests.
#[cfg(test)]
pub fn sheet_of(steps: &[(&str, &str)]) -> Sheet {
    use opstap_core::{Cell, Change, DeviceId, Millis, Stamp};

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
        removed_choices: Vec::new(),
        seen: Seen { number: 9, ..Seen::default() },
        hard: Vec::new(),
        others: Vec::new(),
        people: Vec::new(),
        remind: Vec::new(),
        client: "Sem".to_owned(),
        writers: Writers::known([2; 16], PersonId([2; 16]), "Youssef"),
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::Millis;
    use opstap_insight::StepStory;

    use super::*;

    #[test]
    fn a_step_is_not_hard_for_how_it_went_before_its_words_were_changed() {
        let mut sheet = sheet_of(&[("Pak je tas.", "B"), ("Ga.", "C")]);
        sheet.steps[0].record.cells.get_mut("text").unwrap().stamp.millis = Millis(50);
        let step = |n: u8| StepStory {
            step: RecordId([n; 16]),
            first_shown: None,
            on_screen: 0,
            done: true,
            help_asked: 0,
            not_managed: 1,
            other_way: 0,
            said: None,
        };
        let story = |began| RunStory {
            plan: sheet.plan.id,
            began: Millis(began),
            ended: None,
            face: None,
            steps: vec![step(1), step(2)],
        };
        let counted = |began| since_its_words(story(began), &sheet.steps).steps.len();
        assert_eq!([counted(40), counted(60)], [1, 2]);
    }
}
