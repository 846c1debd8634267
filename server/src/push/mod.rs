//! Web Push: a phone whose app is closed hears that there is a message, and nothing else of it (docs/adr/0012-push.md).

mod address;
mod key;
mod sealed;
mod send;
mod turns;

pub use address::{Address, is_public};
pub use key::PushKey;
pub use sealed::{SealError, seal};
pub use send::{Pace, Sender, tell_when_told};
