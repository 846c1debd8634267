//! What deserves a person today: a client asked for help and stopped a plan half-way. The supervisor sees both first thing, answers one and
//! puts the other off with a reason that the support worker reads. Without a network it is the same, and nothing that asks is a good day.

use opstap_core::model::{Ending, Member, Message, Model, Run, RunEnd, StepEvent, StepOutcome};
use opstap_core::{Kind, Millis, PersonId, RecordId};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::device::now;
use opstap_tests::holder::Holder;
use serde_json::json;

use crate::cast::{pair, sent, waits};
use crate::searches::key;

const WHY: &str = "Tim gaat er vanmiddag langs.";
const MINUTES: u64 = 60_000;

#[tokio::test]
async fn a_supervisor_sees_what_asks_answers_one_and_puts_off_the_other() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "attention", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    let marloes = stage.person("Marloes", Window::Desk);
    a_good_day(stage, &marloes).await?;
    two_things_ask(stage, &marloes).await?;
    answers_one(stage, &marloes).await?;
    puts_off_the_other(stage, &marloes).await?;
    a_colleague(stage).await?;
    the_caseload(stage, &marloes).await
}

async fn a_good_day(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("nobody waits for Marloes, which is said with what it rests on");
    pair(stage, marloes, "Alles staat op deze laptop").await?;
    marloes.go("/desk").await?;
    // What the demonstration has is done one after the other.
    while let Some(left) = asking(marloes).await?.checked_sub(1) {
        marloes.tap("Klaar").await?;
        asks_so_many(marloes, left).await?;
    }
    marloes.see("Niemand wacht op jou").await?;
    marloes.see("De telefoon van je cliënt was hier de laatste 24 uur").await?;
    marloes.see("Wat goed ging deze week").await?;
    sent(marloes).await
}

/// Sem asked for help at his third step and stopped another plan at its second.
pub fn asks_and_stops(stage: &Stage) -> std::io::Result<()> {
    let mut sem = Holder::of(&stage.server, "Sem", 71)?;
    let at = Millis(now().0 - 20 * MINUTES);
    let to = person(&sem, "Marloes").ok_or_else(|| std::io::Error::other("no Marloes"))?;
    let plan = sem.one(Kind::Plan, "title", "Opstaan")?;
    let asked = sem.steps(plan).get(2).copied();
    let message = Message { step: asked, ..Message::saying(to, "Ik kom er niet uit.", at) };
    let (own, run) = (sem.device.id(at), sem.device.id(at));
    let mut changes = vec![message.make(own), Run::begins(plan, at).make(run)];
    let event = |step, what| StepEvent::of(step, what, at);
    changes.extend(asked.map(|step| event(step, StepOutcome::HelpAsked).make_below(sem.device.id(at), run)));
    sem.write(at, changes)?;
    let stopped = sem.one(Kind::Plan, "title", "Naar bed gaan")?;
    let (run, end) = (sem.device.id(at), sem.device.id(at));
    let mut changes = vec![Run::begins(stopped, at).make(run)];
    let steps: Vec<RecordId> = sem.steps(stopped);
    for step in steps.iter().take(2) {
        changes.push(event(*step, StepOutcome::Shown).make_below(sem.device.id(at), run));
    }
    changes.push(RunEnd { how: Ending::Stopped, at }.make_below(end, run));
    sem.write(at, changes)
}

fn person(holder: &Holder, name: &str) -> Option<PersonId> {
    let members = holder.held.records.iter().filter_map(Member::from_record);
    members.filter(|member| member.name == name).map(|member| member.person).next()
}

async fn two_things_ask(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step(
        "Sem asked for help and stopped a plan half-way: both stand there, help first and as the only one in yellow",
    );
    asks_and_stops(stage).map_err(|cause| Missed::new(format!("it did not happen: {cause}")))?;
    marloes.go("/desk").await?;
    asks_so_many(marloes, 2).await?;
    let rows = "return all('.ask').map((row) => row.dataset.asks).join(' ') === 'help-unanswered given-up'
        && all('.ask-mark.help').length >= 1 && all('[data-asks=given-up] .ask-mark.help').length === 0;";
    marloes.when("both in order", rows, vec![]).await?;
    marloes.see("vroeg hulp en kreeg nog geen antwoord").await?;
    marloes.see("stopte halverwege met ‘Naar bed gaan’").await?;
    marloes.see("Deze keer").await?;
    marloes.see("Ik kom er niet uit.").await?;
    let count = "return called(find('.rail-link', 'Aandacht')) === 'Aandacht 2';";
    marloes.when("the count in the rail", count, vec![]).await
}

async fn answers_one(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("she answers, and it asks no more");
    marloes.tap_with("vroeg hulp en kreeg nog geen antwoord").await?;
    marloes.tap("Stuur bericht").await?;
    marloes.write("Jouw bericht", "Ik bel je zo.").await?;
    marloes.tap("Stuur").await?;
    marloes.see("Ik bel je zo.").await?;
    marloes.tap_with("Aandacht").await?;
    asks_so_many(marloes, 1).await?;
    marloes.see_no("vroeg hulp en kreeg").await
}

