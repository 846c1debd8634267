//! Reading. Each read is one transaction, so that it is of one moment.

use opstap_core::protocol::Figures;
use opstap_core::{BlobHash, CircleId, Record, RecordId, Sorted};
use opstap_sync_client::stored::Stored;
use opstap_sync_client::{
    BlobState, HeldBlob, HeldCircle, HeldDevice, HeldSummary, Loaded, Revision, StoreError, Versioned, Wanted,
};
use wasm_bindgen::JsValue;

use super::rows::{THE_DEVICE, blob_key, circle_key, kind_key, parent_key, read, read_each, record_key, revision};
use super::{Store, schema};
use crate::indexed_db::{Request, Transaction};
use crate::promise::bytes;

type Rows = Vec<JsValue>;

fn versioned<T: Stored>(row: &JsValue) -> Result<Versioned<T>, StoreError> {
    Ok(Versioned { value: read(row)?, revision: Revision(revision(row)?) })
}

/// Something to read.
enum Question {
    /// Every row of an object store.
    All(&'static str),
    /// The row under a key, if there is one.
    One(&'static str, JsValue),
    /// Those that an index has under a key.
    Of(&'static str, &'static str, JsValue),
}

impl Question {
    const fn name(&self) -> &'static str {
        let (Self::All(name) | Self::One(name, _) | Self::Of(name, ..)) = self;
        name
    }

    fn ask(&self, reading: &Transaction) -> Result<Request, StoreError> {
        let store = reading.store(self.name())?;
        match self {
            Self::All(_) => store.get_all(&JsValue::UNDEFINED),
            Self::One(_, key) => store.get_all(key),
            Self::Of(_, index, key) => store.index(index)?.get_all(key),
        }
    }
}

impl Store {
    pub(super) async fn read_device(&self) -> Result<Option<Versioned<HeldDevice>>, StoreError> {
        let rows = self.answer(Question::One(schema::DEVICE, THE_DEVICE.into())).await?;
        rows.first().map(versioned).transpose()
    }

    pub(super) async fn read_circles(&self) -> Result<Vec<Versioned<HeldCircle>>, StoreError> {
        self.rows_of(schema::CIRCLES).await?.iter().map(versioned).collect()
    }

    pub(super) async fn read_all<T: Stored>(&self, name: &'static str) -> Result<Vec<T>, StoreError> {
        read_each(&self.rows_of(name).await?)
    }

    /// One that cannot be read is none: it is only a cache.
    pub(super) async fn read_summaries(&self) -> Result<Vec<HeldSummary>, StoreError> {
        Ok(self.rows_of(schema::SUMMARIES).await?.iter().filter_map(|row| read(row).ok()).collect())
    }

    async fn rows_of(&self, name: &'static str) -> Result<Rows, StoreError> {
        self.answer(Question::All(name)).await
    }

    async fn answer(&self, question: Question) -> Result<Rows, StoreError> {
        Ok(self.answers(&[question]).await?.pop().unwrap_or_default())
    }

    /// What the questions bring, all of one moment. Not generic, so that it is in the program once.
    async fn answers(&self, questions: &[Question]) -> Result<Vec<Rows>, StoreError> {
        self.reads(async || {
            let names: Vec<&str> = questions.iter().map(Question::name).collect();
            let reading = self.reading(&names).await?;
            let mut all_asked = Vec::new();
            for question in questions {
                all_asked.push(question.ask(&reading)?);
            }
            let mut answers = Vec::new();
            for asked in all_asked {
                answers.push(asked.rows().await?);
            }
            Ok(answers)
        })
        .await
    }

    pub(super) async fn read_figures(&self, circle: CircleId) -> Result<Option<Figures>, StoreError> {
        let row = async {
            let reading = self.reading(&[schema::FIGURES]).await?;
            reading.store(schema::FIGURES)?.get(&circle_key(circle))?.row().await
        };
        row.await.map_err(|error| self.failed(error))?.map(|row| read(&row)).transpose()
    }

    pub(super) async fn read_records(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Loaded, StoreError> {
        let (held, rows, pending, refused) = self.reads(async || self.rows_for(circle, wanted).await).await?;
        let held = held.map(|row| versioned::<HeldCircle>(&row)).transpose()?;
        let records = read_each::<Record>(&rows)?.into_iter().map(|record| (record.id, record));
        let records: Sorted<RecordId, Record> = records.collect();
        Ok(Loaded {
            circle: held.map(|held| held.value),
            revision: held.map(|held| held.revision).unwrap_or_default(),
            records: records.into_values().collect(),
            pending: read_each(&pending)?,
            refused: read_each(&refused)?,
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
            // Every question is asked before the first answer is waited for.
            let mut all_asked = Vec::new();
            for wanted in wanted {
                all_asked.push(match wanted {
                    Wanted::Kind(kind) => kinds.get_all(&kind_key(circle, held.generation, kind.code())),
                    Wanted::Below(parent) => parents.get_all(&parent_key(circle, held.generation, *parent)),
                    Wanted::One(id) => records.get_all(&record_key(circle, held.generation, *id)),
                }?);
            }
            for asked in all_asked {
                rows.extend(asked.rows().await?);
            }
        }
        Ok((held, rows, pending.rows().await?, refused.rows().await?))
    }

    pub(super) async fn read_blobs(&self, state: BlobState) -> Result<Vec<HeldBlob>, StoreError> {
        read_each(&self.answer(Question::Of(schema::BLOBS, schema::BY_STATE, state.code().into())).await?)
    }

    pub(super) async fn read_blob(
        &self,
        circle: CircleId,
        hash: BlobHash,
    ) -> Result<Option<(HeldBlob, Vec<u8>)>, StoreError> {
        let key = blob_key(circle, hash);
        let questions = [Question::One(schema::BLOBS, key.clone()), Question::One(schema::BYTES, key)];
        let mut answers = self.answers(&questions).await?.into_iter().flatten();
        let (Some(row), Some(found)) = (answers.next(), answers.next()) else { return Ok(None) };
        Ok(Some((read(&row)?, bytes(found).ok_or(StoreError::Corrupt)?)))
    }
}
