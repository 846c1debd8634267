//! What only the server knows: the history of a record, what waits in quarantine, what came on whose device. Nothing of it is kept.

use std::cell::Cell;

use leptos::task::spawn_local;
use opstap_core::history::PastEdit;
use opstap_core::{CircleId, EditName, PersonId, RecordId};
use opstap_sync_client::{Delivery, Invitation, LetGoTold, Online, Ruled, SetApart, TransportError, WaitsIn};
use opstap_view::prelude::*;

use super::engine::DeviceEngine;
use super::runtime;

/// What came of asking the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<T> {
    /// What it told.
    Told(T),
    /// It is not there, or not for this person.
    NotThere,
    /// There is no network now, or the server cannot help now.
    NotNow,
}

impl<T> Asked<T> {
    pub(super) fn of(answer: Result<T, TransportError>) -> Self {
        match answer {
            Ok(told) => Self::Told(told),
            Err(TransportError::Refused) => Self::NotThere,
            Err(_) => Self::NotNow,
        }
    }
}

/// Edits as the server tells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The edits.
    pub edits: Vec<PastEdit>,
    /// Of edits in quarantine, the n of the name of each.
    pub ns: Vec<u64>,
}

/// What people did to a record and to what is below it, newest first.
pub async fn history(circle: CircleId, record: RecordId) -> Asked<Told> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().history(circle, record).await.map(|edits| Told { edits, ns: Vec::new() }))
}

/// What came on whose device, newest first.
pub async fn deliveries(circle: CircleId) -> Asked<Vec<Delivery>> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().deliveries(circle).await)
}

/// Whose devices let go of what they may no longer hold, newest first.
pub async fn let_go(circle: CircleId) -> Asked<Vec<LetGoTold>> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().let_go(circle).await)
}

/// The edits in quarantine in a circle that nobody ruled on yet.
pub async fn set_apart(circle: CircleId) -> Asked<Told> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    let waits = |all: Vec<SetApart>| {
        let (edits, ns) = all.into_iter().filter(|one| one.waits).map(|one| (one.edit, one.n)).unzip();
        Told { edits, ns }
    };
    Asked::of(engine.transport().set_apart(circle).await.map(waits))
}

/// Lets an edit in quarantine count, or not.
pub async fn rule(circle: CircleId, name: EditName, let_in: bool) -> Asked<Ruled> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    let ruled = Asked::of(engine.transport().rule(circle, name, let_in).await);
    if ruled != Asked::NotNow {
        ask_what_waits(&engine).await;
        super::syncing::sync_soon();
    }
    ruled
}

/// Opens the circle of a new client and gives it with the client's account. It comes with the next sync, which is asked for.
/// `circle` is made once and used again when the answer is lost, so that no second one is opened.
pub async fn open_circle(circle: CircleId, name: &str) -> Asked<PersonId> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    let opened = Asked::of(engine.transport().open_circle(circle, name).await);
    super::syncing::sync_soon();
    opened
}

/// Adds an account for somebody who is to join a circle, under an id made once.
pub async fn add_person(person: PersonId, name: &str) -> Asked<()> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().add_person(person, name).await)
}

/// A way in for somebody of a circle, to give to them: it works once.
pub async fn invite(circle: CircleId, person: PersonId) -> Asked<Invitation> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().invite(circle, person).await)
}

thread_local! {
    static WAITS_IN: ArcRwSignal<Option<Vec<WaitsIn>>> = ArcRwSignal::new(None);
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// In which circles edits in quarantine wait for this person; `None` until the server told. It is asked once a visit, as soon as there is a network,
/// and after each ruling: it is no haste, and bytes count.
#[must_use]
pub fn waits_in() -> Signal<Option<Vec<WaitsIn>>> {
    let link = runtime::link();
    Effect::new(move |_| {
        if link.get() == runtime::Link::Online && !ASKED.replace(true) {
            spawn_local(async {
                if let Some(engine) = runtime::engine() {
                    ask_what_waits(&engine).await;
                }
            });
        }
    });
    WAITS_IN.with(Clone::clone).into()
}

/// What waits in one circle, as far as the server told; whatever reads it hears of it.
#[must_use]
pub fn waits_in_circle(circle: CircleId) -> Option<WaitsIn> {
    WAITS_IN.with(Clone::clone).with(|all| all.iter().flatten().find(|waits| waits.circle == circle).copied())
}

async fn ask_what_waits(engine: &DeviceEngine) {
    match engine.transport().waits_in().await {
        Ok(waits) => WAITS_IN.with(|signal| signal.set(Some(waits))),
        Err(_) => ASKED.set(false),
    }
}
