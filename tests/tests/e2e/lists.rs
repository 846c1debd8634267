//! Lists to keep: a professional keeps hers as a spreadsheet and as text, the appointments for a calendar and all of a client; the client keeps
//! all that is theirs. Without the server each says what it takes.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::json;

use crate::cast::{pair, sent};

#[tokio::test]
async fn lists_are_kept_from_the_desk_and_all_of_a_client_by_whom_it_is_of() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "lists", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    let (marloes, sem) = (stage.person("Marloes", Window::Desk), stage.person("Sem", Window::Phone));
    tokio::try_join!(pair(stage, &marloes, "Alles staat op deze laptop"), pair(stage, &sem, "Mijn boek"))?;

    stage.step("she keeps her clients as a spreadsheet and as text");
    marloes.go("/desk/clients").await?;
    marloes.see("Bewaar als rekenblad").await?;
    marloes.read(KEEPS, vec![]).await?;
    kept(&marloes, "Bewaar als rekenblad", "opstap-caseload-", ".xlsx", "PK").await?;
    kept(&marloes, "CSV", "opstap-caseload-", ".csv", "Sem,").await?;

    stage.step("and of one client what is arranged, and everything");
    marloes.tap_with("Sem").await?;
    marloes.tap("Samen").await?;
    marloes.see("Om te bewaren").await?;
    marloes.read(KEEPS, vec![]).await?;
    kept(&marloes, "Zet in je agenda", "opstap-", ".ics", "BEGIN:VCALENDAR").await?;
    kept(&marloes, "Bewaar alles", "opstap-", ".zip", "LEESMIJ.txt").await?;

    stage.step("without the server she hears that it takes the internet");
    sent(&marloes).await?;
    stage.server.stop().await?;
    marloes.tap("Bewaar alles").await?;
    marloes.see("Dit kan alleen met internet.").await?;
    stage.server.start_again()?;
    sent(&marloes).await?;

    stage.step("he keeps all that is his, and reads there that she looked");
    sem.go("/own/who-looked").await?;
    sem.see("Alles van jou").await?;
    sem.see("Marloes").await?;
    sem.read(KEEPS, vec![]).await?;
    kept(&sem, "Bewaar alles", "opstap-", ".zip", "LEESMIJ.txt").await
}

/// Notes what the browser is given to keep.
pub const KEEPS: &str = "const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.keptBlob = blob; return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () { window.keptName = this.download; };
    return true;";

/// The button of this name gives a file to keep, called so, with this in it.
pub async fn kept(person: &Person, button: &str, begins: &str, ends: &str, holds: &str) -> Step {
    person.tap(button).await?;
    let named = "return (window.keptName ?? '').startsWith(arguments[0]) && window.keptName.endsWith(arguments[1]);";
    person.when(&format!("a file {begins}…{ends}"), named, vec![json!(begins), json!(ends)]).await?;
    let script = format!("return String((await window.keptBlob.text()).includes({}));", json!(holds));
    person.when_promised(&format!("“{holds}” in it"), &script, "true").await
}
