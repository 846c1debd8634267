//! Five measurements as one row: the one in the middle, the least and the most, and the processor's seconds beside.

use std::fmt::Write;

/// How often everything is measured.
pub const TIMES: usize = 5;

/// What was measured, one after the other.
pub struct Figures {
    label: String,
    target: Option<f64>,
    millis: Vec<f64>,
    cpu: Vec<f64>,
}

impl Figures {
    /// A row with its target in milliseconds, where there is one.
    #[must_use]
    pub fn new(label: impl Into<String>, target: Option<f64>) -> Self {
        Self { label: label.into(), target, millis: Vec::new(), cpu: Vec::new() }
    }

    /// One measurement: milliseconds, and seconds of the processor.
    pub fn add(&mut self, millis: f64, cpu: f64) {
        self.millis.push(millis);
        self.cpu.push(cpu);
    }

    /// The row of a table.
    #[must_use]
    pub fn row(&self) -> String {
        let mut row = format!("| {} |", self.label);
        match spread(&self.millis) {
            Some((least, middle, most)) => {
                let cpu = spread(&self.cpu).map_or(0.0, |(_, middle, _)| middle);
                // Writing to a String cannot go wrong.
                let _ = write!(row, " {middle:.0} | {least:.0}–{most:.0} | {cpu:.2} |");
            }
            None => row.push_str(" – | – | – |"),
        }
        let target = self.target.map_or_else(|| "–".to_owned(), |target| format!("{target:.0}"));
        let _ = write!(row, " {target} |");
        row
    }
}

/// The least, the middle and the most.
fn spread(all: &[f64]) -> Option<(f64, f64, f64)> {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some((*sorted.first()?, *sorted.get(sorted.len() / 2)?, *sorted.last()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_the_middle_the_spread_and_the_target() {
        let mut figures = Figures::new("tap", Some(100.0));
        for millis in [80.0, 300.0, 60.0, 90.0, 70.0] {
            figures.add(millis, 0.5);
        }
        assert_eq!(figures.row(), "| tap | 80 | 60–300 | 0.50 | 100 |");
        assert_eq!(Figures::new("nothing", None).row(), "| nothing | – | – | – | – |");
    }
}
