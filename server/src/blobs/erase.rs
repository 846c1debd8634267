//! Erasing the bytes of photos and sounds that nothing refers to any more.

use std::io;

use opstap_sync_server::{Service, Storage};

use super::BlobFolder;
use crate::live::LiveHints;

/// Erases what is to be erased, at the start and whenever there is something. What fails is tried again at the next time.
pub async fn erase_when_told<S: Storage>(service: Service<S>, blobs: BlobFolder, hints: LiveHints) {
    loop {
        if let Err(cause) = erase(&service, &blobs).await {
            tracing::warn!(%cause, "photos that were purged are not erased yet");
        }
        hints.erasing().await;
    }
}

/// Erases all there is to erase now.
///
/// # Errors
/// When the disk or the storage fails; what was not erased stays to be erased.
pub async fn erase<S: Storage>(service: &Service<S>, blobs: &BlobFolder) -> io::Result<()> {
    for (circle, hash) in service.blobs_to_erase().await.map_err(io::Error::other)? {
        match blobs.remove(circle, hash).await {
            // It went before a crash, and nobody was told.
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            Ok(()) | Err(_) => service.blob_erased(circle, hash).await.map_err(io::Error::other)?,
        }
    }
    Ok(())
}
