//! How a training ends at the desk: led back from the handover and on again, closed, asked afterwards by telephone, and what is overdue; and
//! somebody from outside the area, who is referred.

use opstap_core::model::{delete, set};
use opstap_core::{Day, Kind, Millis};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::device::now;
use opstap_tests::holder::Holder;
use opstap_tests::training::{begin, person};
use serde_json::json;

use crate::cast::{pair, sent, waits};
use crate::together::choose;
use crate::training::{has, lead_on, stands_at};

/// Both said yes so many days ago: what is due after one month and after three is overdue, and what is due after six is not.
const DAYS_AGO: u64 = 100;

#[tokio::test]
async fn a_training_is_closed_and_asked_after_by_telephone() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "afterwards", tell).await;
}

#[tokio::test]
async fn who_lives_outside_the_area_is_referred() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "referred", tell_of_outside).await;
}

#[tokio::test]
async fn a_first_practice_of_months_ago_is_not_needed_again() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "long-ago", tell_of_long_ago).await;
}

/// More days than a device keeps practices.
const LONG_AGO: u64 = 105;

async fn tell_of_long_ago(stage: &mut Stage) -> Step {
    stage.step("the only practice was so long ago that Marloes' laptop does not hold it, and the training can go on");
    let missed = |cause| Missed::new(format!("it was not practised: {cause}"));
    begin(&stage.server, 61).map_err(missed)?;
    practised_long_ago(stage).map_err(missed)?;
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Reizen").await?;
    marloes.see("Er is nog niet geoefend.").await?;
    marloes.tap("Het traject").await?;
    stands_at(&marloes, "Oefenen").await?;
    marloes.see("Alles is er om verder te gaan.").await?;
    marloes.see_no("Een eerste oefening").await
}

/// One practice of months ago stands in the place of that of the demonstration.
fn practised_long_ago(stage: &Stage) -> std::io::Result<()> {
    let mut youssef = Holder::of(&stage.server, "Youssef", 62)?;
    let (route, before) = (youssef.route()?, Millis(now().0 - LONG_AGO * 86_400_000));
    youssef.practice(route, before)?;
    let of_now = youssef.held.records.iter().filter(|record| record.kind == Kind::Practice);
    let gone = of_now.map(|record| delete(record.id)).collect();
    youssef.write(now(), gone)
}

async fn tell(stage: &mut Stage) -> Step {
    let missed = |cause| Missed::new(format!("the training was not begun: {cause}"));
    begin(&stage.server, 61).map_err(missed)?;

    stage.step("Marloes leads it on to the handover, back to the koppeling with a reason, and on again");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Reizen").await?;
    marloes.tap("Het traject").await?;
    stands_at(&marloes, "Oefenen").await?;
    let page = marloes.place().await?;
    lead_on(&marloes, "Ga naar de overdracht").await?;
    stands_at(&marloes, "Overdracht").await?;
    marloes.tap("Ga terug").await?;
    choices(&marloes, "Terug naar", &["Intake", "Koppeling", "Oefenen"]).await?;
    choose(&marloes, "Terug naar", "Koppeling").await?;
    marloes.write("Waarom terug?", "Youssef verhuist.").await?;
    marloes.tap("Terug naar Koppeling").await?;
    stands_at(&marloes, "Koppeling").await?;
    marloes.see("“Youssef verhuist.”").await?;
    marloes.tap("Neem terug").await?;
    marloes.see("De laatste stap is teruggenomen.").await?;
    stands_at(&marloes, "Overdracht").await?;

    stage.step("it is closed once all points are clear and both said yes, each on the own phone");
    marloes.go(&format!("{page}/handover")).await?;
    points_are_clear(&marloes).await?;
    marloes.see("De OV-coach neemt het aan op de eigen telefoon").await?;
    both_say_yes(stage, [62, 63]).map_err(missed)?;
    marloes.see("Allebei zeiden ja. Rond het af.").await?;
    another_coach(stage, &marloes).await?;
    both_say_yes(stage, [64, 65]).map_err(missed)?;
    is_closed(stage, &marloes).await?;
    overdue(stage, &marloes).await?;
    led_back(stage, &marloes).await
}

/// A yes is to one OV-coach, and not to the next.
async fn another_coach(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("another OV-coach is asked anew, and the participant too");
    marloes.tap("Koppeling").await?;
    choose(marloes, "OV-coach", "nog niemand").await?;
    marloes.see("De OV-coach neemt het aan op de eigen telefoon").await?;
    choose(marloes, "OV-coach", "Karin").await?;
    marloes.tap("Overdracht").await?;
    marloes.see("Karin heeft het nog niet aangenomen.").await?;
    marloes.see("Sem heeft nog geen ja gezegd.").await?;
    sent(marloes).await
}

