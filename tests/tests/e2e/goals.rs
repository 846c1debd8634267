//! Goals and measurements: set and measured with the client, without a network; told in an evaluation, printed, and read and agreed to by the
//! client on their own phone.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};

use crate::cast::{pair, sent, waits};
use crate::lists::{KEEPS, kept};

#[tokio::test]
async fn a_goal_is_set_measured_twice_evaluated_and_agreed_to() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "goals", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("without a network Marloes sets a goal in two domains");
    let marloes = stage.person("Marloes", Window::Desk);
    let sem = stage.person("Sem", Window::Phone);
    tokio::try_join!(pair(stage, &marloes, "Alles staat op deze laptop"), pair(stage, &sem, "Mijn boek"))?;
    crate::own_bundle::keeps(&marloes, &["desk", "guidance", "programme"]).await?;
    stage.server.stop().await?;
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Doelen").await?;
    marloes.see("Er is geen totaal").await?;
    goals(&marloes).await?;

    measured_twice(stage, &marloes).await?;
    own_view(stage, &marloes).await?;
    evaluated(stage, &marloes).await?;
    read_by_the_client(stage, &marloes, &sem).await
}

async fn goals(marloes: &Person) -> Step {
    marloes.tap("Financiën").await?;
    marloes.see("Hier is nog geen doel.").await?;
    marloes.tap("vooruitgang").await?;
    marloes.write("Wat de cliënt wil", "Ik wil zelf mijn post openen").await?;
    marloes.leave_field().await?;
    marloes.write("Nieuwe actie", "Elke maandag samen de post").await?;
    marloes.tap("Zet erbij").await?;
    tick(marloes, "Elke maandag samen de post").await?;
    marloes.tap("Wie, stappen en bewijs").await?;
    marloes.write("Nieuwe kleine stap", "Post op een stapel").await?;
    marloes.tap("Zet stap erbij").await?;
    marloes.see("0 van 1 kleine stappen").await?;
    marloes.tap("Dagbesteding").await?;
    marloes.tap("stabiel blijven").await?;
    marloes.see("Sluit het doel af").await?;
    row(marloes, "Financiën", &["–", "–", "vooruitgang"]).await?;
    row(marloes, "Dagbesteding", &["–", "–", "stabiel blijven"]).await
}

async fn measured_twice(stage: &Stage, marloes: &Person) -> Step {
    stage.step("a first measurement, half filled in, under a guardian for the money");
    marloes.tap("Nieuwe meting").await?;
    marloes.see("Elk antwoord is meteen bewaard.").await?;
    day_is(marloes, "2026-03-12").await?;
    marloes.tap("Begin").await?;
    marloes.tap_with("onder bewind").await?;
    marloes.see("Onder bewind is 3 hier het hoogste.").await?;
    let levels = "const group = all('[role=radiogroup]').find((one) => called(one) === arguments[0]);
        return [...(group?.querySelectorAll('[role=radio]') ?? [])].length === arguments[1];";
    marloes.when("three levels and none", levels, vec![json!("Financiën"), json!(4)]).await?;
    level(marloes, "Financiën", "2 niet zelfredzaam").await?;
    level(marloes, "Dagbesteding", "4 voldoende zelfredzaam").await?;
    level(marloes, "Dagbesteding", "3 beperkt zelfredzaam").await?;
    marloes.tap("Doelen").await?;
    marloes.see("2 van 11 ingevuld").await?;
    row(marloes, "Dagbesteding", &["3 beperkt zelfredzaam", "–", "stabiel blijven"]).await?;

    stage.step("a second one later, with a slip that is taken back");
    marloes.tap("Nieuwe meting").await?;
    marloes.tap("Begin").await?;
    level(marloes, "Financiën", "3 beperkt zelfredzaam").await?;
    level(marloes, "Dagbesteding", "2 niet zelfredzaam").await?;
    marloes.tap("Ongedaan maken: antwoord").await?;
    level(marloes, "Dagbesteding", "3 beperkt zelfredzaam").await?;
    marloes.tap("Klaar").await?;
    row(marloes, "Financiën", &["2 niet zelfredzaam", "3 beperkt zelfredzaam", "vooruitgang, 1 omhoog, bereikt"])
        .await?;
    row(
        marloes,
        "Dagbesteding",
        &["3 beperkt zelfredzaam", "3 beperkt zelfredzaam", "stabiel blijven, gelijk, bereikt"],
    )
    .await?;

    stage.step("the first is corrected, and taken back and put back");
    last_of(marloes, "Verbeter").await?;
    marloes.see("Verbeter dag of opmerking").await?;
    level(marloes, "Financiën", "1 acuut probleem").await?;
    marloes.tap("Klaar").await?;
    row(marloes, "Financiën", &["1 acuut probleem", "3 beperkt zelfredzaam", "vooruitgang, 2 omhoog, bereikt"]).await?;
    last_of(marloes, "Neem terug").await?;
    marloes.see("De meting is teruggenomen.").await?;
    row(marloes, "Financiën", &["3 beperkt zelfredzaam", "–", "vooruitgang"]).await?;
    marloes.tap("Ongedaan maken").await?;
    row(marloes, "Financiën", &["1 acuut probleem", "3 beperkt zelfredzaam", "vooruitgang, 2 omhoog, bereikt"]).await
}

