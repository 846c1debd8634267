//! The adventure plan: what is asked and what to mind, and the route in parts, there and back, with what is learned on it.

use opstap_tests::browser::{Person, Stage, Step};
use serde_json::json;

use super::{People, ROUTE, opens_training};
use crate::cast::sent;
use crate::together::choose;
use crate::training::{has, lead_on, stands_at};

/// Fatma writes it, and the route comes on the phones.
pub async fn make_the_plan(stage: &mut Stage, people: &People) -> Step {
    let People { fatma, jordi, lies, rina } = people;
    stage.step("what Jordi and his mother ask stands in the adventure plan");
    opens_training(fatma, "Avonturenplan").await?;
    for (field, words) in [
        ("Wat vraagt de deelnemer?", "Zelf naar De Schakel, zonder busje."),
        ("Wat vraagt de ouder of begeleider?", "Dat hij weet wat hij doet als de bus niet komt."),
        ("Let op", "Drukte in de spits."),
        ("Gegevens voor onderweg", "Jordi draagt een bril. Lies herkent hij aan haar rode jas."),
    ] {
        fatma.write(field, words).await?;
    }
    fatma.leave_field().await?;

    stage.step("the route is made in parts, with its stops and goals");
    fatma.tap("Maak een route").await?;
    fatma.see("Deze route heeft nog geen stukken.").await?;
    fatma.write("Naam van de route", ROUTE).await?;
    part(fatma, "Loop naar de halte", &["Steek over bij het zebrapad"]).await?;
    fatma.write("Van", "Thuis").await?;
    fatma.write("Naar", "Kleiweg").await?;
    part(fatma, "Neem bus 35", &["Check in", "Druk op tijd op stop"]).await?;
    choose(fatma, "Hoe", "bus").await?;
    for (field, words) in [("Lijn", "35"), ("Richting", "Centrum"), ("Naar", "Eendrachtsplein")] {
        fatma.write(field, words).await?;
    }
    for stop in ["Walenburg", "Weena"] {
        fatma.write("Nieuwe halte", stop).await?;
        fatma.tap("Halte erbij").await?;
    }
    part(fatma, "Loop naar De Schakel", &["Zoek de ingang"]).await?;
    fatma.write("Naar", "De Schakel").await?;
    fatma.leave_field().await?;
    has(fatma, "Van", "Eendrachtsplein").await?;
    sent(fatma).await?;

    stage.step("the way back is made of it, and practice begins");
    fatma.tap("Maak de terugweg").await?;
    has(fatma, "Naam van de route", "Terug: Naar De Schakel").await?;
    sent(fatma).await?;
    opens_training(fatma, "Avonturenplan").await?;
    let both = "const ways = all('.ways > section');
        return ways.length === 2 && ways.every((way) => called(way).includes('Druk op tijd op stop'));";
    fatma.when("both ways in the plan", both, vec![]).await?;
    fatma.see("Alles is er om verder te gaan.").await?;
    lead_on(fatma, "Ga naar oefenen").await?;
    stands_at(fatma, "Oefenen").await?;
    sent(fatma).await?;
    tokio::try_join!(jordi.see(ROUTE), lies.see(ROUTE), rina.see(ROUTE), lies.see("Nu: oefenen")).map(drop)
}

/// One more part, which is then open, with its goals.
async fn part(fatma: &Person, title: &str, goals: &[&str]) -> Step {
    fatma.write("Nieuw stuk", title).await?;
    fatma.tap("Stuk erbij").await?;
    for (number, goal) in goals.iter().enumerate() {
        fatma.write("Nieuw leerdoel", goal).await?;
        fatma.tap("Leerdoel erbij").await?;
        has(fatma, &format!("Leerdoel {}", number + 1), goal).await?;
    }
    let last =
        "return all('.part-row .part-words input').at(-1)?.value === arguments[0] && all('.part-more').length === 1;";
    fatma.when(&format!("“{title}” to be open"), last, vec![json!(title)]).await
}
