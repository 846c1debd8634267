//! One blob on its way in: written as it comes, hashed as it is written, taken only when it proves to be what it is named after.

use std::io;
use std::path::PathBuf;

use opstap_core::BlobHash;
use sha2::{Digest, Sha256};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::blobs::folder::{Turn, settle};
use crate::blobs::{Unfit, look_at};

/// Why an upload came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The same person is sending the same blob just now.
    #[error("the blob is being sent already")]
    AtWork,
    /// It should go on from another place.
    #[error("the upload goes on from another place")]
    OtherOffset {
        /// How many bytes are here.
        have: u64,
    },
    /// More bytes than are taken.
    #[error("the blob is too large")]
    TooLarge {
        /// The most that are taken.
        most: u64,
    },
    /// The bytes have another SHA-256.
    #[error("the bytes do not match the name")]
    DoesNotMatch,
    /// The right bytes, and no photo or sound.
    #[error("the blob is no photo or sound that is taken")]
    Unfit(Unfit),
    /// The disk failed.
    #[error("the disk failed: {0}")]
    Disk(#[from] io::Error),
}

/// An upload under way. Dropped half-way it leaves what came, for its sender to go on.
pub struct Upload {
    file: File,
    hasher: Sha256,
    hash: BlobHash,
    length: u64,
    most: u64,
    arriving: PathBuf,
    place: PathBuf,
    _turn: Turn,
}

impl Upload {
    pub(super) async fn open(
        turn: Turn,
        (arriving, place): (PathBuf, PathBuf),
        hash: BlobHash,
        offset: u64,
        most: u64,
    ) -> Result<Self, Stopped> {
        let begins = offset == 0;
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(begins).open(&arriving).await?;
        let mut hasher = Sha256::new();
        let mut piece = vec![0; 64 * 1_024];
        loop {
            let read = file.read(&mut piece).await?;
            match piece.get(..read) {
                Some(bytes) if read > 0 => hasher.update(bytes),
                _ => break,
            }
        }
        let length = offset;
        Ok(Self { file, hasher, hash, length, most, arriving, place, _turn: turn })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// When there are more than are taken; then nothing of it is kept.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<(), Stopped> {
        self.length = self.length.saturating_add(bytes.len() as u64);
        if self.length > self.most {
            fs::remove_file(&self.arriving).await?;
            return Err(Stopped::TooLarge { most: self.most });
        }
        self.hasher.update(bytes);
        Ok(self.file.write_all(bytes).await?)
    }

    /// Hands what came to the disk when the rest does not come, so that the sender can go on from there.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn pause(mut self) -> io::Result<u64> {
        self.file.flush().await?;
        Ok(self.length)
    }

    /// Ends the upload: proves the bytes, looks at them, puts them in their place for good and says how many they are.
    ///
    /// # Errors
    /// When the bytes are not what the name says, or no photo or sound; then nothing of it is kept.
    pub async fn finish(mut self) -> Result<u32, Stopped> {
        self.file.flush().await?;
        if self.hasher.finalize().as_slice() != self.hash.0 {
            fs::remove_file(&self.arriving).await?;
            return Err(Stopped::DoesNotMatch);
        }
        let arriving = self.arriving.clone();
        let looking = tokio::task::spawn_blocking(move || {
            let file = std::fs::File::open(arriving)?;
            Ok::<_, io::Error>(look_at(io::BufReader::new(file)))
        });
        match looking.await.map_err(io::Error::other)?? {
            Ok(()) => {
                settle(&self.arriving, &self.place).await?;
                u32::try_from(self.length).map_err(|_| Stopped::TooLarge { most: self.most })
            }
            Err(unfit) => {
                fs::remove_file(&self.arriving).await?;
                Err(Stopped::Unfit(unfit))
            }
        }
    }
}
