//! The server, its clock and its people, under the hand of a history.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures::executor::block_on;
use opstap_core::model::{CircleKind, Member, OrganisationRole, Relation};
use opstap_core::protocol::{self, Answer, Delivery, Request};
use opstap_core::{BlobHash, CircleId, DeviceId, Edit, Millis, PersonId, RecordId};
use opstap_sync_client::{Fetched, Platform, TransportError};
use opstap_sync_server::journal::{Entry, Journal};
use opstap_sync_server::memory::MemoryStorage;
use opstap_sync_server::service::{BlobAccess, BlobArrival, Limits, Pairing, Session};
use opstap_sync_server::{Clock, Randomness, Service, Storage, StorageError};
use sha2::{Digest, Sha256};

use crate::oracles::accepted::Accepted;
use crate::oracles::delivery;
use crate::oracles::truth::Sight;
use crate::planted::{self, Bug};

/// When every history begins.
pub const NOON: u64 = 1_790_000_000_000;

/// One clock and one source of numbers for all, so that every run is the same.
#[derive(Clone, Default)]
pub struct Time {
    millis: Arc<AtomicU64>,
    drawn: Arc<AtomicU64>,
}

impl Time {
    pub fn forward(&self, millis: u64) {
        self.millis.fetch_add(millis, Ordering::Relaxed);
    }

    /// One of two, as the time falls.
    pub fn is_even(&self) -> bool {
        self.millis.load(Ordering::Relaxed).is_multiple_of(2)
    }

    pub fn draw(&self, bytes: &mut [u8]) {
        // Mixed rather than hashed: this runs for every id, and only has to differ.
        for chunk in bytes.chunks_mut(8) {
            let mut mixed = self.drawn.fetch_add(1, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let mixed = (mixed ^ (mixed >> 31)).to_le_bytes();
            chunk.iter_mut().zip(mixed).for_each(|(to, from)| *to = from);
        }
    }
}

impl Clock for Time {
    fn now(&self) -> Millis {
        Millis(NOON + self.millis.load(Ordering::Relaxed))
    }
}

impl Randomness for Time {
    fn fill(&self, bytes: &mut [u8]) {
        self.draw(bytes);
    }
}

/// The same time as a phone sees it: its clock may be wrong.
#[derive(Clone)]
pub struct PhoneTime {
    pub time: Time,
    pub wrong_by: Rc<Cell<i64>>,
}

impl Platform for PhoneTime {
    fn now(&self) -> Millis {
        Millis(Clock::now(&self.time).0.saturating_add_signed(self.wrong_by.get()))
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.time.draw(bytes);
    }

    async fn sha256(&self, bytes: &[u8]) -> Option<BlobHash> {
        Some(BlobHash(Sha256::digest(bytes).into()))
    }
}

/// A request as it left: under which session, and its bytes.
#[derive(Clone)]
pub struct Sent {
    pub token: String,
    pub bytes: Vec<u8>,
}

/// The people of a history.
#[derive(Clone, Copy)]
pub struct People {
    pub sem: PersonId,
    pub noor: PersonId,
    pub youssef: PersonId,
    pub marloes: PersonId,
    pub karin: PersonId,
}

/// The journal, as bytes like on a disk.
#[derive(Default)]
pub struct Kept(Mutex<Vec<Vec<u8>>>);

impl Kept {
    pub fn entries(&self) -> Vec<Entry> {
        self.0.lock().unwrap().iter().map(|bytes| Entry::from_bytes(bytes).unwrap()).collect()
    }
}

impl Journal for Kept {
    fn keep(&self, entry: &Entry) -> Result<(), StorageError> {
        self.0.lock().unwrap().push(entry.to_bytes());
        Ok(())
    }
}

/// The bytes of photos, by circle.
pub type Bytes = BTreeMap<(CircleId, BlobHash), Vec<u8>>;

/// What a backup holds: the database before the photos.
pub struct Backup(MemoryStorage, Bytes);

/// The server with everything it had, and what came to it.
pub struct Server {
    pub time: Time,
    pub people: People,
    /// Sem's circle and Noor's, and the library of their organisation.
    pub circles: [CircleId; 3],
    pub bug: Option<Bug>,
    limits: Limits,
    storage: RefCell<MemoryStorage>,
    /// The bytes of photos.
    pub bytes: RefCell<Bytes>,
    /// Which records ever showed a photo, by the edits that came.
    pub shown_by: RefCell<BTreeMap<(CircleId, BlobHash), Vec<RecordId>>>,
    /// What no restore may undo.
    pub journal: Arc<Kept>,
    service: RefCell<Service<MemoryStorage>>,
    /// What counted, as the verdicts said.
    pub accepted: RefCell<Accepted>,
    /// Requests that arrived, for a bug that needs to know.
    pub arrived: RefCell<BTreeSet<Vec<u8>>>,
    /// Requests that left once, to arrive again.
    pub strays: RefCell<Vec<Sent>>,
    /// The first thing that was seen to be wrong.
    pub wrong: RefCell<Option<String>>,
    /// How many names were found taken.
    pub names_taken: Cell<u32>,
}

impl Server {
    pub fn open(limits: Limits, bug: Option<Bug>) -> Self {
        let time = Time::default();
        let (storage, journal) = (MemoryStorage::new(), Arc::new(Kept::default()));
        let service = service_over(&storage, &time, limits, &journal);
        let organisation = block_on(service.create_organisation("Opstap")).unwrap();
        let add = |role, name| block_on(service.add_person(organisation, role, name)).unwrap();
        let people = People {
            sem: add(OrganisationRole::Participant, "Sem"),
            noor: add(OrganisationRole::Participant, "Noor"),
            youssef: add(OrganisationRole::Participant, "Youssef"),
            marloes: add(OrganisationRole::Professional, "Marloes"),
            karin: add(OrganisationRole::Participant, "Karin"),
        };
        let open = |members: &[Member]| block_on(service.create_circle(organisation, CircleKind::Client, members));
        let of_sem = [
            member(people.sem, Relation::Client),
            member(people.youssef, Relation::Volunteer),
            member(people.marloes, Relation::Supervisor),
            member(people.karin, Relation::Carer),
        ];
        let of_noor = [
            member(people.noor, Relation::Client),
            member(people.youssef, Relation::Volunteer),
            member(people.marloes, Relation::Supervisor),
        ];
        let library = block_on(service.create_circle(organisation, CircleKind::Library, &[])).unwrap();
        let circles = [open(&of_sem).unwrap(), open(&of_noor).unwrap(), library];
        Self {
            time,
            people,
            circles,
            bug,
            limits,
            storage: RefCell::new(storage),
            bytes: RefCell::default(),
            shown_by: RefCell::default(),
            journal,
            service: RefCell::new(service),
            accepted: RefCell::default(),
            arrived: RefCell::default(),
            strays: RefCell::default(),
            wrong: RefCell::default(),
            names_taken: Cell::new(0),
        }
    }

