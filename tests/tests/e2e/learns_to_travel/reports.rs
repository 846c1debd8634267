//! The first report goes round: changed by the volunteer, asked about by the mother, answered by the coordinator, and each sees who read it.

use opstap_tests::browser::{Stage, Step};

use super::People;
use super::opens;
use super::practises::{HARD, it_clicks};
use crate::cast::sent;
use crate::feedback::said;

const ADDED: &str = "Jordi was trots. Dat mag hij zijn.";
const QUESTION: &str = "Wat doet hij als de bus weer omrijdt?";
const ANSWER: &str = "Dat oefenen we de volgende keer.";

/// It is written without a network, and read when there is one.
pub async fn go_round(stage: &mut Stage, people: &People) -> Step {
    let People { fatma, lies, rina, .. } = people;
    stage.step("the report stands there from her taps; Lies changes it and sends it, without a network");
    for words in [
        "We oefenden 1 uur op de hele route “Naar De Schakel”, met bus 35.",
        "Dit was de eerste oefening.",
        "Ook geoefend: de weg vragen. Jordi liet zijn vraagkaart zien.",
        HARD,
        "Jordi vond het goed.",
        "Groet, Lies",
    ] {
        lies.see(words).await?;
    }
    lies.tap("Pas aan").await?;
    lies.write("Jouw tekst", ADDED).await?;
    lies.tap("Stuur het verslag").await?;
    lies.see("Het verslag is bewaard.").await?;
    lies.see("nog door niemand gelezen").await?;
    it_clicks(stage, people).await?;

    stage.step("Rina reads it and asks, Fatma answers, and Lies sees who read it");
    rina.see("Nieuwste verslag").await?;
    rina.tap_with("Verslag van oefening 1").await?;
    rina.see(ADDED).await?;
    rina.write("Schrijf terug of vraag iets", QUESTION).await?;
    rina.tap("Stuur").await?;
    said(rina, QUESTION).await?;
    sent(rina).await?;
    opens(fatma, "Reizen").await?;
    fatma.see(ADDED).await?;
    fatma.see(QUESTION).await?;
    fatma.see("gelezen door Rina").await?;
    fatma.write("Schrijf terug of vraag iets", ANSWER).await?;
    fatma.tap("Stuur").await?;
    said(fatma, ANSWER).await?;
    sent(fatma).await?;
    rina.see(ANSWER).await?;
    rina.tap("Terug").await?;
    lies.see("gelezen door Rina en Fatma").await
}
