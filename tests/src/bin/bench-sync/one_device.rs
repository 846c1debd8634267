//! One device pushes, a fresh one pulls, and one change is seen by a second device that listens.

use std::io;
use std::time::{Duration, Instant};

use opstap_core::{Edit, EditName, Kind, Stamp};
use opstap_tests::workload::Workload;

use crate::device::Device;
use crate::ground::{Circle, Ground};
use crate::table::{Row, figure, median};
use crate::{BATCH, EVENTS};

/// How often one change is measured.
const CHANGES: usize = 20;
/// Between two changes: a person taps now and then.
pub const PAUSE: Duration = Duration::from_millis(400);

/// Writes the runs that the events stand below; the next free number of the device.
pub async fn begin_runs(device: &mut Device, workload: &Workload) -> io::Result<u64> {
    device.pull().await?;
    let mut n = 1;
    let mut edits = Vec::new();
    for changes in workload.runs().chunks(500) {
        let stamp = Stamp { millis: workload.setting.begin, counter: u32::try_from(n).unwrap_or(0), device: device.id };
        let circle = workload.setting.circle;
        let name = EditName { device: device.id, n };
        let seen = device.seen(circle);
        edits.push(Edit { name, stamp, circle, seen, beside: None, changes: changes.to_vec() });
        n += 1;
    }
    device.push(&edits, BATCH).await?;
    device.pull().await?;
    Ok(n)
}

/// What one round of pushing and pulling took.
#[derive(Default)]
pub struct Round {
    push: (f64, f64),
    pull: (f64, f64),
}

/// Pushes everything to a circle of its own and pulls it on a fresh device of somebody else.
pub async fn push_and_pull(
    ground: &mut Ground,
    circle: &Circle,
    seed: u64,
) -> Result<Round, Box<dyn std::error::Error>> {
    let [client, supporter, ..] = &*circle.people else { return Err("a circle of one".into()) };
    let mut round = Round::default();
    let mut device = ground.pair(client).await?;
    let workload = Workload::of(circle.setting(device.id)?, EVENTS, seed);
    let n = begin_runs(&mut device, &workload).await?;
    let edits = workload.edits(n, device.seen(circle.id));
    device.take_weight();
    let before = ground.cpu();
    device.push(&edits, BATCH).await?;
    round.push = (ground.cpu() - before, per_record(device.take_weight().both()));

    let mut fresh = ground.pair(supporter).await?;
    let before = ground.cpu();
    let records = fresh.pull().await?;
    round.pull = (ground.cpu() - before, per_record(fresh.take_weight().both()));
    let events = records.iter().filter(|record| record.kind == Kind::StepEvent).count();
    if events == EVENTS { Ok(round) } else { Err(format!("{events} of {EVENTS} events came").into()) }
}

fn per_record(bytes: usize) -> f64 {
    figure(bytes) / figure(EVENTS)
}

/// The rows of these rounds.
pub fn rows(rounds: &[Round]) -> Vec<Row> {
    let of = |figure: fn(&Round) -> f64| median(rounds.iter().map(figure));
    vec![
        Row::new("push of 10,000", of(|round| round.push.0), "CPU-s", 0.6),
        Row::new("push, both ways", of(|round| round.push.1), "B a record", 60.0),
        Row::new("fresh pull of 10,000", of(|round| round.pull.0), "CPU-s", 0.3),
        Row::new("fresh pull, both ways", of(|round| round.pull.1), "B a record", 45.0),
    ]
}

/// One change at a time, seen by a second device that hears of it and asks.
pub async fn one_change(ground: &mut Ground, circle: &Circle) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let [client, supporter, ..] = &*circle.people else { return Err("a circle of one".into()) };
    let mut first = ground.pair(client).await?;
    let workload = Workload::of(circle.setting(first.id)?, CHANGES, 99);
    let n = begin_runs(&mut first, &workload).await?;
    let mut second = ground.pair(supporter).await?;
    second.pull().await?;
    let mut stream = second.listen().await?;
    second.take_weight();
    let (mut millis, mut bytes) = (Vec::new(), Vec::new());
    let before = ground.cpu();
    for edit in workload.edits(n, first.seen(circle.id)) {
        tokio::time::sleep(PAUSE).await;
        let began = Instant::now();
        let pushed = tokio::spawn(async move {
            let done = first.exchange(vec![edit]).await;
            (first, done)
        });
        let (_, hint) = stream.moved().await?;
        let brought = second.exchange(Vec::new()).await?;
        millis.push(began.elapsed().as_secs_f64() * 1_000.0);
        bytes.push(figure(hint.both() + second.take_weight().both()));
        if brought.records.len() != 1 {
            return Err(format!("{} records came of one change", brought.records.len()).into());
        }
        let (device, done) = pushed.await?;
        done?;
        first = device;
    }
    let cpu = (ground.cpu() - before) / figure(CHANGES) * 1_000.0;
    Ok(vec![
        Row::new("one change at the second device", median(millis), "ms", 25.0),
        Row::new("one change, both ways", median(bytes), "B", 1_200.0),
        Row::told("one change, both devices", cpu, "CPU-ms"),
    ])
}
