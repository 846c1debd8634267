//! A small organisation to test with: Sem is the client, Youssef practises with him, Marloes follows, Joris has no business there.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use opstap_core::access::Section;
use opstap_core::model::{
    CircleKind, Consent, ConsentAct, Member, Model, OrganisationRole, Plan, Relation, Run, RunPhoto, Step,
};
use opstap_core::{BlobHash, BlobRef, Change, CircleId, DeviceId, Media, Millis, OrganisationId, PersonId, RecordId};
use sha2::{Digest, Sha256};

use super::phone::Phone;
use crate::service::{Limits, Pairing, Service};
use crate::{Clock, Hints, Randomness, Storage};

/// The clock, to be moved by hand.
pub struct HandClock(AtomicU64);

impl Clock for HandClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

/// Randomness that is the same in every run and never the same twice.
#[derive(Default)]
pub struct Drawn(AtomicU64);

impl Randomness for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        let draw = self.0.fetch_add(1, Ordering::SeqCst);
        for (place, chunk) in (0_u64..).zip(bytes.chunks_mut(32)) {
            let mut hasher = Sha256::new();
            hasher.update(draw.to_be_bytes());
            hasher.update(place.to_be_bytes());
            chunk.iter_mut().zip(hasher.finalize()).for_each(|(to, from)| *to = from);
        }
    }
}

/// The hints that were given: which circles moved, how often something is to be erased, for whom messages came, and how often a mail is
/// to go.
#[derive(Default)]
pub struct Heard(pub Mutex<Vec<CircleId>>, pub AtomicU64, pub Mutex<Vec<PersonId>>, pub AtomicU64);

impl Hints for Heard {
    fn moved(&self, circle: CircleId, _: Option<DeviceId>) {
        self.0.lock().unwrap().push(circle);
    }

    fn message_for(&self, person: PersonId) {
        self.2.lock().unwrap().push(person);
    }

    fn mails(&self) {
        self.3.fetch_add(1, Ordering::SeqCst);
    }

    fn erases(&self) {
        self.1.fetch_add(1, Ordering::SeqCst);
    }
}

/// A service with an organisation, its people and Sem's circle.
pub struct World<S> {
    pub service: Service<S>,
    pub clock: Arc<HandClock>,
    pub heard: Arc<Heard>,
    pub drawn: Arc<Drawn>,
    pub organisation: OrganisationId,
    pub circle: CircleId,
    pub sem: PersonId,
    pub youssef: PersonId,
    pub marloes: PersonId,
    pub joris: PersonId,
}

pub const NOON: Millis = Millis(1_790_000_000_000);
pub const HOUR: u64 = 3_600_000;

impl<S: Storage> World<S> {
    pub async fn new(storage: S) -> Self {
        Self::with_limits(storage, Limits::default()).await
    }

    pub async fn with_limits(storage: S, limits: Limits) -> Self {
        let clock = Arc::new(HandClock(AtomicU64::new(NOON.0)));
        let (heard, drawn) = (Arc::new(Heard::default()), Arc::new(Drawn::default()));
        let service =
            Service::open(storage, clock.clone(), drawn.clone(), heard.clone()).await.unwrap().with_limits(limits);
        let organisation = service.create_organisation("De Brug").await.unwrap();
        let add = async |role, name| service.add_person(organisation, role, name).await.unwrap();
        let sem = add(OrganisationRole::Participant, "Sem").await;
        let youssef = add(OrganisationRole::Participant, "Youssef").await;
        let marloes = add(OrganisationRole::Professional, "Marloes").await;
        let joris = add(OrganisationRole::Participant, "Joris").await;
        let members = [
            member(sem, Relation::Client),
            member(youssef, Relation::Volunteer),
            member(marloes, Relation::Supervisor),
        ];
        let circle = service.create_circle(organisation, CircleKind::Client, &members).await.unwrap();
        Self { service, clock, heard, drawn, organisation, circle, sem, youssef, marloes, joris }
    }

    /// A world in which Sem lets Youssef and Marloes see plans, and Marloes how they go, with photos. Gives Sem's phone too.
    pub async fn with_consents(storage: S) -> (Self, Phone) {
        let world = Self::new(storage).await;
        let mut sem = world.phone(world.sem).await;
        let given = [
            (world.youssef, Section::Plans),
            (world.marloes, Section::Plans),
            (world.marloes, Section::Progress),
            (world.marloes, Section::Photos),
        ];
        let changes = given.map(|(person, section)| consent(person, section).make(world.id()));
        sem.does(&world, changes.to_vec()).await;
        (world, sem)
    }

    pub fn later(&self, millis: u64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    fn draw(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.drawn.fill(&mut bytes);
        bytes
    }

    pub fn id(&self) -> RecordId {
        RecordId::new(self.now(), self.draw())
    }

    pub fn device(&self) -> DeviceId {
        DeviceId::new(self.now(), self.draw())
    }

    /// A new phone of a person, paired.
    pub async fn phone(&self, person: PersonId) -> Phone {
        let invitation = self.service.invite(person, Service::<S>::PAIRING_VALID).await.unwrap();
        let device = self.device();
        let paired = self.service.pair(invitation.long.reveal(), device).await.unwrap();
        let Pairing::Paired { token, .. } = paired else { panic!("a fresh code pairs: {paired:?}") };
        let session = self.service.session(token.reveal()).await.unwrap().unwrap();
        Phone::new(session, token, self.circle)
    }

    /// The counter of Sem's circle.
    pub async fn counter(&self) -> u64 {
        let circle = self.circle;
        self.service.storage().read(move |snapshot| snapshot.circle(circle)).await.unwrap().unwrap().counter
    }
}

pub fn member(person: PersonId, relation: Relation) -> Member {
    Member { person, relation, name: "naam".into(), called: None, phone: None, face: None, order: None }
}

pub fn consent(person: PersonId, section: Section) -> Consent {
    Consent { act: ConsentAct::Given, person, section, from: Millis(0), until: None, ends: None }
}

pub fn withdrawal(person: PersonId, section: Section, ends: RecordId) -> Consent {
    Consent { act: ConsentAct::Withdrawn, person, section, from: Millis(0), until: None, ends: Some(ends) }
}

pub fn plan(title: &str) -> Plan {
    Plan::titled(title)
}

pub fn step(text: &str) -> Step {
    Step::saying("V", text)
}

pub fn run(plan: RecordId) -> Run {
    Run::begins(plan, NOON)
}

pub fn photo(n: u8) -> BlobRef {
    BlobRef { hash: BlobHash([n; 32]), media: Media::Photo, size: 40_000 }
}

pub fn run_photo(n: u8) -> RunPhoto {
    RunPhoto { photo: photo(n), at: NOON, audience: Vec::new() }
}

/// The changes that make a plan with one step.
pub fn plan_with_step(plan_id: RecordId, step_id: RecordId) -> Vec<Change> {
    vec![plan("Boodschappen doen").make(plan_id), step("Pak een kar").make_below(step_id, plan_id)]
}
