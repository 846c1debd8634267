//! The client decides: what he withdraws is gone from the other's phone.

use opstap_tests::browser::{Stage, Step, Tools, Window};

use crate::cast::{pair, sent, state};

#[tokio::test]
async fn a_consent_that_is_withdrawn_takes_the_plans_off_the_phone_of_the_volunteer() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "consent", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Sem and Youssef open their links");
    let (sem, youssef) = (stage.person("Sem", Window::Phone), stage.person("Youssef", Window::Phone));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &youssef, "Opstaan"))?;

    stage.step("Sem withdraws that Youssef sees his plans");
    sem.tap("Over mij").await?;
    state(&sem).await?;
    sem.tap("Wie mag wat zien?").await?;
    sem.tap("Youssef").await?;
    sem.see("Youssef mag zien:").await?;
    state(&sem).await?;
    sem.tap("mijn plannen").await?;
    sem.see("Youssef ziet niet meer: mijn plannen.").await?;
    sent(&sem).await?;

    stage.step("Youssef's phone shows no plans, and still the route");
    youssef.see("Je mag de plannen van Sem niet zien. Sem beslist daarover.").await?;
    youssef.see_no("Opstaan").await?;
    youssef.see("Naar school").await?;
    youssef.close().await?;
    youssef.open("/support").await?;
    youssef.see("Je mag de plannen van Sem niet zien. Sem beslist daarover.").await?;
    youssef.see_no("Opstaan").await?;

    stage.step("Sem gives it again");
    sem.tap("mijn plannen").await?;
    sem.see("Youssef mag zien: mijn plannen.").await?;
    youssef.see("Opstaan").await
}
