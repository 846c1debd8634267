//! Who may let whom in: a link signs a device in as somebody, so it is given only by those who answer for them.

use opstap_core::access::CircleAccess;
use opstap_core::model::Person;
use opstap_core::{CircleId, Kind, PersonId};
use opstap_sync_server::service::Session;
use opstap_sync_server::{Storage, StorageError};

/// Whether somebody may invite somebody else of a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inviting {
    /// They may.
    Allowed(Person),
    /// They are in the circle, and this is not theirs to do.
    NotTheirs,
    /// The circle is not one of theirs.
    NoSuchCircle,
    /// The other is not in it.
    NoSuchPerson,
}

/// Decides it. A professional of the circle invites members whose role in the organisation is below their own; and everybody invites
/// themselves, to sign in a second device. Nobody may become a colleague or a superior by a link of their own making.
///
/// # Errors
/// When the storage fails.
pub async fn decide<S: Storage>(
    storage: &S,
    session: Session,
    circle: CircleId,
    invited: PersonId,
) -> Result<Inviting, StorageError> {
    storage
        .read(move |snapshot| {
            let row = snapshot.circle(circle)?.filter(|row| row.organisation == session.organisation);
            let Some(row) = row else {
                return Ok(Inviting::NoSuchCircle);
            };
            let members = snapshot.records_of_kind(circle, Kind::Member)?;
            let access = CircleAccess::new(row.kind, &members);
            let Some(relation) = access.relation(session.person.id) else {
                return Ok(Inviting::NoSuchCircle);
            };
            let account = snapshot.person(invited)?.filter(|_| access.relation(invited).is_some());
            let Some(account) = account else {
                return Ok(Inviting::NoSuchPerson);
            };
            let themselves = account.id == session.person.id;
            let answers = relation.is_professional() && account.role < session.person.role;
            Ok(if themselves || answers {
                Inviting::Allowed(Person { id: account.id, role: account.role })
            } else {
                Inviting::NotTheirs
            })
        })
        .await
}
