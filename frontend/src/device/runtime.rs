//! The life of the device in this window: opening the store, and telling screens what moved.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::{CircleKind, Person, Relation};
use opstap_core::{CircleId, Millis, PersonId, RecordId, Sorted};
use opstap_sync_client::{NotKept, Pace, StoreError};
use opstap_view::prelude::*;

use super::engine::{self, DeviceEngine, Opened};
use super::photos;
use super::syncing::sync_at_the_start;
use crate::components::DeviceState;

/// How far the app has come with opening this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The store is being opened.
    Opening,
    /// Nobody is signed in on this browser.
    NotPaired,
    /// The store is open and belongs to this person.
    Ready(Person),
    /// The store cannot be reached, as in some private windows, or not now. What there is to do is said, and no more.
    NoStore(StoreError),
}

/// What is known of the way to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Not tried yet.
    Unknown,
    /// The last sync went through.
    Online,
    /// The server cannot be reached; that is normal.
    Offline,
    /// The session has ended: work goes on, sending waits for a new pairing.
    SignedOut,
    /// The app is too old for the server.
    TooOld,
}

/// A circle of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Its id.
    pub id: CircleId,
    /// What it is for.
    pub kind: CircleKind,
    /// What the person is in it.
    pub relation: Option<Relation>,
    /// Its client.
    pub client: Option<PersonId>,
    /// The client's first name; empty for library and programme.
    pub name: String,
    /// Whether all of it is on the device.
    pub complete: bool,
    /// Whether nothing of it is shown before the device was in touch with the server.
    pub locked: bool,
}

/// Something is wrong under the screens. A supporter is told what to do; a client at most something calm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no room left on the device. What was typed is kept beside the store.
    Full,
    /// A photo does not fit: it waits in memory and is sent from there.
    PhotoWaits,
    /// The store cannot be reached or read.
    Store,
    /// The browser had thrown the store away: what was sent is being fetched again, what was not is gone.
    Lost,
    /// A newer version of the app has taken the store over.
    Newer,
    /// An edit was not kept, since it would be refused.
    NotKept,
}

/// How long what is not the answer to a tap waits, in milliseconds: reading anew and sending share the processor with the paint.
pub(super) const AFTER_THE_ANSWER: u32 = 50;

pub(super) struct Runtime {
    pub(super) engine: RefCell<Option<Rc<DeviceEngine>>>,
    pub(super) moved: RefCell<Sorted<CircleId, ArcTrigger>>,
    /// Circles that moved and whose screens are told in a moment, together.
    pub(super) to_tell: RefCell<Vec<CircleId>>,
    pub(super) start: ArcRwSignal<Start>,
    pub(super) circles: ArcRwSignal<Option<Vec<Circle>>>,
    pub(super) state: ArcRwSignal<DeviceState>,
    pub(super) link: ArcRwSignal<Link>,
    pub(super) last_contact: ArcRwSignal<Option<Millis>>,
    pub(super) trouble: ArcRwSignal<Option<Trouble>>,
    pub(super) again: Cell<bool>,
    pub(super) pace: Cell<Pace>,
    /// Something in the store could not be read; it is tried to mend that once a visit.
    pub(super) mending: Cell<bool>,
    /// Photos that wait in memory for want of room, as last counted.
    pub(super) in_memory: Cell<usize>,
    /// What was laid aside beside the store is not all in it yet.
    pub(super) aside: Cell<bool>,
    pub(super) opening: Cell<bool>,
    /// Until when what is kept may wait for what follows it.
    pub(super) gathers: Cell<Option<Millis>>,
    /// Only the newest wait tries again: every tap while offline would otherwise begin one more.
    pub(super) newest_wait: Cell<u32>,
}

