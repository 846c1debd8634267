//! A run with all that a step can have: a choice that leads on, a timer, another way, a film; then a word about the result, and something
//! put in the book.

use std::io;

use opstap_core::model::{
    Exit, Exits, Model, Picture, Plan, Prompt, RunWord, Step as PlanStep, StepEvent, StepOutcome, set,
};
use opstap_core::{Kind, Record, RecordId};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window, film, photo};
use opstap_tests::device::now;
use opstap_tests::holder::Holder;
use serde_json::json;

use crate::cast::{pair, sent};

const TITLE: &str = "Naar de winkel";

#[tokio::test]
async fn a_run_leads_on_by_choices_and_another_way_and_its_result_has_a_word() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "choices", tell).await;
}

fn step(text: &str) -> PlanStep {
    PlanStep { picture: Some(Picture::Pictogram("sun".into())), ..PlanStep::saying("", text) }
}

/// Four steps, of which one needs no prompt any more.
fn fill(marloes: &mut Holder) -> io::Result<Vec<RecordId>> {
    let shoes = PlanStep {
        timer: Some(120),
        exits: Exits::of([Exit::OnceMore, Exit::OtherWay]),
        other_way: Some("Vraag wie er is.".to_owned()),
        ..step("Poets je schoenen.")
    };
    let gone = PlanStep { prompt: Some(Prompt::Gone), ..step("Doe je jas aan.") };
    let steps = vec![step("Hoe ga je?"), step("Stap in de bus."), gone, shoes];
    let (_, ids) = marloes.plan(&Plan::titled(TITLE), steps)?;
    let [way, _, _, shoes] = *ids.as_slice() else { return Err(io::Error::other("no four steps")) };
    marloes.choices(way, &[("Op de fiets", "bicycle", Some(shoes)), ("Met de bus", "bus", None)])?;
    Ok(ids)
}

async fn tell(stage: &mut Stage) -> Step {
    let mut marloes = Holder::of(&stage.server, "Marloes", 51)?;
    let steps = fill(&mut marloes)?;
    let sem = stage.person("Sem", Window::Phone);
    pair(stage, &sem, "Mijn boek").await?;

    stage.step("a choice leads to its step, and Terug to the choice");
    sem.go("/plans").await?;
    sem.tap_with(TITLE).await?;
    sem.tap("Begin").await?;
    at(&sem, "Stap 1 van 3", "Hoe ga je?").await?;
    let no_done = "return all('.floor .primary').length === 0 && all('.tile').length === 2;";
    sem.when("two pictures in place of Klaar", no_done, vec![]).await?;
    sem.tap("Op de fiets").await?;
    at(&sem, "Stap 3 van 3", "Poets je schoenen.").await?;
    sem.tap("Terug").await?;
    at(&sem, "Stap 1 van 3", "Hoe ga je?").await?;
    sem.tap("Met de bus").await?;
    at(&sem, "Stap 2 van 3", "Stap in de bus.").await?;
    sem.tap("Klaar").await?;

    stage.step("a timer runs on while help is asked, and changes nothing when it is over");
    at(&sem, "Stap 3 van 3", "Poets je schoenen.").await?;
    sem.see("Dit duurt twee minuten.").await?;
    sem.tap("Start").await?;
    sem.see("Nog twee minuten.").await?;
    sem.tap("Hulp").await?;
    sem.see("Wie wil je spreken?").await?;
    sem.tap("Terug").await?;
    sem.see("Nog ").await?;
    sem.see_no("Opnieuw").await?;
    sem.go(&sem.place().await?).await?;
    sem.see("Nog ").await?;
    sem.read("const then = Date.now; Date.now = () => then.call(Date) + 120_000; return true;", vec![]).await?;
    sem.see("De tijd is om.").await?;
    sem.see("Opnieuw").await?;
    at(&sem, "Stap 3 van 3", "Poets je schoenen.").await?;

    stage.step("only the ways out that were set, and the other way can be taken back");
    sem.tap("Lukt niet").await?;
    sem.see("Een andere manier").await?;
    let rows = sem.words_of("main .list-row").await?;
    if rows != ["Nog een keer", "Een andere manier"] {
        return Err(sem.missed(&format!("the ways out are {rows:?}")));
    }
    sem.tap("Een andere manier").await?;
    at(&sem, "Stap 3 van 3", "Vraag wie er is.").await?;
    sem.see("Een andere manier").await?;
    sem.tap("Lukt niet").await?;
    sem.tap("Hulp").await?;
    sem.see("Wie wil je spreken?").await?;
    sem.tap("Terug").await?;
    sem.see("Wat helpt nu?").await?;
    sem.tap("Terug").await?;
    at(&sem, "Stap 3 van 3", "Vraag wie er is.").await?;
    sem.tap("Terug").await?;
    at(&sem, "Stap 3 van 3", "Poets je schoenen.").await?;
    sem.tap("Lukt niet").await?;
    sem.tap("Een andere manier").await?;
    at(&sem, "Stap 3 van 3", "Vraag wie er is.").await?;
    sem.tap("Klaar").await?;
    sem.see("Het is gelukt.").await?;
    result(stage, &sem).await?;
    in_the_book(stage, &sem).await?;
    what_was_written(stage, &sem, &steps).await
}

