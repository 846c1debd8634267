//! The clients of a file: whose circle each is, which there is none of yet, and what it holds.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::letters::in_small;
use opstap_core::model::{Model, Relation};
use opstap_core::{CircleId, OrganisationId, PersonId, Record, RecordId, Stamp};
use opstap_insight::Guidance;
use opstap_sync_server::{Service, Storage, StorageError};

use super::{Fault, Spot};
use crate::exchange::ids::free_id;
use crate::guidance::circles::{ClientCircle, Held, circles, held};

/// A client of the file.
#[derive(Debug, Clone)]
pub struct Party {
    /// The name in the file.
    pub name: String,
    /// Their circle; of a new client the one to be opened.
    pub circle: CircleId,
    /// Whether there is no such client yet.
    pub is_new: bool,
    /// Whether the author is not in the circle yet.
    pub joins: bool,
    members: Vec<(PersonId, Relation)>,
    held: Held,
    taken: BTreeSet<RecordId>,
}

impl Party {
    /// The number of the last edit in the circle, and the latest stamp that was seen there.
    #[must_use]
    pub fn seen(&self) -> (u64, Option<Stamp>) {
        (self.held.number, self.held.records.iter().filter_map(Record::latest).max())
    }

    /// What stands there of a kind.
    pub fn standing<M: Model>(&self) -> impl Iterator<Item = M> {
        self.held.records.iter().filter(|record| !record.is_deleted()).filter_map(M::from_record)
    }

    /// All records of it, also those that are deleted.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.held.records
    }

    /// What the circle's records say.
    #[must_use]
    pub fn guidance(&self) -> Guidance {
        self.held.guidance(&self.members)
    }
}

/// How clients are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Seeking<'a> {
    /// Whose clients.
    pub organisation: OrganisationId,
    /// In whose name is written.
    pub author: PersonId,
    /// The rows of the programme, by number.
    pub numbers: &'a BTreeMap<String, RecordId>,
    /// Whether a client whom nobody is called like is a new one, and not a fault.
    pub makes: bool,
}

/// The clients of a file, each once.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    all: Vec<Party>,
    by_name: BTreeMap<String, usize>,
}

impl Parties {
    /// Finds the clients whom a file names: by the name of the client in a circle, by the number of their registration, or by the id of the
    /// circle. `fresh` gives ids for new circles.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find<S: Storage>(
        service: &Service<S>,
        seeking: Seeking<'_>,
        named: &[(Spot, String)],
        mut fresh: impl FnMut() -> CircleId,
    ) -> Result<(Self, Vec<Fault>), StorageError> {
        let known = circles(service, seeking.organisation).await?;
        let (mut parties, mut faults) = (Self::default(), Vec::new());
        for (spot, name) in named {
            let small = in_small(name);
            if parties.by_name.contains_key(&small) {
                continue;
            }
            let party = match found(&known, &small, seeking.numbers).as_slice() {
                [] if seeking.makes => Party::fresh(name, fresh()),
                [circle] => match Party::of(name, circle, seeking.author) {
                    Some(party) => party,
                    None => {
                        faults.push(Fault::of_line(
                            spot,
                            "a client in whose circle the author of the import gives support",
                        ));
                        continue;
                    }
                },
                [] => {
                    let expected =
                        "a client of this organisation: a name, the number of a registration or the id of a circle";
                    faults.push(Fault::in_column(spot, "client", expected, name));
                    continue;
                }
                several => {
                    let ids: Vec<String> = several.iter().map(|circle| circle.id.to_string()).collect();
                    let expected =
                        format!("a name that one client has; for one of several say the circle ({})", ids.join(", "));
                    faults.push(Fault::in_column(spot, "client", expected, name));
                    continue;
                }
            };
            // One client may be named in several ways.
            let place = parties.all.iter().position(|known| known.circle == party.circle).unwrap_or_else(|| {
                parties.all.push(party);
                parties.all.len() - 1
            });
            parties.by_name.insert(small, place);
        }
        parties.hold(service).await?;
        Ok((parties, faults))
    }

    /// The clients of all circles of an organisation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn everybody<S: Storage>(
        service: &Service<S>,
        organisation: OrganisationId,
        author: PersonId,
    ) -> Result<Self, StorageError> {
        let known = circles(service, organisation).await?;
        let all = known.iter().filter_map(|circle| Party::of(&circle.name, circle, author));
        let mut parties = Self { all: all.collect(), by_name: BTreeMap::new() };
        parties.hold(service).await?;
        Ok(parties)
    }

    /// Reads what the circles that are there hold.
    async fn hold<S: Storage>(&mut self, service: &Service<S>) -> Result<(), StorageError> {
        let there = self.all.iter().filter(|party| !party.is_new).map(|party| party.circle).collect();
        let mut held = held(service, there).await?;
        for party in &mut self.all {
            party.held = held.remove(&party.circle).unwrap_or_default();
            party.taken = party.held.records.iter().map(|record| record.id).collect();
        }
        Ok(())
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Party] {
        &self.all
    }

    /// The place of the client whom the file calls so; none of one that could not be found.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.by_name.get(&in_small(name)).copied()
    }

    /// An id that follows from what it is for in the circle of the client at a place, and that nothing there has.
    pub fn free_id(&mut self, place: usize, what: &str, name: &[u8]) -> RecordId {
        let nothing = BTreeSet::new();
        let party = self.all.get(place);
        let (circle, taken) = party.map_or(([0; 16], &nothing), |party| (party.circle.0, &party.taken));
        let id = free_id(&circle, what, name, |id| taken.contains(id));
        if let Some(party) = self.all.get_mut(place) {
            party.taken.insert(id);
        }
        id
    }
}

impl Party {
    fn fresh(name: &str, circle: CircleId) -> Self {
        let name = name.to_owned();
        Self {
            name,
            circle,
            is_new: true,
            joins: false,
            members: Vec::new(),
            held: Held::default(),
            taken: BTreeSet::new(),
        }
    }

    /// None where the author is in the circle as somebody who writes no guidance.
    fn of(name: &str, circle: &ClientCircle, author: PersonId) -> Option<Self> {
        let relation = circle.members.iter().find(|(person, _)| *person == author).map(|(_, relation)| *relation);
        relation.is_none_or(Relation::is_professional).then(|| Self {
            is_new: false,
            joins: relation.is_none(),
            members: circle.members.clone(),
            ..Self::fresh(name, circle.id)
        })
    }
}

#[cfg(test)]
impl Parties {
    /// One client, in whose circle these records are.
    pub(super) fn holding(name: &str, records: Vec<Record>) -> Self {
        let taken = records.iter().map(|record| record.id).collect();
        let mut held = Held::default();
        held.records = records;
        let party = Party { held, taken, ..Party::fresh(name, CircleId([7; 16])) };
        Self { all: vec![party], by_name: BTreeMap::from([(in_small(name), 0)]) }
    }
}

/// The circles of the clients who are called so.
fn found<'a>(known: &'a [ClientCircle], small: &str, numbers: &BTreeMap<String, RecordId>) -> Vec<&'a ClientCircle> {
    let by_name: Vec<_> = known.iter().filter(|circle| in_small(&circle.name) == small).collect();
    if !by_name.is_empty() {
        return by_name;
    }
    let row = numbers.iter().find(|(number, _)| in_small(number) == small).map(|(_, row)| row);
    let is_it =
        |circle: &&ClientCircle| row.is_some_and(|row| circle.rows.contains(row)) || circle.id.to_string() == small;
    known.iter().filter(is_it).collect()
}
