//! Taking an import of guidance back: what it wrote goes, what it set is put back where it still holds, in every circle that it wrote in. What
//! somebody went on with stays, and so do the circles of clients who were new.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::history::{edits_of, undo};
use opstap_core::model::{Measurement, Model, TimeSpent, delete};
use opstap_core::{Change, CircleId, Kind, Record, RecordId, Value};
use opstap_sync_server::storage::{Snapshot, StorageError};
use opstap_sync_server::{Service, Storage};

use super::import::{Parties, Party};
use crate::exchange::plan::IMPORT;
use crate::exchange::undo::{Whole, import_of};

/// What taking an import back would write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoPlan {
    /// How many records would go.
    pub gone: usize,
    /// How many would be put back as they were.
    pub put_back: usize,
    /// How many stay, since somebody went on with them, by client.
    pub stay: BTreeMap<String, usize>,
    /// The changes, with whose circle they are for, by place among the parties.
    pub acts: Vec<(usize, Vec<Change>)>,
}

impl UndoPlan {
    fn add(&mut self, place: usize, client: &str, outcome: Outcome) {
        match outcome {
            Outcome::Goes(changes) => {
                self.gone += 1;
                self.acts.push((place, changes));
            }
            Outcome::IsPutBack(changes) => {
                self.put_back += 1;
                self.acts.push((place, changes));
            }
            Outcome::Stays => *self.stay.entry(client.to_owned()).or_default() += 1,
        }
    }
}

enum Outcome {
    Goes(Vec<Change>),
    IsPutBack(Vec<Change>),
    Stays,
}

/// What an import may have changed later on, with what it held before and what stands below it.
type Families = BTreeMap<CircleId, Vec<(RecordId, Vec<Whole>)>>;

/// Everything that is needed to take any import of an organisation back.
pub struct Past {
    /// The clients.
    pub parties: Parties,
    families: Families,
}

impl Past {
    /// What the circles of these clients hold, and held.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of<S: Storage>(service: &Service<S>, parties: Parties) -> Result<Self, StorageError> {
        let changing = |party: &Party| {
            let records = party.records().iter();
            let changing = records.filter(|record| matches!(record.kind, Kind::Grant | Kind::DomainGoal));
            (party.circle, changing.map(|record| record.id).collect::<Vec<_>>())
        };
        let asked: Vec<_> = parties.all().iter().map(changing).collect();
        let families = service.storage().read(move |snapshot| {
            let mut found = Families::new();
            for (circle, ids) in &asked {
                let of_id = |id: &RecordId| Ok((*id, family(snapshot, *circle, *id)?));
                found.insert(*circle, ids.iter().map(of_id).collect::<Result<_, StorageError>>()?);
            }
            Ok(found)
        });
        let families = families.await?;
        Ok(Self { parties, families })
    }

    /// The names of all imports of guidance there were, also of those that were taken back.
    #[must_use]
    pub fn names(&self) -> BTreeSet<String> {
        let now = self.parties.all().iter().flat_map(Party::records).filter_map(|record| record.value(IMPORT));
        let families = self.families.values().flatten().flat_map(|(_, family)| family);
        let before = families.flat_map(|(_, displaced)| displaced.iter().filter(|(name, _)| name == IMPORT));
        let all = now.chain(before.map(|(_, cell)| &cell.value));
        all.filter_map(|value| if let Value::Text(name) = value { Some(name.clone()) } else { None }).collect()
    }

    /// What takes back the import of this name.
    #[must_use]
    pub fn plan(&self, name: &str) -> UndoPlan {
        let mut plan = UndoPlan::default();
        for (place, party) in self.parties.all().iter().enumerate() {
            for outcome in written_once(party.records(), name) {
                plan.add(place, &party.name, outcome);
            }
            for (id, family) in self.families.get(&party.circle).into_iter().flatten() {
                if let Some(outcome) = set(*id, family, name) {
                    plan.add(place, &party.name, outcome);
                }
            }
        }
        plan
    }
}

/// A record with what stands below it, each with what it held before.
fn family(snapshot: &dyn Snapshot, circle: CircleId, id: RecordId) -> Result<Vec<Whole>, StorageError> {
    let mut family = Vec::new();
    for id in std::iter::once(id).chain(snapshot.children(circle, id)?) {
        let Some(record) = snapshot.record(circle, id)? else { continue };
        let displaced = snapshot.history(circle, id)?.into_iter();
        family.push((record, displaced.map(|displaced| (displaced.cell, displaced.value)).collect()));
    }
    Ok(family)
}

/// What becomes of times and measurements that it wrote. What was corrected somebody went on with.
fn written_once(records: &[Record], name: &str) -> Vec<Outcome> {
    let stand = || records.iter().filter(|record| !record.is_deleted());
    let replaces = |record: &Record| {
        let time = TimeSpent::from_record(record).and_then(|time| time.replaces);
        time.or_else(|| Measurement::from_record(record)?.replaces)
    };
    let corrected: BTreeSet<RecordId> = stand().filter(|record| !is_of(record, name)).filter_map(replaces).collect();
    let own =
        stand().filter(|record| matches!(record.kind, Kind::TimeSpent | Kind::Measurement) && is_of(record, name));
    let outcome = |record: &Record| {
        if corrected.contains(&record.id) { Outcome::Stays } else { Outcome::Goes(vec![delete(record.id)]) }
    };
    own.map(outcome).collect()
}

fn is_of(record: &Record, name: &str) -> bool {
    record.value(IMPORT) == Some(&Value::Text(name.to_owned()))
}

/// What becomes of a grant or goal that it made or changed; none where it did neither, or nothing of it holds.
fn set(id: RecordId, family: &[Whole], name: &str) -> Option<Outcome> {
    let now = |id| family.iter().map(|(record, _)| record).find(|record| record.id == id);
    if now(id)?.is_deleted() {
        return None;
    }
    let edits = edits_of(family.iter().map(|(record, displaced)| (record, displaced.as_slice())));
    let edit = import_of(&edits, id, name)?;
    let made = edit.changes.iter().any(|change| change.record == id && change.made);
    let changes = undo(&edits, edit.stamp, now);
    match (changes.is_empty(), made) {
        (true, true) => Some(Outcome::Stays),
        (true, false) => None,
        (false, true) if changes.contains(&delete(id)) => Some(Outcome::Goes(changes)),
        (false, true) => Some(Outcome::Stays),
        (false, false) => Some(Outcome::IsPutBack(changes)),
    }
}
