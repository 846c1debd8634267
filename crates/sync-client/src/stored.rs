//! The bytes in which a store keeps each thing, the same in memory and in IndexedDB. Each begins with its version; what
//! was written once is read for ever.

use opstap_core::access::View;
use opstap_core::model::{CircleKind, OrganisationRole, Person};
use opstap_core::protocol::{self, DeviceOwner, Figure, Figures, LetGo, LoadDigest, LoadPosition, Reason, What};
use opstap_core::{
    BlobHash, BlobRef, CircleId, Day, DeviceId, Edit, Epoch, Media, Millis, Month, PersonId, Record, RecordId,
};
use opstap_core::{ServerId, Stamp};

use crate::held::{
    AskedLogs, BlobState, HeldBlob, HeldCircle, HeldDevice, HeldSummary, Load, Pending, PendingState, RefusedEdit,
    Revision, SentEdit,
};
use crate::store::StoreError;

/// The version in which everything below is written, apart from records and edits, which have their own. Version 1 is read too: what
/// it does not have is as if nothing of it had happened.
const VERSION: u8 = 2;

/// A type that a store keeps as bytes.
pub trait Stored: Sized {
    /// Its bytes.
    fn to_stored(&self) -> Vec<u8>;

    /// Reads it back.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the bytes are damaged, or of a newer version of the app.
    fn from_stored(bytes: &[u8]) -> Result<Self, StoreError>;
}

impl Stored for Record {
    fn to_stored(&self) -> Vec<u8> {
        protocol::encode_record(self)
    }

    fn from_stored(bytes: &[u8]) -> Result<Self, StoreError> {
        protocol::decode_record(bytes).map_err(|_| StoreError::Corrupt)
    }
}

macro_rules! stored {
    ($type:ty, $this:ident, $out:ident => $write:block, $bytes:ident => $read:expr) => {
        impl Stored for $type {
            fn to_stored(&self) -> Vec<u8> {
                let $this = self;
                let mut $out = Out(vec![VERSION]);
                $write
                $out.0
            }

            fn from_stored(bytes: &[u8]) -> Result<Self, StoreError> {
                let (version, bytes) = bytes.split_first().ok_or(StoreError::Corrupt)?;
                if !(1..=VERSION).contains(version) {
                    return Err(StoreError::Corrupt);
                }
                let mut $bytes = In { bytes, version: *version };
                let read = $read;
                if $bytes.bytes.is_empty() { Ok(read) } else { Err(StoreError::Corrupt) }
            }
        }
    };
}

stored!(HeldDevice, this, out => {
    out.bytes(&this.store.0);
    out.bytes(&this.device.0);
    out.bytes(&this.person.id.0);
    out.bytes(&[this.person.role as u8]);
    out.number(this.next_n);
    out.optional(this.server, |out, server| out.bytes(&server.0));
    out.optional(this.epoch, |out, epoch| out.number(epoch.0));
    out.bytes(&this.clock_offset.to_be_bytes());
    out.number(this.in_touch.0);
    out.small(this.lease);
}, bytes => HeldDevice {
    store: DeviceId(bytes.array()?),
    device: DeviceId(bytes.array()?),
    person: Person {
        id: PersonId(bytes.array()?),
        role: bytes.code(OrganisationRole::from_code)?,
    },
    next_n: bytes.number()?,
    server: bytes.optional(|bytes| Ok(ServerId(bytes.array()?)))?,
    epoch: bytes.optional(|bytes| Ok(Epoch(bytes.number()?)))?,
    clock_offset: i64::from_be_bytes(bytes.array()?),
    in_touch: bytes.since_2(|bytes| Ok(Millis(bytes.number()?)))?,
    lease: bytes.since_2(In::small)?,
});

