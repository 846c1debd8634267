//! A plan in three minutes, without a network: photos in their order, a few words for each, a title; and the client runs it.

use std::cell::Cell;
use std::path::Path;

use opstap_tests::browser::{Person, Stage, Step, Tools, Window, photo};
use serde_json::json;

use crate::cast::{editor_shows, pair, sent, waits};

#[tokio::test]
async fn a_plan_of_photos_and_words_takes_few_taps_and_the_client_runs_it() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "three_minutes", tell).await;
}

/// The most taps a plan of three steps may take: one to begin, one for each photo, one for each sentence, one for the title, one to end.
const MOST_TAPS: u32 = 9;

/// Somebody whose taps are counted.
struct Hand<'a> {
    person: &'a Person,
    taps: Cell<u32>,
}

impl Hand<'_> {
    fn count(&self) {
        self.taps.set(self.taps.get() + 1);
    }

    async fn tap(&self, called: &str) -> Step {
        self.count();
        self.person.tap(called).await
    }

    async fn shoot(&self, called: &str, photo: &Path) -> Step {
        self.count();
        self.person.give_photo(called, photo).await
    }

    async fn write(&self, label: &str, text: &str) -> Step {
        self.count();
        self.person.write(label, text).await
    }
}

const PLAN: [&str; 3] = ["Pak de bezem.", "Veeg de vloer.", "Zet de bezem terug."];

/// A finger on the grip of the last row, to above the first, and up.
const DRAG_THE_LAST_TO_THE_FRONT: &str = "const rows = all('li.step-row');
    const grip = rows.at(-1).querySelector('.grip');
    const at = (y) => ({ bubbles: true, pointerId: 1, button: 0, clientY: y });
    const top = (one) => one.getBoundingClientRect().top;
    grip.dispatchEvent(new PointerEvent('pointerdown', at(top(grip) + 9)));
    grip.dispatchEvent(new PointerEvent('pointermove', at(top(rows[0]) - 9)));
    grip.dispatchEvent(new PointerEvent('pointerup', at(top(rows[0]) - 9)));
    return true;";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Youssef has no network, and takes three photos");
    let (sem, youssef) = (stage.person("Sem", Window::Phone), stage.person("Youssef", Window::Phone));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &youssef, "Naar school"))?;
    let photos = [10, 90, 170].map(|hue| photo(stage.folder(), &format!("floor-{hue}"), hue));
    let [broom, floor, back] = photos;
    let (broom, floor, back) = (broom?, floor?, back?);
    stage.server.stop().await?;
    hears(&youssef, "veeg de vloer").await?;
    let hand = Hand { person: &youssef, taps: Cell::new(0) };
    hand.tap("Nieuw plan").await?;
    hand.shoot("Maak een foto van stap 1", &broom).await?;
    steps(&youssef, 1).await?;
    // The next one comes while that before it is still being made smaller.
    hand.shoot("Foto van stap 2", &floor).await?;
    steps(&youssef, 2).await?;
    hand.shoot("Foto van stap 3", &back).await?;
    steps(&youssef, 3).await?;

    stage.step("he types, says and types the words, and is advised while he does");
    hand.write("Wat doe je bij stap 1?", PLAN[0]).await?;
    hand.tap("Zeg de woorden van stap 2").await?;
    says(&youssef, "Wat doe je bij stap 2?", PLAN[1]).await?;
    hand.write("Wat doe je bij stap 3?", "Pak de desinfectans en doe hem dicht.").await?;
    youssef.see("Dit zijn twee dingen.").await?;
    youssef.see("Is “desinfectans” een bekend woord?").await?;
    youssef.write("Wat doe je bij stap 3?", PLAN[2]).await?;
    youssef.see_no("Dit zijn twee dingen.").await?;
    hand.write("Hoe heet het plan?", "Vloer vegen").await?;
    hand.tap("Klaar").await?;
    editor_shows(&youssef, &PLAN).await?;
    let taps = hand.taps.get();
    if taps > MOST_TAPS {
        return Err(youssef.missed(&format!("{taps} taps for a plan of three steps")));
    }

    stage.step("he drags the last step to the front, and takes it back");
    youssef.read(DRAG_THE_LAST_TO_THE_FRONT, vec![]).await?;
    editor_shows(&youssef, &[PLAN[2], PLAN[0], PLAN[1]]).await?;
    youssef.see("Dit is nu stap 1.").await?;
    youssef.tap("Ongedaan maken: volgorde").await?;
    editor_shows(&youssef, &PLAN).await?;

    stage.step("he speaks the first sentence, sets a clock, and it is all kept on his phone");
    youssef.tap("Meer bij stap 1").await?;
    youssef.tap("Spreek de zin in").await?;
    youssef.see("De microfoon is aan.").await?;
    youssef.tap("Stop").await?;
    youssef.see("Haal de stem weg").await?;
    youssef.tap("5 min").await?;
    youssef.see("stem, klok 5 min").await?;
    youssef.tap("Ongedaan maken: klok").await?;
    youssef.see_no("stem, klok 5 min").await?;
    waits(&youssef, 8).await?;
    let place = youssef.place().await?;
    youssef.close().await?;
    youssef.open(&place).await?;
    editor_shows(&youssef, &PLAN).await?;

    stage.step("with a network it comes to Sem, who hears and does it");
    stage.server.start_again()?;
    sent(&youssef).await?;
    sem.tap("Al mijn plannen").await?;
    sem.tap_with("Vloer vegen").await?;
    sem.tap("Begin").await?;
    sem.see(PLAN[0]).await?;
    let heard = "window.heard = [];
        const play = HTMLMediaElement.prototype.play;
        HTMLMediaElement.prototype.play = function () { window.heard.push(this.src); return play.call(this); };
        return true;";
    sem.read(heard, vec![]).await?;
    // No voice of the device here: the speaker is there for the recording alone.
    sem.tap("Lees voor").await?;
    sem.when("the voice of Youssef", "return window.heard.some((src) => src.startsWith('blob:'));", vec![]).await?;
    for text in PLAN {
        sem.see(text).await?;
        sem.tap("Klaar").await?;
    }
    sem.see("Maak een foto").await
}