impl Runtime {
    // Not inside `with`, of which there are several.
    #[inline(never)]
    fn new() -> Self {
        Self {
            engine: RefCell::new(None),
            moved: RefCell::default(),
            to_tell: RefCell::default(),
            start: ArcRwSignal::new(Start::Opening),
            circles: ArcRwSignal::new(None),
            state: ArcRwSignal::new(DeviceState::default()),
            link: ArcRwSignal::new(Link::Unknown),
            last_contact: ArcRwSignal::new(None),
            trouble: ArcRwSignal::new(None),
            again: Cell::new(false),
            pace: Cell::default(),
            mending: Cell::new(false),
            in_memory: Cell::new(0),
            aside: Cell::new(false),
            opening: Cell::new(false),
            gathers: Cell::new(None),
            newest_wait: Cell::new(0),
        }
    }
}

thread_local! {
    static RUNTIME: Runtime = Runtime::new();
}

pub(super) fn with<T>(take: impl FnOnce(&Runtime) -> T) -> T {
    RUNTIME.with(take)
}

/// How far the app has come with opening this device.
#[must_use]
pub fn start() -> Signal<Start> {
    with(|runtime| runtime.start.clone()).into()
}

/// The person this device belongs to, once it is open.
#[must_use]
pub fn me() -> Option<Person> {
    engine().map(|engine| engine.me())
}

/// The circles on this device; `None` until they are read.
#[must_use]
pub fn circles() -> Signal<Option<Vec<Circle>>> {
    with(|runtime| runtime.circles.clone()).into()
}

/// How much is not sent yet or has a problem.
#[must_use]
pub fn state() -> Signal<DeviceState> {
    with(|runtime| runtime.state.clone()).into()
}

/// What is known of the way to the server.
#[must_use]
pub fn link() -> Signal<Link> {
    with(|runtime| runtime.link.clone()).into()
}

/// When the server last answered.
#[must_use]
pub fn last_contact() -> Signal<Option<Millis>> {
    with(|runtime| runtime.last_contact.clone()).into()
}

/// What a supporter should know; the root shows it until it is dismissed by setting it to `None`.
#[must_use]
pub fn trouble() -> ArcRwSignal<Option<Trouble>> {
    with(|runtime| runtime.trouble.clone())
}

/// Now, by the server's clock as far as the device knows it.
#[must_use]
pub fn now() -> Millis {
    engine().map_or_else(engine::device_clock, |engine| engine.now())
}

/// An id for a record that is about to be made.
#[must_use]
pub fn new_id() -> RecordId {
    match engine() {
        Some(engine) => engine.new_id(),
        // Only screens that show nothing yet come here.
        None => RecordId([0; 16]),
    }
}

pub(super) fn engine() -> Option<Rc<DeviceEngine>> {
    with(|runtime| runtime.engine.borrow().clone())
}

pub(super) fn moved(circle: CircleId) -> ArcTrigger {
    with(|runtime| {
        let mut triggers = runtime.moved.borrow_mut();
        let trigger = triggers.get(&circle).cloned().unwrap_or_else(ArcTrigger::new);
        triggers.insert(circle, trigger.clone());
        trigger
    })
}

/// Opens the store of this browser and begins to sync, unless that is being done. Call it in the bundle's root; it is called again when
/// the browser throws the store away.
pub fn open() {
    if !with(|runtime| runtime.opening.replace(true)) {
        spawn_local(async {
            open_store().await;
            with(|runtime| runtime.opening.set(false));
        });
    }
}

async fn open_store() {
    loop {
        let start = match engine::open().await {
            Opened::NotPaired => Start::NotPaired,
            Opened::NoStore(error) => Start::NoStore(error),
            Opened::Engine(engine) => return begin(engine).await,
            Opened::BegunAgain(engine) => {
                begin(engine).await;
                return with(|runtime| runtime.trouble.set(Some(Trouble::Lost)));
            }
        };
        with(|runtime| runtime.start.set(start));
        // The next question is answered as soon as the other window has let go.
        if start != Start::NoStore(StoreError::Held) {
            return;
        }
    }
}

