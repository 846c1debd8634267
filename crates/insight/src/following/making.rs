//! A summary from the records of a circle.

mod arranged;
mod asking;
mod runs;
mod travel;

use opstap_core::model::{AttentionSettings, DaysOff, Ending, Face, Member, Plan, Route, RunFace, Step, Task};
use opstap_core::{Day, Millis, RecordId};

use super::source::Source;
use super::summary::{Line, LineWeek, Piled, Summary, Teammate, WeekDone};
use crate::Week;

/// The most of each thing in a summary, so that it stays small whatever happened in a circle.
const MOST: usize = 5;
/// The most people; more than a circle has.
const MOST_PEOPLE: usize = 16;
/// The most plans and routes that are told week by week.
const MOST_LINES: usize = 8;
/// So many weeks are told.
const MOST_WEEKS: usize = 13;
/// The most marks.
const MOST_MARKS: usize = 24;
/// The most letters of a title.
const LONGEST: usize = 60;

impl Summary {
    /// Makes the summary of a circle.
    #[must_use]
    pub fn of(source: &Source<'_>) -> Self {
        let plans = runs::plans(source);
        let runs = runs::runs(source, &plans);
        let travelled = travel::travelled(source);
        let mut lines = runs::lines(&runs);
        lines.extend(travelled.iter().map(travel::Travelled::line));
        lines.retain(|line| !line.weeks.is_empty());
        let weeks = weeks(&runs, &lines);
        // What was removed since, or rests, counts in the weeks, and is nothing to look at.
        lines.retain(|line| line.is_route || plans.iter().any(|plan| plan.id == line.of && plan.is_followed));
        lines.sort_by_key(|line| std::cmp::Reverse(line.weeks.first().map(|week| (week.week, week.times))));
        lines.truncate(MOST_LINES);
        let settings = source.all::<AttentionSettings>().into_iter().min_by_key(|known| known.id);
        let mut summary = Self {
            made: source.now,
            team: team(source),
            titles: Vec::new(),
            weeks,
            lines,
            last_run: runs.first().map(runs::Run::last),
            faces: faces(source),
            help: asking::help(source, &plans),
            given_up: runs::given_up(&plans, &runs, source.now),
            failing: runs::failing(&plans, &runs),
            travel: travel::travel(source, &travelled),
            tasks: arranged::tasks(source),
            consents: arranged::consents(source),
            hours: arranged::hours(source),
            next: arranged::next(source),
            days_off: days_off(source),
            marks: arranged::marks(source),
            settings: settings.map_or(unsettled(), |known| known.value),
            refused: source.refused.filter(|refused| refused.count > 0),
            conflicts: conflicts(source),
        };
        summary.titles = titles(source, &summary);
        summary
    }
}

/// Nothing is different for this client.
pub(super) const fn unsettled() -> AttentionSettings {
    AttentionSettings { off: None, quiet_days: None, failures: None, silent_days: None, hours_percent: None }
}

fn team(source: &Source<'_>) -> Vec<Teammate> {
    let members = source.members().into_iter().take(MOST_PEOPLE);
    let teammate = |member: Member| Teammate {
        person: member.person,
        relation: member.relation,
        phone: member.phone.is_some(),
        name: short(&member.name),
    };
    members.map(teammate).collect()
}

/// A title as far as there is room for it.
fn short(title: &str) -> String {
    title.chars().take(LONGEST).collect()
}

fn faces(source: &Source<'_>) -> Vec<(Millis, Face)> {
    let mut faces: Vec<_> = source.all::<RunFace>().iter().map(|face| (face.value.at, face.value.face)).collect();
    newest(&mut faces, |(at, _)| *at);
    faces
}

/// The newest of some things, the newest first.
fn newest<T, K: Ord>(all: &mut Vec<T>, when: impl Fn(&T) -> K) {
    all.sort_by_key(|one| std::cmp::Reverse(when(one)));
    all.truncate(MOST);
}

/// Days off that are not long over.
fn days_off(source: &Source<'_>) -> Vec<(Day, Day)> {
    let from = Day::of(source.now).back(Day::LOGS_STAY);
    let all = source.all::<DaysOff>();
    let mut days: Vec<_> = all.iter().map(|known| (known.value.from, known.value.until)).collect();
    days.retain(|(_, until)| *until >= from);
    days.sort_unstable();
    days.truncate(MOST_LINES);
    days
}

