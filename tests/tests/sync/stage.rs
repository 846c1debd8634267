//! A server and the phones of a circle: Sem the client, Youssef the volunteer, Marloes the supervisor.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures::executor::block_on;
use opstap_core::access::Section;
use opstap_core::model::{CircleKind, Consent, ConsentAct, Member, Model, OrganisationRole, Plan, Relation, Step};
use opstap_core::protocol::{self, Answer, Request};
use opstap_core::{
    BlobHash, BlobRef, Change, CircleId, DeviceId, Kind, Millis, OrganisationId, PersonId, Record, RecordId, Seen,
};
use opstap_sync_client::memory::Memory;
use opstap_sync_client::{Engine, Fetched, NotKept, Outcome, Pick, Platform, Query, Transport, TransportError, begin};
use opstap_sync_server::memory::MemoryStorage;
use opstap_sync_server::service::{BlobAccess, BlobArrival, Limits, Pairing, Session};
use opstap_sync_server::{Clock, Randomness, Service};
use sha2::{Digest, Sha256};

pub const NOON: u64 = 1_790_000_000_000;

/// One clock and one source of numbers for all, so that every run is the same.
#[derive(Clone, Default)]
pub struct World {
    millis: Arc<AtomicU64>,
    drawn: Arc<AtomicU64>,
}

impl World {
    pub fn forward(&self, millis: u64) {
        self.millis.fetch_add(millis, Ordering::Relaxed);
    }

    fn draw(&self, bytes: &mut [u8]) {
        let drawn = self.drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let hash = Sha256::digest(drawn);
        bytes.iter_mut().zip(hash.iter().cycle()).for_each(|(byte, random)| *byte = *random);
    }
}

impl Clock for World {
    fn now(&self) -> Millis {
        Millis(NOON + self.millis.load(Ordering::Relaxed))
    }
}

impl Randomness for World {
    fn fill(&self, bytes: &mut [u8]) {
        self.draw(bytes);
    }
}

/// The same world as a phone sees it: its clock may be wrong.
#[derive(Clone)]
pub struct PhoneWorld {
    world: World,
    pub wrong_by: Rc<Cell<i64>>,
}

impl Platform for PhoneWorld {
    fn now(&self) -> Millis {
        Millis(Clock::now(&self.world).0.saturating_add_signed(self.wrong_by.get()))
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.world.draw(bytes);
    }

    async fn sha256(&self, bytes: &[u8]) -> Option<BlobHash> {
        Some(BlobHash(Sha256::digest(bytes).into()))
    }
}

/// What the network does with the next calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Network {
    #[default]
    There,
    Gone,
    /// The request arrives and the answer does not.
    LosesAnswers,
    /// The answer never stops coming, until somebody gives up.
    Hangs,
}

pub type Blobs = Arc<Mutex<BTreeMap<(CircleId, BlobHash), Vec<u8>>>>;

/// The way to the server: through bytes, as over HTTP.
#[derive(Clone)]
pub struct Line {
    service: Service<MemoryStorage>,
    session: Rc<RefCell<String>>,
    blobs: Blobs,
    pub network: Rc<Cell<Network>>,
    /// How often it went to the server and back.
    pub round_trips: Rc<Cell<usize>>,
}

impl Line {
    async fn session(&self) -> Result<Session, TransportError> {
        let token = self.session.borrow().clone();
        self.service.session(&token).await.ok().flatten().ok_or(TransportError::SignedOut)
    }

    fn reachable(&self) -> Result<(), TransportError> {
        if self.network.get() == Network::Gone { Err(TransportError::Offline) } else { Ok(()) }
    }
}

impl Transport for Line {
    async fn exchange(&self, request: &Request) -> Result<Answer, TransportError> {
        self.reachable()?;
        self.round_trips.set(self.round_trips.get() + 1);
        let request = protocol::decode_request(&protocol::encode_request(request)).unwrap();
        let answer = self.service.sync(self.session().await?, request).await.map_err(|_| TransportError::Refused)?;
        match self.network.get() {
            Network::LosesAnswers => return Err(TransportError::Offline),
            Network::Hangs => futures::future::pending().await,
            Network::There | Network::Gone => {}
        }
        Ok(protocol::decode_answer(&protocol::encode_answer(&answer)).unwrap())
    }

