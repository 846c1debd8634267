//! Who does what and who comes when: a task is handed from the desk to a volunteer and back, an appointment is a face and a day on the
//! client's first screen, notes to each other stay apart from the file, and hours follow from what was done.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};
use crate::lists::{KEEPS, kept};

#[tokio::test]
async fn a_task_is_handed_over_and_somebody_comes_with_a_face_and_a_day() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "arranged", tell).await;
}

const TASK: &str = "Samen naar de markt";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes asks Youssef to take something on");
    let marloes = stage.person("Marloes", Window::Desk);
    let (youssef, sem) = (stage.person("Youssef", Window::Phone), stage.person("Sem", Window::Phone));
    tokio::try_join!(
        pair(stage, &marloes, "Alles staat op deze laptop"),
        pair(stage, &youssef, "Sem"),
        pair(stage, &sem, "Mijn boek")
    )?;
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Samen").await?;
    marloes.see("Er is nog niets verdeeld.").await?;
    marloes.tap("Nieuwe taak").await?;
    marloes.write("Wat moet er gebeuren?", TASK).await?;
    choose(&marloes, "Wie doet het?", "Vraag het Youssef").await?;
    marloes.tap("Zet erbij").await?;
    marloes.see("gevraagd aan Youssef, nog geen antwoord").await?;
    marloes.see("niemand doet dit nu").await?;
    sent(&marloes).await?;

    stage.step("it is his only once he says so himself");
    youssef.see("1 ding aan jou gevraagd").await?;
    youssef.tap_with("Samen").await?;
    youssef.see("Marloes vraagt of jij dit wilt doen").await?;
    youssef.tap("Ik doe dit").await?;
    youssef.see("jij doet dit, sinds vandaag").await?;
    sent(&youssef).await?;
    marloes.see("Youssef doet dit").await?;

    comes_with_a_face(stage, &youssef, &sem, &marloes).await?;
    writes_notes(stage, &marloes).await?;
    counts_the_hours(stage, &marloes).await
}

async fn comes_with_a_face(stage: &Stage, youssef: &Person, sem: &Person, marloes: &Person) -> Step {
    stage.step("he comes tomorrow, and Sem sees his face and the day at once");
    youssef.tap("Nieuwe afspraak").await?;
    day_from_today(youssef, "Op welke dag?", 1).await?;
    field(youssef, "Hoe laat?", "14:00").await?;
    youssef.write("Waarvoor?", "Naar de markt").await?;
    youssef.tap("Zet de afspraak erin").await?;
    youssef.see("De afspraak staat erin.").await?;
    sent(youssef).await?;
    youssef.read(KEEPS, vec![]).await?;
    kept(youssef, "Zet in je agenda", "opstap-", ".ics", "Naar de markt").await?;
    sem.see("Youssef komt").await?;
    sem.see("morgen, om 2 uur").await?;
    sem.tap_with("Youssef komt").await?;
    sem.see("Wie komt er?").await?;
    sem.see("Naar de markt").await?;

    stage.step("he stops, and what was his is nobody's again, for everybody to see");
    youssef.tap("Ik stop ermee").await?;
    youssef.see("niemand doet dit nu").await?;
    sent(youssef).await?;
    marloes.see("niemand doet dit nu").await?;
    marloes.tap("Zeg af").await?;
    marloes.see("afgezegd").await?;
    sent(marloes).await?;
    sem.see("Gaat niet door").await
}

async fn writes_notes(stage: &Stage, marloes: &Person) -> Step {
    stage.step("a note to colleagues is not in the file, and one is corrected without losing what it said");
    marloes.write("Nieuwe notitie", "Sem vond het spannend").await?;
    marloes.tap("Bewaar").await?;
    marloes.see("Sem vond het spannend").await?;
    marloes.tap("In het dossier").await?;
    marloes.see("Er zijn nog geen notities.").await?;
    marloes.write("Nieuwe notitie", "Afspraak: elke maandag post").await?;
    marloes.tap("Bewaar").await?;
    marloes.see("Afspraak: elke maandag post").await?;
    marloes.tap("Verbeter").await?;
    marloes.write("Nieuwe notitie", "Afspraak: elke dinsdag post").await?;
    marloes.tap("Bewaar").await?;
    marloes.see("Afspraak: elke dinsdag post").await?;
    marloes.see_no("Afspraak: elke maandag post").await?;
    sent(marloes).await
}

async fn counts_the_hours(stage: &Stage, marloes: &Person) -> Step {
    stage.step("an appointment that was is proposed as time, and is kept by one tap");
    marloes.tap("Nieuwe afspraak").await?;
    day_from_today(marloes, "Op welke dag?", -1).await?;
    field(marloes, "Hoe laat?", "10:00").await?;
    marloes.tap("Zet de afspraak erin").await?;
    marloes.see("De afspraak staat erin.").await?;
    // The rail has hours too, those over all clients.
    marloes.read("document.querySelector('.tabs a[href*=\"/hours/\"]').click(); return true;", vec![]).await?;
    marloes.see("gisteren, 1 uur met Sem").await?;
    marloes.tap("Klopt").await?;
    marloes.see("1 uur bewaard.").await?;
    marloes.see_no("gisteren, 1 uur met Sem").await?;
    marloes.see("Jij schreef op: 1 uur").await?;

    stage.step("with a decision it stands against what is granted");
    marloes.tap("Nieuwe beschikking").await?;
    day_from_today(marloes, "Van", -28).await?;
    day_from_today(marloes, "Tot en met", 28).await?;
    marloes.write("Gespecialiseerd (SB), uur per week", "3,5").await?;
    marloes.tap_with("Bewaar").await?;
    marloes.see("SB 3,5 en BB 0,0 uur per week").await?;
    marloes.see("toegekend 3,5").await?;
    sent(marloes).await
}

/// Chooses by what it says.
pub async fn choose(person: &Person, label: &str, says: &str) -> Step {
    let script = "const chosen = [...document.querySelectorAll('label.field')]
            .find((one) => tidy(one.querySelector('span').textContent) === arguments[0]);
        const list = chosen?.querySelector('select');
        const option = [...(list?.options ?? [])].find((one) => tidy(one.textContent) === arguments[1]);
        if (!option) return false;
        list.value = option.value;
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    person.when(&format!("{says} to be chosen"), script, vec![json!(label), json!(says)]).await
}

/// Fills in a field that takes no letters.
pub async fn field(person: &Person, label: &str, value: &str) -> Step {
    let script = "const input = [...document.querySelectorAll('input')].find((one) => one.labels?.[0]?.textContent === arguments[0]);
        if (input === undefined) { return false; }
        input.value = arguments[1];
        input.dispatchEvent(new Event('input', { bubbles: true }));
        input.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    person.when(&format!("{label} to be filled in"), script, vec![json!(label), json!(value)]).await
}

/// Fills in a day, counted from today.
pub async fn day_from_today(person: &Person, label: &str, days: i64) -> Step {
    let script = "const day = new Date(Date.now() + arguments[0] * 86400000);
        const two = (number) => String(number).padStart(2, '0');
        return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;";
    let day = person.read(script, vec![json!(days)]).await?;
    field(person, label, day.as_str().unwrap_or_default()).await
}
