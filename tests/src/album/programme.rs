//! The programme as the coordinator sees it: registrations, volunteers, and who fits whom.

use super::{Album, Screen, come};
use crate::browser::{Stage, Step, Window};

/// What a volunteer can: Monday morning, and public transport.
const FILL: &str = "document.querySelector('.week-part').click();
    document.querySelector('.switch').click();";

/// Two volunteers and a registration.
pub(super) async fn coordinator(stage: &mut Stage) -> Step<Album> {
    let fatma = come(stage, "Fatma", Window::Desk, "Alles staat op deze laptop").await?;
    let mut screens = Vec::new();
    for name in ["Lies", "Piet"] {
        fatma.go("/desk/volunteers").await?;
        fatma.write("Voornaam", name).await?;
        fatma.tap("Zet erbij").await?;
        fatma.see("Scholing gedaan").await?;
        fatma.write("Wijk", "Ommoord").await?;
        fatma.read(FILL, vec![]).await?;
    }
    screens.push(Screen::at("volunteer", fatma.place().await?));
    screens.push(Screen::at("volunteers", "/desk/volunteers"));
    fatma.go("/desk/programme/new").await?;
    fatma.write("Voornaam", "Bo").await?;
    fatma.write("Wijk", "Ommoord").await?;
    fatma.tap("Meld aan").await?;
    fatma.when("the page of Bo", "return location.pathname.includes('/travel');", vec![]).await?;
    screens.push(Screen::at("register", "/desk/programme/new"));
    screens.push(Screen::at("programme", "/desk/programme"));
    fatma.go("/desk/programme").await?;
    fatma.tap("Koppel").await?;
    fatma.see("Wie past bij Bo").await?;
    screens.push(Screen::at("matching", fatma.place().await?));
    Ok(Album { person: fatma, screens })
}
