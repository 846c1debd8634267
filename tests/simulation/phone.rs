//! A phone: one store, one or two tabs over it, and the line to the server, on which things get lost, doubled and held.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures::executor::block_on;
use opstap_core::protocol::{self, Answer, Request};
use opstap_core::{
    BlobHash, BlobRef, Change, CircleId, DeviceId, Edit, EditName, Epoch, Kind, Millis, Month, PersonId, Record, Seen,
    Stamp,
};
use opstap_sync_client::memory::Memory;
use opstap_sync_client::{Engine, Fetched, LocalStore, Outcome, Query, StoreError, Transport, TransportError, begin};

use opstap_sync_server::Clock;
use opstap_sync_server::service::QuarantineOutcome;

use crate::history::Fate;
use crate::planted::{Bug, Store};
use crate::world::{PhoneTime, Sent, Server};

/// More round trips than any sync needs: whoever comes here asks for ever.
const MOST_EXCHANGES: usize = 400;

/// The way to the server.
#[derive(Clone)]
pub struct Line {
    server: Rc<Server>,
    token: Rc<RefCell<String>>,
    /// The version of the wire that its app speaks.
    wire: u8,
    fate: Rc<Cell<Fate>>,
    /// How many requests go well before the fate meets one.
    rank: Rc<Cell<u8>>,
    exchanges: Rc<Cell<usize>>,
    /// Something is held on the line.
    holds: Rc<Cell<bool>>,
    /// Lets what is held go on.
    go: Rc<Cell<bool>>,
}

impl Line {
    fn fate_of_this(&self) -> Fate {
        match (self.fate.get(), self.rank.get()) {
            (fate @ (Fate::Arrives | Fate::Slow), _) => fate,
            (_, rank @ 1..) => {
                self.rank.set(rank - 1);
                Fate::Arrives
            }
            (_, 0) => self.fate.replace(Fate::Arrives),
        }
    }

