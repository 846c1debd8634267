//! Finding plans, steps and messages by a word of them, at the desk and on a phone, without a network; a message only by whom it is between,
//! and of a circle that is locked nothing.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{focus_is_on, pair, sent};

#[tokio::test]
async fn the_words_of_plans_steps_and_messages_are_found_without_a_network() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "searches", tell).await;
}

/// The library, which is of no client, may stay.
const NO_PLAN: &str = "return all('main h2').every((head) => called(head) !== 'Plannen');";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes writes to Sem, and from then on there is no network");
    stage.server.lease(14)?;
    let (marloes, youssef) = (stage.person("Marloes", Window::Desk), stage.person("Youssef", Window::Phone));
    tokio::try_join!(pair(stage, &marloes, "Alles staat op deze laptop"), pair(stage, &youssef, "Naar school"))?;
    writes_to_sem(&marloes).await?;
    stage.server.stop().await?;

    stage.step("Marloes presses the key and finds a client, a plan and an example");
    key(&marloes, "/", "Slash").await?;
    marloes.see("Typ het begin van een of meer woorden.").await?;
    marloes.when("the field to have the focus", "return document.activeElement?.id === 'search';", vec![]).await?;
    marloes.write("Zoek op een woord", "sem").await?;
    heads(&marloes, &["Cliënten"]).await?;
    marloes.write("Zoek op een woord", "SPAGH kok").await?;
    marloes
        .when("a plan", "return all('.list-row').some((row) => called(row).startsWith('Spaghetti'));", vec![])
        .await?;
    marloes.write("Zoek op een woord", "paghetti").await?;
    marloes.see("Niets met deze woorden.").await?;
    marloes.write("Zoek op een woord", "fanf").await?;
    heads(&marloes, &["Berichten"]).await?;
    marloes.see("De fanfare komt later.").await?;

    stage.step("titles come before steps, and what is found can be opened and come back to");
    marloes.write("Zoek op een woord", "bood").await?;
    marloes.see("Voorbeelden").await?;
    marloes.write("Zoek op een woord", "spagh").await?;
    marloes.tap_with("Spaghetti").await?;
    marloes.see("Zo ziet Sem het").await?;
    marloes.go_back().await?;
    marloes.when("what was typed", "return field('Zoek op een woord')?.value === 'spagh';", vec![]).await?;

    stage.step("whoever does not want single keys switches them off");
    marloes.go("/desk/settings").await?;
    marloes.tap_with("De toets / opent zoeken").await?;
    marloes.go("/desk").await?;
    marloes.see("Alles staat op deze laptop").await?;
    key(&marloes, "/", "Slash").await?;
    marloes.see_no("Zoek op een woord").await?;

    stage.step("Youssef searches on the phone");
    youssef.tap("Zoeken").await?;
    youssef.write("Zoek op een woord", "medic").await?;
    youssef.tap_with("Medicijnen").await?;
    youssef.see("Haal plan weg").await?;
    focus_is_on(&youssef, "").await?;

    locked(stage, &marloes, &youssef).await
}

async fn writes_to_sem(marloes: &Person) -> Step {
    marloes.tap_with("Sem").await?;
    marloes.tap("Berichten").await?;
    marloes.write("Jouw bericht", "De fanfare komt later.").await?;
    marloes.tap("Stuur").await?;
    marloes.see("De fanfare komt later.").await?;
    sent(marloes).await?;
    marloes.go("/desk").await?;
    marloes.see("Alles staat op deze laptop").await
}

/// What is not for somebody they do not find, and nothing at all in a circle that is locked.
async fn locked(stage: &Stage, marloes: &Person, youssef: &Person) -> Step {
    stage.step("what is between Marloes and Sem he does not find");
    youssef.go("/support/search").await?;
    youssef.write("Zoek op een woord", "fanf").await?;
    youssef.see("Niets met deze woorden.").await?;

    stage.step("sixteen days later both circles are locked, and nothing of them is found");
    youssef.cut_off(16).await?;
    marloes.cut_off(16).await?;
    for (person, place) in [(youssef, "/support/search"), (marloes, "/desk/search")] {
        // A page anew each time: what was found before must not be taken for what is found now.
        for (word, found) in [("fanf", "Niets met deze woorden."), ("sem", "Niets met deze woorden."), ("opst", "")] {
            person.go(place).await?;
            person.see("Dit toestel was lang niet op internet.").await?;
            person.write("Zoek op een woord", word).await?;
            person.see_no("Typ het begin").await?;
            person.see(found).await?;
            person.when("no plan of a client", NO_PLAN, vec![]).await?;
        }
    }
    Ok(())
}

/// The heads of what was found are these.
async fn heads(person: &Person, heads: &[&str]) -> Step {
    let script = "return JSON.stringify(all('main h2').map(called)) === JSON.stringify(arguments[0]);";
    person.when(&format!("the groups {heads:?}"), script, vec![json!(heads)]).await
}

pub async fn key(person: &Person, key: &str, code: &str) -> Step {
    for kind in ["keyDown", "keyUp"] {
        let pressed =
            json!({ "type": kind, "key": key, "code": code, "text": if kind == "keyDown" { key } else { "" } });
        person.devtools("Input.dispatchKeyEvent", pressed).await?;
    }
    Ok(())
}
