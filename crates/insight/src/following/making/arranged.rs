//! What is arranged and settled: tasks that wait for an answer, appointments, consents that end, hours, and what was done with what asked.

use opstap_core::access::Section;
use opstap_core::model::{Appointment, AttentionMark, DuoRole, Grant, Task, TaskHandover};
use opstap_core::{Kind, Millis, RecordId};

use super::{MOST, MOST_LINES, MOST_MARKS, newest, week_of};
use crate::following::source::{Known, Source, below};
use crate::following::summary::{HoursHeld, Mark, NextAppointment, TaskWaits, WeekMinutes};
use crate::{TaskWord, Week, duo_role, guidance_of, task_story};

/// So many weeks of hours are held: the four that are set against what is granted, for as long as a summary lives, and the weeks before.
const WEEKS_OF_HOURS: u32 = 10;

/// Tasks that somebody was asked to take on and did not answer.
pub(super) fn tasks(source: &Source<'_>) -> Vec<TaskWaits> {
    let handovers = source.all::<TaskHandover>();
    let mut waits = Vec::new();
    for Known { id: task, value, .. } in source.all::<Task>() {
        let word =
            |known: &Known<TaskHandover>| TaskWord { id: known.id, by: known.author, handover: known.value.clone() };
        let story = task_story(task, value, below(&handovers, task).iter().map(word).collect());
        let due = story.task.due;
        let asked = story.asked.iter().filter(|_| story.goes_on());
        waits.extend(asked.map(|asked| TaskWaits { task, by: asked.by, to: asked.who, at: asked.at, due }));
    }
    newest(&mut waits, |one| (one.at, one.task));
    waits
}

/// The appointments that are not over, the first first.
pub(super) fn next(source: &Source<'_>) -> Vec<NextAppointment> {
    let mut next: Vec<NextAppointment> = source
        .all::<Appointment>()
        .into_iter()
        .filter(|known| known.value.cancelled.is_none())
        .map(|Known { id, value, .. }| NextAppointment { id, with: value.with, at: value.at, minutes: value.minutes })
        .filter(|one| !one.is_over(source.now))
        .collect();
    next.sort_by_key(|one| (one.at, one.id));
    next.truncate(MOST);
    next
}

impl NextAppointment {
    /// Whether it is over.
    #[must_use]
    pub const fn is_over(&self, now: Millis) -> bool {
        self.at.plus(self.minutes as u64 * 60_000).0 <= now.0
    }
}

/// What the reader sees by a consent that ends and that no other goes on from, each section once.
pub(super) fn consents(source: &Source<'_>) -> Vec<(RecordId, (Section, Millis))> {
    let access = source.access();
    let mut ending: Vec<(RecordId, (Section, Millis))> = Vec::new();
    for (id, consent) in access.consents(source.me, source.now) {
        let Some(until) = consent.until else { continue };
        let goes_on = access.consents(source.me, until).any(|(_, other)| other.section == consent.section);
        let is_told = ending.iter().any(|(_, (section, _))| *section == consent.section);
        if !goes_on && !is_told {
            ending.push((id, (consent.section, until)));
        }
    }
    ending
}

/// The hours of late, by week, and the grants that may be in force.
pub(super) fn hours(source: &Source<'_>) -> HoursHeld {
    let this = week_of(source.now);
    let first = Week(this.0.saturating_sub(WEEKS_OF_HOURS - 1));
    let members: Vec<_> = source.members().iter().map(|member| (member.person, member.relation)).collect();
    let of_hours = source.records.iter().filter(|record| matches!(record.kind, Kind::TimeSpent | Kind::Grant));
    let guidance = guidance_of(of_hours, |record| duo_role(source.author(record), &members));
    let mut weeks: Vec<WeekMinutes> = Vec::new();
    for time in guidance.times {
        let week = Week::of(time.on);
        if !(first..=this).contains(&week) {
            continue;
        }
        if weeks.iter().all(|one| one.week != week) {
            weeks.push(WeekMinutes { week, supervisor: 0, support_worker: 0 });
        }
        for one in weeks.iter_mut().filter(|one| one.week == week) {
            let minutes = match time.role {
                DuoRole::Supervisor => &mut one.supervisor,
                DuoRole::SupportWorker => &mut one.support_worker,
            };
            *minutes = minutes.saturating_add(time.minutes);
        }
    }
    weeks.sort_by_key(|one| std::cmp::Reverse(one.week));
    let mut grants: Vec<Grant> = guidance.grants.into_iter().map(|(_, grant)| grant).collect();
    grants.retain(|grant| grant.to >= first.monday());
    grants.sort_by_key(|grant| std::cmp::Reverse((grant.to, grant.from)));
    grants.truncate(MOST_LINES);
    let in_numbers = |grant: &Grant| Grant::of(grant.from, grant.to, grant.specialist, grant.basic);
    HoursHeld { weeks, grants: grants.iter().map(in_numbers).collect() }
}

/// What was done with what asked: of each rule and what it was about the newest of each act, the newest first.
pub(super) fn marks(source: &Source<'_>) -> Vec<Mark> {
    let all = source.all::<AttentionMark>().into_iter().map(|known| Mark {
        rule: known.value.rule,
        about: known.value.about,
        act: known.value.act,
        at: known.value.at,
        until: known.value.until,
        by: known.author,
    });
    let mut all: Vec<Mark> = all.collect();
    all.sort_by_key(|mark| std::cmp::Reverse(mark.at));
    let mut marks: Vec<Mark> = Vec::new();
    for mark in all {
        let is_told = |other: &Mark| (other.rule, other.about, other.act) == (mark.rule, mark.about, mark.act);
        if !marks.iter().any(is_told) {
            marks.push(mark);
        }
    }
    marks.truncate(MOST_MARKS);
    marks
}
