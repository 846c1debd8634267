//! Time that somebody probably spent, from what they did: proposed, so that hours are a by-product of the work and one tap to write down.

use opstap_core::model::{TimeKind, TimeSpent};
use opstap_core::{Day, RecordId};

/// Something in which time was spent: an appointment, a practice, or a run that was followed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// Its record.
    pub id: RecordId,
    /// On which day.
    pub on: Day,
    /// How many minutes it took.
    pub minutes: u32,
    /// Whether it was planned: an appointment was.
    pub planned: bool,
}

/// For how many days back time is proposed. Who did not write it down by then did not want to.
const DAYS_BACK: u32 = 14;

/// The times to propose for these occasions of one person, the latest first: of days that have been, in the last two weeks, and not
/// written down yet, by whatever word on it that stands. `written` is all the time that this person wrote down.
#[must_use]
pub fn time_proposals<'a>(
    occasions: impl IntoIterator<Item = Occasion>,
    written: impl IntoIterator<Item = &'a TimeSpent>,
    today: Day,
) -> Vec<TimeSpent> {
    let about: Vec<RecordId> = written.into_iter().filter_map(|time| time.about).collect();
    let mut open: Vec<Occasion> = occasions
        .into_iter()
        .filter(|one| one.on <= today && one.on > today.back(DAYS_BACK) && one.minutes > 0 && !about.contains(&one.id))
        .collect();
    open.sort_by_key(|one| (std::cmp::Reverse(one.on), one.id));
    open.dedup_by_key(|one| one.id);
    open.into_iter()
        .map(|one| TimeSpent {
            about: Some(one.id),
            unplanned: (!one.planned).then_some(true),
            ..TimeSpent::of(one.on, one.minutes, TimeKind::Direct)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occasion(n: u8, on: u32, minutes: u32) -> Occasion {
        Occasion { id: RecordId([n; 16]), on: Day(on), minutes, planned: n == 1 }
    }

    fn proposed(occasions: &[Occasion], written: &[TimeSpent]) -> Vec<(Option<RecordId>, u32, Option<bool>)> {
        let proposals = time_proposals(occasions.iter().copied(), written, Day(100));
        proposals.into_iter().map(|time| (time.about, time.minutes, time.unplanned)).collect()
    }

    #[test]
    fn what_was_done_is_proposed_the_latest_first_until_it_is_written_down() {
        let occasions = [occasion(1, 98, 45), occasion(2, 100, 60)];
        let (first, second) = (Some(RecordId([1; 16])), Some(RecordId([2; 16])));
        assert_eq!(proposed(&occasions, &[]), [(second, 60, Some(true)), (first, 45, None)]);
        // Written down with other minutes it is written down all the same.
        let written = TimeSpent { about: second, ..TimeSpent::of(Day(100), 30, TimeKind::Indirect) };
        assert_eq!(proposed(&occasions, &[written]), [(first, 45, None)]);
    }

    #[test]
    fn nothing_is_proposed_of_what_is_to_come_or_took_no_time_or_is_more_than_two_weeks_ago() {
        let occasions = [occasion(1, 101, 45), occasion(2, 100, 0), occasion(3, 86, 30), occasion(4, 87, 20)];
        assert_eq!(proposed(&occasions, &[]), [(Some(RecordId([4; 16])), 20, Some(true))]);
    }
}
