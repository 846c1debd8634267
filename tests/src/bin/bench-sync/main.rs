//! What the sync costs: the server's seconds of the processor, bytes on the wire and memory, as a table to read, not a test.
//!
//! The server is the real one, on a real disk, spoken to over HTTP with the packing the app uses. Heads are counted, without what
//! a browser adds of its own accord.

mod device;
mod ground;
mod line;
mod one_device;
mod phone;
mod streams;
mod table;
mod together;

use ground::{Circle, Groundwork};
use opstap_tests::browser::Tools;
use table::Row;

/// The step events of the workload.
const EVENTS: usize = 10_000;
/// How many go in one request.
const BATCH: usize = 100;
/// How often each is measured; the table has the median.
const ROUNDS: usize = 3;

/// The circles of everything that is measured.
struct Circles {
    one_device: Vec<Circle>,
    shared: Vec<Circle>,
    own: Vec<Vec<Circle>>,
    streams: Vec<Circle>,
    phone: Circle,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tools = Tools::find_or_skip();
    eprintln!("Laying the ground");
    let mut groundwork = Groundwork::begin().await?;
    let circles = lay(&mut groundwork).await?;
    let mut ground = groundwork.start()?;
    let mut rows = Vec::new();

    eprintln!("One device pushes {EVENTS} in requests of {BATCH}, a fresh one pulls");
    let mut rounds = Vec::new();
    for (circle, seed) in circles.one_device.iter().zip(1..) {
        rounds.push(one_device::push_and_pull(&mut ground, circle, seed).await?);
    }
    rows.extend(one_device::rows(&rounds));
    if let Some(circle) = circles.one_device.first() {
        eprintln!("One change, seen by a second device");
        rows.extend(one_device::one_change(&mut ground, circle).await?);
    }
    rows.extend(together(&mut ground, &circles).await?);
    rows.push(Row::new("peak memory until here", table::mebibytes(ground.peak_memory()), "MiB", 60.0));
    eprintln!("{} live streams", streams::CIRCLES * streams::IN_A_CIRCLE);
    rows.extend(streams::measure(&mut ground, &circles.streams).await?);
    if let Some(tools) = tools {
        eprintln!("A phone with everything on it");
        rows.extend(phone::measure(ground, &circles.phone, &tools).await?);
    }
    Ok(table::print(&rows)?)
}

async fn lay(groundwork: &mut Groundwork) -> Result<Circles, Box<dyn std::error::Error>> {
    let phone = groundwork.circle("Telefoon", 2).await?;
    let mut circles =
        Circles { one_device: Vec::new(), shared: Vec::new(), own: Vec::new(), streams: Vec::new(), phone };
    for round in 0..ROUNDS {
        circles.one_device.push(groundwork.circle(&format!("Alleen{round}"), 5).await?);
        circles.shared.push(groundwork.circle(&format!("Samen{round}"), 10).await?);
        let mut own = Vec::new();
        for place in 0..together::DEVICES {
            own.push(groundwork.circle(&format!("Eigen{round}.{place}"), 2).await?);
        }
        circles.own.push(own);
    }
    for place in 0..streams::CIRCLES {
        circles.streams.push(groundwork.circle(&format!("Hoort{place}"), streams::IN_A_CIRCLE).await?);
    }
    Ok(circles)
}

async fn together(ground: &mut ground::Ground, circles: &Circles) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let (mut in_one, mut in_own) = (Vec::new(), Vec::new());
    for (place, (shared, own)) in circles.shared.iter().zip(&circles.own).enumerate() {
        eprintln!(
            "{} devices at once, in one circle and each in its own ({} of {ROUNDS})",
            together::DEVICES,
            place + 1
        );
        let seed = u64::try_from(place)? * 1_000 + 100;
        in_one.push(together::round(ground, std::slice::from_ref(shared), seed).await?);
        in_own.push(together::round(ground, own, seed + 500).await?);
    }
    Ok([together::rows("in one circle", &in_one), together::rows("each in its own", &in_own)]
        .into_iter()
        .flatten()
        .collect())
}
