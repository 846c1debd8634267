//! A travel training under way: feedback that is written, read and answered, and the handover. On browsers of their own, as the people of
//! it come again later with what they had.

use std::io;
use std::sync::Arc;

use opstap_core::Millis;
use opstap_core::model::{Feedback, FeedbackRead, FeedbackReply, HelpLevel, Model};

use super::rare::again;
use super::{Album, Screen, TO_THE_END};
use crate::browser::{Missed, Person, Server, Stage, Step, Window};
use crate::device::now;
use crate::holder::Holder;
use crate::training;

const DAY: u64 = 24 * 60 * 60 * 1_000;
const HOUR: u64 = 60 * 60 * 1_000;

const TEXT: &str = "We oefenden 1 uur en 15 minuten op de hele route “Naar school”, met bus 32 en met metro D. \
    “Steek over bij het zebrapad” ging helemaal zelf.\n\n“Check in” ging beter dan de vorige keer: nu met alleen een hint.\n\n\
    De metro was erg druk. We wachtten op de volgende. Daarna stapte Sem rustig in.\n\nSem vond het goed.\n\nGroet, Youssef";

/// The second button of the floor: from reading to typing.
const TYPE: &str = "[...document.querySelectorAll('.floor .button')].find((one) => one.matches('.quiet'))?.click();";

/// Two situations with their words.
const SITUATIONS: &str = "const tiles = [...document.querySelectorAll('.tile')];
    for (const tile of [tiles[0], tiles.at(-1)]) if (tile.getAttribute('aria-pressed') !== 'true') tile.click();";

/// Opens the field of the third point.
const FILL_IN: &str = "document.querySelectorAll('.points .button.mark')[2].click();";

const TO_THE_REPORT: &str = "document.querySelector('.feedback').scrollIntoView({ block: 'start' });";

/// The volunteer, the mother and the coordinator, one after the other.
pub async fn prepare(stage: &mut Stage, turn: usize) -> Step<Album> {
    match turn {
        0 => volunteer(stage).await,
        1 => mother(stage).await,
        _ => coordinator(stage).await,
    }
}

fn fill(server: &Server) -> io::Result<()> {
    training::begin(server, 61)?;
    let mut youssef = Holder::of(server, "Youssef", 62)?;
    let easier = |text: &str| match text {
        "Steek over bij het zebrapad" | "Wacht op groen licht" => HelpLevel::ByOneself,
        "Druk op tijd op stop" => HelpLevel::Told,
        _ => HelpLevel::Hint,
    };
    let today = now().0;
    let told = training::practise(&mut youssef, Millis(today - 2 * DAY), easier)?;
    let by_himself = |text: &str| if text == "Check in" { HelpLevel::Hint } else { HelpLevel::ByOneself };
    let (feedback, at) = (youssef.device.id(now()), Millis(today - 2 * DAY + 2 * HOUR));
    let sent = Feedback { text: TEXT.to_owned(), at, replaces: None };
    youssef.write(at, vec![sent.make_below(feedback, told)])?;
    training::practise(&mut youssef, Millis(today - 3 * HOUR), by_himself)?;
    let mut tim = Holder::of(server, "Tim", 63)?;
    let at = Millis(today - DAY);
    let (read, reply) = (tim.device.id(at), tim.device.id(at));
    let said = FeedbackReply { feedback, text: "Mooi opgelost. Laat Sem de volgende keer zelf kiezen.".to_owned(), at };
    tim.write(at, vec![FeedbackRead { feedback, at }.make_below(read, told), said.make_below(reply, told)])
}

/// Somebody on one more phone.
async fn another_phone(stage: &mut Stage, called: &str, name: &str) -> Step<Arc<Person>> {
    let person = stage.person(called, Window::Phone);
    person.open(&stage.server.new_link(name)?).await?;
    person.see("Nieuwste verslag").await?;
    Ok(person)
}

async fn volunteer(stage: &mut Stage) -> Step<Album> {
    fill(&stage.server).map_err(|cause| Missed::new(format!("the training was not filled: {cause}")))?;
    let youssef = another_phone(stage, "Volunteer", "Youssef").await?;
    youssef.see("Klikt het met Sem?").await?;
    let mut screens = vec![Screen::at("training-circle", "/support")];
    youssef.tap_with("Schrijf het verslag van oefening").await?;
    youssef.see("Lees het na.").await?;
    let writing = youssef.place().await?;
    let practice = writing.trim_end_matches("/feedback");
    screens.push(Screen::at("feedback", writing.as_str()));
    screens.push(Screen::at("feedback-end", writing.as_str()).after(TO_THE_END));
    screens.push(Screen::at("feedback-typing", writing.as_str()).after(TYPE));
    screens.push(Screen::at("practice-learned", practice));
    screens.push(Screen::at("finish-situations", format!("{practice}/finish")).after(SITUATIONS));
    youssef.go("/support").await?;
    youssef.tap_with("Verslag van oefening").await?;
    youssef.see("Verbeter het verslag").await?;
    screens.push(Screen::at("feedback-report", youssef.place().await?));
    Ok(Album { person: youssef, screens })
}

async fn mother(stage: &mut Stage) -> Step<Album> {
    let karin = another_phone(stage, "Mother", "Karin").await?;
    let mut screens = vec![Screen::at("training-circle", "/support")];
    karin.tap_with("Overdracht").await?;
    karin.see("Ik word OV-coach").await?;
    let handover = karin.place().await?;
    screens.push(Screen::at("handover", handover.as_str()));
    screens.push(Screen::at("handover-end", handover.as_str()).after(TO_THE_END));
    screens.push(Screen::at("handover-fill-in", handover.as_str()).after(FILL_IN));
    karin.go("/support").await?;
    karin.tap_with("Verslag van oefening").await?;
    karin.see("Mooi opgelost.").await?;
    let report = karin.place().await?;
    screens.push(Screen::at("feedback-report", report.as_str()));
    screens.push(Screen::at("feedback-replies", report.as_str()).after(TO_THE_REPORT));
    Ok(Album { person: karin, screens })
}

async fn coordinator(stage: &mut Stage) -> Step<Album> {
    let fatma = again(stage, "Fatma", Window::Desk).await?;
    fatma.tap_with("Sem").await?;
    fatma.tap("Reizen").await?;
    fatma.see("Lees het verslag").await?;
    let travel = fatma.place().await?;
    fatma.tap("Lees het verslag").await?;
    fatma.see("Mooi opgelost.").await?;
    let open =
        "[...document.querySelectorAll('.practice .button')].find((one) => one.textContent.includes('Lees het verslag')
        || one.textContent.includes('Read the report'))?.click();
        setTimeout(() => document.querySelector('.feedback')?.scrollIntoView({ block: 'start' }), 100);";
    let screens = vec![Screen::at("travel-feedback", travel.as_str()).after(open)];
    Ok(Album { person: fatma, screens })
}
