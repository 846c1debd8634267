//! Feedback on a practice goes round: the volunteer writes it without a network, the mother reads it and asks, the coordinator answers at the
//! desk, and the volunteer sees who read it. The mother takes on the handover, and takes that back.

use std::sync::Arc;

use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::training;
use serde_json::json;

use crate::cast::{pair, sent, waits};

const HARD: &str = "De bus reed om. We liepen een halte terug.";
const ASKED: &str = "Sem vroeg een mevrouw de weg.";
const ADDED: &str = "Sem was trots. Dat mag hij zijn.";
const QUESTION: &str = "Mooi. Welke bus nemen jullie de volgende keer?";
const ANSWER: &str = "Laat Sem dat zelf kiezen.";

#[tokio::test]
async fn feedback_written_offline_is_read_asked_about_and_answered() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "feedback", tell).await;
}

async fn begin(stage: &mut Stage) -> Step<(Arc<Person>, Arc<Person>)> {
    training::begin(&stage.server, 71).map_err(|cause| Missed::new(format!("no trajectory: {cause}")))?;
    let (youssef, karin) = (stage.person("Youssef", Window::Phone), stage.person("Karin", Window::Phone));
    tokio::try_join!(pair(stage, &youssef, "Naar school"), pair(stage, &karin, "Naar school"))?;
    Ok((youssef, karin))
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Youssef practises without a network, and the text stands there from his taps");
    let (youssef, karin) = begin(stage).await?;
    stage.server.stop().await?;
    practise(&youssef).await?;

    stage.step("he changes it, closes the app, finds it again and sends it");
    change(&youssef).await?;
    youssef.tap("Stuur het verslag").await?;
    youssef.see("Het verslag is bewaard.").await?;
    youssef.see(ADDED).await?;
    youssef.see("nog door niemand gelezen").await?;
    waits(&youssef, 5).await?;

    stage.step("he is asked whether it clicks, and says so");
    youssef.tap("Terug").await?;
    youssef.see("Klikt het met Sem?").await?;
    youssef.tap("Ja").await?;
    youssef.see_no("Klikt het met Sem?").await?;
    youssef.tap("Ongedaan maken").await?;
    youssef.see("Klikt het met Sem?").await?;
    youssef.tap("Ja").await?;
    youssef.see_no("Klikt het met Sem?").await?;

    stage.step("with the network back Karin reads it, with what is new, and asks");
    stage.server.start_again()?;
    sent(&youssef).await?;
    karin.see("Nieuwste verslag").await?;
    karin.see("Nieuw:").await?;
    karin.see("nog niet gelezen").await?;
    karin.tap_with("Verslag van oefening 2").await?;
    karin.see(ADDED).await?;
    karin.see("gelezen door jou").await?;
    karin.write("Schrijf terug of vraag iets", QUESTION).await?;
    karin.tap("Stuur").await?;
    said(&karin, QUESTION).await?;
    sent(&karin).await?;

    stage.step("Fatma answers at the desk");
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    fatma.tap_with("Sem").await?;
    fatma.tap("Reizen").await?;
    fatma.see(ADDED).await?;
    fatma.see(QUESTION).await?;
    fatma.see("gelezen door Karin").await?;
    fatma.write("Schrijf terug of vraag iets", ANSWER).await?;
    fatma.tap("Stuur").await?;
    said(&fatma, ANSWER).await?;
    sent(&fatma).await?;

    stage.step("Youssef sees who read it and what they said, and sends a correction");
    youssef.see("gelezen door Karin en Fatma").await?;
    youssef.tap_with("Verslag van oefening 2").await?;
    youssef.see("gelezen door Karin,").await?;
    youssef.see("gelezen door Fatma,").await?;
    youssef.see(QUESTION).await?;
    youssef.see(ANSWER).await?;
    youssef.tap("Verbeter het verslag").await?;
    youssef.tap("Pas aan").await?;
    youssef.write("Jouw tekst", "We namen bus 33.").await?;
    youssef.tap("Stuur de verbetering").await?;
    youssef.see("verbeterd").await?;
    youssef.see_no(ADDED).await?;
    karin.see("We namen bus 33.").await?;
    karin.see_no(ADDED).await?;
    tokio::try_join!(sent(&youssef), sent(&karin), sent(&fatma)).map(drop)
}

