//! Reads the smallest things: bytes, numbers, columns of numbers. Never reads past the end, never allocates for what is not there.

use super::WireError;
use super::column::Mode;

/// Each byte of input pays for this many bytes of names and short texts that it makes the reader repeat.
const REPEATED_PER_BYTE: usize = 64;
/// What a small body may repeat beyond that.
const REPEATED_ANYWAY: usize = 64 * 1024;

/// Bytes and how far they have been read.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    may_repeat: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let may_repeat = bytes.len().saturating_mul(REPEATED_PER_BYTE).saturating_add(REPEATED_ANYWAY);
        Self { bytes, at: 0, may_repeat }
    }

    /// The error that something else stands here than what was expected.
    pub(super) const fn damaged(&self, expected: &'static str) -> WireError {
        WireError::Damaged { at: self.at, expected }
    }

    pub(super) const fn left(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    pub(super) fn take(&mut self, count: usize, expected: &'static str) -> Result<&'a [u8], WireError> {
        let taken =
            self.at.checked_add(count).and_then(|end| self.bytes.get(self.at..end)).ok_or(self.damaged(expected))?;
        self.at = self.at.saturating_add(count);
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self, expected: &'static str) -> Result<[u8; N], WireError> {
        let start = self.damaged(expected);
        self.take(N, expected)?.try_into().map_err(|_| start)
    }

    pub(super) fn byte(&mut self, expected: &'static str) -> Result<u8, WireError> {
        let [byte] = self.array(expected)?;
        Ok(byte)
    }

    /// A byte that is 0 or 1.
    pub(super) fn flag(&mut self) -> Result<bool, WireError> {
        let error = self.damaged("0 or 1");
        match self.byte("0 or 1")? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(error),
        }
    }

    /// A number: seven bits a byte, the lowest first, the high bit on all but the last byte; in its shortest form.
    pub(super) fn number(&mut self) -> Result<u64, WireError> {
        const EXPECTED: &str = "a number";
        let error = self.damaged(EXPECTED);
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte(EXPECTED)?;
            let bits = u64::from(byte & 0x7f);
            if (shift == 63 && bits > 1) || (shift > 0 && byte == 0) {
                return Err(error);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(error)
    }

    /// A number that fits in a smaller type.
    pub(super) fn small<T: TryFrom<u64>>(&mut self, expected: &'static str) -> Result<T, WireError> {
        let error = self.damaged(expected);
        T::try_from(self.number()?).map_err(|_| error)
    }

    /// How many follow. Each of them takes at least one byte, so there cannot be more than bytes left.
    pub(super) fn count(&mut self, expected: &'static str) -> Result<usize, WireError> {
        let error = self.damaged(expected);
        let count = self.small(expected)?;
        if count > self.left() {
            return Err(error);
        }
        Ok(count)
    }

    /// A column of so many numbers; `bases` are what [`Mode::FromBase`] counts from, zero where there is none.
    pub(super) fn numbers(&mut self, count: usize, bases: &[u64]) -> Result<Vec<u64>, WireError> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let error = self.damaged("a column of numbers");
        let mode = Mode::from_code(self.byte("the mode of a column")?).ok_or(error)?;
        if count > self.left() {
            return Err(error);
        }
        let mut numbers = Vec::with_capacity(count);
        let mut before = 0;
        for at in 0..count {
            let base = bases.get(at).copied().unwrap_or(0);
            before = mode.read(self.number()?, before, base);
            numbers.push(before);
        }
        Ok(numbers)
    }

    /// UTF-8 of a length that was read before.
    pub(super) fn text(&mut self, length: usize) -> Result<&'a str, WireError> {
        let error = self.damaged("text in UTF-8");
        std::str::from_utf8(self.take(length, "text in UTF-8")?).map_err(|_| error)
    }

    /// Pays for a copy of something that was read before, so that a small body cannot become a large value.
    pub(super) fn repeat(&mut self, bytes: usize) -> Result<(), WireError> {
        match self.may_repeat.checked_sub(bytes) {
            Some(left) => self.may_repeat = left,
            None => {
                return Err(WireError::TooLarge {
                    what: "bytes of repeated names and texts for each byte of the body",
                    most: REPEATED_PER_BYTE,
                });
            }
        }
        Ok(())
    }

    /// Nothing may follow.
    pub(super) const fn end(&self) -> Result<(), WireError> {
        if self.left() == 0 { Ok(()) } else { Err(self.damaged("the end")) }
    }
}