/// Until it is closed it stands in the list; with closing who practised leaves the circle.
async fn is_closed(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("what both said yes to stands in the list until it is closed");
    marloes.tap_with("Nazorg").await?;
    marloes.see("1 aan de beurt").await?;
    marloes.tap_with("nog af te ronden").await?;
    marloes.see("Allebei zeiden ja. Rond het af.").await?;
    marloes.see("Alles is er om verder te gaan.").await?;
    marloes.tap("Rond af").await?;
    marloes.see("Youssef gaat dan uit de kring, en ziet niets meer van Sem.").await?;
    marloes.tap("Ja, rond af").await?;
    stands_at(marloes, "Alleen op reis").await?;
    lead_on(marloes, "Ga naar de nazorg").await?;
    stands_at(marloes, "Nazorg").await?;
    sent(marloes).await?;
    let circle = Holder::of(&stage.server, "Marloes", 66).map_err(|cause| Missed::new(cause.to_string()))?;
    match person(&circle, "Youssef") {
        Ok(_) => Err(Missed::new("Youssef is still in the circle")),
        Err(_) => Ok(()),
    }
}

/// What was asked before stays, and nothing is asked any more of who practises again.
async fn led_back(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("it is led back to practising, and is handed over anew");
    marloes.tap_with("na 3 maanden").await?;
    marloes.tap("Ga terug").await?;
    choose(marloes, "Terug naar", "Oefenen").await?;
    marloes.see("Daarna is een nieuwe overdracht nodig.").await?;
    marloes.write("Waarom terug?", "Weer bang in de metro.").await?;
    marloes.tap("Terug naar Oefenen").await?;
    stands_at(marloes, "Oefenen").await?;
    marloes.tap("Overdracht").await?;
    marloes.see("Karin heeft het nog niet aangenomen.").await?;
    marloes.see("Sem heeft nog geen ja gezegd.").await?;
    marloes.tap_with("Nazorg").await?;
    marloes.see("0 aan de beurt").await?;
    sent(marloes).await
}

async fn overdue(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("what is overdue stands in the list, the longest waiting first");
    marloes.tap_with("Nazorg").await?;
    let (one, three) = (days_late(1), days_late(3));
    marloes.see("2 aan de beurt").await?;
    listed(marloes, &[("na 1 maand", one), ("na 3 maanden", three)]).await?;
    marloes.tap_with("na 1 maand").await?;
    marloes.see("na 12 maanden").await?;

    stage.step("she asks it by telephone, without a network");
    stage.server.stop().await?;
    marloes.tap("Vraag per telefoon").await?;
    answers(marloes, "Reist de route nog zelf?", "ja").await?;
    answers(marloes, "Ook andere routes?", "nee").await?;
    choose(marloes, "Bijzonder vervoer", "minder vaak").await?;
    marloes.write("Waarom bijzonder vervoer?", "Bij sneeuw.").await?;
    marloes.write("Wat is spannend?", "Een volle bus").await?;
    marloes.write("Wat doet de OV-coach?", "Karin belt elke vrijdag.").await?;
    marloes.tap("Bewaar").await?;
    marloes.see("Het antwoord is bewaard.").await?;
    waits(marloes, 1).await?;
    for told in ["per telefoon", "minder vaak", "Bij sneeuw.", "Een volle bus", "Karin belt elke vrijdag."] {
        marloes.see(told).await?;
    }

    stage.step("she corrects it, and it is not due any more");
    marloes.tap("Verbeter").await?;
    has(marloes, "Waarom bijzonder vervoer?", "Bij sneeuw.").await?;
    answers(marloes, "Ook andere routes?", "ja").await?;
    marloes.write("Wat is spannend?", "Niets meer").await?;
    marloes.tap("Bewaar").await?;
    marloes.see("Niets meer").await?;
    marloes.see_no("Een volle bus").await?;
    stage.server.start_again()?;
    sent(marloes).await?;
    marloes.tap_with("Nazorg").await?;
    marloes.see("1 aan de beurt").await?;
    listed(marloes, &[("na 3 maanden", days_late(3))]).await
}

/// How many days ago it was due.
fn days_late(months: u32) -> u32 {
    let completed = Day::of(Millis(now().0 - DAYS_AGO * 86_400_000));
    Day::of(now()).0 - completed.after_months(months).0
}

