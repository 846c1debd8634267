//! What became of each part, and the one verdict over all of them.

use std::time::Duration;

use super::part::Part;
use super::tally::Tally;
use crate::failure::Failure;

/// What became of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It ran and all of it held. A check without tests has an empty tally.
    Held(Tally),
    /// It ran and something did not hold.
    Failed(Tally),
    /// It could not run, which says something is wrong here.
    Broken(String),
    /// It could not run because this machine lacks something.
    Skipped(String),
}

/// All parts so far.
pub struct Report {
    in_ci: bool,
    rows: Vec<(Part, Outcome, Duration)>,
}

impl Report {
    /// An empty report. In CI a skipped part and an ignored test count as failures.
    pub fn new(in_ci: bool) -> Self {
        Self { in_ci, rows: Vec::new() }
    }

    /// Adds what became of a part and how long it took.
    pub fn add(&mut self, part: Part, outcome: Outcome, took: Duration) {
        self.rows.push((part, outcome, took));
    }

    /// One line a part: minutes and what became of it.
    pub fn table(&self) -> String {
        let lines: String = self.rows.iter().map(|row| line(row) + "\n").collect();
        format!("{lines}{:<8}{:>6.1} min\n", "total", minutes(self.total()))
    }

    /// The line of the part that ended last, and the minutes of all until then.
    pub fn newest(&self) -> String {
        self.rows
            .last()
            .map_or_else(String::new, |row| format!("{}; {:.1} min so far", line(row), minutes(self.total())))
    }

    fn total(&self) -> Duration {
        self.rows.iter().map(|(_, _, took)| *took).sum()
    }

    /// The count over everything.
    pub fn closing_line(&self) -> String {
        let mut sum = Tally::default();
        for (_, outcome, _) in &self.rows {
            sum += self.counted(outcome);
        }
        format!("{} passed, {} failed", sum.passed, sum.failed)
    }

    /// Fails unless everything held.
    pub fn verdict(&self) -> Result<(), Failure> {
        let failed: Vec<&str> = self
            .rows
            .iter()
            .filter(|(_, outcome, _)| self.counted(outcome).failed > 0)
            .map(|(part, _, _)| part.name())
            .collect();
        if failed.is_empty() {
            Ok(())
        } else {
            Err(Failure::new(format!("not everything held: {}.", failed.join(", "))))
        }
    }

    /// The tally of one part. A check without tests counts as one failure when it fails, so that no closing line says
    /// "0 failed" after a failure.
    fn counted(&self, outcome: &Outcome) -> Tally {
        match outcome {
            Outcome::Held(tally) if self.in_ci => Tally { failed: tally.ignored, ..*tally },
            Outcome::Held(tally) => *tally,
            Outcome::Failed(tally) => Tally { failed: tally.failed.max(1), ..*tally },
            Outcome::Broken(_) => Tally { failed: 1, ..Tally::default() },
            Outcome::Skipped(_) => Tally { failed: usize::from(self.in_ci), ..Tally::default() },
        }
    }
}

fn line((part, outcome, took): &(Part, Outcome, Duration)) -> String {
    format!("{:<8}{:>6.1} min  {}", part.name(), minutes(*took), words(outcome))
}

fn minutes(took: Duration) -> f64 {
    took.as_secs_f64() / 60.0
}

fn words(outcome: &Outcome) -> String {
    let ignored = |tally: &Tally| match tally.ignored {
        0 => String::new(),
        count => format!(", {count} ignored"),
    };
    match outcome {
        Outcome::Held(tally) if *tally == Tally::default() => "held".to_owned(),
        Outcome::Held(tally) => format!("held: {} tests{}", tally.passed, ignored(tally)),
        Outcome::Failed(tally) if *tally == Tally::default() => "FAILED".to_owned(),
        Outcome::Failed(tally) => {
            format!("FAILED: {} of {} tests{}", tally.failed, tally.passed + tally.failed, ignored(tally))
        }
        Outcome::Broken(_) => "FAILED: could not run".to_owned(),
        Outcome::Skipped(_) => "skipped".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(in_ci: bool, outcomes: &[Outcome]) -> Report {
        let mut report = Report::new(in_ci);
        for (part, outcome) in Part::ALL.into_iter().zip(outcomes) {
            report.add(part, outcome.clone(), Duration::from_secs(90));
        }
        report
    }

    fn held(passed: usize, ignored: usize) -> Outcome {
        Outcome::Held(Tally { passed, failed: 0, ignored })
    }

    #[test]
    fn the_closing_line_counts_over_all_parts() {
        let report = report(true, &[held(0, 0), held(7, 0), held(5, 0)]);
        assert_eq!(report.closing_line(), "12 passed, 0 failed");
        assert_eq!(report.verdict(), Ok(()));
    }

    #[test]
    fn a_failed_check_without_tests_is_still_one_failure() {
        let report = report(false, &[Outcome::Failed(Tally::default()), held(7, 0)]);
        assert_eq!(report.closing_line(), "7 passed, 1 failed");
        assert!(report.verdict().is_err());
    }

    #[test]
    fn a_skipped_part_passes_on_a_laptop_and_fails_in_ci() {
        let outcomes = [held(7, 0), Outcome::Skipped("no browser".to_owned())];
        assert_eq!(report(false, &outcomes).verdict(), Ok(()));
        assert!(report(false, &outcomes).table().contains("skipped"));
        assert_eq!(report(true, &outcomes).closing_line(), "7 passed, 1 failed");
        assert!(report(true, &outcomes).verdict().is_err());
    }

    #[test]
    fn an_ignored_test_fails_in_ci() {
        assert!(report(true, &[held(7, 1)]).verdict().is_err());
        assert_eq!(report(false, &[held(7, 1)]).verdict(), Ok(()));
    }

    #[test]
    fn a_part_that_could_not_run_fails_everywhere() {
        assert!(report(false, &[Outcome::Broken("why".to_owned())]).verdict().is_err());
    }

    #[test]
    fn the_table_shows_the_minutes_of_each_part_and_of_all() {
        let table = report(false, &[held(0, 0), held(7, 1)]).table();
        assert_eq!(
            table,
            "format     1.5 min  held\nlint       1.5 min  held: 7 tests, 1 ignored\ntotal      3.0 min\n"
        );
    }
}
