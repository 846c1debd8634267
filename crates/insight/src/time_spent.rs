//! Time that professionals wrote down for a client: what was corrected, and what counts.

use opstap_core::RecordId;
use opstap_core::model::TimeSpent;

/// Time that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeStory {
    /// The last word on it.
    pub id: RecordId,
    /// How much, when, on what.
    pub time: TimeSpent,
    /// What it took the place of. Whoever takes the time back takes these back with it.
    pub corrected: Vec<RecordId>,
}

/// The times that count, of all that stand, in the order in which they were made. A correction takes the place of what it corrects, and of
/// several corrections of the same the last counts, so that no time counts twice.
#[must_use]
pub fn times_spent(all: impl IntoIterator<Item = (RecordId, TimeSpent)>) -> Vec<TimeStory> {
    let mut stories: Vec<TimeStory> = Vec::new();
    for (id, time) in all {
        let of = |one: &&mut TimeStory| {
            time.replaces.is_some_and(|replaced| one.id == replaced || one.corrected.contains(&replaced))
        };
        match stories.iter_mut().find(of) {
            Some(story) => {
                story.corrected.push(std::mem::replace(&mut story.id, id));
                story.time = time;
            }
            None => stories.push(TimeStory { id, time, corrected: Vec::new() }),
        }
    }
    stories
}

#[cfg(test)]
mod tests {
    use opstap_core::Day;
    use opstap_core::model::TimeKind;

    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn time(n: u8, minutes: u32, replaces: Option<u8>) -> (RecordId, TimeSpent) {
        let replaces = replaces.map(id);
        (id(n), TimeSpent { replaces, ..TimeSpent::of(Day(9), minutes, TimeKind::Direct) })
    }

    fn counted(all: &[(RecordId, TimeSpent)]) -> Vec<(RecordId, u32, usize)> {
        let stories = times_spent(all.iter().cloned());
        stories.into_iter().map(|story| (story.id, story.time.minutes, story.corrected.len())).collect()
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_corrects_and_so_does_the_one_after_it() {
        let all = [time(1, 30, None), time(2, 45, None), time(3, 35, Some(1)), time(4, 40, Some(3))];
        assert_eq!(counted(&all), [(id(4), 40, 2), (id(2), 45, 0)]);
    }

    #[test]
    fn of_two_corrections_of_the_same_on_two_devices_the_last_counts() {
        let all = [time(1, 30, None), time(2, 35, Some(1)), time(3, 40, Some(1))];
        assert_eq!(counted(&all), [(id(3), 40, 2)]);
    }

    #[test]
    fn without_the_correction_what_it_corrected_counts_and_without_that_the_correction_alone() {
        assert_eq!(counted(&[time(1, 30, None)]), [(id(1), 30, 0)]);
        assert_eq!(counted(&[time(2, 35, Some(1))]), [(id(2), 35, 0)]);
    }
}
