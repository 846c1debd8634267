//! Photos go over Wi-Fi alone where somebody wants so: words go at once, a plan says what is not here yet, and one tap has the photos come all
//! the same. Ready for on the way is a plan only with every photo and pictogram on the phone.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window, photo};
use serde_json::json;

use crate::cast::{pair, put_photo, sent, waits};

#[tokio::test]
async fn photos_wait_for_wifi_while_words_go_and_a_plan_says_whether_all_of_it_is_here() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "over-wifi", tell).await;
}

/// The browser of a phone says what network there is; that of a desk says nothing. Here it is a bundle until the test says otherwise.
const NETWORK: &str = "Object.defineProperty(navigator, 'connection', { configurable: true, value: {
      saveData: false,
      get type() { return localStorage['test-network'] ?? 'cellular'; },
    } });";

const NOT_ALL: &str = "Nog niet alles is er.";
const READY: &str = "Klaar voor onderweg";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Sem wants photos over Wi-Fi alone, and is on his bundle");
    let (sem, marloes) = (stage.person("Sem", Window::Phone), stage.person("Marloes", Window::Desk));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &marloes, "Alles staat op deze laptop"))?;
    sem.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NETWORK })).await?;
    sem.go("/internet").await?;
    sem.tap_with("alleen met wifi").await?;
    sem.see("Foto’s en geluid wachten op wifi.").await?;

    stage.step("Marloes sends him a photo, and puts one at a step of his plan");
    let [fish, bed, coat, door] =
        [("fish", 40), ("bed", 120), ("coat", 200), ("door", 240)].map(|(name, hue)| photo(stage.folder(), name, hue));
    let (fish, bed, coat, door) = (fish?, bed?, coat?, door?);
    marloes.tap_with("Sem").await?;
    marloes.tap("Berichten").await?;
    marloes.give_photo("Foto", &fish).await?;
    marloes.when("her photo", "return pictured(all('.said.mine')[0])?.startsWith('photo ');", vec![]).await?;
    at_step(&marloes, 1, &bed).await?;

    stage.step("the words are there, the photos are not, and the plan says so");
    opens_the_plan(&sem).await?;
    sem.see(NOT_ALL).await?;
    sem.see_no(READY).await?;
    to_marloes(&sem).await?;
    said_without_a_photo(&sem).await?;

    stage.step("his own photo waits too, while Marloes has the message that it belongs to");
    sem.give_photo("Foto", &coat).await?;
    waits(&sem, 1).await?;
    marloes.tap("1 nieuw bericht").await?;
    said_without_a_photo(&marloes).await?;
    waits(&sem, 1).await?;

    all_the_same(stage, &sem, &marloes).await?;

    stage.step("on Wi-Fi they come by themselves");
    // The word that let them come ends with its window.
    sem.go("/").await?;
    at_step(&marloes, 2, &door).await?;
    opens_the_plan(&sem).await?;
    sem.see(NOT_ALL).await?;
    sem.read("localStorage['test-network'] = 'wifi'; return true;", vec![]).await?;
    opens_the_plan(&sem).await?;
    sem.see(READY).await?;

    without_pictograms(stage, &sem).await
}

/// Sem has them come for this once: over one bundle of screens, since with the window that word is gone.
async fn all_the_same(stage: &Stage, sem: &Person, marloes: &Person) -> Step {
    stage.step("a tap has all of them come and go now");
    sem.go("/").await?;
    sem.tap_with("Over mij").await?;
    sem.tap("Meer").await?;
    sem.tap("Internet").await?;
    sem.tap("Haal ze nu").await?;
    sem.see("Foto’s en geluid komen nu.").await?;
    marloes.when("his photo", "return pictured(all('.said:not(.mine)')[0])?.startsWith('photo ');", vec![]).await?;
    sem.tap("Terug").await?;
    sem.tap("Terug").await?;
    sem.tap_with("Opstaan").await?;
    sem.see(READY).await?;
    sem.see_no(NOT_ALL).await?;
    sem.tap("Terug").await?;
    sem.tap_with("Over mij").await?;
    sem.tap("Berichten").await?;
    sem.tap_with("Marloes").await?;
    sem.when("her photo", "return pictured(all('.said:not(.mine)')[0])?.startsWith('photo ');", vec![]).await?;
    sent(sem).await
}

/// A plan whose pictograms the phone does not have is not ready either.
async fn without_pictograms(stage: &mut Stage, sem: &Person) -> Step {
    stage.step("a phone that lost its pictograms while there is no network does not say that it is ready");
    stage.server.stop().await?;
    sem.promised("return caches.delete('opstap-pictograms');").await?;
    sem.devtools("Network.clearBrowserCache", json!({})).await?;
    opens_the_plan(sem).await?;
    sem.see(NOT_ALL).await?;
    sem.see_no(READY).await?;
    stage.server.start_again()?;
    opens_the_plan(sem).await?;
    sem.see(READY).await
}

/// A photo at a step of the plan, on its way to all.
async fn at_step(marloes: &Person, number: usize, photo: &std::path::Path) -> Step {
    marloes.tap("Plannen").await?;
    marloes.tap_with("Opstaan").await?;
    marloes.see("Zo ziet Sem het").await?;
    put_photo(marloes, number, photo).await?;
    sent(marloes).await?;
    marloes.tap("Plannen van Sem").await
}

async fn opens_the_plan(sem: &Person) -> Step {
    sem.go("/").await?;
    sem.tap_with("Opstaan").await?;
    sem.see("Begin").await
}

async fn to_marloes(sem: &Person) -> Step {
    sem.go("/messages").await?;
    sem.tap_with("Marloes").await
}

/// What the other sent is there, with room for its photo.
async fn said_without_a_photo(person: &Person) -> Step {
    let script = "const theirs = all('.said:not(.mine)');
        return theirs.length === 1 && theirs[0].querySelector('.well.photo') !== null && pictured(theirs[0]) === null;";
    person.when("a message without its photo", script, vec![]).await
}
