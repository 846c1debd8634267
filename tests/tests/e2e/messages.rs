//! A client who is stuck says so without a network; his supervisor sees it with the step and answers with her voice. She follows his plan
//! as it goes, and he sees that she does. What is for his mother is hers alone.

use std::sync::Arc;

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn a_client_who_is_stuck_is_answered_at_the_step_and_sees_who_follows() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "messages", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Sem is stuck at a step while there is no network");
    let (sem, karin) = (stage.person("Sem", Window::Phone), stage.person("Karin", Window::Phone));
    let marloes = stage.person("Marloes", Window::Desk);
    tokio::try_join!(
        pair(stage, &sem, "Mijn boek"),
        pair(stage, &karin, "Naar school"),
        pair(stage, &marloes, "Alles staat op deze laptop")
    )?;
    sem.tap_with("Opstaan").await?;
    sem.tap("Begin").await?;
    sem.tap("Klaar").await?;
    let second = "return all('.dots').some((dots) => called(dots).startsWith('Stap 2 '));";
    sem.when("the second step", second, vec![]).await?;
    let step = sem.words_of("main h1").await?.join(" ");
    stage.server.stop().await?;
    sem.tap("Hulp").await?;
    sem.tap("Marloes").await?;
    sem.see("Marloes ziet dan deze stap.").await?;
    sem.tap("Stuur: “Ik kom er niet uit”").await?;
    sem.see("Bewaard. Gaat weg zodra er internet is.").await?;

    stage.step("with the network back Marloes sees it, with the step");
    stage.server.start_again()?;
    sem.see("Verstuurd aan Marloes.").await?;
    marloes.tap_with("Sem").await?;
    marloes.see("1 nieuw bericht").await?;
    marloes.tap("Antwoord").await?;
    marloes.see("Je bericht gaat over deze stap.").await?;
    about(&marloes, &step).await?;

    stage.step("she answers with her voice, and in words");
    marloes.tap("Spreek in").await?;
    marloes.see("De microfoon is aan.").await?;
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    marloes.tap("Stop").await?;
    marloes.see("Stuur wat ik zei").await?;
    marloes.tap("Overzicht").await?;
    marloes.tap("Antwoord").await?;
    // Both taps of a double one.
    let twice = "const send = find('button', 'Stuur wat ik zei', true);
        send?.click();
        send?.click();
        return send !== undefined;";
    marloes.when("what she said to be there still", twice, vec![]).await?;
    let gone = "return find('button', 'Stuur wat ik zei', true) === undefined;";
    marloes.when("what she said to be on its way", gone, vec![]).await?;
    marloes.write("Jouw bericht", "Ik kom er zo aan.").await?;
    marloes.tap("Stuur").await?;
    marloes.see("Ik kom er zo aan.").await?;
    sent(&marloes).await?;

    stage.step("Sem is told on today, hears and reads it, and answers with one tap");
    sem.go("/").await?;
    sem.tap_with("Marloes heeft iets gestuurd").await?;
    sem.see("Ik kom er zo aan.").await?;
    let heard = "const theirs = all('.said:not(.mine)');
        return theirs.length === 2 && theirs[0].querySelector('.speak') !== null;";
    sem.when("two messages and a voice to be heard", heard, vec![]).await?;
    sem.see("Ingesproken").await?;
    sem.tap("goed").await?;
    let answered = "return all('.said.mine .chip.sent').length === 2;";
    sem.when("his answer to be sent", answered, vec![]).await?;
    sem.go("/").await?;
    sem.see("Mijn boek").await?;
    sem.see_no("Marloes heeft iets gestuurd").await?;
    marloes.when("his answer", "return all('.said:not(.mine) img[alt=goed]').length === 1;", vec![]).await?;

    follows_along(&sem, &marloes).await?;

    stage.step("a message that is kept on the phone says so, and is taken back with one tap");
    stage.server.stop().await?;
    sem.go("/messages").await?;
    sem.tap_with("Karin").await?;
    sem.tap("moe").await?;
    sem.when("a mark that it waits", "return all('.said.mine .chip.device').length === 1;", vec![]).await?;
    sem.tap("Ongedaan maken").await?;
    sem.when("it to be gone", "return all('.said').length === 0;", vec![]).await?;
    sem.tap("blij").await?;
    sem.when("a mark that it waits", "return all('.said.mine .chip.device').length === 1;", vec![]).await?;

    stage.step("what is for his mother is hers alone");
    stage.server.start_again()?;
    karin.see("1 nieuw bericht").await?;
    karin.tap_with("Berichten").await?;
    karin.when("his message", "return all('.said:not(.mine) img[alt=blij]').length === 1;", vec![]).await?;
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.see_no("aan Karin").await
}

/// The step that a message is about, with its picture and the title of its plan.
async fn about(person: &Arc<Person>, step: &str) -> Step {
    let script = "return all('.said .about').some((about) => words(about).includes(arguments[0])
        && words(about).includes('Opstaan') && pictured(about) !== '');";
    person.when(&format!("the step “{step}”"), script, vec![json!(step)]).await
}

async fn follows_along(sem: &Arc<Person>, marloes: &Arc<Person>) -> Step {
    sem.tap_with("Ga verder").await?;
    sem.see("Lukt niet").await?;
    marloes.tap("Overzicht").await?;
    marloes.see("Laatst gedaan").await?;
    marloes.tap_with("bezig met stap 2").await?;
    marloes.see("Sem ziet dat je meekijkt.").await?;
    sem.see("Marloes kijkt mee").await?;
    sem.tap("Hulp").await?;
    sem.see("Wie wil je spreken?").await?;
    sem.see("Marloes kijkt mee").await?;
    sem.tap("Terug").await?;
    sem.tap("Klaar").await?;
    let third = "return all('tr[data-step]').filter((row) => words(row).includes('klaar')).length === 2;";
    marloes.when("two steps to be done", third, vec![]).await?;
    marloes.tap_with("Cliënten").await?;
    sem.see_no("Marloes kijkt mee").await?;
    sem.go("/own/who-looked").await?;
    sem.see("keek mee terwijl jij bezig was").await
}
