//! What somebody did before they heard that they may no longer see it comes in too late: the supervisor or the client decides whether it
//! counts. The client reads on whose device his things came, and has what was removed erased for good.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};

use crate::cast::{focus_is_on, pair, sent, waits};

/// What Tim makes of the first step, without a network.
const LATE: &str = "Zet de wekker uit en sta op.";
/// And of the second.
const LATER: &str = "Doe eerst het raam open.";

#[tokio::test]
async fn what_came_in_too_late_counts_once_the_supervisor_says_so() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "set-apart", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Sem, Tim and Marloes open their links, and Tim opens a plan");
    let (sem, tim) = (stage.person("Sem", Window::Phone), stage.person("Tim", Window::Desk));
    let marloes = stage.person("Marloes", Window::Desk);
    let desk = "Alles staat op deze laptop";
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &tim, desk), pair(stage, &marloes, desk))?;
    marloes.see_no("Apart bewaard").await?;
    tim.tap_with("Sem").await?;
    tim.tap("Plannen").await?;
    tim.tap_with("Opstaan").await?;
    tim.see("Zo ziet Sem het").await?;

    stage.step("without a server, Tim changes it, and Sem withdraws that he may");
    stage.server.stop().await?;
    tim.write("Stap 1", LATE).await?;
    tim.leave_field().await?;
    tim.write("Stap 2", LATER).await?;
    tim.leave_field().await?;
    waits(&tim, 2).await?;
    tim.close().await?;
    sem.go("/way/consent").await?;
    sem.tap("Tim").await?;
    sem.see("Tim mag zien:").await?;
    sem.tap_with("mijn plannen").await?;
    sem.see("Tim ziet niet meer: mijn plannen.").await?;

    stage.step("the server is back; Sem is heard first, Tim's change waits for Marloes");
    stage.server.start_again()?;
    sent(&sem).await?;
    tim.open("/desk").await?;
    sent(&tim).await?;
    note_what_stands(&marloes).await?;
    marloes.go("/desk/apart").await?;
    marloes.see("Tim veranderde de tekst van stap 1.").await?;
    marloes.see(LATE).await?;
    stood_never(&marloes, &["van iets", "Er is niets apart bewaard."]).await?;
    marloes.tap("Laat niet meetellen").await?;
    marloes.see("Dit telt dan nooit meer mee.").await?;
    marloes.tap("Nee, terug").await?;
    marloes.tap("Laat meetellen").await?;
    marloes.see("Het telt nu mee.").await?;
    marloes.see_no(LATE).await?;
    focus_is_on(&marloes, "Laat meetellen").await?;

    stage.step("the other of the two Sem turns away himself");
    sem.go("/me").await?;
    sem.tap("Apart bewaard").await?;
    sem.see("Tim veranderde de tekst van stap 2.").await?;
    sem.see(LATER).await?;
    sem.tap("Laat niet meetellen").await?;
    sem.see("Dit telt dan nooit meer mee.").await?;
    sem.tap("Laat niet meetellen").await?;
    sem.see("Er is niets apart bewaard.").await?;
    focus_is_on(&sem, "Apart bewaard").await?;
    marloes.go("/desk/apart").await?;
    marloes.see("Er is niets apart bewaard.").await?;

    stage.step("without a server nobody says that nothing waits");
    stage.server.stop().await?;
    marloes.go("/desk/apart").await?;
    marloes.see("Dit kan alleen met internet.").await?;
    stood_never(&marloes, &["Er is niets apart bewaard."]).await?;
    stage.server.start_again()?;

    stage.step("it is in the plan on Sem's phone, and Sem sees who got what");
    sem.go("/").await?;
    sem.tap_with("Opstaan").await?;
    sem.see("Begin").await?;
    sem.tap("Begin").await?;
    sem.see(LATE).await?;
    sem.see_no(LATER).await?;
    sem.go("/own/who-looked").await?;
    sem.see("Wie keek er?").await?;
    sem.see("mijn plannen").await?;
    sem.see("Weg van hun toestel").await?;

    stage.step("Marloes removes the plan, and Sem has it erased for good");
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Plannen").await?;
    marloes.tap_with("Opstaan").await?;
    marloes.tap("Haal plan weg").await?;
    marloes.see("Het plan gaat ook weg op de telefoon.").await?;
    marloes.tap("Haal plan weg").await?;
    marloes.see("Dit plan is weggehaald.").await?;
    sent(&marloes).await?;
    sem.go("/me").await?;
    sem.tap("Meer").await?;
    sem.tap_with("Weggehaald").await?;
    sem.see("Marloes haalde het plan “Opstaan” weg.").await?;
    sem.tap("Voorgoed wissen").await?;
    sem.see("Niemand kan het terugzetten.").await?;
    sem.tap("Voorgoed wissen").await?;
    sem.see("Er is niets weggehaald.").await?;
    sent(&sem).await?;
    marloes.tap("Plannen van Sem").await?;
    marloes.tap("Weggehaald").await?;
    marloes.see("Er is niets weggehaald.").await
}

/// From the next page on, notes all that stood in the middle of the screen, however short.
async fn note_what_stands(person: &Person) -> Step {
    let source = "window.stood = [];
        new MutationObserver(() => stood.push(document.querySelector('main')?.innerText)).observe(document, {
          childList: true, characterData: true, subtree: true,
        });";
    person.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(drop)
}

/// None of these words stood there since the page began.
async fn stood_never(person: &Person, words: &[&str]) -> Step {
    let script = "return stood.find((text) => arguments[0].some((words) => text?.includes(words))) ?? null;";
    match person.read(script, vec![json!(words)]).await? {
        Value::Null => Ok(()),
        stood => Err(person.missed(&format!("for a moment the screen said {stood}"))),
    }
}
