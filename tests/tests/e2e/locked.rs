//! A phone that heard nothing from the server for longer than the organisation allows shows nothing of a client, wherever it is opened.

use opstap_tests::browser::{Stage, Step, Tools, Window};

use crate::cast::pair;

#[tokio::test]
async fn a_phone_that_was_away_for_too_long_says_so_on_every_screen_and_never_that_something_is_gone() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "locked", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("phones may go for two weeks without the server, and Youssef opens a plan");
    stage.server.lease(14)?;
    let (youssef, marloes) = (stage.person("Youssef", Window::Phone), stage.person("Marloes", Window::Desk));
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.when("his row", "return all('tr[data-client] .spark').length === 1;", vec![]).await?;
    pair(stage, &youssef, "Opstaan").await?;
    youssef.tap_with("Opstaan").await?;
    youssef.see("Haal plan weg").await?;
    let plan = youssef.place().await?;
    let removed = plan.split("/plan/").next().map(|circle| format!("{circle}/removed")).unwrap_or_default();

    stage.step("sixteen days later it is all behind one sentence");
    youssef.cut_off(16).await?;
    for place in [plan.as_str(), removed.as_str(), "/support"] {
        youssef.go(place).await?;
        youssef.see("Dit toestel was lang niet op internet.").await?;
        youssef.see("Probeer het nu").await?;
        youssef.see_no("Weggehaald").await?;
        youssef.see_no("Opstaan").await?;
    }
    marloes.cut_off(16).await?;
    for place in ["/desk", "/desk/clients"] {
        marloes.go(place).await?;
        marloes.see("Dit toestel was lang niet op internet.").await?;
        for untrue in ["Niemand wacht op jou", "niets", "werkt ook zonder internet"] {
            marloes.see_no(untrue).await?;
        }
    }
    marloes.tap_with("Sem").await?;
    marloes.see("Probeer het nu").await
}
