//! Verdicts in columns, and the codes of reasons.

use super::WireError;
use super::column::{write_count, write_numbers};
use super::reader::Reader;
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
    write_count(out, verdicts.len());
    let ns: Vec<u64> = verdicts.iter().map(|(n, _)| *n).collect();
    write_numbers(out, &ns, &[]);
    let mut numbers = Vec::new();
    let mut stamps = Vec::new();
    for (_, verdict) in verdicts {
        out.push(match verdict {
            Verdict::Later => LATER,
            Verdict::Quarantined => QUARANTINED,
            Verdict::Refused(reason) => reason.code(),
            Verdict::Accepted { number, restamped } => {
                numbers.push(*number);
                stamps.extend(*restamped);
                if restamped.is_some() { RESTAMPED } else { ACCEPTED }
            }
        });
    }
    write_numbers(out, &numbers, &[]);
    let mut column = |number: &mut dyn FnMut(&Stamp) -> u64| {
        let numbers: Vec<u64> = stamps.iter().map(number).collect();
        write_numbers(out, &numbers, &[]);
    };
    column(&mut |stamp| tables.id(stamp.device.0));
    column(&mut |stamp| stamp.millis.0);
    column(&mut |stamp| u64::from(stamp.counter));
}

pub(super) fn read_verdicts(reader: &mut Reader<'_>, tables: &Tables) -> Result<Vec<(u64, Verdict)>, WireError> {
    const EXPECTED: &str = "a verdict";
    let count = reader.count("the number of verdicts")?;
    let ns = reader.numbers(count, &[])?;
    let codes = reader.take(count, "the verdicts")?;
    let of = |one: u8| codes.iter().filter(|code| **code == one).count();
    let restamped = of(RESTAMPED);
    let numbers = reader.numbers(of(ACCEPTED).saturating_add(restamped), &[])?;
    let devices = reader.numbers(restamped, &[])?;
    let moments = reader.numbers(restamped, &[])?;
    let counters = reader.numbers(restamped, &[])?;
    let mut numbers = numbers.into_iter();
    let mut stamps = devices.into_iter().zip(moments).zip(counters);
    let mut verdicts = Vec::with_capacity(count);
    for (n, code) in ns.into_iter().zip(codes) {
        let error = reader.damaged(EXPECTED);
        let verdict = match *code {
            LATER => Verdict::Later,
            QUARANTINED => Verdict::Quarantined,
            ACCEPTED => Verdict::Accepted { number: numbers.next().ok_or(error)?, restamped: None },
            RESTAMPED => {
                let ((device, millis), counter) = stamps.next().ok_or(error)?;
                Verdict::Accepted {
                    number: numbers.next().ok_or(error)?,
                    restamped: Some(Stamp {
                        millis: Millis(millis),
                        counter: u32::try_from(counter).map_err(|_| error)?,
                        device: DeviceId(tables.id(reader, device)?),
                    }),
                }
            }
            reason => Verdict::Refused(Reason::from_code(reason).ok_or(error)?),
        };
        verdicts.push((n, verdict));
    }
    Ok(verdicts)
}
