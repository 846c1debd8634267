//! Whether following is used: of what colleagues did with what asked for attention, how much there was in each week and by whom. In the pilot
//! remote following existed and nobody used it, so an organisation is to see whether that is so again.

use std::collections::BTreeSet;

use opstap_core::model::AttentionAct;
use opstap_core::{CircleId, Day, PersonId};

use crate::Week;

/// Something that a colleague did with what asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    /// Who; not known of a device that is nobody's any more.
    pub by: Option<PersonId>,
    /// In which circle.
    pub circle: CircleId,
    /// On which day.
    pub on: Day,
    /// What.
    pub act: AttentionAct,
}

/// How much following there was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Used {
    /// How many colleagues did anything.
    pub people: usize,
    /// On how many days.
    pub days: usize,
    /// In how many weeks.
    pub weeks: usize,
    /// For how many clients.
    pub clients: usize,
    /// How often somebody looked at what asked.
    pub looked: usize,
    /// How often it was put off.
    pub later: usize,
    /// How often it was done.
    pub done: usize,
    /// The last day.
    pub last: Option<Day>,
}

impl Used {
    /// What these deeds come to. A deed of nobody who is known counts for no one's name, and for the rest as any other.
    #[must_use]
    pub fn of<'a>(deeds: impl Iterator<Item = &'a Deed>) -> Self {
        let mut used = Self::default();
        let (mut people, mut days, mut weeks, mut clients) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for deed in deeds {
            match deed.act {
                AttentionAct::Looked => used.looked += 1,
                AttentionAct::Later => used.later += 1,
                AttentionAct::Done => used.done += 1,
            }
            people.extend(deed.by);
            days.insert(deed.on);
            weeks.insert(Week::of(deed.on).monday());
            clients.insert(deed.circle);
        }
        let last = days.last().copied();
        Self { people: people.len(), days: days.len(), weeks: weeks.len(), clients: clients.len(), last, ..used }
    }
}

/// Every week from one day to another with what was done in it, also those in which there was nothing: these tell most.
#[must_use]
pub fn used_by_week(deeds: &[Deed], from: Day, to: Day) -> Vec<(Week, Used)> {
    let (first, last) = (Week::of(from), Week::of(to));
    let week = |week: u32| {
        let week = Week(week);
        (week, Used::of(deeds.iter().filter(|deed| Week::of(deed.on) == week)))
    };
    (first.0..=last.0).map(week).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deed(by: u8, circle: u8, on: u32, act: AttentionAct) -> Deed {
        Deed { by: (by > 0).then_some(PersonId([by; 16])), circle: CircleId([circle; 16]), on: Day(on), act }
    }

    #[test]
    fn people_days_weeks_and_clients_count_once_and_every_deed_by_what_it_was() {
        // A Monday and a Tuesday, and the Monday after.
        let deeds = [
            deed(1, 1, 11, AttentionAct::Looked),
            deed(1, 1, 11, AttentionAct::Later),
            deed(1, 2, 12, AttentionAct::Looked),
            deed(2, 2, 18, AttentionAct::Done),
            deed(0, 2, 18, AttentionAct::Looked),
        ];
        let used = Used::of(deeds.iter());
        assert_eq!((used.people, used.days, used.weeks, used.clients), (2, 3, 2, 2));
        assert_eq!((used.looked, used.later, used.done, used.last), (3, 1, 1, Some(Day(18))));
        assert_eq!(Used::of([].iter()), Used::default());
    }

    #[test]
    fn a_week_in_which_nobody_looked_stands_among_the_others() {
        let deeds = [deed(1, 1, 4, AttentionAct::Looked), deed(1, 1, 18, AttentionAct::Looked)];
        let weeks: Vec<usize> = used_by_week(&deeds, Day(4), Day(24)).iter().map(|(_, used)| used.looked).collect();
        assert_eq!(weeks, [1, 0, 1]);
        assert!(used_by_week(&deeds, Day(24), Day(4)).is_empty());
    }
}
