//! What a client keeps and can show: a photo of a result, a word about it, something put in the book. They are read in one way, whichever
//! they are, so that each brings no reading of its own.

use opstap_core::{BlobRef, Kind, Millis, PersonId, Record, RecordId, Stamp, Value};

use crate::components::Saved;
use crate::device::Reader;
use crate::stories::sort_by;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keepsake {
    /// Its record.
    pub id: RecordId,
    /// When it was made, in an order that all devices agree on.
    pub made: Option<Stamp>,
    /// When, by the device's corrected clock.
    pub at: Millis,
    /// The photo.
    pub photo: Option<BlobRef>,
    /// The words as they were spoken.
    pub voice: Option<BlobRef>,
    /// The words.
    pub text: Option<String>,
    /// Whom it was shown to.
    pub audience: Vec<PersonId>,
    /// Whether it is sent.
    pub saved: Saved,
}

impl Keepsake {
    fn of(record: &Record, saved: Saved) -> Self {
        let blob = |cell| match record.value(cell) {
            Some(Value::Blob(blob)) => Some(*blob),
            _ => None,
        };
        let at = match record.value("at") {
            Some(Value::Int(at)) => Millis(u64::try_from(*at).unwrap_or_default()),
            _ => Millis(0),
        };
        let text = match record.value("text") {
            Some(Value::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        Self {
            id: record.id,
            made: record.made(),
            at,
            photo: blob("photo"),
            voice: blob("voice"),
            text,
            audience: record.audience().unwrap_or_default(),
            saved,
        }
    }
}

async fn of_kind(reader: &Reader, kind: Kind, below: Option<RecordId>) -> Vec<Keepsake> {
    let all = reader.records(kind, below).await;
    all.iter().map(|(record, saved)| Keepsake::of(record, *saved)).collect()
}

/// The photos and words of all runs that the reader may see, each with its run, as they were made.
pub async fn of_runs(reader: &Reader) -> Vec<(Option<RecordId>, Keepsake)> {
    let mut kept = Vec::new();
    for kind in [Kind::RunPhoto, Kind::RunWord] {
        let all = reader.records(kind, None).await;
        kept.extend(all.iter().map(|(record, saved)| (record.parent, Keepsake::of(record, *saved))));
    }
    sort_by(&mut kept, |(_, a), (_, b)| (a.made, a.id) > (b.made, b.id));
    kept
}

/// The photos and words of a run that the reader may see, as they were made.
pub async fn of_run(reader: &Reader, run: RecordId) -> Vec<Keepsake> {
    let mut kept = of_kind(reader, Kind::RunPhoto, Some(run)).await;
    kept.extend(of_kind(reader, Kind::RunWord, Some(run)).await);
    sort_by(&mut kept, |a, b| (a.made, a.id) > (b.made, b.id));
    kept
}

/// What was put in the book and the reader may see, the newest first.
pub async fn entries(reader: &Reader) -> Vec<Keepsake> {
    let mut kept = of_kind(reader, Kind::BookEntry, None).await;
    sort_by(&mut kept, |a, b| (a.at, a.id) < (b.at, b.id));
    kept
}

/// What stands under this id; all of a run's result with the id of a run.
pub async fn under(reader: &Reader, id: RecordId) -> Vec<Keepsake> {
    match reader.record(id).await {
        Some(record) if record.is_deleted() => Vec::new(),
        Some(record) if record.kind == Kind::Run => of_run(reader, id).await,
        Some(record) => vec![Keepsake::of(&record, Saved::Sent)],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{BookEntry, Model, RunWord};
    use opstap_core::{Cell, Change, DeviceId};

    use super::*;

    const ID: RecordId = RecordId([1; 16]);

    fn kept(change: Change) -> Keepsake {
        let Change::Make { id, kind, parent, cells } = change else { panic!("made") };
        let mut record = Record::new(id, kind, parent);
        let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
        for (name, value) in cells {
            record.cells.insert(name, Cell { value, stamp, number: 1 });
        }
        Keepsake::of(&record, Saved::Sent)
    }

    #[test]
    fn a_word_and_an_entry_are_read_as_they_were_written() {
        let karin = PersonId([2; 16]);
        let text = Some("Het was lekker.".to_owned());
        let word = RunWord { text: text.clone(), voice: None, at: Millis(5), audience: vec![karin] };
        let told = kept(word.make_below(ID, ID));
        assert_eq!((told.text, told.at, told.audience), (text, Millis(5), vec![karin]));
        let entry = BookEntry { at: Millis(6), text: None, photo: None, voice: None, audience: Vec::new() };
        let told = kept(entry.make(ID));
        assert_eq!((told.text, told.photo, told.voice, told.at), (None, None, None, Millis(6)));
    }
}