    pub fn service(&self) -> Service<MemoryStorage> {
        self.service.borrow().clone()
    }

    pub fn storage(&self) -> MemoryStorage {
        self.storage.borrow().clone()
    }

    pub fn session(&self, token: &str) -> Result<Session, TransportError> {
        block_on(self.service().session(token)).ok().flatten().ok_or(TransportError::SignedOut)
    }

    /// Answers the bytes of a request, and looks on whether what leaves may leave.
    pub fn answer(&self, sent: &Sent) -> Result<Answer, TransportError> {
        let session = self.session(&sent.token)?;
        let mut request: Request = protocol::decode_request(&sent.bytes).unwrap();
        // As the phone made them: what is bent must not bend the oracle.
        let counting = request.edits.clone();
        let wire = request.wire;
        for edit in &request.edits {
            self.note_photos(edit);
        }
        let withheld = planted::bend_request(self, sent, &mut request);
        let answered = block_on(self.service().sync(session, request));
        let mut answer = answered.map_err(|_| TransportError::Refused)?;
        if let Err(why) = delivery::check(self, session, &answer) {
            self.say_wrong(why);
        }
        let taken = |(_, verdict): &&(u64, protocol::Verdict)| {
            *verdict == protocol::Verdict::Refused(protocol::Reason::NameTaken)
        };
        let taken = u32::try_from(answer.verdicts.iter().filter(taken).count()).unwrap();
        self.names_taken.set(self.names_taken.get() + taken);
        if let Err(why) = self.accepted.borrow_mut().note(&answer, &counting) {
            self.say_wrong(why);
        }
        answer.verdicts.extend(withheld);
        planted::bend_answer(self, &mut answer);
        self.erase();
        let mut came = protocol::decode_answer(&protocol::encode_answer_as(&answer, wire)).unwrap();
        if wire < 2 {
            as_an_old_app_takes_it(&mut came, &answer);
        }
        Ok(came)
    }

    fn note_photos(&self, edit: &Edit) {
        for change in &edit.changes {
            for blob in change.cells().iter().filter_map(|(_, value)| value.blob()) {
                let mut shown_by = self.shown_by.borrow_mut();
                let by = shown_by.entry((edit.circle, blob.hash)).or_default();
                if !by.contains(&change.record()) {
                    by.push(change.record());
                }
            }
        }
    }

    /// The server erases what is to be erased.
    fn erase(&self) {
        let service = self.service();
        for (circle, hash) in block_on(service.blobs_to_erase()).unwrap() {
            self.bytes.borrow_mut().remove(&(circle, hash));
            block_on(service.blob_erased(circle, hash)).unwrap();
        }
    }