/// This step is on the screen.
async fn at(sem: &Person, dots: &str, text: &str) -> Step {
    let script = "return called(document.querySelector('.dots') ?? document.body) === arguments[0]
        && tidy(words(document.querySelector('main h1') ?? document.body)) === arguments[1];";
    sem.when(&format!("{dots}: {text}"), script, vec![json!(dots), json!(text)]).await
}

/// A spoken and a typed word, shown to Marloes in a tap of its own.
async fn result(stage: &Stage, sem: &Person) -> Step {
    stage.step("a word about the result, spoken and typed");
    sem.tap("Spreek iets in").await?;
    sem.tap("Stop").await?;
    sem.see("Wat je zei").await?;
    sem.when("it can be heard", "return all('main .speak').length > 0;", vec![]).await?;
    sem.tap("Typ iets").await?;
    sem.write("Typ iets", "Het was druk in de winkel.").await?;
    sem.tap("Bewaar").await?;
    sem.see("Wil je het laten zien?").await?;
    sem.see("Het was druk in de winkel.").await?;
    sem.tap("Marloes").await?;
    sem.tap("Laat zien aan Marloes").await?;
    sem.see("Te zien voor Marloes.").await
}

/// What was done stands in the book, and something of one's own beside it, which can be taken away and put back.
async fn in_the_book(stage: &Stage, sem: &Person) -> Step {
    stage.step("the book has it, and takes something else in");
    sem.go("/book").await?;
    sem.see("Het was druk in de winkel.").await?;
    sem.see("Wie ziet dit? Marloes").await?;
    sem.tap("Zet er iets bij").await?;
    sem.give_photo("Maak een foto", &photo(stage.folder(), "fish", 90)?).await?;
    sem.see("Nieuwe foto").await?;
    sem.write("Typ iets", "Ik heb gevist.").await?;
    sem.tap("Bewaar").await?;
    sem.see("Wil je het laten zien?").await?;
    sem.tap("Marloes").await?;
    sem.tap("Laat zien aan Marloes").await?;
    sem.see("Ik heb gevist.").await?;
    let last = "const found = [...document.querySelectorAll('main [aria-label=\"Haal weg uit mijn boek\"]')];
        found.at(-1)?.click();
        return found.length > 0;";
    sem.when("something to take away", last, vec![]).await?;
    sem.see_no("Ik heb gevist.").await?;
    sem.see("Weggehaald uit jouw boek.").await?;
    sem.tap("Ongedaan maken").await?;
    sem.see("Ik heb gevist.").await?;
    stage.step("whoever goes back without keeping finds it in the book all the same");
    sem.tap("Zet er iets bij").await?;
    sem.write("Typ iets", "En opa ook.").await?;
    sem.tap("Terug").await?;
    sem.see("En opa ook.").await?;
    sem.see("Het staat in jouw boek.").await?;
    sent(sem).await
}

