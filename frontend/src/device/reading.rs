//! Reading a circle from the device's own store, again whenever the circle moves.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::access::CircleAccess;
use opstap_core::model::Model;
use opstap_core::{CircleId, Day, Kind, PersonId, Record, RecordId, Seen, Stamp};
use opstap_sync_client::{NotKept, Pick, Query, RecordState, StoreError};
use opstap_view::prelude::*;
use opstap_view::{AnyContent, AnySignal};

use super::runtime;
use crate::components::Saved;

/// A record as a screen sees it: what the server confirmed, with this device's own edits over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<M> {
    /// Its id.
    pub id: RecordId,
    /// The record above it.
    pub parent: Option<RecordId>,
    /// What it says.
    pub value: M,
    /// Whether it is sent.
    pub saved: Saved,
    /// Who made it, where known.
    pub author: Option<PersonId>,
    /// When it was made.
    pub made: Option<Stamp>,
    /// All of it, for conflicts and cells the model does not name.
    pub record: Record,
}

impl<M> Entry<M> {
    /// Whether it was made before a day. Of logs, figures may count those already.
    #[must_use]
    pub fn is_older_than(&self, day: Day) -> bool {
        self.made.is_some_and(|made| Day::of(made.millis) < day)
    }
}

/// Reads one circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    circle: CircleId,
}

impl Reader {
    /// A reader of this circle.
    #[must_use]
    pub const fn new(circle: CircleId) -> Self {
        Self { circle }
    }

    /// The circle it reads.
    #[must_use]
    pub const fn circle(&self) -> CircleId {
        self.circle
    }

    /// Every record of a kind, deleted ones left out.
    pub async fn all<M: Model>(&self) -> Vec<Entry<M>> {
        typed(self.read(M::KIND, Pick::All).await)
    }

    /// The records of a kind right below another.
    pub async fn below<M: Model>(&self, parent: RecordId) -> Vec<Entry<M>> {
        typed(self.read(M::KIND, Pick::Below(parent)).await)
    }

    /// One record, if it is here, of that kind and not deleted.
    pub async fn one<M: Model>(&self, id: RecordId) -> Option<Entry<M>> {
        typed(self.read(M::KIND, Pick::One(id)).await).pop()
    }

    /// The records of a kind, all of them or those right below another, for what is not read as a type of its own.
    pub async fn records(&self, kind: Kind, below: Option<RecordId>) -> Vec<(Record, Saved)> {
        let entries = self.read(kind, below.map_or(Pick::All, Pick::Below)).await;
        entries.into_iter().map(|entry| (entry.record, saved(entry.state))).collect()
    }

    /// Who is in the circle and what they may see.
    pub async fn access(&self) -> Option<CircleAccess> {
        told(runtime::engine()?.access(self.circle).await)
    }

    /// The records right below another that were deleted themselves, so that they can be put back.
    pub async fn deleted_below<M: Model>(&self, parent: RecordId) -> Vec<Entry<M>> {
        let mut all = typed(self.entries(Query { kind: M::KIND, pick: Pick::Below(parent), deleted: true }).await);
        all.retain(|entry| entry.record.is_deleted() && !entry.record.is_purged());
        all
    }

    /// One record of a kind, also when it is deleted.
    pub async fn one_even_deleted<M: Model>(&self, id: RecordId) -> Option<Entry<M>> {
        typed(self.entries(Query { kind: M::KIND, pick: Pick::One(id), deleted: true }).await).pop()
    }

    /// Of each record of a kind one of its words, also of those that are deleted.
    pub async fn titles<M: Model>(&self, word: fn(M) -> String) -> Vec<(RecordId, String)> {
        let all = typed::<M>(self.entries(Query { kind: M::KIND, pick: Pick::All, deleted: true }).await);
        all.into_iter().map(|entry| (entry.id, word(entry.value))).collect()
    }

    /// One record of whatever kind, also when it is deleted.
    pub async fn record(&self, id: RecordId) -> Option<Record> {
        runtime::engine()?.record(self.circle, id).await.ok()?
    }

    /// The records of a kind that were deleted themselves.
    pub async fn deleted(&self, kind: Kind) -> Vec<Record> {
        let all = self.entries(Query { kind, pick: Pick::All, deleted: true }).await;
        all.into_iter().map(|entry| entry.record).filter(|record| record.is_deleted() && !record.is_purged()).collect()
    }

