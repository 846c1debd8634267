//! What each rule finds in a summary.

use opstap_core::model::{AttentionRule, DuoRole, TimeKind};
use opstap_core::{Day, Millis, PersonId, RecordId};

use super::attention::{Action, Asks, Clock, DeviceFacts, HoursAside, What};
use super::rules::{Group, Rule};
use super::summary::{Failing, GivenUp, HelpAsked, Line, Piled, Summary, TaskWaits, Travel, WeekDone};
use super::trend::beside;
use crate::{ClientHours, Granted, GuidanceTime, Period, Week, client_hours};

/// After a day, in milliseconds, nobody waits at that moment any more for help that was asked.
const AT_THE_MOMENT: u64 = 86_400_000;
/// In so many of the last four weeks plans were done by whom a week without them is told of.
const WEEKS_OF_A_HABIT: usize = 3;
/// So long after its last practice a route without a trajectory is practised no more.
const ROUTE_RESTS_AFTER: u32 = 56;
/// So long after a handover began a day should be settled for it.
const SETTLED_WITHIN: u32 = 7;
/// Hours are set against what is granted over so many whole weeks.
const WEEKS_OF_HOURS: u32 = 4;

/// A rule that is being read.
struct Reading<'a> {
    summary: &'a Summary,
    clock: Clock,
    me: PersonId,
    rule: &'a Rule,
    threshold: u32,
}

/// What a rule finds.
pub(super) fn found(
    summary: &Summary,
    facts: &DeviceFacts,
    clock: Clock,
    me: PersonId,
    rule: &Rule,
    threshold: u32,
) -> Vec<Asks> {
    let reading = Reading { summary, clock, me, rule, threshold };
    match rule.rule {
        AttentionRule::HelpUnanswered => summary.help.iter().filter_map(|help| reading.help(help)).collect(),
        AttentionRule::GivenUp => reading.given_up(),
        AttentionRule::StepFails => reading.step_fails(),
        AttentionRule::LessIndependent => summary.lines.iter().filter_map(|line| reading.less(line)).collect(),
        AttentionRule::NoPractice => reading.no_practice(),
        AttentionRule::HandoverDue => {
            let handovers = summary.travel.iter().filter_map(|travel| reading.handover(travel));
            handovers.chain(summary.tasks.iter().filter_map(|task| reading.task(task))).collect()
        }
        AttentionRule::FollowUpDue => reading.follow_ups(),
        AttentionRule::ConsentEnds => reading.consents(),
        AttentionRule::PhoneSilent => facts.heard.and_then(|heard| reading.silent(heard)).into_iter().collect(),
        AttentionRule::EditsRefused => {
            reading.piled(both(summary.refused, facts.set_apart), What::Refused, Action::OpenTray)
        }
        AttentionRule::Conflict => reading.piled(summary.conflicts, What::Conflicts, Action::OpenConflicts),
        AttentionRule::HoursOver | AttentionRule::HoursUnder => reading.hours().into_iter().collect(),
    }
}

/// Both together.
fn both(one: Option<Piled>, other: Option<Piled>) -> Option<Piled> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(Piled { count: one.count.saturating_add(other.count), latest: one.latest.max(other.latest) })
        }
        (one, other) => one.or(other),
    }
}

