//! `opstap backup` and `opstap restore`: the database as of one moment, then the blobs it refers to; and back, as another life of the
//! data in which nothing that was taken back since then holds again.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::journal::Entry;
use opstap_sync_server::{Clock, Service, Storage};

use super::data_folder::{DataFolder, database_in};
use super::{StartError, data_folder};
use crate::gtfs;
use crate::guidance::instruments::own;
use crate::journal;
use crate::settings::{Backup, Data, DatabaseUrl, Restore};
use crate::world::{OsRandomness, SystemClock};

/// The names in a backup; the database is under one of the first two.
const DATABASE: &str = "opstap.db";
const POSTGRES: &str = "postgres";
const JOURNAL: &str = "journal";
const BLOBS: &str = "blobs";

/// Makes a backup. The folder only gets its name when everything is in it.
///
/// # Errors
/// When there is no data, the folder is there already, or the disk fails.
pub async fn back_up(settings: &Backup) -> Result<(), StartError> {
    let Data { data, database_url, .. } = &settings.data;
    let shown = |path: &Path| path.display().to_string();
    if database_url.is_none() && !database_in(data).exists() {
        return Err(StartError::NothingYet { folder: shown(data) });
    }
    if settings.to.exists() {
        return Err(StartError::NotEmpty { folder: shown(&settings.to) });
    }
    let unfinished = beside(&settings.to, "unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir_all(&unfinished)?;
    // Blobs are only ever added, so those that the copy of the database refers to are still there after it.
    match database_url {
        None => opstap_storage_sqlite::copy(&database_in(data), &unfinished.join(DATABASE))?,
        Some(url) => {
            if !opstap_storage_postgres::copy_out(url.reveal(), &unfinished.join(POSTGRES)).await? {
                fs::remove_dir_all(&unfinished)?;
                return Err(StartError::NothingYet { folder: "the database".to_owned() });
            }
        }
    }
    copy_if_there(&settings.data.journal(), &unfinished.join(JOURNAL))?;
    copy_brought_in(data, &unfinished)?;
    let blobs = copy_blobs(&data.join(BLOBS), &unfinished.join(BLOBS))?;
    sync_all(&unfinished)?;
    fs::rename(&unfinished, &settings.to)?;
    Ok(writeln!(io::stdout(), "The backup is in {}: the database and {blobs} photos and sounds.", shown(&settings.to))?)
}

/// Puts a backup in the place of the data. What stood there is laid aside in the data folder, not thrown away.
///
/// # Errors
/// When the folder is no backup, a server is running on the data, the backup or the journal is damaged, or the disk fails. Then the
/// data is as it was.
pub async fn restore(settings: &Restore) -> Result<(), StartError> {
    let from = &settings.from;
    let name = if settings.data.database_url.is_some() { POSTGRES } else { DATABASE };
    if !from.join(name).exists() {
        return Err(StartError::NoBackup { folder: from.display().to_string(), name });
    }
    if let Some(url) = &settings.data.database_url {
        return restore_postgres(settings, url).await;
    }
    let mut folder = DataFolder::take(&settings.data.data)?;
    let entries = entries(&settings.data.journal(), &from.join(JOURNAL))?;
    let fresh = beside(&folder.database(), "restoring");
    data_folder::remove_database(&fresh)?;
    opstap_storage_sqlite::check(&from.join(DATABASE))?;
    fs::copy(from.join(DATABASE), &fresh)?;
    let blobs = copy_blobs(&from.join(BLOBS), &folder.blobs())?;
    let played = entries.len();
    let epoch = begin_epoch(SqliteStorage::open(&fresh)?, entries).await?;
    let before = folder.swap_in(&fresh, epoch)?;
    bring_back(from, &settings.data.data, before.as_deref())?;
    tell(blobs, played, before)
}

/// The same where the database is elsewhere: what stands there is copied into the data folder, and then replaced in one transaction.
async fn restore_postgres(settings: &Restore, url: &DatabaseUrl) -> Result<(), StartError> {
    let from = &settings.from;
    let folder = DataFolder::take_beside_a_database(&settings.data.data)?;
    let entries = entries(&settings.data.journal(), &from.join(JOURNAL))?;
    let before = settings.data.data.join(format!("before-restore-{}", SystemClock.now().0));
    let had_data = opstap_storage_postgres::copy_out(url.reveal(), &before.join(POSTGRES)).await?;
    if had_data {
        sync_all(&before)?;
    }
    let storage = opstap_storage_postgres::copy_in(url.reveal(), &from.join(POSTGRES)).await?;
    let blobs = copy_blobs(&from.join(BLOBS), &folder.blobs())?;
    let played = entries.len();
    begin_epoch(storage.clone(), entries).await?;
    // Only now a server may start on it.
    storage.restored().await?;
    let before = had_data.then_some(before);
    bring_back(from, &settings.data.data, before.as_deref())?;
    tell(blobs, played, before)
}

/// Begins another life of restored data, in which what was taken back stays taken back.
async fn begin_epoch<S: Storage>(storage: S, entries: Vec<Entry>) -> Result<u64, StartError> {
    let service = Service::open(storage, Arc::new(SystemClock), Arc::new(OsRandomness), Arc::new(())).await?;
    Ok(service.begin_epoch(entries).await?.server().epoch.0)
}

fn tell(blobs: usize, played: usize, before: Option<PathBuf>) -> Result<(), StartError> {
    let mut terminal = io::stdout();
    writeln!(terminal, "The backup is restored, with {blobs} photos and sounds that were not here any more.")?;
    writeln!(
        terminal,
        "{played} withdrawals, removals and devices shut out were played again as far as it lacked them."
    )?;
    if let Some(before) = before {
        writeln!(terminal, "What stood there is in {}.", before.display())?;
    }
    Ok(writeln!(terminal, "Start the server. Devices send what they made since then by themselves.")?)
}

/// What took rights away, by the journal of the data and that of the backup: the one may be lost, the other is older.
fn entries(own: &Path, of_backup: &Path) -> Result<Vec<Entry>, StartError> {
    let read = |path: &Path| {
        journal::read(path).map_err(|cause| StartError::Journal { file: path.display().to_string(), cause })
    };
    let mut entries = read(of_backup)?.entries;
    for entry in read(own)?.entries {
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(end);
    path.with_file_name(name)
}

/// The files that an operator brought in: the stops of the region, and instruments.
fn copy_brought_in(from: &Path, to: &Path) -> io::Result<()> {
    for kept in [gtfs::kept, own::kept] {
        copy_if_there(&kept(from), &kept(to))?;
    }
    Ok(())
}

/// Puts those of a backup in the place of the present ones, which are laid aside with the rest.
fn bring_back(from: &Path, data: &Path, before: Option<&Path>) -> io::Result<()> {
    if let Some(before) = before {
        copy_brought_in(data, before)?;
    }
    copy_brought_in(from, data)
}

fn copy_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::copy(from, to) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        copied => copied.map(drop),
    }
}

