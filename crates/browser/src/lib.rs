//! A device in a browser: the store in IndexedDB, the way to the server by fetch, and what only a browser has: tabs, live
//! hints, photos. It compiles natively too, so that the workspace is checked as one, but only runs in a window.

mod aside;
mod asked_file;
mod exchange;
mod gzip;
mod http;
mod indexed_db;
mod live;
mod meter;
mod pair;
mod photo;
mod platform;
mod position;
mod promise;
mod push;
mod reports;
mod rings;
mod store;
mod stores;
mod tabs;
mod wake;

use opstap_core::DeviceId;
use opstap_sync_client::{Engine, NotOpened, StoreError, begin_again};

pub use aside::{laid_aside, let_go_of, put_aside, read_aside};
pub use asked_file::{AskedFile, FileTold, KeptFile, drop_files, keep_file, kept_file};
pub use exchange::{CellToBe, Checked, FileFault, Imported, PastImport, RowToBe, TakenBack};
pub use http::Http;
pub use live::Live;
pub use meter::{Network, Weight, network, weighed};
pub use pair::{NotPaired, pair};
pub use photo::{LARGEST_PHOTO, LONG_SIDE, NotAPhoto, shrink};
pub use platform::{Web, ask_to_keep};
pub use position::{Fix, NoFix, position};
pub use push::{Push, push_now};
pub use reports::{ReportSheet, ReportTable};
pub use rings::{Ringing, ask_to_ring, ring_by, ringing};
pub use store::Store;
pub use stores::{KnownStore, choose, current, forget, keeps_notes, remember, stores};
pub use tabs::{Heard, Tabs};
pub use wake::{Wake, Waking, is_online};

/// The engine of a store in this browser.
pub type WebEngine = Engine<Store, Http, Web>;

/// Opens the store of one person on this browser.
///
/// # Errors
/// [`NotOpened::Lost`] when the browser threw it away: see [`open_again`].
pub async fn open(id: DeviceId) -> Result<WebEngine, NotOpened> {
    let store = match Store::find(id).await {
        Err(StoreError::Lost) => return Err(NotOpened::Lost),
        found => found?,
    };
    Engine::open(store, Http::new(id), Web).await
}

/// Begins a store anew that the browser threw away, under the session that is still there, and opens it. Everything is fetched again.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn open_again(known: &KnownStore) -> Result<WebEngine, NotOpened> {
    let store = Store::open(known.id).await?;
    begin_again(&store, known.id, known.person, &Web).await?;
    Engine::open(store, Http::new(known.id), Web).await
}
