//! The programme stands in a bundle of its own beside the desk: kept before it was ever opened, with the same look, and one history for both.

use std::time::Duration;

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};

use crate::cast::{pair, sent};
use crate::own_bundle::keeps;
use crate::searches::key;

#[tokio::test]
async fn the_programme_is_there_without_a_network_and_the_border_is_nowhere_to_be_seen() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "programme-bundle", over_the_border).await;
}

#[tokio::test]
async fn where_the_programme_has_not_come_yet_the_desk_says_that_it_takes_the_internet() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "programme-bundle-gone", not_here_yet).await;
}

async fn over_the_border(stage: &mut Stage) -> Step {
    stage.step("Fatma's laptop keeps the programme with the desk, and the network goes");
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    keeps(&fatma, &["desk", "guidance", "programme"]).await?;
    let look = fatma.read(LOOK, vec![]).await?;
    stage.server.stop().await?;

    stage.step("she goes from client to programme, and each of her steps can be gone back");
    fatma.tap_with("Sem").await?;
    fatma.see("Aanmeldkaart").await?;
    fatma.tap("Programma").await?;
    at(&fatma, "/desk/programme").await?;
    fatma.see("Nieuwe aanmelding").await?;
    let there = fatma.read(LOOK, vec![]).await?;
    assert_eq!(look, there, "another style sheet or density");
    fatma.tap_with("Nazorg").await?;
    fatma.see("Er is nu geen nazorg aan de beurt.").await?;
    fatma.tap_with("Cliënten").await?;
    fatma.see("Alles staat op deze laptop").await?;
    fatma.go_back().await?;
    fatma.see("Er is nu geen nazorg aan de beurt.").await?;
    fatma.go_back().await?;
    fatma.see("Nieuwe aanmelding").await?;
    fatma.go_back().await?;
    fatma.see("Aanmeldkaart").await?;

    stage.step("whoever goes back at once is back, whatever was on its way");
    fatma.tap("Programma").await?;
    fatma.go_back().await?;
    fatma.see("Aanmeldkaart").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    fatma.see("Aanmeldkaart").await?;

    stage.step("what she types and does not wait for is kept when the page goes");
    fatma.tap("Programma").await?;
    fatma.tap("Instellen").await?;
    fatma.write("Gemeenten in het gebied", "Rotterdam").await?;
    fatma.tap_with("Cliënten").await?;
    fatma.see("Alles staat op deze laptop").await?;
    fatma.tap("Programma").await?;
    fatma.tap("Instellen").await?;
    let kept = "return field('Gemeenten in het gebied')?.value === 'Rotterdam';";
    fatma.when("what she typed", kept, vec![]).await?;

    stage.step("the key for searching leads over the border too");
    fatma.tap("Programma").await?;
    key(&fatma, "/", "Slash").await?;
    fatma.see("Typ het begin van een of meer woorden.").await?;
    stage.server.start_again()?;
    sent(&fatma).await
}

async fn not_here_yet(stage: &mut Stage) -> Step {
    stage.step("Marloes' browser threw the programme away, and she is off the network");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    keeps(&marloes, &["desk", "guidance", "programme"]).await?;
    let throw = "for (const name of await caches.keys()) if (name.includes('-programme-')) await caches.delete(name);
        return 'gone';";
    marloes.when_promised("it to be thrown away", throw, "gone").await?;
    stage.server.stop().await?;
    marloes.tap_with("Nazorg").await?;
    marloes.see("Dit kan alleen met internet.").await?;

    stage.step("the desk goes on, and with the network she comes to where she wanted to be");
    marloes.tap_with("Cliënten").await?;
    marloes.see("Sem").await?;
    marloes.tap_with("Nazorg").await?;
    marloes.see("Dit kan alleen met internet.").await?;
    stage.server.start_again()?;
    marloes.tap("Probeer nog eens").await?;
    marloes.see("Er is nu geen nazorg aan de beurt.").await?;
    keeps(&marloes, &["desk", "guidance", "programme"]).await
}

/// What a screen looks like by: the style sheets, in order, and the density.
const LOOK: &str = "return [document.documentElement.dataset.density,
    ...[...document.styleSheets].map((sheet) => new URL(sheet.href).pathname)].join(' ');";

async fn at(person: &Person, address: &str) -> Step {
    let there = "return location.pathname === arguments[0];";
    person.when(address, there, vec![serde_json::json!(address)]).await
}
