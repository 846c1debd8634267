//! Two windows of one person, and a new version of the app that comes out under an open one.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};

use crate::cast::{editor_shows, pair, sent, waits};
use crate::release::Release;
use crate::storage_trouble::{BEFORE, WRITTEN, changed, texts, write};

const PLAN: &str = "Opstaan";

#[tokio::test]
async fn of_two_windows_one_syncs_and_both_are_told() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "two-windows", two_windows).await;
}

#[tokio::test]
async fn an_old_window_works_on_while_a_new_version_comes_out_and_keeps_what_is_being_typed() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "new-version", new_version).await;
}

async fn two_windows(stage: &mut Stage) -> Step {
    stage.step("Youssef opens Opstap in two windows");
    let youssef = stage.person("Youssef", Window::Phone);
    pair(stage, &youssef, PLAN).await?;
    let driver = youssef.driver().await?;
    let first = driver.window().await?;
    let second = driver.new_tab().await?;
    driver.switch_to_window(second.clone()).await?;
    youssef.go("/support").await?;
    youssef.tap_with(PLAN).await?;
    let steps = texts(&youssef).await?;

    stage.step("One of them has the line to the server");
    let live =
        "return performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/sync')).length;";
    assert_syncs(&youssef, live, false).await?;
    driver.switch_to_window(first.clone()).await?;
    assert_syncs(&youssef, live, true).await?;

    stage.step("Without a network he writes in the other one: both say that something waits");
    stage.server.stop().await?;
    driver.switch_to_window(second.clone()).await?;
    write(&youssef, BEFORE, WRITTEN).await?;
    waits(&youssef, 1).await?;
    driver.switch_to_window(first.clone()).await?;
    waits(&youssef, 1).await?;

    stage.step("The network is back: it is sent once, both say so and both show it");
    stage.server.start_again()?;
    sent(&youssef).await?;
    youssef.tap_with(PLAN).await?;
    let changed = changed(&steps);
    editor_shows(&youssef, &changed).await?;
    driver.switch_to_window(second.clone()).await?;
    sent(&youssef).await?;
    assert_syncs(&youssef, live, false).await?;

    stage.step("The first is closed: the other takes over");
    driver.switch_to_window(first).await?;
    driver.close_window().await?;
    driver.switch_to_window(second).await?;
    write(&youssef, WRITTEN, BEFORE).await?;
    sent(&youssef).await?;
    assert_syncs(&youssef, live, true).await
}

async fn assert_syncs(person: &Person, script: &str, does: bool) -> Step {
    let syncs = person.read(script, vec![]).await?.as_u64().unwrap_or_default();
    if (syncs > 0) == does { Ok(()) } else { Err(person.missed(&format!("this window synced {syncs} times"))) }
}

async fn new_version(stage: &mut Stage) -> Step {
    stage.step("Youssef has a plan open, and is writing");
    let release = Release::lay(&stage.server.base()).await?;
    let youssef = stage.person_by("Youssef", Window::Phone, release.base());
    let link = stage.server.link("Youssef")?;
    youssef.open(link.trim_start_matches(&stage.server.base())).await?;
    youssef.see(PLAN).await?;
    let kept = "return await caches.match('/supporter.html') ? 'kept' : 'not yet';";
    youssef.when_promised("the app to be on the phone", kept, "kept").await?;
    youssef.tap_with(PLAN).await?;
    let steps = texts(&youssef).await?;
    youssef.write("Stap 1", WRITTEN).await?;

    stage.step("A new version comes out: it waits beside the old one, and he writes on");
    release.comes_out();
    let update = "const here = await navigator.serviceWorker.getRegistration();
        await here.update();
        return here.waiting ? 'waits' : 'not yet';";
    youssef.when_promised("the new version to wait", update, "waits").await?;
    youssef.when("his words still", "return field('Stap 1').value === arguments[0];", vec![json!(WRITTEN)]).await?;
    youssef.leave_field().await?;
    sent(&youssef).await?;

    stage.step("Another window, and this one loaded anew, are of the old version and work");
    let driver = youssef.driver().await?;
    let first = driver.window().await?;
    let second = driver.new_tab().await?;
    driver.switch_to_window(second).await?;
    youssef.go("/support").await?;
    youssef.see(PLAN).await?;
    is_new(&youssef, false).await?;
    driver.close_window().await?;
    driver.switch_to_window(first).await?;
    youssef.go("/support").await?;
    youssef.see(PLAN).await?;
    is_new(&youssef, false).await?;

    stage.step("Closed and opened again it is the new one, with every letter");
    youssef.close().await?;
    youssef.open("/support").await?;
    youssef.see(PLAN).await?;
    let mark = "return document.querySelector('meta[name=release]') !== null;";
    if youssef.read(mark, vec![]).await? != Value::Bool(true) {
        // The old worker may have answered while it went.
        youssef.close().await?;
        youssef.open("/support").await?;
    }
    is_new(&youssef, true).await?;
    youssef.tap_with(PLAN).await?;
    editor_shows(&youssef, &changed(&steps)).await?;
    sent(&youssef).await
}

async fn is_new(person: &Person, new: bool) -> Step {
    let script = "return (document.querySelector('meta[name=release]') !== null) === arguments[0];";
    person.when(&format!("a page of the new version: {new}"), script, vec![json!(new)]).await
}
