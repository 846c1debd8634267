//! Less help for what goes by itself: proposed from use, agreed to or put off by a person, and taken back when that was too early.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};

use crate::cast::{pair, sent};

#[tokio::test]
async fn a_plan_that_goes_by_itself_gets_less_help_and_can_rest() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "helping-less", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes settles on once in a row, and writes a run down");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Plannen").await?;
    marloes.tap_with("Spaghetti").await?;
    marloes.see("Minder hulp na").await?;
    marloes.tap("Eén keer minder").await?;
    marloes.see("2 keer zelf").await?;
    marloes.tap("Eén keer minder").await?;
    marloes.see("1 keer zelf").await?;
    let plan = marloes.place().await?;
    marloes.tap("Schrijf een keer op").await?;
    marloes.see("Was er geen telefoon bij?").await?;
    day(&marloes, -1).await?;
    marloes.tap("Alles ging zelf").await?;
    marloes.tap("Bewaar").await?;
    marloes.see("Het is opgeschreven.").await?;
    marloes.see("opgeschreven door Marloes").await?;

    stage.step("the plan proposes to rest, and three steps to show less");
    marloes.see("Dit plan ging 1 keer helemaal zelf.").await?;
    proposed(&marloes, 4).await?;
    let first = "return all('.helping-less .card .strong').map(called).find((one) => one.startsWith('“')) ?? '';";
    let step = marloes.read(first, vec![]).await?;
    marloes.tap("Minder hulp").await?;
    is_proposed(&marloes, &step, false).await?;
    marloes.tap("Ongedaan maken").await?;
    marloes.see("Het staat weer zoals het was.").await?;

    stage.step("put off, a step is not proposed again until it went by itself once more");
    let next = marloes.read(first, vec![]).await?;
    let put_off =
        "const card = all('.helping-less .card').find((one) => called(one.querySelector('.strong')) === arguments[0]);
        [...card.querySelectorAll('button')].at(-1).click();
        return true;";
    marloes.read(put_off, vec![next.clone()]).await?;
    is_proposed(&marloes, &next, false).await?;

    stage.step("the plan rests for Marloes, and is taken back");
    marloes.tap("Dit gaat nu zelf").await?;
    marloes.see("staat hier: Sem kan dit zelf.").await?;
    proposed(&marloes, 1).await?;
    marloes.tap("Toch weer met plan").await?;
    marloes.see("Het plan staat er weer.").await?;
    sent(&marloes).await?;

    stage.step("Youssef was there and knows better: one tap, and another takes it back");
    let youssef = stage.person("Youssef", Window::Phone);
    pair(stage, &youssef, "Naar school").await?;
    youssef.tap_with("Spaghetti").await?;
    youssef.tap_with("opgeschreven door Marloes").await?;
    youssef.see("Hoeveel hulp per stap").await?;
    level(&youssef, "zelf").await?;
    youssef.tap("gezegd").await?;
    youssef.see("Stap 1: gezegd.").await?;
    level(&youssef, "gezegd").await?;
    youssef.tap("Ongedaan maken").await?;
    level(&youssef, "zelf").await?;
    youssef.tap("hint").await?;
    level(&youssef, "hint").await?;
    sent(&youssef).await?;

    stage.step("the desk tells it the same");
    marloes.go(&plan).await?;
    marloes.tap_with("opgeschreven door Marloes").await?;
    level(&marloes, "hint").await
}

/// So many cards stand in the part about less help.
async fn proposed(person: &Person, count: usize) -> Step {
    let script = "return all('.helping-less .card').length === arguments[0];";
    person.when(&format!("{count} cards"), script, vec![json!(count)]).await
}

/// Whether this step is proposed.
async fn is_proposed(person: &Person, step: &Value, is: bool) -> Step {
    let script = "return all('.helping-less .card .strong').map(called).includes(arguments[0]) === arguments[1];";
    person.when(&format!("{step} to be proposed: {is}"), script, vec![step.clone(), json!(is)]).await
}

/// The level that is chosen at the first step.
async fn level(person: &Person, word: &str) -> Step {
    let script = "const chosen = document.querySelector('.help-letters [aria-pressed=true]');
        return chosen?.getAttribute('aria-label') === arguments[0];";
    person.when(&format!("the first step to be {word}"), script, vec![json!(word)]).await
}

/// Fills in a day, counted from today.
pub async fn day(person: &Person, from_today: i32) -> Step {
    let script = "const found = field('Op welke dag');
        if (!found) return false;
        const day = new Date(Date.now() + arguments[0] * 86_400_000);
        found.value = day.toISOString().slice(0, 10);
        found.dispatchEvent(new Event('input', { bubbles: true }));
        return true;";
    person.when("the day to be filled in", script, vec![json!(from_today)]).await
}
