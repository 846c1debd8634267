//! What changes on a screen is told to whoever does not see it: in a region that was there before its words came, or as the title of the
//! new screen, on which the focus is then.

use std::path::Path;
use std::time::{Duration, Instant};

use opstap_core::model::{Plan, Step as PlanStep};
use opstap_tests::browser::{Missed, Person, Server, Stage, Step, Tools, Window, photo};
use opstap_tests::holder::Holder;
use serde_json::{Value, json};

use super::watch;

/// What is not told by then is not told at all.
const SOON: Duration = Duration::from_secs(8);

/// Somebody's screen, and what was not told on it.
struct Ear<'a> {
    person: &'a Person,
    silent: Vec<String>,
}

impl Ear<'_> {
    /// After `does` these words are told. What was not is kept, so that the story goes on.
    async fn hears(&mut self, wanted: &str, does: impl AsyncFnOnce(&Person) -> Step) -> Step {
        self.person.read("checks.listen(); return true;", vec![]).await?;
        does(self.person).await?;
        let began = Instant::now();
        while began.elapsed() < SOON {
            let told = self.person.read("return checks.announced(arguments[0]);", vec![json!(wanted)]).await?;
            if told == Value::Bool(true) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let screen = self.person.words_of("main").await?.concat();
        self.silent.push(format!("“{wanted}” is not told to whoever does not see it, on “{screen}”"));
        eprintln!("      {}", self.silent.last().map_or("", String::as_str));
        Ok(())
    }

    /// The same after one tap on what is there already, with the regions of its screen.
    async fn tap(&mut self, called: &str, wanted: &str) -> Step {
        let there = "return Boolean(find(things, arguments[0], false));";
        self.person.when(&format!("“{called}” to tap"), there, vec![json!(called)]).await?;
        self.hears(wanted, async |person| person.tap_with(called).await).await
    }
}

#[tokio::test]
async fn what_changes_is_told_to_whoever_does_not_see_it() {
    let Some(tools) = Tools::find_or_skip() else { return };
    let silent = std::sync::Mutex::new(Vec::new());
    Stage::play(&tools, "accessible-announced", async |stage: &mut Stage| {
        let sem = stage.person("Sem", Window::Phone);
        sem.open(&stage.server.link("Sem")?).await?;
        sem.see("Mijn boek").await?;
        watch(&sem, "").await?;
        timed_plan(&stage.server).map_err(|cause| Missed::new(format!("there is no plan with a timer: {cause}")))?;
        let picture = photo(stage.folder(), "result", 200)?;
        let mut ear = Ear { person: &sem, silent: Vec::new() };
        sem.go("/").await?;
        a_result(&mut ear, &picture).await?;
        a_plan(&mut ear).await?;
        what_is_settled(&mut ear).await?;
        silent.lock().unwrap().append(&mut ear.silent);
        Ok(())
    })
    .await;
    let silent = silent.into_inner().unwrap();
    assert!(silent.is_empty(), "{} changes are not told:\n{}", silent.len(), silent.join("\n"));
}

/// A plan of one step that has a timer.
const TIMED: &str = "Tanden poetsen";

fn timed_plan(server: &Server) -> std::io::Result<()> {
    let step = PlanStep { timer: Some(120), ..PlanStep::saying("", "Poets je tanden.") };
    Holder::of(server, "Marloes", 41)?.plan(&Plan::titled(TIMED), vec![step]).map(drop)
}

/// A timer that starts and is over, a photo, a face, what is kept and what is shown.
async fn a_result(ear: &mut Ear<'_>, picture: &Path) -> Step {
    let sem = ear.person;
    sem.go("/plans").await?;
    sem.tap_with(TIMED).await?;
    sem.tap("Begin").await?;
    sem.see("Lukt niet").await?;
    ear.tap("Start", "De tijd loopt.").await?;
    let time_goes = async |sem: &Person| sem.promised("await pass(300_000);").await.map(drop);
    ear.hears("De tijd is om.", time_goes).await?;
    ear.tap("Klaar", "Het is gelukt.").await?;
    ear.hears("Bewaard.", async |sem| sem.give_photo("Maak een foto", picture).await).await?;
    ear.tap("Bewaar", "Wil je het laten zien?").await?;
    sem.tap("Marloes").await?;
    ear.tap("Laat zien aan Marloes", "Marloes").await
}

/// The next step, back again, and help without a network.
async fn a_plan(ear: &mut Ear<'_>) -> Step {
    let sem = ear.person;
    ear.tap("Medicijnen innemen", "Medicijnen innemen").await?;
    sem.tap("Begin").await?;
    let first = sentence(sem).await?;
    sem.tap("Klaar").await?;
    sem.see_no(&first).await?;
    let second = sentence(sem).await?;
    ear.tap("Terug", &first).await?;
    ear.tap("Klaar", &second).await?;
    ear.tap("Lukt niet", "Wat helpt nu?").await?;
    ear.tap("Hulp", "Wie wil je spreken?").await?;
    sem.tap("Tim").await?;
    sem.see("Bel Tim").await?;
    ear.hears("Gaat weg zodra er internet is.", async |sem| {
        sem.cut_off(0).await?;
        sem.tap("Stuur: “Ik kom er niet uit”").await
    })
    .await?;
    Ok(())
}

/// The sentence of the step.
async fn sentence(sem: &Person) -> Step<String> {
    sem.when("a step", "return all('main .dots').length > 0 && all('main h1').length > 0;", vec![]).await?;
    Ok(sem.words_of("main h1").await?.concat())
}

/// A switch, who may see what, and what is put back.
async fn what_is_settled(ear: &mut Ear<'_>) -> Step {
    let sem = ear.person;
    sem.go("/way/consent").await?;
    sem.tap("Tim").await?;
    sem.see("Tim mag zien:").await?;
    ear.tap("mijn plannen", "Tim ziet niet meer: mijn plannen.").await?;
    ear.tap("Ongedaan maken", "Het staat weer zoals het was.").await?;
    Ok(())
}
