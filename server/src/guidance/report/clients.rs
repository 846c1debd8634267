//! The clients of an organisation with what their records say of guidance.

use opstap_core::OrganisationId;
use opstap_insight::{Guidance, Period};
use opstap_sync_server::{Service, Storage, StorageError};

use crate::guidance::circles::{circles, held};

/// A client.
#[derive(Debug, Clone)]
pub struct Client {
    /// The name by which the circle knows them.
    pub name: String,
    /// What the records say.
    pub guidance: Guidance,
}

/// All clients, in order of name.
///
/// # Errors
/// When the database fails.
pub async fn clients_of<S: Storage>(
    service: &Service<S>,
    organisation: OrganisationId,
) -> Result<Vec<Client>, StorageError> {
    let circles = circles(service, organisation).await?;
    let held = held(service, circles.iter().map(|circle| circle.id).collect()).await?;
    let client = |circle: &crate::guidance::circles::ClientCircle| {
        let guidance = held.get(&circle.id)?.guidance(&circle.members);
        Some(Client { name: circle.name.clone(), guidance })
    };
    Ok(circles.iter().filter_map(client).collect())
}

/// From the first to the last day of all clients that is granted or on which there was time; none without any.
#[must_use]
pub fn span(clients: &[Client]) -> Option<Period> {
    let spans = clients.iter().filter_map(|client| client.guidance.span());
    spans.reduce(|one, other| Period { from: one.from.min(other.from), to: one.to.max(other.to) })
}
