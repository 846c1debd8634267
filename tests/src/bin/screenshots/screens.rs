//! The screens there are, and what has to happen first so that each has something to show.

use std::sync::Arc;

use opstap_tests::browser::{Person, Stage, Step, Window, photo};
use serde_json::json;

/// Somebody, and the addresses of their screens by name.
pub struct Album {
    /// Whose browser it is.
    pub person: Arc<Person>,
    /// Name and address.
    pub screens: Vec<(&'static str, String)>,
}

/// Lets the people do what fills the screens.
pub async fn prepare(stage: &mut Stage) -> Step<Vec<Album>> {
    let stranger = stage.person("Somebody", Window::Phone);
    stranger.open("/pair").await?;
    stranger.see("Zet Opstap aan op dit toestel").await?;
    let pairing = [("pair", "/pair"), ("support-pair", "/support/pair"), ("desk-pair", "/desk/pair")];
    let pairing = pairing.map(|(name, address)| (name, address.to_owned())).to_vec();
    let sem = client(stage).await?;
    set_apart(stage, &sem.person).await?;
    Ok(vec![Album { person: stranger, screens: pairing }, sem, volunteer(stage).await?, professional(stage).await?])
}

async fn come(stage: &mut Stage, name: &str, window: Window, first_words: &str) -> Step<Arc<Person>> {
    let person = stage.person(name, window);
    person.open(&stage.server.link(name)?).await?;
    person.see(first_words).await?;
    Ok(person)
}

/// A run that is done, with a photo and a face, and one under way.
async fn client(stage: &mut Stage) -> Step<Album> {
    let sem = come(stage, "Sem", Window::Phone, "Mijn boek").await?;
    let mut screens: Vec<(&str, String)> =
        ["today", "plans", "book", "consent", "who-looked", "me", "language", "not-sent", "about"]
            .into_iter()
            .map(|name| (name, if name == "today" { "/".to_owned() } else { format!("/{name}") }))
            .collect();
    sem.tap("Naar school").await?;
    sem.see("Neem bus 32").await?;
    screens.push(("way", sem.place().await?));
    sem.go("/").await?;
    sem.tap_with("Medicijnen innemen").await?;
    sem.see("Begin").await?;
    screens.push(("plan", sem.place().await?));
    sem.tap("Begin").await?;
    sem.see("Lukt niet").await?;
    for _ in 0..11 {
        let before = sem.words_of("main h1").await?;
        sem.tap("Klaar").await?;
        let moved = "return JSON.stringify(all('main h1').map(called)) !== JSON.stringify(arguments[0]);";
        sem.when("the next step", moved, vec![json!(before)]).await?;
    }
    let picture = photo(stage.folder(), "result", 200)?;
    sem.give_photo("Maak een foto", &picture).await?;
    sem.see("Nieuwe foto").await?;
    screens.push(("result", sem.place().await?));
    sem.tap("goed").await?;
    sem.tap("Bewaar").await?;
    sem.see("Wil je het laten zien?").await?;
    screens.push(("share", sem.place().await?));
    sem.tap("Marloes").await?;
    sem.tap("Laat zien aan Marloes").await?;
    sem.tap_with("Opstaan").await?;
    sem.tap("Begin").await?;
    sem.tap("Klaar").await?;
    sem.when("the second step", "return all('.dots').some((dots) => called(dots).startsWith('Stap 2 '));", vec![])
        .await?;
    screens.push(("step", sem.place().await?));
    sem.tap("Lukt niet").await?;
    sem.see("Wat helpt nu?").await?;
    screens.push(("not-managed", sem.place().await?));
    sem.tap("Hulp").await?;
    sem.see("Wie wil je spreken?").await?;
    screens.push(("help", sem.place().await?));
    Ok(Album { person: sem, screens })
}

/// Tim changes one plan and removes another, for the history; then one more while Sem lets him see plans no longer: that comes in too
/// late.
async fn set_apart(stage: &mut Stage, sem: &Person) -> Step {
    let tim = come(stage, "Tim", Window::Desk, "Alles staat op deze laptop").await?;
    tim.tap_with("Sem").await?;
    tim.tap("Plannen").await?;
    tim.tap_with("Spaghetti").await?;
    tim.write("Stap 2", "Zet een grote pan op het vuur.").await?;
    tim.leave_field().await?;
    tim.tap("Plannen van Sem").await?;
    tim.tap_with("Naar bed gaan").await?;
    tim.tap("Haal plan weg").await?;
    tim.see("Het plan gaat ook weg op de telefoon.").await?;
    tim.tap("Haal plan weg").await?;
    tim.see("Dit plan is weggehaald.").await?;
    tim.tap("Plannen van Sem").await?;
    tim.tap_with("Opstaan").await?;
    tim.see("Zo ziet Sem het").await?;
    tim.when("everything to be sent", "return all('.rail .chip.sent').length > 0;", vec![]).await?;
    stage.server.stop().await?;
    tim.write("Stap 1", "Zet de wekker uit en sta op.").await?;
    tim.leave_field().await?;
    tim.when("a mark that it waits", "return all('.rail .chip.device').length > 0;", vec![]).await?;
    tim.close().await?;
    let place = sem.place().await?;
    sem.go("/consent").await?;
    sem.tap("Tim").await?;
    sem.see("Tim mag zien:").await?;
    sem.tap_with("mijn plannen").await?;
    sem.see("Tim ziet niet meer: mijn plannen.").await?;
    stage.server.start_again()?;
    sem.when("everything to be sent", "return all('.top-bar .chip.sent').length > 0;", vec![]).await?;
    sem.go(&place).await?;
    tim.open("/desk").await?;
    tim.when("what he did to be handed in", "return all('.rail .chip.sent').length > 0;", vec![]).await?;
    tim.close().await
}

/// A practice under way.
async fn volunteer(stage: &mut Stage) -> Step<Album> {
    let youssef = come(stage, "Youssef", Window::Phone, "Naar school").await?;
    let mut screens = vec![("circle", "/support".to_owned())];
    youssef.tap_with("Oefening 1").await?;
    youssef.see("Oefening 1 met Sem").await?;
    screens.push(("report", youssef.place().await?));
    youssef.go("/support").await?;
    youssef.tap_with("Opstaan").await?;
    youssef.see("Haal plan weg").await?;
    screens.push(("plan", youssef.place().await?));
    youssef.tap("Geschiedenis").await?;
    youssef.see("De laatste veranderingen").await?;
    screens.push(("history", youssef.place().await?));
    youssef.go("/support").await?;
    youssef.tap("Weggehaald").await?;
    youssef.see("Tim haalde het plan “Naar bed gaan” weg.").await?;
    screens.push(("removed", youssef.place().await?));
    youssef.go("/support").await?;
    youssef.tap_with("Naar school").await?;
    youssef.see("Oefeningen").await?;
    screens.push(("route", youssef.place().await?));
    youssef.tap("Begin oefening 2").await?;
    for (answered, level) in ["zelf", "hint"].into_iter().enumerate() {
        youssef.tap(level).await?;
        let more = "return all('.goal .bars').filter((bars) => bars.querySelector('.on')).length > arguments[0];";
        youssef.when("the answer", more, vec![json!(answered)]).await?;
    }
    youssef.see("Verder: 32").await?;
    screens.push(("practice", youssef.place().await?));
    youssef.tap("Afronden").await?;
    youssef.see("Wat hebben jullie geoefend?").await?;
    screens.push(("finish", youssef.place().await?));
    Ok(Album { person: youssef, screens })
}

async fn professional(stage: &mut Stage) -> Step<Album> {
    let marloes = come(stage, "Marloes", Window::Desk, "Alles staat op deze laptop").await?;
    let mut screens = vec![
        ("clients", "/desk".to_owned()),
        ("tray", "/desk/tray".to_owned()),
        ("apart", "/desk/apart".to_owned()),
        ("settings", "/desk/settings".to_owned()),
    ];
    marloes.tap_with("Sem").await?;
    marloes.see("Laatst gedaan").await?;
    let client = marloes.place().await?;
    marloes.tap_with("Medicijnen innemen").await?;
    marloes.see("Op het scherm (min:sec)").await?;
    screens.push(("run", marloes.place().await?));
    marloes.go(&format!("{client}/plans")).await?;
    marloes.tap_with("Opstaan").await?;
    marloes.see("Zo ziet Sem het").await?;
    screens.push(("edit-plan", marloes.place().await?));
    marloes.tap("Geschiedenis").await?;
    marloes.see("De laatste veranderingen").await?;
    screens.push(("history", marloes.place().await?));
    marloes.go(&format!("{client}/plans")).await?;
    marloes.tap_with("Spaghetti").await?;
    marloes.tap("Geschiedenis").await?;
    marloes.see("Tim veranderde de tekst").await?;
    screens.push(("history-of-changes", marloes.place().await?));
    marloes.go(&format!("{client}/examples")).await?;
    marloes.tap("Boodschappen doen").await?;
    marloes.see("Neem over voor Sem").await?;
    screens.push(("example", marloes.place().await?));
    for (name, part) in
        [("client", ""), ("plans", "/plans"), ("removed", "/removed"), ("examples", "/examples"), ("travel", "/travel")]
    {
        screens.push((name, format!("{client}{part}")));
    }
    Ok(Album { person: marloes, screens })
}
