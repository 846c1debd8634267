//! Stops and lines out of an imported timetable: chosen at the desk, by tap and by keyboard, and on a phone that was closed and has no
//! network.

use std::sync::Arc;

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent, waits};

#[tokio::test]
async fn a_ride_is_chosen_from_the_timetable_at_the_desk_and_on_a_phone_without_a_network() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "stops", tell).await;
}

/// The keys that go one down in a list, and choose.
const DOWN_AND_ENTER: &str = "\u{e015}\u{e007}";

/// The stops and lines are on the device.
pub const STOPS_ARE_HERE: &str = "const kept = await caches.open('opstap-stops');
    return (await kept.keys()).length === 1 ? 'here' : 'not yet';";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("without a timetable there is nothing to choose from");
    let (youssef, marloes) = (stage.person("Youssef", Window::Phone), stage.person("Marloes", Window::Desk));
    tokio::try_join!(pair(stage, &youssef, "Naar school"), pair(stage, &marloes, "Alles staat op deze laptop"))?;
    let edit = opened(&youssef).await?;
    youssef.see("Haltes onderweg").await?;
    youssef.see_no("Zoek een lijn").await?;
    youssef.when_promised("that there are none to be known", STOPS_ARE_HERE, "here").await?;

    stage.step("once it is imported, the desk has the lines");
    stage.server.import_stops()?;
    at_the_desk(stage, &marloes, &edit).await?;

    stage.step("the phone asks again later, and has them then too when it was closed and there is no network");
    let yesterday = "const kept = await caches.open('opstap-stops');
        for (const key of await kept.keys()) await kept.delete(key);
        return 'gone';";
    youssef.when_promised("the answer of today to be forgotten", yesterday, "gone").await?;
    youssef.go(&edit).await?;
    youssef.when_promised("the stops to be on the phone", STOPS_ARE_HERE, "here").await?;
    sent(&youssef).await?;
    youssef.close().await?;
    stage.server.stop().await?;
    youssef.open("/support").await?;
    on_the_phone(stage, &youssef, &edit).await?;

    stage.step("with a network the desk has that ride too");
    stage.server.start_again()?;
    youssef.go(&edit).await?;
    sent(&youssef).await?;
    marloes.go(&at_desk(&edit)).await?;
    marloes.tap("Meer van stuk 2").await?;
    holds(&marloes, &[("Lijn", "4"), ("Richting", "Molenlaan"), ("Van", "Eendrachtsplein"), ("Naar", "Walenburg")])
        .await
}

/// He opens the second part of the route; gives its address.
async fn opened(youssef: &Arc<Person>) -> Step<String> {
    youssef.tap_with("Naar school").await?;
    youssef.tap("Verander de route").await?;
    youssef.tap("Meer van stuk 2").await?;
    youssef.place().await
}

/// The same route at the desk.
fn at_desk(edit: &str) -> String {
    edit.replace("/support/circle/", "/desk/client/").replace("/route/", "/travel/")
}

async fn at_the_desk(stage: &Stage, marloes: &Person, edit: &str) -> Step {
    marloes.go(&at_desk(edit)).await?;
    marloes.tap("Meer van stuk 2").await?;
    marloes.see("Dienstregeling: De Vervoerder").await?;
    marloes.write("Zoek een lijn", "99").await?;
    marloes.see("Geen lijn met deze woorden.").await?;
    marloes.write("Zoek een lijn", "zuidpl").await?;
    marloes.tap("bus 33 naar Zuidplein").await?;

    stage.step("she goes on by keyboard, sees what lies between, and takes it over");
    marloes.write("Instappen", &format!("berg{DOWN_AND_ENTER}")).await?;
    marloes.write("Uitstappen", &format!("zuid{DOWN_AND_ENTER}")).await?;
    marloes.see("1 halte ertussen").await?;
    marloes.tap("Neem over").await?;
    let ride = [("Lijn", "33"), ("Richting", "Zuidplein"), ("Van", "Bergse Dorpsstraat"), ("Naar", "Zuidplein")];
    holds(marloes, &ride).await?;
    holds(marloes, &[("Halte 1", "Kleiweg")]).await?;
    let before = "return field('Wat doe je?')?.value !== '';";
    marloes.when("the sentence of the part to stay", before, vec![]).await?;

    stage.step("it is one thing to be undone");
    marloes.tap("Ongedaan maken: een rit uit de dienstregeling").await?;
    holds(marloes, &[("Lijn", "32")]).await
}

async fn on_the_phone(stage: &Stage, youssef: &Person, edit: &str) -> Step {
    stage.step("Youssef chooses another line on the phone, offline");
    youssef.go(edit).await?;
    youssef.tap("Meer van stuk 2").await?;
    youssef.write("Zoek een lijn", "tram").await?;
    let both = "return JSON.stringify(all('[role=option]').map(called)) === JSON.stringify(arguments[0]);";
    let lines = json!(["tram 4 naar Marconiplein", "tram 4 naar Molenlaan"]);
    youssef.when("the two directions", both, vec![lines]).await?;
    youssef.tap("tram 4 naar Molenlaan").await?;
    youssef.write("Instappen", "eend").await?;
    youssef.tap("Eendrachtsplein").await?;
    youssef.write("Uitstappen", "wal").await?;
    youssef.tap("Walenburg").await?;
    youssef.see("1 halte ertussen").await?;
    youssef.tap("Neem over").await?;
    holds(youssef, &[("Halte 1", "Centraal Station")]).await?;
    waits(youssef, 1).await.map(drop)
}

/// Fields hold these words.
async fn holds(person: &Person, fields: &[(&str, &str)]) -> Step {
    for (label, words) in fields {
        let script = "return field(arguments[0])?.value === arguments[1];";
        person.when(&format!("“{words}” in “{label}”"), script, vec![json!(label), json!(words)]).await?;
    }
    Ok(())
}
