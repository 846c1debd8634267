//! The ground that is measured on: an organisation with circles in a database on disk, and the real server over it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use opstap_core::access::Section;
use opstap_core::model::{CircleKind, Consent, ConsentAct, Member, Model, OrganisationRole, Person, Relation};
use opstap_core::protocol::{Request, Verdict};
use opstap_core::{CircleId, DeviceId, Edit, EditName, Millis, OrganisationId, PersonId, RecordId, Seen, Stamp};
use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::service::Session;
use opstap_sync_server::{Clock, Randomness, Service};
use opstap_tests::browser::{Missed, Server, Step};
use opstap_tests::processor;
use opstap_tests::workload::{Draw, Setting};
use tempfile::TempDir;

use crate::device::{Device, now};

/// Ten thousand events take two months; none of them may lie in the time to come.
const AGO: u64 = 80 * 86_400_000;

/// Somebody with an account.
#[derive(Clone)]
pub struct Somebody {
    /// The account.
    pub id: PersonId,
    /// Its name.
    pub name: String,
}

/// A circle with its people.
#[derive(Clone)]
pub struct Circle {
    /// Which.
    pub id: CircleId,
    /// The client, and then those who may see plans and progress by consent.
    pub people: Vec<Somebody>,
}

impl Circle {
    /// What a device of the client writes about.
    pub fn setting(&self, device: DeviceId) -> io::Result<Setting> {
        let mut people = self.people.iter().map(|somebody| somebody.id);
        let client = people.next().ok_or_else(|| io::Error::other("a circle without a client"))?;
        let begin = Millis(now().0.saturating_sub(AGO));
        Ok(Setting { circle: self.id, device, client, supporters: people.collect(), begin })
    }
}

struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Millis {
        now()
    }
}

/// Good enough for ids of a data set that is thrown away. Secrets are the server's own.
struct Drawn(Mutex<Draw>);

impl Randomness for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        let mut draw = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            for (byte, drawn) in chunk.iter_mut().zip(draw.number().to_be_bytes()) {
                *byte = drawn;
            }
        }
    }
}

/// Lays the ground: whoever has added all circles starts the server.
pub struct Groundwork {
    folder: TempDir,
    service: Service<SqliteStorage>,
    organisation: OrganisationId,
    draw: Draw,
}

impl Groundwork {
    /// An organisation without anybody.
    pub async fn begin() -> Result<Self, Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        let storage = SqliteStorage::open(&data.join("opstap.db"))?;
        let drawn = Drawn(Mutex::new(Draw::from_seed(now().0)));
        let service = Service::open(storage, Arc::new(MachineClock), Arc::new(drawn), Arc::new(())).await?;
        let organisation = service.create_organisation("Meetveld").await?;
        Ok(Self { folder, service, organisation, draw: Draw::from_seed(now().0 ^ 1) })
    }

    /// Adds a circle of so many people, named after it.
    pub async fn circle(&mut self, name: &str, people: usize) -> Result<Circle, Box<dyn std::error::Error>> {
        let mut members = Vec::with_capacity(people);
        for place in 0..people {
            let name = format!("{name}-{place}");
            let id = self.service.add_person(self.organisation, OrganisationRole::Participant, &name).await?;
            members.push(Somebody { id, name });
        }
        let member = |(place, somebody): (usize, &Somebody)| Member {
            person: somebody.id,
            relation: if place == 0 { Relation::Client } else { Relation::Volunteer },
            name: somebody.name.clone(),
            called: None,
            phone: None,
            face: None,
            order: None,
        };
        let rows: Vec<Member> = members.iter().enumerate().map(member).collect();
        let id = self.service.create_circle(self.organisation, CircleKind::Client, &rows).await?;
        let circle = Circle { id, people: members };
        self.consents(&circle).await?;
        Ok(circle)
    }

    /// The client lets everybody see plans and progress.
    async fn consents(&mut self, circle: &Circle) -> Result<(), Box<dyn std::error::Error>> {
        let Some((client, others)) = circle.people.split_first() else { return Ok(()) };
        let device = DeviceId::new(now(), self.draw.randomness());
        let mut changes = Vec::new();
        for somebody in others {
            for section in [Section::Plans, Section::Progress] {
                let consent = Consent {
                    act: ConsentAct::Given,
                    person: somebody.id,
                    section,
                    from: Millis(0),
                    until: None,
                    ends: None,
                };
                changes.push(consent.make(RecordId::new(now(), self.draw.randomness())));
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        let edit = Edit {
            name: EditName { device, n: 1 },
            stamp: Stamp::next(now(), None, device),
            circle: circle.id,
            seen: Seen::default(),
            beside: None,
            changes,
        };
        let session = Session {
            person: Person { id: client.id, role: OrganisationRole::Participant },
            organisation: self.organisation,
            device,
            revoked: false,
        };
        let request = Request { edits: vec![edit], waiting: 1, ..Request::of(device) };
        match *self.service.sync(session, request).await?.verdicts {
            [(_, Verdict::Accepted { .. })] => Ok(()),
            _ => Err("a consent was not accepted".into()),
        }
    }

    /// Closes the database and starts the server on it.
    pub fn start(self) -> Result<Ground, Box<dyn std::error::Error>> {
        drop(self.service);
        let program = std::env::var_os("OPSTAP_BIN");
        let program = program.ok_or("OPSTAP_BIN names no server; `cargo xtask bench sync` builds it")?;
        let server = Server::start(program.as_ref(), self.folder.path())?;
        let process = server.process().ok_or("the server has no process")?;
        Ok(Ground { server, process, draw: self.draw, folder: self.folder })
    }
}

/// A running server and what the operating system says of it.
pub struct Ground {
    /// The server.
    pub server: Server,
    /// For what has to differ each time.
    pub draw: Draw,
    process: u32,
    folder: TempDir,
}

impl Ground {
    /// A new device of somebody.
    pub async fn pair(&mut self, somebody: &Somebody) -> Step<Device> {
        let link = self.server.new_link(&somebody.name)?;
        Device::pair(&link, &mut self.draw).await.map_err(|cause| Missed::new(cause.to_string()))
    }

    /// The server alone, with the folder it works in.
    pub fn into_server(self) -> (Server, TempDir) {
        (self.server, self.folder)
    }

    /// Seconds of the processor that the server took so far.
    pub fn cpu(&self) -> f64 {
        processor::seconds_of(self.process)
    }

    /// The memory it has now, in bytes.
    pub fn memory(&self) -> u64 {
        processor::memory(self.process)
    }

    /// The most it ever had.
    pub fn peak_memory(&self) -> u64 {
        processor::peak_memory(self.process)
    }
}
