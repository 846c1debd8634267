//! A client travels with the own phone and without a network, step by step, and arrives; then the OV-coach takes over with the client's
//! word, and after a month it is asked how it goes.

use std::time::Duration;

use opstap_core::Kind;
use opstap_core::model::{FollowUpAnswer, InPictures, Model, SpecialTransport};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::going_alone::{GoingAlone, set_up};
use opstap_tests::holder::Holder;

use crate::cast::{pair, sent};

/// What the screen says and which button leads on, from the door to the bus.
const TO_THE_BUS: [(&str, &str); 5] = [
    ("Steek over bij het zebrapad", "Klaar"),
    ("Zoek de goede halte", "Klaar"),
    ("Kijk of het bus 32 is", "Klaar"),
    ("Neem bus 32", "Ik ben erin"),
    ("Check in", "Klaar"),
];

/// From the last stop before Centraal Station to school.
const TO_SCHOOL: [(&str, &str); 11] = [
    ("Volgende halte: Weena", "Halte geweest"),
    ("Druk nu op stop.", "Gedrukt"),
    ("Stap uit: Centraal Station.", "Uitgestapt"),
    ("Check uit bij de bus", "Klaar"),
    ("Volg de borden naar de metro", "Klaar"),
    ("Check in bij het poortje", "Klaar"),
    ("Neem metro D", "Ik ben erin"),
    ("Is Zuidplein de volgende halte?", "Ja, bijna"),
    ("Stap uit op Zuidplein", "Uitgestapt"),
    ("Wacht op groen licht", "Klaar"),
    ("Zoek de ingang van school", "Klaar"),
];

#[tokio::test]
async fn a_client_travels_without_a_network_and_the_coach_sees_the_arrival_when_there_is_one() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "travels", travels).await;
}

async fn travels(stage: &mut Stage) -> Step {
    stage.step("the phone has the route, and what is for on the way, before it is opened");
    set_up(&mut Holder::of(&stage.server, "Marloes", 71)?)?;
    let (sem, karin) = (stage.person("Sem", Window::Phone), stage.person("Karin", Window::Phone));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &karin, "Naar school"))?;
    karin.see_no("Sem is er").await?;
    sem.when_promised("everything for on the way to be kept", KEPT, "all").await?;
    stage.server.stop().await?;

    stage.step("Sem goes on the way, to the bus and past a stop");
    sem.tap("Naar school").await?;
    sem.see("Klaar voor onderweg").await?;
    sem.see("plaatjes").await?;
    sem.see("Naar huis").await?;
    sem.tap("Ga op weg").await?;
    go_along(&sem, &TO_THE_BUS).await?;
    sem.see("dit is de volgende halte").await?;
    sem.see("hier uitstappen").await?;
    go_along(&sem, &[("Volgende halte: Schiekade", "Halte geweest")]).await?;
    sem.see("Volgende halte: Weena").await?;
    sem.tap("Terug").await?;
    go_along(&sem, &[("Volgende halte: Schiekade", "Halte geweest")]).await?;
    sem.see("Volgende halte: Weena").await?;

    goes_wrong(stage, &sem).await?;
    stage.step("the phone is put away, and opens at the same stop");
    sem.close().await?;
    sem.open("/").await?;
    sem.tap("Naar school").await?;
    sem.tap("Ga verder").await?;
    go_along(&sem, &TO_SCHOOL).await?;
    arrives(stage, &sem, &karin).await
}

/// The worker keeps the bundle and its pictograms.
const KEPT: &str = "if (!(await caches.match('/way.html'))) return 'no page';
    const names = ['stop-bell', 'step-off', 'world-map', 'zebra-crossing', 'card-reader', 'school'];
    for (const name of names) if (!(await caches.match(`/pictograms/${name}.svg`))) return name;
    return 'all';";

