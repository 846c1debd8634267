//! Ids that cannot be mixed up: one newtype for each thing that has an id.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::stamp::Millis;

/// The random part of a new id, drawn by the caller: `core` has no randomness of its own.
pub type Randomness = [u8; 10];

/// Text that should have been an id and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id: 32 hexadecimal digits were expected")]
pub struct NotAnId;

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
                write!(f, "{}", Uuid::from_bytes(self.0).simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(|id| Self(id.into_bytes())).map_err(|_| NotAnId)
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
    }

    #[test]
    fn an_id_made_later_sorts_later() {
        assert!(RecordId::new(Millis(1_000), [255; 10]) < RecordId::new(Millis(1_001), [0; 10]));
    }

    #[test]
    fn text_that_is_no_id_is_told_apart() {
        assert_eq!("kring".parse::<CircleId>(), Err(NotAnId));
    }
}
