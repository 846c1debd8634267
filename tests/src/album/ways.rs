//! What a step can lead to and what a client can be proud of: choices, a timer, another way, a word about the result, the book, a plan that
//! is no longer needed, a day off.

use std::io;

use opstap_core::model::{
    BookEntry, DaysOff, Exit, Exits, Model, Picture, Plan, RunWord, Step as PlanStep, StepEvent, StepOutcome, delete,
    set,
};
use opstap_core::{Day, Kind, Millis, RecordId};

use super::{Album, Screen, TO_THE_END};
use crate::browser::{Missed, Person, Server, Stage, Step, Window, film};
use crate::device::now;
use crate::holder::Holder;

/// A plan of which one step is a film.
const FILMED: &str = "Band oppompen";

const HOUR: u64 = 60 * 60 * 1_000;

fn picture(name: &str) -> Option<Picture> {
    Some(Picture::Pictogram(name.to_owned()))
}

fn plan(title: &str, name: &str) -> Plan {
    Plan { picture: picture(name), ..Plan::titled(title) }
}

fn step(text: &str, name: &str) -> PlanStep {
    PlanStep { picture: picture(name), ..PlanStep::saying("", text) }
}

/// Sem once more, with plans that use all a step can have.
pub async fn prepare(stage: &mut Stage) -> Step<Album> {
    let screens = fill(&stage.server).map_err(|cause| Missed::new(format!("the ways were not filled: {cause}")))?;
    let sem = stage.person("Sem", Window::Phone);
    sem.open("/").await?;
    sem.see("Vandaag is een vrije dag: Vakantie.").await?;
    sem.see("Kamer opruimen: dit kan je nu zelf.").await?;
    sem.go("/book").await?;
    sem.see("Ik heb met opa gevist.").await?;
    filmed(stage, &sem).await?;
    Ok(Album { person: sem, screens })
}

/// Youssef films the step that Sem is at, and it comes to Sem.
async fn filmed(stage: &mut Stage, sem: &Person) -> Step {
    let youssef = stage.person("Camera", Window::Phone);
    youssef.open(&stage.server.new_link("Youssef")?).await?;
    youssef.tap_with(FILMED).await?;
    youssef.tap("Meer bij stap 1").await?;
    youssef.give_photo("Maak een film", &film(&youssef, stage.folder(), "wheel").await?).await?;
    youssef.see("Haal de film weg").await?;
    sem.go("/plans").await?;
    sem.tap_with(FILMED).await?;
    let here = "return document.querySelector('.film video')?.videoWidth > 0;";
    sem.when("the film", here, vec![]).await?;
    // Not before: a film is still on its way when the words of its step are sent.
    youssef.close().await
}

fn fill(server: &Server) -> io::Result<Vec<Screen>> {
    let (mut marloes, mut sem) = (Holder::of(server, "Marloes", 41)?, Holder::of(server, "Sem", 42)?);
    let mut screens = at_steps(&mut marloes, &mut sem)?;
    screens.extend(kept(&mut sem)?);
    screens.extend(proud(&mut marloes, &mut sem)?);
    let (off, today) = (marloes.device.id(now()), Day::of(now()));
    let word = Some("Vakantie".to_owned());
    let days = DaysOff { from: today.back(1), until: Day(today.0 + 1), word };
    marloes.write(now(), vec![days.make(off)])?;
    screens.push(Screen::at("day-off", "/"));
    Ok(screens)
}

fn at_steps(marloes: &mut Holder, sem: &mut Holder) -> io::Result<Vec<Screen>> {
    use StepOutcome::{OtherWay, Shown};
    let (out, steps) = marloes.plan(&plan("Naar buiten", "sun"), vec![step("Hoe ga je naar buiten?", "sun")])?;
    let [way] = *steps.as_slice() else { return Err(io::Error::other("no step")) };
    let choices = [
        ("Op de fiets", "bicycle", None),
        ("Met de bus", "bus", None),
        ("Lopen", "person-walking", None),
        ("Met de metro", "metro", None),
        ("Ik blijf thuis", "house", None),
    ];
    marloes.choices(way, &choices)?;
    sem.under_way(out, way, &[Shown])?;
    let exits = Exits::of(Exit::ALL);
    let brush = PlanStep {
        timer: Some(120),
        exits,
        other_way: Some("Poets eerst boven en dan onder.".to_owned()),
        other_picture: picture("toothbrush"),
        ..step("Poets je tanden.", "toothbrush")
    };
    let (teeth, steps) = marloes.plan(&plan("Tanden poetsen", "toothbrush"), vec![brush.clone()])?;
    let [brushing] = *steps.as_slice() else { return Err(io::Error::other("no step")) };
    marloes.choices(brushing, &choices[..2])?;
    sem.under_way(teeth, brushing, &[Shown])?;
    let other = marloes.plan(&plan("Nog eens poetsen", "toothbrush"), vec![brush])?;
    let (again, steps) = other;
    let [brushing] = *steps.as_slice() else { return Err(io::Error::other("no step")) };
    sem.under_way(again, brushing, &[Shown, OtherWay])?;
    let (filmed, steps) = marloes.plan(&plan(FILMED, "bicycle"), vec![step("Pomp de band op.", "bicycle")])?;
    let [pumping] = *steps.as_slice() else { return Err(io::Error::other("no step")) };
    sem.under_way(filmed, pumping, &[Shown])?;
    Ok(vec![
        Screen::at("step-film", format!("/plan/{filmed}/step")),
        Screen::at("step-choices", format!("/plan/{out}/step")),
        Screen::at("step-timer", format!("/plan/{teeth}/step")),
        Screen::at("step-timer-runs", format!("/plan/{teeth}/step")).after(START),
        Screen::at("all-exits", format!("/plan/{teeth}/not-managed")),
        Screen::at("choose", format!("/plan/{teeth}/choose")),
        Screen::at("step-other-way", format!("/plan/{again}/step")),
    ])
}

