//! The screens there are, and what has to happen first so that each has something to show.

mod feedback;
mod goals;
mod groups;
mod levels;
mod mail;
mod programme;
mod rare;
mod supporter;
mod training;
mod travels;
mod ways;

use std::sync::Arc;

use crate::browser::{Missed, Person, Stage, Step, Window, photo};
use serde_json::json;

/// How many albums, from the first, are of somebody who pairs and of a client.
pub const OF_CLIENTS: usize = 11;

/// Somebody with an open browser, and their screens.
pub struct Album {
    /// Whose browser it is.
    pub person: Arc<Person>,
    /// What is taken of them.
    pub screens: Vec<Screen>,
}

/// A screen to take.
pub struct Screen {
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub address: String,
    /// A script that is run there first; an empty one does nothing.
    pub first: &'static str,
}

impl Screen {
    /// The screen at an address.
    pub fn at(name: &'static str, address: impl Into<String>) -> Self {
        Self { name, address: address.into(), first: "" }
    }

    /// The same after a script.
    pub fn after(self, first: &'static str) -> Self {
        Self { first, ..self }
    }
}

impl Screen {
    /// Opens it and waits until it stands still.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn show(&self, person: &Person) -> Step {
        person.go(&self.address).await?;
        self.again(person).await
    }

    /// Waits until it stands still, in the size it has now, and runs its script.
    ///
    /// # Errors
    /// When it does not.
    pub async fn again(&self, person: &Person) -> Step {
        self.quiet(person).await?;
        if !self.first.is_empty() {
            person.read(self.first, vec![]).await?;
            self.quiet(person).await?;
        }
        Ok(())
    }

    /// Waits until everything is drawn and stands still.
    ///
    /// # Errors
    /// When it does not.
    pub async fn quiet(&self, person: &Person) -> Step {
        person.when(&format!("{} at {} to be drawn", self.name, self.address), QUIET, vec![]).await
    }
}

/// Everything is drawn, and nothing changed for half a second: between two readings a screen may look drawn for a moment.
const QUIET: &str = "const now = document.body.outerHTML;
    if (window.before !== now) { window.before = now; window.since = performance.now(); }
    const every = (css) => [...document.querySelectorAll(css)].filter(inSight);
    return performance.now() - window.since > 500 && every('.bone').length === 0 && every('main').length > 0
        && every('img').every((image) => image.complete);";

/// Chooses language and colours as the screen for it keeps them.
///
/// # Errors
/// When the browser does not keep them.
pub async fn choose(person: &Person, language: &str, theme: &str) -> Step {
    let script = "localStorage.setItem('opstap-language', arguments[0]);
        localStorage.setItem('opstap-theme', arguments[1]);
        return true;";
    person.read(script, vec![json!(language), json!(theme)]).await.map(drop)
}

/// Lets people do what fills their screens; each time the next of them, as those who come later change what there is. Nothing after the
/// last.
///
/// # Errors
/// When somebody does not find what they were to tap.
pub async fn prepare(stage: &mut Stage, turn: usize) -> Step<Option<Album>> {
    let album = match turn {
        0 => stranger(stage).await?,
        1 => client(stage).await?,
        2 => ways::prepare(stage).await?,
        3..=6 => travels::prepare(stage, turn - 3).await?,
        7..=8 => levels::prepare(stage, turn - 7).await?,
        9 => {
            levels::clear(stage)?;
            ways::all_done(stage).await?
        }
        10 => rare::unsent_by_the_client(stage).await?,
        OF_CLIENTS => supporter::volunteer(stage).await?,
        12 => professional(stage).await?,
        13 => programme::coordinator(stage).await?,
        14..=16 => feedback::prepare(stage, turn - 14).await?,
        17..=19 => training::prepare(stage, turn - 17).await?,
        _ => return rare::prepare(stage, turn - 20).await,
    };
    Ok(Some(album))
}

async fn stranger(stage: &mut Stage) -> Step<Album> {
    rare::fill(&stage.server).map_err(|cause| Missed::new(format!("the past was not filled: {cause}")))?;
    goals::fill(&stage.server).map_err(|cause| Missed::new(format!("the goals were not filled: {cause}")))?;
    let person = stage.person("Somebody", Window::Phone);
    person.open("/pair").await?;
    person.see("Zet Opstap aan op dit toestel").await?;
    let pairing = [("pair", "/pair"), ("support-pair", "/support/pair"), ("desk-pair", "/desk/pair")];
    Ok(Album { person, screens: pairing.map(|(name, address)| Screen::at(name, address)).into() })
}

