//! Which photos and sounds there are.

use opstap_core::{BlobHash, CircleId, PersonId, RecordId};
use opstap_sync_server::storage::{BlobRow, ReadBlobs, StorageError, WriteBlobs};
use tokio_postgres::Row;

use super::Rows;
use crate::column::{bytes, bytes_or_none, columns, small};

fn blob_row(row: &Row) -> Result<BlobRow, StorageError> {
    Ok(BlobRow {
        circle: CircleId(bytes(row, 0)?),
        hash: BlobHash(bytes(row, 1)?),
        size: small(row, 2)?,
        uploader: bytes_or_none(row, 3)?.map(PersonId),
        held_in: bytes_or_none(row, 4)?.map(CircleId),
    })
}

impl ReadBlobs for Rows<'_> {
    fn blob(&self, circle: CircleId, hash: &BlobHash) -> Result<Option<BlobRow>, StorageError> {
        self.one(
            "SELECT circle, hash, size, uploader, held_in FROM blob WHERE circle = $1 AND hash = $2",
            columns![circle.0, hash.0],
            blob_row,
        )
    }

    fn blob_everywhere(&self, hash: &BlobHash) -> Result<Vec<BlobRow>, StorageError> {
        self.all(
            "SELECT circle, hash, size, uploader, held_in FROM blob WHERE hash = $1 ORDER BY circle",
            columns![hash.0],
            blob_row,
        )
    }

    fn mentions(&self, circle: CircleId, hash: &BlobHash) -> Result<Vec<RecordId>, StorageError> {
        self.all(
            "SELECT record FROM mention WHERE circle = $1 AND hash = $2 ORDER BY record",
            columns![circle.0, hash.0],
            |row| bytes(row, 0).map(RecordId),
        )
    }

    fn lacking(&self, circle: CircleId) -> Result<Vec<BlobHash>, StorageError> {
        self.all(
            "SELECT hash FROM blob WHERE circle = $1 AND held_in IS NULL ORDER BY hash",
            columns![circle.0],
            |row| bytes(row, 0).map(BlobHash),
        )
    }

    fn to_erase(&self) -> Result<Vec<(CircleId, BlobHash)>, StorageError> {
        self.all("SELECT circle, hash FROM erasing ORDER BY circle, hash", columns![], |row| {
            Ok((CircleId(bytes(row, 0)?), BlobHash(bytes(row, 1)?)))
        })
    }
}

impl WriteBlobs for Rows<'_> {
    fn put_blob(&mut self, row: &BlobRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO blob (circle, hash, size, uploader, held_in) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (circle, hash) DO UPDATE SET \
             size = excluded.size, uploader = excluded.uploader, held_in = excluded.held_in",
            columns![
                row.circle.0,
                row.hash.0,
                row.size,
                row.uploader.map(|person| person.0),
                row.held_in.map(|circle| circle.0),
            ],
        )
    }

    fn add_mention(&mut self, circle: CircleId, hash: &BlobHash, record: RecordId) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO mention (circle, hash, record) VALUES ($1, $2, $3) \
             ON CONFLICT (circle, hash, record) DO NOTHING",
            columns![circle.0, hash.0, record.0],
        )
    }

    fn drop_mentions(&mut self, circle: CircleId, record: RecordId) -> Result<Vec<BlobHash>, StorageError> {
        let of_record = self.all(
            "SELECT hash FROM mention WHERE circle = $1 AND record = $2 ORDER BY hash",
            columns![circle.0, record.0],
            |row| bytes(row, 0).map(BlobHash),
        )?;
        self.run("DELETE FROM mention WHERE circle = $1 AND record = $2", columns![circle.0, record.0])?;
        let mut left = Vec::new();
        for hash in of_record {
            if self.mentions(circle, &hash)?.is_empty() {
                left.push(hash);
            }
        }
        Ok(left)
    }

    fn drop_blob(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError> {
        self.run("DELETE FROM blob WHERE circle = $1 AND hash = $2", columns![circle.0, hash.0])
    }

    fn put_to_erase(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO erasing (circle, hash) VALUES ($1, $2) ON CONFLICT (circle, hash) DO NOTHING",
            columns![circle.0, hash.0],
        )
    }

    fn drop_to_erase(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError> {
        self.run("DELETE FROM erasing WHERE circle = $1 AND hash = $2", columns![circle.0, hash.0])
    }
}
