//! The clients that are followed, each with the summary of its circle, and what in it asks.

use std::sync::Arc;

use opstap_core::{CircleId, Day, PersonId};
use opstap_insight::following::{Asks, DeviceFacts, Piled, Summary, Travel};
use opstap_view::prelude::*;

use super::super::counted::count;
use crate::device::{self, Circle, Link, WaitsIn};
use crate::stories::following::{self, Followed};

/// A client who is followed.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Client {
    /// The circle.
    pub circle: CircleId,
    /// The client's name.
    pub name: String,
    /// What its records come to.
    pub summary: Arc<Summary>,
}

impl Client {
    fn of((circle, summary): &Followed) -> Self {
        Self { circle: circle.id, name: circle.name.clone(), summary: Arc::clone(summary) }
    }
}

/// Something of a client that asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asking {
    /// Of whom.
    pub client: Client,
    /// What.
    pub asks: Asks,
    /// Until which day it was put off.
    pub until: Option<Day>,
}

impl Asking {
    /// What it is known by on a screen: it is another when it happened anew.
    pub fn key(&self) -> String {
        let about = self.asks.about.map(|about| about.to_string()).unwrap_or_default();
        let (circle, since) = (self.client.circle.to_string(), self.asks.since.0.to_string());
        [circle.as_str(), self.asks.rule.code(), &about, &since].join(" ")
    }
}

/// What the server told of a client's phones and of what it set apart; whatever reads it hears of it.
pub(super) fn facts(circle: CircleId) -> DeviceFacts {
    let piled = |waits: WaitsIn| Piled { count: u32::try_from(waits.count).unwrap_or(u32::MAX), latest: waits.latest };
    DeviceFacts { heard: device::phone_heard(circle), set_apart: device::waits_in_circle(circle).map(piled) }
}

/// The clients whose summary is on this device; none until they were read.
pub(super) fn followed() -> Memo<Option<Vec<Client>>> {
    let all = following::following();
    Memo::new(move |_| all.with(|all| all.as_ref().map(|all| all.iter().map(Client::of).collect())))
}

/// One client with the summary of their circle.
pub(in super::super) fn of_circle(circle: CircleId) -> Memo<Option<Client>> {
    let all = followed();
    Memo::new(move |_| all.with(|all| all.iter().flatten().find(|client| client.circle == circle).cloned()))
}

/// Whoever reads.
pub(super) fn me() -> Option<PersonId> {
    device::me().map(|me| me.id)
}

/// What asks over all clients, the most urgent first, and what was put off, what comes back first on top.
pub(super) fn asking_and_later() -> (Memo<Option<Vec<Asking>>>, Memo<Vec<Asking>>) {
    let (all, clock) = (following::following(), following::clock());
    let (asking, later) = (following::asking(all, clock, facts), following::later(all, clock, facts));
    let with = move |circle: &Circle, asks: &Asks, until: Option<Day>| {
        let client = all.with(|all| all.iter().flatten().find(|(of, _)| of.id == circle.id).map(Client::of))?;
        Some(Asking { client, asks: asks.clone(), until })
    };
    let asking = Memo::new(move |_| {
        let asking = asking.get()?;
        Some(asking.iter().filter_map(|(circle, asks)| with(circle, asks, None)).collect())
    });
    let later = Memo::new(move |_| {
        let later = later.get().unwrap_or_default();
        let mut later: Vec<_> =
            later.iter().filter_map(|(circle, asks, until)| with(circle, asks, Some(*until))).collect();
        crate::stories::sort_by(&mut later, |one, other| one.until > other.until);
        later
    });
    (asking, later)
}

/// Keeps the counts in the rail: how many things ask, and how many enquiries and handovers of trainings are due, over all clients.
pub(in super::super) fn keep_counting() {
    let (all, clock) = (following::following(), following::clock());
    let asking = following::asking(all, clock, facts);
    let link = device::link();
    let _ = device::waits_in();
    Effect::new(move |_| {
        clock.track();
        if link.get() == Link::Online {
            device::ask_for_phones();
        }
    });
    Effect::new(move |_| {
        let today = clock.get().today;
        let due = all.with(|all| Some(all.as_ref()?.iter().map(|(_, summary)| due_in(summary, today)).sum::<usize>()));
        let asks = asking.with(|asking| asking.as_ref().map(Vec::len));
        if asks.is_some() {
            count(asks, due);
        }
    });
}

/// What is due in a circle, also where somebody put it off.
fn due_in(summary: &Summary, today: Day) -> usize {
    let due = |travel: &Travel| {
        let to_close = travel.handover.as_ref().is_some_and(|handover| handover.to_close.is_some());
        usize::from(to_close) + travel.follow_ups.iter().filter(|(_, (_, due))| *due <= today).count()
    };
    summary.travel.iter().map(due).sum()
}