/// Takes an engine into use, at the start or after pairing.
pub(super) async fn begin(engine: Rc<DeviceEngine>) {
    let person = engine.me();
    with(|runtime| runtime.engine.replace(Some(Rc::clone(&engine))));
    engine::follow(&engine);
    let left = engine::take_what_was_laid_aside(&engine).await;
    with(|runtime| runtime.aside.set(left));
    refresh().await;
    with(|runtime| runtime.start.set(Start::Ready(person)));
    sync_at_the_start();
    let all: Vec<CircleId> =
        with(|runtime| runtime.circles.get_untracked()).iter().flatten().map(|circle| circle.id).collect();
    keep_pictograms(&all).await;
}

/// Tells screens that a circle moved, and counts anew. What moves in one go is told in one go.
pub(super) fn circle_moved(circle: CircleId) {
    let first = with(|runtime| {
        let mut to_tell = runtime.to_tell.borrow_mut();
        let first = to_tell.is_empty();
        if !to_tell.contains(&circle) {
            to_tell.push(circle);
        }
        first
    });
    if first {
        spawn_local(async {
            gloo_timers::future::TimeoutFuture::new(AFTER_THE_ANSWER).await;
            with(|runtime| runtime.to_tell.take()).into_iter().for_each(|circle| moved(circle).notify());
            refresh().await;
        });
    }
}

/// Has the pictograms of these circles kept for offline. The library's come when somebody looks at them.
pub(super) async fn keep_pictograms(of: &[CircleId]) {
    let circles = with(|runtime| runtime.circles.get_untracked()).unwrap_or_default();
    for circle in circles.iter().filter(|circle| circle.kind == CircleKind::Client && of.contains(&circle.id)) {
        photos::keep_pictograms(circle.id).await;
    }
}

pub(super) async fn refresh() {
    let Some(engine) = engine() else { return };
    match engine.circles().await {
        Ok(list) => {
            let mut circles: Vec<Circle> = Vec::new();
            for info in list {
                let circle = Circle {
                    id: info.id,
                    kind: info.kind,
                    relation: info.relation,
                    client: info.client,
                    name: info.client_name.unwrap_or_default(),
                    complete: info.complete,
                    locked: info.locked,
                };
                // By name. A few dozen find their places sooner than a sort comes over the wire.
                let at = circles.partition_point(|other| (&other.name, other.id) < (&circle.name, circle.id));
                circles.insert(at, circle);
            }
            with(|runtime| {
                if runtime.circles.get_untracked().as_ref() != Some(&circles) {
                    runtime.circles.set(Some(circles));
                }
            });
        }
        Err(error) => report(error),
    }
    if let Ok(counts) = engine.counts().await {
        if with(|runtime| runtime.in_memory.replace(counts.photos_in_memory)) < counts.photos_in_memory {
            with(|runtime| runtime.trouble.set(Some(Trouble::PhotoWaits)));
        }
        let state = DeviceState { waiting: counts.on_device + counts.photos_waiting, problems: counts.refused };
        with(|runtime| {
            if runtime.state.get_untracked() != state {
                runtime.state.set(state);
            }
        });
    }
}

pub(super) fn report(error: StoreError) {
    let trouble = match error {
        StoreError::Full => Trouble::Full,
        // What cannot be read is fetched again; only when that does not help is anybody told.
        StoreError::Corrupt if !with(|runtime| runtime.mending.replace(true)) => return spawn_local(mend()),
        StoreError::Gone | StoreError::Held | StoreError::Corrupt => Trouble::Store,
        StoreError::Newer => {
            engine::leave_it_to_others();
            Trouble::Newer
        }
        StoreError::Lost => return open(),
    };
    with(|runtime| runtime.trouble.set(Some(trouble)));
}

async fn mend() {
    let Some(engine) = engine() else { return };
    if let Err(error) = engine.mend().await {
        report(error);
    }
    super::sync_now();
}

pub(super) fn report_not_kept(why: NotKept) {
    match why {
        NotKept::Store(error) => report(error),
        NotKept::UnknownCircle | NotKept::Refused(_) => with(|runtime| runtime.trouble.set(Some(Trouble::NotKept))),
    }
}
