//! What a lost phone had made after the backup comes back from the phone of somebody else, and those around the client read that.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent, waits};

/// What Youssef makes of the first step after the backup.
const LOST: &str = "Zet de wekker uit en sta op.";

/// How the mark begins.
const MARK: &str = "Na een storing teruggebracht vanaf";

#[tokio::test]
async fn what_another_phone_brought_back_is_marked_for_supporters_and_not_for_the_client() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "brought", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("after a backup Youssef changes a step, and Sem follows the plan");
    let (sem, youssef) = (stage.person("Sem", Window::Phone), stage.person("Youssef", Window::Phone));
    let (marloes, tim) = (stage.person("Marloes", Window::Desk), stage.person("Tim", Window::Desk));
    let desk = "Alles staat op deze laptop";
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &youssef, "Opstaan"))?;
    tokio::try_join!(pair(stage, &marloes, desk), pair(stage, &tim, desk))?;
    let backup = stage.folder().join("backup");
    stage.server.back_up(&backup)?;
    youssef.tap_with("Opstaan").await?;
    youssef.see("Haal plan weg").await?;
    youssef.write("Stap 1", LOST).await?;
    youssef.leave_field().await?;
    sent(&youssef).await?;
    sem.tap_with("Opstaan").await?;
    sem.tap("Begin").await?;
    sem.see(LOST).await?;
    sem.tap("Klaar").await?;
    waits(&sem, 1).await?;
    let step = sem.place().await?;
    // A step that nobody follows may wait for the next ones; who opens the app anew sends what is left.
    sem.go("/").await?;
    sent(&sem).await?;
    open_plan(&marloes).await?;
    reads_step(&marloes, LOST).await?;
    marloes.see_no(MARK).await?;

    stage.step("their phones are lost, the server is restored, and Marloes brings it");
    tokio::try_join!(youssef.close(), sem.close())?;
    stage.server.stop().await?;
    stage.server.restore(&backup)?;
    stage.server.start_again()?;
    marloes.go("/desk").await?;
    sent(&marloes).await?;
    open_plan(&marloes).await?;
    reads_mark(&marloes, "jouw toestel.").await?;
    open_plan(&tim).await?;
    reads_mark(&tim, "het toestel van Marloes.").await?;
    reads_step(&tim, LOST).await?;
    tim.go("/desk/clients").await?;
    tim.tap_with("Sem").await?;
    tim.see("Laatst gedaan").await?;
    tim.tap_with("bezig met stap").await?;
    reads_mark(&tim, "het toestel van Marloes.").await?;

    stage.step("the client reads nothing of it, and once the phone of Youssef is found his change is his again");
    youssef.open("/support").await?;
    sent(&youssef).await?;
    open_plan(&tim).await?;
    reads_step(&tim, LOST).await?;
    tim.see_no(MARK).await?;
    sem.open(&step).await?;
    sem.see("Lukt niet").await?;
    sem.see_no(MARK).await
}

/// To the plan in the editor, from wherever they are.
async fn open_plan(person: &Person) -> Step {
    person.go("/desk/clients").await?;
    person.tap_with("Sem").await?;
    person.tap("Plannen").await?;
    person.tap_with("Opstaan").await?;
    person.see("Zo ziet Sem het").await
}

/// The first step says this in the editor.
async fn reads_step(person: &Person, words: &str) -> Step {
    let script = "return field('Stap 1')?.value === arguments[0];";
    person.when(&format!("the first step to be “{words}”"), script, vec![json!(words)]).await
}

/// The mark is in sight, and says from whose device.
async fn reads_mark(person: &Person, whose: &str) -> Step {
    let script = "return all('[data-brought]').some((mark) => called(mark) === arguments[0]);";
    person.when("the mark of what was brought back", script, vec![json!(format!("{MARK} {whose}"))]).await
}
