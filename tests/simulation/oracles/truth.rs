//! The server's rows, and who may see which of them by rules written down here once more.

use std::collections::BTreeMap;

use futures::executor::block_on;
use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Member, Model, Person, Relation};
use opstap_core::{BlobHash, Change, CircleId, Millis, PersonId, Record, RecordId, Value};
use opstap_sync_server::Storage;
use opstap_sync_server::journal::Entry;
use opstap_sync_server::storage::{Displaced, LetGoRow, QuarantinedEdit, Snapshot, StorageError};

use crate::world::Server;

/// Reads the server's rows as they are now.
fn read<R: Send + 'static>(
    server: &Server,
    job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
) -> R {
    let storage = server.storage();
    block_on(storage.read(job)).unwrap()
}

/// Every record of a circle, deleted ones too, in order of id.
pub fn records(server: &Server, circle: CircleId) -> Vec<Record> {
    let mut all = read(server, move |snapshot| snapshot.changed_after(circle, 0, usize::MAX));
    all.sort_by_key(|record| record.id);
    all
}

/// Everything that some record of a circle held before.
pub fn history(server: &Server, circle: CircleId) -> Vec<Displaced> {
    let ids: Vec<RecordId> = records(server, circle).iter().map(|record| record.id).collect();
    read(server, move |snapshot| {
        let mut all = Vec::new();
        for id in &ids {
            all.extend(snapshot.history(circle, *id)?);
        }
        Ok(all)
    })
}

/// What each record of a circle held before.
pub fn history_of(server: &Server, circle: CircleId) -> Vec<(RecordId, Vec<Displaced>)> {
    let ids: Vec<RecordId> = records(server, circle).iter().map(|record| record.id).collect();
    read(server, move |snapshot| ids.iter().map(|id| Ok((*id, snapshot.history(circle, *id)?))).collect())
}

/// What devices said they let go of.
pub fn let_go(server: &Server, circle: CircleId) -> Vec<LetGoRow> {
    read(server, move |snapshot| snapshot.let_go(circle))
}

/// Whether a photo was shown by records of a circle that are erased, and by nothing else that is there.
pub fn was_only_erased(server: &Server, circle: CircleId, hash: BlobHash) -> bool {
    let of_erased = server.shown_by.borrow();
    let Some(by) = of_erased.get(&(circle, hash)) else { return false };
    let all = records(server, circle);
    let erased = |id: &RecordId| all.iter().any(|record| record.id == *id && record.is_purged());
    !by.is_empty() && by.iter().all(erased)
}

/// What waits in a circle for somebody to let it in.
pub fn quarantine(server: &Server, circle: CircleId) -> Vec<QuarantinedEdit> {
    read(server, move |snapshot| snapshot.quarantine(circle))
}

/// The counter of a circle.
pub fn counter(server: &Server, circle: CircleId) -> u64 {
    read(server, move |snapshot| snapshot.circle(circle)).map_or(0, |row| row.counter)
}

/// Every consent that the server once said is withdrawn.
fn withdrawn_ever(server: &Server) -> Vec<RecordId> {
    let changes = |entry| match entry {
        Entry::Ends { edit, .. } => edit.changes,
        Entry::Purges { .. } | Entry::ShutOut { .. } | Entry::NoMail { .. } => Vec::new(),
    };
    let ends = |change: Change| {
        let cell = change.cells().iter().find(|(name, _)| name == "ends").map(|(_, value)| value.clone());
        match cell {
            Some(Value::Id(id)) => Some(RecordId(id)),
            _ => None,
        }
    };
    server.journal.entries().into_iter().flat_map(changes).filter_map(ends).collect()
}

/// Who may see what of one circle at one moment.
pub struct Sight {
    is_library: bool,
    professionals: Vec<PersonId>,
    records: BTreeMap<RecordId, Record>,
    authors: BTreeMap<RecordId, Option<PersonId>>,
    members: Vec<Member>,
    consents: Vec<(RecordId, Consent)>,
    /// Also by withdrawals that a restored server would not know of.
    withdrawn: Vec<RecordId>,
    /// The records that ever showed a photo.
    shown_by: BTreeMap<BlobHash, Vec<RecordId>>,
    now: Millis,
}

/// What a consent opens; the rest is the record of care or the circle itself.
const BY_CONSENT: [Section; 5] =
    [Section::Plans, Section::Progress, Section::Photos, Section::Travel, Section::Messages];

