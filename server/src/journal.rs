//! The journal on disk: a file to which entries are only added, each with its length and a check, so that a torn end is told from damage.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use opstap_sync_server::journal::{Entry, Journal};
use opstap_sync_server::storage::StorageError;
use sha2::{Digest, Sha256};

/// Bytes of the check of an entry: the beginning of its SHA-256.
const CHECK: usize = 8;
/// Bytes before the body of an entry: its length and its check.
const HEAD: usize = 4 + CHECK;

/// A journal in a file.
#[derive(Debug)]
pub struct FileJournal {
    end: Mutex<End>,
}

/// Where entries are added.
#[derive(Debug)]
struct End {
    file: File,
    /// How long the file is with everything that was kept.
    whole: u64,
}

/// What a journal holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its entries, oldest first.
    pub entries: Vec<Entry>,
    /// How many of its bytes they are. What follows is the torn end of an entry that never counted.
    pub whole: u64,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The disk does not give it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Something in the middle of it is not what was written.
    #[error("it is damaged at byte {at}; {before} entries before that can be read")]
    Damaged {
        /// Where.
        at: u64,
        /// How many entries come before.
        before: usize,
    },
}

impl FileJournal {
    /// Opens the journal to add to it, and makes it where it is not there. A torn end is cut off and laid beside it.
    ///
    /// # Errors
    /// When it is damaged, or the disk does not allow it.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let whole = read(path)?.whole;
        lay_aside(path, whole)?;
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        file.set_len(whole)?;
        file.sync_all()?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(Self { end: Mutex::new(End { file, whole }) })
    }
}

impl Journal for FileJournal {
    fn keep(&self, entry: &Entry) -> Result<(), StorageError> {
        let body = entry.to_bytes();
        let unwritten = |what: &str| StorageError::Unavailable(format!("the journal can't be written: {what}"));
        let length = u32::try_from(body.len()).map_err(|_| unwritten("an entry is too long"))?;
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend(length.to_be_bytes());
        bytes.extend(check(&body));
        bytes.extend(body);
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = end.whole;
        let kept = end.file.write_all(&bytes).and_then(|()| end.file.sync_data());
        if kept.is_err() {
            // Half an entry must not stand before the next; if even this fails, the next start finds it.
            let _ = end.file.set_len(whole);
        } else {
            end.whole = whole + bytes.len() as u64;
        }
        kept.map_err(|cause| unwritten(&cause.to_string()))
    }
}

/// Keeps what will be cut off, should it be more than a torn end.
fn lay_aside(path: &Path, whole: u64) -> io::Result<()> {
    let bytes = all_of(path)?;
    match usize::try_from(whole).ok().and_then(|whole| bytes.get(whole..)) {
        Some(torn) if !torn.is_empty() => std::fs::write(path.with_extension(format!("torn-{whole}")), torn),
        _ => Ok(()),
    }
}

/// The bytes of a journal; none when it is not there.
fn all_of(path: &Path) -> io::Result<Vec<u8>> {
    match std::fs::read(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

/// Reads a journal; one that is not there is empty.
///
/// # Errors
/// When it is damaged, or cannot be read.
pub fn read(path: &Path) -> Result<Kept, JournalError> {
    let bytes = all_of(path)?;
    let mut entries = Vec::new();
    let mut rest = bytes.as_slice();
    let whole_at = |rest: &[u8]| (bytes.len() - rest.len()) as u64;
    while let Some((body, after)) = next(rest) {
        match body.and_then(Entry::from_bytes) {
            Some(entry) => entries.push(entry),
            // Nothing follows: the last write was cut off half-way, also where the disk had made room for it already.
            None if after.is_empty() => break,
            None => return Err(JournalError::Damaged { at: whole_at(rest), before: entries.len() }),
        }
        rest = after;
    }
    Ok(Kept { entries, whole: whole_at(rest) })
}

/// The next body, if its check holds, and what comes after it; nothing when no whole entry is left.
fn next(bytes: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (told, rest) = rest.split_first_chunk::<CHECK>()?;
    let (body, after) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some(((check(body) == *told).then_some(body), after))
}

fn check(body: &[u8]) -> [u8; CHECK] {
    let mut first = [0; CHECK];
    first.iter_mut().zip(Sha256::digest(body)).for_each(|(to, from)| *to = from);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use opstap_core::{DeviceId, Millis};

    fn entry(n: u8) -> Entry {
        Entry::ShutOut { device: DeviceId([n; 16]), at: Millis(u64::from(n)) }
    }

    fn written(entries: &[Entry]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let journal = FileJournal::open(&path).unwrap();
        entries.iter().for_each(|entry| journal.keep(entry).unwrap());
        (folder, path)
    }

    #[test]
    fn what_was_kept_is_read_back_in_order_also_after_it_was_opened_again() {
        let (_folder, path) = written(&[entry(1), entry(2)]);
        FileJournal::open(&path).unwrap().keep(&entry(3)).unwrap();
        assert_eq!(read(&path).unwrap().entries, [entry(1), entry(2), entry(3)]);
    }

    #[test]
    fn a_journal_that_is_not_there_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("journal")).unwrap().entries, []);
    }

    #[test]
    fn a_torn_end_is_cut_off_wherever_it_tore_and_the_next_entry_stands_whole() {
        let (_folder, path) = written(&[entry(1), entry(2)]);
        let bytes = std::fs::read(&path).unwrap();
        let one = bytes.len() / 2;
        for torn in one..bytes.len() {
            std::fs::write(&path, &bytes[..torn]).unwrap();
            FileJournal::open(&path).unwrap().keep(&entry(3)).unwrap();
            assert_eq!(read(&path).unwrap().entries, [entry(1), entry(3)], "torn at {torn}");
            let aside = path.with_extension(format!("torn-{one}"));
            assert_eq!(std::fs::read(aside).unwrap_or_default(), bytes[one..torn]);
        }
    }

    #[test]
    fn damage_before_the_end_is_said_and_nothing_is_cut_off() {
        let (_folder, path) = written(&[entry(1), entry(2), entry(3)]);
        let mut bytes = std::fs::read(&path).unwrap();
        let one = bytes.len() / 3;
        bytes[one + HEAD + 2] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let told = FileJournal::open(&path).unwrap_err().to_string();
        assert_eq!(told, format!("it is damaged at byte {one}; 1 entries before that can be read"));
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}