impl Reading<'_> {
    fn asks(&self, since: Millis, about: Option<RecordId>, what: What, action: Action) -> Asks {
        Asks { rule: self.rule.rule, group: self.rule.group, since, about, what, action, looked: None }
    }

    fn days_since(&self, day: Day) -> u32 {
        self.clock.today.0.saturating_sub(day.0)
    }

    /// Calls the client, or writes to one who has no telephone number here.
    fn reach_client(&self) -> Action {
        match self.summary.client() {
            Some(client) if client.phone => Action::Call(client.person),
            _ => self.write_to_client(),
        }
    }

    fn write_to_client(&self) -> Action {
        self.summary.client().map_or(Action::ShowClient, |client| Action::SendMessage(client.person))
    }

    fn help(&self, help: &HelpAsked) -> Option<Asks> {
        let waits = self.clock.now.0.saturating_sub(help.at.0);
        let asks = self.asks(help.at, Some(help.message), What::Help(*help), self.reach_client());
        let group = if waits < AT_THE_MOMENT { asks.group } else { Group::Today };
        (waits >= u64::from(self.threshold) * 60_000).then_some(Asks { group, ..asks })
    }

    fn given_up(&self) -> Vec<Asks> {
        let asks = |one: GivenUp| self.asks(one.at, Some(one.plan), What::GivenUp(one), self.write_to_client());
        self.summary.given_up.iter().copied().map(asks).collect()
    }

    fn step_fails(&self) -> Vec<Asks> {
        let often = self.summary.failing.iter().filter(|one| one.times >= self.threshold);
        let asks = |one: &Failing| {
            let action = Action::ShowStep { plan: one.plan, step: one.step };
            self.asks(one.last, Some(one.step), What::StepFails(*one), action)
        };
        often.map(asks).collect()
    }

    /// Of a plan or route less goes by oneself. What somebody said is done is so of these four weeks: it asks again by four other ones.
    fn less(&self, line: &Line) -> Option<Asks> {
        let this = Week::of(self.clock.today);
        let (was, is) = line.before_and_now(this);
        let (now, before) = beside(this);
        let what = What::Less { of: line.of, is_route: line.is_route, was, is, weeks: (before, this) };
        let action = if line.is_route { Action::ShowRoute(line.of) } else { Action::ShowCourse(line.of) };
        let asks = self.asks(now.monday().begins(), Some(line.of), what, action);
        (is.beside(was)? <= -i64::from(self.threshold)).then_some(asks)
    }

    fn no_practice(&self) -> Vec<Asks> {
        let travel = self.summary.travel.iter().filter_map(|travel| self.not_practised(travel));
        travel.chain(self.plans_at_rest()).collect()
    }

    /// A route that is to be practised every week.
    fn not_practised(&self, travel: &Travel) -> Option<Asks> {
        let agreed = travel.weekly?;
        let from = travel.last.map_or(agreed, Day::of).max(agreed);
        if travel.trajectory.is_none() && self.days_since(from) > ROUTE_RESTS_AFTER {
            return None;
        }
        let action = travel.volunteer.filter(|volunteer| *volunteer != self.me).map(Action::AskVolunteer);
        let since = travel.last.unwrap_or_default().max(agreed.begins());
        let quiet = self.quiet(from, travel.route, travel.last, travel.volunteer)?;
        let about = travel.trajectory.or(travel.route);
        Some(self.asks(since, about, quiet, action.unwrap_or_else(|| self.reach_client())))
    }

    /// Plans that were done week after week and are not any more.
    fn plans_at_rest(&self) -> Option<Asks> {
        let last = self.summary.last_run.filter(|_| self.summary.lines.iter().any(|line| !line.is_route))?.began;
        let week = Week::of(Day::of(last)).0;
        let lately = |one: &&WeekDone| one.begun > 0 && one.week.0 <= week && one.week.0 + 4 > week;
        if self.summary.weeks.iter().filter(lately).count() < WEEKS_OF_A_HABIT {
            return None;
        }
        let quiet = self.quiet(Day::of(last), None, Some(last), None)?;
        Some(self.asks(last, None, quiet, self.reach_client()))
    }

    /// Days go by without days off; on a day off nobody is asked.
    fn quiet(&self, from: Day, route: Option<RecordId>, last: Option<Millis>, with: Option<PersonId>) -> Option<What> {
        let is_off = |day: u32| self.summary.days_off.iter().any(|(from, until)| (from.0..=until.0).contains(&day));
        let today = self.clock.today.0;
        // Longer ago than days off are known of, it makes no difference.
        let first = from.0.max(today.saturating_sub(2 * Day::LOGS_STAY));
        let off = (first.saturating_add(1)..=today).filter(|day| is_off(*day)).count();
        let days = self.days_since(from).saturating_sub(u32::try_from(off).unwrap_or(u32::MAX));
        (days >= self.threshold && !is_off(today)).then_some(What::NoPractice { route, days, last, with })
    }

    fn handover(&self, travel: &Travel) -> Option<Asks> {
        let (id, handover) = (travel.trajectory?, travel.handover.as_ref()?);
        let is_near = handover.on.is_some_and(|on| on <= self.clock.today.on(self.threshold));
        let is_unsettled = handover.on.is_none() && self.days_since(handover.since) >= SETTLED_WITHIN;
        let since = handover.to_close.unwrap_or(handover.since).begins();
        let asks = || self.asks(since, Some(id), What::Handover(handover.clone()), Action::OpenHandover(id));
        (is_near || is_unsettled || handover.to_close.is_some()).then(asks)
    }

    /// Whoever is asked is told at once; others when nobody answers, or when it is to be done soon.
    fn task(&self, task: &TaskWaits) -> Option<Asks> {
        let is_asked = task.to == self.me;
        let waits = self.days_since(Day::of(task.at)) >= self.threshold;
        let is_near = task.due.is_some_and(|due| due <= self.clock.today.on(self.threshold));
        let asks = || self.asks(task.at, Some(task.task), What::Task(*task), Action::OpenTask(task.task));
        (is_asked || waits || is_near).then(asks)
    }

    fn follow_ups(&self) -> Vec<Asks> {
        let all = self.summary.travel.iter().flat_map(|travel| &travel.follow_ups);
        let due = all.filter(|(_, (_, due))| *due <= self.clock.today.on(self.threshold));
        let asks = |(id, (months, due)): &(RecordId, (u32, Day))| {
            let what = What::FollowUp { months: *months, due: *due };
            self.asks(due.begins(), Some(*id), what, Action::OpenFollowUp(*id))
        };
        due.map(asks).collect()
    }

    fn consents(&self) -> Vec<Asks> {
        let ending = self.summary.consents.iter().filter_map(|(id, (section, until))| {
            let last = Day::of(*until);
            let days = last.0.saturating_sub(self.clock.today.0);
            let ends = self.clock.now < *until && days <= self.threshold;
            let what = What::Consent { section: *section, until: *until, days };
            let since = last.back(self.threshold).begins();
            ends.then(|| self.asks(since, Some(*id), what, Action::OpenConsents))
        });
        ending.collect()
    }

    fn silent(&self, heard: Millis) -> Option<Asks> {
        let days = self.days_since(Day::of(heard));
        let asks = || self.asks(heard, None, What::Silent { days }, self.reach_client());
        (days >= self.threshold).then(asks)
    }

    fn piled(&self, piled: Option<Piled>, what: fn(Piled) -> What, action: Action) -> Vec<Asks> {
        let enough = piled.filter(|piled| piled.count >= self.threshold);
        enough.map(|piled| self.asks(piled.latest, None, what(piled), action)).into_iter().collect()
    }

    /// Hours over the last four whole weeks, where all four are granted and anybody writes down hours for this client. What somebody said is
    /// done is so of these weeks: it asks again by four other ones.
    fn hours(&self) -> Option<Asks> {
        let (row, from) = self.summary.hours_of_late(self.clock.today)?;
        let per_cent = over_in_per_cents(&row)?;
        let threshold = i64::from(self.threshold);
        let asks = match self.rule.rule {
            AttentionRule::HoursOver => per_cent >= threshold,
            _ => per_cent <= -threshold,
        };
        let what = What::Hours(HoursAside { shown: row.shown()?, per_cent });
        asks.then(|| self.asks(from.begins(), None, what, Action::OpenHours))
    }
}

