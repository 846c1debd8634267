//! What an edit did, as sentences: who did what to which step, and what stood there before.

use std::collections::BTreeMap;

use opstap_core::history::{PastCell, PastChange};
use opstap_core::model::{Member, Model};
use opstap_core::record::{AUDIENCE, DELETED, ORDER};
use opstap_core::{Kind, PersonId, Record, RecordId, Value};

use super::{members, steps};
use crate::device::{self, Reader};
use crate::words::{Text, past};

/// What was done to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Made,
    Wrote,
    Text,
    Title,
    Picture,
    Time,
    Moved,
    Removed,
    PutBack,
    Changed,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    verb: Verb,
    what: What,
    /// The cell it was about, where what it held and holds is worth showing.
    pub cell: Option<PastCell>,
}

impl Deed {
    /// "Marloes veranderde de tekst van stap 3."
    pub fn says(&self, who: &str) -> Text {
        let says: fn(String, String) -> Text = match self.verb {
            Verb::Made => past::made,
            Verb::Wrote => past::wrote,
            Verb::Text => past::changed_text,
            Verb::Title => past::changed_title,
            Verb::Picture => past::changed_picture,
            Verb::Time => past::changed_time,
            Verb::Moved => past::moved,
            Verb::Removed => past::removed,
            Verb::PutBack => past::put_back,
            Verb::Changed => past::changed,
        };
        let (who, what) = (who.to_owned(), self.what.text());
        Text::live(move || says(who.clone(), what.get()).get())
    }
}

/// The thing: its kind, its number in a list, its name or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct What {
    kind: Option<Kind>,
    number: Option<usize>,
    name: String,
}

impl What {
    /// "stap 3", "het plan “Opstaan”".
    pub fn text(&self) -> Text {
        let named: fn(String) -> Text = match (self.kind, self.number) {
            (Some(Kind::Step), Some(number)) => return past::the_step(number),
            (Some(Kind::Step), None) => past::the_step_called,
            (Some(Kind::Plan), _) => past::the_plan,
            (Some(Kind::Route), _) => past::the_route,
            (Some(Kind::Part), _) => past::the_part,
            (Some(Kind::Goal), _) => past::the_goal,
            (Some(Kind::Message), _) => return past::A_MESSAGE.into(),
            (Some(Kind::Run), _) => return past::HOW_A_PLAN_WENT.into(),
            (Some(Kind::Practice), _) => return past::HOW_A_PRACTICE_WENT.into(),
            (Some(Kind::Consent), _) => return past::WHO_SEES_WHAT.into(),
            (Some(Kind::Member), _) => return past::SOMEBODY_IN_THE_CIRCLE.into(),
            _ => return past::SOMETHING.into(),
        };
        named(self.name.clone())
    }
}

/// What sentences about a circle need: who is who, what is called what.
#[derive(Clone, PartialEq, Default)]
pub struct Names {
    people: Vec<(PersonId, String)>,
    /// The records that sentences are about, as they are now.
    pub records: BTreeMap<RecordId, Record>,
    numbers: BTreeMap<RecordId, usize>,
}

impl Names {
    /// The name to begin a sentence with.
    pub fn who(&self, person: Option<PersonId>) -> String {
        if person.is_some() && person == device::me().map(|me| me.id) {
            return past::YOU.get().to_owned();
        }
        let known = person.and_then(|person| self.people.iter().find(|(id, _)| *id == person));
        known.map_or_else(|| past::SOMEBODY.get().to_owned(), |(_, name)| name.clone())
    }

