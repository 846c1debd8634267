//! Hours in two taps: written down without a network, on a day before, corrected, taken back; for the stage at which a training stands,
//! and from there in the figures of the programme.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent, waits};

#[tokio::test]
async fn hours_take_two_taps_and_come_into_the_figures() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "hours", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("without a network Marloes writes down how long she was with Sem");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.see("Oefeningen tellen vanzelf mee.").await?;
    let page = marloes.place().await?;
    stage.server.stop().await?;
    marloes.tap("45").await?;
    marloes.tap("met Sem").await?;
    marloes.see("45 minuten bewaard.").await?;
    rows(&marloes, &[("45 minuten met Sem", "vandaag")]).await?;
    waits(&marloes, 1).await?;

    stage.step("another number, on a day before");
    marloes.tap("anders").await?;
    cannot(&marloes, "onderweg").await?;
    marloes.write("Minuten", "20").await?;
    day_is(&marloes, "2026-01-05").await?;
    marloes.tap("onderweg").await?;
    rows(&marloes, &[("45 minuten met Sem", "vandaag"), ("20 minuten onderweg", "maandag 5 januari")]).await?;
    marloes.see("Jij schreef op: 1 uur en 5 minuten").await?;

    stage.step("a day to come, or nothing of a number, cannot be kept");
    day_is(&marloes, "2199-01-01").await?;
    cannot(&marloes, "met Sem").await?;
    marloes.go(&page).await?;
    rows(&marloes, &[("45 minuten met Sem", "vandaag"), ("20 minuten onderweg", "maandag 5 januari")]).await?;

    corrected(stage, &marloes).await?;
    in_the_figures(stage).await
}

async fn corrected(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("what was written down is corrected, and another is taken back and put back");
    marloes.tap("Verbeter").await?;
    marloes.see("Je verbetert wat je opschreef.").await?;
    marloes.tap("60").await?;
    marloes.tap("voor Sem").await?;
    rows(marloes, &[("1 uur voor Sem", "vandaag"), ("20 minuten onderweg", "maandag 5 januari")]).await?;
    marloes.tap("Neem terug").await?;
    marloes.see("De tijd is teruggenomen.").await?;
    rows(marloes, &[("20 minuten onderweg", "maandag 5 januari")]).await?;
    marloes.tap("Ongedaan maken").await?;
    rows(marloes, &[("1 uur voor Sem", "vandaag"), ("20 minuten onderweg", "maandag 5 januari")]).await?;
    stage.server.start_again()?;
    sent(marloes).await?;

    stage.step("Tim, who also supports Sem, has nothing of his own there");
    let tim = stage.person("Tim", Window::Desk);
    pair(stage, &tim, "Alles staat op deze laptop").await?;
    tim.tap_with("Sem").await?;
    tim.see("Waarvoor?").await?;
    rows(&tim, &[]).await
}

async fn in_the_figures(stage: &mut Stage) -> Step {
    stage.step("of a training the stage is filled in, and its hours stand in the figures");
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    fatma.go("/desk/programme/new").await?;
    fatma.write("Voornaam", "Bo").await?;
    fatma.tap("Meld aan").await?;
    fatma.when("the page of Bo", "return location.pathname.includes('/training/');", vec![]).await?;
    fatma.see("Nog nodig").await?;
    fatma.tap("60").await?;
    fatma.tap("met Bo").await?;
    rows(&fatma, &[("1 uur met Bo", "vandaag, Aanmelding")]).await?;
    fatma.tap("15").await?;
    fatma.tap("onderweg").await?;
    fatma.see("15 minuten bewaard.").await?;
    sent(&fatma).await?;
    fatma.go("/desk/programme/figures").await?;
    let told = "const table = all('table').find((one) => called(one.caption).includes('professionals per fase'));
        const row = [...(table?.querySelectorAll('tr') ?? [])].find((one) => called(one).startsWith('Aanmelding'));
        return row !== undefined && called(row.querySelector('td')) === '1:15';";
    fatma.when("an hour and a quarter for the registration", told, vec![]).await
}

/// What one wrote down, the latest day first: how long on what, and when and for which stage.
async fn rows(person: &Person, expected: &[(&str, &str)]) -> Step {
    let script = "const rows = all('.hours li').map((row) => {
            const [what, when] = row.querySelectorAll('.words > *');
            // Once this year is over it is said with its year.
            return [called(what), called(when).replace(/ \\d{4}$/, '')];
        });
        return JSON.stringify(rows) === JSON.stringify(arguments[0]);";
    person.when(&format!("the hours {expected:?}"), script, vec![json!(expected)]).await
}

/// Such a button is there, and cannot be tapped.
async fn cannot(person: &Person, button: &str) -> Step {
    let script = "const found = all('.hours button').find((one) => called(one) === arguments[0]);
        return found?.getAttribute('aria-disabled') === 'true';";
    person.when(&format!("“{button}” to wait"), script, vec![json!(button)]).await
}

/// Says on which day it was.
async fn day_is(person: &Person, day: &str) -> Step {
    let script = "const found = document.querySelector('.hours input[type=date]');
        found.value = arguments[0];
        found.dispatchEvent(new Event('change', { bubbles: true }));
        return found.value === arguments[0];";
    person.when(&format!("the day {day}"), script, vec![json!(day)]).await
}
