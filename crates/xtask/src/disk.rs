//! Reading and writing files with failures that name the file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::failure::Failure;

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|cause| Failure::new(format!("cannot read {}: {cause}.", path.display())))
}

/// The text of a UTF-8 file.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|cause| Failure::new(format!("cannot read {}: {cause}.", path.display())))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, content).map_err(|cause| Failure::new(format!("cannot write {}: {cause}.", path.display())))
}

/// Writes a file only when its content changes: an untouched time of change spares whoever watches it a rebuild.
pub fn write_changed(path: &Path, content: &[u8]) -> Result<(), Failure> {
    match fs::read(path) {
        Ok(present) if present == content => Ok(()),
        _ => write(path, content),
    }
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path)
        .map_err(|cause| Failure::new(format!("cannot make the folder {}: {cause}.", path.display())))
}

/// Removes a file or a folder with all in it; one that is not there is fine.
pub fn remove(path: &Path) -> Result<(), Failure> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else if path.exists() {
        fs::remove_file(path)
    } else {
        return Ok(());
    };
    removed.map_err(|cause| Failure::new(format!("cannot remove {}: {cause}.", path.display())))
}

/// Moves a file to another name in one go.
pub fn rename(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::rename(from, to).map_err(|cause| Failure::new(format!("cannot rename {}: {cause}.", from.display())))
}

/// Copies a file with its permissions.
pub fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    fs::copy(from, to)
        .map(drop)
        .map_err(|cause| Failure::new(format!("cannot copy {} to {}: {cause}.", from.display(), to.display())))
}

/// How many bytes a file has.
pub fn size(path: &Path) -> Result<u64, Failure> {
    fs::metadata(path)
        .map(|metadata| metadata.len())
        .map_err(|cause| Failure::new(format!("cannot read {}: {cause}.", path.display())))
}

/// Every file below a folder, by its path from there with `/` between the parts; empty when there is no such folder.
pub fn read_tree(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    if folder.is_dir() {
        gather(folder, "", &mut files)?;
    }
    Ok(files)
}

fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let unreadable = |cause: std::io::Error| Failure::new(format!("cannot list {}: {cause}.", folder.display()));
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Hidden files are an editor's or the system's, never part of what is made.
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            gather(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            files.insert(format!("{prefix}{name}"), read(&path)?);
        }
    }
    Ok(())
}

/// Makes a folder hold exactly these files; what did not change is left untouched, what does not belong goes.
pub fn write_tree(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    for path in read_tree(folder)?.keys() {
        if !files.contains_key(path) {
            remove(&folder.join(path))?;
        }
    }
    for (path, content) in files {
        write_changed(&folder.join(path), content)?;
    }
    Ok(())
}
