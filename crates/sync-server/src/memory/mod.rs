//! Storage in memory, for tests and simulations: it keeps the contract, except that nothing survives the process.

mod circle;
mod identity;
mod mail;
mod push;

use std::sync::{Arc, Mutex, PoisonError};

use crate::storage::{Snapshot, Storage, StorageError, Txn};

/// A database in memory.
#[derive(Clone, Default)]
pub struct MemoryStorage {
    state: Arc<Mutex<Arc<State>>>,
}

/// Everything there is. Copying it is how a job gets something to throw away: maps of shared rows, so a copy is shallow.
#[derive(Clone, Default)]
struct State {
    circles: circle::Circles,
    identity: identity::Identity,
    pushes: push::Pushes,
    mails: mail::Mails,
}

impl MemoryStorage {
    /// An empty database.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A database of its own with the same in it: what a backup of this one would hold now.
    #[must_use]
    pub fn twin(&self) -> Self {
        let state = Arc::clone(&self.state.lock().unwrap_or_else(PoisonError::into_inner));
        Self { state: Arc::new(Mutex::new(state)) }
    }
}

impl Storage for MemoryStorage {
    async fn read<R: Send + 'static>(
        &self,
        mut job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        let state = Arc::clone(&self.state.lock().unwrap_or_else(PoisonError::into_inner));
        job(&*state)
    }

    async fn write<R: Send + 'static>(
        &self,
        mut job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        // A job that panicked left only its own copy half-written: the state behind a poisoned lock is whole.
        let mut current = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = State::clone(&current);
        let result = job(&mut next)?;
        *current = Arc::new(next);
        Ok(result)
    }
}