impl Sight {
    pub fn of(server: &Server, circle: CircleId, now: Millis) -> Self {
        let all = records(server, circle);
        let made: Vec<_> = all.iter().map(|record| (record.id, record.made())).collect();
        let authors = read(server, move |snapshot| {
            let mut authors = BTreeMap::new();
            for (id, stamp) in &made {
                let device = stamp.map(|stamp| snapshot.device(stamp.device)).transpose()?.flatten();
                authors.insert(*id, device.map(|device| device.person));
            }
            Ok(authors)
        });
        let present = || all.iter().filter(|record| !record.is_deleted());
        Self {
            is_library: circle == server.circles[2],
            professionals: vec![server.people.marloes],
            withdrawn: withdrawn_ever(server),
            members: present().filter_map(Member::from_record).collect(),
            consents: present().filter_map(|record| Some((record.id, Consent::from_record(record)?))).collect(),
            shown_by: server
                .shown_by
                .borrow()
                .iter()
                .filter(|((of, _), _)| *of == circle)
                .map(|((_, hash), by)| (*hash, by.clone()))
                .collect(),
            authors,
            records: all.into_iter().map(|record| (record.id, record)).collect(),
            now,
        }
    }

    pub fn relation(&self, person: PersonId) -> Option<Relation> {
        self.members.iter().find(|member| member.person == person).map(|member| member.relation)
    }

    fn agreed(&self, person: PersonId, section: Section) -> bool {
        let ended = |id| {
            if self.withdrawn.contains(&id) {
                return true;
            }
            let mut withdrawals = self.consents.iter().filter(|(_, consent)| consent.act == ConsentAct::Withdrawn);
            withdrawals.any(|(_, consent)| consent.ends == Some(id))
        };
        self.consents.iter().any(|(id, consent)| {
            consent.act == ConsentAct::Given
                && consent.person == person
                && consent.section == section
                && consent.from <= self.now
                && consent.until.is_none_or(|until| self.now < until)
                && !ended(*id)
        })
    }

    fn may_see_section(&self, relation: Relation, person: PersonId, section: Section) -> bool {
        match relation {
            Relation::Client | Relation::Representative => true,
            Relation::NeighbourhoodCoach => self.may_coach_see(person, section),
            _ if section == Section::Circle => true,
            _ if BY_CONSENT.contains(&section) => self.agreed(person, section),
            relation if relation.is_professional() => true,
            // Those who travel along know of the training what they may know of the way, and who comes when with the plans.
            _ => match section {
                Section::Training => self.agreed(person, Section::Travel),
                Section::Appointments => self.agreed(person, Section::Plans),
                _ => false,
            },
        }
    }

    /// Somebody of another organisation: nothing by law, all by the client's word, and who is round the client while there is such a word.
    fn may_coach_see(&self, person: PersonId, section: Section) -> bool {
        let agreed = |section| self.agreed(person, section);
        match section {
            Section::Notes => false,
            Section::Circle => Section::ALL.iter().any(|one| *one != Section::Notes && agreed(*one)),
            Section::Training => agreed(Section::Travel),
            Section::Appointments => agreed(Section::Plans),
            section => agreed(section),
        }
    }

    /// Whether the person has anything to do with the circle.
    pub fn belongs(&self, person: PersonId) -> bool {
        if self.is_library {
            return self.professionals.contains(&person);
        }
        match self.relation(person) {
            Some(Relation::NeighbourhoodCoach) => self.may_coach_see(person, Section::Circle),
            relation => relation.is_some(),
        }
    }

    /// Whether the person may see the record as the server has it.
    pub fn may_see(&self, person: PersonId, record: &Record) -> bool {
        if self.is_library {
            return self.professionals.contains(&person);
        }
        let Some(relation) = self.relation(person) else { return false };
        if !self.may_see_section(relation, person, Section::of(record.kind)) {
            return false;
        }
        let about_them = matches!(relation, Relation::Client | Relation::Representative);
        let mut next = self.records.get(&record.id);
        while let Some(one) = next {
            let theirs = about_them || self.authors.get(&one.id).copied().flatten() == Some(person);
            if one.audience().is_some_and(|audience| !theirs && !audience.contains(&person)) {
                return false;
            }
            next = one.parent.and_then(|parent| self.records.get(&parent));
        }
        true
    }

    /// Whether the person may see a photo: a record that shows it, now or before.
    pub fn may_see_photo(&self, person: PersonId, hash: BlobHash) -> bool {
        let shows = |record: &&Record| self.shown_by.get(&hash).is_some_and(|by| by.contains(&record.id));
        self.records.values().filter(shows).any(|record| self.may_see(person, record))
    }

    /// Every record the person may see, in order of id.
    pub fn all_for(&self, person: Person) -> Vec<&Record> {
        self.records.values().filter(|record| self.may_see(person.id, record)).collect()
    }
}