#[tokio::test]
async fn a_plan_begins_as_a_copy_or_as_a_file_and_can_be_kept_as_one() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "other_beginnings", other_beginnings).await;
}

const FILE: &str = r#"{ "opstap-plan": 1, "id": "thee-zetten", "theme": "food", "picture": "teapot",
    "title": { "nl": "Thee zetten" }, "take": [{ "text": { "nl": "theezakje" }, "picture": "package" }],
    "steps": [{ "text": { "nl": "Zet de waterkoker aan." }, "picture": "kettle" }] }"#;

async fn other_beginnings(stage: &mut Stage) -> Step {
    stage.step("Youssef takes over a plan of Sem");
    let youssef = stage.person("Youssef", Window::Phone);
    pair(stage, &youssef, "Naar school").await?;
    youssef.tap("Nieuw plan").await?;
    let begin = youssef.place().await?;
    youssef.tap_with("Plannen van Sem").await?;
    youssef.tap_with("Spaghetti").await?;
    youssef.see("Haal plan weg").await?;
    says_title(&youssef, "Kopie van Spaghetti koken").await?;

    stage.step("what is no plan is refused in plain words, and nothing changes");
    youssef.go(&begin).await?;
    let wrong = stage.folder().join("wrong.json");
    std::fs::write(&wrong, "[1]")?;
    youssef.give_photo("Open een bestand", &wrong).await?;
    youssef.see("Dit bestand is geen plan van Opstap.").await?;
    youssef.see("Er is niets veranderd.").await?;

    stage.step("a plan file becomes a plan, and a plan becomes a file");
    let file = stage.folder().join("thee-zetten.json");
    std::fs::write(&file, FILE)?;
    youssef.give_photo("Open een bestand", &file).await?;
    editor_shows(&youssef, &["Pak: theezakje.", "Zet de waterkoker aan."]).await?;
    let keep = "window.files = [];
        URL.createObjectURL = (file) => { window.files.push(file); return 'data:,'; };
        return true;";
    youssef.read(keep, vec![]).await?;
    youssef.tap("Bewaar als bestand").await?;
    youssef.see("Het plan is een bestand.").await?;
    let kept = youssef.promised("return await window.files[0].text();").await?;
    let kept = opstap_core::plan_format::parse(kept.as_str().unwrap_or_default().as_bytes());
    match kept {
        Ok(plan) if plan.id.as_str() == "thee-zetten" && plan.steps.len() == 2 => Ok(()),
        other => Err(youssef.missed(&format!("the file reads as {other:?}"))),
    }
}

async fn says_title(person: &Person, title: &str) -> Step {
    let script = "return document.querySelector('.plan-title input')?.value === arguments[0];";
    person.when(&format!("the title “{title}”"), script, vec![json!(title)]).await
}

/// A browser that hears these words, as one that can write down what is said.
async fn hears(person: &Person, words: &str) -> Step {
    let script = "const said = arguments[0];
        window.SpeechRecognition = class {
            start() { setTimeout(() => { this.onresult?.({ results: [[{ transcript: said }]] }); this.onend?.({}); }, 50); }
            abort() {}
        };
        return true;";
    person.read(script, vec![json!(words)]).await.map(drop)
}

/// So many photos are steps.
async fn steps(person: &Person, count: usize) -> Step {
    let script = "const rows = all('li.photo-row');
        return rows.length === arguments[0] && rows.every((row) => pictured(row)?.startsWith('photo'));";
    person.when(&format!("{count} photos as steps"), script, vec![json!(count)]).await
}

/// A field holds this.
async fn says(person: &Person, label: &str, text: &str) -> Step {
    let script = "return all('textarea').some((field) => field.labels[0]?.textContent === arguments[0] && field.value === arguments[1]);";
    person.when(&format!("“{label}” to say “{text}”"), script, vec![json!(label), json!(text)]).await
}
