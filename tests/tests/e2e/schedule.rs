//! On which days a plan is to be done, what reminds of it, and what its steps ask for after some use.

use opstap_core::Kind;
use opstap_core::model::{Plan, Step as PlanStep};
use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use opstap_tests::device::now;
use opstap_tests::holder::Holder;
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn a_plan_is_there_on_its_days_and_the_calendar_of_the_phone_reminds_of_it() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "schedule", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Spaghetti is not for today");
    let (sem, marloes) = (stage.person("Sem", Window::Phone), stage.person("Marloes", Window::Desk));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &marloes, "Alles staat op deze laptop"))?;
    sem.see("Spaghetti koken").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Plannen").await?;
    marloes.tap_with("Spaghetti").await?;
    marloes.see("Zo ziet Sem het").await?;
    let today = marloes.read("return new Date().toLocaleDateString('nl', { weekday: 'long' });", vec![]).await?;
    let today = today.as_str().unwrap_or_default().to_owned();
    pressed(&marloes, &today, true).await?;
    marloes.tap(&today).await?;
    pressed(&marloes, &today, false).await?;
    sent(&marloes).await?;
    sem.see_no("Spaghetti koken").await?;
    sem.tap("Al mijn plannen").await?;
    sem.see("Spaghetti koken").await?;

    stage.step("the phone says what reminds, and gives the plans to the calendar");
    sem.go("/me").await?;
    sem.tap("Herinneren").await?;
    sem.see("Je agenda wel.").await?;
    sem.see("Spaghetti koken").await?;
    let keep = "window.files = [];
        URL.createObjectURL = (file) => { window.files.push(file); return 'data:,'; };
        return true;";
    sem.read(keep, vec![]).await?;
    sem.tap("Zet in mijn agenda").await?;
    sem.when("a file for the calendar", "return window.files.length === 1;", vec![]).await?;
    let file = sem.promised("return window.files[0].type + '\\n' + await window.files[0].text();").await?;
    let file = file.as_str().unwrap_or_default();
    for part in ["text/calendar", "BEGIN:VCALENDAR", "SUMMARY:Opstaan", "RRULE:FREQ=DAILY", "SUMMARY:Spaghetti koken"] {
        if !file.contains(part) {
            return Err(sem.missed(&format!("no {part} in {file}")));
        }
    }
    let spaghetti = file.split("BEGIN:VEVENT").find(|event| event.contains("Spaghetti")).unwrap_or_default();
    if !spaghetti.contains("RRULE:FREQ=WEEKLY;BYDAY=") || spaghetti.matches(',').count() != 5 {
        return Err(sem.missed(&format!("spaghetti is for six days: {spaghetti}")));
    }

    stage.step("what does not go three times is said at its step in the editor");
    sem.go("/").await?;
    sem.tap_with("Opstaan").await?;
    sem.tap("Begin").await?;
    for _ in 0..3 {
        sem.tap("Lukt niet").await?;
        sem.tap("Nog een keer").await?;
    }
    sent(&sem).await?;
    let plan = marloes.place().await?;
    marloes.tap("Plannen van Sem").await?;
    marloes.tap_with("Opstaan").await?;
    marloes.see("Deze stap lukte 3 keer niet.").await?;
    marloes.go(&plan).await?;
    pressed(&marloes, &today, false).await?;

    stage.step("undone at the desk, it is there today again");
    marloes.tap(&today).await?;
    pressed(&marloes, &today, true).await?;
    sem.go("/").await?;
    sem.see("Spaghetti koken").await?;

    stage.step("on this day of the week it is at another time");
    marloes.tap("Tijd per dag, herinneren en vrije dagen").await?;
    let other =
        "const group = all('.days-of-plan').find((one) => one.getAttribute('aria-label') === 'Een andere tijd op');
        const day = [...(group?.children ?? [])].find((one) => called(one) === arguments[0]);
        day?.click();
        return Boolean(day);";
    marloes.when("the day", other, vec![json!(today)]).await?;
    let at_six = "const found = field('Hoe laat dan');
        if (!found) return false;
        found.value = '18:00';
        found.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    marloes.when("the time", at_six, vec![]).await?;
    sem.see("om 6 uur").await?;
    comes_after_another(stage, &sem).await
}

/// What has no time and comes after another plan rings nowhere, which is said, and is there once that one is done.
async fn comes_after_another(stage: &Stage, sem: &Person) -> Step {
    stage.step("a plan that comes after another says where it is seen, and is there at once when that one is done");
    let mut marloes = Holder::of(&stage.server, "Marloes", 61)?;
    let first = marloes.one(Kind::Plan, "title", "Opstaan")?;
    let after = Plan { after: Some(first), ..Plan::titled("Tanden poetsen") };
    marloes.plan(&after, vec![PlanStep::saying("", "Pak je tandenborstel.")])?;
    sem.go("/way/remind").await?;
    sem.see("na Opstaan, op het scherm van vandaag").await?;
    sem.go("/").await?;
    sem.see("Spaghetti koken").await?;
    sem.see_no("Tanden poetsen").await?;
    Holder::of(&stage.server, "Sem", 62)?.run(first, now())?;
    sem.see("Tanden poetsen").await
}

/// The button of this day of the week is pressed, or not.
async fn pressed(person: &Person, day: &str, is: bool) -> Step {
    let script = "return all('.day-button').some((one) => called(one) === arguments[0]
        && one.getAttribute('aria-pressed') === arguments[1]);";
    person.when(&format!("{day} to be pressed: {is}"), script, vec![json!(day), json!(is.to_string())]).await
}
