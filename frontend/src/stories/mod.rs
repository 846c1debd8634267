//! What screens of several bundles read: plans in order, runs and practices as they can be told. One reading for one thing, so that
//! the client, the volunteer and the professional never see it told differently.

use opstap_core::model::{Member, Plan, Relation, Step};
use opstap_core::{PersonId, RecordId};

use crate::device::{Entry, Reader};

pub use sorting::sort_by;

mod sorting;

pub mod deeds;
pub mod route;
pub mod run;
pub mod today;

/// The members of the circle: the client first, then in the circle's order.
pub async fn members(reader: &Reader) -> Vec<Entry<Member>> {
    let mut members = reader.all::<Member>().await;
    sort_by(&mut members, |a, b| {
        let key =
            |member: &Entry<Member>| (member.value.relation != Relation::Client, member.value.order.clone(), member.id);
        key(a) > key(b)
    });
    members
}

/// The name by which the circle knows a person; empty when it knows them no longer.
#[must_use]
pub fn name_of(members: &[Entry<Member>], person: PersonId) -> String {
    members
        .iter()
        .find(|member| member.value.person == person)
        .map(|member| member.value.name.clone())
        .unwrap_or_default()
}

/// The plans of the circle in their order: by time of day, then by place.
pub async fn plans(reader: &Reader) -> Vec<Entry<Plan>> {
    let mut plans = reader.all::<Plan>().await;
    sort_by(&mut plans, |a, b| {
        let key = |plan: &Entry<Plan>| (plan.value.minutes.unwrap_or(u32::MAX), plan.value.order.clone(), plan.id);
        key(a) > key(b)
    });
    plans
}

/// The steps of a plan in their order.
pub async fn steps(reader: &Reader, plan: RecordId) -> Vec<Entry<Step>> {
    let mut steps = reader.below::<Step>(plan).await;
    sort_by_order(&mut steps, |step| &step.order);
    steps
}

/// Sorts a list by its fractional indexes; equal ones go by id.
pub fn sort_by_order<M>(list: &mut [Entry<M>], order: impl Fn(&M) -> &String) {
    sort_by(list, |a, b| (order(&a.value), a.id) > (order(&b.value), b.id));
}
