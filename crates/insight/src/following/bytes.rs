//! The bytes of a summary: numbers of seven bits a byte, each id in full once and by its place afterwards. Reading never takes more memory
//! than the bytes pay for, whatever they hold.

use opstap_core::access::Section;
use opstap_core::model::{AttentionAct, AttentionRule, Ending, Face, HandoverTopic, Relation, RulesOff, Stage};
use opstap_core::{Day, Millis, PersonId, RecordId};

use crate::Week;

type Id = [u8; 16];

/// Bytes being written.
#[derive(Default)]
pub(super) struct Out {
    pub(super) bytes: Vec<u8>,
    ids: Vec<Id>,
}

/// Bytes that are still to be read.
pub(super) struct In<'a> {
    bytes: &'a [u8],
    ids: Vec<Id>,
}

impl<'a> In<'a> {
    pub(super) const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, ids: Vec::new() }
    }

    pub(super) const fn is_at_the_end(&self) -> bool {
        self.bytes.is_empty()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// How many follow: of each there is at least a byte.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(u64::read(self)?).ok()?;
        (count <= self.bytes.len()).then_some(count)
    }
}

/// What a summary is made of.
pub(super) trait Kept: Sized {
    fn keep(&self, out: &mut Out);

    /// None where something else stands there.
    fn read(from: &mut In<'_>) -> Option<Self>;
}

impl Kept for u64 {
    fn keep(&self, out: &mut Out) {
        let mut left = *self;
        while left >= 0x80 {
            let [low, ..] = left.to_le_bytes();
            out.bytes.push(low | 0x80);
            left >>= 7;
        }
        let [low, ..] = left.to_le_bytes();
        out.bytes.push(low);
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *from.take(1)?.first()?;
            let bits = Self::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

impl Kept for usize {
    fn keep(&self, out: &mut Out) {
        u64::try_from(*self).unwrap_or(u64::MAX).keep(out);
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        Self::try_from(u64::read(from)?).ok()
    }
}

impl Kept for u32 {
    fn keep(&self, out: &mut Out) {
        u64::from(*self).keep(out);
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        Self::try_from(u64::read(from)?).ok()
    }
}

impl Kept for bool {
    fn keep(&self, out: &mut Out) {
        out.bytes.push(u8::from(*self));
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        match from.take(1)? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

impl Kept for String {
    fn keep(&self, out: &mut Out) {
        self.len().keep(out);
        out.bytes.extend_from_slice(self.as_bytes());
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        let length = from.count()?;
        std::str::from_utf8(from.take(length)?).ok().map(str::to_owned)
    }
}

impl<T: Kept> Kept for Option<T> {
    fn keep(&self, out: &mut Out) {
        self.is_some().keep(out);
        if let Some(value) = self {
            value.keep(out);
        }
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        if bool::read(from)? { T::read(from).map(Some) } else { Some(None) }
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn keep(&self, out: &mut Out) {
        self.len().keep(out);
        for value in self {
            value.keep(out);
        }
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        let mut all = Self::new();
        for _ in 0..from.count()? {
            all.push(T::read(from)?);
        }
        Some(all)
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn keep(&self, out: &mut Out) {
        self.0.keep(out);
        self.1.keep(out);
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

/// An id: zero and its bytes when it is new, else the place of the same one, counted from one.
impl Kept for Id {
    fn keep(&self, out: &mut Out) {
        match out.ids.iter().position(|known| known == self) {
            Some(place) => place.saturating_add(1).keep(out),
            None => {
                out.bytes.push(0);
                out.bytes.extend_from_slice(self);
                out.ids.push(*self);
            }
        }
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        match usize::read(from)?.checked_sub(1) {
            Some(place) => from.ids.get(place).copied(),
            None => {
                let id = from.take(16)?.try_into().ok()?;
                from.ids.push(id);
                Some(id)
            }
        }
    }
}

macro_rules! wraps {
    ($($type:ident),+) => {
        $(impl Kept for $type {
            fn keep(&self, out: &mut Out) {
                self.0.keep(out);
            }

            fn read(from: &mut In<'_>) -> Option<Self> {
                Some(Self(Kept::read(from)?))
            }
        })+
    };
}
wraps!(Day, Millis, Week, PersonId, RecordId);

/// A choice is the place it has among all.
macro_rules! choices {
    ($($type:ident),+) => {
        $(impl Kept for $type {
            fn keep(&self, out: &mut Out) {
                Self::ALL.iter().position(|known| known == self).unwrap_or_default().keep(out);
            }

            fn read(from: &mut In<'_>) -> Option<Self> {
                Self::ALL.get(usize::read(from)?).copied()
            }
        })+
    };
}
choices!(AttentionAct, AttentionRule, Ending, Face, HandoverTopic, Relation, Section, Stage);

impl Kept for RulesOff {
    fn keep(&self, out: &mut Out) {
        self.each().collect::<Vec<usize>>().keep(out);
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        Self::of(Vec::read(from)?)
    }
}
