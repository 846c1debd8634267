//! How soon the app paints, lists today's plans and answers a tap, and what a first visit weighs: tables to read, not a test.

mod speed;

use std::io::{self, Write};

use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::measured::{circle, weight, wire};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Missed> {
    let mut stage = Stage::set(&Tools::find()?)?;
    let plans =
        circle::fill(&stage.server).map_err(|cause| Missed::new(format!("the circle was not filled: {cause}")))?;
    let host = stage.server.base().trim_start_matches("http://").to_owned();
    let wire = wire::Wire::lay(host.clone()).await?;
    let sem = stage.person_by("Sem", Window::Phone, wire.base());

    eprintln!("A first visit, and the first sync of {} plans and {} runs", circle::PLANS, circle::RUNS);
    let link = stage.server.new_link("Sem")?.replace(&format!("http://{host}"), &wire.base());
    sem.open(&link).await?;
    sem.see("Mijn boek").await?;
    sem.when("the plans", "return all('.tile').length > 0;", vec![]).await?;
    until_quiet(&wire, &sem).await?;
    let passed = wire.take();

    eprintln!("Five times each, with the processor {} times slower", speed::THROTTLE);
    let speeds = speed::measure(&sem).await?;
    eprintln!("The same with {} runs in the book", circle::ENTRIES);
    circle::fill_the_book(&stage.server, &plans)
        .map_err(|cause| Missed::new(format!("the book was not filled: {cause}")))?;
    sem.go("/").await?;
    sem.see("Mijn boek").await?;
    until_quiet(&wire, &sem).await?;
    let book = speed::measure_book(&sem).await?;
    sem.close().await?;
    print(&[speeds, book].concat(), &passed)?;
    Ok(())
}

/// Everything is sent and kept, and nothing goes over the wire any more.
async fn until_quiet(wire: &wire::Wire, sem: &Person) -> Step {
    sem.when("everything to be sent", "return all('.chip.sent').length > 0;", vec![]).await?;
    wire.until_quiet().await;
    Ok(())
}

fn print(speeds: &[String], passed: &[wire::Passed]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    writeln!(
        out,
        "\nMilliseconds, processor {} times slower, five times each; load of the machine {load}\n",
        speed::THROTTLE
    )?;
    writeln!(out, "| what | median | least–most | CPU s | target |\n| --- | ---: | ---: | ---: | ---: |")?;
    for row in speeds {
        writeln!(out, "{row}")?;
    }
    writeln!(out, "\nBytes over the wire at a first visit, heads included\n")?;
    writeln!(out, "| part | requests | up | down |\n| --- | ---: | ---: | ---: |")?;
    for row in weight::rows(passed) {
        writeln!(out, "{row}")?;
    }
    writeln!(out, "\nRound trips of the first sync: {} plans, {} runs\n", circle::PLANS, circle::RUNS)?;
    writeln!(out, "| round trip | up | down |\n| --- | ---: | ---: |")?;
    for row in weight::round_trips(passed) {
        writeln!(out, "{row}")?;
    }
    Ok(())
}
