//! The tables of the effect study of combined guidance, for tests: what stands in `tests/fixtures/`.

use std::collections::BTreeMap;

/// The time that was written down, by client.
pub(super) const TIME_ENTRIES: &str = include_str!("../../../../tests/fixtures/time-entries.csv");
/// What was granted, by client.
pub(super) const GRANTS: &str = include_str!("../../../../tests/fixtures/grants.csv");
/// The rows of tables 4 and 5.
pub(super) const EXPECTED_HOURS: &str = include_str!("../../../../tests/fixtures/expected-hours.csv");
/// The ZRM of four clients.
pub(super) const ZRM: &str = include_str!("../../../../tests/fixtures/zrm.csv");
/// The I.ROC of four clients.
pub(super) const IROC: &str = include_str!("../../../../tests/fixtures/iroc.csv");

/// The lines of such a file, by the names of its columns. No cell of these files has a comma or a quotation mark.
pub(super) fn rows(text: &'static str) -> Vec<BTreeMap<&'static str, &'static str>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), names.len(), "{line}");
        names.iter().copied().zip(cells).collect()
    };
    lines.map(row).collect()
}
