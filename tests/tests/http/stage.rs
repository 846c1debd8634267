//! A whole server with the demonstration people, on a disk of its own, with a clock that the test sets forward.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use clap::Parser;
use opstap_core::model::{CircleKind, OrganisationRole};
use opstap_core::{CircleId, DeviceId, Millis, PersonId};
use opstap_server::blobs::BlobFolder;
use opstap_server::database::Database;
use opstap_server::first_start::{self, Account, Start, Telling};
use opstap_server::http::state::{LiveService, Parts, Tries};
use opstap_server::http::{App, router};
use opstap_server::live::LiveHints;
use opstap_server::mail::{Mailer, Pace};
use opstap_server::push::PushKey;
use opstap_server::settings::{Arguments, Limits, MailServer};
use opstap_server::world::OsRandomness;
use opstap_storage_postgres::testing::Schema;
use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::{Clock, Randomness, Service};
use tempfile::TempDir;
use tokio::sync::watch;

use super::caller::Caller;

/// A clock that a test sets forward.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicU64>);

impl TestClock {
    /// Sets it forward.
    pub fn forward(&self, millis: u64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::Relaxed))
    }
}

/// The server and all that a test looks at behind its back.
pub struct Stage {
    pub app: App,
    pub router: Router,
    pub clock: TestClock,
    pub stop: watch::Sender<bool>,
    people: Vec<Account>,
    pub circle: CircleId,
    pub library: CircleId,
    _kept: (TempDir, Option<Schema>),
}

/// The limits of the tests: small enough to reach.
pub const MOST_SYNC: u64 = 200_000;
pub const MOST_BLOB: u64 = 100_000;
pub const PAIR_TRIES: u32 = 12;
/// What links begin with.
const LINK_BASE: &str = "http://opstap.test";

impl Stage {
    /// A new server with the demonstration, which sends pushes to this machine too.
    pub async fn set() -> Self {
        Self::with(true, None).await
    }

    /// One whose organisation has a mail server.
    pub async fn set_with_mail(url: &str) -> Self {
        let flags = ["opstap", "--smtp-url", url, "--mail-from", "Opstap <opstap@example.test>"];
        let MailServer { smtp_url, mail_from } = Arguments::try_parse_from(flags).unwrap().serve.mail;
        let patience = Duration::from_secs(5);
        let mailer = Mailer::new(&smtp_url.unwrap(), mail_from.unwrap(), LINK_BASE, patience).unwrap();
        Self::with(true, Some(mailer)).await
    }

    /// One that sends them to the internet alone, as it does for people.
    pub async fn set_on_the_internet() -> Self {
        Self::with(false, None).await
    }

    async fn with(push_anywhere: bool, mailer: Option<Mailer>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let clock = TestClock(Arc::new(AtomicU64::new(u64::try_from(since.as_millis()).unwrap())));
        let hints = LiveHints::default();
        // Where tests are given a PostgreSQL they run on that.
        let schema = Schema::where_there_is_one();
        let storage = match &schema {
            Some(schema) => Database::Postgres(schema.open(opstap_storage_postgres::Limits::default()).await),
            None => Database::Sqlite(SqliteStorage::open(&folder.path().join("opstap.db")).unwrap()),
        };
        let ports = (Arc::new(clock.clone()), Arc::new(OsRandomness), Arc::new(hints.clone()));
        let service: LiveService = Service::open(storage, ports.0, ports.1, ports.2).await.unwrap();
        let start = Start { service: &service, clock: &clock, randomness: &OsRandomness };
        let people = first_start::with_demo(&start, Telling::Beginning).await.unwrap();
        let organisation = service.organisations().await.unwrap()[0].id;
        let circles = |kind| service.circles_of_organisation(organisation, kind);
        let circle = circles(CircleKind::Client).await.unwrap()[0];
        let library = circles(CircleKind::Library).await.unwrap()[0];
        let push_key = Arc::new(PushKey::open(&service, None).await.unwrap());
        let (stop, stopping) = watch::channel(false);
        let tries = NonZeroU32::new(PAIR_TRIES).unwrap();
        let app = App::new(Parts {
            service,
            blobs: BlobFolder::open(&folder.path().join("blobs")).unwrap(),
            data: folder.path().to_owned(),
            hints,
            limits: Limits {
                most_sync_bytes: MOST_SYNC,
                most_blob_bytes: MOST_BLOB,
                pair_tries: tries,
                stop_seconds: 1,
                push_anywhere,
            },
            public_url: None,
            link_base: LINK_BASE.to_owned(),
            behind_proxy: false,
            stopping,
            push_key,
            tries: Tries::per_minute(tries),
            mailer,
            mail_pace: Pace { again: Duration::from_millis(50), ..Pace::default() },
            mail_tries: Tries::per_hour(NonZeroU32::new(6).unwrap()),
        });
        Self { router: router(app.clone()), app, clock, stop, people, circle, library, _kept: (folder, schema) }
    }

    /// Somebody of the demonstration.
    pub fn person(&self, name: &str) -> PersonId {
        self.people.iter().find(|account| account.name == name).unwrap().person
    }

    /// Sem, on a new phone.
    pub async fn as_client(&self) -> Caller {
        self.sign_in(self.person("Sem")).await
    }

    /// Youssef, on a new phone.
    pub async fn as_volunteer(&self) -> Caller {
        self.sign_in(self.person("Youssef")).await
    }

    /// Karin, on a new phone.
    pub async fn as_carer(&self) -> Caller {
        self.sign_in(self.person("Karin")).await
    }

    /// Marloes, in a new browser.
    pub async fn as_professional(&self) -> Caller {
        self.sign_in(self.person("Marloes")).await
    }

    /// Fatma, in a new browser.
    pub async fn as_coordinator(&self) -> Caller {
        self.sign_in(self.person("Fatma")).await
    }

    /// A coordinator of another organisation on the same server.
    pub async fn as_stranger(&self) -> Caller {
        let service = &self.app.service;
        let elsewhere = service.create_organisation("Elders").await.unwrap();
        let joris = service.add_person(elsewhere, OrganisationRole::Coordinator, "Joris").await.unwrap();
        self.sign_in(joris).await
    }

    /// A browser in which nobody is signed in.
    pub fn as_nobody(&self) -> Caller {
        Caller::new(self.router.clone(), self.new_device())
    }

    /// Signs somebody in by a link, as a browser does.
    pub async fn sign_in(&self, person: PersonId) -> Caller {
        let invitation = self.app.service.invite(person, LiveService::PAIRING_VALID).await.unwrap();
        let mut caller = self.as_nobody();
        caller.pair(invitation.long.reveal()).await.expect(200);
        caller
    }

    /// The time of the server, in seconds.
    pub fn app_time(&self) -> u64 {
        self.clock.now().0 / 1_000
    }

    /// A new device id.
    pub fn new_device(&self) -> DeviceId {
        DeviceId::new(self.clock.now(), random())
    }
}

/// Ten random bytes.
pub fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    OsRandomness.fill(&mut bytes);
    bytes
}
