//! What a professional's laptop takes to show its first screens, when all clients of the organisation are theirs: what asks, the list of clients
//! and the page of one, on a processor made four times slower.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use opstap_tests::browser::{Missed, Person, Server, Stage, Step, Tools, Window};
use opstap_tests::measured::figures::{Figures, TIMES};
use opstap_tests::processor;
use serde_json::{Value, json};

/// How much slower the browser makes the page.
pub const THROTTLE: u32 = 4;

/// How often is looked whether the first sync is over, half a minute each time.
const LOOKS: usize = 60;

/// What is measured: its name, where it is, what of it is waited for, and how it is reached from another screen.
const SCREENS: [(&str, &str, &str, &str); 3] = [
    ("attention", "/desk", ".asking li", ".rail a[href=\"/desk\"]"),
    ("caseload", "/desk/clients", "tr[data-client] td:nth-of-type(2)", ".rail a[href=\"/desk/clients\"]"),
    ("client page", "", ".client-head, .tabs", "tr[data-client] .list-row"),
];

/// Measures them over the data in this folder, and gives how many records the laptop keeps, and the rows.
pub async fn measure(tools: &Tools, folder: &Path) -> Result<(u64, Vec<String>), Box<dyn Error>> {
    let server = Server::start_on(tools.server(), folder, None)?;
    let mut stage = Stage::over(tools, server)?;
    let marloes = stage.person("Marloes", Window::Desk);
    let measured = story(&stage, &marloes).await;
    stage.clear().await;
    Ok(measured?)
}

async fn story(stage: &Stage, marloes: &Arc<Person>) -> Step<(u64, Vec<String>)> {
    marloes.open(&stage.server.new_link("Marloes")?).await?;
    until_all_is_here(marloes).await?;
    let held = marloes.promised(include_str!("held.js")).await?;
    let held = held.as_u64().ok_or_else(|| Missed::new("nobody counted the records"))?;
    let mut rows = Vec::new();
    for screen in SCREENS {
        rows.push(warm(marloes, screen).await?.row());
    }
    for screen in SCREENS {
        if !screen.1.is_empty() {
            rows.push(cold(marloes, screen).await?.row());
        }
    }
    Ok((held, rows))
}

/// The first sync of a year of everybody takes longer than a story waits.
async fn until_all_is_here(marloes: &Person) -> Step {
    for _ in 1..LOOKS {
        if marloes.see("Alles staat op deze laptop").await.is_ok() {
            break;
        }
    }
    marloes.go("/desk/clients").await?;
    let mut summed_up = Ok(());
    // A summary of each circle is made after its records came.
    for _ in 0..LOOKS {
        let all = "return all('tr[data-client]').length > 0 && all('.bone, tr[data-client] td[colspan]').length === 0;";
        summed_up = marloes.when("a summary of each client", all, vec![]).await;
        if summed_up.is_ok() {
            break;
        }
    }
    summed_up
}

async fn slow(marloes: &Person) -> Step {
    marloes.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": include_str!("painted.js")})).await?;
    marloes.devtools("Emulation.setCPUThrottlingRate", json!({"rate": THROTTLE})).await.map(drop)
}

/// From one screen of the app to another, by a tap.
async fn warm(marloes: &Person, (name, _, shown, way): (&'static str, &str, &str, &str)) -> Step<Figures> {
    let label = match name {
        "attention" => "attention, from another screen",
        "caseload" => "caseload, from another screen",
        _ => "client page, from the caseload",
    };
    let mut figures = Figures::new(label, Some(200.0));
    slow(marloes).await?;
    // A client is reached from the list, the lists from a screen that neither is.
    let from = if name == "client page" { "/desk/clients" } else { "/desk/settings" };
    for _ in 0..TIMES {
        marloes.go(from).await?;
        marloes
            .when("the way there", "return document.querySelector(arguments[0]) !== null;", vec![json!(way)])
            .await?;
        // What the app does after it opened is done.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        let before = processor::seconds_of_browser(marloes.profile());
        let script = "const shown = SHOWN, way = WAY;
            const from = performance.now();
            document.querySelector(way).click();
            return opstapPainted(() => document.querySelector(shown) !== null, from);";
        let script = script.replace("SHOWN", &json!(shown).to_string()).replace("WAY", &json!(way).to_string());
        let millis = marloes.promised(&script).await?;
        figures.add(in_millis(marloes, &millis)?, processor::seconds_of_browser(marloes.profile()) - before);
    }
    Ok(figures)
}

/// By its address, in a browser that was just started.
async fn cold(marloes: &Person, (name, at, shown, _): (&'static str, &str, &str, &str)) -> Step<Figures> {
    let label = if name == "attention" { "attention, browser started cold" } else { "caseload, browser started cold" };
    let mut figures = Figures::new(label, Some(1_500.0));
    for _ in 0..TIMES {
        marloes.close().await?;
        marloes.open("about:blank").await?;
        slow(marloes).await?;
        let before = processor::seconds_of_browser(marloes.profile());
        let noting = format!(
            "globalThis.opstapFirst = opstapPainted(() => document.querySelector({}) !== null, 0).then((at) => (globalThis.opstapAt = at));",
            json!(shown)
        );
        marloes.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": noting })).await?;
        marloes.go(at).await?;
        marloes.when(name, "return globalThis.opstapAt !== undefined;", vec![]).await?;
        let millis = marloes.read("return globalThis.opstapAt;", vec![]).await?;
        figures.add(in_millis(marloes, &millis)?, processor::seconds_of_browser(marloes.profile()) - before);
    }
    Ok(figures)
}

fn in_millis(marloes: &Person, told: &Value) -> Step<f64> {
    told.as_f64().ok_or_else(|| marloes.missed(&format!("the browser told no time: {told}")))
}