/// Marloes has what Sem showed her and nothing else of it, and the log says what was chosen. Then what Sem spoke becomes the voice of a step.
async fn what_was_written(stage: &mut Stage, sem: &Person, steps: &[RecordId]) -> Step {
    stage.step("the log says what was chosen, and Marloes sees what she was shown");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.see("Ik heb gevist.").await?;
    marloes.see_no("En opa ook.").await?;
    marloes.tap_with(TITLE).await?;
    marloes.see("Het was druk in de winkel.").await?;
    let mut holder = Holder::of(&stage.server, "Marloes", 52)?;
    let log = |what| holder.held.records.iter().filter(move |record| happened(record, what)).count();
    let (chosen, other) = (log(StepOutcome::Chosen), log(StepOutcome::OtherWay));
    if (chosen, other) != (2, 2) {
        return Err(Missed::new(format!("chosen {chosen} times, and {other} times another way")));
    }
    let mut ends: Vec<_> =
        holder.held.records.iter().filter(|record| record.kind == Kind::RunEnd).map(|end| end.parent).collect();
    let all = ends.len();
    ends.sort();
    ends.dedup();
    if ends.len() != all {
        return Err(Missed::new(format!("{all} ends of {} runs", ends.len())));
    }
    let voice = holder.held.records.iter().find_map(|record| RunWord::from_record(record)?.voice);
    let voice = voice.ok_or_else(|| Missed::new("no recording came with the word"))?;
    let first = *steps.first().ok_or_else(|| Missed::new("no steps"))?;
    holder.write(now(), vec![set(first, "voice", voice)])?;
    filmed(stage, &marloes, sem).await?;
    past_the_others(stage, sem).await
}

/// What Marloes films plays in place of the picture, with the sentence as its captions.
async fn filmed(stage: &Stage, marloes: &Person, sem: &Person) -> Step {
    stage.step("what Marloes films plays in place of a picture, with a voice beside it");
    marloes.tap("Plannen").await?;
    marloes.tap_with(TITLE).await?;
    marloes.tap("Meer bij stap 1").await?;
    marloes.give_photo("Maak een film", &film(marloes, stage.folder(), "bicycle").await?).await?;
    marloes.see("Haal de film weg").await?;
    sem.go("/plans").await?;
    sem.tap_with(TITLE).await?;
    sem.tap("Begin").await?;
    let shown = "const film = document.querySelector('.film video');
        return film !== null && film.src.startsWith('blob:') && film.controls && !film.autoplay
            && film.videoWidth === 320 && all('main .say .speak').length > 0;";
    sem.when("a film with a voice beside it", shown, vec![]).await?;
    // Captions are read once they are to be shown.
    let captions = "const [track] = document.querySelector('.film video').textTracks;
        track.mode = 'showing';
        return track.kind === 'captions' && track.cues?.[0]?.text === 'Hoe ga je?';";
    sem.when("the sentence as captions", captions, vec![]).await
}

/// A choice leads past the other steps, and a "Lukt niet" by mistake is taken back: it went, and by oneself.
async fn past_the_others(stage: &Stage, sem: &Person) -> Step {
    stage.step("whoever was led past steps did all there was to do");
    sem.tap("Op de fiets").await?;
    at(sem, "Stap 3 van 3", "Poets je schoenen.").await?;
    sem.tap("Lukt niet").await?;
    sem.see("Wat helpt nu?").await?;
    sem.tap("Terug").await?;
    at(sem, "Stap 3 van 3", "Poets je schoenen.").await?;
    sem.tap("Klaar").await?;
    sem.see("Het is gelukt.").await?;
    sem.go("/book").await?;
    sem.see("zelf gedaan").await
}

fn happened(record: &Record, what: StepOutcome) -> bool {
    record.kind == Kind::StepEvent && StepEvent::from_record(record).is_some_and(|event| event.what == what)
}
