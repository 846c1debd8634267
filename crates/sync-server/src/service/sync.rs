//! The round trip: what the device has goes in, verdicts and what it lacks come out.

use std::sync::Arc;

use opstap_core::protocol::{Answer, Request, Verdict};

use super::offers;
use super::pull::{Pulled, pull};
use super::receive::{Received, Taking, brings_something, receive};
use super::{Service, ServiceError, Session};
use crate::storage::{Storage, StorageError};

impl<S: Storage> Service<S> {
    /// Answers one request. The verdicts are durable when it returns.
    ///
    /// A storage that is too busy gives [`Verdict::Later`] for each edit: they stay in the outbox.
    ///
    /// # Errors
    /// [`ServiceError::TooManyEdits`] and [`ServiceError::ForeignDevice`], of which nothing was taken in; or when the storage fails.
    pub async fn sync(&self, session: Session, request: Request) -> Result<Answer, ServiceError> {
        if request.edits.len() > Request::MOST_EDITS {
            return Err(ServiceError::TooManyEdits);
        }
        let foreign = |edit: &opstap_core::Edit| {
            let made_elsewhere = offers::is_brought(edit) && !offers::may_be_brought(&self.server, edit);
            edit.name.device != request.device || made_elsewhere
        };
        if request.edits.iter().any(foreign) {
            return Err(ServiceError::ForeignDevice);
        }
        let request = Arc::new(request);
        let verdicts = self.take_in(session, &request).await?;
        let pulled = if session.revoked { Pulled::default() } else { self.bring(session, &request).await? };
        Ok(Answer {
            server: self.server.id,
            epoch: self.server.epoch,
            time: self.now(),
            lease: pulled.lease,
            person: session.person,
            verdicts,
            circles: pulled.circles,
            left: pulled.left,
            owners: pulled.owners,
            lacking: pulled.lacking,
        })
    }

    async fn take_in(&self, session: Session, request: &Arc<Request>) -> Result<Vec<(u64, Verdict)>, ServiceError> {
        let job = Arc::clone(request);
        let needed = self.storage.read(move |snapshot| brings_something(snapshot, &session, &job)).await?;
        if !needed {
            return Ok(Vec::new());
        }
        let (job, journal) = (Arc::clone(request), self.journal.clone());
        let taking = Taking { server: self.server, session, now: self.now() };
        let received = self.storage.write(move |txn| receive(txn, &taking, &journal, &job)).await;
        match received {
            Ok(Received::Done { verdicts, moved, purged }) => {
                moved.iter().for_each(|circle| self.hints.moved(*circle));
                if purged {
                    self.hints.erases();
                }
                Ok(verdicts)
            }
            Ok(Received::ForeignDevice) => Err(ServiceError::ForeignDevice),
            Err(StorageError::TryAgain) => Ok(request.edits.iter().map(|edit| (edit.name.n, Verdict::Later)).collect()),
            Err(other) => Err(other.into()),
        }
    }

    async fn bring(&self, session: Session, request: &Arc<Request>) -> Result<Pulled, ServiceError> {
        let (job, server, now, limits) = (Arc::clone(request), self.server, self.now(), self.limits);
        let pulled = self.storage.read(move |snapshot| pull(snapshot, &server, &session, now, &job, limits)).await?;
        if !pulled.delivered.is_empty() {
            let delivered = pulled.delivered.clone();
            // Before the answer leaves: what is seen is logged, not what was probably seen.
            self.storage
                .write(move |txn| {
                    delivered.iter().try_for_each(|(circle, delivered)| txn.add_delivery(*circle, delivered))
                })
                .await?;
        }
        Ok(pulled)
    }
}
