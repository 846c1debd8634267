//! Verdicts, fates and stamps as they stand in a column. The forms are in databases and never change.

use opstap_core::Stamp;
use opstap_core::access::NotAllowed;
use opstap_core::protocol::{Reason, Verdict};

use super::{Fate, StorageError};

const ACCEPTED: u16 = 0;
const ACCEPTED_RESTAMPED: u16 = 1;
const QUARANTINED: u16 = 2;

/// Every reason with its code.
const REASONS: [(Reason, u16); 16] = [
    (Reason::UnknownCircle, 16),
    (Reason::UnknownRecord, 17),
    (Reason::RecordExists, 18),
    (Reason::UnknownKind, 19),
    (Reason::CellDoesNotFit, 20),
    (Reason::WrongParent, 21),
    (Reason::ForeignBlob, 22),
    (Reason::NameTaken, 23),
    (Reason::TooLarge, 24),
    (Reason::BuildsOnRefused, 25),
    (Reason::Purged, 26),
    (Reason::NotAllowed(NotAllowed::NotInTheCircle), 64),
    (Reason::NotAllowed(NotAllowed::NoConsent), 65),
    (Reason::NotAllowed(NotAllowed::NotInTheAudience), 66),
    (Reason::NotAllowed(NotAllowed::NotTheirs), 67),
    (Reason::NotAllowed(NotAllowed::WrittenOnce), 68),
];

/// The code of a verdict; `None` for [`Verdict::Later`], which is not remembered.
#[must_use]
pub fn verdict_code(verdict: &Verdict) -> Option<u16> {
    match verdict {
        Verdict::Accepted { restamped: None, .. } => Some(ACCEPTED),
        Verdict::Accepted { .. } => Some(ACCEPTED_RESTAMPED),
        Verdict::Quarantined => Some(QUARANTINED),
        Verdict::Refused(reason) => REASONS.iter().find(|(known, _)| known == reason).map(|(_, code)| *code),
        Verdict::Later => None,
    }
}

/// The verdict with this code, with the number and stamp that stand beside it.
///
/// # Errors
/// [`StorageError::Corrupt`] when there is no such verdict.
pub fn verdict_from_code(code: u16, number: Option<u64>, stamp: Stamp) -> Result<Verdict, StorageError> {
    match (code, number) {
        (ACCEPTED, Some(number)) => Ok(Verdict::Accepted { number, restamped: None }),
        (ACCEPTED_RESTAMPED, Some(number)) => Ok(Verdict::Accepted { number, restamped: Some(stamp) }),
        (QUARANTINED, None) => Ok(Verdict::Quarantined),
        (code, None) => REASONS
            .iter()
            .find(|(_, known)| *known == code)
            .map(|(reason, _)| Verdict::Refused(*reason))
            .ok_or(StorageError::Corrupt("the verdict on an edit")),
        (_, Some(_)) => Err(StorageError::Corrupt("the verdict on an edit")),
    }
}

/// Milliseconds, counter and device as bytes that sort as stamps do.
#[must_use]
pub fn stamp_bytes(stamp: Stamp) -> Vec<u8> {
    let mut bytes = stamp.millis.0.to_be_bytes().to_vec();
    bytes.extend(stamp.counter.to_be_bytes());
    bytes.extend(stamp.device.0);
    bytes
}

/// The code of a fate.
#[must_use]
pub const fn fate_code(fate: Fate) -> i64 {
    match fate {
        Fate::Refused => 1,
        Fate::Quarantined => 2,
        Fate::Purged => 3,
    }
}

/// The fate with this code.
///
/// # Errors
/// [`StorageError::Corrupt`] when there is none.
pub const fn fate_from_code(code: i64) -> Result<Fate, StorageError> {
    match code {
        1 => Ok(Fate::Refused),
        2 => Ok(Fate::Quarantined),
        3 => Ok(Fate::Purged),
        _ => Err(StorageError::Corrupt("the fate of a record that was not made")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use opstap_core::{DeviceId, Millis};

    const STAMP: Stamp = Stamp { millis: Millis(7), counter: 1, device: DeviceId([3; 16]) };

    #[test]
    fn every_verdict_is_found_by_its_code() {
        let accepted = |restamped| Verdict::Accepted { number: 5, restamped };
        for verdict in [accepted(None), accepted(Some(STAMP))] {
            let code = verdict_code(&verdict).unwrap();
            assert_eq!(verdict_from_code(code, Some(5), STAMP), Ok(verdict));
        }
        let refused = REASONS.iter().map(|(reason, _)| Verdict::Refused(*reason));
        for verdict in refused.chain([Verdict::Quarantined]) {
            let code = verdict_code(&verdict).unwrap();
            assert_eq!(verdict_from_code(code, None, STAMP), Ok(verdict));
        }
    }

    #[test]
    fn every_fate_is_found_by_its_code() {
        for fate in [Fate::Refused, Fate::Quarantined, Fate::Purged] {
            assert_eq!(fate_from_code(fate_code(fate)), Ok(fate));
        }
    }

    #[test]
    fn a_code_nobody_knows_is_told_apart() {
        assert!(verdict_from_code(999, None, STAMP).is_err());
        assert!(verdict_from_code(ACCEPTED, None, STAMP).is_err());
    }
}
