//! Verdicts in columns, and the codes of reasons.

use super::column::{Columns, write_count, write_numbers};
use super::reader::{Read, Reader};
use super::tables::{Tables, TablesWriter};
use crate::access::NotAllowed;
use crate::id::DeviceId;
use crate::protocol::{Reason, Verdict};
use crate::stamp::{Millis, Stamp};

const LATER: u8 = 0;
const ACCEPTED: u8 = 1;
const RESTAMPED: u8 = 2;
const QUARANTINED: u8 = 3;

impl Reason {
    /// Every reason there is.
    pub const ALL: [Self; 16] = [
        Self::UnknownCircle,
        Self::UnknownRecord,
        Self::RecordExists,
        Self::UnknownKind,
        Self::CellDoesNotFit,
        Self::WrongParent,
        Self::ForeignBlob,
        Self::NameTaken,
        Self::TooLarge,
        Self::BuildsOnRefused,
        Self::Purged,
        Self::NotAllowed(NotAllowed::NotInTheCircle),
        Self::NotAllowed(NotAllowed::NoConsent),
        Self::NotAllowed(NotAllowed::NotInTheAudience),
        Self::NotAllowed(NotAllowed::NotTheirs),
        Self::NotAllowed(NotAllowed::WrittenOnce),
    ];

    /// The code of the reason on the wire and in stores, in the place of a verdict. Codes never change and are never used again.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::UnknownCircle => 16,
            Self::UnknownRecord => 17,
            Self::RecordExists => 18,
            Self::UnknownKind => 19,
            Self::CellDoesNotFit => 20,
            Self::WrongParent => 21,
            Self::ForeignBlob => 22,
            Self::NameTaken => 23,
            Self::TooLarge => 24,
            Self::BuildsOnRefused => 25,
            Self::Purged => 26,
            Self::NotAllowed(NotAllowed::NotInTheCircle) => 48,
            Self::NotAllowed(NotAllowed::NoConsent) => 49,
            Self::NotAllowed(NotAllowed::NotInTheAudience) => 50,
            Self::NotAllowed(NotAllowed::NotTheirs) => 51,
            Self::NotAllowed(NotAllowed::WrittenOnce) => 52,
        }
    }

    /// The reason with this code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

pub(super) fn write_verdicts(out: &mut Vec<u8>, tables: &mut TablesWriter, verdicts: &[(u64, Verdict)]) {
    let mut ns = Vec::with_capacity(verdicts.len());
    let mut codes = Vec::with_capacity(verdicts.len());
    let mut numbers = Vec::new();
    let mut stamps = Columns::new(3);
    for (n, verdict) in verdicts {
        ns.push(*n);
        codes.push(match verdict {
            Verdict::Later => LATER,
            Verdict::Quarantined => QUARANTINED,
            Verdict::Refused(reason) => reason.code(),
            Verdict::Accepted { number, restamped } => {
                numbers.push(*number);
                match restamped {
                    Some(stamp) => {
                        stamps.push(&[tables.id(stamp.device.0), stamp.millis.0, u64::from(stamp.counter)]);
                        RESTAMPED
                    }
                    None => ACCEPTED,
                }
            }
        });
    }
    write_count(out, verdicts.len());
    write_numbers(out, &ns, &[]);
    out.extend_from_slice(&codes);
    write_numbers(out, &numbers, &[]);
    stamps.write(out);
}

pub(super) fn read_verdicts(reader: &mut Reader<'_>, tables: &Tables) -> Read<Vec<(u64, Verdict)>> {
    const EXPECTED: &str = "a verdict";
    let count = reader.count("the number of verdicts")?;
    let ns = reader.numbers(count, &[])?;
    let codes = reader.take(count, "the verdicts")?;
    let of = |one: u8| codes.iter().filter(|code| **code == one).count();
    let restamped = of(RESTAMPED);
    let mut numbers = reader.numbers(of(ACCEPTED).saturating_add(restamped), &[])?.into_iter();
    let stamps = Columns::read(reader, 3, restamped)?;
    let mut stamp = 0;
    let mut verdicts = Vec::with_capacity(count);
    for (n, code) in ns.into_iter().zip(codes) {
        let verdict = match *code {
            LATER => Verdict::Later,
            QUARANTINED => Verdict::Quarantined,
            // A number for each of these two was read above; the default is never used.
            ACCEPTED => Verdict::Accepted { number: numbers.next().unwrap_or_default(), restamped: None },
            RESTAMPED => {
                let [device, millis, counter] = stamps.row(stamp);
                stamp += 1;
                let restamped = Some(Stamp {
                    millis: Millis(millis),
                    counter: reader.narrow(counter, "the counter of a stamp")?,
                    device: DeviceId(tables.id(reader, device)?),
                });
                Verdict::Accepted { number: numbers.next().unwrap_or_default(), restamped }
            }
            reason => Verdict::Refused(Reason::from_code(reason).ok_or_else(|| reader.damaged(EXPECTED))?),
        };
        verdicts.push((n, verdict));
    }
    Ok(verdicts)
}
