//! For a client without a phone at hand somebody else writes down what was done: a run of a plan, and a practice of a route.

use opstap_core::{Kind, Record, Value};
use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use opstap_tests::holder::Holder;
use serde_json::json;

use crate::cast::{pair, sent};
use crate::helping_less::day;

#[tokio::test]
async fn what_was_done_without_a_phone_is_written_down_and_told_with_who_wrote_it() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "on-paper", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Youssef writes a run of yesterday down, never one of tomorrow");
    let (youssef, sem) = (stage.person("Youssef", Window::Phone), stage.person("Sem", Window::Phone));
    tokio::try_join!(pair(stage, &youssef, "Naar school"), pair(stage, &sem, "Mijn boek"))?;
    youssef.tap_with("Spaghetti").await?;
    youssef.tap("Schrijf een keer op").await?;
    day(&youssef, 2).await?;
    youssef.see("Dit moment is nog niet geweest.").await?;
    let off =
        "return all('button').some((one) => called(one) === 'Bewaar' && one.getAttribute('aria-disabled') === 'true');";
    youssef.when("nothing to keep", off, vec![]).await?;
    day(&youssef, -1).await?;
    youssef.see_no("Dit moment is nog niet geweest.").await?;
    youssef.tap("hint").await?;
    youssef.tap("goed").await?;
    taps_twice(&youssef, "Bewaar").await?;
    youssef.see("Het is opgeschreven.").await?;
    youssef.see("opgeschreven door Youssef").await?;
    sent(&youssef).await?;
    let written = |held: &Record| held.kind == Kind::Run && held.value("on_paper") == Some(&Value::Bool(true));
    let runs = counted(stage, 71, written)?;
    if runs != 1 {
        return Err(youssef.missed(&format!("one run was written down {runs} times")));
    }

    stage.step("Sem finds it in his book, on its day");
    sem.go("/book").await?;
    sem.see("opgeschreven door Youssef").await?;
    sem.see("Gisteren").await?;

    stage.step("a practice of yesterday too");
    youssef.go("/support").await?;
    youssef.tap_with("Naar school").await?;
    youssef.tap("Schrijf een oefening op").await?;
    day(&youssef, -1).await?;
    let practices = counted(stage, 72, |held| held.kind == Kind::Practice)?;
    taps_twice(&youssef, "Verder").await?;
    youssef.see("Hoeveel hulp was er?").await?;
    youssef.tap("zelf").await?;
    let answered = "return all('.goal .bars .on').length > arguments[0];";
    youssef.when("the answer", answered, vec![json!(0)]).await?;
    // What is sent draws the screen once more, and a tap in between would be lost.
    sent(&youssef).await?;
    let more = counted(stage, 73, |held| held.kind == Kind::Practice)? - practices;
    if more != 1 {
        return Err(youssef.missed(&format!("one practice was written down {more} times")));
    }
    youssef.tap("Afronden").await?;
    youssef.see("Wat hebben jullie geoefend?").await?;
    youssef.tap("Bewaar oefening").await?;
    youssef.see("Lees het na. Pas aan wat niet klopt.").await?;
    youssef.tap("Terug").await?;
    youssef.see("Schrijf het verslag").await?;
    youssef.see("opgeschreven door Youssef").await?;
    sent(&youssef).await?;

    stage.step("what was a mistake goes, for who wrote it down, and comes back");
    youssef.tap("Haal weg").await?;
    youssef.see("Wat je opschreef, is weggehaald.").await?;
    youssef.tap("Ongedaan maken").await?;
    youssef.see("Het staat weer zoals het was.").await?;
    sent(&youssef).await
}

/// A finger that trembles taps once more before anything happened.
async fn taps_twice(person: &Person, called: &str) -> Step {
    let script = "const button = find('button', arguments[0], true);
        button?.click();
        button?.click();
        return Boolean(button);";
    person.when(&format!("“{called}” to be tapped twice"), script, vec![json!(called)]).await
}

/// How many of such records the server has.
fn counted(stage: &Stage, seed: u64, is: impl Fn(&Record) -> bool) -> Step<usize> {
    Ok(Holder::of(&stage.server, "Marloes", seed)?.held.records.iter().filter(|record| is(record)).count())
}
