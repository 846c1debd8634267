//! Groups of the programme: what is offered, who takes part, and its sessions with who was there. The programme holds figures alone; who was there
//! stands in the circle of each client, of which this desk reads those that its person is in.

mod about;
mod group;
mod list;
mod reading;
mod session;
mod session_sheet;
mod taking_part;

pub(super) use group::GroupPage;
pub(super) use list::Groups;
pub(super) use session::Session;
