//! The tray: edits that do not count, to read, export, send again or let go.

use std::fmt::Write as _;

use opstap_core::{Edit, EditName, Value};

use super::Engine;
use super::edit::{Draft, NotKept};
use crate::held::{PendingState, RefusedEdit};
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, LocalStore, Op, StoreError};

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// The edits that wait to be sent, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn waiting(&self) -> Result<Vec<Edit>, StoreError> {
        let pending = self.store.pending().await?;
        let waiting = pending.into_iter().filter(|pending| pending.state == PendingState::Waiting);
        Ok(waiting.map(|pending| pending.edit).collect())
    }

    /// The edits in the tray, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn refused(&self) -> Result<Vec<RefusedEdit>, StoreError> {
        self.store.refused().await
    }

    /// Does the same once more, as a new edit made now; it leaves the tray in the same go. `None` if it is not in the tray.
    ///
    /// # Errors
    /// When it would be refused again, or could not be written down; then it stays in the tray.
    pub async fn retry(&self, n: u64) -> Result<Option<EditName>, NotKept> {
        let Some(RefusedEdit { edit, .. }) = self.in_tray(n).await? else {
            return Ok(None);
        };
        let draft =
            Draft { circle: edit.circle, changes: edit.changes, beside: edit.beside, as_of: None, instead_of: Some(n) };
        self.keep(draft).await.map(Some)
    }

    /// Lets an edit in the tray go for good.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn discard(&self, n: u64) -> Result<(), StoreError> {
        let Some(refused) = self.in_tray(n).await? else {
            return Ok(());
        };
        let batch = Batch { ops: vec![Op::DropRefused { n }], ..Batch::default() };
        let (CommitOutcome::Committed | CommitOutcome::Moved) = self.store.commit(&batch).await?;
        self.moved(refused.edit.circle);
        Ok(())
    }

    /// An edit in the tray as plain text to keep elsewhere: a line per record, and a line per cell with name and value.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn export(&self, n: u64) -> Result<Option<String>, StoreError> {
        let Some(RefusedEdit { edit, .. }) = self.in_tray(n).await? else {
            return Ok(None);
        };
        let mut text = String::new();
        for change in &edit.changes {
            let _ = writeln!(text, "{}", change.record());
            for (name, value) in change.cells() {
                let _ = writeln!(text, "{name}\t{}", written(value));
            }
        }
        Ok(Some(text))
    }

    async fn in_tray(&self, n: u64) -> Result<Option<RefusedEdit>, StoreError> {
        let tray = self.store.refused().await?;
        Ok(tray.into_iter().find(|refused| refused.edit.name.n == n))
    }
}

fn written(value: &Value) -> String {
    let hex = |id: &[u8; 16]| opstap_core::RecordId(*id).to_string();
    match value {
        Value::Nothing => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Id(id) => hex(id),
        Value::Ids(ids) => ids.iter().map(hex).collect::<Vec<_>>().join(" "),
        Value::Blob(blob) => blob.hash.to_string(),
    }
}
