//! The programme as the coordinator sees it: registrations, volunteers, and who fits whom.

use super::{Album, Screen, come, groups};
use crate::browser::{Stage, Step, Window};

/// What a volunteer can: Monday morning, and public transport.
const FILL: &str = "document.querySelector('.week-part').click();
    document.querySelector('.switch').click();";

/// A script that chooses a file of two registrations, the first through this channel and registered on this day.
macro_rules! chosen {
    ($channel:literal, $day:literal) => {
        concat!(
            "const text = 'registration,registered_on,channel,outcome,transport_indication,mode,started_on,completed_on,'
                + 'followed_up_on,still_travels_route,travels_other_routes,special_transport\\n'
                + 'A-1,",
            $day,
            ",",
            $channel,
            ",practising,school transport,public transport,2026-03-02,,,,,\\n'
                + 'A-2,2026-02-12,self or parent,registered,none yet,bicycle,,,,,,\\n';
            const data = new DataTransfer();
            data.items.add(new File([text], 'aanmeldingen.csv', { type: 'text/csv' }));
            const input = document.querySelector('input[type=file]');
            input.files = data.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));"
        )
    };
}

const FILE: &str = chosen!("school", "2026-02-03");
const OTHER_FILE: &str = chosen!("MEE consultant", "2026-02-04");
const WRONG_FILE: &str = chosen!("scool", "04-02-2026");
const TAKE_BACK: &str = "document.querySelector('.side-pane .row .button').click();";

/// Two volunteers and a registration.
pub(super) async fn coordinator(stage: &mut Stage) -> Step<Album> {
    let fatma = come(stage, "Fatma", Window::Desk, "Alles staat op deze laptop").await?;
    let mut screens = Vec::new();
    for name in ["Lies", "Piet"] {
        fatma.go("/desk/programme/volunteers").await?;
        fatma.write("Voornaam", name).await?;
        fatma.tap("Zet erbij").await?;
        fatma.see("Scholing gedaan").await?;
        fatma.write("Wijk", "Ommoord").await?;
        fatma.read(FILL, vec![]).await?;
    }
    screens.push(Screen::at("volunteer", fatma.place().await?));
    screens.push(Screen::at("volunteers", "/desk/programme/volunteers"));
    fatma.go("/desk/programme/new").await?;
    fatma.write("Voornaam", "Bo").await?;
    fatma.write("Wijk", "Ommoord").await?;
    fatma.tap("Meld aan").await?;
    fatma.when("the page of Bo", "return location.pathname.includes('/training/');", vec![]).await?;
    screens.push(Screen::at("register", "/desk/programme/new"));
    screens.push(Screen::at("programme", "/desk/programme"));
    fatma.go("/desk/programme").await?;
    fatma.tap("Koppel").await?;
    fatma.see("Wie past bij Bo").await?;
    screens.push(Screen::at("matching", fatma.place().await?));
    screens.extend(groups::of_the_coordinator(&fatma).await?);
    fatma.go("/desk/programme/files").await?;
    fatma.see("Er is nog niets ingelezen.").await?;
    fatma.read(FILE, vec![]).await?;
    fatma.tap("Lees 2 aanmeldingen in").await?;
    fatma.see("2 aanmeldingen zijn ingelezen.").await?;
    screens.push(Screen::at("figures", "/desk/programme/figures"));
    screens.push(Screen::at("files", "/desk/programme/files"));
    screens.push(Screen::at("files-changes", "/desk/programme/files").after(OTHER_FILE));
    screens.push(Screen::at("files-faults", "/desk/programme/files").after(WRONG_FILE));
    screens.push(Screen::at("files-take-back", "/desk/programme/files").after(TAKE_BACK));
    Ok(Album { person: fatma, screens })
}