    /// A photo arrives.
    pub fn put_blob(&self, token: &str, circle: CircleId, hash: BlobHash, bytes: &[u8]) -> Result<(), TransportError> {
        let session = self.session(token)?;
        let service = self.service();
        if !block_on(service.may_send_blob(session, circle)).unwrap() {
            return Err(TransportError::Refused);
        }
        self.bytes.borrow_mut().insert((circle, hash), bytes.to_vec());
        let size = u32::try_from(bytes.len()).unwrap();
        match block_on(service.blob_arrived(session, circle, hash, size)).unwrap() {
            BlobArrival::Kept | BlobArrival::AlreadyThere => Ok(()),
            BlobArrival::NotTheirs => Err(TransportError::Refused),
        }
    }

    /// Somebody asks for a photo.
    pub fn get_blob(&self, token: &str, circle: CircleId, hash: BlobHash) -> Result<Fetched, TransportError> {
        let session = self.session(token)?;
        match block_on(self.service().read_blob(session, circle, hash)).unwrap() {
            BlobAccess::Readable { held_in, .. } => {
                let sight = Sight::of(self, circle, Clock::now(&self.time));
                if !sight.may_see_photo(session.person.id, hash) {
                    self.say_wrong(format!("a photo of {circle:?} was given to {:?} without a ground", session.person));
                }
                match self.bytes.borrow().get(&(held_in, hash)) {
                    Some(bytes) => Ok(Fetched::Bytes(bytes.clone())),
                    None => Ok(Fetched::NotThere),
                }
            }
            BlobAccess::Lacking | BlobAccess::Hidden => Ok(Fetched::NotThere),
        }
    }

    pub fn say_wrong(&self, what: String) {
        self.wrong.borrow_mut().get_or_insert(what);
    }

    /// A copy of everything, as it is now.
    pub fn back_up(&self) -> Backup {
        Backup(self.storage.borrow().twin(), self.bytes.borrow().clone())
    }

    /// The server comes back from a copy.
    pub fn restore(&self, backup: &Backup) {
        *self.storage.borrow_mut() = backup.0.twin();
        *self.bytes.borrow_mut() = backup.1.clone();
        let service = service_over(&self.storage.borrow(), &self.time, self.limits, &self.journal);
        let forgets = self.bug == Some(Bug::JournalNotReplayed);
        let mut entries = if forgets { Vec::new() } else { self.journal.entries() };
        if self.bug == Some(Bug::PurgeForgotten) {
            entries.retain(|entry| !matches!(entry, Entry::Purges { .. }));
        }
        let keeps_epoch = self.bug == Some(Bug::NoEpoch);
        let service = if keeps_epoch { service } else { block_on(service.begin_epoch(entries)).unwrap() };
        *self.service.borrow_mut() = service;
        self.erase();
    }

    /// Whose a device is.
    pub fn owner(&self, device: DeviceId) -> PersonId {
        let row = block_on(self.storage().read(move |snapshot| snapshot.device(device))).unwrap();
        row.map_or(self.people.sem, |row| row.person)
    }

    /// A new device of a person with its session.
    pub fn pair(&self, person: PersonId, device: DeviceId) -> (String, opstap_core::model::Person) {
        let service = self.service();
        let invitation = block_on(service.invite(person, 600_000)).unwrap();
        match block_on(service.pair(invitation.long.reveal(), device)).unwrap() {
            Pairing::Paired { token, person } => (token.reveal().to_owned(), person),
            other => panic!("a fresh code pairs: {other:?}"),
        }
    }

    pub fn new_device(&self) -> DeviceId {
        let mut id = [0; 10];
        self.time.draw(&mut id);
        DeviceId::new(Clock::now(&self.time), id)
    }
}

/// The engine here is of now; what an app of version 1 does not know of, it does without.
fn as_an_old_app_takes_it(came: &mut Answer, answer: &Answer) {
    for (circle, told) in came.circles.iter_mut().zip(&answer.circles) {
        if let (Delivery::Load { digest, restored, .. }, Delivery::Load { digest: of_now, .. }) =
            (&mut circle.delivery, &told.delivery)
        {
            // It counts and has no digest; it offers nothing.
            (*digest, *restored) = (*of_now, u64::MAX);
        }
    }
}

fn service_over(storage: &MemoryStorage, time: &Time, limits: Limits, journal: &Arc<Kept>) -> Service<MemoryStorage> {
    let arc = Arc::new(time.clone());
    block_on(Service::open(storage.clone(), arc.clone(), arc, Arc::new(())))
        .unwrap()
        .with_limits(limits)
        .with_journal(journal.clone())
}

pub fn member(person: PersonId, relation: Relation) -> Member {
    Member { person, relation, name: "naam".into(), called: None, phone: None, face: None, order: None }
}

/// What each phone of a history is about, by place: whose it is.
pub fn owner_of(people: People, place: usize) -> PersonId {
    [people.sem, people.marloes, people.youssef, people.noor, people.karin, people.sem, people.marloes, people.youssef]
        [place % 8]
}
