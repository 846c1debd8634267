//! "Niet gelukt": what the server did not take is read, saved as text, let go after a question, or sent again.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{editor_shows, focus_is_on, pair, sent, steps_in_editor, waits};

#[tokio::test]
async fn what_was_not_taken_is_read_saved_let_go_or_sent_again() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "tray", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Youssef changes two steps without a server, and neither is taken");
    let youssef = stage.person("Youssef", Window::Phone);
    pair(stage, &youssef, "Opstaan").await?;
    youssef.tap_with("Opstaan").await?;
    youssef.see("Haal plan weg").await?;
    stage.server.stop().await?;
    for (field, words) in [("Stap 1", "Zet de wekker uit en sta op."), ("Stap 2", "Ga even zitten.")] {
        youssef.write(field, words).await?;
        youssef.leave_field().await?;
    }
    waits(&youssef, 2).await?;
    youssef.refuse_what_waits().await?;

    stage.step("he reads what it was and why, and saves it as text");
    youssef.go("/support/not-sent").await?;
    youssef.see("De cliënt laat je dit nu niet zien.").await?;
    youssef.see("Jij veranderde de tekst van stap 1.").await?;
    youssef.see("Zet de wekker uit en sta op.").await?;
    youssef.see("Ga even zitten.").await?;
    let text = saved_text(&youssef).await?;
    for words in ["Sem, vandaag", "Jij veranderde de tekst van stap 2.", "Ga even zitten."] {
        if !text.contains(words) {
            return Err(youssef.missed(&format!("the text lacks “{words}”: {text}")));
        }
    }

    stage.step("he lets one go, after a question, and sends the other again");
    youssef.tap("Haal weg").await?;
    youssef.see("Weg is weg. Wil je dat?").await?;
    youssef.tap("Nee, terug").await?;
    youssef.see("Jij veranderde de tekst van stap 1.").await?;
    youssef.tap("Haal weg").await?;
    youssef.see("Weg is weg. Wil je dat?").await?;
    youssef.tap("Haal weg").await?;
    youssef.see_no("Jij veranderde de tekst van stap 1.").await?;
    youssef.see("Het is weg.").await?;
    focus_is_on(&youssef, "Haal weg").await?;
    youssef.tap("Stuur nog eens").await?;
    youssef.see_no("Jij veranderde de tekst van stap 2.").await?;
    youssef.see("Het wordt nog eens verstuurd.").await?;
    focus_is_on(&youssef, "nog niet verstuurd").await?;
    waits(&youssef, 1).await?;
    stage.server.start_again()?;
    sent(&youssef).await?;
    youssef.go("/support").await?;
    youssef.tap_with("Opstaan").await?;
    youssef.see("Haal plan weg").await?;
    let drawn =
        "const rows = all('li.step-row'); return rows.length > 0 && rows.every((row) => pictured(row) != null);";
    youssef.when("the steps with their pictures", drawn, vec![]).await?;
    let steps = steps_in_editor(&youssef).await?.unwrap_or_default();
    let mut texts: Vec<&str> = steps.iter().map(|step| step.text.as_str()).collect();
    if let [first, second, ..] = texts.as_mut_slice() {
        (*first, *second) = ("Zet de wekker uit.", "Ga even zitten.");
    }
    editor_shows(&youssef, &texts).await.map(drop)
}

/// What "Als tekst" gives the browser to save.
async fn saved_text(person: &Person) -> Step<String> {
    let watch = "const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { blob.text().then((text) => { window.savedText = text; }); return make.call(URL, blob); };
        return true;";
    person.read(watch, vec![]).await?;
    person.tap("Als tekst").await?;
    person.when("the text to be saved", "return typeof window.savedText === 'string';", vec![]).await?;
    let text = person.read("return window.savedText;", vec![json!(null)]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}
