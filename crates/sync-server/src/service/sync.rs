//! The round trip: what the device has goes in, verdicts and what it lacks come out.

use std::sync::Arc;

use opstap_core::protocol::{Answer, Request, Verdict};

use super::offers;
use super::pull::{Asked, Pulled, own, pull};
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
            let made_elsewhere = edit.is_brought() && !offers::may_be_brought(&self.server, edit);
            edit.name.device != request.device || made_elsewhere
        };
        if request.edits.iter().any(foreign) {
            return Err(ServiceError::ForeignDevice);
        }
        let request = Arc::new(request);
        let verdicts = self.take_in(session, &request).await?;
        let pulled = if session.revoked { Pulled::default() } else { self.bring(session, &request, &verdicts).await? };
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
        let (job, now) = (Arc::clone(request), self.now());
        let needed = self.storage.read(move |snapshot| brings_something(snapshot, &session, &job, now)).await?;
        if !needed {
            return Ok(Vec::new());
        }
        let (job, journal) = (Arc::clone(request), self.journal.clone());
        let taking = Taking { server: self.server, session, now };
        let received = self.storage.write(move |txn| receive(txn, &taking, &journal, &job)).await;
        match received {
            Ok(Received::Done { verdicts, moved, purged, news }) => {
                moved.iter().for_each(|circle| self.hints.moved(*circle, Some(session.device)));
                self.hint_at(&news);
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

    async fn bring(
        &self,
        session: Session,
        request: &Arc<Request>,
        verdicts: &[(u64, Verdict)],
    ) -> Result<Pulled, ServiceError> {
        let own = own::made_by(request, verdicts, self.server.epoch);
        let limits = if request.edits.is_empty() { self.limits } else { self.limits.beside_verdicts() };
        let (job, server, now) = (Arc::clone(request), self.server, self.now());
        let asked = Asked { server, session, now, limits, own };
        let pulled = self.storage.read(move |snapshot| pull(snapshot, &asked, &job)).await?;
        self.note_delivered(pulled.delivered.clone()).await?;
        Ok(pulled)
    }
}
