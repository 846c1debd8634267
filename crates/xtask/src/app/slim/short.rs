//! Short names instead of long ones.

use std::collections::{BTreeMap, BTreeSet};

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A short name for each of these, in their order, and none of them one that is taken.
pub fn names<'long>(long: impl IntoIterator<Item = &'long str>, taken: &BTreeSet<String>) -> BTreeMap<String, String> {
    let free = (0..).map(name).filter(|name| !taken.contains(name));
    let mut names = BTreeMap::new();
    for (long, short) in long.into_iter().zip(free) {
        names.insert(long.to_owned(), short);
    }
    names
}

/// `a` to `Z`, then `aa` to `ZZ`, and so on.
fn name(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = number + 1;
    while let Some(left) = rest.checked_sub(1) {
        letters.extend(LETTERS.get(left % LETTERS.len()).copied().map(char::from));
        rest = left / LETTERS.len();
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_the_same_and_the_first_are_the_shortest() {
        let all: BTreeSet<String> = (0..3000).map(name).collect();
        assert_eq!(all.len(), 3000);
        assert_eq!([0, 25, 26, 51, 52, 53, 52 + 52 * 52].map(name), ["a", "z", "A", "Z", "aa", "ab", "aaa"]);
    }

    #[test]
    fn a_name_that_is_taken_is_skipped() {
        let names = names(["long", "longer"], &BTreeSet::from(["a".to_owned()]));
        assert_eq!(names, [("long", "b"), ("longer", "c")].map(|(from, to)| (from.to_owned(), to.to_owned())).into());
    }
}
