//! Who may do what concerns a programme as a whole: take it out in a file, bring one in, and take that back.

use opstap_core::access::{Action, Subject};
use opstap_core::model::CircleKind;
use opstap_core::{CircleId, Kind};

use super::circles::circle_in;
use super::desk::access_of;
use super::{Service, ServiceError, Session};
use crate::storage::{OrganisationRow, Storage};

impl<S: Storage> Service<S> {
    /// The organisation whose programme this circle is, for somebody who may write registrations in it; nothing for anybody else, to whom
    /// it looks like a circle that is not there.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn coordinated(
        &self,
        session: Session,
        circle: CircleId,
    ) -> Result<Option<OrganisationRow>, ServiceError> {
        let now = self.now();
        let found = self.storage.read(move |snapshot| {
            let row = circle_in(snapshot, circle, &session)?;
            let Some(row) = row.filter(|row| row.kind == CircleKind::Programme && !session.revoked) else {
                return Ok(None);
            };
            let registration = Subject { kind: Kind::Registration, audience: None, author: None };
            let access = access_of(snapshot, circle, row.kind)?;
            if !access.decide(session.person, now, &registration, Action::Make).is_allowed() {
                return Ok(None);
            }
            Ok(snapshot.organisations()?.into_iter().find(|known| known.id == row.organisation))
        });
        Ok(found.await?)
    }
}
