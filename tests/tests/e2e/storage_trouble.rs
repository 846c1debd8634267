//! What a browser can do to the store of a phone: no room, everything erased, a newer app beside an old window, nothing kept at all.
//! Whoever supports hears what to do, a client hears nothing that sounds like an error, and nobody loses what they did.

use std::time::Duration;

use opstap_tests::browser::{Person, Stage, Step, Tools, Window, heavy_photo};
use serde_json::{Value, json};

use crate::cast::{editor_shows, number_of, pair, sent, waits};

const PLAN: &str = "Opstaan";
/// What the first step of it says, and what somebody makes of it.
pub const BEFORE: &str = "Zet de wekker uit.";
pub const WRITTEN: &str = "Zet de wekker uit en sta op.";

#[tokio::test]
async fn on_a_full_phone_text_is_kept_and_a_photo_waits_with_a_kind_word() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "full", full).await;
}

#[tokio::test]
async fn a_store_that_the_browser_erased_is_said_to_a_supporter_fetched_again_and_never_taken_for_deleted() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "erased", erased).await;
}

#[tokio::test]
async fn an_old_window_beside_a_newer_app_says_so_and_loses_no_letter() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "newer", newer).await;
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_says_what_to_do() {
    let Some(tools) = Tools::find_or_skip().map(Tools::with_windows) else { return };
    Stage::play(&tools, "keeps-nothing", keeps_nothing).await;
}

#[tokio::test]
async fn a_phone_whose_session_is_gone_is_set_up_again_and_hands_in_what_waited() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "set-up-again", set_up_again).await;
}

async fn full(stage: &mut Stage) -> Step {
    stage.step("Sem does a plan, and then his phone has room for words and not for a photo");
    let sem = stage.person("Sem", Window::Phone);
    pair(stage, &sem, "Mijn boek").await?;
    sem.tap_with(PLAN).await?;
    sem.tap("Begin").await?;
    let dots = "return called(document.querySelector('.dots') ?? document.body);";
    sem.when("the first step", "return called(document.querySelector('.dots')).startsWith('Stap 1 ');", vec![]).await?;
    let steps = sem.read(dots, vec![]).await?;
    let steps: usize = steps.as_str().and_then(|dots| dots.rsplit(' ').next()?.parse().ok()).unwrap_or_default();
    for number in 1..=steps {
        let script = "return called(document.querySelector('.dots') ?? document.body).startsWith(arguments[0]);";
        sem.when("the next step", script, vec![json!(format!("Stap {number} "))]).await?;
        sem.tap("Klaar").await?;
    }
    sem.see("Het is gelukt.").await?;
    sent(&sem).await?;
    leave_room(&sem, 300_000).await?;

    stage.step("The photo waits, he sees it, and the rest is kept");
    stage.server.stop().await?;
    sem.give_photo("Maak een foto", &heavy_photo(stage.folder(), "result")?).await?;
    sem.see("Jouw foto is er. Laat Opstap nog even open.").await?;
    let shown = "return pictured(document.querySelector('main'))?.startsWith('photo 1600x1200') ?? false;";
    sem.when("his photo all the same", shown, vec![]).await?;
    sem.tap("goed").await?;
    sem.tap("Bewaar").await?;
    waits(&sem, 3).await?;

    stage.step("The server is back: the photo goes from where it waited");
    stage.server.start_again()?;
    sent(&sem).await?;

    stage.step("Not even room for words: he hears that they are kept, and they are");
    sem.promised(FILL_UP).await?;
    sem.go("/").await?;
    sem.tap_with(PLAN).await?;
    sem.tap("Begin").await?;
    sem.see("Dit toestel is vol. Alles is bewaard.").await?;
    let origin = sem.read("return location.origin;", vec![]).await?;
    sem.devtools("Storage.overrideQuotaForOrigin", json!({ "origin": origin })).await?;
    sem.close().await?;
    sem.open("/").await?;
    sem.see("Ga verder").await?;
    sent(&sem).await
}

/// Leaves so many bytes, and waits until the browser minds.
async fn leave_room(person: &Person, bytes: u64) -> Step {
    let origin = person.read("return location.origin;", vec![]).await?;
    let used = person.devtools("Storage.getUsageAndQuota", json!({ "origin": origin })).await?;
    let used = used.get("usage").and_then(Value::as_u64).ok_or_else(|| person.missed("no usage is told"))?;
    let quota = json!({ "origin": origin, "quotaSize": used + bytes });
    person.devtools("Storage.overrideQuotaForOrigin", quota).await?;
    tokio::time::sleep(UNTIL_IT_MINDS).await;
    Ok(())
}