async fn own_view(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("the client's own view, filled in together on this laptop, one question at a time");
    choose(marloes, "Instrument", "own-view.1").await?;
    marloes.tap("Nieuwe meting").await?;
    marloes.tap("Begin").await?;
    marloes.tap("Samen invullen").await?;
    marloes.see("Welke doelen zijn (deels) behaald?").await?;
    marloes.write("Zeg het in je eigen woorden", "Mijn post").await?;
    marloes.tap("Verder").await?;
    marloes.write("Zeg het in je eigen woorden", "Tim belde elke maandag").await?;
    marloes.tap("Verder").await?;
    marloes.see("Wat heb je nodig om dit doel te bereiken?").await?;
    marloes.tap("Verder").await?;
    marloes.see("Dit waren alle vragen.").await?;
    marloes.tap("Klaar").await?;
    marloes.see("Hoe de cliënt het zelf ziet").await?;
    waits(marloes, 5).await?;
    stage.server.start_again()?;
    sent(marloes).await
}

async fn evaluated(stage: &Stage, marloes: &Person) -> Step {
    stage.step("an evaluation puts it together, from the first measurement to today");
    marloes.tap("Doelen").await?;
    marloes.tap("Evaluatie").await?;
    marloes.see("Er is nog geen evaluatie.").await?;
    marloes.tap("Maak de evaluatie").await?;
    marloes.see("Evaluatie van Sem").await?;
    marloes.write("Wat opvalt", "Sem opent nu zelf zijn post.").await?;
    marloes.leave_field().await?;
    for words in ["2 van de 2 doelen zijn bereikt.", "‘Ik wil zelf mijn post openen’", "Tim belde elke maandag"] {
        marloes.see(words).await?;
    }
    marloes.see("Elke maandag samen de post").await?;
    on_paper(marloes).await?;
    marloes.read(KEEPS, vec![]).await?;
    kept(marloes, "Bewaar als bestand", "opstap-", ".html", "Sem opent nu zelf zijn post.").await?;
    marloes.tap("Klaar om te lezen voor Sem").await?;
    marloes.see("Sem zei er nog niets van.").await?;
    sent(marloes).await
}

async fn read_by_the_client(stage: &mut Stage, marloes: &Person, sem: &Person) -> Step {
    stage.step("Sem reads it on the phone, without a network, and says that it is so");
    sem.see("Zo ging het").await?;
    crate::own_bundle::keeps(sem, &["companion", "way"]).await?;
    stage.server.stop().await?;
    sem.tap("Zo ging het").await?;
    sem.see("Sem opent nu zelf zijn post.").await?;
    let told =
        ["Ik wil zelf mijn post openen", "Dagbesteding", "Jij zei: Mijn post", "Jij zei: Tim belde elke maandag"];
    for words in told {
        short(sem).await?;
        sem.tap("Ga verder").await?;
        sem.see(words).await?;
    }
    // Whether there are hours to tell is the demonstration's.
    let to_the_end = "if (all('main h1').some((one) => called(one) === 'Klopt het zo?')) return true;
        find('button', 'Ga verder', true)?.click();
        return false;";
    sem.when("the last question", to_the_end, vec![]).await?;
    sem.tap("Ja, het klopt").await?;
    sem.see("Je zei: het klopt.").await?;
    sem.tap("Ik wil iets zeggen").await?;
    sem.write("Wat wil je zeggen?", "Nu nog de belasting").await?;
    sem.tap("Bewaar").await?;
    sem.see("Jij zei: Nu nog de belasting").await?;
    waits(sem, 1).await?;
    stage.server.start_again()?;
    sent(sem).await?;

    stage.step("Marloes sees it; to change the text takes it off again");
    marloes.see("Sem zegt: het klopt").await?;
    marloes.see("Nu nog de belasting").await?;
    marloes.tap("Haal terug om te veranderen").await?;
    marloes.see("Schrijf de evaluatie").await?;
    marloes.see_no("Nu nog de belasting").await?;
    sent(marloes).await?;
    sem.see("Er is nu niets om te lezen.").await?;
    sem.tap("Naar vandaag").await?;
    sem.see_no("Zo ging het").await?;
    in_the_report(stage, marloes).await
}

