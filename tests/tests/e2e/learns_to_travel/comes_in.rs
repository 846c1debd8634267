//! How everybody comes in: a registration opens the circle of the participant, who is spoken with and matched; each gets a card and types
//! what stands on it; and the participant says who may see what.

use std::sync::Arc;

use opstap_tests::browser::{Person, Stage, Step, Window};
use serde_json::json;

use super::{day_after, opens, opens_training};
use crate::cast::sent;
use crate::programme::{can, volunteer};
use crate::together::choose;
use crate::training::{choose_day, has, judge, lead_on, stands_at};

const WISH: &str = "Zelf naar De Schakel, zonder busje.";

/// Fatma registers Jordi, who comes in with the card that she makes.
pub async fn is_registered(stage: &mut Stage, fatma: &Person) -> Step<Arc<Person>> {
    stage.step("Fatma says where the programme works, and writes two volunteers down");
    fatma.tap("Programma").await?;
    fatma.tap("Instellen").await?;
    fatma.write("Gemeenten in het gebied", "Rotterdam").await?;
    fatma.leave_field().await?;
    fatma.tap("Vrijwilligers").await?;
    volunteer(fatma, "Lies", "Ommoord", &["maandag ochtend", "woensdag middag"], &["openbaar vervoer"]).await?;
    volunteer(fatma, "Piet", "Zuid", &["maandag ochtend"], &["fiets"]).await?;

    stage.step("a registration opens a circle for Jordi");
    fatma.tap("Aanmeldingen").await?;
    fatma.tap("Nieuwe aanmelding").await?;
    for (field, words) in [("Voornaam", "Jordi"), ("Gemeente", "Rotterdam"), ("Wijk", "Ommoord")] {
        fatma.write(field, words).await?;
    }
    choose(fatma, "Via", "school").await?;
    choose(fatma, "Vervoer nu", "leerlingenvervoer").await?;
    choose(fatma, "Hoe", "openbaar vervoer").await?;
    fatma.tap("Meld aan").await?;
    fatma.see("Begin de intake").await?;

    stage.step("Jordi types what stands on his card, and lets Fatma see how he travels");
    let jordi = comes_with_a_card(stage, fatma, "Jordi", "Mijn boek").await?;
    lets_see(&jordi, "Fatma", &["onderweg"]).await?;
    Ok(jordi)
}

/// Fatma makes a card for somebody of the circle, who types the address and the code on it.
async fn comes_with_a_card(stage: &mut Stage, fatma: &Person, name: &str, first_words: &str) -> Step<Arc<Person>> {
    opens(fatma, "Overzicht").await?;
    // What stands above the button comes a moment later, and moves it.
    fatma.when("what she may see", "return all('[data-section]').length === 5;", vec![]).await?;
    fatma.tap("Aanmeldkaart").await?;
    fatma.tap(name).await?;
    fatma.see(&format!("Opstap voor {name}")).await?;
    let card = "return [all('.pairing').map(called).join().match(/http[^ ]+/)[0], called(all('.pairing .code')[0])];";
    let card = fatma.read(card, vec![]).await?;
    let on_it = |at: usize| card.get(at).and_then(|words| words.as_str()).unwrap_or_default().to_owned();
    let person = stage.person(name, Window::Phone);
    person.open(&on_it(0)).await?;
    person.see("Zet Opstap aan op dit toestel").await?;
    person.write("Code", &on_it(1)).await?;
    person.tap("Zet aan").await?;
    person.see(first_words).await?;
    sent(&person).await?;
    Ok(person)
}

/// The participant lets somebody see these.
async fn lets_see(jordi: &Person, name: &str, what: &[&str]) -> Step {
    jordi.tap("Over mij").await?;
    jordi.tap("Wie mag wat zien?").await?;
    jordi.tap(name).await?;
    jordi.see(&format!("{name} mag zien:")).await?;
    for section in what {
        jordi.tap(section).await?;
        jordi.see(&format!("{name} mag zien: {section}.")).await?;
    }
    sent(jordi).await?;
    jordi.tap("Terug").await?;
    jordi.see("Wie mag wat zien?").await?;
    jordi.tap("Terug").await?;
    jordi.see("Mijn boek").await
}

