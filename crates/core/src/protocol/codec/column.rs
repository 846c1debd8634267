//! Numbers and columns of numbers. Every list on the wire (moments, references, lengths, counts) is such a column.

use super::reader::{Read, Reader};

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
    let mut best: Option<(Mode, u64)> = None;
    for mode in Mode::ALL {
        let mut cost = 0;
        each_written(mode, numbers, bases, &mut |number| cost += u64::from(bytes_of(number)));
        // Of equals the first stays, so the bytes of a column are fixed by what it holds.
        if best.is_none_or(|(_, least)| cost < least) {
            best = Some((mode, cost));
        }
    }
    if let Some((mode, _)) = best.filter(|_| !numbers.is_empty()) {
        out.push(mode as u8);
        each_written(mode, numbers, bases, &mut |number| write_number(out, number));
    }
}

fn each_written(mode: Mode, numbers: &[u64], bases: &[u64], each: &mut dyn FnMut(u64)) {
    let mut before = 0;
    for (at, number) in numbers.iter().enumerate() {
        each(mode.write(*number, before, bases.get(at).copied().unwrap_or(0)));
        before = *number;
    }
}

/// Several columns of equal length, side by side.
pub(super) struct Columns(Vec<Vec<u64>>);

impl Columns {
    /// So many columns, still empty.
    pub(super) fn new(width: usize) -> Self {
        Self(vec![Vec::new(); width])
    }

    /// Adds a row: a number to each column.
    pub(super) fn push(&mut self, row: &[u64]) {
        for (column, number) in self.0.iter_mut().zip(row) {
            column.push(*number);
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        for column in &self.0 {
            write_numbers(out, column, &[]);
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>, width: usize, length: usize) -> Read<Self> {
        let mut columns = Self::new(width);
        for column in &mut columns.0 {
            *column = reader.numbers(length, &[])?;
        }
        Ok(columns)
    }

    /// All of one column.
    pub(super) fn column(&self, column: usize) -> &[u64] {
        self.0.get(column).map_or(&[], Vec::as_slice)
    }

    /// One row.
    pub(super) fn row<const WIDTH: usize>(&self, row: usize) -> [u64; WIDTH] {
        let mut numbers = [0; WIDTH];
        for (number, column) in numbers.iter_mut().zip(&self.0) {
            *number = column.get(row).copied().unwrap_or(0);
        }
        numbers
    }
}
