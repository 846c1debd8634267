//! A day of a supervisor and of a support worker: what asks in the morning is looked at and dealt with, the time for it is written down in two
//! taps, something is handed over with a note, and the other takes it on, does it and writes the time down too.

use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};

use crate::arranged::choose;
use crate::attention::asks_and_stops;
use crate::cast::{pair, sent};

#[tokio::test]
async fn a_day_of_a_supervisor_and_a_support_worker_who_share_one_client() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "duo", tell).await;
}

const TASK: &str = "Samen oefenen met naar bed gaan";
const NOTE: &str = "Tim, hij stopt steeds bij de tweede stap";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("in the morning Marloes sees that Sem stopped half-way, and looks at that time");
    let (marloes, tim) = (stage.person("Marloes", Window::Desk), stage.person("Tim", Window::Desk));
    tokio::try_join!(
        pair(stage, &marloes, "Alles staat op deze laptop"),
        pair(stage, &tim, "Alles staat op deze laptop")
    )?;
    asks_and_stops(stage).map_err(|cause| Missed::new(format!("it did not happen: {cause}")))?;
    marloes.go("/desk").await?;
    marloes.tap_with("stopte halverwege met ‘Naar bed gaan’").await?;
    let whole = "const way = document.querySelector('.steps-met ~ a'); way?.click(); return Boolean(way);";
    marloes.when("the way to all of that time", whole, vec![]).await?;
    marloes.when("the page of that time", "return location.pathname.includes('/run');", vec![]).await?;
    marloes.see("Naar bed gaan").await?;

    stage.step("it took her a quarter of an hour, which is two taps");
    hours_of_sem(&marloes).await?;
    marloes.tap("15").await?;
    marloes.tap("voor Sem").await?;
    marloes.see("15 minuten bewaard.").await?;

    stage.step("she asks Tim to take it on, with a note that is not in the file");
    marloes.tap("Samen").await?;
    marloes.tap("Nieuwe taak").await?;
    marloes.write("Wat moet er gebeuren?", TASK).await?;
    choose(&marloes, "Wie doet het?", "Vraag het Tim").await?;
    marloes.tap("Zet erbij").await?;
    marloes.see("gevraagd aan Tim, nog geen antwoord").await?;
    marloes.write("Nieuwe notitie", NOTE).await?;
    marloes.tap("Bewaar").await?;
    marloes.see(NOTE).await?;

    stage.step("what she dealt with asks no more of her");
    marloes.go("/desk").await?;
    marloes.tap_with("stopte halverwege met ‘Naar bed gaan’").await?;
    marloes.tap("Klaar").await?;
    marloes.see_no("stopte halverwege met ‘Naar bed gaan’").await?;
    sent(&marloes).await?;
    takes_it_on(stage, &tim).await?;

    stage.step("at the end of the day Marloes sees that it is his");
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Samen").await?;
    marloes.see("Tim doet dit").await
}

async fn takes_it_on(stage: &Stage, tim: &Person) -> Step {
    stage.step("Tim reads the note, takes it on, and writes his time down");
    tim.go("/desk").await?;
    tim.see("Sem").await?;
    tim.go("/desk/clients").await?;
    tim.tap_with("Sem").await?;
    tim.tap("Samen").await?;
    tim.see(NOTE).await?;
    tim.tap("Ik doe dit").await?;
    tim.see("jij doet dit, sinds vandaag").await?;
    hours_of_sem(tim).await?;
    tim.tap("30").await?;
    tim.tap("met Sem").await?;
    tim.see("30 minuten bewaard.").await?;
    sent(tim).await
}

/// The hours of Sem; the rail has hours too, those over all clients.
async fn hours_of_sem(person: &Person) -> Step {
    person.go("/desk/clients").await?;
    person.tap_with("Sem").await?;
    let script = "const way = document.querySelector('.tabs a[href*=\"/hours/\"]'); way?.click(); return Boolean(way);";
    person.when("the way to the hours", script, vec![]).await?;
    person.see("Waarvoor? Tik, en het is bewaard.").await
}
