//! The course of a training at the desk: begun, the intake left half done and finished later, led on and back, stopped and going on again.

use std::sync::Arc;

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};
use crate::together::choose;

#[tokio::test]
async fn a_training_is_begun_led_on_and_back_and_stopping_can_be_taken_back() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "training", tell).await;
}

#[tokio::test]
async fn a_route_is_made_in_the_adventure_plan_with_its_way_back() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "training-route", tell_of_a_route).await;
}

/// Marloes begins a training for Sem; gives her and its address.
pub async fn begun(stage: &mut Stage) -> Step<(Arc<Person>, String)> {
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Reizen").await?;
    marloes.tap("Begin een traject").await?;
    marloes.see("Er is nog geen traject.").await?;
    marloes.tap("Begin een traject").await?;
    marloes.see("Via wie is de aanmelding?").await?;
    marloes.tap("school").await?;
    marloes.see("Aangemeld op").await?;
    let page = marloes.place().await?;
    Ok((marloes, page))
}

async fn tell_of_a_route(stage: &mut Stage) -> Step {
    stage.step("a route is made in the adventure plan, with a stop and a goal");
    let (marloes, page) = begun(stage).await?;
    let plan = format!("{page}/plan");
    marloes.go(&plan).await?;
    marloes.see("Heenweg").await?;
    marloes.tap("Maak een route").await?;
    marloes.see("Deze route heeft nog geen stukken.").await?;
    for (field, words) in [("Naam van de route", "Naar De Schakel"), ("Nieuw stuk", "Neem tram 4")] {
        marloes.write(field, words).await?;
    }
    marloes.tap("Stuk erbij").await?;
    choose(&marloes, "Hoe", "tram").await?;
    for (field, words) in [("Lijn", "4"), ("Van", "Kleiweg"), ("Naar", "Eendrachtsplein")] {
        marloes.write(field, words).await?;
    }
    marloes.write("Nieuwe halte", "Walenburg").await?;
    marloes.tap("Halte erbij").await?;
    marloes.write("Nieuw leerdoel", "Druk op tijd op stop").await?;
    marloes.tap("Leerdoel erbij").await?;
    has(&marloes, "Leerdoel 1", "Druk op tijd op stop").await?;
    choose(&marloes, "Het lukt na", "2 keer achter elkaar zelf").await?;
    marloes.write("Nieuw stuk", "Loop naar De Schakel").await?;
    marloes.tap("Stuk erbij").await?;
    parts_are(&marloes, &["Neem tram 4", "Loop naar De Schakel"]).await?;

    stage.step("its parts change places, and one that is removed comes back");
    marloes.tap("Stuk 2 omhoog").await?;
    parts_are(&marloes, &["Loop naar De Schakel", "Neem tram 4"]).await?;
    marloes.tap("Stuk 1 omlaag").await?;
    parts_are(&marloes, &["Neem tram 4", "Loop naar De Schakel"]).await?;
    marloes.tap("Stuk 1 weghalen").await?;
    marloes.see("Het stuk is weggehaald.").await?;
    marloes.tap("Ongedaan maken").await?;
    parts_are(&marloes, &["Neem tram 4", "Loop naar De Schakel"]).await?;

    stage.step("the way back is made of it, and both stand in the plan");
    marloes.tap("Maak de terugweg").await?;
    has(&marloes, "Naam van de route", "Terug: Naar De Schakel").await?;
    parts_are(&marloes, &["Loop naar De Schakel", "Neem tram 4"]).await?;
    marloes.tap("Meer van stuk 2").await?;
    for (field, words) in [("Lijn", "4"), ("Van", "Eendrachtsplein"), ("Naar", "Kleiweg"), ("Halte 1", "Walenburg")] {
        has(&marloes, field, words).await?;
    }
    sent(&marloes).await?;
    marloes.go(&plan).await?;
    let both = "const ways = all('.ways > section');
        return ways.length === 2 && ways.every((way) => called(way).includes('Druk op tijd op stop 2 keer achter elkaar zelf'));";
    marloes.when("both ways in the plan", both, vec![]).await
}

