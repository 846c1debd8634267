//! The client follows a plan on his phone without any network: stops, starts cold, goes on at the same step, and shows the result.

use std::path::Path;

use opstap_tests::browser::{Person, Step};
use serde_json::json;

use crate::cast::{Seen, state, waits};
use crate::makes_a_plan::TITLE;

/// Waits until the plan and all it shows are on the phone, so that it can go offline.
pub async fn has_it_all(sem: &Person, plan: &[Seen]) -> Step {
    sem.see(TITLE).await?;
    let pictures: Vec<_> = plan.iter().map(|step| &step.picture).filter(|picture| picture.starts_with('/')).collect();
    let photos = plan.len() - pictures.len();
    let body = format!("const pictograms = {}, photos = {photos};\n{}", json!(pictures), include_str!("has_it_all.js"));
    sem.when_promised("the phone to have all of the plan", &body, "all").await
}

/// Waits for one step on the screen, with its sentence, its picture drawn, and the state at the top.
async fn at(sem: &Person, plan: &[Seen], number: usize) -> Step {
    let Some(step) = number.checked_sub(1).and_then(|at| plan.get(at)) else {
        return Err(sem.missed(&format!("there is no step {number}")));
    };
    let script = "return called(document.querySelector('.dots') ?? document.body) === arguments[0]
        && tidy(words(document.querySelector('main h1') ?? document.body)) === arguments[1]
        && pictured(document.querySelector('main')) === arguments[2];";
    let dots = format!("Stap {number} van {}", plan.len());
    let what = format!("step {number}: {} {}", step.text, step.picture);
    sem.when(&what, script, vec![json!(dots), json!(step.text), json!(step.picture)]).await?;
    state(sem).await.map(drop)
}

/// Goes through the plan with everything that can happen on the way. The server is stopped, and the browser was closed.
pub async fn follow_offline(sem: &Person, plan: &[Seen], photo: &Path) -> Step {
    sem.open("/").await?;
    sem.see(TITLE).await?;
    let script = "return all('main a .well img').length >= 2 && all('main a').slice(0, 2).every(pictured);";
    sem.when("today as large pictures", script, vec![]).await?;
    state(sem).await?;
    sem.tap_with(TITLE).await?;
    sem.tap("Begin").await?;
    forth_and_back(sem, plan).await?;
    put_away(sem, plan).await?;
    sem.tap("Klaar").await?;
    at(sem, plan, 5).await?;
    sem.tap("Lukt niet").await?;
    sem.tap("Verder zonder deze stap").await?;
    for number in 6..=plan.len() {
        at(sem, plan, number).await?;
        sem.tap("Klaar").await?;
    }
    sem.see("Zeven stappen gedaan.").await?;
    state(sem).await?;
    result(sem, photo).await?;
    sem.tap_with("bewaard").await?;
    sem.see("Alles is bewaard").await?;
    sem.see("Een foto").await?;
    state(sem).await?;
    sem.tap("Terug").await
}

/// Three steps, with one taken back and help asked at the third; what waits is counted on the way.
async fn forth_and_back(sem: &Person, plan: &[Seen]) -> Step {
    at(sem, plan, 1).await?;
    let before = waits(sem, 1).await?;
    sem.tap("Klaar").await?;
    at(sem, plan, 2).await?;
    waits(sem, before + 1).await?;
    sem.tap("Klaar").await?;
    at(sem, plan, 3).await?;
    sem.tap("Terug").await?;
    at(sem, plan, 2).await?;
    sem.tap("Klaar").await?;
    at(sem, plan, 3).await?;
    sem.tap("Hulp").await?;
    sem.see("Bellen kan ook zonder internet.").await?;
    state(sem).await?;
    sem.tap("Terug").await?;
    at(sem, plan, 3).await?;
    sem.tap("Klaar").await?;
    waits(sem, before + 6).await.map(drop)
}

/// Put away at the fourth step and the browser closed; after a cold start it is the fourth step again.
async fn put_away(sem: &Person, plan: &[Seen]) -> Step {
    at(sem, plan, 4).await?;
    sem.tap("Lukt niet").await?;
    sem.see("Wat helpt nu?").await?;
    state(sem).await?;
    sem.tap("Later").await?;
    sem.see("Ga verder").await?;
    let kept = waits(sem, 1).await?;
    sem.close().await?;
    sem.open("/").await?;
    sem.see("Ga verder").await?;
    waits(sem, kept).await?;
    sem.tap_with(TITLE).await?;
    at(sem, plan, 4).await
}

/// A photo, a face, and whom to show it to.
async fn result(sem: &Person, photo: &Path) -> Step {
    sem.give_photo("Maak een foto", photo).await?;
    sem.see("Nieuwe foto").await?;
    sem.tap("goed").await?;
    sem.tap("Bewaar").await?;
    sem.see("Wil je het laten zien?").await?;
    state(sem).await?;
    sem.tap("Marloes").await?;
    sem.tap("Laat zien aan Marloes").await?;
    sem.see("Te zien voor Marloes.").await?;
    sem.see("Mijn boek").await
}

/// Goes through the plan once more, to see each step as it is now; this is the only way a client sees a plan.
pub async fn walk(sem: &Person, plan: &[Seen]) -> Step {
    sem.go("/").await?;
    sem.tap("Al mijn plannen").await?;
    state(sem).await?;
    sem.tap_with(TITLE).await?;
    sem.tap("Begin").await?;
    for number in 1..=plan.len() {
        at(sem, plan, number).await?;
        sem.tap("Klaar").await?;
    }
    sem.see("Het is gelukt.").await?;
    // The last tap can be taken back too.
    sem.tap("Terug").await?;
    at(sem, plan, plan.len()).await?;
    sem.tap("Klaar").await?;
    sem.see("Het is gelukt.").await?;
    sem.tap("Bewaar").await?;
    sem.see("Het staat in jouw boek.").await
}