async fn in_the_report(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("it stands in the report over all her clients, which takes the server");
    marloes.go("/desk/guidance/hours").await?;
    marloes.tap("Cijfers").await?;
    marloes.see("Er zijn geen uren en geen beschikkingen in deze periode.").await?;
    marloes.tap("Doelen").await?;
    marloes.see("Effect van begeleiding bij").await?;
    let went_up = "return all('.report tbody tr').some((row) => called(row).includes('vooruitgang') && called(row).includes('omhoog'));";
    marloes.when("a domain that went up", went_up, vec![]).await?;
    marloes.read(KEEPS, vec![]).await?;
    kept(marloes, "Bewaar als bladzijde", "opstap-effect-", ".html", "vooruitgang").await?;
    marloes.tap("Volgen").await?;
    marloes.see("Dit is voor coördinatoren.").await?;
    stage.server.stop().await?;
    // The rail has hours too, those over all clients on this device.
    let hours = "const it = find('main [role=radio]', 'Uren', true); it?.click(); return it?.getAttribute('aria-checked') === 'true';";
    marloes.when("the figures of hours", hours, vec![]).await?;
    marloes.see("Dit kan alleen met internet.").await?;
    stage.server.start_again()
}

/// Ticks what was done.
async fn tick(person: &Person, title: &str) -> Step {
    let script = "const found = all('.tick').find((one) => called(one) === arguments[0]);
        if (found?.getAttribute('aria-checked') === 'false') found.click();
        return found?.getAttribute('aria-checked') === 'true';";
    person.when(&format!("“{title}” to be ticked"), script, vec![json!(title)]).await
}

/// A row of the table: the answers without their days, and the goal with the outcome.
async fn row(person: &Person, domain: &str, expected: &[&str]) -> Step {
    let script =
        "const found = all('.domains tbody tr').find((one) => called(one.querySelector('th')) === arguments[0]);
        const cells = [...(found?.querySelectorAll('td:not(.scale)') ?? [])].map((cell, at) =>
            at < 2 ? tidy(cell.querySelector('b')?.textContent ?? cell.textContent)
                   : [...cell.firstElementChild.children].map(called).join(', '));
        return JSON.stringify(cells) === JSON.stringify(arguments[1]);";
    person.when(&format!("{domain}: {expected:?}"), script, vec![json!(domain), json!(expected)]).await
}

/// Chooses a level of a domain.
pub async fn level(person: &Person, domain: &str, level: &str) -> Step {
    let script = "const group = all('[role=radiogroup]').find((one) => called(one) === arguments[0]);
        const choice = [...(group?.querySelectorAll('[role=radio]') ?? [])].find((one) => called(one) === arguments[1]);
        if (choice?.getAttribute('aria-checked') === 'false') choice.click();
        return choice?.getAttribute('aria-checked') === 'true';";
    person.when(&format!("{level} for {domain}"), script, vec![json!(domain), json!(level)]).await
}

/// Taps the last button of this name: that of the earliest measurement.
async fn last_of(person: &Person, button: &str) -> Step {
    let script = "const found = all('.list-row button').filter((one) => called(one) === arguments[0]);
        found.at(-1)?.click();
        return found.length > 1;";
    person.when(&format!("the last “{button}”"), script, vec![json!(button)]).await
}

async fn choose(person: &Person, label: &str, value: &str) -> Step {
    let script = "const chosen = [...document.querySelectorAll('label.field')]
            .find((one) => tidy(one.querySelector('span').textContent) === arguments[0]);
        const list = chosen?.querySelector('select');
        if (!list) return false;
        list.value = arguments[1];
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return list.value === arguments[1];";
    person.when(&format!("{value} under {label}"), script, vec![json!(label), json!(value)]).await
}

/// Says on which day it was.
async fn day_is(person: &Person, day: &str) -> Step {
    let script = "const found = document.querySelector('main input[type=date]');
        found.value = arguments[0];
        found.dispatchEvent(new Event('change', { bubbles: true }));
        return found.value === arguments[0];";
    person.when(&format!("the day {day}"), script, vec![json!(day)]).await
}

/// What is printed is the document alone, and no word of it is cut off.
async fn on_paper(person: &Person) -> Step {
    person.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let script = "const told = [];
        const others = [...document.querySelectorAll('.rail, .bar, .foot, .tabs, .side-pane, .before-print')].filter(inSight);
        told.push(...others.map((one) => `${one.className} would be printed`));
        const sheet = document.querySelector('.document');
        const edge = sheet.getBoundingClientRect();
        for (const one of sheet.querySelectorAll('p, td, th, h2, h3, dd, dt')) {
            const box = one.getBoundingClientRect();
            if (box.right > edge.right + 1) told.push(`“${one.textContent}” is cut off`);
            if (parseFloat(getComputedStyle(one).fontSize) * 0.75 < 12) told.push(`“${one.textContent}” is too small`);
        }
        return told;";
    let told = person.read(script, vec![]).await?;
    person.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    let problems = told.as_array().map(Vec::as_slice).unwrap_or_default();
    if problems.is_empty() { Ok(()) } else { Err(person.missed(&format!("on paper: {problems:?}"))) }
}

/// Every sentence that the app itself says on this screen has at most twelve words.
async fn short(person: &Person) -> Step {
    let script = "return all('main p, main h1').map(called)
        .flatMap((text) => text.split(/[.?!]\\s*/)).filter((one) => one.split(' ').length > 12);";
    let long = person.read(script, vec![]).await?;
    if long == Value::Array(Vec::new()) { Ok(()) } else { Err(person.missed(&format!("too long: {long}"))) }
}
