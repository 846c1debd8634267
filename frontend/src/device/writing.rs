//! Writing: an edit is judged by the rules and on disk before this returns; sending follows by itself.

use leptos::task::spawn_local;
use opstap_core::{Change, CircleId, PersonId};
use opstap_sync_client::{NotKept, StoreError};

use super::runtime;

/// Keeps an edit.
///
/// # Errors
/// Why it could not be kept; then nothing changed.
pub async fn edit(circle: CircleId, changes: Vec<Change>) -> Result<(), NotKept> {
    keep_edit(circle, changes, None).await
}

/// Keeps an edit made with somebody at the author's side, such as a volunteer who changes a plan together with the client.
///
/// # Errors
/// Why it could not be kept; then nothing changed.
pub async fn edit_beside(circle: CircleId, changes: Vec<Change>, beside: PersonId) -> Result<(), NotKept> {
    keep_edit(circle, changes, Some(beside)).await
}

/// Keeps an edit without waiting for it; should it not be kept, the root says so.
pub fn keep(circle: CircleId, changes: Vec<Change>) {
    spawn_local(async move {
        if let Err(why) = edit(circle, changes).await {
            runtime::report_not_kept(why);
        }
    });
}

async fn keep_edit(circle: CircleId, changes: Vec<Change>, beside: Option<PersonId>) -> Result<(), NotKept> {
    let Some(engine) = runtime::engine() else { return Err(NotKept::Store(StoreError::Gone)) };
    engine.edit(circle, changes, beside).await?;
    runtime::sync_after_the_answer();
    Ok(())
}
