//! Reads the smallest things: bytes, numbers, columns of numbers. Never reads past the end, never allocates for what is not there.

use super::WireError;
use super::column::Mode;

/// Each byte of input pays for this many bytes of names and short texts that it makes the reader repeat.
const REPEATED_PER_BYTE: usize = 64;
/// What a small body may repeat beyond that.
const REPEATED_ANYWAY: usize = 64 * 1024;

/// Reading cannot go on. The reader keeps why, so that the many small functions hand up nothing but this: that keeps the app small.
pub(super) struct Stop;

/// What reading a part gives.
pub(super) type Read<T> = Result<T, Stop>;

/// Bytes and how far they have been read.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    version: u8,
    /// Where the last thing that was read begins.
    from: usize,
    may_repeat: usize,
    error: Option<WireError>,
}

/// Reads all of some bytes: their version, and then what `part` reads.
pub(super) fn read_all<T>(
    bytes: &[u8],
    versions: std::ops::RangeInclusive<u8>,
    part: impl FnOnce(&mut Reader<'_>) -> Read<T>,
) -> Result<T, WireError> {
    let may_repeat = bytes.len().saturating_mul(REPEATED_PER_BYTE).saturating_add(REPEATED_ANYWAY);
    let mut reader = Reader { bytes, at: 0, version: 0, from: 0, may_repeat, error: None };
    let read = reader.read_version(&versions).and_then(|()| part(&mut reader));
    let read = read.and_then(|value| reader.end().map(|()| value));
    read.map_err(|Stop| reader.error.unwrap_or(WireError::Damaged { at: reader.from, expected: "something else" }))
}

impl<'a> Reader<'a> {
    /// Something else stands here than what was expected.
    #[cold]
    pub(super) fn damaged(&mut self, expected: &'static str) -> Stop {
        // A phone tells nobody what is wrong with bytes, so it need not carry the words for it.
        let expected = if cfg!(target_family = "wasm") { "something else" } else { expected };
        self.stop(WireError::Damaged { at: self.from, expected })
    }

    #[cold]
    pub(super) fn stop(&mut self, error: WireError) -> Stop {
        self.error.get_or_insert(error);
        Stop
    }

    fn read_version(&mut self, versions: &std::ops::RangeInclusive<u8>) -> Read<()> {
        match self.byte("a version")? {
            version if version > *versions.end() => Err(self.stop(WireError::TooNew { version })),
            version if version < *versions.start() => Err(self.stop(WireError::TooOld { version })),
            version => {
                self.version = version;
                Ok(())
            }
        }
    }

    pub(super) const fn version(&self) -> u8 {
        self.version
    }

    /// Whether the bytes are of this version or a later one.
    pub(super) const fn is_since(&self, version: u8) -> bool {
        self.version >= version
    }

    /// Nothing may follow.
    fn end(&mut self) -> Read<()> {
        self.from = self.at;
        if self.left() == 0 { Ok(()) } else { Err(self.damaged("the end")) }
    }

    pub(super) const fn left(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    pub(super) fn take(&mut self, count: usize, expected: &'static str) -> Read<&'a [u8]> {
        self.from = self.at;
        let end = self.at.saturating_add(count);
        match self.bytes.get(self.at..end) {
            Some(taken) => {
                self.at = end;
                Ok(taken)
            }
            None => Err(self.damaged(expected)),
        }
    }

    pub(super) fn array<const N: usize>(&mut self, expected: &'static str) -> Read<[u8; N]> {
        self.take(N, expected)?.try_into().map_err(|_| self.damaged(expected))
    }

    pub(super) fn byte(&mut self, expected: &'static str) -> Read<u8> {
        let [byte] = self.array(expected)?;
        Ok(byte)
    }

    /// A byte that is 0 or 1.
    pub(super) fn flag(&mut self) -> Read<bool> {
        match self.byte("0 or 1")? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.damaged("0 or 1")),
        }
    }

    /// A number: seven bits a byte, the lowest first, the high bit on all but the last byte; in its shortest form.
    pub(super) fn number(&mut self) -> Read<u64> {
        const EXPECTED: &str = "a number";
        let from = self.at;
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte(EXPECTED)?;
            let bits = u64::from(byte & 0x7f);
            if (shift == 63 && bits > 1) || (shift > 0 && byte == 0) {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                self.from = from;
                return Ok(number);
            }
        }
        self.from = from;
        Err(self.damaged(EXPECTED))
    }

    /// A number that fits in 32 bits: a counter, a size.
    pub(super) fn small(&mut self, expected: &'static str) -> Read<u32> {
        let number = self.number()?;
        self.narrow(number, expected)
    }

    /// A number read before that has to fit in 32 bits.
    pub(super) fn narrow(&mut self, number: u64, expected: &'static str) -> Read<u32> {
        u32::try_from(number).map_err(|_| self.damaged(expected))
    }

    /// How many follow. Each of them takes at least one byte, so there cannot be more than bytes left.
    pub(super) fn count(&mut self, expected: &'static str) -> Read<usize> {
        let count = self.number()?;
        self.counted(count, expected)
    }

    /// How many follow of something of which there may be so many.
    pub(super) fn count_up_to(&mut self, most: usize, what: &'static str, expected: &'static str) -> Read<usize> {
        let count = self.count(expected)?;
        if count > most { Err(self.stop(WireError::TooLarge { what, most })) } else { Ok(count) }
    }

    /// A number read before that says how many follow.
    pub(super) fn counted(&mut self, count: u64, expected: &'static str) -> Read<usize> {
        match usize::try_from(count) {
            Ok(count) if count <= self.left() => Ok(count),
            _ => Err(self.damaged(expected)),
        }
    }

    /// A column of so many numbers; `bases` are what [`Mode::FromBase`] counts from, zero where there is none.
    pub(super) fn numbers(&mut self, count: usize, bases: &[u64]) -> Read<Vec<u64>> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let mode = self.byte("the mode of a column")?;
        let Some(mode) = Mode::from_code(mode).filter(|_| count <= self.left()) else {
            return Err(self.damaged("a column of numbers"));
        };
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
    pub(super) fn text(&mut self, length: usize) -> Read<&'a str> {
        const EXPECTED: &str = "text in UTF-8";
        std::str::from_utf8(self.take(length, EXPECTED)?).map_err(|_| self.damaged(EXPECTED))
    }

    /// Pays for a copy of something that was read before, so that a small body cannot become a large value.
    pub(super) fn repeat(&mut self, bytes: usize) -> Read<()> {
        match self.may_repeat.checked_sub(bytes) {
            Some(left) => {
                self.may_repeat = left;
                Ok(())
            }
            None => Err(self.stop(WireError::TooLarge {
                what: "bytes of repeated names and texts for each byte of the body",
                most: REPEATED_PER_BYTE,
            })),
        }
    }
}

/// The entry of a list at a place that was read.
pub(super) fn entry<'t, T>(reader: &mut Reader<'_>, list: &'t [T], place: u64) -> Read<&'t T> {
    let entry = usize::try_from(place).ok().and_then(|place| list.get(place));
    entry.ok_or_else(|| reader.damaged("a place in a table"))
}