/// Taps along these screens.
pub async fn go_along(sem: &Person, steps: &[(&str, &str)]) -> Step {
    for (says, button) in steps {
        sem.see(says).await?;
        // A finger does not tap what it has not seen yet.
        tokio::time::sleep(Duration::from_millis(400)).await;
        sem.tap(button).await?;
    }
    Ok(())
}

/// What to do is there, calling too, and the question card has the line and the stop.
async fn goes_wrong(stage: &Stage, sem: &Person) -> Step {
    stage.step("it goes wrong, and a passer-by is asked");
    sem.tap("Gaat mis").await?;
    sem.see("Wat gaat er mis?").await?;
    sem.tap("Verkeerde halte").await?;
    sem.see("Stap uit bij de volgende halte.").await?;
    let calls = "return all('main a').some((link) => link.href.startsWith('tel:') && called(link) === 'Bel Karin');";
    sem.when("Karin to be called", calls, vec![]).await?;
    sem.tap("Vraagkaart").await?;
    sem.see("Ik miste mijn halte. Hoe kom ik bij Centraal Station?").await?;
    sem.tap("Iets anders").await?;
    sem.tap("Waar stopt bus 32 naar Centraal Station?").await?;
    sem.see("Ik leer zelf reizen.").await?;
    sem.tap("Hulp").await?;
    sem.see("Bellen kan ook zonder internet.").await?;
    sem.tap("Terug").await?;
    sem.see("Hallo, mag ik u iets vragen?").await?;
    sem.tap("Ik weet het").await?;
    sem.see("Stap uit bij de volgende halte.").await?;
    sem.tap("Ga verder").await?;
    sem.see("Volgende halte: Weena").await
}

async fn arrives(stage: &mut Stage, sem: &Person, karin: &Person) -> Step {
    stage.step("Sem is there, takes it back once, and Karin sees it when there is a network");
    go_along(sem, &[("Je bent er: School.", "Ik ben er")]).await?;
    sem.see("Karin ziet het, zodra er internet is: om ").await?;
    sem.tap("Terug").await?;
    go_along(sem, &[("Tik op de knop.", "Ik ben er")]).await?;
    sem.see("Karin ziet het, zodra er internet is: om ").await?;
    sem.see("Bel Karin").await?;
    karin.see_no("Sem is er").await?;
    stage.server.start_again()?;
    sem.see("Karin kan het zien: om ").await?;
    karin.see("Sem is er: Naar school, om ").await?;
    let once = "return all('main .card.way p').length === 1;";
    karin.when("one arrival", once, vec![]).await?;
    sem.tap("Naar vandaag").await?;
    sem.see("Mijn boek").await?;
    sem.tap("Naar school").await?;
    sem.see("Ga op weg").await?;

    stage.step("a phone that left before all was kept says so, and does not end on a page of the browser");
    sem.tap("Terug").await?;
    sem.see("Mijn boek").await?;
    let forget =
        "for (const name of await caches.keys()) if (name.startsWith('opstap-shell-way-')) await caches.delete(name);
        return 'gone';";
    sem.when_promised("the bundle to be forgotten", forget, "gone").await?;
    stage.server.stop().await?;
    sem.go("/").await?;
    sem.tap("Naar school").await?;
    sem.see("Dit kan alleen met internet.").await
}

#[tokio::test]
async fn the_client_has_the_last_word_in_a_travel_training_and_those_who_helped_step_back_with_it() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "agrees", agrees).await;
}