fn conflicts(source: &Source<'_>) -> Option<Piled> {
    let crossed: Vec<_> = source.records.iter().filter(|record| (source.is_crossed)(record)).collect();
    let latest = crossed.iter().flat_map(|record| record.kept.iter().map(|kept| kept.stamp.millis)).max();
    let count = u32::try_from(crossed.len()).unwrap_or(u32::MAX);
    (count > 0).then(|| Piled { count, latest: latest.unwrap_or_default() })
}

/// The weeks over all plans and routes.
fn weeks(runs: &[runs::Run], lines: &[Line]) -> Vec<WeekDone> {
    let mut weeks: Vec<WeekDone> = Vec::new();
    for run in runs {
        add(&mut weeks, week_of(run.story.began), |week| {
            let counts = match run.story.ended {
                Some((Ending::Done, _)) => Some(&mut week.done),
                Some((Ending::Stopped, _)) => Some(&mut week.stopped),
                None => None,
            };
            week.begun = week.begun.saturating_add(1);
            if let Some(count) = counts {
                *count = count.saturating_add(1);
            }
        });
    }
    for line in lines {
        for of_line in &line.weeks {
            add(&mut weeks, of_line.week, |week| {
                week.all = week.all.saturating_add(of_line.all);
                week.by_oneself = week.by_oneself.saturating_add(of_line.by_oneself);
                week.practices = week.practices.saturating_add(if line.is_route { of_line.times } else { 0 });
            });
        }
    }
    weeks.sort_by_key(|week| std::cmp::Reverse(week.week));
    weeks.truncate(MOST_WEEKS);
    weeks
}

fn add(weeks: &mut Vec<WeekDone>, week: Week, done: impl FnOnce(&mut WeekDone)) {
    match weeks.iter_mut().find(|one| one.week == week) {
        Some(one) => done(one),
        None => {
            let mut one = WeekDone { week, begun: 0, done: 0, stopped: 0, all: 0, by_oneself: 0, practices: 0 };
            done(&mut one);
            weeks.push(one);
        }
    }
}

fn week_of(moment: Millis) -> Week {
    Week::of(Day::of(moment))
}

/// Adds to the week of a line.
fn add_to(weeks: &mut Vec<LineWeek>, week: Week, by_oneself: usize, all: usize) {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    match weeks.iter_mut().find(|one| one.week == week) {
        Some(one) => {
            one.times = one.times.saturating_add(1);
            one.all = one.all.saturating_add(count(all));
            one.by_oneself = one.by_oneself.saturating_add(count(by_oneself));
        }
        None => weeks.push(LineWeek { week, times: 1, all: count(all), by_oneself: count(by_oneself) }),
    }
}

/// The newest weeks, the newest first.
fn in_order(mut weeks: Vec<LineWeek>) -> Vec<LineWeek> {
    weeks.sort_by_key(|week| std::cmp::Reverse(week.week));
    weeks.truncate(MOST_WEEKS);
    weeks
}

/// The titles of all that a summary speaks of.
fn titles(source: &Source<'_>, summary: &Summary) -> Vec<(RecordId, String)> {
    let mut spoken_of: Vec<RecordId> = summary.lines.iter().map(|line| line.of).collect();
    spoken_of.extend(summary.last_run.map(|run| run.plan));
    spoken_of.extend(summary.help.iter().flat_map(|help| [help.step, help.plan]).flatten());
    spoken_of.extend(summary.given_up.iter().flat_map(|one| [Some(one.plan), one.step]).flatten());
    spoken_of.extend(summary.failing.iter().flat_map(|one| [one.plan, one.step]));
    spoken_of.extend(summary.travel.iter().filter_map(|one| one.route));
    spoken_of.extend(summary.tasks.iter().map(|one| one.task));
    let mut titles = Vec::new();
    let mut say = |id: RecordId, title: &str| {
        if spoken_of.contains(&id) {
            titles.push((id, short(title)));
        }
    };
    source.all::<Plan>().iter().for_each(|plan| say(plan.id, &plan.value.title));
    source.all::<Step>().iter().for_each(|step| say(step.id, &step.value.text));
    source.all::<Route>().iter().for_each(|route| say(route.id, &route.value.title));
    source.all::<Task>().iter().for_each(|task| say(task.id, &task.value.title));
    titles
}

#[cfg(test)]
#[path = "making_tests.rs"]
mod tests;
