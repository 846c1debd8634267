//! What was acknowledged, and what must be so of it ever after. Pure, so that it can be seen to find what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::protocol::Verdict;
use opstap_core::{EditName, RecordId};

/// Every edit whose verdict arrived.
#[derive(Default, Clone)]
pub struct Ledger {
    edits: BTreeMap<EditName, Acknowledged>,
}

/// An accepted edit that made one record, which never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledged {
    pub record: RecordId,
    pub number: u64,
}

/// What stands in a server after a start.
#[derive(Default, Clone)]
pub struct Found {
    /// The counter of the circle before the first edit of the ledger.
    pub before: u64,
    /// The counter of the circle now.
    pub counter: u64,
    /// The numbers above `before` that the database gave to edits, in order.
    pub numbers: Vec<u64>,
    /// The records of a load from the beginning, with their numbers.
    pub loaded: BTreeMap<RecordId, u64>,
    /// What each device that follows has.
    pub followed: Vec<BTreeMap<RecordId, u64>>,
    /// What was said of edits that were sent again.
    pub repeated: Vec<(EditName, Verdict)>,
    /// What the database says of itself; nothing when all is well.
    pub complaints: Vec<String>,
}

impl Ledger {
    /// Takes another's edits in.
    pub fn take_in(&mut self, other: &Self) -> Vec<String> {
        let noted = other.edits.iter().filter_map(|(name, acknowledged)| self.note(*name, *acknowledged).err());
        noted.collect()
    }

    /// Notes a verdict that arrived.
    pub fn note(&mut self, name: EditName, acknowledged: Acknowledged) -> Result<(), String> {
        let known = *self.edits.entry(name).or_insert(acknowledged);
        if known == acknowledged {
            Ok(())
        } else {
            Err(format!("{name:?} was number {} and is number {}", known.number, acknowledged.number))
        }
    }

    pub fn len(&self) -> usize {
        self.edits.len()
    }

    /// All that is wrong.
    pub fn check(&self, found: &Found) -> Vec<String> {
        let mut wrong = found.complaints.clone();
        for (name, acknowledged) in &self.edits {
            match found.loaded.get(&acknowledged.record) {
                Some(number) if *number == acknowledged.number => {}
                Some(number) => {
                    wrong.push(format!("{name:?}, number {}, is delivered as {number}", acknowledged.number));
                }
                None => wrong.push(format!("{name:?}, number {}, is not delivered", acknowledged.number)),
            }
        }
        let mut given = BTreeSet::new();
        for acknowledged in self.edits.values() {
            if !given.insert(acknowledged.number) {
                wrong.push(format!("number {} was given to two edits", acknowledged.number));
            }
        }
        for (name, verdict) in &found.repeated {
            let same = self.edits.get(name).is_some_and(
                |known| matches!(verdict, Verdict::Accepted { number, restamped: None } if *number == known.number),
            );
            if !same {
                wrong.push(format!("{name:?} was sent again and got another verdict: {verdict:?}"));
            }
        }
        if !found.numbers.iter().copied().eq(found.before + 1..=found.counter) {
            wrong.push(format!(
                "the {} numbers above {} up to {} have gaps or doubles",
                found.numbers.len(),
                found.before,
                found.counter
            ));
        }
        for followed in &found.followed {
            let differs = followed.iter().filter(|(id, number)| found.loaded.get(*id) != Some(*number)).count();
            if differs > 0 || followed.len() != found.loaded.len() {
                wrong.push(format!(
                    "who followed has {} records, {differs} of them otherwise than the {} of a load",
                    followed.len(),
                    found.loaded.len()
                ));
            }
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use opstap_core::DeviceId;

    fn name(n: u64) -> EditName {
        EditName { device: DeviceId([7; 16]), n }
    }

    fn record(n: u64) -> RecordId {
        RecordId([u8::try_from(n).unwrap(); 16])
    }

    /// Three edits after two that were there, and a server in which all is well.
    fn all_is_well() -> (Ledger, Found) {
        let mut ledger = Ledger::default();
        let mut found = Found { before: 2, counter: 5, numbers: vec![3, 4, 5], ..Found::default() };
        for n in 3..=5 {
            ledger.note(name(n), Acknowledged { record: record(n), number: n }).unwrap();
            found.loaded.insert(record(n), n);
            found.repeated.push((name(n), Verdict::Accepted { number: n, restamped: None }));
        }
        found.followed.push(found.loaded.clone());
        (ledger, found)
    }

    #[track_caller]
    fn finds(change: impl FnOnce(&mut Ledger, &mut Found), words: &str) {
        let (mut ledger, mut found) = all_is_well();
        assert_eq!(ledger.check(&found), [""; 0]);
        change(&mut ledger, &mut found);
        let wrong = ledger.check(&found);
        assert!(wrong.iter().any(|wrong| wrong.contains(words)), "{wrong:?}");
    }

    #[test]
    fn a_lost_edit_is_found() {
        finds(|_, found| _ = found.loaded.remove(&record(4)), "is not delivered");
        finds(|_, found| _ = found.loaded.insert(record(4), 9), "is delivered as 9");
    }

    #[test]
    fn another_verdict_for_a_repeat_is_found() {
        finds(|_, found| found.repeated[0].1 = Verdict::Accepted { number: 6, restamped: None }, "another verdict");
        finds(|_, found| found.repeated[0].1 = Verdict::Quarantined, "another verdict");
        let (mut ledger, _) = all_is_well();
        assert!(ledger.note(name(3), Acknowledged { record: record(3), number: 8 }).is_err());
    }

    #[test]
    fn gaps_and_doubles_are_found() {
        finds(|_, found| _ = found.numbers.remove(1), "gaps or doubles");
        finds(|_, found| found.numbers.insert(1, 4), "gaps or doubles");
        finds(|_, found| found.counter = 6, "gaps or doubles");
        let twice = Acknowledged { record: record(5), number: 5 };
        finds(|ledger, _| ledger.note(name(6), twice).unwrap(), "given to two edits");
    }

    #[test]
    fn a_follower_who_misses_something_is_found() {
        finds(|_, found| _ = found.followed[0].remove(&record(5)), "who followed has 2 records");
        finds(|_, found| _ = found.followed[0].insert(record(5), 4), "1 of them otherwise");
    }

    #[test]
    fn what_the_database_complains_of_is_passed_on() {
        finds(|_, found| found.complaints.push("row 3 missing from index".to_owned()), "row 3 missing");
    }
}
