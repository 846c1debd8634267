//! A device, a clock that stands still until told, and a server that gives the answers it was given.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use futures::executor::block_on;
use opstap_core::access::{CircleAccess, Section, View};
use opstap_core::model::{
    CircleKind, Consent, ConsentAct, Member, Model, OrganisationRole, Person, Plan, Relation, Step,
};
use opstap_core::protocol::{Answer, CircleAnswer, Delivery, DeviceOwner, LoadDigest, LoadPosition, Request, Verdict};
use opstap_core::{
    BlobHash, BlobRef, Cell as Set, CircleId, Day, DeviceId, Epoch, Millis, PersonId, Record, RecordId, ServerId, Stamp,
};
use sha2::{Digest, Sha256};

use crate::engine::{Engine, Outcome, Pick, begin};
use crate::memory::Memory;
use crate::platform::Platform;
use crate::transport::{Fetched, Transport, TransportError};

pub const SEM: PersonId = PersonId([0x51; 16]);
pub const YOUSSEF: PersonId = PersonId([0x52; 16]);
pub const KRING: CircleId = CircleId([0xc1; 16]);
pub const PHONE: DeviceId = DeviceId([0xd1; 16]);
pub const ELSEWHERE: DeviceId = DeviceId([0xd2; 16]);
pub const NOON: Millis = Millis(1_790_000_000_000);

#[derive(Clone)]
pub struct Clock(pub Rc<Cell<u64>>, Rc<Cell<u8>>);

impl Platform for Clock {
    fn now(&self) -> Millis {
        Millis(self.0.get())
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.1.set(self.1.get().wrapping_add(1));
        bytes.fill(self.1.get());
    }

    async fn sha256(&self, bytes: &[u8]) -> Option<BlobHash> {
        Some(hash(bytes))
    }
}

pub fn hash(bytes: &[u8]) -> BlobHash {
    BlobHash(Sha256::digest(bytes).into())
}

type Told = Box<dyn FnOnce(&Request) -> Result<Answer, TransportError>>;

/// A server that gives the answers it was given, and none when there are no more.
#[derive(Clone, Default)]
pub struct Server(Rc<Inside>);

#[derive(Default)]
struct Inside {
    answers: RefCell<VecDeque<Told>>,
    requests: RefCell<Vec<Request>>,
    blobs: RefCell<BTreeMap<BlobHash, Vec<u8>>>,
    asked: Cell<u32>,
    dawdles: Cell<bool>,
    blob_line: Cell<Line>,
}

/// How the line is for blobs.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Line {
    #[default]
    Good,
    Broken,
    /// Nothing comes through for as long as it is so.
    Stuck,
}

impl Server {
    pub fn will(&self, answer: impl FnOnce(&Request) -> Result<Answer, TransportError> + 'static) {
        self.0.answers.borrow_mut().push_back(Box::new(answer));
    }

    pub fn says(&self, answer: Answer) {
        self.will(move |_| Ok(answer));
    }

    /// The next answer is on its way for a while.
    pub fn dawdles(&self) {
        self.0.dawdles.set(true);
    }

    pub fn requests(&self) -> Vec<Request> {
        self.0.requests.borrow().clone()
    }

    pub fn has_blob(&self, hash: BlobHash, bytes: &[u8]) {
        self.0.blobs.borrow_mut().insert(hash, bytes.to_vec());
    }

    pub fn blob(&self, hash: BlobHash) -> Option<Vec<u8>> {
        self.0.blobs.borrow().get(&hash).cloned()
    }

    pub fn blob_line(&self, line: Line) {
        self.0.blob_line.set(line);
    }

    async fn carry(&self) -> Result<(), TransportError> {
        while self.0.blob_line.get() == Line::Stuck {
            futures::pending!();
        }
        if self.0.blob_line.get() == Line::Broken { Err(TransportError::Offline) } else { Ok(()) }
    }

    pub fn asked_for_blobs(&self) -> u32 {
        self.0.asked.get()
    }
}

impl Transport for Server {
    async fn exchange(&self, request: &Request) -> Result<Answer, TransportError> {
        self.0.requests.borrow_mut().push(request.clone());
        let told = self.0.answers.borrow_mut().pop_front();
        let answer = told.map_or(Err(TransportError::Offline), |told| told(request));
        if self.0.dawdles.take() {
            futures::pending!();
        }
        answer
    }

    async fn send(&self, _: CircleId, blob: BlobRef, bytes: &[u8]) -> Result<(), TransportError> {
        self.carry().await?;
        self.has_blob(blob.hash, bytes);
        Ok(())
    }

    async fn fetch(&self, _: CircleId, hash: BlobHash) -> Result<Fetched, TransportError> {
        self.0.asked.set(self.0.asked.get() + 1);
        self.carry().await?;
        Ok(self.blob(hash).map_or(Fetched::NotThere, Fetched::Bytes))
    }
}

pub type Device = Engine<Memory, Server, Clock>;

pub struct Stage {
    pub device: Rc<Device>,
    pub server: Server,
    pub store: Memory,
    pub clock: Clock,
}

pub fn person(id: PersonId) -> Person {
    Person { id, role: OrganisationRole::Participant }
}

impl Stage {
    /// Sem's phone, empty.
    pub fn empty() -> Self {
        let clock = Clock(Rc::new(Cell::new(NOON.0)), Rc::default());
        let (server, store) = (Server::default(), Memory::default());
        block_on(begin(&store, PHONE, person(SEM))).unwrap();
        let device = block_on(Engine::open(store.clone(), server.clone(), clock.clone())).unwrap();
        Self { device: Rc::new(device), server, store, clock }
    }

