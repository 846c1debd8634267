//! A neighbourhood coach: let in by a link, sees what the client turns on, and nothing once it is off.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn a_neighbourhood_coach_sees_what_the_client_agreed_to_and_nothing_else() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "neighbourhood_coach", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes lets the coach in, and gets a link to send");
    let (marloes, sem) = (stage.person("Marloes", Window::Desk), stage.person("Sem", Window::Phone));
    tokio::try_join!(pair(stage, &marloes, "Alles staat op deze laptop"), pair(stage, &sem, "Mijn boek"))?;
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Aanmeldkaart").await?;
    marloes.write("Voornaam", "Wim").await?;
    choose(&marloes, "wijkcoach").await?;
    marloes.tap("Zet erbij").await?;
    sent(&marloes).await?;
    marloes.tap("Wim").await?;
    marloes.see("Stuur deze link. Hij werkt één keer, op één toestel.").await?;
    let link = marloes.words_of(".link").await?.concat();

    stage.step("without a word of Sem there is nothing to see");
    let wim = stage.person("Wim", Window::Desk);
    wim.open(&link).await?;
    wim.see_no("Sem").await?;

    stage.step("Sem turns on his goals and his hours, for twelve weeks");
    sem.go("/way/consent").await?;
    sem.tap("Wim").await?;
    sem.see("12 weken").await?;
    sem.tap("mijn doelen").await?;
    sem.see("Wim mag zien: mijn doelen.").await?;
    sem.tap("mijn uren").await?;
    sem.see("Wim mag zien: mijn uren.").await?;
    sem.see("Tot en met").await?;
    sent(&sem).await?;
    wim.go("/desk").await?;
    wim.see("Wat je mag zien").await?;
    wim.tap_with("Sem").await?;
    wim.see("Er is geen totaal").await?;
    wim.see_no("Nieuwe meting").await?;
    wim.see_no("Berichten").await?;
    wim.tap("Uren").await?;
    wim.see_no("Nieuwe beschikking").await?;

    stage.step("all off, and the laptop has nothing of him any more");
    sem.tap("Alles uit").await?;
    sent(&sem).await?;
    wim.go("/desk/guidance").await?;
    wim.see_no("Sem").await
}

/// Chooses as what somebody joins.
async fn choose(person: &Person, says: &str) -> Step {
    let script = "const option = [...document.querySelectorAll('select option')].find((one) => tidy(one.textContent) === arguments[0]);
        const list = option?.closest('select');
        if (!list) return false;
        list.value = option.value;
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    person.when(&format!("{says} to be chosen"), script, vec![json!(says)]).await
}
