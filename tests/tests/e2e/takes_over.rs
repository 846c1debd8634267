//! A plan of one client is the beginning of another's: its photo and its voice are kept once more in the other circle, where alone its
//! people may see them.

use std::io;

use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Member, Model};
use opstap_tests::browser::{Missed, Server, Stage, Step, Tools, Window, photo};
use opstap_tests::device::{Device, now};

use crate::cast::{number_of, pair, put_photo, sent};

#[tokio::test]
async fn a_plan_is_taken_over_for_another_client_with_its_photo_and_voice() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "takes_over", tell).await;
}

const PYJAMAS: &str = "Trek je pyjama aan.";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes has a second client, who lets her make plans");
    second_client(&stage.server)?;
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;

    stage.step("she puts a photo and her voice in a plan of Sem");
    marloes.tap_with("Sem").await?;
    marloes.tap("Plannen").await?;
    marloes.tap_with("Naar bed gaan").await?;
    marloes.see("Haal plan weg").await?;
    let step = number_of(&marloes, PYJAMAS).await?;
    put_photo(&marloes, step, &photo(stage.folder(), "pyjamas", 40)?).await?;
    marloes.tap(&format!("Meer bij stap {step}")).await?;
    marloes.tap("Spreek de zin in").await?;
    marloes.see("De microfoon is aan.").await?;
    marloes.tap("Stop").await?;
    marloes.see("Haal de stem weg").await?;
    sent(&marloes).await?;

    stage.step("she takes it over for Bo, and nothing stays behind");
    marloes.go("/desk/clients").await?;
    marloes.tap_with("Bo").await?;
    marloes.tap("Plannen").await?;
    marloes.tap("Nieuw plan").await?;
    marloes.tap_with("Plannen van Sem").await?;
    marloes.see("Foto’s en stemmen gaan mee.").await?;
    marloes.tap_with("Naar bed gaan").await?;
    marloes.see("Haal plan weg").await?;
    let title = "return document.querySelector('.plan-title input')?.value === 'Naar bed gaan';";
    marloes.when("the title without “Kopie”", title, vec![]).await?;
    marloes.see_no("bleef achter").await?;
    sent(&marloes).await?;

    stage.step("Bo sees the photo and hears her");
    let bo = stage.person("Bo", Window::Phone);
    bo.open(&stage.server.new_link("Bo")?).await?;
    bo.tap_with("Naar bed gaan").await?;
    bo.tap("Begin").await?;
    for _ in 1..step {
        bo.tap("Klaar").await?;
    }
    bo.see(PYJAMAS).await?;
    let photo = "const shown = document.querySelector('main img');
        return shown?.src.startsWith('blob:') && shown.naturalWidth > 0;";
    bo.when("the photo of Sem's plan", photo, vec![]).await?;
    let listens = "window.heard = [];
        const play = HTMLMediaElement.prototype.play;
        HTMLMediaElement.prototype.play = function () { window.heard.push(this.src); return play.call(this); };
        return true;";
    bo.read(listens, vec![]).await?;
    bo.tap("Lees voor").await?;
    bo.when("the voice of Marloes", "return window.heard.some((src) => src.startsWith('blob:'));", vec![]).await
}

/// Opens the circle of Bo, and has Bo let her see and make plans.
fn second_client(server: &Server) -> io::Result<()> {
    let other = |missed: Missed| io::Error::other(missed.to_string());
    let mut marloes = Device::pair(&server.new_link("Marloes").map_err(other)?, 21)?;
    let circle = marloes.open_circle("Bo")?;
    let mut bo = Device::pair(&server.new_link("Bo").map_err(other)?, 22)?;
    let held = bo.held()?.into_iter().find(|held| held.circle == circle);
    let records = held.ok_or_else(|| io::Error::other("Bo is in no circle"))?.records;
    let member = records.iter().filter_map(Member::from_record).find(|member| member.name == "Marloes");
    let person = member.ok_or_else(|| io::Error::other("Marloes is not in the circle of Bo"))?.person;
    let at = now();
    for section in [Section::Plans, Section::Photos] {
        let given = Consent { act: ConsentAct::Given, person, section, from: at, until: None, ends: None };
        let id = bo.id(at);
        bo.write(circle, at, vec![given.make(id)]);
    }
    bo.hand_in()
}
