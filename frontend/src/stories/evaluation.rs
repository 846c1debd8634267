//! The evaluation that a client can read now.

use opstap_core::{Kind, RecordId, Value};

use crate::device::Reader;

/// An evaluation that is ready to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Which.
    pub id: RecordId,
    /// The client said already that it is so.
    pub agreed: bool,
}

/// The one that looks back on the latest days. Told from the cells alone: the first screen of a client asks this each time, in few bytes.
pub async fn ready(reader: &Reader) -> Option<Ready> {
    let all = reader.records(Kind::Evaluation, None).await;
    let has = |record: &opstap_core::Record, cell| matches!(record.value(cell), Some(Value::Int(_)));
    let ready = all.iter().filter(|(record, _)| has(record, "ready"));
    let to = |record: &opstap_core::Record| match record.value("to") {
        Some(Value::Int(day)) => *day,
        _ => 0,
    };
    let (last, _) = ready.max_by_key(|(record, _)| (to(record), record.id))?;
    Some(Ready { id: last.id, agreed: has(last, "agreed") })
}
