//! The route editor, the same at a desk and on the phone of somebody who travels along: the parts of a route with what stands on the
//! vehicle, the stops between, what to look at and what is learned there. It works as the plan editor does: each field is an edit of its
//! own cell.

mod by_timetable;
mod editor;
mod here;
mod items;
mod part;
mod sheet;
mod turning;

pub use editor::{KINDS_OF_A_ROUTE, RouteEditor};
pub use here::Here;
pub use sheet::RouteSheet;
pub use turning::{named_back, way_back_of};
