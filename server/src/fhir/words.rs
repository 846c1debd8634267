//! What codes are called in Dutch, for programs that show resources as they are.

use opstap_core::model::{Aim, HelpLevel, Relation};

/// What somebody is to the client.
pub const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Client => "cliënt",
        Relation::Representative => "wettelijk vertegenwoordiger",
        Relation::Carer => "mantelzorger",
        Relation::Volunteer => "vrijwilliger",
        Relation::Supervisor => "persoonlijk begeleider",
        Relation::SupportWorker => "medewerker begeleiding",
        Relation::Coordinator => "coördinator",
        Relation::NeighbourhoodCoach => "wijkcoach",
    }
}

/// What is worked towards.
pub const fn aim(aim: Aim) -> &'static str {
    match aim {
        Aim::Progress => "vooruitgang",
        Aim::Stable => "stabiel blijven",
        Aim::Decline => "begeleide achteruitgang",
        Aim::None => "geen doelen",
    }
}

/// How much help something took.
pub const fn help(level: HelpLevel) -> &'static str {
    match level {
        HelpLevel::ByOneself => "zelf",
        HelpLevel::Hint => "hint",
        HelpLevel::Told => "gezegd",
        HelpLevel::Shown => "voorgedaan",
        HelpLevel::Together => "samen",
    }
}
