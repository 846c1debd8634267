//! What deserves a person today, of one circle: the list in order, each with why, and one thing to do about it. Facts and ids only; the words
//! are the screens'.

use opstap_core::access::Section;
use opstap_core::model::{AttentionAct, AttentionRule};
use opstap_core::{Day, Millis, PersonId, RecordId};

use super::found::found;
use super::rules::{Group, RULES, threshold};
use super::summary::{Failing, GivenUp, HandoverNow, HelpAsked, Piled, Summary, TaskWaits};
use super::trend::Share;
use crate::{ShownHours, Week};

/// When it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The moment.
    pub now: Millis,
    /// The day of the calendar where the reader is.
    pub today: Day,
}

/// What the reader's device knows of a client's phones and of edits apart from the records. What is not known says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeviceFacts {
    /// When one of the client's phones was last heard of.
    pub heard: Option<Millis>,
    /// Edits that the server set apart, to be let in or not.
    pub set_apart: Option<Piled>,
}

/// Something that asks for attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    /// By which rule.
    pub rule: AttentionRule,
    /// How soon.
    pub group: Group,
    /// Since when it is so. Whoever said that it is done said so of what was before.
    pub since: Millis,
    /// What it is about: what a mark names with the rule.
    pub about: Option<RecordId>,
    /// What it is.
    pub what: What,
    /// What to do about it.
    pub action: Action,
    /// Who looked last, and when.
    pub looked: Option<(Option<PersonId>, Millis)>,
}

/// What asks, by rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Help was asked and nobody answered.
    Help(HelpAsked),
    /// A plan was given up half-way.
    GivenUp(GivenUp),
    /// A step fails again and again.
    StepFails(Failing),
    /// More help is needed for a plan or a route than before.
    Less {
        /// Which.
        of: RecordId,
        /// Whether it is a route.
        is_route: bool,
        /// What went by oneself in the four weeks before, and of late.
        was: Share,
        /// What goes by oneself in the four weeks up to now.
        is: Share,
        /// The first and the last week of both.
        weeks: (Week, Week),
    },
    /// It is quiet.
    NoPractice {
        /// The route that is to be practised every week; without it plans, which the client did week after week.
        route: Option<RecordId>,
        /// For how many days, days off not counted.
        days: u32,
        /// When it was done last; none where it never was.
        last: Option<Millis>,
        /// Who practises with the client.
        with: Option<PersonId>,
    },
    /// A handover is due, or waits to be closed.
    Handover(HandoverNow),
    /// Somebody was asked to take on a task.
    Task(TaskWaits),
    /// A follow-up enquiry is due.
    FollowUp {
        /// After how many months.
        months: u32,
        /// Since when.
        due: Day,
    },
    /// What the reader sees by a consent ends.
    Consent {
        /// What.
        section: Section,
        /// When.
        until: Millis,
        /// How many days are left.
        days: u32,
    },
    /// The client's phones were not heard of.
    Silent {
        /// For how many days.
        days: u32,
    },
    /// Edits were refused or set apart.
    Refused(Piled),
    /// Two people changed the same at once.
    Conflicts(Piled),
    /// Hours run over or under what is granted.
    Hours(HoursAside),
}

/// Hours beside what is granted, over the last four whole weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoursAside {
    /// The row, as it is shown.
    pub shown: ShownHours,
    /// By how many per cents of what is granted more was used; below zero where less was.
    pub per_cent: i64,
}

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Call somebody.
    Call(PersonId),
    /// Send them a message.
    SendMessage(PersonId),
    /// Look at a step.
    ShowStep {
        /// The plan.
        plan: RecordId,
        /// The step.
        step: RecordId,
    },
    /// Look at how a plan went.
    ShowCourse(RecordId),
    /// Look at how a route went.
    ShowRoute(RecordId),
    /// Ask whoever practises with the client.
    AskVolunteer(PersonId),
    /// Open the handover of a trajectory.
    OpenHandover(RecordId),
    /// Open a task.
    OpenTask(RecordId),
    /// Open a follow-up enquiry.
    OpenFollowUp(RecordId),
    /// Speak about what may be seen.
    OpenConsents,
    /// Open what was not taken.
    OpenTray,
    /// Open what two people changed.
    OpenConflicts,
    /// Look at the hours.
    OpenHours,
    /// Open the client's page.
    ShowClient,
}

