//! What an instrument and its domains are called in records and files: short, the same in every language, and never another's.

use std::fmt;

use crate::plan_format::Name;

/// One version of an instrument: `zrm.2017`. A name has no point in it, so the text reads back to the same two names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstrumentId {
    /// Which instrument.
    pub instrument: Name,
    /// Which version of it. What a version means never changes: other domains or levels are another version.
    pub version: Name,
}

/// One domain of one version of an instrument: `zrm.2017.finances`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId {
    /// Of which version of which instrument.
    pub instrument: InstrumentId,
    /// Which domain.
    pub domain: Name,
}

impl InstrumentId {
    /// The id that a text is, or nothing when it is none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (instrument, version) = text.split_once('.')?;
        Some(Self { instrument: Name::new(instrument)?, version: Name::new(version)? })
    }

    /// The id of a domain of this instrument.
    #[must_use]
    pub const fn domain(self, domain: Name) -> DomainId {
        DomainId { instrument: self, domain }
    }
}

impl DomainId {
    /// The id that a text is, or nothing when it is none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (instrument, domain) = text.rsplit_once('.')?;
        Some(InstrumentId::from_text(instrument)?.domain(Name::new(domain)?))
    }
}

impl fmt::Display for InstrumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.instrument.as_str(), self.version.as_str())
    }
}

impl fmt::Display for DomainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.instrument, self.domain.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = DomainId::from_text("zrm.2017.mental-health").unwrap();
        assert_eq!(id.to_string(), "zrm.2017.mental-health");
        assert_eq!(InstrumentId::from_text("zrm.2017"), Some(id.instrument));
    }

    #[test]
    fn a_text_with_too_few_or_too_many_names_or_no_proper_ones_is_no_id() {
        for text in ["", ".", "zrm", "zrm.", ".1", "zrm.1.", "zrm.1.a.b", "ZRM.1", "zrm.1/2"] {
            assert_eq!(InstrumentId::from_text(text), None, "{text}");
            assert_eq!(DomainId::from_text(text), None, "{text}");
        }
        assert_eq!(InstrumentId::from_text("zrm.1.a"), None);
        assert_eq!(DomainId::from_text("zrm.1"), None);
    }
}
