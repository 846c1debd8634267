//! Fifty devices that were offline come back at the same moment: all in one circle, and each in its own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use opstap_core::Edit;
use opstap_tests::workload::Workload;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::BATCH;
use crate::device::{Device, Ready};
use crate::ground::{Circle, Ground};
use crate::one_device::begin_runs;
use crate::table::{Row, figure, median};

/// How many devices.
pub const DEVICES: usize = 50;
/// What each wrote meanwhile.
const EACH: usize = 200;

/// What one round took.
pub struct Round {
    cpu: f64,
    slowest_by_fastest: f64,
    bytes: f64,
    catching_up: f64,
}

/// A device with what it is to hand in: a request that is ready, so that the machine's own packing for fifty is not measured, and more.
struct Waiting {
    device: Device,
    first: Ready,
    rest: Vec<Edit>,
}

/// Lets a device of each circle push; a circle that is given more than once has so many devices, of its people in turn.
pub async fn round(ground: &mut Ground, circles: &[Circle], seed: u64) -> Result<Round, Box<dyn std::error::Error>> {
    let mut all = Vec::with_capacity(DEVICES);
    for (place, circle) in circles.iter().cycle().take(DEVICES).enumerate() {
        let place_in_circle = if circles.len() == 1 { place } else { 0 };
        let somebody = circle.people.get(place_in_circle % circle.people.len()).ok_or("a circle of nobody")?;
        let mut device = ground.pair(somebody).await?;
        let workload = Workload::of(circle.setting(device.id)?, EACH, seed + u64::try_from(place)?);
        let n = begin_runs(&mut device, &workload).await?;
        let edits = workload.edits(n, device.seen(circle.id));
        all.push((device, edits));
    }
    let mut waiting = Vec::with_capacity(DEVICES);
    for (mut device, mut edits) in all {
        device.pull().await?;
        device.take_weight();
        let rest = edits.split_off(BATCH);
        waiting.push(Waiting { first: device.ready(edits)?, device, rest });
    }
    let before = ground.cpu();
    let (mut devices, took) = push_at_once(waiting).await?;
    let cpu = ground.cpu() - before;
    let bytes = devices.iter_mut().map(|device| device.take_weight().both()).sum::<usize>();

    let before = ground.cpu();
    for device in &mut devices {
        device.pull().await?;
    }
    let catching_up = ground.cpu() - before;
    let seconds = || took.iter().map(Duration::as_secs_f64);
    let slowest_by_fastest = seconds().fold(0.0, f64::max) / seconds().fold(f64::INFINITY, f64::min);
    Ok(Round { cpu, slowest_by_fastest, bytes: figure(bytes) / figure(DEVICES * EACH), catching_up })
}

async fn push_at_once(all: Vec<Waiting>) -> Result<(Vec<Device>, Vec<Duration>), Box<dyn std::error::Error>> {
    let start = Arc::new(Barrier::new(all.len()));
    let mut pushing = JoinSet::new();
    for mut waiting in all {
        let start = Arc::clone(&start);
        pushing.spawn(async move {
            start.wait().await;
            let began = Instant::now();
            waiting.device.send(&waiting.first).await?;
            waiting.device.push(&waiting.rest, BATCH).await?;
            Ok::<_, std::io::Error>((waiting.device, began.elapsed()))
        });
    }
    let (mut devices, mut took) = (Vec::new(), Vec::new());
    while let Some(pushed) = pushing.join_next().await {
        let (device, time) = pushed??;
        devices.push(device);
        took.push(time);
    }
    Ok((devices, took))
}

/// The rows of these rounds; `place` says where they were.
pub fn rows(place: &str, rounds: &[Round]) -> Vec<Row> {
    let of = |figure: fn(&Round) -> f64| median(rounds.iter().map(figure));
    vec![
        Row::new(format!("50 devices, {place}"), of(|round| round.cpu), "CPU-s", 1.0),
        Row::new(format!("slowest by fastest, {place}"), of(|round| round.slowest_by_fastest), "times", 2.0),
        Row::told(format!("50 devices, {place}, both ways"), of(|round| round.bytes), "B a record"),
        Row::told(format!("then all catch up, {place}"), of(|round| round.catching_up), "CPU-s"),
    ]
}