    /// What an edit made now would have seen of the circle. Read it before what it is about: too little makes two versions at most,
    /// too much would lose one.
    pub async fn seen(&self) -> Option<Seen> {
        match runtime::engine()?.seen(self.circle).await {
            Err(NotKept::Store(error)) => told(Err(error)),
            seen => seen.ok(),
        }
    }

    /// Who brought this record back to a restored server, or what is below it of these kinds.
    pub async fn brought_by(&self, id: RecordId, below: &[Kind]) -> Option<PersonId> {
        let mut by = self.record(id).await?.brought_by();
        for kind in below {
            let entries = self.entries(Query { kind: *kind, pick: Pick::Below(id), deleted: false }).await;
            by = by.or_else(|| entries.iter().find_map(|entry| entry.record.brought_by()));
        }
        by
    }

    /// Whose stamp this is, as far as the device knows.
    pub async fn person_of(&self, stamp: Stamp) -> Option<PersonId> {
        runtime::engine()?.person_of(stamp.device).await.ok()?
    }

    fn read(self, kind: Kind, pick: Pick) -> Pin<Box<dyn Future<Output = Vec<opstap_sync_client::Entry>>>> {
        self.entries(Query { kind, pick, deleted: false })
    }

    /// Apart from the typed reading and in a box, so that the way to the store is in the program once and not once a kind.
    fn entries(self, query: Query) -> Pin<Box<dyn Future<Output = Vec<opstap_sync_client::Entry>>>> {
        Box::pin(async move {
            let Some(engine) = runtime::engine() else { return Vec::new() };
            told(engine.read(self.circle, query).await).unwrap_or_default()
        })
    }
}

/// What was read as what it is. Not a part of what waits for it, so that it is in the program once a kind.
fn typed<M: Model>(entries: Vec<opstap_sync_client::Entry>) -> Vec<Entry<M>> {
    let mut typed = Vec::new();
    for entry in entries {
        if let Some(value) = M::from_record(&entry.record) {
            typed.push(Entry {
                id: entry.record.id,
                parent: entry.record.parent,
                value,
                saved: saved(entry.state),
                author: entry.author,
                made: entry.record.made(),
                record: entry.record,
            });
        }
    }
    typed
}

/// What was read. That the store failed is said, and where it was thrown away it is begun anew.
fn told<T>(read: Result<T, StoreError>) -> Option<T> {
    if let Err(error) = &read {
        runtime::report(*error);
    }
    read.ok()
}

fn saved(state: RecordState) -> Saved {
    match state {
        RecordState::OnDevice => Saved::OnDevice,
        RecordState::Sent => Saved::Sent,
        RecordState::Problem => Saved::Problem,
    }
}

/// Reads now and again whenever the circle moves. `None` until the first reading is done; afterwards the last one stays while a new
/// one is under way, so that nothing on the screen jumps. Signals that `read` asks before its first await are followed too.
pub fn watch<T, F, R>(circle: CircleId, read: F) -> Signal<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
    F: Fn(Reader) -> R + 'static,
    R: Future<Output = T> + 'static,
{
    let shown = RwSignal::new(None);
    let reading = move |reader| -> Reading {
        let reading = read(reader);
        Box::pin(async move { AnyContent::new(Some(reading.await)) })
    };
    follow(circle, shown.of_any(), Box::new(reading));
    shown.into()
}

/// A reading under way, of whatever it is.
type Reading = Pin<Box<dyn Future<Output = AnyContent>>>;

/// The part of watching that is the same whatever is read, so that it is in the program once.
fn follow(circle: CircleId, shown: AnySignal, read: Box<dyn Fn(Reader) -> Reading>) {
    let turn = Rc::new(Cell::new(0_u64));
    let moved = runtime::moved(circle);
    Effect::new(move |_| {
        moved.track();
        let reading = read(Reader::new(circle));
        let (turn, mine) = (Rc::clone(&turn), turn.get() + 1);
        turn.set(mine);
        spawn_local(async move {
            let told = reading.await;
            // Not when a later reading overtook this one.
            if turn.get() == mine {
                shown.set_if_another(told);
            }
        });
    });
}
