//! Files that the server makes and reads, of a programme and lists to keep: all of it takes the network. What an import writes comes with a sync.

use opstap_browser::{Checked, Imported, PastImport, ReportSheet, TakenBack};
use opstap_core::CircleId;
use web_sys::{Blob, File};

use super::online::Asked;
use super::{runtime, syncing};

/// The name of the organisation whose programme it is.
pub async fn organisation(programme: CircleId) -> Asked<String> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().organisation(programme).await)
}

/// A file that the server makes, by its address.
pub async fn made_file(address: &str) -> Asked<Blob> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().made_file(address).await)
}

/// A report that the server makes, by the address of its tables.
pub async fn report(address: &str) -> Asked<ReportSheet> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().report(address).await)
}

/// What importing a file would write.
pub async fn check_import(programme: CircleId, file: &File) -> Asked<Checked> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().check_import(programme, file).await)
}

/// Imports a file as it was shown.
pub async fn import(programme: CircleId, file: &File, plan: &str) -> Asked<Imported> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    let imported = Asked::of(engine.transport().import(programme, file, plan).await);
    syncing::sync_soon();
    imported
}

/// The imports there were, the newest first.
pub async fn imports(programme: CircleId) -> Asked<Vec<PastImport>> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().imports(programme).await)
}

/// Takes an import back as a whole.
pub async fn undo_import(programme: CircleId, name: &str) -> Asked<TakenBack> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    let taken = Asked::of(engine.transport().undo_import(programme, name).await);
    syncing::sync_soon();
    taken
}
