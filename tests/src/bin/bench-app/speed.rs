//! How soon the app paints, lists today's plans and answers a tap, how a full book turns and scrolls, and the longest task on the way, on a
//! processor made four times slower.

use std::sync::Arc;

use opstap_tests::browser::{Person, Step};
use opstap_tests::measured::figures::{Figures, TIMES};
use opstap_tests::processor;
use serde_json::{Value, json};

/// How much slower the browser makes the page.
pub const THROTTLE: u32 = 4;

/// Measures it on a phone that has everything, and gives the rows.
pub async fn measure(sem: &Arc<Person>) -> Step<Vec<String>> {
    let mut shell_warm = Figures::new("shell painted, warm", Some(400.0));
    let mut shell_cold = Figures::new("shell painted, browser started cold", None);
    let mut plans_warm = Figures::new("today's plans on the screen, warm", Some(600.0));
    let mut plans_cold = Figures::new("today's plans on the screen, browser started cold", Some(1_200.0));
    slow(sem).await?;
    for _ in 0..TIMES {
        visit(sem, &mut shell_warm, &mut plans_warm).await?;
    }
    let (tap, longest) = taps(sem).await?;
    for _ in 0..TIMES {
        sem.close().await?;
        sem.open("about:blank").await?;
        slow(sem).await?;
        visit(sem, &mut shell_cold, &mut plans_cold).await?;
    }
    Ok([shell_warm, shell_cold, plans_warm, plans_cold, tap, longest].iter().map(Figures::row).collect())
}

/// Opens a book with so many entries, turns its days and scrolls one, and gives the rows.
pub async fn measure_book(sem: &Arc<Person>) -> Step<Vec<String>> {
    let mut opened = Figures::new("book of 2,000 entries on the screen", None);
    let mut turned = Figures::new("one day back in it", Some(100.0));
    let mut frame = Figures::new("longest frame while a day of it scrolls", None);
    let mut longest = Figures::new("longest task meanwhile", Some(200.0));
    slow(sem).await?;
    for _ in 0..TIMES {
        sem.go("/").await?;
        sem.see("Mijn boek").await?;
        sem.when("today's plans", "return globalThis.opstapPlansShown !== undefined;", vec![]).await?;
        sem.read("globalThis.opstapLongest = 0; return true;", vec![]).await?;
        let before = processor::seconds_of_browser(sem.profile());
        let told = sem.promised(include_str!("book.js")).await?;
        let cpu = processor::seconds_of_browser(sem.profile()) - before;
        let of = |name: &str| told.get(name).and_then(Value::as_f64);
        let (Some(open), Some(turn), Some(scroll), Some(long)) =
            (of("opened"), of("turned"), of("frame"), of("longest"))
        else {
            return Err(sem.missed(&format!("the book told no times: {told}")));
        };
        opened.add(open, cpu);
        turned.add(turn, 0.0);
        frame.add(scroll, 0.0);
        longest.add(long, 0.0);
    }
    Ok([opened, turned, frame, longest].iter().map(Figures::row).collect())
}

async fn slow(sem: &Person) -> Step {
    sem.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": include_str!("shown.js")})).await?;
    sem.devtools("Emulation.setCPUThrottlingRate", json!({"rate": THROTTLE})).await.map(drop)
}

/// Opens the first screen once.
async fn visit(sem: &Person, shell: &mut Figures, plans: &mut Figures) -> Step {
    let before = processor::seconds_of_browser(sem.profile());
    sem.go("/").await?;
    sem.when("today's plans", "return globalThis.opstapPlansShown !== undefined;", vec![]).await?;
    let cpu = processor::seconds_of_browser(sem.profile()) - before;
    let script = "const paint = performance.getEntriesByName('first-contentful-paint')[0];
        return [paint?.startTime, opstapPlansShown];";
    let read = sem.read(script, vec![]).await?;
    let millis = |at: usize| read.get(at).and_then(Value::as_f64);
    match (millis(0), millis(1)) {
        (Some(painted), Some(listed)) => {
            shell.add(painted, cpu);
            plans.add(listed, cpu);
            Ok(())
        }
        _ => Err(sem.missed(&format!("the browser told no times: {read}"))),
    }
}

/// Taps "Klaar" at the first steps of a plan; beside it the longest task from the tap on "Begin" on.
async fn taps(sem: &Person) -> Step<(Figures, Figures)> {
    let mut longest = Figures::new("longest task while a plan is followed", Some(200.0));
    let mut figures = Figures::new("tap on “Klaar” to kept and next step shown", Some(100.0));
    sem.tap_with("Begin").await?;
    sem.read("globalThis.opstapLongest = 0; return true;", vec![]).await?;
    sem.tap("Begin").await?;
    sem.when("the first step", "return find(things, 'Lukt niet', true) !== undefined;", vec![]).await?;
    for _ in 0..TIMES {
        let before = processor::seconds_of_browser(sem.profile());
        let millis = sem.promised(include_str!("tap.js")).await?;
        let millis = millis.as_f64().ok_or_else(|| sem.missed("the tap told no time"))?;
        figures.add(millis, processor::seconds_of_browser(sem.profile()) - before);
        let long = sem.read("return globalThis.opstapLongest;", vec![]).await?;
        longest.add(long.as_f64().unwrap_or_default(), 0.0);
    }
    Ok((figures, longest))
}