/// By how many per cents of what is granted more was used, rounded towards nothing; none where nothing is granted.
fn over_in_per_cents(row: &ClientHours) -> Option<i64> {
    let sevenths = |minutes: u64| i64::try_from(minutes).ok();
    let (used, granted) =
        (sevenths(row.used.both().checked_mul(Granted::IN_A_MINUTE)?)?, sevenths(row.granted.both())?);
    used.checked_sub(granted)?.checked_mul(100)?.checked_div(granted)
}

impl Summary {
    /// Hours over the last four whole weeks, and the day on which those begin; none where not all four are granted, or where nobody writes down
    /// hours for this client.
    pub(super) fn hours_of_late(&self, today: Day) -> Option<(ClientHours, Day)> {
        let this = Week::of(today);
        let (from, to) = (this.0.checked_sub(WEEKS_OF_HOURS)?, this.0.checked_sub(1)?);
        let period = Period { from: Week(from).monday(), to: Week(to).sunday() };
        let times = self.hours.weeks.iter().flat_map(|week| {
            let time = |role, minutes| GuidanceTime {
                on: week.week.monday(),
                minutes,
                role,
                kind: TimeKind::Direct,
                planned: true,
            };
            [time(DuoRole::Supervisor, week.supervisor), time(DuoRole::SupportWorker, week.support_worker)]
        });
        let times: Vec<GuidanceTime> = times.collect();
        let row = client_hours(&times, &self.hours.grants, period);
        (row.weeks == WEEKS_OF_HOURS && !times.is_empty()).then_some((row, period.from))
    }
}
