//! What a person round the client is to remind of today, where the plan says that they do and not the phone.

use opstap_core::access::{CircleAccess, Section};
use opstap_core::age::Day;
use opstap_core::model::{Ending, OrganisationRole, Person, Plan, Relation};
use opstap_core::{Millis, PersonId, RecordId};

use crate::device::{self, Reader};
use crate::stories;

/// A plan to remind of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToRemind {
    /// The plan.
    pub plan: RecordId,
    /// Its title.
    pub title: String,
    /// When, in minutes since midnight.
    pub minutes: Option<u32>,
    /// The plan after which it comes.
    pub after: Option<String>,
}

/// Today as reminders need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    /// The day of the calendar.
    pub day: Day,
    /// Monday (0) to Sunday (6).
    pub weekday: usize,
    /// When it began.
    pub began: Millis,
}

/// What this person is to remind of today and is not done yet.
pub async fn of_person(reader: &Reader, person: PersonId, today: Today) -> Vec<ToRemind> {
    let off = stories::days_off(reader).await.iter().any(|off| off.value.has(today.day));
    let plans = stories::plans(reader).await;
    let done: Vec<_> = stories::run::runs_since(reader, today.began)
        .await
        .into_iter()
        .filter(|told| matches!(told.story.ended, Some((Ending::Done, _))))
        .map(|told| told.story.plan)
        .collect();
    let title = |id| plans.iter().find(|plan| plan.id == id).map(|plan| plan.value.title.clone());
    let asked =
        plans.iter().filter(|plan| is_asked(&plan.value, person, today.weekday, off) && !done.contains(&plan.id));
    let mut to_remind: Vec<_> = asked
        .map(|plan| ToRemind {
            plan: plan.id,
            title: plan.value.title.clone(),
            minutes: plan.value.minutes_on(today.weekday),
            after: plan.value.after.and_then(title),
        })
        .collect();
    in_time(&mut to_remind);
    to_remind
}

/// By the times of this very day; what has none comes last.
fn in_time(to_remind: &mut [ToRemind]) {
    stories::sort_by(to_remind, |a, b| a.minutes.unwrap_or(u32::MAX) > b.minutes.unwrap_or(u32::MAX));
}

/// Those round the client who can remind: who may not see the plans is told of none.
pub async fn who_can_remind(reader: &Reader) -> Vec<PersonId> {
    who_sees(reader, Section::Plans, Some(Relation::Client)).await
}

/// Those of a client's circle who see a section of it now, but for whoever is this in it.
pub async fn who_sees(reader: &Reader, section: Section, but: Option<Relation>) -> Vec<PersonId> {
    let Some(access) = reader.access().await else { return Vec::new() };
    let members = stories::members(reader).await.into_iter().map(|member| member.value);
    members
        .filter(|member| Some(member.relation) != but && sees(&access, member.person, section))
        .map(|member| member.person)
        .collect()
}

/// Whether somebody sees a section of a client's circle now.
#[must_use]
pub fn sees(access: &CircleAccess, person: PersonId, section: Section) -> bool {
    // In a client's circle the organisation role gives nothing.
    let person = Person { id: person, role: OrganisationRole::Participant };
    access.view(person, device::now()).covers(section)
}

/// Whether somebody of those who can reminds of a plan, and not the phone.
#[must_use]
pub fn somebody_reminds(plan: &Plan, can: &[PersonId]) -> bool {
    plan.reminder.is_some_and(|who| can.contains(&who))
}

/// Whether this person reminds of a plan on such a day.
fn is_asked(plan: &Plan, person: PersonId, weekday: usize, off: bool) -> bool {
    plan.reminder == Some(person)
        && plan.mastered().is_none()
        && plan.days.is_none_or(|days| days.has(weekday))
        && (!off || plan.always == Some(true))
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Days;

    use super::*;

    const KARIN: PersonId = PersonId([3; 16]);

    fn plan() -> Plan {
        Plan { reminder: Some(KARIN), ..Plan::titled("Medicijnen innemen") }
    }

    #[test]
    fn whoever_reminds_is_asked_on_the_days_of_the_plan_and_nobody_else() {
        assert!(is_asked(&plan(), KARIN, 0, false));
        assert!(!is_asked(&plan(), PersonId([4; 16]), 0, false));
        assert!(!is_asked(&Plan::titled("Opstaan"), KARIN, 0, false));
        let tuesdays = Plan { days: Days::of([1]), ..plan() };
        assert!(is_asked(&tuesdays, KARIN, 1, false) && !is_asked(&tuesdays, KARIN, 2, false));
    }

    #[test]
    fn the_phone_reminds_of_what_somebody_was_to_remind_of_who_cannot_any_more() {
        assert!(somebody_reminds(&plan(), &[KARIN]));
        assert!(!somebody_reminds(&plan(), &[]) && !somebody_reminds(&Plan::titled("Opstaan"), &[KARIN]));
    }

    #[test]
    fn what_is_to_be_reminded_of_stands_by_the_times_of_the_day() {
        let at = |n, minutes| ToRemind { plan: RecordId([n; 16]), title: String::new(), minutes, after: None };
        let mut all = [at(1, None), at(2, Some(600)), at(3, Some(480)), at(4, None)];
        in_time(&mut all);
        assert_eq!(all.map(|one| one.plan.0[0]), [3, 2, 1, 4]);
    }

    #[test]
    fn nobody_is_asked_on_days_off_but_for_what_goes_on_anyway() {
        assert!(!is_asked(&plan(), KARIN, 0, true));
        assert!(is_asked(&Plan { always: Some(true), ..plan() }, KARIN, 0, true));
    }

    #[test]
    fn nobody_reminds_of_a_plan_that_rests() {
        let rests = |client| Plan { mastered_by_client: client, mastered_by_supporter: Some(Millis(2)), ..plan() };
        assert!(!is_asked(&rests(Some(Millis(1))), KARIN, 0, false));
        assert!(is_asked(&rests(None), KARIN, 0, false), "one word alone lets nothing rest");
    }
}
