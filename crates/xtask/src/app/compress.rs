//! Brotli and gzip beside each file, kept by the hash of the content: the strongest Brotli takes seconds a megabyte.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use brotli::enc::backward_references::BrotliEncoderMode::{BROTLI_MODE_FONT, BROTLI_MODE_GENERIC};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Speed;
use super::names::digest;
use crate::disk;
use crate::failure::Failure;

/// The same content twice, smaller.
pub struct Compressed {
    /// As gzip.
    pub gzip: Vec<u8>,
    /// As Brotli.
    pub brotli: Vec<u8>,
}

/// Compresses, and remembers what it compressed in a folder.
pub struct Compressor {
    folder: PathBuf,
    quality: i32,
    used: Mutex<BTreeSet<String>>,
    written: AtomicUsize,
}

/// Whether a file of this name is text or code; pictures and sound are compressed as they are.
pub fn is_worth_it(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension, "html" | "js" | "css" | "wasm" | "svg" | "json" | "webmanifest" | "txt" | "xml")
}

impl Compressor {
    /// A compressor that remembers in this folder.
    pub fn new(folder: &Path, speed: Speed) -> Self {
        let quality = match speed {
            Speed::Small => 11,
            Speed::Quick => 4,
        };
        Self { folder: folder.to_path_buf(), quality, used: Mutex::default(), written: AtomicUsize::default() }
    }

    /// The content compressed, from memory when it was seen before.
    pub fn compress(&self, content: &[u8]) -> Result<Compressed, Failure> {
        let key = format!("{}-{}-{WAY}", digest(content), self.quality);
        Ok(Compressed {
            gzip: self.remembered(&format!("{key}.gz"), || gzip(content))?,
            brotli: self.remembered(&format!("{key}.br"), || brotli(content, self.quality))?,
        })
    }

    /// Drops what this compressor did not meet, so that the folder does not grow with every change.
    pub fn forget_unused(&self) -> Result<(), Failure> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for name in disk::read_tree(&self.folder)?.keys() {
            if !used.contains(name) {
                disk::remove(&self.folder.join(name))?;
            }
        }
        Ok(())
    }

    fn remembered(&self, name: &str, make: impl FnOnce() -> std::io::Result<Vec<u8>>) -> Result<Vec<u8>, Failure> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        let path = self.folder.join(name);
        if path.is_file() {
            return disk::read(&path);
        }
        let made = make().map_err(|cause| Failure::new(format!("cannot compress: {cause}.")))?;
        // Written beside and moved in, because a half-written file would be believed for ever. Each under a name of its own: two files
        // may hold the same.
        let unfinished = self.folder.join(format!(".{}-{name}", self.written.fetch_add(1, Ordering::Relaxed)));
        disk::write(&unfinished, &made)?;
        disk::rename(&unfinished, &path)?;
        Ok(made)
    }
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

/// The way things are packed, for what is remembered: raise it when the same content is to be packed otherwise.
const WAY: u32 = 2;

fn brotli(content: &[u8], quality: i32) -> std::io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: content.len(),
        // Programs are packed a little smaller with the contexts that were meant for fonts: both are tables of small numbers.
        mode: if content.starts_with(b"\0asm") { BROTLI_MODE_FONT } else { BROTLI_MODE_GENERIC },
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut made = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut made, &parameters)?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("opstap-xtask-{}-{name}", std::process::id()));
        disk::remove(&folder).unwrap();
        folder
    }

    #[test]
    fn both_forms_open_to_the_same_content() {
        let folder = folder("forms");
        let content = "picture step plan ".repeat(100).into_bytes();
        let compressed = Compressor::new(&folder, Speed::Small).compress(&content).unwrap();
        assert!(compressed.brotli.len() < compressed.gzip.len());
        let mut opened = Vec::new();
        flate2::read::GzDecoder::new(&*compressed.gzip).read_to_end(&mut opened).unwrap();
        assert_eq!(opened, content);
        opened.clear();
        brotli::Decompressor::new(&*compressed.brotli, 4096).read_to_end(&mut opened).unwrap();
        assert_eq!(opened, content);
        disk::remove(&folder).unwrap();
    }

    #[test]
    fn what_was_compressed_before_is_remembered_and_what_is_unused_goes() {
        let folder = folder("memory");
        Compressor::new(&folder, Speed::Small).compress(b"old").unwrap();
        let compressor = Compressor::new(&folder, Speed::Small);
        compressor.compress(b"new").unwrap();
        for name in disk::read_tree(&folder).unwrap().keys() {
            disk::write(&folder.join(name), b"remembered").unwrap();
        }
        assert_eq!(compressor.compress(b"new").unwrap().brotli, b"remembered");
        compressor.forget_unused().unwrap();
        assert_eq!(disk::read_tree(&folder).unwrap().len(), 2);
        assert_ne!(compressor.compress(b"old").unwrap().gzip, b"remembered");
        disk::remove(&folder).unwrap();
    }

    #[test]
    fn text_and_code_are_worth_it_and_pictures_are_not() {
        assert!(is_worth_it("a/companion-1.wasm") && is_worth_it("manifest.webmanifest"));
        assert!(!is_worth_it("icons/192.png") && !is_worth_it("LICENSE"));
    }
}
