//! What screens may ask of the device: read a circle, write an edit, keep a photo, know what is sent. Screens know no store and no network.

mod asked_file;
mod bundles;
mod data_use;
mod engine;
mod exchange;
mod following;
mod guide;
mod instruments;
mod mail;
mod old_logs;
mod online;
mod outbox;
mod pairing;
mod phones;
mod photos;
mod position;
mod push;
mod reading;
mod rings;
mod runtime;
mod stops;
mod syncing;
mod watching;
mod writing;

pub use bundles::{bundle_comes, keep_bundle};
pub use data_use::{carry_all_the_same, photos_wait, set_wifi_only, tells_the_network, used, wifi_only};
pub use exchange::{check_import, import, imports, made_file, organisation, report, undo_import};
pub use following::{Summaries, following};
pub use guide::{guide, tour_is_new, tour_was_offered};
pub use instruments::{keep_instruments, own_instruments};
pub use mail::{ask_for_mail, end_mail, mail, want_digest};
pub use old_logs::{ask_month, minutes_before, months, practices_before};
pub use online::{
    Asked, Told, add_person, deliveries, history, invite, let_go, open_circle, rule, set_apart, waits_in,
    waits_in_circle,
};
pub use opstap_browser::{CellToBe, Checked, FileFault, Imported, PastImport, Push, ReportSheet, ReportTable};
pub use opstap_sync_client::{
    Delivery, Invitation, LetGoTold, MailAddress, NotKept, Ruled, StoreError, ToSumUp, WaitsIn,
};
pub use outbox::{Refused, Waiting, discard, refused, retry, waiting};
pub use pairing::{Pairing, pair};
pub use phones::{ask_for_phones, phone_heard};
pub use photos::{
    NoPhoto, is_ready_for_the_way, keep_in, keep_names, keep_own_pictograms, keep_photo, keep_recording, photo, picture,
};
pub use position::{NoPosition, position};
pub use push::{push, push_in, switch_push};
pub use reading::{Entry, Reader, watch};
pub use rings::{Ringing, ringing, rings_changed, switch_rings};
pub use runtime::{
    Circle, Link, Start, Trouble, circles, last_contact, link, me, new_id, now, open, start, state, trouble,
};
pub use stops::{StopsHere, stops};
pub use syncing::{Haste, send_what_waits, sync_now};
pub use watching::{Following, Watcher, follow_run, watchers};
pub use writing::{Made, UnderWay, all_kept, edit, edit_in_time, edit_made, keep, keep_and};
