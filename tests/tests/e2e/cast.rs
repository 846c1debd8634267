//! The people of the story, how they come in, and what all their screens say.

use std::path::Path;
use std::sync::Arc;

use opstap_tests::browser::{Missed, Person, Stage, Step, Window};
use serde_json::{Value, json};

/// The four.
pub struct Cast {
    /// The personal supervisor, at a desk.
    pub marloes: Arc<Person>,
    /// The client.
    pub sem: Arc<Person>,
    /// The volunteer.
    pub youssef: Arc<Person>,
    /// The mother.
    pub karin: Arc<Person>,
}

/// What a mark at the top of a screen says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Everything is with the server.
    Sent,
    /// So many things are on this device alone.
    Waiting(usize),
    /// Something needs a person.
    Problem,
}

impl Cast {
    /// Everybody opens the link that was printed for them.
    pub async fn pair(stage: &mut Stage) -> Step<Self> {
        let cast = Self {
            marloes: stage.person("Marloes", Window::Desk),
            sem: stage.person("Sem", Window::Phone),
            youssef: stage.person("Youssef", Window::Phone),
            karin: stage.person("Karin", Window::Phone),
        };
        tokio::try_join!(
            pair(stage, &cast.marloes, "Alles staat op deze laptop"),
            pair(stage, &cast.sem, "Mijn boek"),
            pair(stage, &cast.youssef, "Naar school"),
            pair(stage, &cast.karin, "Naar school"),
        )?;
        Ok(cast)
    }
}

/// Somebody opens the link that was printed for them and comes to their first screen.
pub async fn pair(stage: &Stage, person: &Person, first_words: &str) -> Step {
    person.open(&stage.server.link(person.name())?).await?;
    person.see(first_words).await?;
    if person.place().await? == "/desk" {
        // What most of them are told of begins with a client, wherever the desk begins.
        to_clients(person).await?;
    }
    sent(person).await
}

/// Somebody at the desk goes to the list of clients.
pub async fn to_clients(person: &Person) -> Step {
    person.go("/desk/clients").await?;
    person.see("Naam of plan").await
}

/// What the mark at the top says now.
pub async fn state(person: &Person) -> Step<State> {
    let script =
        "const chip = all('.top-bar .chip, .rail .chip').find((one) => one.matches('.sent, .device, .problem'));
        return chip ? [chip.className, called(chip)] : null;";
    let told = person.read(script, vec![]).await?;
    let word = |at: usize| told.get(at).and_then(Value::as_str).unwrap_or_default();
    let (class, says) = (word(0), word(1));
    if class.contains("problem") {
        Ok(State::Problem)
    } else if class.contains("device") {
        let count = says.split(' ').next().and_then(|count| count.parse().ok());
        count.map(State::Waiting).ok_or_else(|| person.missed(&format!("a mark without a number: “{says}”")))
    } else if class.contains("sent") && says == "verstuurd" {
        Ok(State::Sent)
    } else {
        Err(person.missed(&format!("no mark says how things stand at {}", person.place().await?)))
    }
}

/// What has the focus has this in its name: whoever works by keyboard or voice goes on from there.
pub async fn focus_is_on(person: &Person, name: &str) -> Step {
    let script = "const has = document.activeElement;
        return has !== document.body && called(has).includes(arguments[0]);";
    person.when(&format!("the focus to be on “{name}”"), script, vec![json!(name)]).await
}

/// Everything is sent, and the screen says so.
pub async fn sent(person: &Person) -> Step {
    // What was tapped just now waits only once it is kept: it is looked a second time.
    let script = "const all_is = () => all('.top-bar .chip.sent, .rail .chip.sent').length > 0;
        if (!all_is()) return false;
        await new Promise((next) => setTimeout(next, 200));
        return all_is();";
    person.when("everything to be sent", script, vec![]).await
}

