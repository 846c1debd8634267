//! Groups: a coordinator makes one, two clients take part, and a session is kept without a network and corrected; whoever guides a client reads
//! in that client's circle how often they were there, and needs no programme for it.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent, waits};
use crate::own_bundle::keeps;

#[tokio::test]
async fn a_session_of_a_group_is_kept_offline_and_each_client_keeps_whether_they_were_there() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "groups", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Fatma, who brought in Bo, makes a group of two places");
    let fatma = stage.person("Fatma", Window::Desk);
    let marloes = stage.person("Marloes", Window::Desk);
    tokio::try_join!(
        pair(stage, &fatma, "Alles staat op deze laptop"),
        pair(stage, &marloes, "Alles staat op deze laptop")
    )?;
    keeps(&fatma, &["desk", "guidance", "programme"]).await?;
    fatma.go("/desk/programme/new").await?;
    fatma.write("Voornaam", "Bo").await?;
    fatma.tap("Meld aan").await?;
    fatma.when("the page of Bo", "return location.pathname.includes('/training/');", vec![]).await?;
    fatma.tap("Programma").await?;
    fatma.tap("Groepen").await?;
    fatma.see("Er zijn nog geen groepen.").await?;
    fatma.write("Naam van de groep", "Kookgroep").await?;
    fatma.tap("Zet erbij").await?;
    fatma.see("Er doet nog niemand mee.").await?;
    field(&fatma, "Aantal plaatsen", "2").await?;
    fatma.see("2 plaatsen vrij").await?;

    stage.step("Bo and Sem take part, and it is full");
    for name in ["Bo", "Sem"] {
        choose(&fatma, "Wie komt erbij?", name).await?;
        day_from_today(&fatma, "Vanaf", -8).await?;
        fatma.tap("Zet erbij").await?;
        fatma.see(&format!("{name} doet mee.")).await?;
    }
    fatma.see("Alle plaatsen zijn bezet.").await?;
    sent(&fatma).await?;

    session_offline(stage, &fatma).await?;
    read_in_the_circle(stage, &marloes).await?;
    ends(stage, &fatma, &marloes).await
}

async fn session_offline(stage: &mut Stage, fatma: &Person) -> Step {
    stage.step("without a network a session takes a tap for each");
    stage.server.stop().await?;
    fatma.tap("Nieuwe bijeenkomst").await?;
    fatma.see("Van 2 is nog niets gezegd.").await?;
    day_from_today(fatma, "Dag", -1).await?;
    field(fatma, "Minuten", "90").await?;
    was(fatma, "Sem", "Afgemeld").await?;
    fatma.tap("De rest was er").await?;
    fatma.see("1 van 2 waren er.").await?;
    fatma.go("/desk").await?;
    fatma.go_back().await?;
    fatma.see("1 van 2 waren er.").await?;
    fatma.tap("Bewaar").await?;
    row(fatma, &["90", "2", "1"]).await?;
    fatma.see("was er 0 van 1 keer").await?;
    waits(fatma, 3).await?;

    stage.step("Sem was there after all: that is corrected in the figures and with Sem");
    fatma.read("document.querySelector('main tbody th a').click(); return true;", vec![]).await?;
    fatma.see("Bijeenkomst van").await?;
    was(fatma, "Sem", "Was er").await?;
    fatma.see("2 van 2 waren er.").await?;
    fatma.tap("Bewaar").await?;
    row(fatma, &["90", "2", "2"]).await?;
    fatma.see_no("was er 0 van 1 keer").await?;
    stage.server.start_again()?;
    sent(fatma).await
}

async fn read_in_the_circle(stage: &Stage, marloes: &Person) -> Step {
    stage.step("Marloes reads it with Sem's goals, and has no programme");
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Doelen").await?;
    marloes.see("Kookgroep").await?;
    marloes.see("was er 1 van 1 keer").await?;
    marloes.tap("1 bijeenkomst").await?;
    marloes.see("gisteren: Was er").await?;
    marloes.see_no("Programma").await?;
    marloes.go("/desk/programme/groups").await?;
    marloes.see("Het programma is voor coördinatoren.").await
}

async fn ends(stage: &Stage, fatma: &Person, marloes: &Person) -> Step {
    stage.step("the group ends for all who take part");
    fatma.tap("Stop deze groep").await?;
    fatma.see("De groep is gestopt, voor iedereen die meedoet.").await?;
    fatma.see("2 deden eerder mee").await?;
    sent(fatma).await?;
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Doelen").await?;
    marloes.see("was er 1 van 1 keer, tot vandaag").await
}

/// Taps whether somebody was there.
async fn was(person: &Person, name: &str, word: &str) -> Step {
    let script = "const group = all('[role=radiogroup]').find((one) => called(one) === arguments[0]);
        const radio = [...(group?.querySelectorAll('[role=radio]') ?? [])].find((one) => called(one) === arguments[1]);
        radio?.click();
        return radio?.getAttribute('aria-checked') === 'true';";
    person.when(&format!("{name}: {word}"), script, vec![json!(format!("Was {name} er?")), json!(word)]).await
}

/// The one row of the sessions has these figures.
async fn row(person: &Person, figures: &[&str]) -> Step {
    let script = "const cells = all('main tbody tr td').map(called); return cells.join() === arguments[0];";
    person.when(&format!("the figures {figures:?}"), script, vec![json!(figures.join(","))]).await
}

/// Chooses by what it says.
async fn choose(person: &Person, label: &str, says: &str) -> Step {
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
async fn field(person: &Person, label: &str, value: &str) -> Step {
    let script = "const input = field(arguments[0]);
        if (!input) { return false; }
        input.value = arguments[1];
        input.dispatchEvent(new Event('input', { bubbles: true }));
        input.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    person.when(&format!("{label} to be filled in"), script, vec![json!(label), json!(value)]).await
}

/// Fills in a day, counted from today.
async fn day_from_today(person: &Person, label: &str, days: i64) -> Step {
    let script = "const day = new Date(Date.now() + arguments[0] * 86400000);
        const two = (number) => String(number).padStart(2, '0');
        return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;";
    let day = person.read(script, vec![json!(days)]).await?;
    field(person, label, day.as_str().unwrap_or_default()).await
}
