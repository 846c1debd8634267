//! What a week of a client's phone weighs on the wire: a table to read, not a test.

mod around;
mod week;

use std::io::{self, Write};
use std::time::Duration;

use opstap_tests::browser::{Missed, Stage, Step, Tools, Window};
use opstap_tests::measured::weight::{self, Part};
use opstap_tests::measured::{circle, wire};
use serde_json::json;

/// The most that a week may weigh, in bytes.
const MOST: usize = 300_000;
/// How much faster than people the week is played: the app's own timers run as much faster, so that what waits to be sent together is.
pub const FASTER: u32 = 60;
/// How long the line is listened to for its signs of life: two of them fit.
const LISTENS: Duration = Duration::from_secs(55);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Missed> {
    let mut stage = Stage::set(&Tools::find()?)?;
    let unfilled = |cause: Box<dyn std::error::Error>| Missed::new(format!("the circle was not filled: {cause}"));
    let plans = circle::fill(&stage.server).map_err(unfilled)?;
    let mut around = around::Around::pair(&stage.server).map_err(unfilled)?;
    let host = stage.server.base().trim_start_matches("http://").to_owned();
    let wire = wire::Wire::lay(host.clone()).await?;
    let sem = stage.person_by("Sem", Window::Phone, wire.base());
    let link = stage.server.new_link("Sem")?.replace(&format!("http://{host}"), &wire.base());
    sem.open(&link).await?;
    sem.see("Mijn boek").await?;
    wire.until_quiet().await;
    let first = weigh(&wire.take());

    sem.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": include_str!("faster.js")})).await?;
    let played = week::play(&sem, &wire, &plans, &mut around).await?;
    wire.until_quiet().await;
    let passed = wire.take();
    let sign = sign_of_life(&sem, &wire).await?;
    sem.close().await?;
    print(first, &passed, &played, sign)?;
    Ok(())
}

fn weigh(passed: &[wire::Passed]) -> usize {
    passed.iter().map(|one| one.up + one.down).sum()
}

/// What one sign of life of the live line weighs, on a screen that does nothing else.
async fn sign_of_life(sem: &opstap_tests::browser::Person, wire: &wire::Wire) -> Step<usize> {
    sem.go("/").await?;
    sem.see("Mijn boek").await?;
    wire.until_quiet().await;
    let live = || wire.bytes_at(|path| Part::of(path) == Part::Live);
    let before = live();
    tokio::time::sleep(LISTENS).await;
    Ok((live() - before).div_ceil(2))
}

fn print(first: usize, passed: &[wire::Passed], played: &week::Played, sign: usize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "\nA week of a client's phone, in bytes on the wire, both ways, heads included\n")?;
    for line in played.told() {
        writeln!(out, "- {line}")?;
    }
    writeln!(out, "\n| part | requests | up | down |\n| --- | ---: | ---: | ---: |")?;
    let without: Vec<_> = passed.iter().filter(|one| Part::of(&one.path) != Part::Photos).cloned().collect();
    for row in weight::rows(&without) {
        writeln!(out, "{row}")?;
    }
    let signs = played.signs_of_life();
    writeln!(out, "| signs of life of the live line: {signs} of {sign} B | – | 0 | {} |", signs * sign)?;
    let all = weigh(&without) + signs * sign;
    writeln!(out, "\n{all} B without photos, at most {MOST}; photos {} B; the first visit, once: {first} B", {
        weigh(passed) - weigh(&without)
    })
}
