//! What a volunteer sees on the phone.

use super::{Album, SEARCHED, Screen, TO_THE_CONFLICT, TO_THE_END, come, mail};
use serde_json::json;

use crate::browser::{Stage, Step, Window};

/// Opens the row "Meer" of the first step, and brings it to the top.
const TO_MORE: &str = "const more = document.querySelector('.step-more > .button');
    more.click();
    more.scrollIntoView({ block: 'start' });";

/// Opens the step as the client sees it.
const TO_THE_PREVIEW: &str =
    "[...document.querySelectorAll('button')].find((one) => one.textContent.includes('Sem')).click();";

/// Opens the first list of plans to take over.
const TO_THE_PLANS: &str = "document.querySelector('.list-row.tap').click();";

/// A plan with all its first step can have, and its steps as photos with words.
pub(super) fn ways_of_a_plan(more: &'static str, plan: &str) -> [Screen; 2] {
    [Screen::at(more, plan).after(TO_MORE), Screen::at("photos", format!("{plan}/photos"))]
}

/// A practice under way.
pub(super) async fn volunteer(stage: &mut Stage) -> Step<Album> {
    let youssef = come(stage, "Youssef", Window::Phone, "Naar school").await?;
    let mut screens = vec![
        Screen::at("circle", "/support"),
        Screen::at("search", "/support/search").after(SEARCHED),
        Screen::at("guide", "/support/guide"),
        Screen::at("tour", "/support/guide/tour"),
    ];
    youssef.tap_with("Nu bezig").await?;
    youssef.see("nu hier").await?;
    screens.push(Screen::at("run-now", youssef.place().await?));
    youssef.go("/support").await?;
    youssef.tap_with("Oefening 1").await?;
    youssef.see("Oefening 1 met Sem").await?;
    screens.push(Screen::at("report", youssef.place().await?));
    youssef.go("/support").await?;
    youssef.tap_with("Opstaan").await?;
    youssef.see("Haal plan weg").await?;
    screens.push(Screen::at("print", format!("{}/print", youssef.place().await?)));
    let plan = youssef.place().await?;
    let circle = plan.split("/plan/").next().unwrap_or_default().to_owned();
    screens.push(Screen::at("plan", plan.as_str()));
    screens.push(Screen::at("plan-end", plan.as_str()).after(TO_THE_END));
    screens.push(Screen::at("paper-run", format!("{plan}/paper")));
    screens.push(Screen::at("together", format!("{plan}/together")));
    screens.push(Screen::at("together-end", format!("{plan}/together")).after(TO_THE_END));
    screens.push(Screen::at("days-off", format!("{circle}/days-off")));
    // That of Sem is still under way; this one has ended.
    youssef.go("/support").await?;
    youssef.tap_with("Medicijnen innemen").await?;
    youssef.see("Haal plan weg").await?;
    youssef.tap_with("stappen zelf").await?;
    youssef.see("Hoeveel hulp per stap").await?;
    screens.push(Screen::at("run", youssef.place().await?));
    youssef.go(&plan).await?;
    screens.extend(ways_of_a_plan("plan-more", &plan));
    screens.push(Screen::at("plan-preview", &plan).after(TO_THE_PREVIEW));
    youssef.tap("Geschiedenis").await?;
    youssef.see("De laatste veranderingen").await?;
    screens.push(Screen::at("history", youssef.place().await?));
    for (name, plan) in [("conflict", "Medicijnen innemen"), ("history-of-changes", "Spaghetti koken")] {
        youssef.go("/support").await?;
        youssef.tap_with(plan).await?;
        youssef.see("Haal plan weg").await?;
        if name == "history-of-changes" {
            youssef.tap("Geschiedenis").await?;
            youssef.see("De laatste veranderingen").await?;
        }
        let screen = Screen::at(name, youssef.place().await?);
        screens.push(if name == "conflict" { screen.after(TO_THE_CONFLICT) } else { screen });
    }
    youssef.go("/support").await?;
    youssef.tap("Weggehaald").await?;
    youssef.see("Tim haalde het plan “Naar bed gaan” weg.").await?;
    screens.push(Screen::at("removed", youssef.place().await?));
    youssef.go("/support").await?;
    youssef.tap("Nieuw plan").await?;
    youssef.see("Elke foto wordt een stap.").await?;
    screens.push(Screen::at("new-plan", youssef.place().await?).after(TO_THE_PLANS));
    youssef.go("/support").await?;
    youssef.tap("Zo is de app").await?;
    youssef.see("Het werkt meteen.").await?;
    screens.push(Screen::at("app", youssef.place().await?));
    screens.push(Screen::at("week", youssef.place().await?.replace("/app", "/week")));
    youssef.go("/support").await?;
    youssef.tap_with("Naar school").await?;
    youssef.see("Oefeningen").await?;
    screens.push(Screen::at("route", youssef.place().await?));
    screens.push(Screen::at("paper-practice", format!("{}/paper", youssef.place().await?)));
    youssef.tap("Begin oefening 2").await?;
    for (answered, level) in ["zelf", "hint"].into_iter().enumerate() {
        youssef.tap(level).await?;
        let more = "return all('.goal .bars').filter((bars) => bars.querySelector('.on')).length > arguments[0];";
        youssef.when("the answer", more, vec![json!(answered)]).await?;
    }
    youssef.see("Verder: 32").await?;
    screens.push(Screen::at("practice", youssef.place().await?));
    screens.push(Screen::at("messages", format!("{circle}/messages")));
    youssef.tap("Afronden").await?;
    youssef.see("Wat hebben jullie geoefend?").await?;
    screens.push(Screen::at("finish", youssef.place().await?));
    screens.push(mail::of_supporter(&youssef).await?);
    Ok(Album { person: youssef, screens })
}
