//! What a professional's laptop takes to show its first screens, when all clients of the organisation are theirs: what asks, the list of clients
//! and the page of one, on a processor made four times slower.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use opstap_tests::browser::{Missed, Person, Server, Stage, Step, Tools, Window};
use opstap_tests::measured::figures::{Figures, TIMES};
use opstap_tests::processor;
use serde_json::{Value, json};

/// How much slower the browser makes the page.
pub const THROTTLE: u32 = 4;

/// How often is looked whether the first sync is over, half a minute each time.
const LOOKS: usize = 60;

/// A screen that is measured.
struct Screen {
    name: &'static str,
    /// Its address; the client page has that of the first in the list.
    at: &'static str,
    /// What is true once it shows what it is for.
    shown: &'static str,
    /// Where it is reached from by a tap, and on what.
    from: &'static str,
    way: &'static str,
}

const CLIENTS: &str = "/desk/clients";

const SCREENS: [Screen; 3] = [
    Screen {
        name: "attention",
        at: "/desk",
        shown: "document.querySelector('.asking li') !== null",
        from: "/desk/settings",
        way: ".rail a[href='/desk']",
    },
    Screen {
        name: "caseload",
        at: CLIENTS,
        shown: "document.querySelector('tr[data-client] td:nth-of-type(2)') !== null",
        from: "/desk/settings",
        way: ".rail a[href='/desk/clients']",
    },
    Screen {
        name: "client page",
        at: "",
        shown: "document.querySelector('.tabs') !== null && document.querySelector('tr[data-client], .bone') === null",
        from: CLIENTS,
        way: FIRST_CLIENT,
    },
];

/// Who stands first in the list.
const FIRST_CLIENT: &str = "tr[data-client] a.list-row";

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
    for screen in &SCREENS {
        rows.push(warm(marloes, screen).await?.row());
    }
    marloes.go(CLIENTS).await?;
    let first = format!("return document.querySelector('{FIRST_CLIENT}')?.getAttribute('href');");
    marloes.when("somebody in the list", &first, vec![]).await?;
    let first = marloes.read(&first, vec![]).await?;
    for screen in &SCREENS {
        let at = if screen.at.is_empty() { first.as_str().unwrap_or_default() } else { screen.at };
        rows.push(cold(marloes, screen, at).await?.row());
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
async fn warm(marloes: &Person, screen: &Screen) -> Step<Figures> {
    let mut figures = Figures::new(format!("{}, from another screen", screen.name), Some(200.0));
    slow(marloes).await?;
    for _ in 0..TIMES {
        marloes.go(screen.from).await?;
        let there = "return document.querySelector(arguments[0]) !== null;";
        marloes.when("the way there", there, vec![json!(screen.way)]).await?;
        // What the app does after it opened is done.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let before = processor::seconds_of_browser(marloes.profile());
        let script = format!(
            "const from = performance.now();
            document.querySelector({}).click();
            return opstapPainted(() => {}, from);",
            json!(screen.way),
            screen.shown
        );
        let millis = marloes.promised(&script).await?;
        figures.add(in_millis(marloes, &millis)?, processor::seconds_of_browser(marloes.profile()) - before);
    }
    Ok(figures)
}

/// By its address, in a browser that was just started.
async fn cold(marloes: &Person, screen: &Screen, at: &str) -> Step<Figures> {
    let mut figures = Figures::new(format!("{}, browser started cold", screen.name), Some(1_500.0));
    for _ in 0..TIMES {
        marloes.close().await?;
        marloes.open("about:blank").await?;
        slow(marloes).await?;
        let before = processor::seconds_of_browser(marloes.profile());
        let shown = screen.shown;
        let noting = format!("opstapPainted(() => {shown}, 0).then((at) => (globalThis.opstapAt = at));");
        marloes.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": noting })).await?;
        marloes.go(at).await?;
        marloes.when(screen.name, "return globalThis.opstapAt !== undefined;", vec![]).await?;
        let millis = marloes.read("return globalThis.opstapAt;", vec![]).await?;
        figures.add(in_millis(marloes, &millis)?, processor::seconds_of_browser(marloes.profile()) - before);
    }
    Ok(figures)
}

fn in_millis(marloes: &Person, told: &Value) -> Step<f64> {
    told.as_f64().ok_or_else(|| marloes.missed(&format!("the browser told no time: {told}")))
}
