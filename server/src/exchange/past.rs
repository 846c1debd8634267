//! The imports there were: under which name, when and by whose device, and a name for the next.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::{Day, DeviceId, Kind, Millis, RecordId, Stamp, Value};

use super::plan::IMPORT;
use super::undo::Whole;

/// An import as the records tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// Its name.
    pub name: String,
    /// When it was written, by the clock of the server.
    pub at: Millis,
    /// The device that wrote it; each import has one of its own.
    pub device: DeviceId,
    /// How many rows it made or changed.
    pub rows: usize,
}

/// All imports there were, also those that were taken back, the newest first.
#[must_use]
pub fn imports(records: &[Whole]) -> Vec<PastImport> {
    let mut found: BTreeMap<&str, (Stamp, BTreeSet<RecordId>)> = BTreeMap::new();
    for (record, displaced) in records.iter().filter(|(record, _)| record.kind == Kind::Registration) {
        let before = displaced.iter().filter(|(name, _)| name == IMPORT).map(|(_, cell)| cell);
        for cell in record.cells.get(IMPORT).into_iter().chain(before) {
            let Value::Text(name) = &cell.value else { continue };
            let (first, rows) = found.entry(name).or_insert_with(|| (cell.stamp, BTreeSet::new()));
            // A later one put the name back when another import was taken back.
            *first = cell.stamp.min(*first);
            rows.insert(record.id);
        }
    }
    let told = found.into_iter().map(|(name, (first, rows))| PastImport {
        name: name.to_owned(),
        at: first.millis,
        device: first.device,
        rows: rows.len(),
    });
    let mut told: Vec<PastImport> = told.collect();
    told.sort_by(|a, b| (b.at, &a.name).cmp(&(a.at, &b.name)));
    told
}

/// A name for an import that says of which file it was, without its ending, and when (UTC), and that no other has.
#[must_use]
pub fn name_for(file: &str, now: Millis, known: &BTreeSet<String>) -> String {
    let plain: String = file.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
    let plain: String = plain.trim_start_matches('-').chars().take(24).collect();
    let seconds = now.0 / 1_000 % 86_400;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let moment = format!("{}T{hour:02}{minute:02}{second:02}", Day::of(now).written());
    let name = if plain.is_empty() { format!("import-{moment}") } else { format!("{plain}-{moment}") };
    let again = (2_u32..).map(|nth| format!("{name}-{nth}"));
    std::iter::once(name.clone()).chain(again).find(|name| !known.contains(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_of_which_file_it_was_and_when_and_no_other_has_it() {
        let now = Millis(1_764_465_720_000);
        let mut known = BTreeSet::new();
        for (file, name) in [
            ("aanmeldingen 2025", "aanmeldingen-2025-2025-11-30T012200"),
            ("aanmeldingen 2025", "aanmeldingen-2025-2025-11-30T012200-2"),
            ("…", "import-2025-11-30T012200"),
        ] {
            assert_eq!(name_for(file, now, &known), name);
            known.insert(name.to_owned());
        }
    }
}