async fn agrees(stage: &mut Stage) -> Step {
    let mut marloes = Holder::of(&stage.server, "Marloes", 74)?;
    let told = set_up(&mut marloes)?;
    let (sem, youssef) = (stage.person("Sem", Window::Phone), stage.person("Youssef", Window::Phone));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &youssef, "Naar school"))?;

    stage.step("after the first practice it is asked whether it clicks");
    sem.tap("Een vraag voor jou").await?;
    sem.see("Klikt het met Youssef?").await?;
    sem.tap("Ja, het klikt").await?;
    sem.see("Dank je wel.").await?;
    sem.tap("Naar vandaag").await?;
    sem.see("Mijn boek").await?;
    sem.see_no("Een vraag voor jou").await?;

    stage.step("Karin takes it on, and Sem agrees");
    told.hand_over(&mut marloes, &mut Holder::of(&stage.server, "Karin", 75)?)?;
    sem.tap("Een vraag voor jou").await?;
    sem.see("Karin wil jouw OV-coach zijn.").await?;
    sem.see("jouw reizen niet meer.").await?;
    sem.see("Terugdraaien kan tot en met morgen, bij “Wie mag wat zien?”.").await?;
    sem.tap("Ik ben het ermee eens").await?;
    sem.see("Je reist nu zelf.").await?;
    sent(&sem).await?;
    youssef.see("Je mag de reizen van Sem niet zien.").await?;

    stage.step("Sem leaves the screen, finds the way back, takes it back, and agrees again");
    sem.tap("Naar vandaag").await?;
    sem.see_no("Een vraag voor jou").await?;
    sem.tap("Over mij").await?;
    sem.tap("Wie mag wat zien?").await?;
    sem.tap("Toch niet zelf reizen").await?;
    sem.see("Je kan Karin altijd bellen.").await?;
    sem.tap("Toch niet").await?;
    sem.see("Mijn boek").await?;
    youssef.see("Oefening 1").await?;
    sem.tap("Een vraag voor jou").await?;
    sem.tap("Ik ben het ermee eens").await?;
    sem.see("Je kan Karin altijd bellen.").await?;
    youssef.see("Je mag de reizen van Sem niet zien.").await?;
    follow_up(stage, &sem, told).await
}

/// The answer, once it is on the server: the mark on the screen may still be that of what was sent before.
async fn answered(stage: &Stage) -> Step<FollowUpAnswer> {
    for device in 80..110 {
        let holder = Holder::of(&stage.server, "Sem", device)?;
        let mut answers = holder.held.records.iter().filter(|record| record.kind == Kind::FollowUpAnswer);
        if let Some(answer) = answers.next().and_then(FollowUpAnswer::from_record) {
            return Ok(answer);
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Err(Missed::new("no answer"))
}

async fn follow_up(stage: &mut Stage, sem: &Person, told: GoingAlone) -> Step {
    stage.step("a month later it is asked in pictures how it goes");
    told.follow_up(&mut Holder::of(&stage.server, "Marloes", 76)?)?;
    sem.go("/").await?;
    sem.tap("Een vraag voor jou").await?;
    sem.see("Reis je nog zo?").await?;
    sem.look_and_tap("Ja").await?;
    sem.see("Reis je ook andere routes?").await?;
    sem.tap("Terug").await?;
    sem.see("Reis je nog zo?").await?;
    sem.look_and_tap("Ja").await?;
    sem.look_and_tap("Nee").await?;
    sem.look_and_tap("Minder vaak").await?;
    sem.see("Waarom ga je nog met het busje?").await?;
    sem.look_and_tap("als ik moe ben").await?;
    sem.look_and_tap("Ga verder").await?;
    sem.see("Hoe helpt Karin jou nog?").await?;
    sem.look_and_tap("Ga verder").await?;
    sem.see("Wat vind je eng onderweg?").await?;
    sem.look_and_tap("het donker").await?;
    sem.write("Iets anders", "honden").await?;
    sem.look_and_tap("Klaar").await?;
    sem.see("Dank je wel.").await?;
    let answer = answered(stage).await?;
    let told = (answer.travels, answer.other_routes, answer.special, answer.fears.as_deref());
    let chosen = (answer.why_chosen, answer.coach_chosen, answer.fears_chosen);
    let says = (Some(true), Some(false), Some(SpecialTransport::LessOften), Some("honden"));
    if told != says || chosen != (InPictures::of([2]), None, InPictures::of([1])) {
        return Err(Missed::new(format!("the answer is {told:?}")));
    }
    sem.tap("Naar vandaag").await?;
    sem.see("Mijn boek").await?;
    sem.see_no("Een vraag voor jou").await
}
