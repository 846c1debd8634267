//! Finding a plan by a word of it, at the desk and on a phone, without a network; and of a circle that is locked nothing.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{focus_is_on, pair};

#[tokio::test]
async fn the_words_of_plans_steps_and_messages_are_found_without_a_network() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "searches", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes presses the key and finds a client, a plan and an example");
    let (marloes, youssef) = (stage.person("Marloes", Window::Desk), stage.person("Youssef", Window::Phone));
    tokio::try_join!(pair(stage, &marloes, "Alles staat op deze laptop"), pair(stage, &youssef, "Naar school"))?;
    stage.server.stop().await?;
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

    stage.step("titles come before steps, and what is found can be opened and come back to");
    marloes.write("Zoek op een woord", "bood").await?;
    marloes.see("Voorbeelden").await?;
    marloes.write("Zoek op een woord", "spagh").await?;
    marloes.tap_with("Spaghetti").await?;
    marloes.see("Zo ziet Sem het").await?;
    marloes.read("history.back(); return true;", vec![]).await?;
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
    focus_is_on(&youssef, "").await
}

/// The heads of what was found are these.
async fn heads(person: &Person, heads: &[&str]) -> Step {
    let script = "return JSON.stringify(all('main h2').map(called)) === JSON.stringify(arguments[0]);";
    person.when(&format!("the groups {heads:?}"), script, vec![json!(heads)]).await
}

async fn key(person: &Person, key: &str, code: &str) -> Step {
    for kind in ["keyDown", "keyUp"] {
        let pressed =
            json!({ "type": kind, "key": key, "code": code, "text": if kind == "keyDown" { key } else { "" } });
        person.devtools("Input.dispatchKeyEvent", pressed).await?;
    }
    Ok(())
}
