//! Whether a load came whole: a sum over the ids of its records, the same in whatever order and pages they come.

use crate::id::RecordId;

/// The sum over the records of a load, beside their count. It finds what was lost or doubled on the way, not what somebody forged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LoadDigest(pub u64);

impl LoadDigest {
    /// The digest with one more record.
    #[must_use]
    pub fn with(self, id: RecordId) -> Self {
        let id = u128::from_be_bytes(id.0);
        // The mixing of SplitMix64 over both halves: ids that were made together differ in few bits, their sums must not.
        let folded = (id ^ (id >> 64).wrapping_mul(0x9e37_79b9_7f4a_7c15)) & u128::from(u64::MAX);
        let mut mixed = u64::try_from(folded).unwrap_or_default().wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(self.0.wrapping_add(mixed ^ (mixed >> 31)))
    }

    /// The digest of so many records.
    #[must_use]
    pub fn of(ids: impl IntoIterator<Item = RecordId>) -> Self {
        ids.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::Millis;
    use proptest::prelude::*;

    #[test]
    fn the_digest_of_known_ids_stays_as_it_is() {
        assert_eq!(LoadDigest::of([RecordId([0; 16])]), LoadDigest(0xe220_a839_7b1d_cdaf));
        assert_eq!(LoadDigest::of([RecordId([1; 16]), RecordId([2; 16])]), LoadDigest(0x9fff_8f29_8b8c_66fc));
    }

    proptest! {
        #[test]
        fn one_record_lost_doubled_or_changed_for_another_is_noticed(
            made in prop::collection::vec((0_u64..1_000, any::<[u8; 10]>()), 1..30),
            at in any::<prop::sample::Index>(),
            other in any::<[u8; 10]>(),
        ) {
            let ids: Vec<RecordId> = made.iter().map(|(millis, tail)| RecordId::new(Millis(*millis), *tail)).collect();
            let at = at.index(ids.len());
            let whole = LoadDigest::of(ids.iter().copied());
            let reversed = LoadDigest::of(ids.iter().rev().copied());
            prop_assert_eq!(whole, reversed);
            let without = ids.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, id)| *id);
            prop_assert_ne!(LoadDigest::of(without.clone()), whole);
            prop_assert_ne!(whole.with(ids[at]), whole);
            let strange = RecordId::new(Millis(1_001), other);
            prop_assert_ne!(LoadDigest::of(without.chain([strange])), whole);
        }
    }
}