stored!(HeldCircle, this, out => {
    out.bytes(&this.circle.0);
    out.bytes(&[this.kind as u8]);
    out.number(this.view.0);
    out.number(this.number);
    out.small(this.generation);
    out.optional(this.load, |out, load| {
        out.number(load.view.0);
        out.number(load.position.number);
        out.bytes(&[load.position.need]);
        out.bytes(&load.position.id.0);
        out.small(load.generation);
        out.number(load.received);
        out.small(load.position.since.0);
        out.number(load.digest.0);
    });
    out.bytes(&[u8::from(this.complete)]);
    out.optional(this.highest, Out::stamp);
    out.small(this.since.0);
    out.optional(this.asked, |out, asked| {
        out.small(asked.from.0);
        out.small(asked.on.0);
    });
}, bytes => HeldCircle {
    circle: CircleId(bytes.array()?),
    kind: bytes.code(CircleKind::from_code)?,
    view: View(bytes.number()?),
    number: bytes.number()?,
    generation: bytes.small()?,
    // A load that version 1 began has no digest: it begins anew.
    load: bytes.optional(In::load)?.filter(|_| bytes.version >= 2),
    complete: bytes.flag()?,
    highest: bytes.optional(In::stamp)?,
    since: bytes.since_2(|bytes| Ok(Day(bytes.small()?)))?,
    asked: bytes.since_2(|bytes| {
        bytes.optional(|bytes| Ok(AskedLogs { from: Month(bytes.small()?), on: Day(bytes.small()?) }))
    })?,
});

stored!(LetGo, this, out => {
    out.bytes(&this.circle.0);
    out.number(this.view.0);
    out.number(this.at.0);
}, bytes => LetGo {
    circle: CircleId(bytes.array()?),
    view: View(bytes.number()?),
    at: Millis(bytes.number()?),
});

stored!(Figures, this, out => {
    out.small(this.before.0);
    for row in &this.rows {
        out.small(row.month.0);
        out.bytes(&row.of.0);
        out.bytes(&row.what.code().to_be_bytes());
        out.number(row.count);
    }
}, bytes => {
    let before = Day(bytes.small()?);
    let mut rows = Vec::new();
    while !bytes.bytes.is_empty() {
        rows.push(Figure {
            month: Month(bytes.small()?),
            of: RecordId(bytes.array()?),
            what: What::from_code(u16::from_be_bytes(bytes.array()?)),
            count: bytes.number()?,
        });
    }
    Figures { before, rows }
});

stored!(HeldSummary, this, out => {
    out.bytes(&this.circle.0);
    out.number(this.revision.0);
    out.small(this.pending);
    out.bytes(&this.bytes);
}, bytes => HeldSummary {
    circle: CircleId(bytes.array()?),
    revision: Revision(bytes.number()?),
    pending: bytes.small()?,
    bytes: std::mem::take(&mut bytes.bytes).to_vec(),
});

stored!(Pending, this, out => {
    match this.state {
        PendingState::Waiting => out.bytes(&[0]),
        PendingState::Accepted { number, stamp, at } => {
            out.bytes(&[1]);
            out.number(number);
            out.stamp(stamp);
            out.number(at.0);
        }
    }
    out.edit(&this.edit);
}, bytes => {
    let accepted = |bytes: &mut In<'_>| Ok(PendingState::Accepted {
        number: bytes.number()?,
        stamp: bytes.stamp()?,
        at: Millis(bytes.number()?),
    });
    let state = bytes.optional(accepted)?.unwrap_or(PendingState::Waiting);
    Pending { state, edit: bytes.edit()? }
});

stored!(SentEdit, this, out => {
    out.number(this.at.0);
    out.edit(&this.edit);
}, bytes => SentEdit { at: Millis(bytes.number()?), edit: bytes.edit()? });

stored!(RefusedEdit, this, out => {
    out.bytes(&[this.reason.code()]);
    out.number(this.at.0);
    out.edit(&this.edit);
}, bytes => RefusedEdit {
    reason: bytes.code(Reason::from_code)?,
    at: Millis(bytes.number()?),
    edit: bytes.edit()?,
});