/// The intake: half of it, the other half after she was called away.
pub async fn is_spoken_with(stage: &mut Stage, fatma: &Person) -> Step {
    stage.step("the intake is left half done");
    opens_training(fatma, "Intake").await?;
    stands_at(fatma, "Aanmelding").await?;
    lead_on(fatma, "Ga naar de intake").await?;
    stands_at(fatma, "Intake").await?;
    fatma.tap("Begin de intake").await?;
    fatma.write("Wat wil de deelnemer, en waarom?", WISH).await?;
    fatma.leave_field().await?;
    sent(fatma).await?;

    stage.step("it stands as it was left, and is finished");
    opens_training(fatma, "Intake").await?;
    has(fatma, "Wat wil de deelnemer, en waarom?", WISH).await?;
    for (field, words) in [
        ("Wat kan de deelnemer al?", "Jordi kent de weg naar de halte."),
        ("Hoe zien de ouders het?", "Rina wil het graag, en vindt de spits spannend."),
    ] {
        fatma.write(field, words).await?;
    }
    fatma.leave_field().await?;
    choose_day(fatma, "Ouders kregen informatie op", &day_after(0)).await?;
    can(fatma, &["maandag ochtend", "woensdag middag"]).await?;
    judge(fatma, "ja").await?;
    fatma.see("Alles is er om verder te gaan.").await?;
    fatma.tap("Ga naar de koppeling").await?;
    fatma.write("Jouw tijd voor “Intake”, in minuten", "90").await?;
    fatma.tap("Ga verder").await?;
    stands_at(fatma, "Koppeling").await?;
    sent(fatma).await
}

/// Lies is suggested and matched, Rina joins; both come in, and all meet.
pub async fn is_matched(stage: &mut Stage, fatma: &Person, jordi: &Person) -> Step<(Arc<Person>, Arc<Person>)> {
    stage.step("the volunteers come with reasons, and Lies is chosen");
    fatma.tap("Programma").await?;
    let matching = "const row = all('tr').find((one) => called(one).startsWith('Jordi'));
        const button = [...(row?.querySelectorAll('a, button') ?? [])].find((one) => called(one) === 'Koppel');
        button?.click();
        return button !== undefined;";
    fatma.when("the way to match Jordi", matching, vec![]).await?;
    fatma.see("Wie past bij Jordi").await?;
    let first = "const one = all('[data-volunteer]')[0];
        return arguments[0].every((words) => one !== undefined && called(one).includes(words));";
    let reasons = ["Lies", "2 dagdelen waarop allebei kunnen", "dezelfde wijk", "scholing hiervoor gedaan", "VOG tot"];
    fatma.when("Lies first, and why", first, vec![json!(reasons)]).await?;
    fatma.tap("Koppel Lies").await?;
    fatma.see("Lies is gekoppeld.").await?;

    stage.step("his mother joins the circle, and both come in with a card");
    opens_training(fatma, "Koppeling").await?;
    fatma.tap("Iemand erbij in de kring").await?;
    fatma.write("Voornaam", "Rina").await?;
    choose(fatma, "Wie is het?", "ouder of mantelzorger").await?;
    fatma.write("Telefoon", "+31 6 0000 0021").await?;
    fatma.tap("Zet erbij").await?;
    fatma.see("Rina hoort nu bij de kring.").await?;
    let closed = "Je mag de reizen van Jordi niet zien.";
    let rina = comes_with_a_card(stage, fatma, "Rina", closed).await?;
    let lies = comes_with_a_card(stage, fatma, "Lies", closed).await?;

    stage.step("Jordi lets them see how he travels, and their phones follow");
    lets_see(jordi, "Rina", &["onderweg", "berichten"]).await?;
    lets_see(jordi, "Lies", &["onderweg"]).await?;
    tokio::try_join!(rina.see("Nu: een vrijwilliger vinden"), lies.see("Nu: een vrijwilliger vinden"))?;

    stage.step("all meet, and goals and approach are set down");
    opens_training(fatma, "Koppeling").await?;
    choose(fatma, "OV-coach", "Rina").await?;
    choose_day(fatma, "Kennismaking op", &day_after(0)).await?;
    for (field, words) in [
        ("Wie waren erbij?", "Jordi, Rina, Lies en Fatma"),
        ("Doelen", "De route naar De Schakel zelf reizen."),
        ("Aanpak", "Elke maandag oefenen. Na elke oefening een verslag."),
    ] {
        fatma.write(field, words).await?;
    }
    fatma.leave_field().await?;
    sent(fatma).await?;
    Ok((lies, rina))
}
