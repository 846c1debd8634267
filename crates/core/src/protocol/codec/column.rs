//! Numbers and columns of numbers. Every list on the wire (moments, references, lengths, counts) is such a column.

/// Writes a number: seven bits a byte, the lowest first, the high bit on all but the last byte.
pub(super) fn write_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        let [low, ..] = number.to_le_bytes();
        out.push(low | 0x80);
        number >>= 7;
    }
    let [low, ..] = number.to_le_bytes();
    out.push(low);
}

/// Writes how many follow.
pub(super) fn write_count(out: &mut Vec<u8>, count: usize) {
    write_number(out, wide(count));
}

/// A count as a number of the wire; `usize` is never wider than 64 bits.
pub(super) fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

const fn bytes_of(number: u64) -> u32 {
    // Seven bits a byte; zero takes a byte too.
    (64 - (number | 1).leading_zeros()).div_ceil(7)
}

/// A difference, the sign in the lowest bit, so that small differences are small numbers.
const fn fold(difference: u64) -> u64 {
    (difference << 1) ^ (difference.cast_signed() >> 63).cast_unsigned()
}

const fn unfold(folded: u64) -> u64 {
    (folded >> 1) ^ (folded & 1).wrapping_neg()
}

/// How the numbers of one column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// As they are.
    Plain,
    /// As the difference with the one before; the first with zero.
    FromBefore,
    /// As the difference with the moment of the row they belong to.
    FromBase,
}

impl Mode {
    /// In the order of their codes. The first that takes the fewest bytes is written.
    const ALL: [Self; 3] = [Self::Plain, Self::FromBefore, Self::FromBase];

    pub(super) const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Plain),
            1 => Some(Self::FromBefore),
            2 => Some(Self::FromBase),
            _ => None,
        }
    }

    const fn write(self, number: u64, before: u64, base: u64) -> u64 {
        match self {
            Self::Plain => number,
            Self::FromBefore => fold(number.wrapping_sub(before)),
            Self::FromBase => fold(number.wrapping_sub(base)),
        }
    }

    pub(super) const fn read(self, written: u64, before: u64, base: u64) -> u64 {
        match self {
            Self::Plain => written,
            Self::FromBefore => before.wrapping_add(unfold(written)),
            Self::FromBase => base.wrapping_add(unfold(written)),
        }
    }
}

/// Writes a column: its mode, then the numbers. An empty column takes no byte; how many there are is known from elsewhere.
pub(super) fn write_numbers(out: &mut Vec<u8>, numbers: &[u64], bases: &[u64]) {
    if numbers.is_empty() {
        return;
    }
    let written = |mode: Mode| {
        let mut before = 0;
        numbers.iter().enumerate().map(move |(at, number)| {
            let base = bases.get(at).copied().unwrap_or(0);
            mode.write(*number, std::mem::replace(&mut before, *number), base)
        })
    };
    let cost = |mode: Mode| written(mode).map(|number| u64::from(bytes_of(number))).sum::<u64>();
    // `min_by_key` keeps the first of equals, so the bytes of a column are fixed by what it holds.
    let mode = Mode::ALL.into_iter().min_by_key(|mode| cost(*mode)).unwrap_or(Mode::Plain);
    out.push(mode as u8);
    for number in written(mode) {
        write_number(out, number);
    }
}
