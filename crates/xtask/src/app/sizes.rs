//! What each bundle weighs by part, against the most a phone should have to load.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::lay_out::{Layout, Role};
use super::{Bundle, Speed};
use crate::failure::Failure;

/// Bytes of one file or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// On disk.
    pub raw: usize,
    /// Sent as gzip.
    pub gzip: usize,
    /// Sent as Brotli.
    pub brotli: usize,
}

impl Weight {
    /// A file that is sent as it is.
    pub const fn uncompressed(bytes: usize) -> Self {
        Self { raw: bytes, gzip: bytes, brotli: bytes }
    }

    const fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// The weight of each bundle by role, and of what is served beside the bundles.
pub struct Weights {
    bundles: BTreeMap<Bundle, BTreeMap<Role, Weight>>,
    beside: Weight,
    files_beside: usize,
}

const ROLES: [(Role, &str); 4] =
    [(Role::Wasm, "wasm"), (Role::Glue, "glue"), (Role::Style, "CSS"), (Role::Shell, "shell, loader, worker")];

impl Weights {
    /// Adds up the weights of the files of a layout, given by path.
    pub fn new(layout: &Layout, files: &BTreeMap<String, Weight>) -> Self {
        let mut bundles = BTreeMap::new();
        for (bundle, loads) in &layout.loads {
            let mut roles: BTreeMap<Role, Weight> = BTreeMap::new();
            for (path, role) in loads {
                let weight = files.get(path).copied().unwrap_or_default();
                let sum = roles.entry(*role).or_default();
                *sum = sum.plus(weight);
            }
            bundles.insert(*bundle, roles);
        }
        let beside: Vec<Weight> = files
            .iter()
            .filter(|(path, _)| !layout.loads.values().any(|loads| loads.contains_key(*path)))
            .map(|(_, weight)| *weight)
            .collect();
        Self { bundles, files_beside: beside.len(), beside: beside.into_iter().fold(Weight::default(), Weight::plus) }
    }

    fn total(&self, bundle: Bundle) -> Weight {
        self.bundles
            .get(&bundle)
            .into_iter()
            .flat_map(BTreeMap::values)
            .fold(Weight::default(), |sum, weight| sum.plus(*weight))
    }

    /// The table as lines. A quick build is not held to the budget, so its table names none.
    pub fn table(&self, speed: Speed) -> String {
        let mut table = String::new();
        for (bundle, roles) in &self.bundles {
            line(&mut table, bundle.name(), ["bytes", "gzip", "Brotli"].map(str::to_owned));
            for (role, name) in ROLES {
                row(&mut table, name, roles.get(&role).copied().unwrap_or_default());
            }
            let total = self.total(*bundle);
            row(&mut table, "total", total);
            if speed == Speed::Small {
                let budget = bundle.budget();
                let verdict = if total.brotli <= budget { "within" } else { "OVER" };
                let spaced = [String::new(), verdict.to_owned(), thousands(budget)];
                line(&mut table, "  budget", spaced);
            }
            table.push('\n');
        }
        row(&mut table, &format!("beside: {} files", self.files_beside), self.beside);
        table
    }

    /// Fails when a bundle is heavier than its budget.
    pub fn within_budget(&self) -> Result<(), Failure> {
        let over: Vec<String> = self
            .bundles
            .keys()
            .filter(|bundle| self.total(**bundle).brotli > bundle.budget())
            .map(|bundle| {
                let (total, budget) = (self.total(*bundle).brotli, bundle.budget());
                format!("{} weighs {} bytes, its budget is {}.", bundle.name(), thousands(total), thousands(budget))
            })
            .collect();
        if over.is_empty() { Ok(()) } else { Err(Failure::new(over.join(" "))) }
    }
}

fn row(table: &mut String, name: &str, weight: Weight) {
    let numbers = [weight.raw, weight.gzip, weight.brotli].map(thousands);
    line(table, &format!("  {name}"), numbers);
}

fn line(table: &mut String, name: &str, [raw, gzip, brotli]: [String; 3]) {
    // Writing to a String cannot go wrong.
    let _ = writeln!(table, "{name:<26}{raw:>12}{gzip:>12}{brotli:>12}");
}

/// A number with a space between the thousands.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut spaced = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            spaced.push(' ');
        }
        spaced.push(digit);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(companion: usize) -> Weights {
        let loads = BTreeMap::from([("companion.wasm".to_owned(), Role::Wasm), ("sw.js".to_owned(), Role::Shell)]);
        let layout = Layout { files: BTreeMap::new(), loads: BTreeMap::from([(Bundle::Companion, loads)]) };
        let files = BTreeMap::from([
            ("companion.wasm".to_owned(), Weight { raw: 1_234_567, gzip: 300_000, brotli: companion }),
            ("sw.js".to_owned(), Weight { raw: 900, gzip: 500, brotli: 400 }),
            ("icon.png".to_owned(), Weight::uncompressed(2_000)),
        ]);
        Weights::new(&layout, &files)
    }

    #[test]
    fn the_table_adds_up_by_part_and_names_the_budget() {
        let expected = "\
companion                        bytes        gzip      Brotli
  wasm                       1 234 567     300 000     200 000
  glue                               0           0           0
  CSS                                0           0           0
  shell, loader, worker            900         500         400
  total                      1 235 467     300 500     200 400
  budget                                    within     284 000

  beside: 1 files                2 000       2 000       2 000
";
        assert_eq!(weights(200_000).table(Speed::Small), expected);
    }

    #[test]
    fn a_bundle_over_its_budget_stops_the_build_and_one_on_it_does_not() {
        let budget = Bundle::Companion.budget();
        assert_eq!(weights(budget - 400).within_budget(), Ok(()));
        assert!(weights(budget + 1 - 400).within_budget().is_err());
        assert!(weights(budget + 1).table(Speed::Small).contains("OVER"));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 12_345_678].map(thousands), ["0", "999", "1 000", "12 345 678"]);
    }
}
