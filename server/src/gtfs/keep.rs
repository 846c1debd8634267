//! The file in the data folder that devices fetch: whole, or as it was before.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use opstap_core::stops::Stops;

/// Its name in the data folder.
pub const FILE: &str = "stops.txt";

/// Keeps stops in a data folder, in the place of those that were there, and says how many bytes they are. The folder is made where it is
/// not there.
///
/// # Errors
/// When the disk fails; then what was there stays.
pub fn keep(folder: &Path, stops: &Stops) -> io::Result<usize> {
    let text = stops.write();
    fs::create_dir_all(folder)?;
    // Two imports at once write two files, of which the last to be ready stays.
    let fresh = folder.join(format!("{FILE}.{}", std::process::id()));
    let written = write(&fresh, text.as_bytes()).and_then(|()| fs::rename(&fresh, folder.join(FILE)));
    if written.is_err() {
        // What is half written is of no use to anybody; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&fresh);
    }
    written?;
    File::open(folder)?.sync_all()?;
    Ok(text.len())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
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
    fn what_was_there_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let mut stops = Stops::default();
        keep(&data, &stops).unwrap();
        stops.feed.name = "De Vervoerder".to_owned();
        keep(&data, &stops).unwrap();
        assert_eq!(Stops::read(&fs::read_to_string(kept(&data)).unwrap()), Some(stops));
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        // A folder stands where the file should: it cannot be replaced by one.
        fs::create_dir_all(kept(folder.path()).join("inside")).unwrap();
        assert!(keep(folder.path(), &Stops::default()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half written is left");
    }
}
