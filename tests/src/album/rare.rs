//! What is seldom seen: a past of more than ninety days, two who changed the same, a server that was restored, a phone that heard nothing
//! for long.

use std::io;
use std::sync::Arc;

use crate::browser::{Person, Server, Stage, Step, Window};
use crate::device::now;
use crate::holder::Holder;
use opstap_core::model::{delete, set};
use opstap_core::{Kind, Millis};

use super::{Album, Screen};

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// The plan that two change at once.
const CHANGED: &str = "Medicijnen innemen";
/// The plan that is changed after the backup.
const BROUGHT: &str = "Spaghetti koken";

/// What there is before anybody comes: runs and practices of months ago, and a plan that two changed while neither heard of the other.
pub fn fill(server: &Server) -> io::Result<()> {
    let mut sem = Holder::of(server, "Sem", 31)?;
    let (plan, today) = (sem.one(Kind::Plan, "title", CHANGED)?, now().0);
    for days in [101, 103, 128, 130, 131, 165] {
        sem.run(plan, Millis(today - days * DAY))?;
    }
    let mut youssef = Holder::of(server, "Youssef", 32)?;
    let route = youssef.route()?;
    for days in [105, 133] {
        youssef.practice(route, Millis(today - days * DAY))?;
    }
    // What is made by a device that has seen nothing crosses whatever stands there.
    youssef.device.forget_what_it_saw();
    let steps = youssef.steps(plan);
    let [_, second, third, ..] = steps.as_slice() else { return Err(io::Error::other("a plan without steps")) };
    youssef.write(now(), vec![set(*second, "text", "Pak de doos uit de keukenkast.")])?;
    youssef.write(now(), vec![delete(*third)])
}

/// Those who come after everybody was there, each in turn.
pub async fn prepare(stage: &mut Stage, turn: usize) -> Step<Option<Album>> {
    let album = match turn {
        0 => brought_at_the_desk(stage).await?,
        1 => brought_on_the_phone(stage).await?,
        2 => in_the_tray(stage).await?,
        3 => locked(stage, "Karin", Window::Phone).await?,
        4 => locked(stage, "Marloes", Window::Desk).await?,
        _ => return Ok(None),
    };
    Ok(Some(album))
}

pub(super) async fn sent(person: &Person) -> Step {
    let script = "return all('.top-bar .chip.sent, .rail .chip.sent').length > 0;";
    person.when("everything to be sent", script, vec![]).await
}

/// Somebody opens their browser again.
pub(super) async fn again(stage: &mut Stage, name: &str, window: Window) -> Step<Arc<Person>> {
    let person = stage.person(name, window);
    person.open(if window == Window::Desk { "/desk/clients" } else { "/support" }).await?;
    sent(&person).await?;
    Ok(person)
}

/// After a backup Youssef changes a plan and practises and Sem follows a plan. Their phones are lost, the server is restored, and Marloes
/// has it still.
async fn brought_at_the_desk(stage: &mut Stage) -> Step<Album> {
    let backup = stage.folder().join("backup");
    let (youssef, sem) = (Holder::of(&stage.server, "Youssef", 34), Holder::of(&stage.server, "Sem", 35));
    stage.server.back_up(&backup)?;
    let lost = |mut youssef: Holder, mut sem: Holder| {
        let plan = youssef.one(Kind::Plan, "title", BROUGHT)?;
        let steps = youssef.steps(plan);
        let first = steps.first().ok_or_else(|| io::Error::other("a plan without steps"))?;
        youssef.write(now(), vec![set(*first, "text", "Pak alles wat je nodig hebt.")])?;
        let route = youssef.route()?;
        youssef.practice(route, Millis(now().0 - 2 * 60 * 60_000))?;
        // The latest there is, so that it stands first.
        sem.run(plan, now()).map(drop)
    };
    lost(youssef?, sem?)?;
    let marloes = again(stage, "Marloes", Window::Desk).await?;
    marloes.tap_with("Sem").await?;
    marloes.see("Laatst gedaan").await?;
    let client = marloes.place().await?;
    marloes.see(BROUGHT).await?;
    stage.server.stop().await?;
    stage.server.restore(&backup)?;
    stage.server.start_again()?;
    marloes.go("/desk").await?;
    sent(&marloes).await?;
    marloes.go(&client).await?;
    marloes.tap_with(BROUGHT).await?;
    marloes.see("Na een storing teruggebracht").await?;
    let mut screens = vec![Screen::at("brought-run", marloes.place().await?)];
    marloes.go(&format!("{client}/plans")).await?;
    marloes.tap_with(BROUGHT).await?;
    marloes.see("Na een storing teruggebracht").await?;
    screens.push(Screen::at("brought-plan", marloes.place().await?));
    screens.push(Screen::at("brought-practice", format!("{client}/travel")));
    Ok(Album { person: marloes, screens })
}

