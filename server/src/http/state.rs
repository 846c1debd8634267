//! What every handler can reach.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use opstap_core::PersonId;
use opstap_sync_server::Service;
use tokio::sync::watch;

use crate::blobs::BlobFolder;
use crate::database::Database;
use crate::guidance::instruments::Instruments;
use crate::http::error::Problem;
use crate::live::LiveHints;
use crate::mail::{Mailer, Pace};
use crate::push::PushKey;
use crate::settings::Limits;

/// The service of this server.
pub type LiveService = Service<Database>;

/// What the application is made of. Cheap to clone.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
}

/// The parts, for whoever puts them together.
pub struct Parts {
    /// The protocol's server side.
    pub service: LiveService,
    /// Photos and sounds.
    pub blobs: BlobFolder,
    /// The data folder: beside what is in the database, files stand there that an operator brought in.
    pub data: PathBuf,
    /// Who listens for what moved.
    pub hints: LiveHints,
    /// How much is taken.
    pub limits: Limits,
    /// The address of this server for people, if it is set.
    pub public_url: Option<String>,
    /// What links begin with.
    pub link_base: String,
    /// Whether a proxy of our own says who visits.
    pub behind_proxy: bool,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
    /// By which push services know this server.
    pub push_key: Arc<PushKey>,
    /// Who tried a link how often.
    pub tries: Tries<IpAddr>,
    /// The way to the organisation's mail server, if it has one.
    pub mailer: Option<Mailer>,
    /// How long is waited before a mail that asks whose an address is goes once more.
    pub mail_pace: Pace,
    /// Who wanted mail how often.
    pub mail_tries: Tries<PersonId>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// The instruments this server knows: those that ship, and those in its data folder, which are read each time.
    ///
    /// # Errors
    /// When the reader is gone, as when the server stops.
    pub async fn instruments(&self) -> Result<Instruments, Problem> {
        let data = self.parts.data.clone();
        tokio::task::spawn_blocking(move || Instruments::known(&data)).await.map_err(Problem::trouble)
    }

    /// The address of this server for people, if it is set.
    #[must_use]
    pub fn public_url(&self) -> Option<&str> {
        self.parts.public_url.as_deref()
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

/// Counts tries, by address so that a code cannot be guessed by trying, by person so that nobody has mail sent to many.
pub struct Tries<K: Hash + Eq + Clone>(DefaultKeyedRateLimiter<K>);

impl<K: Hash + Eq + Clone> Tries<K> {
    /// Allows each so many tries a minute.
    #[must_use]
    pub fn per_minute(most: NonZeroU32) -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(most)))
    }

    /// Allows each so many tries an hour.
    #[must_use]
    pub fn per_hour(most: NonZeroU32) -> Self {
        Self(RateLimiter::keyed(Quota::per_hour(most)))
    }

    /// Whether this one may try once more now.
    #[must_use]
    pub fn allow(&self, one: &K) -> bool {
        // Those that have waited long enough are as good as new: forgetting them keeps the table small.
        if self.0.len() > 10_000 {
            self.0.retain_recent();
        }
        self.0.check_key(one).is_ok()
    }
}