/// Karin and Sem say it themselves, some time ago, each on a device of their own.
fn both_say_yes(stage: &Stage, [karins, sems]: [u64; 2]) -> std::io::Result<()> {
    let at = Millis(now().0 - DAYS_AGO * 86_400_000);
    for (name, cell, device) in [("Karin", "accepted", karins), ("Sem", "agreed", sems)] {
        let mut holder = Holder::of(&stage.server, name, device)?;
        let handover = holder.held.records.iter().find(|record| record.kind == Kind::Handover).map(|record| record.id);
        let handover = handover.ok_or_else(|| std::io::Error::other("no handover"))?;
        holder.write(now(), vec![set(handover, cell, at)])?;
    }
    Ok(())
}

/// Turns on what is not clear yet.
async fn points_are_clear(person: &Person) -> Step {
    let script =
        "const open = all('.points [role=checkbox]').find((one) => one.getAttribute('aria-checked') !== 'true');
        open?.click();
        return all('.points [role=checkbox]').length > 0 && open === undefined;";
    person.when("all points to be clear", script, vec![]).await
}

/// A list to choose from has these.
async fn choices(person: &Person, label: &str, expected: &[&str]) -> Step {
    let script = "const chosen = all('label.field').find((one) => called(one.querySelector('span')) === arguments[0]);
        const named = [...(chosen?.querySelectorAll('option') ?? [])].map((one) => tidy(one.textContent));
        return JSON.stringify(named) === JSON.stringify(arguments[1]);";
    person.when(&format!("{expected:?} under “{label}”"), script, vec![json!(label), json!(expected)]).await
}

/// Answers one of the questions with yes and no.
async fn answers(person: &Person, question: &str, answer: &str) -> Step {
    let script = "const group = all('[role=radiogroup]').find((one) => called(one) === arguments[0]);
        const choice = [...(group?.children ?? [])].find((one) => called(one) === arguments[1]);
        choice?.click();
        return choice?.getAttribute('aria-checked') === 'true';";
    person.when(&format!("“{answer}” to “{question}”"), script, vec![json!(question), json!(answer)]).await
}

/// The enquiries that are due, in this order, each so many days late.
async fn listed(person: &Person, expected: &[(&str, u32)]) -> Step {
    let expected: Vec<String> =
        expected.iter().map(|(after, days)| format!("Sem {after} {days} dagen te laat")).collect();
    let script = "const rows = all('ul.clients li').map((row) => tidy(row.innerText.replaceAll('\\n', ' ')));
        return rows.length === arguments[0].length && rows.every((row, at) => row.endsWith(arguments[0][at]));";
    person.when(&format!("the list {expected:?}"), script, vec![json!(expected)]).await
}

async fn tell_of_outside(stage: &mut Stage) -> Step {
    stage.step("Fatma says which municipality the programme serves, and Sem turns out to live elsewhere");
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    fatma.go("/desk/programme/setup").await?;
    fatma.write("Gemeenten in het gebied", "Rotterdam").await?;
    fatma.leave_field().await?;
    sent(&fatma).await?;
    fatma.go("/desk/clients").await?;
    fatma.tap_with("Sem").await?;
    fatma.tap("Reizen").await?;
    fatma.tap("Begin een traject").await?;
    fatma.see("Er is nog geen traject.").await?;
    fatma.tap("Begin een traject").await?;
    fatma.tap("school").await?;
    fatma.see("Aangemeld op").await?;
    fatma.write("Gemeente", "rotterdam").await?;
    fatma.leave_field().await?;
    fatma.see("Alles is er om verder te gaan.").await?;
    fatma.see_no("buiten het gebied").await?;
    fatma.write("Gemeente", "Gouda").await?;
    fatma.leave_field().await?;
    fatma.see("Deze gemeente ligt buiten het gebied. Verwijs door.").await?;

    stage.step("he is referred, which ends it, and that can be taken back");
    fatma.tap("Verwezen").await?;
    fatma.see("Buiten het gebied: verwezen").await?;
    fatma.write("Waarheen verwezen?", "De sociaal raadslieden in Gouda").await?;
    fatma.tap("Verwezen").await?;
    fatma.see("Buiten het gebied, verwezen").await?;
    fatma.see("De sociaal raadslieden in Gouda").await?;
    fatma.see_no("Nog nodig").await?;
    fatma.see_no("Verwijs door.").await?;
    sent(&fatma).await?;
    fatma.tap("Neem terug").await?;
    fatma.see("Nog nodig").await?;
    fatma.see("Deze gemeente ligt buiten het gebied. Verwijs door.").await?;

    stage.step("a training that was begun in his circle stands in the programme, and once");
    fatma.tap("Programma").await?;
    let once = "const rows = all('[data-registration]').filter((one) => called(one).startsWith('Sem'));
        return rows.length === 1 && called(rows[0]).includes('wacht op een vrijwilliger');";
    fatma.when("one row for Sem", once, vec![]).await?;
    fatma.tap("Koppel").await?;
    fatma.see("Wie past bij Sem").await
}