/// Youssef reads the same on his phone.
async fn brought_on_the_phone(stage: &mut Stage) -> Step<Album> {
    let youssef = again(stage, "Youssef", Window::Phone).await?;
    youssef.tap_with(BROUGHT).await?;
    youssef.see("Na een storing teruggebracht").await?;
    let mut screens = vec![Screen::at("brought-plan", youssef.place().await?)];
    youssef.go("/support").await?;
    youssef.tap_with("Oefening").await?;
    youssef.see("Na een storing teruggebracht").await?;
    screens.push(Screen::at("brought-report", youssef.place().await?));
    Ok(Album { person: youssef, screens })
}

/// Sem does a step without a network. What waits stays in this browser, which is not opened again.
pub(super) async fn unsent_by_the_client(stage: &mut Stage) -> Step<Album> {
    let sem = stage.person("Sem", Window::Phone);
    sem.open("/").await?;
    sent(&sem).await?;
    sem.cut_off(0).await?;
    sem.go("/plans").await?;
    sem.tap_with(CHANGED).await?;
    sem.tap("Begin").await?;
    sem.tap("Klaar").await?;
    sem.when("a mark that it waits", "return all('.top-bar .chip.device').length > 0;", vec![]).await?;
    let screens = vec![Screen::at("step-unsent", sem.place().await?), Screen::at("unsent", "/not-sent")];
    Ok(Album { person: sem, screens })
}

/// What Youssef changed was not taken, and something else waits.
async fn in_the_tray(stage: &mut Stage) -> Step<Album> {
    let youssef = again(stage, "Youssef", Window::Phone).await?;
    youssef.cut_off(0).await?;
    youssef.go("/support").await?;
    youssef.tap_with("Opstaan").await?;
    let waits = async |field: &str, words: &str| -> Step {
        youssef.write(field, words).await?;
        youssef.leave_field().await?;
        youssef.when("a mark that it waits", "return all('.step-row .chip.device').length > 0;", vec![]).await
    };
    waits("Stap 1", "Zet de wekker uit en sta op.").await?;
    youssef.refuse_what_waits().await?;
    youssef.go(&youssef.place().await?).await?;
    waits("Stap 2", "Ga even zitten.").await?;
    let question = "document.querySelector('[data-refused] .button.danger').click();";
    let screens = vec![
        Screen::at("unsent", "/support/not-sent"),
        Screen::at("let-go-question", "/support/not-sent").after(question),
    ];
    Ok(Album { person: youssef, screens })
}

/// Phones may go without word from the server for two weeks, and this one did for longer.
async fn locked(stage: &mut Stage, name: &str, window: Window) -> Step<Album> {
    stage.server.lease(14)?;
    let person = match window {
        Window::Desk => again(stage, name, window).await?,
        // Karin was not here yet.
        Window::Small | Window::Phone => {
            let (person, link) = (stage.person(name, window), stage.server.new_link(name)?);
            person.open(&link).await?;
            sent(&person).await?;
            person
        }
    };
    let home = person.place().await?;
    let mut screens = vec![Screen::at("locked-home", home)];
    if window == Window::Desk {
        person.tap_with("Sem").await?;
        person.see("Laatst gedaan").await?;
        screens.push(Screen::at("locked", person.place().await?));
    }
    person.cut_off(16).await?;
    Ok(Album { person, screens })
}
