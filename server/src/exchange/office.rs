//! One organisation's programme: who writes in it, what it holds, and the edits that are handed in as from any device.

use std::collections::BTreeMap;

use opstap_core::model::{CircleKind, OrganisationRole};
use opstap_core::{Change, CircleId, DeviceId, Kind, OrganisationId, PersonId, Record, RecordId, Stamp};
use opstap_sync_server::storage::{CircleRow, OrganisationRow, Snapshot, StorageError};
use opstap_sync_server::{Clock, Randomness, Service, Storage};

use super::ExchangeError;
use super::acts::{Fate, fate, packed};
use super::undo::Whole;
use crate::first_start::{FirstStartError, Pen, Start};

/// The office of an organisation.
pub struct Office<'a, S> {
    service: &'a Service<S>,
    /// Whose it is.
    pub organisation: OrganisationRow,
}

/// What a programme holds, as of one moment.
#[derive(Default)]
pub struct Holdings {
    circle: Option<CircleRow>,
    /// Registrations and all that stands below them, in order of kind and id, with what they held before.
    pub records: Vec<Whole>,
    /// How the programme is set up.
    pub settings: Vec<Record>,
}

impl Holdings {
    /// The records as they are now.
    #[must_use]
    pub fn now(&self) -> Vec<Record> {
        self.records.iter().map(|(record, _)| record).chain(&self.settings).cloned().collect()
    }

    fn by_id(&self) -> BTreeMap<RecordId, &Record> {
        self.records.iter().map(|(record, _)| (record.id, record)).collect()
    }
}

impl<'a, S: Storage> Office<'a, S> {
    /// The office of the organisation of this name, or of the only one.
    ///
    /// # Errors
    /// [`ExchangeError::WhichOrganisation`], or when the database fails.
    pub async fn of(service: &'a Service<S>, name: Option<&str>) -> Result<Self, ExchangeError> {
        let all = service.organisations().await?;
        let known: Vec<String> = all.iter().map(|organisation| organisation.name.clone()).collect();
        let mut wanted = all
            .into_iter()
            .filter(|organisation| name.is_none_or(|name| organisation.name.to_lowercase() == name.to_lowercase()));
        match (wanted.next(), wanted.next()) {
            (Some(organisation), None) => Ok(Self { service, organisation }),
            _ => Err(ExchangeError::WhichOrganisation(known.join(", "))),
        }
    }

    /// The office of this organisation, for whoever was let in by another door.
    pub const fn at(service: &'a Service<S>, organisation: OrganisationRow) -> Self {
        Self { service, organisation }
    }