const START: &str = "document.querySelector('.timer button')?.click();";

/// A word about a result, and something put in the book.
fn kept(sem: &mut Holder) -> io::Result<Vec<Screen>> {
    let cook = sem.one(Kind::Plan, "title", "Spaghetti koken")?;
    let run = sem.run(cook, Millis(now().0 - HOUR))?;
    let steps = sem.steps(cook);
    let done = steps.iter().map(|step| StepEvent::of(*step, StepOutcome::Done, now()));
    let done: Vec<_> = done.map(|event| event.make_below(sem.device.id(now()), run)).collect();
    sem.write(now(), done)?;
    let word = |text: &str| Some(text.to_owned());
    let said =
        RunWord { text: word("Het was lekker. Karin at ook mee."), voice: None, at: now(), audience: Vec::new() };
    let put =
        BookEntry { at: now(), text: word("Ik heb met opa gevist."), photo: None, voice: None, audience: Vec::new() };
    let (one, other) = (sem.device.id(now()), sem.device.id(now()));
    sem.write(now(), vec![said.make_below(one, run), put.make(other)])?;
    Ok(vec![
        Screen::at("result-word", format!("/run/{run}/result")),
        Screen::at("share-word", format!("/share/{run}")),
        Screen::at("book-entry", "/book"),
        Screen::at("this-week", "/book").after(TO_THE_END),
        Screen::at("add", "/book/add"),
    ])
}

/// A plan that went by itself three times, one that Marloes thinks goes without, and one of which both said so.
fn proud(marloes: &mut Holder, sem: &mut Holder) -> io::Result<Vec<Screen>> {
    let mut made = |title: &str, name: &str| -> io::Result<RecordId> {
        let steps = ["Doe het licht aan.", "Pak je spullen.", "Ruim alles op."].map(|text| step(text, name));
        Ok(marloes.plan(&plan(title, name), steps.into())?.0)
    };
    let (itself, thought, both) =
        (made("Bed opmaken", "bed")?, made("Afwassen", "sponge")?, made("Kamer opruimen", "broom")?);
    for hours in 1..=3 {
        sem.run(itself, Millis(now().0 - hours * HOUR))?;
    }
    marloes
        .write(now(), vec![set(thought, "mastered_by_supporter", now()), set(both, "mastered_by_supporter", now())])?;
    sem.write(now(), vec![set(both, "mastered_by_client", now())])?;
    Ok(vec![
        Screen::at("plan-by-itself", format!("/plan/{itself}")),
        Screen::at("plan-thinks-so", format!("/plan/{thought}")),
        Screen::at("mastered", format!("/mastered/{both}")),
    ])
}

/// Everything that has its time today is done, and one plan that has none is left: the way to it is there.
pub async fn all_done(stage: &mut Stage) -> Step<Album> {
    do_all(&stage.server).map_err(|cause| Missed::new(format!("the day was not done: {cause}")))?;
    let sem = stage.person("Sem", Window::Phone);
    sem.open("/").await?;
    sem.see("Klaar vandaag").await?;
    sem.see("Al mijn plannen").await?;
    Ok(Album { person: sem, screens: vec![Screen::at("all-done", "/")] })
}

fn do_all(server: &Server) -> io::Result<()> {
    let (mut marloes, mut sem) = (Holder::of(server, "Marloes", 45)?, Holder::of(server, "Sem", 46)?);
    let of = |holder: &Holder, kind| -> Vec<RecordId> {
        let there = holder.held.records.iter().filter(|record| record.kind == kind && !record.is_deleted());
        there.map(|record| record.id).collect()
    };
    let off = of(&marloes, Kind::DaysOff).into_iter().map(delete).collect();
    marloes.write(now(), off)?;
    for plan in of(&sem, Kind::Plan) {
        sem.run(plan, now())?;
    }
    marloes.plan(&plan("Planten water geven", "potted-plant"), vec![step("Geef elke plant water.", "potted-plant")])?;
    Ok(())
}
