//! The bundles that the places of the desk stand in, each below its own address.

use super::place::DeskPlace;

/// A bundle of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskBundle {
    /// The daily work.
    Desk,
    /// What is done over all who are registered.
    Programme,
    /// What is done now and then for one client.
    Guidance,
}

impl DeskBundle {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Desk, Self::Programme, Self::Guidance];

    /// The name by which the service worker knows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Programme => "programme",
            Self::Guidance => "guidance",
        }
    }
}

impl DeskPlace {
    /// The bundle that has it.
    #[must_use]
    pub const fn bundle(self) -> DeskBundle {
        match self {
            Self::Programme
            | Self::Figures
            | Self::ProgrammeFiles
            | Self::ProgrammeSetup
            | Self::Register
            | Self::Match(_)
            | Self::Volunteers
            | Self::Volunteer(_)
            | Self::Groups
            | Self::Group(_)
            | Self::GroupSession(..)
            | Self::FollowUps
            | Self::Training(..) => DeskBundle::Programme,
            Self::Arranged(_)
            | Self::ClientHours(_)
            | Self::Hours
            | Self::Reports
            | Self::SharedWithMe
            | Self::Goals(_)
            | Self::Measure(..)
            | Self::MeasureTogether(..)
            | Self::Evaluation(..) => DeskBundle::Guidance,
            _ => DeskBundle::Desk,
        }
    }
}
