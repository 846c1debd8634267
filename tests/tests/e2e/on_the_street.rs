//! A volunteer makes a route on the street, without a network: "Hier" at each point, with a photo, a few words, the stop and the line. What
//! is seen of it at the desk says where it was made, and that can be taken away.

use std::sync::Arc;

use opstap_tests::browser::{HERE, Person, Stage, Step, Tools, Window, photo};
use serde_json::json;

use crate::cast::{pair, sent, waits};
use crate::stops::STOPS_ARE_HERE;

#[tokio::test]
async fn a_route_is_made_on_the_street_without_a_network_and_seen_at_the_desk() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "on-the-street", tell).await;
}

/// The parts, by what is done in each.
const PARTS: [&str; 3] = ["Loop naar de tram", "Neem de tram", "Loop verder"];

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Youssef begins a route at home, and goes out");
    stage.server.import_stops()?;
    let (youssef, marloes) = (stage.person("Youssef", Window::Phone), stage.person("Marloes", Window::Desk));
    tokio::try_join!(pair(stage, &youssef, "Naar school"), pair(stage, &marloes, "Alles staat op deze laptop"))?;
    youssef.tap("Maak een route").await?;
    youssef.see("Deze route heeft nog geen stukken.").await?;
    youssef.write("Naam van de route", "Naar De Schakel").await?;
    youssef.leave_field().await?;
    youssef.when_promised("the stops to be on the phone", STOPS_ARE_HERE, "here").await?;
    sent(&youssef).await?;
    let edit = youssef.place().await?;
    stage.server.stop().await?;
    youssef.go(&edit).await?;

    let points = on_the_street(stage, &youssef).await?;
    stage.step("the parts are there, and wait on the phone");
    parts_are(&youssef).await?;
    waits(&youssef, points).await?;

    stage.step("with a network again they come to the desk");
    stage.server.start_again()?;
    youssef.go(&edit).await?;
    sent(&youssef).await?;
    at_the_desk(stage, &marloes, &edit).await
}

/// Home, the tram, and a walk to the end; gives how many things were done.
async fn on_the_street(stage: &Stage, youssef: &Arc<Person>) -> Step<usize> {
    stage.step("at the door: on foot, with a photo and a few words");
    youssef.stands_at((HERE.0 - 0.01, HERE.1), 12.0).await?;
    youssef.tap("Hier").await?;
    youssef.see("Je plek is gevonden.").await?;
    youssef.tap("lopen").await?;
    youssef.see("Dit stuk begint hier.").await?;
    youssef.see_no("Ben je bij een halte?").await?;
    let picture = photo(stage.folder(), "corner", 120)?;
    youssef.give_photo("Maak een foto", &picture).await?;
    let shown = "return pictured(root())?.startsWith('photo') ?? false;";
    youssef.when("the photo of the corner", shown, vec![]).await?;
    youssef.write("Wat doe je?", "Loop naar de tram").await?;
    youssef.tap("Klaar").await?;

    stage.step("at the stop: the tram, by the stop that is near and a line that stops there");
    youssef.stands_at(HERE, 20.0).await?;
    youssef.tap("Hier").await?;
    youssef.tap("tram").await?;
    youssef.see("Ben je bij een halte?").await?;
    let near = "return JSON.stringify(all('.near-stops .button').map(called)) === JSON.stringify(arguments[0]);";
    youssef.when("the stops around, the nearest first", near, vec![json!(["Kleiweg", "Bergse Dorpsstraat"])]).await?;
    youssef.tap("Kleiweg").await?;
    youssef.write("Zoek een lijn", "").await?;
    youssef.tap("tram 4 naar Marconiplein").await?;
    youssef.write("Uitstappen", "eendr").await?;
    youssef.tap("Eendrachtsplein").await?;
    youssef.see("2 haltes ertussen").await?;
    youssef.tap("Neem over").await?;
    youssef.tap("Klaar").await?;

    stage.step("the phone may not tell where it is, and the part is made all the same");
    youssef.lets_ask_where(false).await?;
    youssef.tap("Hier").await?;
    youssef.see("Deze telefoon mag je plek niet weten.").await?;
    youssef.tap("lopen").await?;
    youssef.see("Dit stuk begint hier.").await?;
    youssef.tap("Klaar").await?;

    stage.step("where it may be far off, it is not kept; and there the route ends");
    youssef.stands_at(HERE, 900.0).await?;
    youssef.tap("Hier").await?;
    youssef.see("Je plek is nu te onzeker.").await?;
    youssef.tap("einde").await?;
    youssef.see("De route eindigt hier.").await?;
    youssef.write("Naar", "De Schakel").await?;
    youssef.tap("Klaar").await?;
    // Three parts, a photo, words, a stop, a ride, an end.
    Ok(8)
}

/// The rows of the editor, and what stands under the ride.
async fn parts_are(person: &Person) -> Step {
    let script = "const rows = all('.part-row');
        const done = rows.map((row) => row.querySelector('.part-words input').value);
        return JSON.stringify(done) === JSON.stringify(arguments[0])
            && called(rows[1].querySelector('.part-words .small')) === '4 richting Marconiplein';";
    person.when(&format!("the parts {PARTS:?}"), script, vec![json!(PARTS)]).await
}

async fn at_the_desk(stage: &Stage, marloes: &Person, edit: &str) -> Step {
    stage.step("Marloes sees the parts, and where the first begins");
    let ids: Vec<&str> = edit.split('/').collect();
    let (Some(circle), Some(route)) = (ids.get(3), ids.get(5)) else { return Err(marloes.missed(edit)) };
    marloes.go(&format!("/desk/client/{circle}/travel/{route}/edit")).await?;
    parts_are(marloes).await?;
    marloes.tap("Meer van stuk 1").await?;
    marloes.see("Op de kaart gezet 51.9349, 4.4768").await?;
    marloes.tap("Minder van stuk 1").await?;
    marloes.tap("Meer van stuk 3").await?;
    marloes.see("Van").await?;
    marloes.see_no("Op de kaart gezet").await?;
    let ends = "return field('Van')?.value === 'Eendrachtsplein' && field('Naar')?.value === 'De Schakel';";
    marloes.when("the walk from the tram to the end", ends, vec![]).await?;

    stage.step("she takes the position away");
    marloes.tap("Minder van stuk 3").await?;
    marloes.tap("Meer van stuk 1").await?;
    marloes.tap("Haal de plek weg").await?;
    marloes.see_no("Op de kaart gezet").await?;
    sent(marloes).await?;
    marloes.go(&format!("/desk/client/{circle}/travel/{route}/edit")).await?;
    parts_are(marloes).await?;
    marloes.tap("Meer van stuk 1").await?;
    marloes.see("Van").await?;
    marloes.see_no("Op de kaart gezet").await
}
