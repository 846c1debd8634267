//! One person's device that has no screen, at the first start or an import: it writes ordinary edits and hands them in by the ordinary round trip.

use opstap_core::model::{OrganisationRole, Person};
use opstap_core::protocol::{Request, Verdict};
use opstap_core::{
    Change, CircleId, DeviceId, Edit, EditName, Millis, OrganisationId, PersonId, RecordId, Seen, Stamp,
};
use opstap_sync_server::Storage;
use opstap_sync_server::service::Session;

use super::{FirstStartError, Start};

/// A device with its outbox.
pub struct Pen<'a, S> {
    start: &'a Start<'a, S>,
    session: Session,
    circle: CircleId,
    last: Option<Stamp>,
    seen: u64,
    outbox: Vec<Edit>,
    n: u64,
}

impl<'a, S: Storage> Pen<'a, S> {
    /// A new device of a person, writing in one circle.
    #[must_use]
    pub fn new(
        start: &'a Start<'a, S>,
        organisation: OrganisationId,
        (person, role): (PersonId, OrganisationRole),
        circle: CircleId,
    ) -> Self {
        let device = DeviceId::new(start.clock.now(), random(start));
        let session = Session { person: Person { id: person, role }, organisation, device, revoked: false };
        Self { start, session, circle, last: None, seen: 0, outbox: Vec::new(), n: 0 }
    }

    /// The device after a pull: it has seen the circle up to a number, and its stamps are later than the latest there.
    #[must_use]
    pub fn having_seen(self, number: u64, latest: Option<Stamp>) -> Self {
        Self { seen: number, last: latest, ..self }
    }

    /// A new id for a record.
    #[must_use]
    pub fn id(&self) -> RecordId {
        RecordId::new(self.start.clock.now(), random(self.start))
    }

    /// Writes an edit that was made at `at`, perhaps with somebody beside.
    pub fn write(&mut self, at: Millis, beside: Option<PersonId>, changes: Vec<Change>) {
        let device = self.session.device;
        let stamp = Stamp::next(at, self.last, device);
        self.last = Some(stamp);
        self.n += 1;
        let seen = Seen { epoch: self.start.service.server().epoch, number: self.seen };
        let name = EditName { device, n: self.n };
        self.outbox.push(Edit { name, stamp, circle: self.circle, seen, beside, changes });
    }

    /// Hands the outbox in.
    ///
    /// # Errors
    /// When the service fails, or does not accept everything.
    pub async fn hand_in(&mut self) -> Result<(), FirstStartError> {
        while !self.outbox.is_empty() {
            let rest = self.outbox.split_off(self.outbox.len().min(Request::MOST_EDITS));
            let edits = std::mem::replace(&mut self.outbox, rest);
            let request = Request { edits, ..Request::of(self.session.device) };
            let answer = self.start.service.sync(self.session, request).await?;
            for (_, verdict) in answer.verdicts {
                match verdict {
                    Verdict::Accepted { .. } => {}
                    Verdict::Refused(reason) => return Err(FirstStartError::NotAccepted(Some(reason))),
                    Verdict::Quarantined | Verdict::Later => return Err(FirstStartError::NotAccepted(None)),
                }
            }
        }
        Ok(())
    }
}

fn random<S>(start: &Start<'_, S>) -> opstap_core::id::Randomness {
    let mut bytes = opstap_core::id::Randomness::default();
    start.randomness.fill(&mut bytes);
    bytes
}
