//! Figures over logs by the month, which stay on a phone when the logs themselves have become too old for it. Each log without a parent is
//! counted by one of them, so that no month stays out of the list from which old months can be brought back.

use std::collections::BTreeMap;

use opstap_core::age::{Day, Month};
use opstap_core::model::{
    Arrival, Ending, GoalHelp, HelpLevel, Model, Practice, PracticeEnd, Run, RunEnd, StepEvent, StepOutcome,
};
use opstap_core::protocol::{Figure, NO_RECORD, What};
use opstap_core::{Kind, Record, RecordId};

/// What these logs come to, by the month in which their run or practice began, and of messages and the book by the month in which they
/// were made; in order of (month, record, what). What is deleted does not count; what stands below a run or practice that is not among
/// the records does not either.
#[must_use]
pub fn figures(logs: &[Record]) -> Vec<Figure> {
    let mut counts = Counts::default();
    let kept: Vec<&Record> = logs.iter().filter(|record| !record.is_deleted()).collect();
    let mut tops: BTreeMap<RecordId, (Month, RecordId)> = BTreeMap::new();
    for record in &kept {
        if let Some(run) = Run::from_record(record) {
            let month = Day::of(run.at).month();
            tops.insert(record.id, (month, run.plan));
            counts.add(month, run.plan, What::Runs, 1);
        } else if let Some(practice) = Practice::from_record(record) {
            let month = Day::of(practice.at).month();
            tops.insert(record.id, (month, practice.route));
            counts.add(month, practice.route, What::Practices, 1);
        } else if let Some(arrival) = Arrival::from_record(record) {
            counts.add(Day::of(arrival.at).month(), arrival.route, What::Arrivals, 1);
        } else if let Some(made) = record.made() {
            // They are told by nothing else than their age, so they count in the month that is asked for to have them back.
            let what = match record.kind {
                Kind::Message => What::Messages,
                Kind::BookEntry => What::BookEntries,
                _ => continue,
            };
            counts.add(Day::of(made.millis).month(), NO_RECORD, what, 1);
        }
    }
    let replaced: Vec<RecordId> = kept.iter().filter_map(|record| GoalHelp::from_record(record)?.replaces).collect();
    for record in &kept {
        let Some((month, of)) = record.parent.and_then(|parent| tops.get(&parent)).copied() else { continue };
        if !replaced.contains(&record.id) {
            counts.below(record, month, of);
        }
    }
    counts.0.into_iter().map(|((month, of, what), count)| Figure { month, of, what, count }).collect()
}

#[derive(Default)]
struct Counts(BTreeMap<(Month, RecordId, What), u64>);

impl Counts {
    fn add(&mut self, month: Month, of: RecordId, what: What, by: u64) {
        *self.0.entry((month, of, what)).or_default() += by;
    }

    /// Counts what stands below a run of a plan, or a practice of a route.
    fn below(&mut self, record: &Record, month: Month, of: RecordId) {
        match record.kind {
            Kind::RunEnd if RunEnd::from_record(record).is_some_and(|end| end.how == Ending::Done) => {
                self.add(month, of, What::RunsDone, 1);
            }
            Kind::StepEvent => {
                let what = match StepEvent::from_record(record).map(|event| event.what) {
                    Some(StepOutcome::Done) => What::StepsDone,
                    Some(StepOutcome::HelpAsked) => What::HelpAsked,
                    Some(StepOutcome::NotManaged) => What::NotManaged,
                    Some(
                        StepOutcome::Shown
                        | StepOutcome::Back
                        | StepOutcome::Later
                        | StepOutcome::OtherWay
                        | StepOutcome::Chosen,
                    )
                    | None => return,
                };
                self.add(month, of, what, 1);
            }
            Kind::GoalHelp => {
                let Some(answer) = GoalHelp::from_record(record) else { return };
                self.add(month, answer.goal, help(answer.help), 1);
            }
            Kind::PracticeEnd => {
                let minutes = PracticeEnd::from_record(record).and_then(|end| end.minutes).unwrap_or_default();
                self.add(month, of, What::Minutes, u64::from(minutes));
            }
            _ => {}
        }
    }
}

