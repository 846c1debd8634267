//! E-mail: who wants it hears that there is something new, and nothing of what or of whom (docs/adr/0013-mail.md).

mod digest;
mod mailer;
mod send;
mod words;

pub use digest::sum_up_when_due;
pub use mailer::{Mailer, Outcome};
pub use send::{Pace, ask_whose, send_when_due};
