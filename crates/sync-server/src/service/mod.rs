//! The service: what a server does with requests, whatever carries them and wherever rows are kept.

mod blobs;
mod circles;
mod delivered;
mod desk;
mod history;
mod identity;
mod inbox;
mod joining;
mod mail;
mod offers;
mod opening;
mod pairing;
mod phones;
mod programme;
mod pull;
mod purge;
mod push;
mod quarantine;
mod reader;
mod reading;
mod receive;
mod restore;
mod secret;
mod sync;
mod watching;

use std::sync::Arc;

use opstap_core::model::Person;
use opstap_core::{DeviceId, Epoch, Millis, OrganisationId, ServerId, id};

pub use blobs::{BlobAccess, BlobArrival};
pub use joining::Joined;
pub use mail::{Confirming, Digest, Mail, MailAddress};
pub use opening::Opened;
pub use pairing::{Invitation, Pairing};
pub use quarantine::Outcome as QuarantineOutcome;
pub use reading::{CircleRead, Reach};
pub use secret::Secret;
pub use watching::Watched;

use self::inbox::News;
use crate::journal::{Journal, Shared};
use crate::ports::{Clock, Hints, Randomness};
use crate::storage::{ServerRow, Storage, StorageError};

/// Why the service could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// More edits than one request may have: send them in parts.
    #[error("more than {} edits in one request", opstap_core::protocol::Request::MOST_EDITS)]
    TooManyEdits,
    /// The device belongs to another person, or an edit names another device than the request: take a new device id.
    #[error("the device is not this session's")]
    ForeignDevice,
    /// There is no such organisation.
    #[error("there is no such organisation")]
    UnknownOrganisation,
    /// There is no such person in the organisation.
    #[error("there is no such person")]
    UnknownPerson,
    /// The storage could not do its part.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Who is asking, as the session says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The person.
    pub person: Person,
    /// Whose account it is.
    pub organisation: OrganisationId,
    /// The device that was paired, or the one that took its place.
    pub device: DeviceId,
    /// Whether somebody ended it. It may then hand in its outbox, for quarantine, and nothing else.
    pub revoked: bool,
}

/// How much one answer may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most records, over all circles.
    pub records: usize,
    /// The most bytes of records before compression, about.
    pub bytes: usize,
}

impl Limits {
    /// What comes along with verdicts: a device wants to hear of its own edits soon, and asks for the rest at once.
    const BESIDE_VERDICTS: Self = Self { records: 100, bytes: 50_000 };

    fn beside_verdicts(self) -> Self {
        let Self { records, bytes } = Self::BESIDE_VERDICTS;
        Self { records: self.records.min(records), bytes: self.bytes.min(bytes) }
    }
}

impl Default for Limits {
    /// A client's circle with 20 plans and 60 runs fits twice.
    fn default() -> Self {
        Self { records: 4_000, bytes: 1_000_000 }
    }
}

/// The server's side of the protocol over a storage.
#[derive(Clone)]
pub struct Service<S> {
    storage: S,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    hints: Arc<dyn Hints>,
    server: ServerRow,
    limits: Limits,
    journal: Shared,
}

impl<S: Storage> Service<S> {
    /// Opens the service over a storage; a new database becomes a server with an id of its own.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn open(
        storage: S,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
        hints: Arc<dyn Hints>,
    ) -> Result<Self, ServiceError> {
        let fresh =
            ServerRow { id: ServerId::new(clock.now(), random(&*randomness)), epoch: Epoch(1), before: Epoch(0) };
        let server = storage
            .write(move |txn| {
                if let Some(server) = txn.server()? {
                    return Ok(server);
                }
                txn.put_server(&fresh)?;
                Ok(fresh)
            })
            .await?;
        Ok(Self { storage, clock, randomness, hints, server, limits: Limits::default(), journal: Shared(Arc::new(())) })
    }

    /// The same service with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same service with a journal of what a restore may not undo.
    #[must_use]
    pub fn with_journal(self, journal: Arc<dyn Journal>) -> Self {
        Self { journal: Shared(journal), ..self }
    }

    /// Which server this is.
    #[must_use]
    pub const fn server(&self) -> ServerRow {
        self.server
    }

    /// The storage under the service.
    #[must_use]
    pub const fn storage(&self) -> &S {
        &self.storage
    }

    /// Tells whoever listens of what somebody is to hear.
    fn hint_at(&self, news: &News) {
        news.left.iter().for_each(|(circle, person)| self.hints.left(*circle, *person));
        news.messages.iter().for_each(|person| self.hints.message_for(*person));
        if news.mails {
            self.hints.mails();
        }
    }

    fn now(&self) -> Millis {
        self.clock.now()
    }

    fn random(&self) -> id::Randomness {
        random(&*self.randomness)
    }
}

fn random(randomness: &dyn Randomness) -> id::Randomness {
    let mut bytes = id::Randomness::default();
    randomness.fill(&mut bytes);
    bytes
}
