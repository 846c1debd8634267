//! How the app is for one client: settled on at the desk, and so on the client's phone at once.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn the_app_is_as_was_settled_on_for_this_client() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "settled", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes and Sem settle on how the app is");
    let (sem, marloes) = (stage.person("Sem", Window::Phone), stage.person("Marloes", Window::Desk));
    tokio::try_join!(pair(stage, &sem, "Mijn boek"), pair(stage, &marloes, "Alles staat op deze laptop"))?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Plannen").await?;
    marloes.tap("Zo is de app").await?;
    marloes.see("Het werkt meteen").await?;
    // The first tap makes the record, the others change it.
    marloes.tap("1").await?;
    chosen(&marloes, "1").await?;
    for (switch, becomes) in [
        ("Leest elke stap vanzelf voor", "true"),
        ("Laat zien: stap 3 van 7", "true"),
        ("Knop “Later”", "false"),
        ("Knop “Lukt niet”", "false"),
        ("Alleen vandaag en hulp", "true"),
    ] {
        turn(&marloes, switch, becomes).await?;
    }
    sent(&marloes).await?;

    stage.step("Sem has one picture, no book, and finds himself under help");
    sem.see_no("Mijn boek").await?;
    sem.see_no("Al mijn plannen").await?;
    let tiles = "return all('.tile').length === 0 && all('.next-up').length === 1;";
    sem.when("one picture", tiles, vec![]).await?;
    sem.tap("Hulp").await?;
    sem.tap("Over mij").await?;
    sem.see("Wie mag wat zien?").await?;
    sem.go("/").await?;

    stage.step("a step counts, has no way but on, and is read by itself, word by word");
    give_a_voice(&sem).await?;
    watch_the_screen(&sem).await?;
    sem.tap_with("Begin").await?;
    sem.see_no("Later").await?;
    stays_on(&sem, false).await?;
    sem.tap("Begin").await?;
    counts(&sem, "1").await?;
    stays_on(&sem, true).await?;
    sem.see_no("Lukt niet").await?;
    let first = reads_what_it_shows(&sem).await?;
    marks_the_second_word(&sem).await?;
    sem.tap("Klaar").await?;
    counts(&sem, "2").await?;
    let second = reads_what_it_shows(&sem).await?;
    if first == second {
        return Err(sem.missed("the second step was read as the first"));
    }
    // Another app came before, and the browser let go of the screen.
    sem.read("window.letGo(); return true;", vec![]).await?;
    stays_on(&sem, true).await?;

    stage.step("with pictures only the words are not seen, and can be heard");
    turn(&marloes, "Alleen plaatjes, geen tekst", "true").await?;
    let unseen = "const shown = document.querySelector('.well.large + .say > .sentence');
        return shown !== null && shown.textContent !== '' && shown.getBoundingClientRect().width <= 1
            && all('.speak').length === 1;";
    sem.when("no words in sight and a speaker", unseen, vec![]).await?;

    stage.step("who changed it can be looked up");
    marloes.tap("Geschiedenis").await?;
    marloes.see("Jij veranderde iets in de instellingen van de app.").await?;
    marloes.tap("Terug").await?;
    marloes.see("Het werkt meteen").await?;

    stage.step("the same tap takes it back");
    turn(&marloes, "Alleen vandaag en hulp", "false").await?;
    turn(&marloes, "Alleen plaatjes, geen tekst", "false").await?;
    sem.tap("Terug").await?;
    counts(&sem, "1").await?;
    stays_on(&sem, true).await?;
    sem.tap("Terug").await?;
    sem.see("Mijn boek").await?;
    stays_on(&sem, false).await
}

/// Turns a switch and waits until it says so.
async fn turn(person: &Person, switch: &str, becomes: &str) -> Step {
    person.tap_with(switch).await?;
    let script = "return all('[role=switch]').some((one) => called(one).includes(arguments[0])
        && one.getAttribute('aria-checked') === arguments[1]);";
    person.when(&format!("“{switch}” to be {becomes}"), script, vec![json!(switch), json!(becomes)]).await
}

async fn chosen(person: &Person, called: &str) -> Step {
    let script = "return all('[role=radio][aria-checked=true]').some((one) => called(one) === arguments[0]);";
    person.when(&format!("{called} to be chosen"), script, vec![json!(called)]).await
}

/// The number of the step stands beside the dots.
async fn counts(person: &Person, step: &str) -> Step {
    let script = "return document.querySelector('.dots .told')?.textContent.startsWith(`Stap ${arguments[0]} van `);";
    person.when(&format!("“Stap {step} van …”"), script, vec![json!(step)]).await
}

/// A browser without a screen has none to keep on: this one counts who holds it.
async fn watch_the_screen(person: &Person) -> Step {
    let script = "const held = new Set();
        window.screenIsHeld = () => held.size > 0;
        window.letGo = () => {
          held.clear();
          document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        };
        const request = async (what) => {
          if (what !== 'screen') throw new TypeError(what);
          const lock = { release: async () => void held.delete(lock) };
          held.add(lock);
          return lock;
        };
        Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
        return true;";
    person.when("a screen to watch", script, vec![]).await
}

/// The screen is held on, or nobody holds it.
async fn stays_on(person: &Person, on: bool) -> Step {
    let script = "return window.screenIsHeld() === arguments[0];";
    person.when(&format!("the screen to be held on: {on}"), script, vec![json!(on)]).await
}

/// Browsers without a screen have no voice: one that keeps what it is given and says words when asked.
async fn give_a_voice(person: &Person) -> Step {
    let script = "const voice = Object.create(SpeechSynthesisVoice.prototype, {
            lang: { value: 'nl-NL' }, localService: { value: true }, name: { value: 'Ellen' } });
        const heard = new EventTarget();
        window.said = [];
        Object.assign(heard, {
            getVoices: () => [voice],
            cancel: () => {},
            speak: (utterance) => { window.said.push(utterance); },
        });
        Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {}, get: () => voice });
        Object.defineProperty(window, 'speechSynthesis', { value: heard, configurable: true });
        return true;";
    person.when("a voice", script, vec![]).await
}

/// What was read last is the sentence on the screen; gives it.
async fn reads_what_it_shows(person: &Person) -> Step<String> {
    let script = "const shown = document.querySelector('.sentence')?.textContent;
        return window.said.length > 0 && window.said.at(-1).text === shown;";
    person.when("the sentence to be read by itself", script, vec![]).await?;
    let text = person.read("return window.said.at(-1).text;", vec![]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// While the second word sounds it is marked, and nothing is when the voice ends.
async fn marks_the_second_word(person: &Person) -> Step {
    let sounds = "const said = window.said.at(-1);
        const second = said.text.indexOf(' ') + 1;
        said.dispatchEvent(new SpeechSynthesisEvent('boundary', { utterance: said, charIndex: second, name: 'word' }));
        return document.querySelector('.sentence mark')?.textContent === said.text.split(' ')[1];";
    person.when("the word that sounds to be marked", sounds, vec![]).await?;
    let ends = "const said = window.said.at(-1);
        said.dispatchEvent(new SpeechSynthesisEvent('end', { utterance: said }));
        return document.querySelector('.sentence mark') === null;";
    person.when("no mark after the last word", ends, vec![]).await
}
