//! A goal that is learned sooner than others: its own number is chosen on the phone, and holds at the next practice without a network.

use opstap_tests::browser::{Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};
use crate::together::choose;

#[tokio::test]
async fn a_goal_that_is_to_go_by_itself_once_is_learned_by_one_time_and_anew_after_help() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "mastery-rule", tell).await;
}

/// The goals that are marked as learned.
const LEARNED: &str =
    "return JSON.stringify(all('.goal-list .goal').map((goal) => goal.querySelector('.chip.learned') !== null))
    === JSON.stringify(arguments[0]);";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Youssef lets one goal be learned after one time");
    let youssef = stage.person("Youssef", Window::Phone);
    pair(stage, &youssef, "Naar school").await?;
    youssef.tap_with("Naar school").await?;
    youssef.tap("Verander de route").await?;
    youssef.tap("Meer van stuk 1").await?;
    choose(&youssef, "Het lukt na", "1 keer zelf").await?;
    sent(&youssef).await?;
    youssef.tap("Terug").await?;
    stage.server.stop().await?;

    stage.step("what went by itself last time is learned by that, and what took a hint is not");
    youssef.tap("Begin oefening 2").await?;
    youssef.see("Hoeveel hulp was er?").await?;
    youssef.when("the first goal to be learned", LEARNED, vec![json!([true, false])]).await?;

    stage.step("when it takes help again it is to be learned anew, and another that takes three times goes on");
    youssef.tap("hint").await?;
    youssef.when("nothing to be learned", LEARNED, vec![json!([false, false])]).await?;
    youssef.tap("zelf").await?;
    let answered = "return all('.goal-list .goal').filter((goal) => goal.querySelector('.bars .on')).length === 2;";
    youssef.when("both answers", answered, vec![]).await?;
    youssef.when("nothing to be learned yet", LEARNED, vec![json!([false, false])]).await?;
    youssef.tap_with("Steek over bij het zebrapad").await?;
    youssef.tap("zelf").await?;
    youssef.when("the first goal to be learned by one time", LEARNED, vec![json!([true, false])]).await
}