    async fn send(&self, circle: CircleId, blob: BlobRef, bytes: &[u8]) -> Result<(), TransportError> {
        self.reachable()?;
        let arrived = self.service.blob_arrived(self.session().await?, circle, blob.hash, blob.size).await.unwrap();
        if arrived == BlobArrival::NotTheirs {
            return Err(TransportError::Refused);
        }
        self.blobs.lock().unwrap().insert((circle, blob.hash), bytes.to_vec());
        Ok(())
    }

    async fn fetch(&self, circle: CircleId, hash: BlobHash) -> Result<Fetched, TransportError> {
        self.reachable()?;
        match self.service.read_blob(self.session().await?, circle, hash).await.unwrap() {
            BlobAccess::Readable { held_in, .. } => {
                Ok(Fetched::Bytes(self.blobs.lock().unwrap()[&(held_in, hash)].clone()))
            }
            BlobAccess::Lacking | BlobAccess::Hidden => Ok(Fetched::NotThere),
        }
    }
}

pub struct Phone {
    pub engine: Engine<Memory, Line, PhoneWorld>,
    pub store: Memory,
    pub line: Line,
    pub world: PhoneWorld,
    pub circle: CircleId,
}

/// The server and who is in the circle.
pub struct Stage {
    pub service: Service<MemoryStorage>,
    pub world: World,
    pub organisation: OrganisationId,
    pub circle: CircleId,
    pub sem: PersonId,
    pub youssef: PersonId,
    pub marloes: PersonId,
    blobs: Blobs,
}

pub fn member(person: PersonId, relation: Relation, name: &str) -> Member {
    Member { person, relation, name: name.into(), called: None, phone: None, face: None, order: None }
}

impl Stage {
    pub fn set() -> Self {
        Self::with_limits(Limits::default())
    }

    pub fn with_limits(limits: Limits) -> Self {
        let world = World::default();
        let arc = Arc::new(world.clone());
        let opened = Service::open(MemoryStorage::new(), arc.clone(), arc, Arc::new(()));
        let service = block_on(opened).unwrap().with_limits(limits);
        let organisation = block_on(service.create_organisation("Opstap")).unwrap();
        let add = |role, name| block_on(service.add_person(organisation, role, name)).unwrap();
        let sem = add(OrganisationRole::Participant, "Sem");
        let youssef = add(OrganisationRole::Participant, "Youssef");
        let marloes = add(OrganisationRole::Professional, "Marloes");
        let members = [
            member(sem, Relation::Client, "Sem"),
            member(youssef, Relation::Volunteer, "Youssef"),
            member(marloes, Relation::Supervisor, "Marloes"),
        ];
        let circle = block_on(service.create_circle(organisation, CircleKind::Client, &members)).unwrap();
        Self { service, world, organisation, circle, sem, youssef, marloes, blobs: Blobs::default() }
    }

    /// A new phone of this person, paired and in step.
    pub fn phone(&self, person: PersonId) -> Phone {
        let mut id = [0; 10];
        self.world.draw(&mut id);
        let device = DeviceId::new(Clock::now(&self.world), id);
        let invitation = block_on(self.service.invite(person, 600_000)).unwrap();
        let paired = block_on(self.service.pair(invitation.long.reveal(), device)).unwrap();
        let Pairing::Paired { token, person } = paired else { panic!("the code is fresh") };
        let line = Line {
            service: self.service.clone(),
            session: Rc::new(RefCell::new(token.reveal().to_owned())),
            blobs: Arc::clone(&self.blobs),
            network: Rc::default(),
            round_trips: Rc::default(),
        };
        let world = PhoneWorld { world: self.world.clone(), wrong_by: Rc::default() };
        let store = Memory::default();
        block_on(begin(&store, device, person)).unwrap();
        let engine = block_on(Engine::open(store.clone(), line.clone(), world.clone())).unwrap();
        let phone = Phone { engine, store, line, world, circle: self.circle };
        phone.sync();
        phone
    }