/// Somebody opens the link that was printed for them.
async fn come(stage: &mut Stage, name: &str, window: Window, first_words: &str) -> Step<Arc<Person>> {
    let person = stage.person(name, window);
    person.open(&stage.server.link(name)?).await?;
    person.see(first_words).await?;
    Ok(person)
}

/// A run that is done, with a photo and a face, and one under way.
async fn client(stage: &mut Stage) -> Step<Album> {
    let sem = come(stage, "Sem", Window::Phone, "Mijn boek").await?;
    let mut screens: Vec<Screen> = ["plans", "book", "me", "language", "not-sent", "about"]
        .into_iter()
        .map(|name| Screen::at(name, format!("/{name}")))
        .collect();
    screens.push(Screen::at("today", "/"));
    screens.push(Screen::at("consent", "/way/consent"));
    screens.push(Screen::at("remind", "/way/remind"));
    screens.push(Screen::at("guide", "/way/guide"));
    screens.push(Screen::at("guide-open", "/way/guide").after(OPEN_A_CHAPTER));
    screens.push(Screen::at("tour", "/way/guide/tour"));
    screens.push(Screen::at("who-looked", "/own/who-looked"));
    screens.push(Screen::at("who-looked-end", "/own/who-looked").after(TO_THE_END));
    screens.push(Screen::at("notices", "/own/notices"));
    screens.push(Screen::at("internet-wifi", "/internet").after(WIFI_ONLY));
    screens.push(Screen::at("internet", "/internet").after(ANY_NETWORK));
    screens.push(Screen::at("apart", "/own/apart"));
    screens.push(Screen::at("removed", "/own/removed"));
    screens
        .push(Screen::at("erase-question", "/own/removed").after("document.querySelector('.button.danger').click();"));
    screens.extend(goals::of_the_client());
    screens.push(Screen::at("older-months", "/book").after(TO_THE_FIRST_DAY));
    sem.tap_with("Medicijnen innemen").await?;
    sem.see("Begin").await?;
    screens.push(Screen::at("plan", sem.place().await?));
    sem.tap("Begin").await?;
    sem.see("Lukt niet").await?;
    for _ in 0..11 {
        let before = sem.words_of("main h1").await?;
        sem.tap("Klaar").await?;
        let moved = "return JSON.stringify(all('main h1').map(called)) !== JSON.stringify(arguments[0]);";
        sem.when("the next step", moved, vec![json!(before)]).await?;
    }
    let picture = photo(stage.folder(), "result", 200)?;
    sem.give_photo("Maak een foto", &picture).await?;
    sem.see("Nieuwe foto").await?;
    screens.push(Screen::at("result", sem.place().await?));
    sem.tap("goed").await?;
    sem.tap("Bewaar").await?;
    sem.see("Wil je het laten zien?").await?;
    screens.push(Screen::at("share", sem.place().await?));
    sem.tap("Marloes").await?;
    sem.tap("Laat zien aan Marloes").await?;
    sem.tap_with("Opstaan").await?;
    sem.tap("Begin").await?;
    sem.tap("Klaar").await?;
    sem.when("the second step", "return all('.dots').some((dots) => called(dots).startsWith('Stap 2 '));", vec![])
        .await?;
    screens.push(Screen::at("step", sem.place().await?));
    sem.tap("Lukt niet").await?;
    sem.see("Wat helpt nu?").await?;
    screens.push(Screen::at("not-managed", sem.place().await?));
    sem.tap("Hulp").await?;
    sem.see("Wie wil je spreken?").await?;
    screens.push(Screen::at("help", sem.place().await?));
    sem.tap("Tim").await?;
    sem.tap("Stuur: “Ik kom er niet uit”").await?;
    sem.see("Verstuurd aan Tim.").await?;
    set_apart(stage, &sem).await?;
    sem.go("/messages").await?;
    sem.see("Tim").await?;
    let to_tim = "return all('main a').find((link) => called(link).includes('Tim')).getAttribute('href');";
    let to_tim = sem.read(to_tim, vec![]).await?;
    screens.push(Screen::at("messages", "/messages"));
    screens.push(Screen::at("conversation", to_tim.as_str().unwrap_or_default()));
    screens.push(Screen::at("conversation-begin", to_tim.as_str().unwrap_or_default()).after("scrollTo(0, 0);"));
    Ok(Album { person: sem, screens })
}

const WIFI_ONLY: &str = "const it = document.querySelector('.switch');
    if (it.getAttribute('aria-checked') !== 'true') it.click();";

