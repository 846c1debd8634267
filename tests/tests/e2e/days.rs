//! A day of a support worker and of a coordinator, each through the screens of that day and in their order; what they do in one is there in the
//! next.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};

use crate::arranged::{choose, day_from_today, field};
use crate::cast::{pair, sent, waits};

const TASK: &str = "Post openen op maandag";
const FOR_TIM: &str = "Sem vond de markt spannend. Begin klein.";
const FROM_TIM: &str = "Het ging vandaag goed, hij deed zelf open.";

#[tokio::test]
async fn a_support_worker_takes_a_task_on_visits_without_a_network_and_hands_the_day_back() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "day-of-a-support-worker", support_worker).await;
}

async fn support_worker(stage: &mut Stage) -> Step {
    stage.step("the evening before, Marloes asks Tim for something and leaves a word for colleagues");
    let (marloes, tim) = (stage.person("Marloes", Window::Desk), stage.person("Tim", Window::Desk));
    let there = "Alles staat op deze laptop";
    tokio::try_join!(pair(stage, &marloes, there), pair(stage, &tim, there))?;
    arranged_of_sem(&marloes).await?;
    marloes.tap("Nieuwe taak").await?;
    marloes.write("Wat moet er gebeuren?", TASK).await?;
    choose(&marloes, "Wie doet het?", "Vraag het Tim").await?;
    marloes.tap("Zet erbij").await?;
    marloes.see("gevraagd aan Tim, nog geen antwoord").await?;
    notes(&marloes, FOR_TIM).await?;
    sent(&marloes).await?;

    stage.step("Tim reads both in the morning, and takes it on");
    arranged_of_sem(&tim).await?;
    tim.see("Marloes vraagt of jij dit wilt doen").await?;
    tim.see(FOR_TIM).await?;
    tim.tap("Ik doe dit").await?;
    tim.see("jij doet dit, sinds vandaag").await?;
    sent(&tim).await?;

    stage.step("at Sem's there is no network: he writes the visit, its hour and a word down");
    stage.server.stop().await?;
    tim.tap("Nieuwe afspraak").await?;
    day_from_today(&tim, "Op welke dag?", -1).await?;
    field(&tim, "Hoe laat?", "10:00").await?;
    tim.tap("Zet de afspraak erin").await?;
    tim.see("De afspraak staat erin.").await?;
    notes(&tim, FROM_TIM).await?;
    // The rail has hours too, those over all clients.
    tim.read("document.querySelector('.tabs a[href*=\"/hours/\"]').click(); return true;", vec![]).await?;
    tim.see("gisteren, 1 uur met Sem").await?;
    tim.tap("Klopt").await?;
    tim.see("Jij schreef op: 1 uur").await?;
    waits(&tim, 3).await?;

    stage.step("with the network back Marloes has all of it, as his");
    stage.server.start_again()?;
    sent(&tim).await?;
    marloes.see("Tim doet dit").await?;
    marloes.see(FROM_TIM).await?;
    marloes.read("document.querySelector('.tabs a[href*=\"/hours/\"]').click(); return true;", vec![]).await?;
    marloes.see_no("gisteren, 1 uur met Sem").await
}

#[tokio::test]
async fn a_coordinator_looks_over_all_clients_and_what_was_granted_without_a_network() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "day-of-a-coordinator", coordinator).await;
}

async fn coordinator(stage: &mut Stage) -> Step {
    stage.step("Fatma writes down what was decided, and what it was used for");
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    arranged_of_sem(&fatma).await?;
    fatma.read("document.querySelector('.tabs a[href*=\"/hours/\"]').click(); return true;", vec![]).await?;
    fatma.tap("Nieuwe beschikking").await?;
    day_from_today(&fatma, "Van", -56).await?;
    day_from_today(&fatma, "Tot en met", 28).await?;
    fatma.write("Gespecialiseerd (SB), uur per week", "3,5").await?;
    fatma.tap_with("Bewaar").await?;
    fatma.see("SB 3,5 en BB 0,0 uur per week").await?;
    sent(&fatma).await?;

    stage.step("without a network she reads what asks, finds a client by a plan, and sees the hours of all");
    stage.server.stop().await?;
    fatma.tap_with("Aandacht").await?;
    fatma.see("Van mij").await?;
    fatma.tap_with("Cliënten").await?;
    fatma.write("Naam of plan", "sem").await?;
    fatma.see("1 van ").await?;
    fatma.write("Naam of plan", "niemand heet zo").await?;
    fatma.see("0 van ").await?;
    fatma.read("document.querySelector('.rail a[href*=\"/hours\"]').click(); return true;", vec![]).await?;
    fatma.see("Gebruikt en toegekend, uur per week").await?;
    fatma.see("zoals tabel 4 en 5 van de effectstudie").await?;
    let row = "return all('tr').some((row) => row.textContent.includes('Sem') && row.textContent.includes('3,5'));";
    fatma.when("the row of Sem against what was granted", row, vec![]).await?;

    stage.step("and the figures of the programme, once there is a network again");
    stage.server.start_again()?;
    sent(&fatma).await?;
    fatma.tap_with("Programma").await?;
    fatma.see("Groepen").await?;
    fatma.see("Cijfers").await
}

/// Opens what is arranged with Sem.
async fn arranged_of_sem(person: &Person) -> Step {
    person.go("/desk/clients").await?;
    person.tap_with("Sem").await?;
    person.tap("Samen").await?;
    person.see("Nieuwe afspraak").await
}

/// Leaves a word for colleagues.
async fn notes(person: &Person, words: &str) -> Step {
    person.write("Nieuwe notitie", words).await?;
    person.tap("Bewaar").await?;
    person.see(words).await
}