    /// A record as a thing in a sentence.
    pub fn what(&self, id: RecordId, change: Option<&PastChange>) -> What {
        let record = self.records.get(&id);
        let kind = record.map(|record| record.kind).or_else(|| change?.kind).map(|kind| match kind {
            Kind::StepEvent | Kind::RunEnd | Kind::RunPhoto | Kind::RunFace => Kind::Run,
            Kind::GoalHelp | Kind::Situation | Kind::PracticeEnd => Kind::Practice,
            other => other,
        });
        let held = |cell: &str| record.and_then(|record| record.value(cell)).or_else(|| change?.set(cell));
        let name = match held("title").or_else(|| held("text")) {
            Some(Value::Text(name)) if kind.is_none_or(|kind| !kind.is_log()) => name.clone(),
            _ => String::new(),
        };
        What { kind, number: self.numbers.get(&id).copied(), name }
    }

    /// What an edit did, in sentences. What it made below something else it made goes without saying.
    pub fn deeds(&self, changes: &[PastChange]) -> Vec<Deed> {
        let made: Vec<RecordId> = changes.iter().filter(|change| change.made).map(|change| change.record).collect();
        let mut deeds: Vec<Deed> = Vec::new();
        for change in changes {
            let within = change.made && change.parent.is_some_and(|parent| made.contains(&parent));
            if within {
                continue;
            }
            for deed in self.deeds_of(change) {
                // Seven events of one run are one thing to a person.
                if deeds.last() != Some(&deed) {
                    deeds.push(deed);
                }
            }
        }
        deeds
    }

    fn deeds_of(&self, change: &PastChange) -> Vec<Deed> {
        let what = self.what(change.record, Some(change));
        let deed = |verb, cell| Deed { verb, what: what.clone(), cell };
        if change.made {
            let written = change.kind.is_some_and(Kind::is_log);
            let named = matches!(what.kind, Some(Kind::Step | Kind::Message));
            let words = change.cells.iter().find(|cell| named && cell.name == "text").cloned();
            return vec![deed(if written { Verb::Wrote } else { Verb::Made }, words)];
        }
        let told = change.cells.iter().map(|cell| match (cell.name.as_ref(), &cell.set) {
            (DELETED, Value::Bool(true)) => deed(Verb::Removed, None),
            (DELETED, _) => deed(Verb::PutBack, None),
            (ORDER, _) => deed(Verb::Moved, None),
            ("text", _) => deed(Verb::Text, Some(cell.clone())),
            ("title", _) => deed(Verb::Title, Some(cell.clone())),
            ("picture", _) => deed(Verb::Picture, Some(cell.clone())),
            ("minutes", _) => deed(Verb::Time, Some(cell.clone())),
            (AUDIENCE, _) | (_, _) => deed(Verb::Changed, None),
        });
        told.collect()
    }
}

/// Reads what sentences about these records need. Who has left the circle keeps their name in what they did.
pub async fn names(reader: Reader, about: Vec<RecordId>) -> Names {
    let members = members(&reader).await.into_iter().map(|member| member.value);
    let left = reader.deleted(Kind::Member).await;
    let people = members.chain(left.iter().filter_map(Member::from_record));
    let mut names = Names { people: people.map(|member| (member.person, member.name)).collect(), ..Names::default() };
    let mut plans: Vec<RecordId> = Vec::new();
    for id in about {
        if !names.records.contains_key(&id)
            && let Some(record) = reader.record(id).await
        {
            if record.kind == Kind::Step
                && let Some(plan) = record.parent.filter(|plan| !plans.contains(plan))
            {
                plans.push(plan);
            }
            names.records.insert(id, record);
        }
    }
    for plan in plans {
        let steps = steps(&reader, plan).await;
        names.numbers.extend(steps.iter().map(|step| step.id).zip(1..));
    }
    names
}

/// Completes changes of which only what they set is known with what the records hold now.
pub fn complete(changes: &mut [PastChange], names: &Names) {
    for change in changes.iter_mut().filter(|change| !change.made) {
        let Some(record) = names.records.get(&change.record) else { continue };
        (change.kind, change.parent) = (Some(record.kind), record.parent);
        for cell in &mut change.cells {
            cell.was = record.value(&cell.name).cloned().unwrap_or_default();
        }
    }
}
