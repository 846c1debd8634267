//! The zip file of a feed, and how much may come out of it.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::GtfsError;
use super::fault::{Fault, Faults};
use super::table::{Column, Table};

/// How much is taken of a feed. A small zip file can hold a very large one.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of one file, unpacked. The stop times of the Netherlands are two thousand million.
    pub bytes: u64,
    /// The longest line, in bytes.
    pub line: u64,
    /// The most stops in a region.
    pub stops: usize,
    /// The most trips that touch a region.
    pub trips: usize,
    /// The most stops in all the ways that trips go.
    pub calls: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16_000_000_000, line: 64 * 1_024, stops: 50_000, trips: 2_000_000, calls: 20_000_000 }
    }
}

/// An open feed.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    limits: Limits,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens it. `file` is what it is called when it is none.
    pub fn open(source: R, file: &str, limits: Limits) -> Result<Self, GtfsError> {
        let zip = ZipArchive::new(source)
            .map_err(|cause| GtfsError::NotAFeed { file: file.to_owned(), cause: cause.to_string() })?;
        Ok(Self { zip, limits })
    }

    /// One of its tables; none, with a fault, when it is not there or lacks a column. A table that may be left out makes no fault.
    pub fn table<'a>(
        &'a mut self,
        file: &'static str,
        columns: &[Column],
        faults: Option<&mut Faults>,
    ) -> Result<Option<Table<impl Read + 'a>>, GtfsError> {
        match self.zip.by_name(file) {
            Ok(source) => Table::open(file, source, columns, self.limits, faults),
            Err(ZipError::FileNotFound) => {
                if let Some(faults) = faults {
                    faults.note(Fault::new(file, 0, "", "this file at the top of the zip file was", b""));
                }
                Ok(None)
            }
            Err(cause) => Err(GtfsError::Unreadable { file, cause: cause.to_string() }),
        }
    }
}
