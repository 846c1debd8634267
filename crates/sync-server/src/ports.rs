//! What the service needs of the world: the time, random bytes, and somebody to tell that a circle moved.

use opstap_core::{CircleId, DeviceId, Millis, PersonId};

/// The server's clock.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Millis;
}

/// Random bytes fit for secrets.
pub trait Randomness: Send + Sync {
    /// Fills `bytes` with randomness from the operating system or as good.
    fn fill(&self, bytes: &mut [u8]);
}

/// Told after a commit which circles have something new. A hint may be lost: whoever hears it syncs, and a sync finds everything.
pub trait Hints: Send + Sync {
    /// The circle moved, by what this device brought, if it was one: its own answer tells it what there is.
    fn moved(&self, circle: CircleId, by: Option<DeviceId>);

    /// This person is no more in the circle: a device of theirs gives up what it holds of it, and is told so once.
    fn left(&self, _circle: CircleId, _person: PersonId) {}

    /// A message for this person was accepted.
    fn message_for(&self, _person: PersonId) {}

    /// A mail is to go, now or later: [`Service::take_mail`](crate::Service::take_mail) gives it.
    fn mails(&self) {}

    /// The bytes of photos or sounds are to be erased: [`Service::blobs_to_erase`](crate::Service::blobs_to_erase) says which.
    fn erases(&self) {}
}

/// Nobody listens.
impl Hints for () {
    fn moved(&self, _circle: CircleId, _by: Option<DeviceId>) {}
}
