//! The file in the data folder that devices fetch.

use std::io;
use std::path::{Path, PathBuf};

use opstap_core::stops::Stops;

use crate::data_file;

/// Its name in the data folder.
pub const FILE: &str = "stops.txt";

/// Keeps stops in a data folder, in the place of those that were there, and says how many bytes they are.
///
/// # Errors
/// When the disk fails; then what was there stays.
pub fn keep(folder: &Path, stops: &Stops) -> io::Result<usize> {
    let text = stops.write();
    data_file::put(folder, FILE, text.as_bytes())?;
    Ok(text.len())
}

/// Where it stands in a data folder.
#[must_use]
pub fn kept(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_replaced_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut stops = Stops::default();
        keep(folder.path(), &stops).unwrap();
        stops.feed.name = "De Vervoerder".to_owned();
        keep(folder.path(), &stops).unwrap();
        assert_eq!(Stops::read(&std::fs::read_to_string(kept(folder.path())).unwrap()), Some(stops));
    }
}
