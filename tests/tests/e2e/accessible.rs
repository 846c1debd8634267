//! Every screen of a client, for somebody who taps with difficulty, sees little, uses keys or has it read aloud: on a small phone, with
//! the text twice as large too, light and dark. The album is the one of which the pictures are taken, so a screen that cannot be reached
//! fails here.

#[path = "accessible/announced.rs"]
mod announced;
#[path = "accessible/proven.rs"]
mod proven;

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use opstap_tests::album::{self, Screen};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::device::now;
use serde_json::{Value, json};

/// The album of a stranger has those in it too who come as a supporter or at a desk, whom no client sees.
const OF_OTHERS: [&str; 2] = ["desk-", "support-"];

/// What runs in every page before the page does.
const WATCH: &str = include_str!("accessible/watch.js");

/// The checks, which may use the functions of `look.js`.
const CHECKS: [&str; 4] = [
    include_str!("../../src/browser/look.js"),
    include_str!("accessible/checks.js"),
    include_str!("accessible/contrast.js"),
    include_str!("accessible/order.js"),
];

/// How each screen is looked at: language, colours, window and size of the text. 320 px is where WCAG 2.2 asks that a page reflows (1.4.10),
/// and a root of 200 % is the text alone twice as large (1.4.4). The smallest window with the largest text is more than either asks.
const VISITS: [(&str, &str, Window, u32); 4] = [
    ("nl", "light", Window::Phone, 100),
    ("en", "dark", Window::Small, 100),
    ("en", "light", Window::Small, 200),
    ("nl", "dark", Window::Small, 200),
];

#[tokio::test]
async fn every_screen_of_a_day_of_a_client_can_be_seen_tapped_heard_and_reached_by_key() {
    look_at("accessible-day", 0..BEYOND_A_DAY).await;
}

#[tokio::test]
async fn every_screen_on_the_way_and_beyond_can_be_seen_tapped_heard_and_reached_by_key() {
    look_at("accessible-way", BEYOND_A_DAY..album::OF_CLIENTS).await;
}

/// From this turn of the album on nobody pairs or follows a plan of every day: the screens of a client in two halves, side by side.
const BEYOND_A_DAY: usize = 2;

/// Looks at the screens of these turns of the album.
async fn look_at(story: &str, turns: Range<usize>) {
    let (Some(tools), Some(axe)) = (Tools::find_or_skip(), axe()) else { return };
    let found = RefCell::new(Vec::new());
    Stage::play(&tools, story, async |stage: &mut Stage| {
        for turn in 0..turns.end {
            stage.step("people do what fills their screens");
            let Some(album) = album::prepare(stage, turn).await? else { break };
            let person = album.person;
            if turns.contains(&turn) {
                watch(&person, &axe).await?;
                let of_client = |screen: &&Screen| !OF_OTHERS.iter().any(|other| screen.name.starts_with(other));
                for screen in album.screens.iter().filter(of_client) {
                    stage.step(screen.name);
                    let problems = look(&person, screen).await?;
                    problems.iter().for_each(|problem| eprintln!("      {problem}"));
                    found.borrow_mut().extend(problems);
                }
                // Who comes again later finds it as it is at first.
                album::choose(&person, "nl", "light").await?;
            }
            person.close().await?;
        }
        Ok(())
    })
    .await;
    let found = found.into_inner();
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}

/// The text of axe-core; nothing where it is not installed, which is said.
fn axe() -> Option<String> {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe);
    assert!(axe.is_ok() || std::env::var_os("CI").is_none(), "in CI axe-core must be there: cargo xtask installs it");
    if axe.is_err() {
        eprintln!("skipped: axe-core is not there; `cargo xtask test e2e` installs it.");
    }
    axe.ok()
}

/// From the next page on everything is there with which a screen is looked at.
async fn watch(person: &Person, axe: &str) -> Step {
    let checks = format!("window.checks = (() => {{ {} }})();", CHECKS.join("\n"));
    for source in [format!("(() => {{ {WATCH} }})();"), checks, axe.to_owned()] {
        person.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    }
    person.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": in_the_morning() })).await?;
    let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    person.devtools("Emulation.setEmulatedMedia", still).await.map(drop)
}