/// The browser asks how much room there is once in half a minute.
const UNTIL_IT_MINDS: Duration = Duration::from_secs(35);

/// Leaves no room at all.
const FILL_UP: &str = "
    const opened = (request) => new Promise((good, bad) => { request.onsuccess = () => good(request.result); request.onerror = bad; });
    const making = indexedDB.open('nobody');
    making.onupgradeneeded = () => making.result.createObjectStore('table', { autoIncrement: true });
    const database = await opened(making);
    for (const bytes of [20000, 2000, 200, 20]) {
        for (let full = false; !full; ) {
            const writing = database.transaction('table', 'readwrite');
            writing.objectStore('table').add(crypto.getRandomValues(new Uint8Array(bytes)));
            full = await new Promise((done) => { writing.oncomplete = () => done(false); writing.onabort = () => done(true); });
        }
    }
    return 'full';";

async fn erased(stage: &mut Stage) -> Step {
    stage.step("Sem, Youssef and Marloes come in");
    let (sem, youssef) = (stage.person("Sem", Window::Phone), stage.person("Youssef", Window::Phone));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &youssef, PLAN))?;

    stage.step("The browser erases Youssef's store under his hands");
    erase(&youssef).await?;
    youssef.tap_with(PLAN).await?;
    youssef.see("De browser had Opstap op dit toestel gewist. Wat verstuurd was, komt terug.").await?;
    youssef.go("/support").await?;
    youssef.see(PLAN).await?;
    sent(&youssef).await?;

    stage.step("It erases Sem's while Opstap is closed, and there is no network when he starts it");
    erase(&sem).await?;
    sem.close().await?;
    stage.server.stop().await?;
    sem.open("/").await?;
    sem.see("Opstap wacht op internet. Daarna komt alles vanzelf.").await?;
    stage.server.start_again()?;
    sem.see("Mijn boek").await?;
    sem.see(PLAN).await?;
    sem.see_no("gewist").await?;
    sent(&sem).await?;

    stage.step("Nothing of it was taken for deleted, and what they do now goes to each other");
    youssef.see(PLAN).await?;
    youssef.tap_with(PLAN).await?;
    texts(&youssef).await?;
    write(&youssef, BEFORE, WRITTEN).await?;
    sent(&youssef).await?;
    sem.tap_with(PLAN).await?;
    sem.tap("Begin").await?;
    sem.see(WRITTEN).await?;

    stage.step("Only the records of Youssef's circle are gone: they come back by themselves");
    youssef.promised(EMPTY_THE_RECORDS).await?;
    youssef.go("/support").await?;
    youssef.see(PLAN).await?;
    sent(&youssef).await
}

/// What this browser keeps of the app's own, as when it is short of room: IndexedDB and no more. The session stays.
async fn erase(person: &Person) -> Step {
    let origin = person.read("return location.origin;", vec![]).await?;
    let erased = json!({ "origin": origin, "storageTypes": "indexeddb" });
    person.devtools("Storage.clearDataForOrigin", erased).await.map(drop)
}

const EMPTY_THE_RECORDS: &str = "
    const opened = (request) => new Promise((good, bad) => { request.onsuccess = () => good(request.result); request.onerror = bad; });
    for (const { name } of await indexedDB.databases()) {
        const database = await opened(indexedDB.open(name));
        await opened(database.transaction('records', 'readwrite').objectStore('records').clear());
        database.close();
    }";

/// What the steps in an open editor say.
pub async fn texts(person: &Person) -> Step<Vec<String>> {
    let script = "return all('li.step-row textarea').length > 1;";
    person.when("the steps of the plan", script, vec![]).await?;
    let texts = person.read("return all('li.step-row textarea').map((one) => one.value);", vec![]).await?;
    let texts: Vec<String> =
        texts.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    if texts.is_empty() { Err(person.missed("the plan has no steps")) } else { Ok(texts) }
}

/// The steps with the first as somebody made it.
pub fn changed(steps: &[String]) -> Vec<&str> {
    std::iter::once(WRITTEN).chain(steps.iter().skip(1).map(String::as_str)).collect()
}

/// Writes other words in a step, and leaves it.
pub async fn write(person: &Person, before: &str, after: &str) -> Step {
    let number = number_of(person, before).await?;
    person.write(&format!("Stap {number}"), after).await?;
    person.leave_field().await
}

/// Makes a page that of a newer app: one whose store is of a later version.
const NEWER: &str = "const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name, version) { return open.call(this, name, version && Number(localStorage.getItem('version') ?? 99)); };";

