//! E-mail: who wants it hears that there is something new, and nothing of what or of whom (docs/adr/0013-mail.md).

mod mailer;
mod send;
mod words;

pub use mailer::{Mailer, Outcome};
pub use send::{Pace, ask_whose, send_when_due};
