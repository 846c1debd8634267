//! Two thousand live streams that are open at the same time, and one change while they are.

use std::time::Instant;

use opstap_tests::workload::Workload;
use tokio::task::JoinSet;

use crate::device::{Device, Stream};
use crate::ground::{Circle, Ground};
use crate::one_device::{PAUSE, begin_runs};
use crate::table::{Row, figure, mebibytes, median};

/// How many people are in one circle of them.
pub const IN_A_CIRCLE: usize = 10;
/// How many such circles there are.
pub const CIRCLES: usize = 200;
/// How many of them pair at the same time.
const AT_ONCE: usize = 40;
/// How many changes are made while they are open.
const CHANGES: usize = 10;

/// Opens a stream for everybody in these circles.
pub async fn measure(ground: &mut Ground, circles: &[Circle]) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let before = ground.memory();
    let links = ground.server.new_links()?;
    let people = circles.iter().flat_map(|circle| &circle.people);
    let links: Vec<_> = people.filter_map(|somebody| links.get(&somebody.name).cloned()).collect();
    let mut streams: Vec<Stream> = Vec::with_capacity(links.len());
    for some in links.chunks(AT_ONCE) {
        let mut opening = JoinSet::new();
        for link in some {
            let (link, mut draw) = (link.clone(), opstap_tests::workload::Draw::from_seed(ground.draw.number()));
            opening.spawn(async move { Device::pair(&link, &mut draw).await?.listen().await });
        }
        while let Some(opened) = opening.join_next().await {
            streams.push(opened??);
        }
    }
    let memory = ground.memory();
    let (millis, cpu) = changes(ground, circles).await?;
    let open = figure(streams.len());
    Ok(vec![
        Row::new(format!("{open} live streams, memory"), mebibytes(memory), "MiB", 300.0),
        Row::told("of which before they were opened", mebibytes(before), "MiB"),
        Row::told("one change while they are open, heard", millis, "ms"),
        Row::told("one change while they are open", cpu, "CPU-ms"),
    ])
}

/// Makes changes in one of the circles; how soon another hears of one, and what one takes of the processor.
async fn changes(ground: &mut Ground, circles: &[Circle]) -> Result<(f64, f64), Box<dyn std::error::Error>> {
    let circle = circles.first().ok_or("no circle")?;
    let [client, supporter, ..] = &*circle.people else { return Err("a circle of one".into()) };
    let mut device = ground.pair(client).await?;
    let workload = Workload::of(circle.setting(device.id)?, CHANGES, 98);
    let n = begin_runs(&mut device, &workload).await?;
    let mut stream = ground.pair(supporter).await?.listen().await?;
    let mut millis = Vec::new();
    let before = ground.cpu();
    for edit in workload.edits(n, device.seen(circle.id)) {
        tokio::time::sleep(PAUSE).await;
        let began = Instant::now();
        device.exchange(vec![edit]).await?;
        let (heard, _) = stream.moved().await?;
        millis.push(heard.duration_since(began).as_secs_f64() * 1_000.0);
    }
    Ok((median(millis), (ground.cpu() - before) / figure(CHANGES) * 1_000.0))
}
