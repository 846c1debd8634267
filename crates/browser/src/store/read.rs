//! Reading. Each read is one transaction, so that it is of one moment.

use std::collections::BTreeMap;

use opstap_core::{BlobHash, CircleId, Record, RecordId};
use opstap_sync_client::stored::Stored;
use opstap_sync_client::{
    BlobState, HeldBlob, HeldCircle, HeldDevice, Loaded, Revision, StoreError, Versioned, Wanted,
};
use wasm_bindgen::JsValue;

use super::rows::{THE_DEVICE, blob_key, circle_key, kind_key, parent_key, read, record_key, revision};
use super::{Store, schema};
use crate::indexed_db::Request;
use crate::promise::bytes;

type Rows = Vec<JsValue>;

fn versioned<T: Stored>(row: &JsValue) -> Result<Versioned<T>, StoreError> {
    Ok(Versioned { value: read(row)?, revision: Revision(revision(row)?) })
}

impl Store {
    pub(super) async fn read_device(&self) -> Result<Option<Versioned<HeldDevice>>, StoreError> {
        let row = self.reads(async || {
            let reading = self.reading(&[schema::DEVICE]).await?;
            reading.store(schema::DEVICE)?.get(&THE_DEVICE.into())?.row().await
        });
        row.await?.map(|row| versioned(&row)).transpose()
    }

    pub(super) async fn read_circles(&self) -> Result<Vec<Versioned<HeldCircle>>, StoreError> {
        self.rows_of(schema::CIRCLES).await?.iter().map(versioned).collect()
    }

    pub(super) async fn read_all<T: Stored>(&self, name: &'static str) -> Result<Vec<T>, StoreError> {
        self.rows_of(name).await?.iter().map(read).collect()
    }

    async fn rows_of(&self, name: &'static str) -> Result<Rows, StoreError> {
        let rows = self.reads(async || {
            let reading = self.reading(&[name]).await?;
            reading.store(name)?.get_all(&JsValue::UNDEFINED)?.rows().await
        });
        rows.await
    }

    pub(super) async fn read_records(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Loaded, StoreError> {
        let (held, rows, pending, refused) = self.reads(async || self.rows_for(circle, wanted).await).await?;
        let held = held.map(|row| versioned::<HeldCircle>(&row)).transpose()?;
        let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
        for row in rows {
            let record: Record = read(&row)?;
            records.insert(record.id, record);
        }
        Ok(Loaded {
            circle: held.map(|held| held.value),
            revision: held.map(|held| held.revision).unwrap_or_default(),
            records: records.into_values().collect(),
            pending: pending.iter().map(read).collect::<Result<_, _>>()?,
            refused: refused.iter().map(read).collect::<Result<_, _>>()?,
        })
    }

    /// The circle's row, the rows of its records, and those of its pending and refused edits.
    async fn rows_for(
        &self,
        circle: CircleId,
        wanted: &[Wanted],
    ) -> Result<(Option<JsValue>, Rows, Rows, Rows), StoreError> {
        let stores = [schema::CIRCLES, schema::RECORDS, schema::PENDING, schema::REFUSED];
        let reading = self.reading(&stores).await?;
        let key = circle_key(circle);
        let pending = reading.store(schema::PENDING)?.index(schema::BY_CIRCLE)?.get_all(&key)?;
        let refused = reading.store(schema::REFUSED)?.index(schema::BY_CIRCLE)?.get_all(&key)?;
        let held = reading.store(schema::CIRCLES)?.get(&key)?.row().await?;
        let mut rows = Rows::new();
        // What cannot be read here is said where it is decoded.
        if let Some(Ok(held)) = held.as_ref().map(read::<HeldCircle>) {
            let records = reading.store(schema::RECORDS)?;
            let kinds = records.index(schema::BY_KIND)?;
            let parents = records.index(schema::BY_PARENT)?;
            let ask = |wanted: &Wanted| match wanted {
                Wanted::Kind(kind) => kinds.get_all(&kind_key(circle, held.generation, kind.code())),
                Wanted::Below(parent) => parents.get_all(&parent_key(circle, held.generation, *parent)),
                Wanted::One(id) => records.get_all(&record_key(circle, held.generation, *id)),
            };
            // Every question is asked before the first answer is waited for.
            let asked: Vec<Request> = wanted.iter().map(ask).collect::<Result<_, _>>()?;
            for asked in asked {
                rows.extend(asked.rows().await?);
            }
        }
        Ok((held, rows, pending.rows().await?, refused.rows().await?))
    }

    pub(super) async fn read_blobs(&self, state: BlobState) -> Result<Vec<HeldBlob>, StoreError> {
        let rows = self.reads(async || {
            let reading = self.reading(&[schema::BLOBS]).await?;
            reading.store(schema::BLOBS)?.index(schema::BY_STATE)?.get_all(&state.code().into())?.rows().await
        });
        rows.await?.iter().map(read).collect()
    }

    pub(super) async fn read_blob(
        &self,
        circle: CircleId,
        hash: BlobHash,
    ) -> Result<Option<(HeldBlob, Vec<u8>)>, StoreError> {
        let found = self.reads(async || {
            let reading = self.reading(&[schema::BLOBS, schema::BYTES]).await?;
            let key = blob_key(circle, hash);
            let row = reading.store(schema::BLOBS)?.get(&key)?;
            let bytes = reading.store(schema::BYTES)?.get(&key)?;
            Ok(row.row().await?.zip(bytes.row().await?))
        });
        let Some((row, found)) = found.await? else {
            return Ok(None);
        };
        Ok(Some((read(&row)?, bytes(found).ok_or(StoreError::Corrupt)?)))
    }
}
