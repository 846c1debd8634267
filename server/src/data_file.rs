//! A small file in the data folder that is replaced as a whole: it is there as it was before, or as it is now.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Puts a file of this name in a data folder, in the place of the one that was there. The folder is made where it is not there.
///
/// # Errors
/// When the disk fails; then what was there stays.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // Two at once write two files, of which the last to be ready stays.
    let fresh = folder.join(format!("{name}.{}", std::process::id()));
    let written = write(&fresh, bytes).and_then(|()| fs::rename(&fresh, folder.join(name)));
    if written.is_err() {
        // What is half written is of no use to anybody; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&fresh);
    }
    written?;
    File::open(folder)?.sync_all()
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        put(&data, "words.txt", b"one").unwrap();
        put(&data, "words.txt", b"two").unwrap();
        assert_eq!(fs::read(data.join("words.txt")).unwrap(), b"two");
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        // A folder stands where the file should: it cannot be replaced by one.
        fs::create_dir_all(folder.path().join("words.txt/inside")).unwrap();
        assert!(put(folder.path(), "words.txt", b"two").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half written is left");
    }
}