stored!(DeviceOwner, this, out => {
    out.bytes(&this.device.0);
    out.bytes(&this.person.0);
}, bytes => DeviceOwner { device: DeviceId(bytes.array()?), person: PersonId(bytes.array()?) });

stored!(HeldBlob, this, out => {
    out.bytes(&this.circle.0);
    out.bytes(&this.blob.hash.0);
    out.bytes(&[this.blob.media as u8]);
    out.small(this.blob.size);
    out.bytes(&[this.state.code()]);
}, bytes => HeldBlob {
    circle: CircleId(bytes.array()?),
    blob: BlobRef {
        hash: BlobHash(bytes.array()?),
        media: bytes.code(Media::from_code)?,
        size: bytes.small()?,
    },
    state: bytes.code(BlobState::from_code)?,
});

impl BlobState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Wanted, Self::ToSend, Self::Here];

    /// The code of the state in a store.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Wanted => 0,
            Self::ToSend => 1,
            Self::Here => 2,
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Bytes being written.
struct Out(Vec<u8>);

impl Out {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn number(&mut self, number: u64) {
        self.bytes(&number.to_be_bytes());
    }

    fn small(&mut self, number: u32) {
        self.bytes(&number.to_be_bytes());
    }

    fn stamp(&mut self, stamp: Stamp) {
        self.number(stamp.millis.0);
        self.small(stamp.counter);
        self.bytes(&stamp.device.0);
    }

    fn optional<V>(&mut self, value: Option<V>, write: impl FnOnce(&mut Self, V)) {
        self.bytes(&[u8::from(value.is_some())]);
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// An edit goes to the end.
    fn edit(&mut self, edit: &Edit) {
        self.bytes(&protocol::encode_edit(edit));
    }
}

/// Bytes that are still to be read.
struct In<'a> {
    bytes: &'a [u8],
    version: u8,
}

impl In<'_> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let (array, rest) = self.bytes.split_first_chunk().ok_or(StoreError::Corrupt)?;
        self.bytes = rest;
        Ok(*array)
    }

    fn number(&mut self) -> Result<u64, StoreError> {
        self.array().map(u64::from_be_bytes)
    }

    fn small(&mut self) -> Result<u32, StoreError> {
        self.array().map(u32::from_be_bytes)
    }

    fn code<V>(&mut self, from_code: impl FnOnce(u8) -> Option<V>) -> Result<V, StoreError> {
        let [code] = self.array()?;
        from_code(code).ok_or(StoreError::Corrupt)
    }

    fn flag(&mut self) -> Result<bool, StoreError> {
        self.code(|code| (code < 2).then_some(code == 1))
    }

    fn stamp(&mut self) -> Result<Stamp, StoreError> {
        Ok(Stamp { millis: Millis(self.number()?), counter: self.small()?, device: DeviceId(self.array()?) })
    }

    fn optional<V>(&mut self, read: impl FnOnce(&mut Self) -> Result<V, StoreError>) -> Result<Option<V>, StoreError> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    /// What version 1 does not have.
    fn since_2<V: Default>(&mut self, read: impl FnOnce(&mut Self) -> Result<V, StoreError>) -> Result<V, StoreError> {
        if self.version >= 2 { read(self) } else { Ok(V::default()) }
    }

    fn load(&mut self) -> Result<Load, StoreError> {
        let view = View(self.number()?);
        let (number, need) = (self.number()?, self.code(Some)?);
        let (id, generation, received) = (RecordId(self.array()?), self.small()?, self.number()?);
        let since = Day(self.since_2(Self::small)?);
        let digest = LoadDigest(self.since_2(Self::number)?);
        Ok(Load { view, position: LoadPosition { number, need, id, since }, generation, received, digest })
    }

    fn edit(&mut self) -> Result<Edit, StoreError> {
        protocol::decode_edit(std::mem::take(&mut self.bytes)).map_err(|_| StoreError::Corrupt)
    }
}
