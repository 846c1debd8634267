//! Templates that improve: a copy is offered what became of its template, a template can be somebody's own, and shared.

use opstap_tests::browser::{Stage, Step, Tools, Window};

use crate::cast::{pair, sent};

#[tokio::test]
async fn a_copy_is_offered_what_became_of_its_template_and_a_plan_becomes_a_template() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "templates", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes takes a template for Sem, and improves it afterwards");
    let (marloes, tim) = (stage.person("Marloes", Window::Desk), stage.person("Tim", Window::Desk));
    let here = "Alles staat op deze laptop";
    tokio::try_join!(pair(stage, &marloes, here), pair(stage, &tim, here))?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Plannen").await?;
    marloes.tap("Nieuw plan").await?;
    marloes.tap("Neem uit voorbeelden").await?;
    let examples = marloes.place().await?;
    marloes.tap("Boodschappen doen").await?;
    marloes.see("Neem over voor Sem").await?;
    let example = marloes.place().await?;
    marloes.tap("Neem over voor Sem").await?;
    marloes.see("Zo ziet Sem het").await?;
    let plan = marloes.place().await?;
    marloes.write("Stap 2", "Pak je rode tas.").await?;
    marloes.leave_field().await?;
    sent(&marloes).await?;
    marloes.go(&example).await?;
    marloes.tap("Verander dit voorbeeld").await?;
    marloes.see("Plannen van cliënten veranderen niet vanzelf mee.").await?;
    marloes.write("Stap 2", "Pak een stevige tas.").await?;
    marloes.leave_field().await?;
    marloes.write("Stap 3", "Loop naar de winkel.").await?;
    marloes.leave_field().await?;
    sent(&marloes).await?;

    stage.step("the copy is offered both, takes one over and keeps its own");
    marloes.go(&plan).await?;
    marloes.see("De voorbeeldstap is veranderd.").await?;
    marloes.see("Pak een stevige tas.").await?;
    marloes.tap("Houd wat er staat").await?;
    marloes.see_no("Pak een stevige tas.").await?;
    marloes.tap("Neem over").await?;
    marloes.see_no("De voorbeeldstap is veranderd.").await?;
    let says = "return ['Pak je rode tas.', 'Loop naar de winkel.'].every((one) => all('textarea').some((field) => field.value === one));";
    marloes.when("the own words and the new ones", says, vec![]).await?;

    stage.step("of Sem's plan Marloes makes a template of her own, which Tim does not see");
    marloes.write("Titel", "Boodschappen met lijst").await?;
    marloes.leave_field().await?;
    sent(&marloes).await?;
    marloes.tap("Maak er mijn eigen voorbeeld van").await?;
    marloes.see("alleen voor jou").await?;
    sent(&marloes).await?;
    tim.go(&examples).await?;
    tim.see("Boodschappen doen").await?;
    tim.see_no("Boodschappen met lijst").await?;

    stage.step("until she shares it");
    marloes.tap("Deel met iedereen").await?;
    marloes.see_no("alleen voor jou").await?;
    sent(&marloes).await?;
    tim.see("Boodschappen met lijst").await?;

    stage.step("and one is made from nothing");
    marloes.go(&examples).await?;
    marloes.tap("Nieuw voorbeeld").await?;
    marloes.see("Plannen van cliënten veranderen niet vanzelf mee.").await?;
    marloes.write("Titel", "Was ophangen").await?;
    marloes.leave_field().await?;
    sent(&marloes).await?;
    tim.see("Was ophangen").await
}
