//! Counts tests from the result lines that cargo's test programs print.

use std::ops::AddAssign;

/// How many tests did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that held.
    pub passed: usize,
    /// Tests that did not.
    pub failed: usize,
    /// Tests that were there but were told not to run.
    pub ignored: usize,
}

impl Tally {
    /// What one printed line says; nothing unless it is a result line, such as
    /// `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
    pub fn from_line(line: &str) -> Self {
        let Some((_, counts)) = line.trim_start().strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            return Self::default();
        };
        let count = |word: &str| {
            counts.split(';').filter_map(|part| part.trim().strip_suffix(word)?.trim().parse::<usize>().ok()).sum()
        };
        Self { passed: count("passed"), failed: count("failed"), ignored: count("ignored") }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_of_native_and_browser_tests_are_counted() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test a_name ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.20s",
            "test result: ok. 5 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.33s",
        ] {
            tally += Tally::from_line(line);
        }
        assert_eq!(tally, Tally { passed: 20, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_line_that_only_looks_like_a_result_counts_nothing() {
        for line in ["", "5 passed; 0 failed", "test result: ok", "test result: ok. many passed; x failed"] {
            assert_eq!(Tally::from_line(line), Tally::default(), "{line}");
        }
    }
}