    /// Sem's phone, after Sem let both others see these sections.
    pub fn open_circle(&self, sections: &[Section]) -> Phone {
        let phone = self.phone(self.sem);
        for person in [self.youssef, self.marloes] {
            for section in sections {
                phone.edit(vec![given(person, *section).make(phone.engine.new_id())]);
            }
        }
        phone.sync();
        phone
    }
}

pub fn given(person: PersonId, section: Section) -> Consent {
    Consent { act: ConsentAct::Given, person, section, from: Millis(0), until: None, ends: None }
}

pub fn plan(title: &str) -> Plan {
    let title = title.to_owned();
    Plan::titled(title)
}

pub fn step(order: &str, text: &str) -> Step {
    Step::saying(order, text)
}

impl Phone {
    /// Takes what was done and moves the clock on a little.
    pub fn edit(&self, changes: Vec<Change>) {
        self.try_edit(changes).unwrap();
    }

    /// The same, of somebody who began before what came in since then.
    pub fn edit_as_of(&self, changes: Vec<Change>, as_of: Seen) {
        self.world.world.forward(1_000);
        block_on(self.engine.edit_as_of(self.circle, changes, None, as_of)).unwrap();
    }

    pub fn seen(&self) -> Seen {
        block_on(self.engine.seen(self.circle)).unwrap()
    }

    pub fn try_edit(&self, changes: Vec<Change>) -> Result<(), NotKept> {
        self.world.world.forward(1_000);
        block_on(self.engine.edit(self.circle, changes, None)).map(drop)
    }

    pub fn sync(&self) -> Outcome {
        block_on(self.engine.sync_once()).unwrap()
    }

    /// The same store, opened anew after the app was killed.
    pub fn restarted(self) -> Self {
        let opened = Engine::open(self.store.clone(), self.line.clone(), self.world.clone());
        let engine = block_on(opened).unwrap();
        Self { engine, ..self }
    }

    pub fn make_plan(&self, title: &str, steps: &[&str]) -> (RecordId, Vec<RecordId>) {
        let id = self.engine.new_id();
        let orders = opstap_core::order::first(steps.len());
        let ids: Vec<RecordId> = steps.iter().map(|_| self.engine.new_id()).collect();
        let mut changes = vec![plan(title).make(id)];
        let made = ids.iter().zip(&orders).zip(steps);
        changes.extend(made.map(|((step_id, order), text)| step(order, text).make_below(*step_id, id)));
        self.edit(changes);
        (id, ids)
    }

    pub fn titles(&self) -> Vec<String> {
        let plans = block_on(self.engine.read_as::<Plan>(self.circle, Pick::All)).unwrap();
        plans.into_iter().map(|plan| plan.model.title).collect()
    }

    pub fn texts(&self, plan: RecordId) -> Vec<String> {
        let steps = block_on(self.engine.read_as::<Step>(self.circle, Pick::Below(plan))).unwrap();
        steps.into_iter().map(|step| step.model.text).collect()
    }

    /// Every record of these kinds as screens see it, deleted ones too.
    pub fn all(&self, kinds: &[Kind]) -> Vec<Record> {
        let read = |kind: &Kind| block_on(self.engine.read(self.circle, Query::all(*kind).with_deleted())).unwrap();
        kinds.iter().flat_map(read).map(|entry| entry.record).collect()
    }

    pub fn one<M: Model>(&self, id: RecordId) -> Option<(M, Record)> {
        let read = block_on(self.engine.read_one::<M>(self.circle, id)).unwrap();
        read.map(|typed| (typed.model, typed.entry.record))
    }

    pub fn waiting(&self) -> usize {
        block_on(self.engine.counts()).unwrap().on_device
    }
}