async fn puts_off_the_other(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("without a network she puts the other off by the keyboard, for a reason");
    sent(marloes).await?;
    stage.server.stop().await?;
    key(marloes, "j", "KeyJ").await?;
    let on_it = "return document.activeElement?.closest('[data-asks=given-up]') !== null;";
    marloes.when("the focus on the row", on_it, vec![]).await?;
    key(marloes, "s", "KeyS").await?;
    marloes.see("Waarom later?").await?;
    let off = "return find('button', 'Laat later zien', true) === undefined;";
    marloes.when("no way on without a reason", off, vec![]).await?;
    marloes.write("Waarom later?", WHY).await?;
    marloes.tap("Laat later zien").await?;
    marloes.see("Dit komt later terug.").await?;
    marloes.see("Niemand wacht op jou").await?;
    waits(marloes, 1).await?;
    key(marloes, "2", "Digit2").await?;
    marloes.see(WHY).await?;
    marloes.see("tot morgen").await?;
    stage.server.start_again()?;
    sent(marloes).await
}

async fn a_colleague(stage: &mut Stage) -> Step {
    stage.step("Tim, her colleague, reads why, and brings it back");
    let tim = stage.person("Tim", Window::Desk);
    pair(stage, &tim, "Alles staat op deze laptop").await?;
    tim.go("/desk").await?;
    let later = "const later = find('.views [role=radio]', 'Later');
        if (later && called(later) === 'Later 1') later.click();
        return later?.getAttribute('aria-checked') === 'true';";
    tim.when("one thing for later", later, vec![]).await?;
    tim.see(&format!("Marloes: “{WHY}”")).await?;
    tim.tap("Zet terug").await?;
    tim.see("Dit staat er weer.").await?;
    tim.tap_with("Van mij").await?;
    tim.see("stopte halverwege met ‘Naar bed gaan’").await?;
    sent(&tim).await?;
    tim.resize(Window::Phone).await?;
    tim.tap_with("stopte halverwege met").await?;
    tim.see("Voor je naar binnen gaat").await?;
    // A table of twelve weeks is for a desk.
    let not_shown = "return [...document.querySelectorAll('h2')]
        .filter((one) => one.textContent.includes('De laatste 12 weken'))
        .every((one) => one.offsetParent === null);";
    tim.when("no table of twelve weeks", not_shown, vec![]).await
}

async fn the_caseload(stage: &mut Stage, marloes: &Person) -> Step {
    stage.step("the caseload says the same in a row, and is found by a plan and by a filter in words");
    marloes.go("/desk/clients").await?;
    let row = "const row = document.querySelector('tr[data-client]');
        return row !== null && called(row).includes('gestopt') && row.querySelector('.spark svg[role=img]') !== null;";
    marloes.when("what asks in the row", row, vec![]).await?;
    marloes.write("Naam of plan", "bed gaan").await?;
    so_many_rows(marloes, 1).await?;
    marloes.write("Naam of plan", "voetbal").await?;
    marloes.see("Geen cliënt met deze naam of dit plan.").await?;
    marloes.write("Naam of plan", "sem").await?;
    shows_those(marloes, "Minder zelf 0").await?;
    so_many_rows(marloes, 0).await?;
    shows_those(marloes, "Aandacht 1").await?;
    so_many_rows(marloes, 1).await?;

    stage.step("what is not wanted for this client is switched off on the client's page");
    marloes.tap_with("Sem").await?;
    marloes.see("Hulp per stap").await?;
    marloes.tap("Waarvoor wil je een seintje?").await?;
    let turned = "const it = find('[role=switch]', 'Halverwege gestopt');
        if (it?.getAttribute('aria-checked') === 'true') it.click();
        return it?.getAttribute('aria-checked') === 'false';";
    marloes.when("the switch to be off", turned, vec![]).await?;
    marloes.write("Na hoeveel keer", "4").await?;
    marloes.leave_field().await?;
    marloes.tap("Sluit").await?;
    sent(marloes).await?;
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Waarvoor wil je een seintje?").await?;
    let kept = "return field('Na hoeveel keer')?.value === '4';";
    marloes.when("the number that was kept", kept, vec![]).await?;
    marloes.go("/desk").await?;
    marloes.see("Niemand wacht op jou").await?;
    is_followed(stage).await
}

async fn is_followed(stage: &mut Stage) -> Step {
    stage.step("Fatma sees that following is used: in which weeks, and by whom, without a word about a client");
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    fatma.go("/desk/guidance/reports").await?;
    fatma.tap("Volgen").await?;
    fatma.see("Volgen bij").await?;
    let used = "const row = all('.report tbody tr').find((row) => called(row.querySelector('th')) === 'Marloes');
        const cells = [...(row?.querySelectorAll('td') ?? [])].map(called);
        return cells[1] === '1 van 1' && Number(cells[2]) > 0 && Number(cells[3]) > 0 && !called(root()).includes('Sem');";
    fatma.when("what Marloes did", used, vec![]).await
}

/// Chooses a filter, by its words with the count.
async fn shows_those(person: &Person, filter: &str) -> Step {
    let script = "const it = find('.filters [role=radio]', arguments[0], true);
        it?.click();
        return it?.getAttribute('aria-checked') === 'true';";
    person.when(&format!("the filter {filter}"), script, vec![json!(filter)]).await
}

async fn so_many_rows(person: &Person, rows: usize) -> Step {
    let script = "return all('tr[data-client]').length === arguments[0];";
    person.when(&format!("{rows} clients"), script, vec![json!(rows)]).await
}

/// How many things ask, once all of it is read.
async fn asking(person: &Person) -> Step<usize> {
    person.when("it to be read", "return all('.ask').length > 0 || all('.good-day').length > 0;", vec![]).await?;
    let count = person.read("return all('.ask').length;", vec![]).await?.as_u64().unwrap_or_default();
    Ok(usize::try_from(count).unwrap_or_default())
}

async fn asks_so_many(person: &Person, count: usize) -> Step {
    let script = "return all('.ask').length === arguments[0];";
    person.when(&format!("{count} things that ask"), script, vec![json!(count)]).await
}
