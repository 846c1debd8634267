//! Ids that cannot be mixed up: one newtype for each thing that has an id.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use crate::stamp::Millis;

/// The random part of a new id, drawn by the caller: `core` has no randomness of its own.
pub type Randomness = [u8; 10];

/// Text that should have been an id and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id: 32 hexadecimal digits were expected")]
pub struct NotAnId;

/// As 32 hexadecimal digits. Once in a program for all kinds of ids, as is reading them.
#[inline(never)]
fn written(id: &[u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for half in id.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        f.write_char(char::from_digit(half.into(), 16).unwrap_or_default())?;
    }
    Ok(())
}

#[inline(never)]
fn read(text: &str) -> Option<[u8; 16]> {
    let mut id = [0; 16];
    if text.len() != 32 {
        return None;
    }
    for (half, digit) in text.chars().enumerate() {
        let byte = id.get_mut(half / 2)?;
        *byte = *byte << 4 | u8::try_from(digit.to_digit(16)?).ok()?;
    }
    Some(id)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// A new id (UUIDv7): ids made later sort later, which keeps a database's pages and the wire small.
            #[must_use]
            pub fn new(now: Millis, randomness: Randomness) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(now.0, &randomness).into_uuid().into_bytes())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                written(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "("))?;
                written(&self.0, f)?;
                f.write_str(")")
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read(text).map(Self).ok_or(NotAnId)
            }
        }
    };
}

id! {
    /// One organisation on a server.
    OrganisationId
}
id! {
    /// One person: one account in one organisation.
    PersonId
}
id! {
    /// One circle: the unit of sharing, ordering and scaling.
    CircleId
}
id! {
    /// One record in a circle.
    RecordId
}
id! {
    /// One store on one device of one person. A wiped phone gets a new one.
    DeviceId
}
id! {
    /// One server; it stays the same over a restore, unlike the epoch.
    ServerId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = RecordId::new(Millis(1_790_000_000_000), [7; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        let known = RecordId([0x01, 0xf0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab]);
        assert_eq!(known.to_string(), "01f000000000000000000000000000ab");
        assert_eq!(known.to_string().to_uppercase().parse(), Ok(known));
        assert_eq!(format!("{known:?}"), format!("RecordId({known})"));
    }

    #[test]
    fn an_id_made_later_sorts_later() {
        assert!(RecordId::new(Millis(1_000), [255; 10]) < RecordId::new(Millis(1_001), [0; 10]));
    }

    #[test]
    fn text_that_is_no_id_is_told_apart() {
        let digits = "0".repeat(31);
        for text in ["kring", &digits, &format!("{digits}x"), &format!("{digits}00"), &"é".repeat(16)] {
            assert_eq!(text.parse::<CircleId>(), Err(NotAnId), "{text}");
        }
    }
}
