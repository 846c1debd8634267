//! Ids that follow from what they are for, so that two who import the same at once make one record and not two.

use opstap_core::RecordId;
use sha2::{Digest, Sha256};

/// The first id that is free of those for this thing in this place. What was deleted keeps its id, and the next in line is taken.
#[must_use]
pub fn free_id(place: &[u8; 16], what: &str, name: &[u8], is_taken: impl Fn(&RecordId) -> bool) -> RecordId {
    let nth = |n: u32| {
        let mut hash = Sha256::new();
        for part in [b"opstap import".as_slice(), place, what.as_bytes(), &n.to_be_bytes(), name] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut id = [0; 16];
        id.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
        // The marks of an id of one's own making (UUIDv8).
        let [.., version, _, variant, _, _, _, _, _, _, _] = &mut id;
        *version = *version & 0x0f | 0x80;
        *variant = *variant & 0x3f | 0x80;
        RecordId(id)
    };
    (0..).map(nth).find(|id| !is_taken(id)).unwrap_or_else(|| nth(u32::MAX))
}
