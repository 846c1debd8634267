//! The clients of an organisation with what their records say of guidance.

use opstap_core::{CircleId, OrganisationId};
use opstap_insight::{Guidance, Period, duo_role, guidance_of};
use opstap_sync_server::service::CircleRead;
use opstap_sync_server::{Service, Storage, StorageError};

use crate::guidance::circles::{circles, held, in_order};
use crate::lists::Circle;

/// A client.
#[derive(Debug, Clone)]
pub struct Client {
    /// The circle.
    pub circle: CircleId,
    /// The name by which the circle knows them.
    pub name: String,
    /// What the records say.
    pub guidance: Guidance,
}

impl Client {
    /// A client whose circle was read for somebody: what they may see of it.
    #[must_use]
    pub fn read(read: &CircleRead) -> Self {
        let circle = Circle::new(read);
        let members = circle.relations();
        let guidance = guidance_of(&read.records, |record| duo_role(read.author(record), &members));
        Self { circle: read.circle, name: circle.client(), guidance }
    }
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
        Some(Client { circle: circle.id, name: circle.name.clone(), guidance })
    };
    Ok(circles.iter().filter_map(client).collect())
}

/// Puts clients in order of name.
pub fn in_order_of_name(clients: &mut [Client]) {
    clients.sort_by_cached_key(|client| in_order(&client.name));
}

/// From the first to the last day of all clients that is granted or on which there was time; none without any.
#[must_use]
pub fn span(clients: &[Client]) -> Option<Period> {
    let spans = clients.iter().filter_map(|client| client.guidance.span());
    spans.reduce(|one, other| Period { from: one.from.min(other.from), to: one.to.max(other.to) })
}
