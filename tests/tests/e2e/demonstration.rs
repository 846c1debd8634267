//! The demonstration tells travel training: at their first opening everybody finds something of it that is real. One training is half way, one
//! person travels alone and is to be asked how it goes, and one registration is a row alone.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};
use crate::training::stands_at;

#[tokio::test]
async fn the_demonstration_shows_everybody_something_of_travel_training() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools.told_whole(), "demonstration", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("on the phones: the route there and back, the report, and what is asked");
    let phones = ["Sem", "Karin", "Youssef", "Nadia"].map(|name| stage.person(name, Window::Phone));
    let [sem, karin, youssef, nadia] = &phones;
    tokio::try_join!(
        pair(stage, sem, "Mijn boek"),
        pair(stage, karin, "Naar school"),
        pair(stage, youssef, "Naar school"),
        pair(stage, nadia, "Mijn boek"),
    )?;
    tokio::try_join!(for_sem(sem), for_karin(karin), for_youssef(youssef), for_nadia(nadia))?;
    for person in &phones {
        person.close().await?;
    }

    stage.step("at the desk: the training, who waits, who is to be asked, and the figures");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Reizen").await?;
    stands_at(&marloes, "Oefenen").await?;
    marloes.see("4 oefeningen").await?;
    marloes.close().await?;
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    at_the_desk(&fatma).await
}

async fn for_sem(sem: &Person) -> Step {
    sem.see_no("Een vraag voor jou").await?;
    sem.tap_with("Naar school").await?;
    sem.see("Terug: Naar school").await?;
    sem.tap("De route").await?;
    sem.see("Neem metro D").await
}

async fn for_karin(karin: &Person) -> Step {
    karin.see("Nu: oefenen").await?;
    karin.tap_with("Verslag van oefening 3").await?;
    karin.see("Wat doet hij als de metro helemaal vol is?").await?;
    karin.see("Dan wacht hij op de volgende.").await
}

async fn for_youssef(youssef: &Person) -> Step {
    youssef.see_no("Klikt het met Sem?").await?;
    youssef.tap_with("Schrijf het verslag van oefening 4").await?;
    youssef.see("We oefenden 1 uur op de hele route").await?;
    youssef.see("Ook geoefend: omleiding. Metro D reed niet. Sem vond zelf bus 70.").await
}

async fn for_nadia(nadia: &Person) -> Step {
    nadia.tap("Een vraag voor jou").await?;
    nadia.see("Reis je nog zo?").await
}

async fn at_the_desk(fatma: &Person) -> Step {
    fatma.tap_with("Sem").await?;
    fatma.tap("Reizen").await?;
    fatma.tap("Het traject").await?;
    fatma.tap("Avonturenplan").await?;
    let minds = "return field('Let op')?.value.startsWith('Drukte in de spits.');";
    fatma.when("what to mind", minds, vec![]).await?;
    let both =
        "return all('.ways > section').filter((way) => called(way).includes('Druk op tijd op stop')).length === 2;";
    fatma.when("both ways", both, vec![]).await?;
    fatma.tap("Programma").await?;
    fatma.tap("Alles").await?;
    for (who, stands) in [("Sem", "oefent"), ("Nadia", "reist alleen"), ("Aanmelding van", "wacht op een vrijwilliger")]
    {
        let row = "return all('tr').some((one) => called(one).startsWith(arguments[0]) && called(one).includes(arguments[1]));";
        fatma.when(&format!("{who} in the programme"), row, vec![json!(who), json!(stands)]).await?;
    }
    fatma.tap("Wie past er?").await?;
    let first = "return all('[data-volunteer]')[0]?.textContent.includes('Els') ?? false;";
    fatma.when("Els first", first, vec![]).await?;
    fatma.tap("Programma").await?;
    fatma.tap("Cijfers").await?;
    fatma.see("In het kort").await?;
    sent(fatma).await?;
    fatma.tap_with("Nazorg").await?;
    fatma.tap_with("Nadia").await?;
    fatma.see("te laat").await?;
    stands_at(fatma, "Alleen op reis").await
}