const ANY_NETWORK: &str = "const it = document.querySelector('.switch');
    if (it.getAttribute('aria-checked') === 'true') it.click();";

const OPEN_A_CHAPTER: &str = "document.querySelector('summary').click();";

/// The dialog with which the first row is put off.
const PUT_OFF: &str = "document.querySelector('.ask .later')?.click();";

const WHAT_WAS_PUT_OFF: &str = "document.querySelectorAll('.views [role=radio]')[1].click();";

/// Help per step as a table.
const AS_A_TABLE: &str = "[...document.querySelectorAll('.segments [role=radio]')]
    .find((one) => ['Tabel', 'Table'].includes(one.textContent))?.click();";

const SIGNALS: &str = "[...document.querySelectorAll('.side-pane .button')]
    .find((one) => one.textContent.includes('seintje') || one.textContent.includes('sign of'))?.click();";

/// What finds a client, plans, examples and a message.
const SEARCHED: &str = "const typed = document.getElementById('search');
    typed.value = 's';
    typed.dispatchEvent(new Event('input', { bubbles: true }));";

/// The card for the client, who stands first.
const FIRST_CARD: &str = "document.querySelector('.row.before-print button').click();";

const TO_THE_END: &str = "scrollTo(0, document.body.scrollHeight);";

const TO_THE_CONFLICT: &str = "document.querySelector('[data-conflict]').scrollIntoView({ block: 'center' });";

/// To the first day in the book, below which the earlier months stand.
const TO_THE_FIRST_DAY: &str = "const earlier = () => {
        const button = document.querySelector('.book-day button');
        if (button.getAttribute('aria-disabled') === 'true') return scrollTo(0, document.body.scrollHeight);
        button.click();
        setTimeout(earlier, 100);
    };
    earlier();";

/// Tim changes one plan and removes another, for the history; then one more while Sem lets him see plans no longer: that comes in too
/// late.
async fn set_apart(stage: &mut Stage, sem: &Person) -> Step {
    let tim = come(stage, "Tim", Window::Desk, "Alles staat op deze laptop").await?;
    tim.go("/desk/clients").await?;
    tim.tap_with("Sem").await?;
    tim.tap_with("nieuw bericht").await?;
    tim.see("Je bericht gaat over deze stap.").await?;
    tim.write("Jouw bericht", "Ik bel je zo. Dan doen we het samen.").await?;
    tim.tap("Stuur").await?;
    tim.see("Ik bel je zo. Dan doen we het samen.").await?;
    tim.tap("goed").await?;
    tim.when("his picture", "return all('.said.mine img[alt=goed]').length === 1;", vec![]).await?;
    tim.tap("Plannen").await?;
    tim.tap_with("Spaghetti").await?;
    tim.write("Stap 2", "Zet een grote pan op het vuur.").await?;
    tim.leave_field().await?;
    tim.tap("Plannen van Sem").await?;
    tim.tap_with("Naar bed gaan").await?;
    tim.tap("Haal plan weg").await?;
    tim.see("Het plan gaat ook weg op de telefoon.").await?;
    tim.tap("Haal plan weg").await?;
    tim.see("Dit plan is weggehaald.").await?;
    tim.tap("Plannen van Sem").await?;
    tim.tap_with("Opstaan").await?;
    tim.see("Zo ziet Sem het").await?;
    tim.when("everything to be sent", "return all('.rail .chip.sent').length > 0;", vec![]).await?;
    stage.server.stop().await?;
    tim.write("Stap 1", "Zet de wekker uit en sta op.").await?;
    tim.leave_field().await?;
    tim.when("a mark that it waits", "return all('.rail .chip.device').length > 0;", vec![]).await?;
    tim.close().await?;
    let place = sem.place().await?;
    sem.go("/way/consent").await?;
    sem.tap("Tim").await?;
    sem.see("Tim mag zien:").await?;
    sem.tap_with("mijn plannen").await?;
    sem.see("Tim ziet niet meer: mijn plannen.").await?;
    stage.server.start_again()?;
    sem.when("everything to be sent", "return all('.top-bar .chip.sent').length > 0;", vec![]).await?;
    sem.go(&place).await?;
    tim.open("/desk").await?;
    tim.when("what he did to be handed in", "return all('.rail .chip.sent').length > 0;", vec![]).await?;
    tim.close().await
}

/// Something is put off for a reason, so that there is something to bring back.
async fn put_off_a_row(marloes: &Person) -> Step {
    let there = "return all('.ask .later').length > 1;";
    marloes.when("two things that ask", there, vec![]).await?;
    marloes.read("all('.ask .later').at(-1).click(); return true;", vec![]).await?;
    marloes.tap("Over een week").await?;
    marloes.write("Waarom later?", "Dat bespreken we maandag samen.").await?;
    marloes.tap("Laat later zien").await?;
    marloes.see("Dit komt later terug.").await
}

