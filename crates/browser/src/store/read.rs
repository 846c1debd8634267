//! Reading. Each read is one transaction, so that it is of one moment.

use std::collections::BTreeMap;

use indexed_db_futures::KeyRange;
use indexed_db_futures::error::Error;
use indexed_db_futures::future::GetAllPrimitiveRequest;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::{BuildPrimitive, QuerySource};
use opstap_core::{BlobHash, CircleId, Record, RecordId};
use opstap_sync_client::stored::Stored;
use opstap_sync_client::{
    BlobState, HeldBlob, HeldCircle, HeldDevice, Loaded, Revision, StoreError, Versioned, Wanted,
};
use wasm_bindgen::JsValue;

use super::rows::{THE_DEVICE, blob_key, circle_key, kind_key, parent_key, read, record_key, revision};
use super::{Store, reading, schema};
use crate::promise::bytes;

type Rows = Vec<JsValue>;

/// The row under a key.
pub(super) async fn one(source: &ObjectStore<'_>, key: JsValue) -> Result<Option<JsValue>, Error> {
    source.get::<JsValue, JsValue, _>(key).primitive()?.await
}

/// Every row, or those in a range.
pub(super) async fn many(source: &impl Rowed, range: Option<KeyRange<JsValue>>) -> Result<Rows, Error> {
    source.ask(range)?.await?.collect()
}

/// Where rows can be read from: an object store or an index.
pub(super) trait Rowed {
    /// Sends the request off; what comes is waited for later, so that several are under way at once.
    fn ask(&self, range: Option<KeyRange<JsValue>>) -> Result<Asked, Error>;
}

type Asked = GetAllPrimitiveRequest<JsValue>;

macro_rules! rowed {
    ($source:ty) => {
        impl Rowed for $source {
            fn ask(&self, range: Option<KeyRange<JsValue>>) -> Result<Asked, Error> {
                match range {
                    Some(range) => self.get_all::<JsValue>().with_query::<JsValue, _>(range).primitive(),
                    None => self.get_all::<JsValue>().primitive(),
                }
            }
        }
    };
}

rowed!(ObjectStore<'_>);
rowed!(indexed_db_futures::index::Index<'_>);

fn versioned<T: Stored>(row: &JsValue) -> Result<Versioned<T>, StoreError> {
    Ok(Versioned { value: read(row)?, revision: Revision(revision(row)?) })
}

impl Store {
    pub(super) async fn read_device(&self) -> Result<Option<Versioned<HeldDevice>>, StoreError> {
        let database = self.alive().await?;
        let row = async {
            let reading = reading(&database, &[schema::DEVICE])?;
            one(&reading.object_store(schema::DEVICE)?, THE_DEVICE.into()).await
        };
        row.await.map_err(|error| self.failed(&error))?.map(|row| versioned(&row)).transpose()
    }

    pub(super) async fn read_circles(&self) -> Result<Vec<Versioned<HeldCircle>>, StoreError> {
        self.rows_of(schema::CIRCLES).await?.iter().map(versioned).collect()
    }

    pub(super) async fn read_all<T: Stored>(&self, name: &'static str) -> Result<Vec<T>, StoreError> {
        self.rows_of(name).await?.iter().map(read).collect()
    }

    async fn rows_of(&self, name: &'static str) -> Result<Rows, StoreError> {
        let database = self.alive().await?;
        let rows = async {
            let reading = reading(&database, &[name])?;
            many(&reading.object_store(name)?, None).await
        };
        rows.await.map_err(|error| self.failed(&error))
    }

    pub(super) async fn read_records(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Loaded, StoreError> {
        let database = self.alive().await?;
        let (held, rows, pending, refused) =
            rows_for(&database, circle, wanted).await.map_err(|error| self.failed(&error))?;
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

    pub(super) async fn read_blobs(&self, state: BlobState) -> Result<Vec<HeldBlob>, StoreError> {
        let database = self.alive().await?;
        let rows = async {
            let reading = reading(&database, &[schema::BLOBS])?;
            let blobs = reading.object_store(schema::BLOBS)?;
            many(&blobs.index(schema::BY_STATE)?, Some(KeyRange::Only(state.code().into()))).await
        };
        rows.await.map_err(|error| self.failed(&error))?.iter().map(read).collect()
    }

    pub(super) async fn read_blob(
        &self,
        circle: CircleId,
        hash: BlobHash,
    ) -> Result<Option<(HeldBlob, Vec<u8>)>, StoreError> {
        let database = self.alive().await?;
        let found = async {
            let reading = reading(&database, &[schema::BLOBS, schema::BYTES])?;
            let row = one(&reading.object_store(schema::BLOBS)?, blob_key(circle, hash)).await?;
            let bytes = one(&reading.object_store(schema::BYTES)?, blob_key(circle, hash)).await?;
            Ok(row.zip(bytes))
        };
        let Some((row, found)) = found.await.map_err(|error: Error| self.failed(&error))? else {
            return Ok(None);
        };
        Ok(Some((read(&row)?, bytes(found).ok_or(StoreError::Corrupt)?)))
    }
}

/// The circle's row, the rows of its records, and those of its pending and refused edits.
async fn rows_for(
    database: &indexed_db_futures::database::Database,
    circle: CircleId,
    wanted: &[Wanted],
) -> Result<(Option<JsValue>, Rows, Rows, Rows), Error> {
    let stores = [schema::CIRCLES, schema::RECORDS, schema::PENDING, schema::REFUSED];
    let reading = reading(database, &stores)?;
    let of_circle = || Some(KeyRange::Only(circle_key(circle)));
    let pending = reading.object_store(schema::PENDING)?.index(schema::BY_CIRCLE)?.ask(of_circle())?;
    let refused = reading.object_store(schema::REFUSED)?.index(schema::BY_CIRCLE)?.ask(of_circle())?;
    let held = one(&reading.object_store(schema::CIRCLES)?, circle_key(circle)).await?;
    let mut rows = Rows::new();
    // What cannot be read here is said where it is decoded.
    if let Some(Ok(held)) = held.as_ref().map(read::<HeldCircle>) {
        let records = reading.object_store(schema::RECORDS)?;
        let kinds = records.index(schema::BY_KIND)?;
        let parents = records.index(schema::BY_PARENT)?;
        let ask = |wanted: &Wanted| match wanted {
            Wanted::Kind(kind) => kinds.ask(Some(KeyRange::Only(kind_key(circle, held.generation, kind.code())))),
            Wanted::Below(parent) => parents.ask(Some(KeyRange::Only(parent_key(circle, held.generation, *parent)))),
            Wanted::One(id) => records.ask(Some(KeyRange::Only(record_key(circle, held.generation, *id)))),
        };
        let asked: Vec<Asked> = wanted.iter().map(ask).collect::<Result<_, _>>()?;
        for asked in asked {
            for row in asked.await? {
                rows.push(row?);
            }
        }
    }
    let pending = pending.await?.collect::<Result<_, _>>()?;
    let refused = refused.await?.collect::<Result<_, _>>()?;
    Ok((held, rows, pending, refused))
}