    async fn held(&self) {
        self.go.set(false);
        std::future::poll_fn(|_| {
            self.holds.set(!self.go.get());
            if self.go.take() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

impl Transport for Line {
    async fn exchange(&self, request: &Request) -> Result<Answer, TransportError> {
        self.exchanges.set(self.exchanges.get() + 1);
        if self.exchanges.get() > MOST_EXCHANGES {
            self.server.say_wrong("a sync asks for ever".to_owned());
            return Err(TransportError::Offline);
        }
        let sent = Sent { token: self.token.borrow().clone(), bytes: protocol::encode_request_as(request, self.wire) };
        let fate = self.fate_of_this();
        if fate != Fate::Arrives && !request.edits.is_empty() {
            self.server.strays.borrow_mut().push(sent.clone());
        }
        match fate {
            Fate::RequestLost => return Err(TransportError::Offline),
            Fate::RequestHeld | Fate::Slow => self.held().await,
            _ => {}
        }
        if fate == Fate::Doubled {
            let _ = self.server.answer(&sent)?;
        }
        let answer = self.server.answer(&sent)?;
        match fate {
            Fate::AnswerLost => return Err(TransportError::Offline),
            Fate::AnswerHeld | Fate::Slow => self.held().await,
            _ => {}
        }
        Ok(answer)
    }

    async fn send(&self, circle: CircleId, blob: BlobRef, bytes: &[u8]) -> Result<(), TransportError> {
        let fate = self.fate_of_this();
        match fate {
            Fate::RequestLost => return Err(TransportError::Offline),
            Fate::RequestHeld | Fate::Slow => self.held().await,
            _ => {}
        }
        self.server.put_blob(&self.token.borrow().clone(), circle, blob.hash, bytes)?;
        if fate == Fate::AnswerLost { Err(TransportError::Offline) } else { Ok(()) }
    }

    async fn fetch(&self, circle: CircleId, hash: BlobHash) -> Result<Fetched, TransportError> {
        match self.fate_of_this() {
            Fate::RequestLost => return Err(TransportError::Offline),
            Fate::RequestHeld | Fate::Slow => self.held().await,
            _ => {}
        }
        let found = self.server.get_blob(&self.token.borrow().clone(), circle, hash)?;
        // On its way it may be damaged: what does not bear its name is no photo.
        let damaged = self.server.time.is_even() && matches!(found, Fetched::Bytes(_)) && self.fate.get() == Fate::Slow;
        Ok(if damaged { Fetched::Bytes(b"kapot".to_vec()) } else { found })
    }
}

pub type Device = Engine<Store, Line, PhoneTime>;
type Flight = Pin<Box<dyn Future<Output = Result<Outcome, StoreError>>>>;

/// One window of the app.
pub struct Tab {
    pub device: Rc<Device>,
    pub line: Line,
    flight: Option<Flight>,
}

/// A phone.
pub struct Phone {
    pub person: PersonId,
    pub store: Store,
    pub time: PhoneTime,
    token: Rc<RefCell<String>>,
    pub tabs: Vec<Tab>,
    /// Somebody shut it out.
    pub shut_out: bool,
    /// Its app speaks version 1 of the wire.
    pub is_old: bool,
    server: Rc<Server>,
}

impl Phone {
    /// A new phone of a person, paired and in step.
    pub fn new(server: &Rc<Server>, person: PersonId, tabs: usize, is_old: bool) -> Self {
        let time = PhoneTime { time: server.time.clone(), wrong_by: Rc::default() };
        let store = Store { memory: Memory::default(), bug: server.bug, time: time.clone(), noted: Rc::default() };
        let mut phone = Self {
            person,
            store,
            time,
            token: Rc::default(),
            tabs: Vec::new(),
            shut_out: false,
            is_old,
            server: Rc::clone(server),
        };
        phone.pair(server.new_device(), tabs);
        phone
    }

    fn pair(&mut self, device: DeviceId, tabs: usize) {
        let (token, person) = self.server.pair(self.person, device);
        self.token = Rc::new(RefCell::new(token));
        block_on(begin(&self.store, device, person)).unwrap();
        self.tabs = (0..tabs).map(|_| self.open()).collect();
        self.shut_out = false;
        self.syncs_well(0);
    }

    fn open(&self) -> Tab {
        let line = Line {
            server: Rc::clone(&self.server),
            token: Rc::clone(&self.token),
            wire: if self.is_old { 1 } else { protocol::WIRE },
            fate: Rc::new(Cell::new(Fate::Arrives)),
            rank: Rc::default(),
            exchanges: Rc::default(),
            holds: Rc::default(),
            go: Rc::default(),
        };
        let opened = Engine::open(self.store.clone(), line.clone(), self.time.clone());
        Tab { device: Rc::new(block_on(opened).unwrap()), line, flight: None }
    }

    /// Its store is gone; its person pairs it anew.
    pub fn wipe(&mut self) {
        let before = self.tabs[0].device.store_id();
        let device = if self.server.bug == Some(Bug::DeviceIdReused) { before } else { self.server.new_device() };
        let tabs = self.tabs.len();
        self.store.memory = Memory::default();
        self.store.noted = Rc::default();
        self.pair(device, tabs);
    }

    /// A second phone from a backup of this one, under the same name and session.
    pub fn twin(&self) -> Self {
        let store = Store { memory: self.store.memory.twin(), noted: Rc::default(), ..self.store.clone() };
        let mut twin = Self {
            person: self.person,
            store,
            time: self.time.clone(),
            token: Rc::clone(&self.token),
            tabs: Vec::new(),
            shut_out: self.shut_out,
            is_old: self.is_old,
            server: Rc::clone(&self.server),
        };
        twin.tabs = vec![twin.open()];
        twin
    }

    /// The app of a tab is killed and opened again.
    pub fn kill(&mut self, tab: usize) {
        let fresh = self.open();
        self.tabs[tab] = fresh;
    }

    /// A tab begins a sync, unless one of its own is on its way.
    pub fn begin_sync(&mut self, tab: usize, fate: Fate, rank: u8) {
        let tab = &mut self.tabs[tab];
        if tab.flight.is_some() {
            return;
        }
        tab.line.fate.set(fate);
        tab.line.rank.set(rank);
        tab.line.exchanges.set(0);
        let device = Rc::clone(&tab.device);
        tab.flight = Some(Box::pin(async move { device.sync_once().await }));
        self.server.time.forward(50);
        let polls = if fate == Fate::Slow { 1 } else { usize::MAX };
        tab.poll(polls);
    }

    /// Asks for old logs, unless a sync of the tab is on its way.
    pub fn asks_month(&mut self, tab: usize, circle: CircleId, month: Month) {
        let tab = &mut self.tabs[tab];
        if tab.flight.is_none() {
            tab.line.fate.set(Fate::Arrives);
            tab.line.exchanges.set(0);
            let device = Rc::clone(&tab.device);
            tab.flight = Some(Box::pin(async move { device.ask_month(circle, month).await }));
            tab.poll(usize::MAX);
        }
    }

    /// What is held goes on, for so many steps.
    pub fn go_on(&mut self, tab: usize, polls: usize) {
        let tab = &mut self.tabs[tab];
        tab.line.go.set(true);
        tab.poll(polls);
    }

    /// A sync with nothing in its way, to its end.
    pub fn syncs_well(&mut self, tab: usize) {
        if self.tabs[tab].flight.is_some() {
            self.kill(tab);
        }
        self.begin_sync(tab, Fate::Arrives, 0);
        assert!(self.tabs[tab].flight.is_none(), "a sync with nothing in its way ends");
    }

    /// The device its session is of now; none when it has ended.
    pub fn paired_device(&self) -> Option<DeviceId> {
        self.server.session(&self.token.borrow()).ok().map(|session| session.device)
    }

    /// A server that came back from a backup may not know its session: its person pairs the same store again.
    pub fn pair_again_if_unknown(&mut self) {
        // Whoever was shut out gets no new link.
        if self.paired_device().is_none() && !self.shut_out {
            let (token, _) = self.server.pair(self.person, self.tabs[0].device.store_id());
            *self.token.borrow_mut() = token;
        }
    }

    /// Whether somebody shut it out.
    pub fn is_revoked(&self) -> bool {
        self.server.session(&self.token.borrow()).is_ok_and(|session| session.revoked)
    }

    /// Its person lets in or turns away one of the edits in quarantine that they may read, with a network.
    pub fn rules(&self, circle: CircleId, pick: usize, let_in: bool) {
        let Ok(session) = self.server.session(&self.token.borrow()) else { return };
        let service = self.server.service();
        let mut waiting = block_on(service.quarantined(session, circle)).unwrap();
        waiting.retain(|kept| kept.ruled.is_none());
        let Some(kept) = waiting.get(pick % waiting.len().max(1)) else { return };
        let ruled = block_on(service.rule_on_quarantined(session, circle, kept.edit.name, let_in)).unwrap();
        if let QuarantineOutcome::LetIn { number } = ruled {
            let epoch = service.server().epoch;
            self.server.accepted.borrow_mut().note_let_in(epoch, number, &kept.edit);
        }
    }

    /// Claims to its server that another device made something, as if a restore had lost it. The server's word is not looked at.
    pub fn forges(&self, of: DeviceId, circle: CircleId, changes: Vec<Change>) {
        let server = self.service_row();
        let device = self.tabs[0].device.store_id();
        // A life before the present one, if there was one.
        let seen = Seen { epoch: Epoch(server.before.0.max(1)), number: u64::MAX };
        let millis = Millis(Clock::now(&self.server.time).0 - 60_000);
        let mut edit = Edit {
            name: EditName { device, n: 9_000_000 },
            stamp: Stamp { millis, counter: 77, device: of },
            circle,
            seen,
            beside: None,
            changes,
        };
        let mut token = self.token.borrow().clone();
        if self.server.bug == Some(Bug::ForgedOfferAccepted) {
            // The other's word is taken for it.
            edit.name.device = of;
            edit.seen = Seen::default();
            token = self.server.pair(self.server.owner(of), of).0;
        }
        let request = Request { edits: vec![edit.clone()], waiting: 1, ..Request::of(edit.name.device) };
        let _ = self.server.answer(&Sent { token, bytes: protocol::encode_request(&request) });
    }

    fn service_row(&self) -> opstap_sync_server::storage::ServerRow {
        self.server.service().server()
    }

    /// Edits that wait here.
    pub fn waiting(&self) -> usize {
        block_on(self.tabs[0].device.counts()).unwrap().on_device
    }

    /// Every record of a circle as a screen sees it, deleted ones too, in order of id.
    pub fn records(&self, circle: CircleId) -> Vec<Record> {
        let read = |kind: Kind| block_on(self.tabs[0].device.read(circle, Query::all(kind).with_deleted())).unwrap();
        let mut all: Vec<Record> = Kind::all().flat_map(read).map(|entry| entry.record).collect();
        all.sort_by_key(|record| record.id);
        all
    }

    /// The circles it holds.
    pub fn circles(&self) -> Vec<CircleId> {
        block_on(self.store.circles()).unwrap().iter().map(|held| held.value.circle).collect()
    }
}

impl Tab {
    /// Polls the sync under way: until it ends, is held, or has taken so many steps.
    fn poll(&mut self, polls: usize) {
        let Some(flight) = &mut self.flight else { return };
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            if let Poll::Ready(outcome) = flight.as_mut().poll(&mut context) {
                drop(outcome.unwrap());
                self.flight = None;
                return;
            }
            if self.line.holds.get() {
                return;
            }
        }
    }
}
