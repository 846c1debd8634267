//! Choosing together, days off, and who reminds: what Youssef and Sem do with one phone between them.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn the_client_chooses_and_the_supporter_confirms() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "together", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Sem taps a picture and few words, Youssef confirms");
    let youssef = stage.person("Youssef", Window::Phone);
    pair(stage, &youssef, "Naar school").await?;
    youssef.tap_with("Spaghetti").await?;
    let plan = youssef.place().await?;
    youssef.tap("Kies samen").await?;
    youssef.see("Welk plaatje past het best?").await?;
    let another = "const tiles = all('.half .tile');
        if (tiles.length < 2) return false;
        tiles.at(-1).click();
        return tiles.at(-1).getAttribute('aria-pressed') === 'true';";
    youssef.when("another picture to be chosen", another, vec![]).await?;
    youssef.write("Kort gezegd", "Pan vullen").await?;
    youssef.tap("Pan vullen").await?;
    youssef.tap("Klopt, bewaar").await?;
    youssef.see("Stap 2 van").await?;
    youssef.tap("Vorige stap").await?;
    youssef.see("Stap 1 van").await?;
    youssef.tap("Sla over").await?;
    youssef.see("Stap 2 van").await?;
    youssef.tap("Alleen het plaatje").await?;
    youssef.tap("Klopt, bewaar").await?;
    youssef.see("Stap 3 van").await?;
    sent(&youssef).await?;
    youssef.go(&plan).await?;
    let says = "return all('textarea')[0]?.value === 'Pan vullen';";
    youssef.when("the words that Sem chose", says, vec![]).await?;

    stage.step("who reminds is settled on in the plan, and their first screen says so");
    let minutes = youssef.read("return field('Tijd').value;", vec![]).await?;
    youssef.tap("Tijd per dag, herinneren en vrije dagen").await?;
    choose(&youssef, "Wie herinnert", "Youssef").await?;
    sent(&youssef).await?;
    youssef.go("/support").await?;
    youssef.see("Herinner Sem aan: Spaghetti koken").await?;
    let time = minutes.as_str().unwrap_or_default().replace(':', ".");
    youssef.see(time.trim_start_matches('0')).await?;

    stage.step("on days off nobody is asked");
    youssef.tap("Vrije dagen").await?;
    youssef.write("Hoe heet het?", "Vakantie").await?;
    youssef.tap("Zet erbij").await?;
    youssef.see("De vrije dagen staan erbij.").await?;
    youssef.see("Vakantie").await?;
    youssef.go("/support").await?;
    youssef.see_no("Herinner Sem aan").await?;
    youssef.tap("Vrije dagen").await?;
    youssef.tap("Haal weg").await?;
    youssef.see("Er zijn geen vrije dagen.").await?;
    youssef.go("/support").await?;
    youssef.see("Herinner Sem aan").await
}

/// Chooses from a list by its label.
pub async fn choose(person: &Person, label: &str, option: &str) -> Step {
    let script =
        "const list = all('label').find((one) => called(one).startsWith(arguments[0]))?.querySelector('select');
        const option = list && [...list.options].find((one) => one.text === arguments[1]);
        if (!option) return false;
        list.value = option.value;
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    person.when(&format!("{option} to be chosen"), script, vec![json!(label), json!(option)]).await
}
