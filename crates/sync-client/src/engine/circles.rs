//! The circles of the person, what may be done in them, and how much is not sent yet.

use opstap_core::access::CircleAccess;
use opstap_core::model::{CircleKind, Member, Model, Relation};
use opstap_core::{CircleId, PersonId};

use super::Engine;
use super::shown::FOR_ACCESS;
use crate::held::{BlobState, PendingState};
use crate::platform::Platform;
use crate::store::{LocalStore, StoreError, Wanted};

/// One circle of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircleInfo {
    /// The circle.
    pub id: CircleId,
    /// What it is for.
    pub kind: CircleKind,
    /// What the person is in it; in library and programme their role decides.
    pub relation: Option<Relation>,
    /// The client of the circle.
    pub client: Option<PersonId>,
    /// The client's name.
    pub client_name: Option<String>,
    /// Whether the circle is on the device as a whole; until then it is still coming in.
    pub complete: bool,
    /// Whether nothing of it may be shown before the device has been in touch with the server.
    pub locked: bool,
}

/// How much has not been sent, or has a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Edits that wait.
    pub on_device: usize,
    /// Photos and sound that wait.
    pub photos_waiting: usize,
    /// Those of them for which the device has no room: they are gone when the app is closed before they are sent.
    pub photos_in_memory: usize,
    /// Edits in the tray.
    pub refused: usize,
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Every circle on the device.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn circles(&self) -> Result<Vec<CircleInfo>, StoreError> {
        let mut circles = Vec::new();
        // An empty store that is nobody's is no store without circles.
        self.device().await?;
        for held in self.store.circles().await? {
            let id = held.value.circle;
            let shown = self.shown(id, &[Wanted::Kind(opstap_core::Kind::Member)]).await?;
            let present = shown.records.values().filter(|record| !record.is_deleted());
            let members: Vec<Member> = present.filter_map(Member::from_record).collect();
            let me = self.me().id;
            let client = members.iter().find(|member| member.relation == Relation::Client);
            circles.push(CircleInfo {
                id,
                kind: held.value.kind,
                relation: members.iter().find(|member| member.person == me).map(|member| member.relation),
                client: client.map(|client| client.person),
                client_name: client.map(|client| client.name.clone()),
                complete: held.value.complete,
                locked: self.is_locked(id).await?,
            });
        }
        Ok(circles)
    }

    /// Who is in the circle and which consents stand, to ask what may be done before offering it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn access(&self, circle: CircleId) -> Result<CircleAccess, StoreError> {
        Ok(self.shown(circle, &FOR_ACCESS).await?.access())
    }

    /// How much has not been sent, or has a problem.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let pending = self.store.pending().await?;
        let waiting = pending.iter().filter(|pending| pending.state == PendingState::Waiting);
        let photos_in_memory = self.in_memory.borrow().len();
        Ok(Counts {
            on_device: waiting.count(),
            photos_waiting: self.store.blobs(BlobState::ToSend).await?.len() + photos_in_memory,
            photos_in_memory,
            refused: self.store.refused().await?.len(),
        })
    }
}
