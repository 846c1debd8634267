//! A view is the digest of what somebody may see of a circle now. When it differs from the device's, the circle comes anew.

use crate::access::Section;

/// What a person may see of a circle, as one number that compares: the rules' version, the relation, the readable sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct View(pub u64);

impl View {
    /// Rises when the rules change what the same relation and consents let somebody see, so that devices load anew.
    pub const RULES: u64 = 1;

    /// Nothing at all: not a member.
    pub const NOTHING: Self = Self(0);

    /// All of it, for what is done in nobody's name: an export of everything.
    pub const EVERYTHING: Self = Self::of(0, u16::MAX as u64);

    /// The view of somebody with this standing (relation or role) who may read these sections.
    #[must_use]
    pub const fn of(standing: u8, sections: u64) -> Self {
        Self((Self::RULES << 32) | ((standing as u64) << 16) | sections)
    }
    /// Whether the view lets a section be read at all; single records may still name an audience.
    #[must_use]
    pub const fn covers(self, section: Section) -> bool {
        self.0 & section.bit() != 0
    }
}
