//! The coordinator registers somebody, which opens a circle of their own, and finds a volunteer who fits; another takes over.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};
use crate::training::has;

#[tokio::test]
async fn a_registration_opens_a_circle_and_a_volunteer_is_found_for_it() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "programme", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;

    stage.step("Fatma writes two volunteers down");
    fatma.tap("Programma").await?;
    fatma.tap("Vrijwilligers").await?;
    fatma.see("Er staan nog geen vrijwilligers in het programma.").await?;
    volunteer(&fatma, "Lies", "Ommoord", &["maandag ochtend", "woensdag middag"], &["openbaar vervoer"]).await?;
    volunteer(&fatma, "Piet", "Zuid", &["maandag ochtend"], &["fiets"]).await?;

    stage.step("she says which municipality the programme serves");
    fatma.tap("Instellen").await?;
    fatma.write("Gemeenten in het gebied", "Rotterdam").await?;
    fatma.leave_field().await?;
    fatma.tap("Aanmeldingen").await?;
    fatma.tap("Nieuwe aanmelding").await?;
    fatma.write("Gemeente", "Gouda").await?;
    fatma.see("Verwijs de deelnemer door.").await?;
    fatma.tap("Leg vast en verwijs door").await?;
    fatma.see("Vastgelegd als doorverwezen, zonder naam.").await?;

    stage.step("half a registration is there after she was called away");
    fatma.tap("Aanmeldingen").await?;
    fatma.tap("Nieuwe aanmelding").await?;
    fatma.write("Voornaam", "Bo").await?;
    fatma.write("Gemeente", "Rotterdam").await?;
    fatma.write("Wijk", "Ommoord").await?;
    fatma.leave_field().await?;
    fatma.go("/desk").await?;
    fatma.go("/desk/programme/new").await?;
    fatma
        .when(
            "what she typed",
            "return field('Voornaam')?.value === 'Bo' && field('Wijk')?.value === 'Ommoord';",
            vec![],
        )
        .await?;
    choose(&fatma, "Via", "school").await?;
    choose(&fatma, "Hoe", "public-transport").await?;

    stage.step("without the server she hears that it takes the internet, and nothing is lost");
    stage.server.stop().await?;
    fatma.tap("Meld aan").await?;
    fatma.see("Hiervoor is internet nodig.").await?;
    stage.server.start_again()?;

    stage.step("with it Bo has a circle");
    fatma.tap("Meld aan").await?;
    fatma.when("the page of Bo", "return location.pathname.includes('/training/');", vec![]).await?;
    fatma.see("Bo").await?;
    has(&fatma, "Gemeente", "Rotterdam").await?;
    fatma.tap("Programma").await?;
    fatma.see("wacht op een vrijwilliger").await?;

    stage.step("the volunteers come with reasons, and Lies is chosen");
    fatma.tap("Koppel").await?;
    fatma.see("Wie past bij Bo").await?;
    let order = "const names = all('[data-volunteer]').map((one) => called(one.querySelector('.words b')));
        return names.join() === 'Lies,Piet';";
    fatma.when("Lies before Piet", order, vec![]).await?;
    fatma.see("dezelfde wijk").await?;
    fatma.tap("Koppel Lies").await?;
    fatma.see("Lies is gekoppeld.").await?;
    members(&fatma, "Lies").await?;

    stage.step("Piet takes over, and Lies steps back");
    fatma.go("/desk/programme").await?;
    fatma.see("gekoppeld").await?;
    let again = "const row = document.querySelector('[data-registration]').dataset.registration;
        return '/desk/programme/match/' + row.replaceAll('-', '');";
    let again = fatma.read(again, vec![]).await?;
    fatma.go(again.as_str().unwrap_or_default()).await?;
    fatma.tap("Koppel Piet").await?;
    fatma.tap("Vervang Lies").await?;
    fatma.see("Piet is gekoppeld.").await?;
    members(&fatma, "Piet").await?;
    fatma.see_no("Lies").await?;

    stage.step("the figures follow from the rows, and each names those behind it");
    fatma.tap("Programma").await?;
    fatma.tap("Cijfers").await?;
    fatma.see("In het kort").await?;
    let behind = "const row = all('tr').find((one) => called(one.querySelector('th') ?? one).startsWith('School'));
        row?.querySelector('button')?.click();
        return row !== undefined;";
    fatma.when("the figure of schools", behind, vec![]).await?;
    fatma.when("Bo behind it", "return all('dialog tbody th').map(called).join() === 'Bo';", vec![]).await?;
    fatma.tap("Sluit").await?;
    fatma.tap("Naar buiten").await?;
    fatma.see("niet getoond").await?;
    called_away(stage, &fatma).await
}

async fn called_away(stage: &mut Stage, fatma: &Person) -> Step {
    stage.step("the form holds nothing of Bo any more, and who leaves it early finds all of Kim written");
    fatma.tap("Aanmeldingen").await?;
    fatma.tap("Nieuwe aanmelding").await?;
    for field in ["Voornaam", "Gemeente", "Wijk"] {
        has(fatma, field, "").await?;
    }
    fatma.write("Voornaam", "Kim").await?;
    fatma.write("Gemeente", "Rotterdam").await?;
    fatma.leave_field().await?;
    fatma.tap("Meld aan").await?;
    fatma.tap("Programma").await?;
    let once = "return ['Bo', 'Kim'].every((name) => all('[data-registration]').filter((one) => called(one).startsWith(name)).length === 1);";
    fatma.when("one row for Bo and one for Kim", once, vec![]).await?;
    sent(fatma).await?;
    fatma.tap("Kim").await?;
    has(fatma, "Gemeente", "Rotterdam").await
}

/// Writes a volunteer down, with access, and goes back to the list.
pub async fn volunteer(fatma: &Person, name: &str, area: &str, parts: &[&str], trained: &[&str]) -> Step {
    fatma.write("Voornaam", name).await?;
    fatma.tap("Zet erbij").await?;
    fatma.see("Scholing gedaan").await?;
    fatma.write("Wijk", area).await?;
    can(fatma, parts).await?;
    for way in trained {
        fatma.tap_with(way).await?;
    }
    let until = "const found = field('VOG geldig tot');
        found.value = '2031-05-01';
        found.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    fatma.read(until, vec![]).await?;
    fatma.tap("Maak toegang").await?;
    fatma.see("Heeft toegang.").await?;
    fatma.tap("Vrijwilligers").await?;
    fatma.see(name).await
}

/// Taps parts of the week, and sees each.
pub async fn can(fatma: &Person, parts: &[&str]) -> Step {
    for part in parts {
        fatma.tap(part).await?;
        let pressed = "return find('button', arguments[0], true)?.getAttribute('aria-pressed') === 'true';";
        fatma.when(&format!("“{part}” to be pressed"), pressed, vec![json!(part)]).await?;
    }
    Ok(())
}

/// Chooses in a list by its label.
async fn choose(person: &Person, label: &str, code: &str) -> Step {
    let script = "const chosen = [...document.querySelectorAll('label.field')].find((one) => tidy(one.querySelector('span').textContent) === arguments[0]);
        const list = chosen.querySelector('select');
        list.value = arguments[1];
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return list.value === arguments[1];";
    person.when(&format!("{code} under {label}"), script, vec![json!(label), json!(code)]).await
}

/// Somebody is in the circle of the only participant.
async fn members(fatma: &Person, name: &str) -> Step {
    fatma.go("/desk/clients").await?;
    fatma.tap_with("Bo").await?;
    fatma.see(name).await
}
