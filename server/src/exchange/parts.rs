//! What the parts of a spreadsheet come to, before what reads it makes room for what they say of themselves: where it has no memory for that
//! the server ends, and no fault is left to tell of.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::grid::{MOST_LINES, Unreadable};

/// No more texts than this are made room for: more than a file of [`MOST_LINES`] full lines holds.
const MOST_TEXTS: u64 = 20 * MOST_LINES as u64;
/// How a spreadsheet says how many texts it holds.
const COUNT: &[u8] = b"uniqueCount";

/// Whether a spreadsheet unpacks to so many bytes at most, and says nothing of itself for which there is no room.
///
/// # Errors
/// When it does not, or is no such file.
pub fn within(bytes: &[u8], most: u64) -> Result<(), Unreadable> {
    let damaged = |cause: &dyn std::fmt::Display| Unreadable::Spreadsheet(cause.to_string());
    let mut parts = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| damaged(&cause))?;
    let mut left = most;
    for place in 0..parts.len() {
        let part = parts.by_index(place).map_err(|cause| damaged(&cause))?;
        let mut search = Search::default();
        // One byte more than may be, so that it is seen that there are more.
        let mut unpacked = part.take(left + 1);
        let mut piece = [0; 16 * 1_024];
        loop {
            let read = unpacked.read(&mut piece).map_err(|cause| damaged(&cause))?;
            left = left.checked_sub(read as u64).ok_or(Unreadable::TooMuchUnpacked)?;
            match piece.get(..read) {
                None | Some([]) => break,
                Some(read) => search.goes_over(read)?,
            }
        }
        search.ends()?;
    }
    Ok(())
}

/// A search for the number of texts, over a part that comes in pieces. It looks at bytes, as what reads the spreadsheet does.
#[derive(Default)]
struct Search {
    /// How much of the word was found.
    found: usize,
    /// The number behind it, as far as it was read.
    number: Option<u64>,
}

impl Search {
    fn goes_over(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        for byte in bytes.iter().copied() {
            if self.found < COUNT.len() {
                // A longer word that ends on this one is another.
                let goes_on = COUNT.get(self.found) == Some(&byte);
                self.found = if goes_on { self.found + 1 } else { usize::from(COUNT.first() == Some(&byte)) };
                continue;
            }
            match (byte, self.number) {
                (b'0'..=b'9', number) => {
                    let so_far = number.unwrap_or_default().saturating_mul(10);
                    self.number = Some(so_far.saturating_add(u64::from(byte - b'0')));
                }
                (b'=' | b'"' | b'\'', None) => {}
                (space, None) if space.is_ascii_whitespace() => {}
                _ => self.ends()?,
            }
        }
        Ok(())
    }

    fn ends(&mut self) -> Result<(), Unreadable> {
        let Self { number, .. } = std::mem::take(self);
        if number.is_some_and(|number| number > MOST_TEXTS) {
            return Err(Unreadable::Spreadsheet("it says that it holds more texts than a file may have".to_owned()));
        }
        Ok(())
    }
}
