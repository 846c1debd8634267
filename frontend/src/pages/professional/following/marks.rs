//! What somebody did with what asked: that they looked, once a day; that it is for later, with why; that it is done.

use std::cell::RefCell;

use opstap_core::model::{AttentionAct, Model, Relation};
use opstap_core::{Change, CircleId, Day};

use super::client::{Asking, me};
use crate::dates::{day_of, moment};
use crate::device;
use crate::pages::shared::care::keep;
use crate::stories::following;
use crate::words::following as words;

thread_local! {
    /// What was looked at in this window, and on which day.
    static LOOKED: RefCell<Vec<(Day, String)>> = const { RefCell::new(Vec::new()) };
}

/// Whether this person writes what they did: a neighbourhood coach reads, and writes nothing.
pub(super) fn may_write(circle: CircleId) -> bool {
    let relation = device::circles()
        .with_untracked(|all| all.iter().flatten().find(|one| one.id == circle).and_then(|one| one.relation));
    relation.is_some_and(|relation| relation.is_professional() && relation != Relation::NeighbourhoodCoach)
}

/// Writes it down.
fn mark(asking: &Asking, act: AttentionAct, until: Option<Day>, word: Option<String>) -> Vec<Change> {
    vec![following::mark(&asking.asks, act, device::now(), until, word).make(device::new_id())]
}

/// Somebody looked: the first time on a day that this person does.
pub(super) fn looked(asking: &Asking) {
    let today = day_of(moment(device::now()));
    let is_known = asking.asks.looked.is_some_and(|(by, at)| by.is_some() && by == me() && day_of(moment(at)) == today);
    let key = (today, asking.key());
    let is_new = LOOKED.with_borrow_mut(|looked| {
        let is_new = !looked.contains(&key);
        if is_new {
            looked.push(key);
        }
        is_new
    });
    if is_new && !is_known && may_write(asking.client.circle) {
        let mark = mark(asking, AttentionAct::Looked, None, None);
        device::keep(asking.client.circle, mark);
    }
}

/// It is put off to a day, for a reason.
pub(super) fn put_off(asking: &Asking, until: Day, why: String) {
    let mark = mark(asking, AttentionAct::Later, Some(until), Some(why));
    keep(asking.client.circle, mark, words::WAS_PUT_OFF.into());
}

/// It is done.
pub(super) fn done(asking: &Asking) {
    let mark = mark(asking, AttentionAct::Done, None, None);
    keep(asking.client.circle, mark, words::WAS_DONE.into());
}

/// It asks again from today: of what put it off the newest counts.
pub(super) fn bring_back(asking: &Asking) {
    let mark = mark(asking, AttentionAct::Later, Some(day_of(moment(device::now()))), None);
    keep(asking.client.circle, mark, words::IS_BACK.into());
}
