//! Looking back, for a client and those around them: who changed what, what was removed, what came in when it was no longer allowed, what the
//! server did not take. The frame around it is the screen's.

mod apart;
mod deed_view;
mod history;
mod list;
mod removed;
mod tray;
mod why;

pub use apart::apart;
pub use history::history;
pub use list::{Look, LookBack};
pub use removed::{removed, removed_from_me};
pub use tray::tray;

use opstap_core::model::Relation;

/// Whether it may be for this professional to rule on what was set apart; the server knows best.
pub fn has_a_say(relation: Option<Relation>) -> bool {
    matches!(relation, Some(Relation::Supervisor | Relation::Coordinator))
}