/// Something waits on this device, and the screen says how much: at least so many.
pub async fn waits(person: &Person, least: usize) -> Step<usize> {
    let script =
        "return all('.top-bar .chip.device, .rail .chip.device').some((one) => parseInt(called(one)) >= arguments[0]);";
    person.when(&format!("a mark that {least} things wait"), script, vec![json!(least)]).await?;
    match state(person).await? {
        State::Waiting(count) => Ok(count),
        other => Err(person.missed(&format!("while offline the mark says {other:?}"))),
    }
}

/// A step of a plan as somebody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its sentence.
    pub text: String,
    /// Its picture: the file of a pictogram, or what a photo looks like.
    pub picture: String,
    /// Whether it is marked as one that came back.
    pub came_back: bool,
}

/// The steps in an open plan editor; nothing while a picture is not drawn yet.
pub async fn steps_in_editor(person: &Person) -> Step<Option<Vec<Seen>>> {
    let script = "return all('li.step-row').map((row) => [
        row.querySelector('textarea')?.value ?? '', pictured(row), row.querySelector('[data-came-back]') !== null]);";
    let read = person.read(script, vec![]).await?;
    let rows = read.as_array().ok_or_else(|| person.missed("the editor gave no rows"))?;
    Ok(rows.iter().map(seen).collect())
}

fn seen(row: &Value) -> Option<Seen> {
    Some(Seen {
        text: row.get(0)?.as_str()?.to_owned(),
        picture: row.get(1)?.as_str()?.to_owned(),
        came_back: row.get(2)?.as_bool()?,
    })
}

/// Waits until the steps in an open editor are as they should be, and gives them.
pub async fn editor_shows(person: &Person, texts: &[&str]) -> Step<Vec<Seen>> {
    let script = "const rows = all('li.step-row');
        return JSON.stringify(rows.map((row) => row.querySelector('textarea')?.value)) === JSON.stringify(arguments[0])
            && rows.every(pictured);";
    person.when(&format!("the steps {texts:?}"), script, vec![json!(texts)]).await?;
    steps_in_editor(person).await?.ok_or_else(|| Missed::new("the pictures went again").of(person.name()))
}

/// The number, from 1, of the step with this text; its picture may still be on its way.
pub async fn number_of(person: &Person, text: &str) -> Step<usize> {
    let script =
        "return all('li.step-row').findIndex((row) => row.querySelector('textarea')?.value === arguments[0]) + 1;";
    person.when(&format!("the step “{text}”"), &script.replace(" + 1;", " >= 0;"), vec![json!(text)]).await?;
    let number = person.read(script, vec![json!(text)]).await?.as_u64().and_then(|number| usize::try_from(number).ok());
    number.filter(|number| *number > 0).ok_or_else(|| person.missed(&format!("the step “{text}” went again")))
}

/// Brings the tools of a step on the screen.
pub async fn tools_of(person: &Person, number: usize) -> Step {
    let more = format!("Meer van stap {number}");
    let script = "return find(things, arguments[0], true) !== undefined;";
    if person.read(script, vec![json!(more)]).await? == Value::Bool(true) {
        person.tap(&more).await?;
    }
    Ok(())
}

/// Puts another pictogram at a step: looks for a word and takes what is called so.
pub async fn choose_picture(person: &Person, number: usize, word: &str) -> Step {
    person.tap(&format!("Plaatje van stap {number}")).await?;
    person.write("Zoek een plaatje", word).await?;
    person.tap(word).await?;
    person.see_no("Zoek een plaatje").await
}

/// Puts a photo at a step.
pub async fn put_photo(person: &Person, number: usize, photo: &Path) -> Step {
    person.tap(&format!("Plaatje van stap {number}")).await?;
    person.give_photo("Kies een foto", photo).await?;
    person.see_no("Zoek een plaatje").await
}

/// What this browser answers an app that asks to show notices: `granted` or `denied`.
pub async fn may_show_notices(person: &Person, origin: &str, answer: &str) -> Step {
    let asked = json!({ "permission": { "name": "notifications" }, "setting": answer, "origin": origin });
    person.devtools("Browser.setPermission", asked).await.map(drop)
}
