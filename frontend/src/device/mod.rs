//! What screens may ask of the device: read a circle, write an edit, keep a photo, know what is sent. Screens know no store and no network.

mod engine;
mod old_logs;
mod online;
mod outbox;
mod pairing;
mod photos;
mod reading;
mod runtime;
mod syncing;
mod writing;

pub use old_logs::{ask_month, months};
pub use online::{Asked, Told, deliveries, history, let_go, rule, set_apart, waits_in};
pub use opstap_sync_client::{Delivery, LetGoTold, NotKept, Ruled, StoreError};
pub use outbox::{Refused, Waiting, discard, refused, retry, waiting};
pub use pairing::{Pairing, pair};
pub use photos::{NoPhoto, keep_own_pictograms, keep_photo, missing_for_the_way, photo, picture};
pub use reading::{Entry, Reader, watch};
pub use runtime::{
    Circle, Link, Start, Trouble, circles, last_contact, link, me, new_id, now, open, start, state, trouble,
};
pub use syncing::sync_now;
pub use writing::{Made, edit, edit_made, keep};
