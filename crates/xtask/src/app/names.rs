//! File names that carry the hash of their content, so that a browser may keep such a file for ever.

use sha2::{Digest, Sha256};

/// The hexadecimal SHA-256 of some bytes.
pub fn digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first eight digits of the digest: enough to tell the versions of one file apart.
pub fn fingerprint(content: &[u8]) -> String {
    digest(content).chars().take(8).collect()
}

/// `companion.wasm` becomes `companion-1a2b3c4d.wasm`; folders before the name stay.
pub fn hashed(path: &str, content: &[u8]) -> String {
    let fingerprint = fingerprint(content);
    let name_starts = path.rfind('/').map_or(0, |slash| slash + 1);
    match path.rfind('.').filter(|dot| *dot > name_starts) {
        Some(dot) => {
            let (stem, extension) = path.split_at(dot);
            format!("{stem}-{fingerprint}{extension}")
        }
        None => format!("{path}-{fingerprint}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stands_before_the_extension() {
        assert_eq!(hashed("companion.wasm", b"abc"), "companion-ba7816bf.wasm");
        assert_eq!(hashed("icons/a.b/leaf.svg", b"abc"), "icons/a.b/leaf-ba7816bf.svg");
        assert_eq!(hashed("icons/a.b/leaf", b"abc"), "icons/a.b/leaf-ba7816bf");
    }

    #[test]
    fn other_content_gets_another_name() {
        assert_ne!(hashed("desk.css", b"a{}"), hashed("desk.css", b"b{}"));
    }
}
