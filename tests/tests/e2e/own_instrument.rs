//! An instrument of the organisation's own: added beside the running server, it is there to measure with, without a network too, and the client
//! reads its names.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};

use crate::cast::{pair, sent};
use crate::goals::level;
use crate::own_bundle::keeps;

const WEEK: &str = r#"{ "opstap-instrument": 1, "id": "week", "version": "1",
  "name": { "nl": "Hoe gaat je week?", "en": "How is your week?" },
  "source": { "nl": "Bedacht op de Lindelaan" }, "rights": { "nl": "Vrij te gebruiken" }, "answer": "level",
  "levels": [{ "nl": "gaat niet" }, { "nl": "gaat wel" }, { "nl": "gaat goed" }],
  "domains": [{ "code": "home", "name": { "nl": "thuis" } }, { "code": "work", "name": { "nl": "werken" } }] }"#;

#[tokio::test]
async fn an_instrument_is_added_without_a_release_and_measured_with_offline() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "own_instrument", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("the organisation adds a list of its own, and Marloes finds it to choose from");
    let (marloes, sem) = (stage.person("Marloes", Window::Desk), stage.person("Sem", Window::Phone));
    tokio::try_join!(pair(stage, &marloes, "Alles staat op deze laptop"), pair(stage, &sem, "Mijn boek"))?;
    keeps(&marloes, &["desk", "guidance", "programme"]).await?;
    let file = stage.folder().join("week.1.json");
    std::fs::write(&file, WEEK)?;
    stage.server.add_instrument(&file)?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Doelen").await?;
    marloes.see("Hoe gaat je week?").await?;

    stage.step("without a network she measures with it, in a browser that was closed");
    stage.server.stop().await?;
    marloes.close().await?;
    marloes.open("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    measures(&marloes).await?;
    stage.server.start_again()?;
    sent(&marloes).await?;

    stage.step("the evaluation tells of it by its names");
    marloes.tap("Evaluatie").await?;
    marloes.tap("Maak de evaluatie").await?;
    marloes.see("3 gaat goed").await?;
    marloes.tap("Klaar om te lezen voor Sem").await?;
    marloes.see("Sem zei er nog niets van.").await?;
    sent(&marloes).await?;

    stage.step("Sem reads them on the phone, and again without a network");
    sem.tap("Zo ging het").await?;
    reads(&sem).await?;
    stage.server.stop().await?;
    let place = sem.place().await?;
    sem.close().await?;
    sem.open(&place).await?;
    reads(&sem).await
}

async fn measures(marloes: &Person) -> Step {
    marloes.tap("Doelen").await?;
    marloes.tap("Nieuwe meting").await?;
    let choose = "const offers = (one) => [...one.options].some((option) => option.value === 'week.1');
        const select = [...document.querySelectorAll('select')].find(offers);
        if (!select) return false;
        if (select.value !== 'week.1') {
          select.value = 'week.1';
          select.dispatchEvent(new Event('change', { bubbles: true }));
        }
        return select.value === 'week.1';";
    marloes.when("the list to be chosen", choose, vec![]).await?;
    marloes.tap("Begin").await?;
    level(marloes, "Thuis", "3 gaat goed").await?;
    marloes.tap("Doelen").await?;
    marloes.see("1 van 2 ingevuld").await
}

/// Goes on until the answer stands there by its names.
async fn reads(sem: &Person) -> Step {
    let until_there = "const said = tidy(words(root()));
        if (said.includes('Thuis') && said.includes('gaat goed')) return true;
        find('button', 'Ga verder', true)?.click();
        return false;";
    sem.when("“Thuis” and “gaat goed”", until_there, vec![]).await
}