/// How it stands with something that asks, by what was done with it.
enum Standing {
    Open,
    PutOff(Day),
    Done,
}

/// What asks for attention in a circle, the most urgent first. What was put off is not in it until its day, what was done not until
/// something newer happens.
#[must_use]
pub fn attention(summary: &Summary, facts: &DeviceFacts, clock: Clock, me: PersonId) -> Vec<Asks> {
    let standing = all(summary, facts, clock, me).into_iter();
    standing.filter_map(|(asks, standing)| matches!(standing, Standing::Open).then_some(asks)).collect()
}

/// What was put off and until which day, in the same order. It asks again on that day.
#[must_use]
pub fn put_off(summary: &Summary, facts: &DeviceFacts, clock: Clock, me: PersonId) -> Vec<(Asks, Day)> {
    let put_off = |(asks, standing)| match standing {
        Standing::PutOff(until) => Some((asks, until)),
        Standing::Open | Standing::Done => None,
    };
    all(summary, facts, clock, me).into_iter().filter_map(put_off).collect()
}

/// Puts what asks in several circles in one order: the most urgent first, and of equals what waits longest.
pub fn sort_asks<C>(all: &mut [(C, Asks)]) {
    all.sort_by_key(|(_, asks)| urgency(asks));
}

fn urgency(asks: &Asks) -> (Group, usize, Millis, Option<RecordId>) {
    let place = RULES.iter().position(|rule| rule.rule == asks.rule).unwrap_or(RULES.len());
    (asks.group, place, asks.since, asks.about)
}

fn all(summary: &Summary, facts: &DeviceFacts, clock: Clock, me: PersonId) -> Vec<(Asks, Standing)> {
    let mut all = Vec::new();
    for rule in &RULES {
        let Some(threshold) = threshold(rule, &summary.settings) else { continue };
        let mut asks = found(summary, facts, clock, me, rule, threshold);
        let since = |days| clock.today.back(days);
        asks.retain(|asks| rule.asks_for.is_none_or(|days| Day::of(asks.since) >= since(days)));
        for mut asks in asks {
            asks.looked = summary.looked(&asks);
            let standing = summary.standing(&asks, clock.today);
            all.push((asks, standing));
        }
    }
    all.sort_by_key(|(asks, _)| urgency(asks));
    all
}

impl Summary {
    fn standing(&self, asks: &Asks, today: Day) -> Standing {
        let mut put_off = None;
        for mark in self.marks.iter().filter(|mark| (mark.rule, mark.about) == (asks.rule, asks.about)) {
            match mark.act {
                AttentionAct::Done if mark.at >= asks.since => return Standing::Done,
                // Without a day it is put off to the next.
                AttentionAct::Later => put_off = put_off.max(Some(mark.until.unwrap_or(Day::of(mark.at).on(1)))),
                AttentionAct::Done | AttentionAct::Looked => {}
            }
        }
        put_off.filter(|until| today < *until).map_or(Standing::Open, Standing::PutOff)
    }

    /// Who looked last since it is so.
    fn looked(&self, asks: &Asks) -> Option<(Option<PersonId>, Millis)> {
        let of_it = self.marks.iter().filter(|mark| (mark.rule, mark.about) == (asks.rule, asks.about));
        let looked = of_it.filter(|mark| mark.act == AttentionAct::Looked && mark.at >= asks.since);
        looked.max_by_key(|mark| mark.at).map(|mark| (mark.by, mark.at))
    }
}

#[cfg(test)]
#[path = "attention_tests.rs"]
mod tests;
