//! What somebody did before they heard that they may no longer see it comes in too late: the supervisor decides whether it counts, and
//! the client reads on whose device his things came.

use opstap_tests::browser::{Stage, Step, Tools, Window};

use crate::cast::{pair, sent, waits};

/// What Tim makes of the first step, without a network.
const LATE: &str = "Zet de wekker uit en sta op.";

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
    waits(&tim, 1).await?;
    tim.close().await?;
    sem.go("/consent").await?;
    sem.tap("Tim").await?;
    sem.see("Tim mag zien:").await?;
    sem.tap_with("mijn plannen").await?;
    sem.see("Tim ziet niet meer: mijn plannen.").await?;

    stage.step("the server is back; Sem is heard first, Tim's change waits for Marloes");
    stage.server.start_again()?;
    sent(&sem).await?;
    tim.open("/desk").await?;
    sent(&tim).await?;
    marloes.go("/desk").await?;
    marloes.tap_with("Apart bewaard").await?;
    marloes.see("Tim veranderde de tekst van stap 1.").await?;
    marloes.see(LATE).await?;
    marloes.tap("Laat niet meetellen").await?;
    marloes.see("Dit telt dan nooit meer mee.").await?;
    marloes.tap("Nee, terug").await?;
    marloes.tap("Laat meetellen").await?;
    marloes.see("Het telt nu mee.").await?;
    marloes.see("Er is niets apart bewaard.").await?;

    stage.step("it is in the plan on Sem's phone, and Sem sees who got what");
    sem.go("/").await?;
    sem.tap_with("Opstaan").await?;
    sem.see("Begin").await?;
    sem.tap("Begin").await?;
    sem.see(LATE).await?;
    sem.go("/who-looked").await?;
    sem.see("Wie keek er?").await?;
    sem.see("mijn plannen").await
}