/// Copies the complete blobs that are not there yet, and says how many. A blob is named by its content, so one that is there is the same.
fn copy_blobs(from: &Path, to: &Path) -> io::Result<usize> {
    let mut copied = 0;
    let entries = match fs::read_dir(from) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            // What is still on its way belongs to nobody's record yet: whoever sends it begins again.
            if entry.file_name() != "arriving" {
                copied += copy_blobs(&entry.path(), &target)?;
            }
        } else if !target.exists() {
            fs::create_dir_all(to)?;
            let half = beside(&target, "half");
            fs::copy(entry.path(), &half)?;
            File::open(&half)?.sync_all()?;
            fs::rename(half, target)?;
            copied += 1;
        }
    }
    Ok(copied)
}

/// Waits until a folder and its files are on the disk.
fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_all(&path)?;
        } else {
            File::open(path)?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_are_copied_once_and_what_is_on_its_way_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for (shelf, name) in [("circle/ab", "abcd"), ("circle/cd", "cdef"), ("arriving", "half")] {
            fs::create_dir_all(from.join(shelf)).unwrap();
            fs::write(from.join(shelf).join(name), name).unwrap();
        }
        assert_eq!(copy_blobs(&from, &to).unwrap(), 2);
        assert_eq!(copy_blobs(&from, &to).unwrap(), 0);
        assert_eq!(fs::read(to.join("circle/ab/abcd")).unwrap(), b"abcd");
        assert!(!to.join("arriving").exists());
        assert_eq!(copy_blobs(&folder.path().join("nowhere"), &to).unwrap(), 0);
    }
}
