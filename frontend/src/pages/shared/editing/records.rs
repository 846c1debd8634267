//! Records of a few kinds as a sheet to work on, for screens whose fields stand for cells and no more.

use opstap_core::model::{Member, Model};
use opstap_core::{Kind, Millis, Record, RecordId, Seen, Value, order};

use super::places::Placed;
use super::work::Worked;
use super::writers::Writers;
use crate::device::{Entry, Reader};
use crate::stories;

/// All records of some kinds in a circle, also those that were removed, in the order in which they were made.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    list: Vec<Record>,
    seen: Seen,
    writers: Writers,
    /// Who is in the circle.
    pub members: Vec<Entry<Member>>,
}

impl Records {
    /// Reads them.
    pub async fn read(reader: Reader, kinds: impl IntoIterator<Item = Kind>) -> Option<Self> {
        let seen = reader.seen().await?;
        let members = stories::members(&reader).await;
        let mut list = Vec::new();
        for kind in kinds {
            list.extend(reader.records(kind, None).await.into_iter().map(|(record, _)| record));
            list.extend(reader.deleted(kind).await);
        }
        let names = members.iter().map(|member| (member.value.person, member.value.name.clone())).collect();
        let writers = Writers::of(&reader, list.iter(), names).await;
        let mut read = Self { list, seen, writers, members };
        read.sort();
        Some(read)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Record] {
        &self.list
    }

    /// Those of a kind that stand, right below another or at the top, in the order in which they were made.
    #[must_use]
    pub fn below<M: Model>(&self, parent: Option<RecordId>) -> Vec<(RecordId, M)> {
        let of_it = self.list.iter().filter(|record| record.kind == M::KIND && record.parent == parent);
        of_it
            .filter(|record| !record.is_deleted())
            .filter_map(|record| Some((record.id, M::from_record(record)?)))
            .collect()
    }

    /// The same in the order of their places.
    #[must_use]
    pub fn in_order<M: Model>(&self, parent: RecordId, place: impl Fn(&M) -> &String) -> Vec<(RecordId, M)> {
        let mut below = self.below::<M>(Some(parent));
        below.sort_by(|a, b| (place(&a.1), a.0).cmp(&(place(&b.1), b.0)));
        below
    }

    /// The places of records of a kind right below another, in their order.
    #[must_use]
    pub fn places(&self, kind: Kind, parent: RecordId) -> Vec<Placed> {
        let of_it = self.list.iter().filter(|record| record.kind == kind && record.parent == Some(parent));
        let place = |record: &Record| Some((record.id, text(record, "order")?));
        let mut places: Vec<Placed> = of_it.filter(|record| !record.is_deleted()).filter_map(place).collect();
        places.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        places
    }

    /// The place behind the last of them.
    #[must_use]
    pub fn place_behind(&self, kind: Kind, parent: RecordId) -> String {
        let places = self.places(kind, parent);
        order::between(places.last().map(|(_, order)| order.as_str()), None)
    }

    /// One that stands.
    #[must_use]
    pub fn one<M: Model>(&self, id: RecordId) -> Option<M> {
        self.record(id).filter(|record| !record.is_deleted()).and_then(M::from_record)
    }

    /// The words in a cell; none where there are none.
    #[must_use]
    pub fn words(&self, id: RecordId, cell: &str) -> String {
        self.record(id).and_then(|record| text(record, cell)).unwrap_or_default()
    }
}

impl Worked for Records {
    fn seen(&self) -> Seen {
        self.seen
    }

    fn record(&self, id: RecordId) -> Option<&Record> {
        self.list.iter().find(|record| record.id == id)
    }

    fn above(&self, id: RecordId) -> Option<&Record> {
        self.record(self.record(id)?.parent?)
    }

    fn take(&mut self, id: RecordId) -> Option<Record> {
        let at = self.list.iter().position(|record| record.id == id)?;
        Some(self.list.remove(at))
    }

    fn put(&mut self, record: Record) {
        self.list.push(record);
    }

    fn sort(&mut self) {
        self.list.sort_by_key(|record| (record.made(), record.id));
    }

    fn writers(&self) -> &Writers {
        &self.writers
    }

    fn now(&self) -> Millis {
        let latest = self.list.iter().filter_map(Record::latest).map(|stamp| stamp.millis.0).max();
        Millis(latest.map_or(0, |latest| latest + 1))
    }
}

fn text(record: &Record, cell: &str) -> Option<String> {
    match record.value(cell) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
