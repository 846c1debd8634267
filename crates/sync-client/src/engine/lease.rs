//! The lease: a copy of somebody's circle that has not been in touch with the server for long is locked, except on the client's own phone.

use opstap_core::model::{CircleKind, Member, Model, Relation};
use opstap_core::{CircleId, Kind, Millis};

use super::Engine;
use crate::platform::Platform;
use crate::store::{LocalStore, StoreError, Wanted};

/// Milliseconds in a day.
const DAY: u64 = 86_400_000;

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Whether the circle may not be shown until the device has been in touch with the server again. What waits to be sent still waits,
    /// and goes with the next sync.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_locked(&self, circle: CircleId) -> Result<bool, StoreError> {
        // Nearly always the clock alone says it; the rest is asked behind a pointer, as this stands at every reading.
        if self.lease_has_ended() { Box::pin(self.is_bound(circle)).await } else { Ok(false) }
    }

    fn lease_has_ended(&self) -> bool {
        let (lease, in_touch) = {
            let device = self.device.borrow();
            (device.lease, device.in_touch)
        };
        let ends = in_touch.plus(u64::from(lease).saturating_mul(DAY));
        // Without a lease, or before the first answer, there is nothing that could end. A clock that was set wrong since may lock too soon
        // or too late, until the next word of the server: the corrected clock is all there is.
        lease > 0 && in_touch > Millis(0) && self.now() > ends
    }

    /// Whether the lease binds this person's copy of the circle.
    async fn is_bound(&self, circle: CircleId) -> Result<bool, StoreError> {
        let me = self.me().id;
        let loaded = self.load(circle, &[Wanted::Kind(Kind::Member)]).await?;
        if loaded.circle.is_none_or(|held| held.kind != CircleKind::Client) {
            return Ok(false);
        }
        let present = loaded.records.iter().filter(|record| !record.is_deleted());
        let own = present.filter_map(Member::from_record).find(|member| member.person == me);
        Ok(own.is_none_or(|member| member.relation != Relation::Client))
    }
}
