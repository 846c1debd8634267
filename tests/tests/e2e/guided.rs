//! The tour is offered in a row that can be put away, and the guide is there without a network, in both languages.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};

use crate::cast::pair;

#[tokio::test]
async fn everybody_is_offered_a_tour_once_and_reads_the_guide_without_a_network() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "guided", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Sem takes the tour, card by card");
    let (sem, karin, marloes) = (
        stage.person("Sem", Window::Phone),
        stage.person("Karin", Window::Phone),
        stage.person("Marloes", Window::Desk),
    );
    tokio::try_join!(
        pair(stage, &sem, "Mijn boek"),
        pair(stage, &karin, "Naar school"),
        pair(stage, &marloes, "Alles staat op deze laptop"),
    )?;
    sem.tap("Zo werkt Opstap").await?;
    sem.see("Dit is vandaag.").await?;
    sem.see("Hulp").await?;
    let mut cards = 1;
    while sem.read("return find(things, 'Verder', true) !== undefined;", vec![]).await?.as_bool() == Some(true) {
        let before = sem.words_of("main h1").await?;
        sem.tap("Verder").await?;
        let moved = "return JSON.stringify(all('main h1').map(called)) !== JSON.stringify(arguments[0]);";
        sem.when("the next card", moved, vec![serde_json::json!(before)]).await?;
        cards += 1;
    }
    if cards > 6 {
        return Err(sem.missed(&format!("the tour has {cards} cards")));
    }
    sem.tap("Terug").await?;
    sem.see("Verder").await?;
    sem.tap("Verder").await?;
    sem.tap("Klaar").await?;
    sem.see("Mijn boek").await?;
    sem.see_no("Zo werkt Opstap").await?;

    stage.step("Karin puts it away, and it stays away");
    karin.tap("Haal de rondleiding weg").await?;
    karin.see_no("Zo werkt Opstap").await?;
    karin.go("/support").await?;
    karin.see("Naar school").await?;
    karin.see_no("Zo werkt Opstap").await?;

    stage.step("without a network each reads their guide, which was never opened");
    for person in [&sem, &karin, &marloes] {
        let kept = "const keys = await caches.keys();
            const shell = keys.filter((key) => key.startsWith('opstap-shell-'));
            const found = await Promise.all(shell.map(async (key) => (await (await caches.open(key)).keys()).map((one) => one.url)));
            const page = await caches.match(location.pathname.startsWith('/desk') ? '/desk.html' : location.pathname.startsWith('/support') ? '/supporter.html' : '/way.html');
            return page && found.flat().filter((url) => url.includes('/guide/')).length >= 2 ? 'kept' : JSON.stringify(found.flat());";
        person.when_promised("the guide to be kept", kept, "kept").await?;
    }
    stage.server.stop().await?;
    sem.go("/me").await?;
    sem.tap("Uitleg").await?;
    reads(&sem, "Als iets niet lukt", "Die knop staat altijd op dezelfde plek.").await?;
    sem.go("/language").await?;
    sem.tap("English").await?;
    sem.go("/way/guide").await?;
    reads(&sem, "When something does not go", "That button is always in the same place.").await?;
    karin.tap("Uitleg").await?;
    reads(&karin, "Wat je mag zien", "De cliënt beslist wat jij ziet.").await?;
    marloes.go("/desk/settings").await?;
    marloes.tap("Uitleg").await?;
    reads(&marloes, "Een plan uit een voorbeeld", "Het voorbeeld zelf verandert niet.").await?;
    marloes.tap("Rondleiding").await?;
    marloes.see("Geel vraagt om hulp.").await
}

/// Opens a chapter of the guide and sees a sentence of it.
async fn reads(person: &Person, chapter: &str, sentence: &str) -> Step {
    person.tap(chapter).await?;
    person.see(sentence).await
}