    /// Sem's phone with the circle on it: who is in it, a plan and a step.
    pub fn with_circle() -> Self {
        let stage = Self::empty();
        stage.server.says(answer().loads(circle(), 4));
        assert!(matches!(stage.sync(), Outcome::Done(_)));
        stage
    }

    /// The same store, opened anew.
    pub fn restarted(&self) -> Device {
        block_on(Engine::open(self.store.clone(), self.server.clone(), self.clock.clone())).unwrap()
    }

    pub fn sync(&self) -> Outcome {
        block_on(self.device.sync_once()).unwrap()
    }

    pub fn edit(&self, changes: Vec<opstap_core::Change>) -> u64 {
        block_on(self.device.edit(KRING, changes, None)).unwrap().n
    }

    pub fn titles(&self) -> Vec<String> {
        titles(&self.device)
    }

    pub fn texts(&self) -> Vec<String> {
        let steps = block_on(self.device.read_as::<Step>(KRING, Pick::Below(PLAN))).unwrap();
        steps.into_iter().map(|step| step.model.text).collect()
    }

    pub fn counts(&self) -> (usize, usize) {
        let counts = block_on(self.device.counts()).unwrap();
        (counts.on_device, counts.refused)
    }
}

pub fn titles(device: &Device) -> Vec<String> {
    let plans = block_on(device.read_as::<Plan>(KRING, Pick::All)).unwrap();
    plans.into_iter().map(|plan| plan.model.title).collect()
}

/// Runs something to its end in the middle of something else.
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
    }
}

pub const PLAN: RecordId = RecordId([3; 16]);
pub const STEP: RecordId = RecordId([4; 16]);

pub fn stamp(millis: u64) -> Stamp {
    Stamp { millis: NOON.plus(millis), counter: 0, device: ELSEWHERE }
}

pub fn record_at<M: Model>(id: RecordId, parent: Option<RecordId>, model: &M, number: u64) -> Record {
    let mut record = Record::new(id, M::KIND, parent);
    record.number = number;
    let cells = model.cells().into_iter();
    record.cells = cells.map(|(name, value)| (name, Set { value, stamp: stamp(number), number })).collect();
    record
}

pub fn plan(title: &str) -> Plan {
    let title = title.to_owned();
    Plan::titled(title)
}

pub fn step(order: &str, text: &str) -> Step {
    Step::saying(order, text)
}

pub fn member(n: u8, person: PersonId, relation: Relation) -> Record {
    let member = Member { person, relation, name: "Sem".into(), called: None, phone: None, face: None, order: None };
    record_at(RecordId([n; 16]), None, &member, 1)
}

/// Who is in the circle, a plan "Was doen" and its step "Pak een kar".
pub fn circle() -> Vec<Record> {
    vec![
        member(1, SEM, Relation::Client),
        member(2, YOUSSEF, Relation::Volunteer),
        record_at(PLAN, None, &plan("Was doen"), 2),
        record_at(STEP, Some(PLAN), &step("V", "Pak een kar"), 3),
    ]
}

pub fn consent(n: u8, section: Section) -> Record {
    let act = ConsentAct::Given;
    let consent = Consent { act, person: YOUSSEF, section, from: Millis(0), until: None, ends: None };
    record_at(RecordId([n; 16]), None, &consent, 1)
}

/// What Sem sees of it.
pub fn view() -> View {
    CircleAccess::new(CircleKind::Client, &circle()).view(person(SEM), NOON)
}

pub fn answer() -> Answer {
    Answer {
        server: ServerId([0xee; 16]),
        epoch: Epoch(1),
        time: NOON,
        lease: 0,
        person: person(SEM),
        verdicts: Vec::new(),
        circles: Vec::new(),
        left: Vec::new(),
        owners: vec![DeviceOwner { device: ELSEWHERE, person: YOUSSEF }],
        lacking: Vec::new(),
    }
}

/// A page of a load after which more follow, from behind this record on.
pub fn page(records: Vec<Record>, number: u64, need: u8, id: RecordId) -> Delivery {
    let next = Some(LoadPosition { number, need, id, since: Day(0) });
    Delivery::Load { records, next, number, count: 0, digest: LoadDigest::default(), restored: 0 }
}

/// The last page of a load that has all these records.
pub fn last_page(records: Vec<Record>, whole: &[Record], number: u64) -> Delivery {
    let digest = LoadDigest::of(whole.iter().map(|record| record.id));
    Delivery::Load { records, next: None, number, count: whole.len() as u64, digest, restored: number }
}

pub trait Saying: Sized {
    fn brings(self, view: View, delivery: Delivery) -> Self;

    /// The whole circle in one page.
    fn loads(self, records: Vec<Record>, number: u64) -> Self {
        let whole = records.clone();
        self.brings(view(), last_page(records, &whole, number))
    }

    /// A page after which more follow.
    fn loads_part(self, records: Vec<Record>, number: u64) -> Self {
        let last = records.last().unwrap();
        let (need, id) = (last.kind.need(), last.id);
        self.brings(view(), page(records, number, need, id))
    }

    fn changes(self, records: Vec<Record>, to: u64) -> Self {
        self.brings(view(), Delivery::Changes { records, gone: Vec::new(), to, more: false })
    }

    fn judges(self, n: u64, verdict: Verdict) -> Self;
}

impl Saying for Answer {
    fn brings(mut self, view: View, delivery: Delivery) -> Self {
        self.circles.push(CircleAnswer { circle: KRING, kind: CircleKind::Client, view, delivery, figures: None });
        self
    }

    fn judges(mut self, n: u64, verdict: Verdict) -> Self {
        self.verdicts.push((n, verdict));
        self
    }
}

pub const fn accepted(number: u64) -> Verdict {
    Verdict::Accepted { number, restamped: None }
}
