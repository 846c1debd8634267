//! The storage in memory keeps the contract, and the service does through it what it must.

use opstap_sync_server::memory::MemoryStorage;

fn open() -> (MemoryStorage, ()) {
    (MemoryStorage::new(), ())
}

opstap_sync_server::storage_suite!(open);
