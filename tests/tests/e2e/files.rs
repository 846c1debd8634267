//! The programme to and from files: a coordinator brings the pilot's registrations in, gets the pilot's figures, and takes it all back.

use std::fs;
use std::path::Path;

use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn the_pilots_file_gives_the_pilots_figures_and_is_taken_back_as_a_whole() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "files", tell).await;
}

/// The figures of the pilot, by the words on the screen.
const FIGURES: [(&str, u32); 24] = [
    ("Aanmeldingen", 62),
    ("Deelnemer of ouder", 12),
    ("Consulent", 16),
    ("Individuele voorzieningen", 2),
    ("Sociale werkplaats", 5),
    ("Zorginstelling", 6),
    ("School", 21),
    ("Buiten het gebied", 14),
    ("Teruggetrokken", 12),
    ("Gestart", 36),
    ("Leerlingenvervoer", 23),
    ("Vervoer vanuit de zorg", 6),
    ("Vervoer naar sociaal werk", 1),
    ("Nog geen indicatie", 6),
    ("Fiets", 5),
    ("Klaar", 24),
    ("Oefent nu", 12),
    ("Nazorg gedaan", 24),
    ("Binnen drie maanden", 10),
    ("Later", 14),
    ("Reist de route nog", 24),
    ("Reist ook andere routes", 8),
    ("Geen bijzonder vervoer meer", 11),
    ("Minder vaak bijzonder vervoer", 13),
];

async fn tell(stage: &mut Stage) -> Step {
    let right = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/travel-programme.csv");
    let text = fs::read_to_string(&right).map_err(|cause| Missed::new(format!("no fixture: {cause}")))?;
    let wrong = stage.folder().join("verkeerd.csv");
    fs::write(&wrong, text.replace("R003,2013-04-11,school", "R003,11-04-2013,scool"))
        .map_err(|cause| Missed::new(format!("no file: {cause}")))?;
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;

    stage.step("a file with a wrong line says which, and nothing is written");
    fatma.tap("Programma").await?;
    fatma.tap("Bestanden").await?;
    fatma.see("Er is nog niets ingelezen.").await?;
    choose(&fatma, &wrong).await?;
    fatma.see("2 dingen kloppen nog niet. Er wordt niets ingelezen.").await?;
    for words in ["registered_on", "een dag als JJJJ-MM-DD", "11-04-2013", "scool"] {
        fatma.see(words).await?;
    }
    fatma.see("De rest van het bestand klopt.").await?;
    fatma.see("61 aanmeldingen: 61 nieuw, 0 anders, 0 hetzelfde").await?;

    stage.step("of the right one she sees what it would do, and one tap does it");
    choose(&fatma, &right).await?;
    fatma.see("62 aanmeldingen: 62 nieuw, 0 anders, 0 hetzelfde").await?;
    fatma.tap("De aanmeldingen in het bestand").await?;
    fatma.see("R001").await?;
    fatma.see("Via: Deelnemer of ouder").await?;
    fatma.tap("Lees 62 aanmeldingen in").await?;
    fatma.see("62 aanmeldingen zijn ingelezen.").await?;
    fatma.see("Fatma, ").await?;

    stage.step("the figures are those of the pilot");
    fatma.tap("Cijfers").await?;
    for (title, count) in FIGURES {
        let found =
            "const row = all('tr').find((one) => one.querySelector('th')?.firstChild?.textContent === arguments[0]);
            return row !== undefined && called(row.querySelector('td')) === arguments[1];";
        fatma.when(&format!("{count} at {title}"), found, vec![json!(title), json!(count.to_string())]).await?;
    }

    stage.step("the same file once more changes nothing");
    fatma.tap("Bestanden").await?;
    choose(&fatma, &right).await?;
    fatma.see("62 aanmeldingen: 0 nieuw, 0 anders, 62 hetzelfde").await?;
    fatma.see("Alles uit dit bestand staat er al. Er verandert niets.").await?;

    stage.step("what she keeps as a file has all of it, and outside of it none tells of few");
    fatma.read(KEEPS, vec![]).await?;
    kept(&fatma, "Excel (XLSX)", "aanmeldingen-", ".xlsx", "PK").await?;
    kept(&fatma, "Tekst", "verslag-", ".txt", "Wat over één tot vier mensen gaat, staat er niet").await?;

    stage.step("she takes it back as a whole");
    fatma.tap("Neem terug").await?;
    fatma.see("62 aanmeldingen gaan weg.").await?;
    fatma.tap("Neem alles terug").await?;
    fatma.see("62 aanmeldingen zijn teruggenomen.").await?;
    fatma.see("teruggenomen").await?;
    fatma.tap("Cijfers").await?;
    fatma.see_no("Consulent").await?;

    stage.step("without the server she hears that it takes the internet");
    sent(&fatma).await?;
    stage.server.stop().await?;
    fatma.tap("Bestanden").await?;
    fatma.see("Dit kan alleen met internet.").await?;
    choose(&fatma, &right).await?;
    fatma.see_no("Het bestand wordt bekeken.").await?;
    stage.server.start_again()?;
    sent(&fatma).await
}

async fn choose(person: &Person, file: &Path) -> Step {
    person.give_photo("Kies een bestand", file).await
}

/// Notes what the browser is given to keep.
const KEEPS: &str = "const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.keptBlob = blob; return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () { window.keptName = this.download; };
    return true;";

/// The button of this name gives a file to keep, called so, with this in it.
async fn kept(person: &Person, button: &str, begins: &str, ends: &str, holds: &str) -> Step {
    person.tap(button).await?;
    let named = "return (window.keptName ?? '').startsWith(arguments[0]) && window.keptName.endsWith(arguments[1]);";
    person.when(&format!("a file {begins}…{ends}"), named, vec![json!(begins), json!(ends)]).await?;
    let script = format!("return String((await window.keptBlob.text()).includes({}));", json!(holds));
    person.when_promised(&format!("“{holds}” in it"), &script, "true").await
}
