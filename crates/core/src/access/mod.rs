//! Who may do what: one function decides, on the phone before an edit is kept and on the server when it arrives.

mod circle_access;
mod section;
mod sight;
mod view;

pub use circle_access::{Action, CircleAccess, Decision, Ground, NotAllowed, Subject};
pub use section::Section;
pub use sight::Above;
pub use view::View;
