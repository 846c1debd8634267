//! Learning to travel, told once as a whole: from a registration to a quarter of a year of travelling alone. Four people, each with a
//! browser of their own: the coordinator at the desk; the participant, the volunteer and the mother on their phones. In practice, and
//! alone on the way, the phones have no network.

mod afterwards;
mod comes_in;
mod goes_alone;
mod plans;
mod practises;
mod reports;

use std::sync::Arc;

use opstap_core::Day;
use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use opstap_tests::device::now;

use crate::cast::{pair, sent};

/// The four.
struct People {
    fatma: Arc<Person>,
    jordi: Arc<Person>,
    lies: Arc<Person>,
    rina: Arc<Person>,
}

/// What the route is called.
const ROUTE: &str = "Naar De Schakel";

#[tokio::test]
async fn four_people_play_a_whole_training_with_phones_that_are_offline_on_the_way() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "learns-to-travel", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    let jordi = comes_in::is_registered(stage, &fatma).await?;
    comes_in::is_spoken_with(stage, &fatma).await?;
    let (lies, rina) = comes_in::is_matched(stage, &fatma, &jordi).await?;
    let people = People { fatma, jordi, lies, rina };
    plans::make_the_plan(stage, &people).await?;

    practises::first(stage, &people).await?;
    reports::go_round(stage, &people).await?;
    practises::until_it_goes_by_itself(stage, &people).await?;

    goes_alone::is_handed_over(stage, &people).await?;
    later(stage, &people, 7).await?;
    goes_alone::travels_alone(stage, &people).await?;
    afterwards::is_closed(stage, &people).await?;
    later(stage, &people, 38).await?;
    afterwards::is_asked_in_pictures(stage, &people).await?;
    later(stage, &people, 100).await?;
    afterwards::is_asked_by_telephone(stage, &people).await?;
    afterwards::counts(stage, &people).await
}

/// Everybody looks again at a later day: so many days after the first.
async fn later(stage: &mut Stage, people: &People, days: u32) -> Step {
    stage.step(&format!("{days} days after the first"));
    stage.server.stop().await?;
    stage.server.is_ahead(days);
    stage.server.start_again()?;
    let People { fatma, jordi, lies, rina } = people;
    tokio::try_join!(
        looks_again(fatma, days),
        looks_again(jordi, days),
        looks_again(lies, days),
        looks_again(rina, days)
    )
    .map(drop)
}

async fn looks_again(person: &Person, days: u32) -> Step {
    person.is_ahead(days).await?;
    let place = person.place().await?;
    person.go(&place).await?;
    sent(person).await
}

/// The day after so many days, as a field for a day takes it.
fn day_after(days: u32) -> String {
    Day::of(now()).on(days).written()
}

/// The coordinator opens the pages of the client, at one of its parts.
async fn opens(fatma: &Person, part: &str) -> Step {
    fatma.tap_with("Cliënten").await?;
    fatma.tap_with("Jordi").await?;
    // The table of clients has a column of the same name as one of the tabs.
    fatma.see("Overzicht").await?;
    fatma.tap(part).await
}

/// The coordinator opens the training of the client, at one of its parts.
async fn opens_training(fatma: &Person, part: &str) -> Step {
    opens(fatma, "Reizen").await?;
    fatma.tap("Het traject").await?;
    fatma.tap(part).await
}
