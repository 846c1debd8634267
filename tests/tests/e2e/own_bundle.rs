//! A client's phone loads the client's app and no other; whoever opens the address of the other app comes to their own, also offline.

use std::time::Duration;

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn everybody_comes_to_their_own_app_from_the_address_of_the_other() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "own-bundle", tell).await;
}

const CLIENT: (&str, &str) = ("/", "Mijn boek");
const SUPPORTER: (&str, &str) = ("/support", "Naar school");

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Sem and Youssef open their own links");
    let (sem, youssef) = (stage.person("Sem", Window::Phone), stage.person("Youssef", Window::Phone));
    tokio::try_join!(pair(stage, &sem, CLIENT.1), pair(stage, &youssef, SUPPORTER.1))?;
    tokio::try_join!(stays(&sem, CLIENT), stays(&youssef, SUPPORTER))?;
    tokio::try_join!(keeps(&sem, &["companion", "way"]), keeps(&youssef, &["supporter"]))?;
    tokio::try_join!(sem.close(), youssef.close())?;

    stage.step("Others come in by the link of the other app");
    let (sem, karin) = (stage.person("Sem-2", Window::Phone), stage.person("Karin", Window::Phone));
    sem.open(&stage.server.new_link("Sem")?.replace("/pair#", "/support/pair#")).await?;
    karin.open(&stage.server.new_link("Karin")?.replace("/support/pair#", "/pair#")).await?;
    tokio::try_join!(stays(&sem, CLIENT), stays(&karin, SUPPORTER))?;
    tokio::try_join!(sent(&sem), sent(&karin))?;
    // What is for on the way goes with the companion, on a client's phone alone.
    tokio::try_join!(keeps(&sem, &["companion", "supporter", "way"]), keeps(&karin, &["companion", "supporter"]))?;
    tokio::try_join!(sem.close(), karin.close())?;

    stage.step("Offline they start at the address of the other app");
    stage.server.stop().await?;
    tokio::try_join!(sem.open("/support/language"), karin.open("/plans"))?;
    tokio::try_join!(stays(&sem, CLIENT), stays(&karin, SUPPORTER))?;
    stage.server.start_again()?;
    tokio::try_join!(sent(&sem), sent(&karin))?;
    tokio::try_join!(stays(&sem, CLIENT), stays(&karin, SUPPORTER)).map(drop)
}

/// They come to their own first screen, and nothing sends them on from there.
async fn stays(person: &Person, (address, words): (&str, &str)) -> Step {
    let there = "return location.pathname === arguments[0];";
    person.when(&format!("{address} in the address bar"), there, vec![json!(address)]).await?;
    person.see(words).await?;
    person.read("window.stayed = true; return true;", vec![]).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    person.when("the same window still", "return window.stayed === true;", vec![]).await?;
    person.when(address, there, vec![json!(address)]).await?;
    person.see(words).await
}

/// Exactly these apps are on the phone for when there is no network.
pub async fn keeps(person: &Person, bundles: &[&str]) -> Step {
    let script = "const kept = [];
        for (const name of await caches.keys()) {
          const bundle = name.match(/^opstap-shell-([a-z]+)-/)?.[1];
          if (bundle && (await (await caches.open(name)).match(`/${bundle}.html`))) kept.push(bundle);
        }
        return kept.sort().join(' ');";
    person.when_promised(&format!("{bundles:?} to be kept"), script, &bundles.join(" ")).await
}
