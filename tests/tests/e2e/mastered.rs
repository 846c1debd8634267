//! What a client is proud of: what went by itself this week, and a plan of which client and supporter say that it is no longer needed. Then
//! a plan after another, and a day off.

use std::io;

use opstap_core::model::{DaysOff, Model, Picture, Plan, Step as PlanStep, set};
use opstap_core::{Day, Millis, RecordId};
use opstap_tests::browser::{Stage, Step, Tools, Window};
use opstap_tests::device::now;
use opstap_tests::holder::Holder;

use crate::cast::{pair, sent};

#[tokio::test]
async fn a_plan_that_is_no_longer_needed_is_celebrated_and_can_come_back() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "mastered", tell).await;
}

fn plan(marloes: &mut Holder, title: &str) -> io::Result<RecordId> {
    let picture = || Some(Picture::Pictogram("bed".into()));
    let step = PlanStep { picture: picture(), ..PlanStep::saying("", "Doe het.") };
    Ok(marloes.plan(&Plan { picture: picture(), ..Plan::titled(title) }, vec![step])?.0)
}

async fn tell(stage: &mut Stage) -> Step {
    let mut marloes = Holder::of(&stage.server, "Marloes", 61)?;
    let mut phone = Holder::of(&stage.server, "Sem", 62)?;
    let bed = plan(&mut marloes, "Bed opmaken")?;
    for minutes in [9, 6, 3] {
        phone.run(bed, Millis(now().0 - minutes * 60_000))?;
    }
    let sem = stage.person("Sem", Window::Phone);
    pair(stage, &sem, "Mijn boek").await?;

    stage.step("three times in a row, and Sem says that he can do it");
    sem.go(&format!("/plan/{bed}")).await?;
    sem.see("Dit ging drie keer achter elkaar vanzelf.").await?;
    sem.tap("Dit kan ik nu zelf").await?;
    sem.see("Jij zei: dit kan ik zelf.").await?;
    sem.tap("Toch niet").await?;
    sem.see("Dit ging drie keer achter elkaar vanzelf.").await?;
    sem.tap("Dit kan ik nu zelf").await?;
    sem.see("Toch niet").await?;
    sent(&sem).await?;

    stage.step("Marloes says so too: it leaves today and is celebrated");
    marloes.write(now(), vec![set(bed, "mastered_by_supporter", now())])?;
    sem.go("/").await?;
    sem.see("Bed opmaken: dit kan je nu zelf.").await?;
    sem.go("/plans").await?;
    sem.see("Opstaan").await?;
    sem.see_no("Bed opmaken").await?;
    sem.go("/book").await?;
    sem.see("Wat ging deze week vanzelf").await?;
    sem.see("drie keer helemaal zelf").await?;
    sem.see("Dit kan ik zelf").await?;
    sem.tap_with("Bed opmaken sinds").await?;
    let proud =
        "return all('.pride .stairs').length === 1 && all('h1').some((one) => called(one) === 'Dit kan ik nu zelf');";
    sem.when("the celebration", proud, vec![]).await?;

    stage.step("nothing of it is final");
    sem.tap("Toch niet").await?;
    sem.see("Het plan staat er weer.").await?;
    sem.see("Marloes denkt: dit kan jij zelf. Klopt dat?").await?;
    sem.tap("Ongedaan maken").await?;
    sem.see("Bekijk").await?;
    sem.tap("Bekijk").await?;
    sem.when("the celebration", proud, vec![]).await?;

    stage.step("a plan after another comes once that one is done");
    let (first, then) = after(&mut marloes)?;
    sem.go("/plans").await?;
    sem.see("Tanden poetsen").await?;
    sem.go("/").await?;
    sem.see("Ontbijten").await?;
    sem.see_no("Tanden poetsen").await?;
    phone.run(first, Millis(now().0 - 60_000))?;
    sem.see("Tanden poetsen").await?;

    stage.step("on a day off plans rest, but for one that always goes on");
    let (off, today) = (marloes.device.id(now()), Day::of(now()));
    let days = DaysOff { from: today.back(1), until: Day(today.0 + 1), word: Some("Vakantie".into()) };
    marloes.write(now(), vec![days.make(off)])?;
    sem.see("Vandaag is een vrije dag: Vakantie.").await?;
    sem.see_no("Tanden poetsen").await?;
    marloes.write(now(), vec![set(then, "always", true)])?;
    sem.see("Tanden poetsen").await?;
    sem.see("Vandaag is een vrije dag: Vakantie.").await
}

/// "Ontbijten" is the first of the day, and "Tanden poetsen" comes after it.
fn after(marloes: &mut Holder) -> io::Result<(RecordId, RecordId)> {
    let (first, then) = (plan(marloes, "Ontbijten")?, plan(marloes, "Tanden poetsen")?);
    marloes.write(now(), vec![set(first, "minutes", 1_i64), set(then, "after", first)])?;
    Ok((first, then))
}
