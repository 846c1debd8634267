//! What may be read of one circle, as the resources need it: records as what they are, and people as what others refer to.

use std::collections::HashMap;

use opstap_core::model::{CircleKind, Member, Model, Relation};
use opstap_core::{Millis, PersonId, Record, RecordId};
use opstap_sync_server::service::CircleRead;
use opstap_sync_server::storage::Delivered;
use serde_json::{Value, json};

use super::element::{identifier, reference};
use crate::guidance::instruments::Instruments;

/// One circle.
pub struct Around<'a> {
    /// What may be read of it.
    pub read: &'a CircleRead,
    /// What was delivered of it to whom; nothing for whoever may not know.
    pub delivered: &'a [Delivered],
    /// What the addresses of resources begin with.
    pub base: &'a str,
    /// Now.
    pub now: Millis,
    /// The instruments this server knows.
    pub instruments: &'a Instruments,
    /// Who is in it.
    members: Vec<(&'a Record, Member)>,
    /// Which of the members somebody is.
    places: HashMap<PersonId, usize>,
    /// The records by their ids.
    by_id: HashMap<RecordId, &'a Record>,
    /// The records right below each, in the order in which they were read.
    by_parent: HashMap<RecordId, Vec<&'a Record>>,
}

impl<'a> Around<'a> {
    /// What may be read of a circle.
    #[must_use]
    pub fn new(
        read: &'a CircleRead,
        delivered: &'a [Delivered],
        (base, instruments): (&'a str, &'a Instruments),
        now: Millis,
    ) -> Self {
        let members: Vec<(&Record, Member)> = read.records.iter().filter_map(told).collect();
        let mut places = HashMap::new();
        for (place, (_, member)) in members.iter().enumerate() {
            places.entry(member.person).or_insert(place);
        }
        let by_id = read.records.iter().map(|record| (record.id, record)).collect();
        let mut by_parent: HashMap<RecordId, Vec<&Record>> = HashMap::new();
        for record in &read.records {
            if let Some(parent) = record.parent {
                by_parent.entry(parent).or_default().push(record);
            }
        }
        Self { read, delivered, base, now, instruments, members, places, by_id, by_parent }
    }

    /// The records of a kind.
    pub fn of<M: Model>(&self) -> impl Iterator<Item = (&'a Record, M)> + use<'a, M> {
        self.read.records.iter().filter_map(told)
    }

    /// The records of a kind below another.
    pub fn below<M: Model>(&self, parent: RecordId) -> impl Iterator<Item = (&'a Record, M)> {
        self.by_parent.get(&parent).into_iter().flatten().copied().filter_map(told)
    }

    /// A record, if it may be read.
    pub fn find<M: Model>(&self, id: RecordId) -> Option<(&'a Record, M)> {
        self.by_id.get(&id).copied().and_then(told)
    }

    /// Who is in the circle, with their records.
    pub fn members(&self) -> &[(&'a Record, Member)] {
        &self.members
    }

    /// Whether this is the circle of a client; else there are no patients in it.
    pub fn is_of_a_client(&self) -> bool {
        self.read.kind == CircleKind::Client
    }

    /// The client.
    pub fn patient(&self) -> Option<Value> {
        self.read.client.map(|client| self.person(client))
    }

    /// Whoever made a record.
    pub fn author(&self, record: &Record) -> Option<Value> {
        self.read.author(record).map(|person| self.person(person))
    }

    /// Whoever made a record, if they work for the provider of support.
    pub fn practitioner(&self, record: &Record) -> Option<Value> {
        let author = self.read.author(record)?;
        let works = self.member(author).is_some_and(|(_, member)| member.relation.is_professional());
        works.then(|| self.person(author))
    }

    /// Somebody, as others refer to them: whoever is not in the circle (any more) by their identifier alone.
    pub fn person(&self, person: PersonId) -> Value {
        let Some((record, member)) = self.member(person) else { return json!({ "identifier": identifier(person.0) }) };
        let name = Some(member.name.as_str());
        match member.relation {
            Relation::Client => reference("Patient", person, name),
            relation if relation.is_professional() => reference("Practitioner", person, name),
            _ => reference("RelatedPerson", record.id, name),
        }
    }

    fn member(&self, person: PersonId) -> Option<&(&'a Record, Member)> {
        self.members.get(*self.places.get(&person)?)
    }
}

/// A record as what it is, if it is of this kind.
fn told<M: Model>(record: &Record) -> Option<(&Record, M)> {
    if record.kind == M::KIND { Some((record, M::from_record(record)?)) } else { None }
}