async fn newer(stage: &mut Stage) -> Step {
    stage.step("Youssef has a plan open");
    let youssef = stage.person("Youssef", Window::Phone);
    pair(stage, &youssef, PLAN).await?;
    youssef.tap_with(PLAN).await?;
    let steps = texts(&youssef).await?;
    let driver = youssef.driver().await?;
    let old = driver.window().await?;

    stage.step("In another window a newer app takes the store over");
    let new = driver.new_tab().await?;
    driver.switch_to_window(new.clone()).await?;
    youssef.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NEWER })).await?;
    youssef.go("/support").await?;
    youssef.see(PLAN).await?;

    stage.step("In the old window he writes on: it says what to do");
    driver.switch_to_window(old.clone()).await?;
    write(&youssef, BEFORE, WRITTEN).await?;
    youssef.see("Er is een nieuwe Opstap. Sluit de app en open hem weer.").await?;

    stage.step("Opened again, it has every letter");
    youssef.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NEWER })).await?;
    youssef.go("/support").await?;
    youssef.tap_with(PLAN).await?;
    let changed = changed(&steps);
    editor_shows(&youssef, &changed).await?;
    sent(&youssef).await?;
    driver.switch_to_window(new).await?;
    youssef.see(PLAN).await?;

    stage.step("A window that holds the store back is to be closed, and then it goes on");
    let name = youssef.promised("return (await indexedDB.databases())[0].name;").await?;
    let hold = "window.held = await new Promise((good) => {
            const request = indexedDB.open(name);
            request.onsuccess = () => good(request.result);
        }); return 'held';";
    youssef.go("/api/health").await?;
    youssef.promised(&format!("const name = {name}; {hold}")).await?;
    driver.switch_to_window(old).await?;
    youssef.go("/api/health").await?;
    youssef.read("localStorage.setItem('version', '100'); return true;", vec![]).await?;
    youssef.go("/support").await?;
    youssef.see("Opstap staat nog open in een ander venster. Sluit dat venster. Dan gaat het hier verder.").await?;
    let here = driver.window().await?;
    for other in driver.windows().await? {
        if other != here {
            driver.switch_to_window(other).await?;
            driver.close_window().await?;
        }
    }
    driver.switch_to_window(here).await?;
    youssef.see(PLAN).await
}

async fn keeps_nothing(stage: &mut Stage) -> Step {
    stage.step("Sem's browser is told to keep nothing, as in some private windows");
    let sem = stage.person("Sem", Window::Phone);
    let folder = sem.profile().join("Default");
    std::fs::create_dir_all(&folder)?;
    let nothing = json!({ "profile": { "default_content_setting_values": { "cookies": 2 } } });
    std::fs::write(folder.join("Preferences"), nothing.to_string())?;
    sem.open(&stage.server.link("Sem")?).await?;
    sem.see("Deze browser bewaart niets. Open Opstap in een gewoon venster.").await?;
    sem.close().await?;

    stage.step("In an ordinary one his link still works");
    let sem = stage.person("Sem-2", Window::Phone);
    sem.open(&stage.server.link("Sem")?).await?;
    sem.see("Mijn boek").await
}

async fn set_up_again(stage: &mut Stage) -> Step {
    stage.step("Youssef changes a plan without a network");
    let (youssef, marloes) = (stage.person("Youssef", Window::Phone), stage.person("Marloes", Window::Desk));
    tokio::try_join!(pair(stage, &youssef, PLAN), pair(stage, &marloes, "Alles staat op deze laptop"))?;
    youssef.tap_with(PLAN).await?;
    let steps = texts(&youssef).await?;
    stage.server.stop().await?;
    write(&youssef, BEFORE, WRITTEN).await?;
    let kept = waits(&youssef, 1).await?;

    stage.step("His session is gone, as after a restore of the server: his work is kept");
    youssef.devtools("Network.clearBrowserCookies", json!({})).await?;
    stage.server.start_again()?;
    youssef.go("/support").await?;
    waits(&youssef, kept).await?;
    youssef.tap_with("bewaard").await?;
    youssef.see("Dit toestel moet opnieuw aan. Alles is bewaard.").await?;

    stage.step("With a new link he goes on with what is there, and it is sent");
    youssef.go(&stage.server.new_link("Youssef")?).await?;
    youssef.see(PLAN).await?;
    sent(&youssef).await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Plannen").await?;
    marloes.tap_with(PLAN).await?;
    let changed = changed(&steps);
    editor_shows(&marloes, &changed).await.map(drop)
}