/// Two answers, a situation with a word, what was hard, the face.
async fn practise(youssef: &Person) -> Step {
    youssef.tap_with("Naar school").await?;
    youssef.tap("Begin oefening 2").await?;
    for (answered, level) in ["zelf", "zelf"].into_iter().enumerate() {
        youssef.tap(level).await?;
        let more = "return all('.goal .bars').filter((bars) => bars.querySelector('.on')).length > arguments[0];";
        youssef.when("the answer", more, vec![json!(answered)]).await?;
    }
    youssef.tap("Afronden").await?;
    youssef.tap("de weg vragen").await?;
    youssef.write("Hoe ging het: de weg vragen?", ASKED).await?;
    youssef.write("Wat was lastig? Hoe loste je het op?", HARD).await?;
    youssef.tap("super").await?;
    youssef.tap("Bewaar oefening").await?;
    youssef.see("Lees het na. Pas aan wat niet klopt.").await?;
    youssef.see("Oefening 2 met Sem").await?;
    youssef.see("op een stuk van de route “Naar school”, te voet.").await?;
    youssef.see("Sem deed alles helemaal zelf.").await?;
    youssef.see("“Zoek de goede halte” ging beter dan de vorige keer: nu helemaal zelf.").await?;
    youssef.see("Ook geoefend: de weg vragen. Sem vroeg een mevrouw de weg.").await?;
    youssef.see(HARD).await?;
    youssef.see("Sem vond het super.").await?;
    youssef.see("Groet, Youssef").await
}

/// What he types stands there still when he comes back.
async fn change(youssef: &Person) -> Step {
    youssef.tap("Pas aan").await?;
    youssef.write("Jouw tekst", ADDED).await?;
    let place = youssef.place().await?;
    youssef.close().await?;
    youssef.open(&place).await?;
    let typed = "return field('Jouw tekst')?.value === arguments[0];";
    youssef.when("what he typed", typed, vec![json!(ADDED)]).await?;
    youssef.tap("Bekijk").await?;
    youssef.see(ADDED).await
}

/// What somebody said stands below the report, and the field is empty again.
pub async fn said(person: &Person, words: &str) -> Step {
    let script = "return all('.talk .said').some((one) => called(one).includes(arguments[0]))
        && field('Schrijf terug of vraag iets')?.value === '';";
    person.when(&format!("“{words}” to stand there"), script, vec![json!(words)]).await
}

#[tokio::test]
async fn the_mother_takes_the_handover_on_and_can_take_that_back() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "handover", hand_over).await;
}

async fn hand_over(stage: &mut Stage) -> Step {
    stage.step("Karin finds the handover, fills a point in and ticks it, without a network");
    let (youssef, karin) = begin(stage).await?;
    karin.see("Nu: oefenen").await?;
    karin.see_no("Klikt het met Sem?").await?;
    stage.server.stop().await?;
    karin.tap_with("Overdracht").await?;
    karin.see("Karin is bereikbaar").await?;
    karin.see("Daarna zien Youssef, Marloes, Tim en Fatma de reizen niet meer.").await?;
    karin.tap("Vul in: De volgende route").await?;
    karin.write("De volgende route", "Naar oma in Schiedam.").await?;
    karin.tap("Bewaar").await?;
    karin.see("Naar oma in Schiedam.").await?;
    karin.tap_with("Een volle metro.").await?;
    let ticked = "return all('[role=checkbox][aria-checked=true]').length === arguments[0];";
    karin.when("two points to be ticked", ticked, vec![json!(2)]).await?;

    stage.step("she takes it on, takes that back, and takes it on again");
    karin.tap("Ik word OV-coach").await?;
    karin.see("Jij wordt OV-coach. Dat zei je op").await?;
    karin.tap("Toch niet").await?;
    karin.see_no("Dat zei je op").await?;
    karin.tap("Ik word OV-coach").await?;
    karin.see("Jij wordt OV-coach. Dat zei je op").await?;

    stage.step("Youssef reads it, may fill in, and has nothing to tick or take on");
    stage.server.start_again()?;
    sent(&karin).await?;
    youssef.tap_with("Overdracht").await?;
    youssef.see("Karin wordt OV-coach, sinds").await?;
    youssef.see("Naar oma in Schiedam.").await?;
    youssef.see("Sem zegt zelf nog of het goed is.").await?;
    youssef.see_no("Ik word OV-coach").await?;
    let nothing = "return all('[role=checkbox]').length === 0;";
    youssef.when("nothing to tick", nothing, vec![]).await?;
    youssef.tap("Vul in: Wat te doen bij een storing").await?;
    youssef.write("Wat te doen bij een storing", "Dan tram 25. Samen geoefend.").await?;
    youssef.tap("Bewaar").await?;
    youssef.see("Dan tram 25. Samen geoefend.").await?;
    sent(&youssef).await?;
    karin.see("Dan tram 25. Samen geoefend.").await
}
