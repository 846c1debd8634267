//! The table: what was measured, how much it was, what it should be at most, and whether it is.

use std::io::{self, Write};

/// One row.
pub struct Row {
    what: String,
    measured: f64,
    unit: &'static str,
    aim: Option<f64>,
}

impl Row {
    /// A figure with the most it should be.
    pub fn new(what: impl Into<String>, measured: f64, unit: &'static str, aim: f64) -> Self {
        Self { what: what.into(), measured, unit, aim: Some(aim) }
    }

    /// A figure that is only told.
    pub fn told(what: impl Into<String>, measured: f64, unit: &'static str) -> Self {
        Self { what: what.into(), measured, unit, aim: None }
    }

    fn line(&self) -> String {
        let Self { what, measured, unit, aim } = self;
        let figure = |figure: f64| if figure < 10.0 { format!("{figure:.2}") } else { format!("{figure:.0}") };
        let (most, met) = match aim {
            Some(aim) => (figure(*aim), if measured <= aim { "yes" } else { "**no**" }),
            None => ("–".to_owned(), "–"),
        };
        format!("| {what} | {} {unit} | {most} | {met} |", figure(*measured))
    }
}

/// Prints rows as a table.
pub fn print(rows: &[Row]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "| what | measured | at most | met |\n| --- | ---: | ---: | --- |")?;
    for row in rows {
        writeln!(out, "{}", row.line())?;
    }
    Ok(())
}

/// The one in the middle.
pub fn median(of: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = of.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// So many of something as a figure.
pub fn figure(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// Bytes as mebibytes.
pub fn mebibytes(bytes: u64) -> f64 {
    u32::try_from(bytes / 1_024).map_or(f64::INFINITY, |kibibytes| f64::from(kibibytes) / 1_024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whether_the_aim_is_met() {
        assert_eq!(Row::new("push", 0.58, "CPU-s", 0.6).line(), "| push | 0.58 CPU-s | 0.60 | yes |");
        assert_eq!(Row::new("push", 61.2, "B a record", 60.0).line(), "| push | 61 B a record | 60 | **no** |");
        assert_eq!(Row::told("load", 3.0, "").line(), "| load | 3.00  | – | – |");
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert!((median([9.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median([]).is_nan());
    }
}