    /// The names of the accounts whose devices these are, as far as they are known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn names(&self, devices: Vec<DeviceId>) -> Result<BTreeMap<DeviceId, String>, ExchangeError> {
        let found = self.service.storage().read(move |snapshot| {
            let mut names = BTreeMap::new();
            for device in devices.iter().copied() {
                let Some(row) = snapshot.device(device)? else { continue };
                names.extend(snapshot.person(row.person)?.map(|person| (device, person.name)));
            }
            Ok(names)
        });
        Ok(found.await?)
    }

    /// In whose name something is written: the first administrator, or who is called so and may.
    ///
    /// # Errors
    /// [`ExchangeError::NotTheirs`], or when the database fails.
    pub async fn author(&self, name: Option<&str>) -> Result<(PersonId, OrganisationRole), ExchangeError> {
        let mut may = self.service.persons(self.organisation.id).await?;
        may.retain(|person| person.role >= OrganisationRole::Coordinator);
        may.sort_by_key(|person| (std::cmp::Reverse(person.role), person.id));
        let called = |person: &&opstap_sync_server::storage::PersonRow| {
            name.is_none_or(|name| person.name.to_lowercase() == name.to_lowercase() || person.id.to_string() == name)
        };
        let found = may.iter().find(called).map(|person| (person.id, person.role));
        found.ok_or_else(|| ExchangeError::NotTheirs(name.unwrap_or("so").to_owned()))
    }

    /// What the programme holds; nothing when there is none yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holdings(&self) -> Result<Holdings, ExchangeError> {
        let organisation = self.organisation.id;
        Ok(self.service.storage().read(move |snapshot| holdings(snapshot, organisation, true)).await?)
    }

    /// The records of the programme as they are now, without what they held before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn records(&self) -> Result<Vec<Record>, ExchangeError> {
        let organisation = self.organisation.id;
        let held = self.service.storage().read(move |snapshot| holdings(snapshot, organisation, false)).await?;
        Ok(held.now())
    }

    /// Writes acts in the programme, as a device of this person that has seen what it holds, as one edit where they fit in one. The programme
    /// is founded when there is none. Where somebody writes in some of the rows at the same moment, their edit is refused: the other rows
    /// of it are handed in again, and those are left.
    ///
    /// # Errors
    /// [`ExchangeError::NotWritten`], [`ExchangeError::PartWritten`], or when the database fails.
    pub async fn write(
        &self,
        ports: (&dyn Clock, &dyn Randomness),
        author: (PersonId, OrganisationRole),
        held: &Holdings,
        acts: Vec<Vec<Change>>,
    ) -> Result<(), ExchangeError> {
        let circle = match held.circle {
            Some(circle) => circle.id,
            None => self.found().await?,
        };
        let (all, planned) = (acts.len(), held.by_id());
        let (mut waiting, mut overtaken, mut now) = (acts, 0, None);
        loop {
            let why = match self.hand_in(ports, author, (circle, now.as_ref().unwrap_or(held)), waiting.clone()).await {
                Ok(()) if overtaken == 0 => return Ok(()),
                Ok(()) => return Err(ExchangeError::PartWritten { written: all - overtaken, left: overtaken }),
                Err(why) => why,
            };
            let found = now.insert(self.holdings().await?).by_id();
            let before = waiting.len();
            let fates = waiting.iter().map(|act| fate(act, &planned, &found)).collect::<Vec<_>>();
            let mut fates_of = fates.iter();
            waiting.retain(|_| fates_of.next() == Some(&Fate::Waits));
            overtaken += fates.iter().filter(|fate| **fate == Fate::Overtaken).count();
            let left = waiting.len() + overtaken;
            match why {
                _ if left == 0 => return Ok(()),
                // Some of it went on: the rest has yet to be tried without what was overtaken.
                FirstStartError::NotAccepted(_) if (1..before).contains(&waiting.len()) => {}
                why if left == all => return Err(why.into()),
                why => {
                    tracing::info!(%why, "of an import a part was written");
                    return Err(ExchangeError::PartWritten { written: all - left, left });
                }
            }
        }
    }

    async fn hand_in(
        &self,
        (clock, randomness): (&dyn Clock, &dyn Randomness),
        author: (PersonId, OrganisationRole),
        (circle, seen): (CircleId, &Holdings),
        acts: Vec<Vec<Change>>,
    ) -> Result<(), FirstStartError> {
        let start = Start { service: self.service, clock, randomness };
        let latest: Option<Stamp> = seen.records.iter().filter_map(|(record, _)| record.latest()).max();
        let number = seen.circle.map_or(0, |circle| circle.counter);
        let mut pen = Pen::new(&start, self.organisation.id, author, circle).having_seen(number, latest);
        for changes in packed(acts) {
            pen.write(clock.now(), None, changes);
        }
        pen.hand_in().await
    }

    async fn found(&self) -> Result<CircleId, ExchangeError> {
        Ok(self.service.create_circle(self.organisation.id, CircleKind::Programme, &[]).await?)
    }
}

/// The kinds of record that stand below a registration.
fn below() -> impl Iterator<Item = Kind> {
    Kind::all().filter(|kind| kind.parent() == Some(Kind::Registration))
}

fn holdings(
    snapshot: &dyn Snapshot,
    organisation: OrganisationId,
    with_the_past: bool,
) -> Result<Holdings, StorageError> {
    let circles = snapshot.circles_of_organisation(organisation, CircleKind::Programme)?;
    let Some(id) = circles.first().copied() else { return Ok(Holdings::default()) };
    let mut held = Holdings { circle: snapshot.circle(id)?, ..Holdings::default() };
    for kind in std::iter::once(Kind::Registration).chain(below()) {
        for record in snapshot.records_of_kind(id, kind)? {
            let displaced = if with_the_past { snapshot.history(id, record.id)? } else { Vec::new() }.into_iter();
            held.records.push((record, displaced.map(|displaced| (displaced.cell, displaced.value)).collect()));
        }
    }
    held.settings = snapshot.records_of_kind(id, Kind::ProgrammeSettings)?;
    Ok(held)
}

#[cfg(test)]
#[path = "office_tests.rs"]
mod tests;
