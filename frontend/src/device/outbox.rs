//! What is not sent yet, and what was refused: the list behind the small mark at the top of every screen.

use opstap_core::history::PastChange;
use opstap_core::protocol::Reason;
use opstap_core::{CircleId, Kind, Millis, RecordId};
use opstap_sync_client::NotKept;

use super::{runtime, syncing};

/// An edit that waits on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// When it was made.
    pub at: Millis,
    /// In which circle.
    pub circle: CircleId,
    /// The kind of the first record it makes; `None` when it changes what was there.
    pub made: Option<Kind>,
    /// The first record it is about.
    pub record: Option<RecordId>,
}

/// An edit that the server refused, in the tray. It holds what a person wrote, so it has no debug form.
#[derive(Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its number on this device, to try it again or let it go.
    pub n: u64,
    /// When it was refused.
    pub at: Millis,
    /// Why.
    pub reason: Reason,
    /// In which circle.
    pub circle: CircleId,
    /// What it does.
    pub changes: Vec<PastChange>,
}

/// The edits that wait, oldest first.
pub async fn waiting() -> Vec<Waiting> {
    let Some(engine) = runtime::engine() else { return Vec::new() };
    let pending = engine.waiting().await.unwrap_or_default();
    let told = pending.into_iter().map(|edit| Waiting {
        at: edit.stamp.millis,
        circle: edit.circle,
        made: made(&edit),
        record: edit.changes.first().map(opstap_core::Change::record),
    });
    told.collect()
}

/// The edits in the tray, oldest first.
pub async fn refused() -> Vec<Refused> {
    let Some(engine) = runtime::engine() else { return Vec::new() };
    let tray = engine.refused().await.unwrap_or_default();
    let told = tray.into_iter().map(|refused| Refused {
        n: refused.edit.name.n,
        at: refused.at,
        reason: refused.reason,
        circle: refused.edit.circle,
        changes: refused.edit.changes.iter().map(PastChange::of).collect(),
    });
    told.collect()
}

/// Does a refused edit once more, as a new one.
///
/// # Errors
/// When it would be refused again; then it stays in the tray.
pub async fn retry(n: u64) -> Result<(), NotKept> {
    let Some(engine) = runtime::engine() else { return Ok(()) };
    engine.retry(n).await?;
    syncing::sync_soon();
    Ok(())
}

/// Lets a refused edit go for good; the screen asks first.
pub async fn discard(n: u64) {
    if let Some(engine) = runtime::engine()
        && let Err(error) = engine.discard(n).await
    {
        runtime::report(error);
    }
}

fn made(edit: &opstap_core::Edit) -> Option<Kind> {
    edit.changes.iter().find_map(|change| match change {
        opstap_core::Change::Make { kind, .. } => Some(*kind),
        opstap_core::Change::Set { .. } => None,
    })
}