const fn help(level: HelpLevel) -> What {
    match level {
        HelpLevel::ByOneself => What::GoalSelf,
        HelpLevel::Hint => What::GoalHint,
        HelpLevel::Told => What::GoalTold,
        HelpLevel::Shown => What::GoalShown,
        HelpLevel::Together => What::GoalTogether,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use opstap_core::model::{self, BookEntry, Message};
    use opstap_core::{Cell, Change, DeviceId, Millis, PersonId, Stamp};

    const PLAN: RecordId = RecordId([1; 16]);
    const ROUTE: RecordId = RecordId([2; 16]);
    const GOAL: RecordId = RecordId([3; 16]);
    const STEP: RecordId = RecordId([4; 16]);

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn record(change: Change) -> Record {
        let Change::Make { id, kind, parent, cells } = change else { unreachable!("logs are made") };
        let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([9; 16]) };
        let mut record = Record::new(id, kind, parent);
        record.cells = cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })).collect();
        record
    }

    /// A moment in a month of 2026.
    fn at(month: u32) -> Millis {
        Month((2026 - 1970) * 12 + month - 1).begins().begins().plus(3_600_000)
    }

    fn figure(month: u32, of: RecordId, what: What, count: u64) -> Figure {
        Figure { month: Day::of(at(month)).month(), of, what, count }
    }

    #[test]
    fn runs_and_what_happened_at_their_steps_are_counted_by_the_month_in_which_they_began() {
        let event = |n, run, what| record(StepEvent::of(STEP, what, at(5)).make_below(id(n), run));
        let logs = [
            record(Run::begins(PLAN, at(3)).make(id(10))),
            record(Run::begins(PLAN, at(4)).make(id(11))),
            record(Run::begins(PLAN, at(4)).make(id(12))),
            event(20, id(10), StepOutcome::Shown),
            event(21, id(10), StepOutcome::Done),
            event(22, id(11), StepOutcome::HelpAsked),
            event(23, id(11), StepOutcome::NotManaged),
            event(24, id(11), StepOutcome::Done),
            event(25, id(99), StepOutcome::Done),
            record(RunEnd { how: Ending::Done, at: at(5) }.make_below(id(30), id(11))),
            record(RunEnd { how: Ending::Stopped, at: at(5) }.make_below(id(31), id(12))),
        ];
        let expected = [
            figure(3, PLAN, What::Runs, 1),
            figure(3, PLAN, What::StepsDone, 1),
            figure(4, PLAN, What::Runs, 2),
            figure(4, PLAN, What::RunsDone, 1),
            figure(4, PLAN, What::StepsDone, 1),
            figure(4, PLAN, What::HelpAsked, 1),
            figure(4, PLAN, What::NotManaged, 1),
        ];
        assert_eq!(figures(&logs), expected);
    }

    #[test]
    fn messages_and_the_book_count_in_the_month_in_which_they_were_made() {
        let entry = BookEntry { at: at(3), text: None, photo: None, voice: None, audience: Vec::new() };
        let message = Message::saying(PersonId([5; 16]), "Gelukt!", at(3));
        let made_in = |month: u32, mut record: Record| {
            let stamp = Stamp { millis: at(month), counter: 0, device: DeviceId([9; 16]) };
            record.cells.values_mut().for_each(|cell| cell.stamp = stamp);
            record
        };
        let logs = [
            made_in(3, record(entry.make(id(10)))),
            made_in(4, record(entry.make(id(11)))),
            made_in(4, record(message.make(id(12)))),
            made_in(4, record(message.make(id(13)))),
        ];
        let expected = [
            figure(3, NO_RECORD, What::BookEntries, 1),
            figure(4, NO_RECORD, What::Messages, 2),
            figure(4, NO_RECORD, What::BookEntries, 1),
        ];
        assert_eq!(figures(&logs), expected);
    }

    #[test]
    fn an_arrival_counts_by_its_route_in_the_month_in_which_it_was() {
        let logs = [
            record(Arrival { route: ROUTE, at: at(3) }.make(id(10))),
            record(Arrival { route: ROUTE, at: at(4) }.make(id(11))),
            record(Arrival { route: ROUTE, at: at(4) }.make(id(12))),
        ];
        let expected = [figure(3, ROUTE, What::Arrivals, 1), figure(4, ROUTE, What::Arrivals, 2)];
        assert_eq!(figures(&logs), expected);
    }

    #[test]
    fn practices_count_their_minutes_and_of_a_corrected_answer_the_correction() {
        let help =
            |n, help, replaces| record(GoalHelp { goal: GOAL, help, at: at(3), replaces }.make_below(id(n), id(10)));
        let mut deleted = record(Practice { route: ROUTE, at: at(3) }.make(id(11)));
        let stamp = Stamp { millis: Millis(2), counter: 0, device: DeviceId([9; 16]) };
        let Change::Set { cells, .. } = model::delete(id(11)) else { unreachable!("deleting sets a cell") };
        let cells = cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 2 }));
        deleted.cells.extend(cells);
        let end = PracticeEnd { at: at(3), minutes: Some(45), word: None, face: None, said: None };
        let logs = [
            record(Practice { route: ROUTE, at: at(3) }.make(id(10))),
            deleted,
            help(20, HelpLevel::Together, None),
            help(21, HelpLevel::Hint, Some(id(20))),
            record(end.make_below(id(30), id(10))),
        ];
        let expected = [
            figure(3, ROUTE, What::Practices, 1),
            figure(3, ROUTE, What::Minutes, 45),
            figure(3, GOAL, What::GoalHint, 1),
        ];
        assert_eq!(figures(&logs), expected);
    }
}
