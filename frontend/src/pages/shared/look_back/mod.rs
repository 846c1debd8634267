//! Looking back, for those around a client: who changed what, what was removed, what came in when it was no longer allowed, what the
//! server did not take. The frame around it is the screen's.

mod deed_view;
mod list;
mod tray;
mod why;

pub use list::{Look, LookBack};
pub use tray::tray;

use opstap_core::model::Relation;

/// Whether it may be this person's to rule on what was set apart; the server knows best.
pub fn has_a_say(relation: Option<Relation>) -> bool {
    matches!(relation, Some(Relation::Representative | Relation::Supervisor | Relation::Coordinator))
}
