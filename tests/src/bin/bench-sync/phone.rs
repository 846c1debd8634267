//! A phone with everything on it: a real browser, its processor four times slower, writes ten thousand events into the app's own store,
//! reads them back, and is started cold with them.

use std::sync::Arc;

use opstap_core::model::{Model, Plan, Step};
use opstap_core::{Change, Edit, EditName, RecordId, Stamp, order};
use opstap_tests::browser::{Missed, Person, Stage, Step as Seen, Tools, Window};
use opstap_tests::workload::Workload;
use serde_json::{Value, json};

use crate::device::{Device, now};
use crate::ground::{Circle, Ground};
use crate::one_device::begin_runs;
use crate::table::{Row, median};
use crate::{BATCH, EVENTS};

/// How much slower the browser makes the page.
const THROTTLE: u32 = 4;
/// How often the app is started cold.
const STARTS: usize = 5;

/// Fills a circle and measures the client's phone.
pub async fn measure(
    mut ground: Ground,
    circle: &Circle,
    tools: &Tools,
) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let client = circle.people.first().ok_or("a circle of nobody")?;
    let mut device = ground.pair(client).await?;
    fill(&mut device, circle).await?;
    let (server, _folder) = ground.into_server();
    let mut stage = Stage::over(tools, server)?;
    let link = stage.server.new_link(&client.name)?;
    let phone = stage.person("Telefoon", Window::Phone);
    phone.open("about:blank").await?;
    slow(&phone).await?;
    phone.go(&link).await?;
    let script = "return globalThis.opstapWritten?.puts >= arguments[0] && opstapWritten.open === 0;";
    phone.when("everything to be written", script, vec![json!(EVENTS)]).await?;
    let written = number(&phone, "return opstapWritten.spent;").await?;
    let read = phone.promised(include_str!("read_back.js")).await?;
    let read = read.as_f64().ok_or_else(|| phone.missed("reading told no time"))?;
    let (mut painted, mut listed) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        phone.close().await?;
        phone.open("about:blank").await?;
        slow(&phone).await?;
        phone.go("/").await?;
        phone.when("today's plans", "return globalThis.opstapPlansShown !== undefined;", vec![]).await?;
        painted.push(
            number(&phone, "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime;").await?,
        );
        listed.push(number(&phone, "return opstapPlansShown;").await?);
    }
    phone.close().await?;
    Ok(vec![
        Row::told("phone: 10,000 written, all transactions", written / 1_000.0, "s"),
        Row::told("phone: their rows read back", read / 1_000.0, "s"),
        Row::told("phone: cold start with them, first paint", median(painted) / 1_000.0, "s"),
        Row::new("phone: cold start with them, today's plans", median(listed) / 1_000.0, "s", 1.5),
    ])
}

/// The plans, the runs and the events.
async fn fill(device: &mut Device, circle: &Circle) -> Result<(), Box<dyn std::error::Error>> {
    let workload = Workload::of(circle.setting(device.id)?, EVENTS, 97);
    let n = begin_runs(device, &workload).await?;
    let edits = workload.edits(n, device.seen(circle.id));
    let next = n + u64::try_from(edits.len())?;
    device.push(&edits, BATCH).await?;
    let (device_id, seen) = (device.id, device.seen(circle.id));
    let plans = plans(&workload).into_iter().zip(next..).map(|(changes, n)| Edit {
        name: EditName { device: device_id, n },
        stamp: Stamp::next(now(), None, device_id),
        circle: circle.id,
        seen,
        beside: None,
        changes,
    });
    for plan in plans.collect::<Vec<_>>() {
        device.push(&[plan], BATCH).await?;
    }
    Ok(())
}

/// Makes each plan with its steps, as one edit.
fn plans(workload: &Workload) -> Vec<Vec<Change>> {
    let mut steps: Vec<(RecordId, RecordId)> = workload.events.iter().map(|event| (event.plan, event.step)).collect();
    steps.sort_unstable();
    steps.dedup();
    let plans: Vec<&[(RecordId, RecordId)]> = steps.chunk_by(|one, next| one.0 == next.0).collect();
    let orders = order::first(plans.len());
    let made = plans.into_iter().zip(orders).zip(1..);
    made.filter_map(|((steps, order), nth)| Some((steps.first()?.0, steps, order, nth))).map(plan).collect()
}

fn plan((id, steps, order, nth): (RecordId, &[(RecordId, RecordId)], String, usize)) -> Vec<Change> {
    let head = Plan { order: Some(order), ..Plan::titled(format!("Plan nummer {nth}")) };
    let mut changes = vec![head.make(id)];
    for ((_, step), order) in steps.iter().zip(order::first(steps.len())) {
        changes.push(Step::saying(order, "Doe dit.").make_below(*step, id));
    }
    changes
}

async fn slow(phone: &Person) -> Seen {
    for script in [include_str!("written.js"), include_str!("../bench-app/shown.js")] {
        phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await?;
    }
    phone.devtools("Emulation.setCPUThrottlingRate", json!({"rate": THROTTLE})).await.map(drop)
}

async fn number(phone: &Arc<Person>, script: &str) -> Seen<f64> {
    let read: Value = phone.read(script, vec![]).await?;
    read.as_f64().ok_or_else(|| -> Missed { phone.missed(&format!("the browser told no number: {read}")) })
}