/// Where it is between nine and ten now: eight hours on it is the same day, and a screen has nothing else to say of it.
fn in_the_morning() -> String {
    let hour = now().0 / (60 * 60 * 1_000) % 24;
    // With its sign turned round, as these zones are named; from twelve hours ahead on they have no name, and it is the day after.
    match hour {
        0..=8 => format!("Etc/GMT-{}", 9 - hour),
        9..=21 => format!("Etc/GMT+{}", hour - 9),
        _ => format!("Etc/GMT-{}", 33 - hour),
    }
}

/// Looks at one screen in every way.
async fn look(person: &Person, screen: &Screen) -> Step<Vec<String>> {
    let mut found = Vec::new();
    for (language, theme, window, text) in VISITS {
        album::choose(person, language, theme).await?;
        person.resize(window).await?;
        screen.show(person).await?;
        if text != 100 {
            let larger = "document.documentElement.style.fontSize = `${arguments[0]}%`; return true;";
            person.read(larger, vec![json!(text)]).await?;
            // Its script is not run again: it may tap, and would go on to another screen.
            screen.quiet(person).await?;
        }
        let mut problems = sentences(&person.promised("return checks.each();").await?);
        if (text, theme) == (100, "light") {
            problems.extend(sentences(&person.read("return checks.once();", vec![]).await?));
            problems.extend(by_key(person).await?);
            problems.extend(by_ear(person).await?);
            problems.extend(sentences(&person.promised("return checks.eightHours();").await?));
        }
        let at = format!("{} ({language}, {theme}, {} px, {text} %)", screen.name, window.size().0);
        found.extend(problems.into_iter().map(|problem| format!("{at}: {problem}")));
    }
    Ok(found)
}

fn sentences(told: &Value) -> Vec<String> {
    told.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

/// Goes through the screen by Tab: everything that can be tapped comes, in the order in which it is read, and shows that it is its turn.
async fn by_key(person: &Person) -> Step<Vec<String>> {
    let count = person.read("return checks.beginKeys();", vec![]).await?;
    let count = count.as_u64().ok_or_else(|| Missed::new("no number of controls"))?;
    for _ in 0..count + 2 {
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            person.devtools("Input.dispatchKeyEvent", key).await?;
        }
    }
    Ok(sentences(&person.read("return checks.endKeys();", vec![]).await?))
}

/// What a screen reader comes to, in its order: the browser's own tree, with its names.
async fn by_ear(person: &Person) -> Step<Vec<String>> {
    person.read("return checks.mark();", vec![]).await?;
    person.devtools("Accessibility.enable", json!({})).await?;
    let tree = person.devtools("Accessibility.getFullAXTree", json!({})).await?;
    person.devtools("Accessibility.disable", json!({})).await?;
    let nodes = tree.pointer("/nodes").and_then(Value::as_array).cloned().unwrap_or_default();
    let heard = in_order(&nodes);
    Ok(sentences(&person.read("return checks.byEar(arguments[0]);", vec![json!(heard)]).await?))
}

/// The marked nodes of the tree, parents before children, as the tree has them.
fn in_order(nodes: &[Value]) -> Vec<Value> {
    let by_id: std::collections::HashMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let mut heard = Vec::new();
    let mut to_come: Vec<&Value> = nodes.iter().take(1).collect();
    while let Some(node) = to_come.pop() {
        let marks = node["properties"].as_array().into_iter().flatten();
        let mark = marks.into_iter().find(|property| property["name"] == "keyshortcuts");
        let at = mark.and_then(|mark| mark.pointer("/value/value")?.as_str()?.strip_prefix('F')?.parse::<u64>().ok());
        if let Some(at) = at.filter(|_| node["ignored"] != true) {
            let said = |part: &str| node.pointer(part).and_then(Value::as_str).unwrap_or_default().to_owned();
            heard.push(json!({ "at": at, "name": said("/name/value"), "role": said("/role/value") }));
        }
        let children = node["childIds"].as_array().into_iter().flatten().rev();
        to_come.extend(children.filter_map(|id| by_id.get(id.as_str()?)).copied());
    }
    heard
}
