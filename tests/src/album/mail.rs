//! Hearing by e-mail that there is something new: the switch, its address, and what is to be done in the first mail.

use super::Screen;
use crate::browser::{Person, Step};

/// Turns the switch on, which asks for an address.
const ON: &str = "const typed = () => document.querySelector('input[type=email]');
    if (!typed()) [...document.querySelectorAll('.switch')].at(-1).click();
    requestAnimationFrame(() => typed().scrollIntoView({ block: 'center' }));";

/// A supporter asked, and the mail is not confirmed yet.
pub(super) async fn of_supporter(person: &Person) -> Step<Screen> {
    person.go("/support/notices").await?;
    person.tap_with("Stuur me ook een mail").await?;
    person.write("Jouw e-mailadres", "youssef@voorbeeld.nl").await?;
    person.tap("Stuur de eerste mail").await?;
    person.see("Bevestig in je mail: youssef@voorbeeld.nl").await?;
    Ok(Screen::at("notices", "/support/notices"))
}

/// At the desk, among the settings, as the address is asked for.
pub(super) fn at_the_desk() -> Screen {
    Screen::at("settings-mail", "/desk/settings").after(ON)
}
