//! What screens of several bundles read: plans in order, runs and practices as they can be told. One reading for one thing, so that
//! the client, the volunteer and the professional never see it told differently.

use opstap_core::model::{Choice, DaysOff, Exit, MOST_CHOICES, Member, Plan, Relation, Step};
use opstap_core::{PersonId, RecordId};

use crate::device::{Entry, Reader};

pub use sorting::sort_by;

mod sorting;

pub mod arranged;
pub mod crossed;
pub mod deeds;
pub mod evaluation;
pub mod feedback;
pub mod following;
pub mod groups;
pub mod guidance;
pub mod guide;
pub mod instruments;
pub mod keepsake;
pub mod messages;
pub mod offers;
pub mod preferences;
pub mod reminders;
pub mod rings;
pub mod route;
pub mod run;
pub mod search;
pub mod today;
pub mod trajectory;

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

/// Whether a plan is one to follow now: it is not being made any more, and the client does not do it without.
pub fn is_for_the_client(plan: &Entry<Plan>) -> bool {
    plan.value.unfinished != Some(true) && plan.value.mastered().is_none()
}

/// The days off of the client, the first first.
pub async fn days_off(reader: &Reader) -> Vec<Entry<DaysOff>> {
    let mut all = reader.all::<DaysOff>().await;
    sort_by(&mut all, |a, b| (a.value.from, a.id) > (b.value.from, b.id));
    all
}

/// The steps of a plan in their order, as everybody goes by them. One that shows nothing yet is left out.
pub async fn steps(reader: &Reader, plan: RecordId) -> Vec<Entry<Step>> {
    let mut steps = every_step(reader, plan).await;
    steps.retain(|step| shows_something(&step.value));
    steps
}

/// Whether there is anything to see or hear of a step: one without words and picture would leave a client before an empty screen.
const fn shows_something(step: &Step) -> bool {
    !step.text.is_empty() || step.picture.is_some() || step.video.is_some() || step.voice.is_some()
}

/// The steps of a plan in their order, for those who make it.
pub async fn every_step(reader: &Reader, plan: RecordId) -> Vec<Entry<Step>> {
    let mut steps = reader.below::<Step>(plan).await;
    sort_by_order(&mut steps, |step| &step.order);
    steps
}

/// The choices at these steps, each step's in their order and as many as are shown.
pub async fn choices(reader: &Reader, steps: &[Entry<Step>]) -> Vec<Entry<Choice>> {
    let mut all = reader.all::<Choice>().await;
    sort_by_order(&mut all, |choice| &choice.order);
    let mut shown = Vec::new();
    for step in steps {
        shown.extend(all.iter().filter(|choice| choice.parent == Some(step.id)).take(MOST_CHOICES).cloned());
    }
    shown
}

/// Whether the choices of a step stand on its own screen, in place of "Klaar": wherever they are not one of the ways out that were set.
#[must_use]
pub fn chooses_at_once(step: &Step, choices: usize) -> bool {
    choices > 0 && !step.exits.is_some_and(|exits| exits.has(Exit::Choose))
}

/// Sorts a list by its fractional indexes; equal ones go by id.
pub fn sort_by_order<M>(list: &mut [Entry<M>], order: impl Fn(&M) -> &String) {
    sort_by(list, |a, b| (order(&a.value), a.id) > (order(&b.value), b.id));
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Picture;

    use super::*;

    #[test]
    fn a_step_without_words_and_picture_is_nothing_to_go_by() {
        let empty = Step::saying("B", "");
        assert!(!shows_something(&empty) && shows_something(&Step::saying("B", "Pak je tas.")));
        assert!(shows_something(&Step { picture: Some(Picture::Pictogram("bag".into())), ..empty }));
    }
}