/// The parts in the route editor, in this order.
async fn parts_are(person: &Person, titles: &[&str]) -> Step {
    let script = "const shown = all('.part-row .part-words input').map((field) => field.value);
        return JSON.stringify(shown) === JSON.stringify(arguments[0]);";
    person.when(&format!("the parts {titles:?}"), script, vec![json!(titles)]).await
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes begins a training for Sem");
    let (marloes, page) = begun(stage).await?;
    stands_at(&marloes, "Aanmelding").await?;
    marloes.see("De gemeente").await?;

    stage.step("the intake begins once it is known where he lives, and is left half done");
    marloes.write("Gemeente", "Rotterdam").await?;
    marloes.leave_field().await?;
    marloes.see("Alles is er om verder te gaan.").await?;
    lead_on(&marloes, "Ga naar de intake").await?;
    stands_at(&marloes, "Intake").await?;
    marloes.tap("Begin de intake").await?;
    marloes.write("Wat wil de deelnemer, en waarom?", "Zelf naar De Schakel, zonder busje.").await?;
    marloes.leave_field().await?;
    marloes.tap("maandag ochtend").await?;
    let can = "return find('button', 'maandag ochtend', true)?.getAttribute('aria-pressed') === 'true';";
    marloes.when("Monday morning to be pressed", can, vec![]).await?;
    sent(&marloes).await?;

    stage.step("after a reload it is as it was left, and is finished");
    marloes.go(&page).await?;
    has(&marloes, "Gemeente", "Rotterdam").await?;
    has(&marloes, "Wat wil de deelnemer, en waarom?", "Zelf naar De Schakel, zonder busje.").await?;
    marloes.when("Monday morning to be pressed", can, vec![]).await?;
    choose(&marloes, "Leert reizen met", "openbaar vervoer").await?;
    choose_day(&marloes, "Ouders kregen informatie op", "2026-11-20").await?;
    judge(&marloes, "later").await?;
    marloes.see("Schrijf eerst bij de intake waarom niet, of pas later.").await?;
    marloes.write("Waarom niet, of pas later?", "Eerst herstellen.").await?;
    marloes.leave_field().await?;
    marloes.see_no("Schrijf eerst bij de intake").await?;
    marloes.see("Dat het leerbaar is").await?;
    judge(&marloes, "ja").await?;
    marloes.see("Alles is er om verder te gaan.").await?;

    led_and_stopped(stage, &marloes, &page).await
}

async fn led_and_stopped(stage: &mut Stage, marloes: &Person, page: &str) -> Step {
    stage.step("it is led on to matching, and back with the reason");
    lead_on(marloes, "Ga naar de koppeling").await?;
    stands_at(marloes, "Koppeling").await?;
    marloes.see("De dag van de kennismaking").await?;
    marloes.tap("Ga terug").await?;
    let waits = "return !find('button', 'Terug naar Intake', true);";
    marloes.when("going back to wait for a reason", waits, vec![]).await?;
    marloes.write("Waarom terug?", "De ouders willen nog eens praten.").await?;
    marloes.tap("Terug naar Intake").await?;
    stands_at(marloes, "Intake").await?;
    marloes.see("De ouders willen nog eens praten.").await?;
    sent(marloes).await?;

    stage.step("it stops for two reasons, and that is taken back");
    marloes.tap("Stop het traject").await?;
    marloes.see("Waarom stopt het traject?").await?;
    marloes.tap("gezondheid").await?;
    marloes.tap("geen vrijwilliger").await?;
    marloes.write("Toelichting", "Over een half jaar opnieuw.").await?;
    marloes.tap("Stop het traject").await?;
    marloes.see("Teruggetrokken voor het oefenen").await?;
    sent(marloes).await?;
    marloes.go(page).await?;
    for words in ["gezondheid", "geen vrijwilliger", "Over een half jaar opnieuw."] {
        marloes.see(words).await?;
    }
    marloes.see_no("Nog nodig").await?;
    marloes.tap("Neem terug").await?;
    marloes.see("Nog nodig").await?;
    marloes.see_no("Over een half jaar opnieuw.").await?;
    sent(marloes).await?;
    marloes.go(page).await?;
    stands_at(marloes, "Intake").await
}

/// Answers the question with which it is led on.
pub async fn lead_on(person: &Person, button: &str) -> Step {
    person.tap(button).await?;
    person.tap(if button == "Rond af" { "Ja, rond af" } else { "Ga verder" }).await
}

/// The line says where it stands.
pub async fn stands_at(person: &Person, stage: &str) -> Step {
    let script = "return all('.course-line [aria-current=step] b').map(called).join() === arguments[0];";
    person.when(&format!("the training to stand at “{stage}”"), script, vec![json!(stage)]).await
}

/// A field holds these words.
pub async fn has(person: &Person, label: &str, words: &str) -> Step {
    let script = "return field(arguments[0])?.value === arguments[1];";
    person.when(&format!("“{words}” in “{label}”"), script, vec![json!(label), json!(words)]).await
}

/// Chooses a day, whatever the order of its parts in this browser.
pub async fn choose_day(person: &Person, label: &str, day: &str) -> Step {
    let script = "const found = field(arguments[0]);
        if (!found) return false;
        found.value = arguments[1];
        found.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    person.when(&format!("a day for “{label}”"), script, vec![json!(label), json!(day)]).await
}

/// Says whether it can be learned.
pub async fn judge(person: &Person, answer: &str) -> Step {
    let script = "const group = all('[role=radiogroup]').find((one) => called(one) === 'Leerbaar?');
        const choice = [...(group?.children ?? [])].find((one) => called(one) === arguments[0]);
        choice?.click();
        return choice?.getAttribute('aria-checked') === 'true';";
    person.when(&format!("“{answer}” to be chosen"), script, vec![json!(answer)]).await
}
