//! The handover: a day and a list, taken on by the mother and agreed to by the participant, each on their own phone. With his word those who
//! helped see his journeys no longer; then he travels alone.

use opstap_tests::browser::{Stage, Step};
use serde_json::json;

use super::practises::goes_all_the_way;
use super::{People, ROUTE, day_after, opens, opens_training};
use crate::cast::{sent, waits};
use crate::training::{lead_on, stands_at};

/// What his mother fills in.
const POINTS: [(&str, &str); 3] = [
    ("De ov-pas is opgeladen", "Elke eerste zondag."),
    ("Wat te doen bij een storing", "Dan bus 33. Samen geoefend."),
    ("De volgende route", "Naar oma in Schiedam."),
];

/// From planning it to the moment at which the others step back.
pub async fn is_handed_over(stage: &mut Stage, people: &People) -> Step {
    let People { fatma, jordi, lies, rina } = people;
    stage.step("Fatma plans the handover, with points from the adventure plan");
    opens_training(fatma, "Overdracht").await?;
    lead_on(fatma, "Ga naar de overdracht").await?;
    stands_at(fatma, "Overdracht").await?;
    crate::training::choose_day(fatma, "Dag van de overdracht", &day_after(7)).await?;
    fatma.tap("Plan de overdracht").await?;
    fatma.see("Wat moet duidelijk zijn?").await?;
    fatma.write("Samen afsluiten met", "een ijsje op de Markt").await?;
    fatma.leave_field().await?;
    fatma.see("Rina heeft het nog niet aangenomen.").await?;
    sent(fatma).await?;

    stage.step("Rina fills in, ticks and takes it on");
    rina.tap_with("Overdracht").await?;
    rina.see("Rina is bereikbaar").await?;
    for known in ["+31 6 0000 0021", "Drukte in de spits.", "Dat hij weet wat hij doet als de bus niet komt."] {
        rina.see(known).await?;
    }
    rina.see("Samen afsluiten: een ijsje op de Markt").await?;
    rina.see("Daarna zien").await?;
    for (point, words) in POINTS {
        rina.tap(&format!("Vul in: {point}")).await?;
        rina.write(point, words).await?;
        rina.tap("Bewaar").await?;
        rina.see(words).await?;
    }
    for ticked in 1..=6 {
        // What was just done is said on a small phone above the last of them.
        let open = "const open = all('[role=checkbox][aria-checked=false]')[0];
            open?.click();
            return open !== undefined;";
        rina.when("a point that is open", open, vec![]).await?;
        let done = "return all('[role=checkbox][aria-checked=true]').length === arguments[0];";
        rina.when(&format!("{ticked} points to be ticked"), done, vec![json!(ticked)]).await?;
    }
    rina.tap("Ik word OV-coach").await?;
    rina.see("Jij wordt OV-coach. Dat zei je op").await?;
    sent(rina).await?;

    stage.step("Jordi agrees, and Lies and Fatma step back");
    jordi.tap("Een vraag voor jou").await?;
    jordi.see("Rina wil jouw OV-coach zijn.").await?;
    jordi.see("jouw reizen niet meer.").await?;
    jordi.tap("Ik ben het ermee eens").await?;
    jordi.see("Je reist nu zelf.").await?;
    sent(jordi).await?;
    lies.see("Je mag de reizen van Jordi niet zien.").await?;
    lies.see_no(ROUTE).await?;
    opens(fatma, "Reizen").await?;
    fatma.see("Het oefenen is overgedragen. Jordi reist nu zelf.").await?;
    fatma.see_no("Neem bus 35").await?;
    opens(fatma, "Overzicht").await?;
    let nothing =
        "return all('[data-section=travel]').length === 1 && all('[data-section=travel][data-given]').length === 0;";
    fatma.when("no consent for travel", nothing, vec![]).await?;
    rina.see("Jordi is het ermee eens.").await?;
    rina.tap("Terug").await?;
    rina.see(ROUTE).await?;
    jordi.tap("Naar vandaag").await?;
    jordi.see("Mijn boek").await
}

/// A week later he goes alone, without a network, and his mother sees it once there is one.
pub async fn travels_alone(stage: &mut Stage, people: &People) -> Step {
    let People { jordi, rina, .. } = people;
    stage.step("Jordi travels alone without a network, and Rina sees nothing yet");
    rina.see("Nog niets is geen alarm.").await?;
    jordi.has_network(false).await?;
    goes_all_the_way(jordi).await?;
    jordi.see("Rina ziet het, zodra er internet is").await?;
    jordi.see("Bel Rina").await?;
    waits(jordi, 1).await?;
    rina.see_no("Jordi is er").await?;

    stage.step("with the network back she sees it");
    jordi.has_network(true).await?;
    jordi.see("Rina kan het zien").await?;
    rina.see("Jordi is er: Naar De Schakel, om ").await?;
    jordi.tap("Naar vandaag").await?;
    jordi.see("Mijn boek").await
}
