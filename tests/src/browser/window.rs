//! The sizes in which screens are looked at.

/// The size of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The smallest telephone, 320 by 640.
    Small,
    /// A small telephone, 360 by 740.
    Phone,
    /// The screen of a desk, 1280 by 800.
    Desk,
}

impl Window {
    /// Width and height in CSS pixels.
    #[must_use]
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Small => (320, 640),
            Self::Phone => (360, 740),
            Self::Desk => (1280, 800),
        }
    }
}