async fn professional(stage: &mut Stage) -> Step<Album> {
    let marloes = come(stage, "Marloes", Window::Desk, "Alles staat op deze laptop").await?;
    let mut screens = vec![
        Screen::at("attention", "/desk"),
        Screen::at("attention-later", "/desk").after(PUT_OFF),
        Screen::at("attention-put-off", "/desk").after(WHAT_WAS_PUT_OFF),
        Screen::at("clients", "/desk/clients"),
        Screen::at("tray", "/desk/tray"),
        Screen::at("apart", "/desk/apart"),
        Screen::at("never-counts", "/desk/apart").after("document.querySelector('.button.danger').click();"),
        Screen::at("settings", "/desk/settings"),
        mail::at_the_desk(),
        Screen::at("search", "/desk/search").after(SEARCHED),
        Screen::at("guide", "/desk/guide"),
        Screen::at("tour", "/desk/guide/tour"),
    ];
    put_off_a_row(&marloes).await?;
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Sem").await?;
    marloes.see("Laatst gedaan").await?;
    let client = marloes.place().await?;
    screens.push(Screen::at("client-table", client.as_str()).after(AS_A_TABLE));
    screens.push(Screen::at("client-signals", client.as_str()).after(SIGNALS));
    marloes.tap_with("Medicijnen innemen").await?;
    marloes.see("Op het scherm (min:sec)").await?;
    screens.push(Screen::at("run", marloes.place().await?));
    marloes.go(&format!("{client}/plans")).await?;
    marloes.tap_with("Opstaan").await?;
    marloes.see("Zo ziet Sem het").await?;
    screens.push(Screen::at("edit-plan", marloes.place().await?));
    screens.push(Screen::at("print", format!("{}/print", marloes.place().await?)));
    let plan = marloes.place().await?;
    screens.push(Screen::at("edit-plan", plan.as_str()));
    screens.push(Screen::at("paper-run", format!("{plan}/paper")));
    screens.push(Screen::at("together", format!("{plan}/together")));
    let plan = marloes.place().await?;
    screens.extend(supporter::ways_of_a_plan("edit-plan-more", &plan));
    screens.push(Screen::at("edit-plan", plan));
    marloes.tap("Geschiedenis").await?;
    marloes.see("De laatste veranderingen").await?;
    screens.push(Screen::at("history", marloes.place().await?));
    marloes.go(&format!("{client}/plans")).await?;
    marloes.tap_with("Medicijnen innemen").await?;
    marloes.see("Zo ziet Sem het").await?;
    screens.push(Screen::at("conflict", marloes.place().await?).after(TO_THE_CONFLICT));
    marloes.go(&format!("{client}/plans")).await?;
    marloes.tap_with("Spaghetti").await?;
    marloes.tap("Geschiedenis").await?;
    marloes.see("Tim veranderde de tekst").await?;
    screens.push(Screen::at("history-of-changes", marloes.place().await?));
    marloes.go(&format!("{client}/examples")).await?;
    marloes.tap("Boodschappen doen").await?;
    marloes.see("Neem over voor Sem").await?;
    screens.push(Screen::at("example", marloes.place().await?));
    screens.push(Screen::at("edit-example", format!("{}/edit", marloes.place().await?)));
    for (name, part) in [
        ("client", ""),
        ("plans", "/plans"),
        ("new-plan", "/new"),
        ("removed", "/removed"),
        ("app", "/app"),
        ("week", "/week"),
        ("days-off", "/days-off"),
        ("examples", "/examples"),
        ("travel", "/travel"),
        ("messages", "/messages"),
    ] {
        screens.push(Screen::at(name, format!("{client}{part}")));
    }
    marloes.go(&format!("{client}/travel")).await?;
    marloes.tap("Schrijf een oefening op").await?;
    marloes.see("Hoeveel hulp per leerdoel").await?;
    screens.push(Screen::at("paper-practice", marloes.place().await?));
    screens.push(Screen::at("pairing-card", format!("{client}/card")).after(FIRST_CARD));
    screens.push(Screen::at("older-months", format!("{client}/travel")).after(TO_THE_END));
    let goals = goals::at_the_desk(&stage.server);
    screens.extend(goals.map_err(|cause| Missed::new(format!("no goals at the desk: {cause}")))?);
    Ok(Album { person: marloes, screens })
}
