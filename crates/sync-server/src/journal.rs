//! What must hold on a restored server too, however old the backup: withdrawals, ended memberships, devices that were shut out and mail
//! that nobody wants any more. Each is told to a journal outside the database before it counts, and a restore plays the journal over what
//! the backup held.

use std::sync::Arc;

use opstap_core::protocol::{decode_edit, encode_edit};
use opstap_core::{DeviceId, Edit, Kind, Millis, PersonId, RecordId, Stamp};

use crate::storage::StorageError;

/// One thing that a restore may not undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// An edit that takes a right away.
    Ends {
        /// The edit as it was sent.
        edit: Edit,
        /// The stamp under which it counts.
        stamp: Stamp,
        /// Who made it.
        author: PersonId,
        /// When it was taken in.
        at: Millis,
    },
    /// An edit that erases records for good.
    Purges {
        /// The edit as it was sent.
        edit: Edit,
        /// The stamp under which it counts.
        stamp: Stamp,
        /// Who made it.
        author: PersonId,
        /// When it was taken in.
        at: Millis,
        /// All that went with it. Also what a backup does not have stays refused after a restore.
        records: Vec<Purged>,
    },
    /// A device that somebody shut out.
    ShutOut {
        /// The device.
        device: DeviceId,
        /// When.
        at: Millis,
    },
    /// Somebody who wants no mail any more.
    NoMail {
        /// Who.
        person: PersonId,
        /// When they said so.
        at: Millis,
    },
}

/// What is left of a record that was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// Its id.
    pub id: RecordId,
    /// What it was.
    pub kind: Kind,
    /// What it stood below.
    pub parent: Option<RecordId>,
}

/// Keeps entries outside the database.
pub trait Journal: Send + Sync {
    /// Keeps an entry, on disk when it returns. The same may be told more than once.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when it cannot be kept; then what it tells of does not count either.
    fn keep(&self, entry: &Entry) -> Result<(), StorageError>;
}

/// A journal that many jobs share. A type of its own, as futures that hold a bare trait object are not seen to be `Send`.
#[derive(Clone)]
pub(crate) struct Shared(pub(crate) Arc<dyn Journal>);

impl Shared {
    pub(crate) fn keep(&self, entry: &Entry) -> Result<(), StorageError> {
        self.0.keep(entry)
    }
}

/// A server without a journal, for tests and for trying things out: what was taken back after a backup comes back with it.
impl Journal for () {
    fn keep(&self, _entry: &Entry) -> Result<(), StorageError> {
        Ok(())
    }
}

const ENDS: u8 = 1;
const SHUT_OUT: u8 = 2;
const PURGES: u8 = 3;
const NO_MAIL: u8 = 4;

impl Entry {
    /// The entry as bytes that are read for ever.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Ends { edit, stamp, author, at } => {
                let mut bytes = vec![ENDS];
                write_head(&mut bytes, *author, *at, *stamp);
                bytes.extend(encode_edit(edit));
                bytes
            }
            Self::Purges { edit, stamp, author, at, records } => {
                let mut bytes = vec![PURGES];
                write_head(&mut bytes, *author, *at, *stamp);
                // An edit has at most a thousand changes, and a circle far fewer records than this counts.
                bytes.extend(u32::try_from(records.len()).unwrap_or(u32::MAX).to_be_bytes());
                for Purged { id, kind, parent } in records {
                    bytes.extend(id.0);
                    bytes.extend(kind.code().to_be_bytes());
                    bytes.push(u8::from(parent.is_some()));
                    bytes.extend(parent.unwrap_or(RecordId([0; 16])).0);
                }
                bytes.extend(encode_edit(edit));
                bytes
            }
            Self::ShutOut { device, at } => {
                let mut bytes = vec![SHUT_OUT];
                bytes.extend(device.0);
                bytes.extend(at.0.to_be_bytes());
                bytes
            }
            Self::NoMail { person, at } => {
                let mut bytes = vec![NO_MAIL];
                bytes.extend(person.0);
                bytes.extend(at.0.to_be_bytes());
                bytes
            }
        }
    }

    /// Reads an entry back; nothing when the bytes are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (tag, mut rest) = bytes.split_first()?;
        match *tag {
            ENDS => {
                let (author, at, stamp) = read_head(&mut rest)?;
                let edit = decode_edit(rest).ok()?;
                Some(Self::Ends { edit, stamp, author, at })
            }
            PURGES => {
                let (author, at, stamp) = read_head(&mut rest)?;
                let mut records = Vec::new();
                for _ in 0..u32::from_be_bytes(take(&mut rest)?) {
                    let id = RecordId(take(&mut rest)?);
                    let kind = Kind::from_code(u16::from_be_bytes(take(&mut rest)?));
                    let [has_parent] = take(&mut rest)?;
                    let parent = RecordId(take(&mut rest)?);
                    records.push(Purged { id, kind, parent: (has_parent == 1).then_some(parent) });
                }
                let edit = decode_edit(rest).ok()?;
                Some(Self::Purges { edit, stamp, author, at, records })
            }
            SHUT_OUT => {
                let device = DeviceId(take(&mut rest)?);
                let at = Millis(u64::from_be_bytes(take(&mut rest)?));
                rest.is_empty().then_some(Self::ShutOut { device, at })
            }
            NO_MAIL => {
                let person = PersonId(take(&mut rest)?);
                let at = Millis(u64::from_be_bytes(take(&mut rest)?));
                rest.is_empty().then_some(Self::NoMail { person, at })
            }
            _ => None,
        }
    }
}

fn write_head(bytes: &mut Vec<u8>, author: PersonId, at: Millis, stamp: Stamp) {
    bytes.extend(author.0);
    bytes.extend(at.0.to_be_bytes());
    bytes.extend(stamp.millis.0.to_be_bytes());
    bytes.extend(stamp.counter.to_be_bytes());
    bytes.extend(stamp.device.0);
}

fn read_head(rest: &mut &[u8]) -> Option<(PersonId, Millis, Stamp)> {
    let author = PersonId(take(rest)?);
    let at = Millis(u64::from_be_bytes(take(rest)?));
    let millis = Millis(u64::from_be_bytes(take(rest)?));
    let counter = u32::from_be_bytes(take(rest)?);
    Some((author, at, Stamp { millis, counter, device: DeviceId(take(rest)?) }))
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}
