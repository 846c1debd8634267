//! The part of the storage that knows which photos and sounds there are; their bytes lie elsewhere.

use opstap_core::{BlobHash, CircleId, PersonId, RecordId};

use super::StorageError;

/// A blob as one circle knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobRow {
    /// The circle.
    pub circle: CircleId,
    /// Its name.
    pub hash: BlobHash,
    /// Its length in bytes, as it arrived, or as the first record that refers to it says.
    pub size: u32,
    /// Who brought it, if it arrived.
    pub uploader: Option<PersonId>,
    /// The circle in whose store the bytes lie; `None` while the server lacks them. It is another circle for what came from the library.
    pub held_in: Option<CircleId>,
}

/// Reading which blobs there are.
pub trait ReadBlobs {
    /// A blob of a circle.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn blob(&self, circle: CircleId, hash: &BlobHash) -> Result<Option<BlobRow>, StorageError>;

    /// The blob as every circle that knows it has it, in order of circle.
    fn blob_everywhere(&self, hash: &BlobHash) -> Result<Vec<BlobRow>, StorageError>;

    /// The records of a circle that refer to a blob now or did before, in order of id.
    fn mentions(&self, circle: CircleId, hash: &BlobHash) -> Result<Vec<RecordId>, StorageError>;

    /// The blobs that records of a circle refer to and the server lacks, in order of hash.
    fn lacking(&self, circle: CircleId) -> Result<Vec<BlobHash>, StorageError>;

    /// Blobs whose bytes are to be erased, by the circle in whose store they lie, in order.
    fn to_erase(&self) -> Result<Vec<(CircleId, BlobHash)>, StorageError>;
}

/// Writing which blobs there are.
pub trait WriteBlobs: ReadBlobs {
    /// Writes a blob over what it was.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn put_blob(&mut self, row: &BlobRow) -> Result<(), StorageError>;

    /// Says that a record refers to a blob; said twice, it counts once.
    fn add_mention(&mut self, circle: CircleId, hash: &BlobHash, record: RecordId) -> Result<(), StorageError>;

    /// Says that a record refers to no blob any more; gives those to which no record of the circle refers now, in order of hash.
    fn drop_mentions(&mut self, circle: CircleId, record: RecordId) -> Result<Vec<BlobHash>, StorageError>;

    /// Forgets a blob of a circle.
    fn drop_blob(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError>;

    /// Says that the bytes of a blob that lie in the store of a circle are to be erased.
    fn put_to_erase(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError>;

    /// Says that they were, or are wanted again.
    fn drop_to_erase(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError>;
}
