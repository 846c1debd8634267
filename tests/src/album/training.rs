//! The course of a training at the desk: one that waits for its handover, and then the same one a month after it was completed.

use std::io;

use opstap_core::model::{
    Availability, Channel, FOLLOW_UP_MONTHS, FollowUp, FollowUpAnswer, Handover, HandoverPoint, HandoverTopic,
    Indication, Intake, Learnability, Member, Model, SpecialTransport, Stage as At, StageEntry, Trajectory, TravelMode,
    set,
};
use opstap_core::{Day, Kind, PersonId, RecordId, order};

use super::rare::again;
use super::{Album, Screen, TO_THE_END};
use crate::browser::{HERE, Missed, Server, Stage, Step, Window};
use crate::device::now;
use crate::holder::Holder;
use crate::weeks;

/// Each in turn: the desk at the handover, a phone on which the route is changed, the desk with what is due.
pub async fn prepare(stage: &mut Stage, turn: usize) -> Step<Album> {
    let missed = |cause| Missed::new(format!("the training was not filled: {cause}"));
    match turn {
        0 => {
            let mut youssef = Holder::of(&stage.server, "Youssef", 56).map_err(missed)?;
            weeks::practise(&mut youssef).map_err(missed)?;
            let training = to_the_handover(&stage.server).map_err(missed)?;
            // Whoever makes a route from now on has the lines of the region to choose from.
            stage.server.import_stops()?;
            let person = again(stage, "Marloes", Window::Desk).await?;
            person.go(&training).await?;
            person.see("Nog nodig").await?;
            let route = youssef.route().map_err(missed)?;
            Ok(Album { person, screens: at_the_handover(&training, route) })
        }
        1 => {
            let youssef = again(stage, "Youssef", Window::Phone).await?;
            youssef.tap_with("Naar school").await?;
            youssef.see("Oefeningen").await?;
            let edit = format!("{}/edit", youssef.place().await?);
            youssef.go("/support").await?;
            youssef.tap("Maak een route").await?;
            youssef.see("Deze route heeft nog geen stukken.").await?;
            let street = youssef.place().await?;
            youssef.stands_at(HERE, 15.0).await?;
            let screens = vec![
                Screen::at("edit-route", &edit),
                Screen::at("edit-route-open", &edit).after(OPEN_A_PART),
                Screen::at("street", &street).after(TAP_HERE),
                Screen::at("street-tram", &street).after(TAP_TRAM),
            ];
            Ok(Album { person: youssef, screens })
        }
        _ => {
            let training = completed(&stage.server).map_err(missed)?;
            let person = again(stage, "Marloes", Window::Desk).await?;
            let follow_up = format!("{training}/follow-up");
            person.go(&follow_up).await?;
            person.see("te laat").await?;
            person.go(&format!("{training}/plan")).await?;
            person.tap("Verander de route").await?;
            person.see("Naam van de route").await?;
            let screens = vec![
                Screen::at("desk-edit-route", person.place().await?).after(OPEN_A_PART),
                Screen::at("training-follow-up", &follow_up),
                Screen::at("training-follow-up-form", &follow_up).after(ASK),
                Screen::at("follow-ups", "/desk/programme/follow-ups"),
            ];
            Ok(Album { person, screens })
        }
    }
}

/// Each also where it was done before, in another size of the window.
const OPEN_A_PART: &str = "const row = document.querySelectorAll('.part-row')[1];
    row.querySelector('.part-more') ?? row.querySelector('.step-tools .button:last-child').click();";
const TAP_HERE: &str =
    "document.querySelector('dialog:modal') ?? document.querySelector('.floor .button.primary').click();";
const TAP_TRAM: &str =
    "document.querySelector('dialog:modal') ?? document.querySelector('.floor .button.primary').click();
    setTimeout(() => document.querySelectorAll('dialog .tile')[3]?.click(), 200);";
const STOP: &str = "document.querySelector('.side-pane .button.danger').click();";
const BACK: &str = "[...document.querySelectorAll('.side-pane button')].find((one) => /Ga terug|Go back/.test(one.textContent)).click();";
const ASK: &str = "document.querySelector('.list-row .button.primary').click();";

fn at_the_handover(training: &str, route: RecordId) -> Vec<Screen> {
    let client = training.replace("/programme/training/", "/client/");
    let part = |name, part: &str| Screen::at(name, format!("{training}/{part}"));
    vec![
        part("training-intake", "intake"),
        part("training-matching", "matching"),
        part("training-plan", "plan"),
        part("training-handover", "handover"),
        part("training-back", "handover").after(BACK),
        part("training-stop", "handover").after(STOP),
        Screen::at("travel-course", format!("{client}/travel")),
        Screen::at("curves", format!("{client}/travel/{route}/curves")),
        Screen::at("curves-end", format!("{client}/travel/{route}/curves")).after(TO_THE_END),
    ]
}

fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Who is called so in the circle.
fn person(holder: &Holder, name: &str) -> io::Result<PersonId> {
    let member = holder.one(Kind::Member, "name", name)?;
    let member = holder.held.records.iter().find(|record| record.id == member).and_then(Member::from_record);
    member.map(|member| member.person).ok_or_else(|| io::Error::other(format!("{name} is nobody")))
}

/// Sem's training, practised for seven weeks, with a handover of which half is clear. Karin took it on, Sem said nothing yet. Gives its
/// address.
fn to_the_handover(server: &Server) -> io::Result<String> {
    let mut marloes = Holder::of(server, "Marloes", 51)?;
    let (_, handover) = made(&mut marloes, Day::of(now()), 2)?;
    Holder::of(server, "Karin", 52)?.write(now(), vec![set(handover, "accepted", now())])?;
    address(&marloes)
}

fn address(marloes: &Holder) -> io::Result<String> {
    Ok(format!("/desk/programme/training/{}", marloes.circle()))
}

/// A training that stands at its handover on a day. The desk shows the one that was registered last, whatever else there is. Gives the trajectory and its handover.
fn made(marloes: &mut Holder, today: Day, days_ago: u32) -> io::Result<(RecordId, RecordId)> {
    let id = marloes.device.id(now());
    let (youssef, karin, fatma) = (person(marloes, "Youssef")?, person(marloes, "Karin")?, person(marloes, "Fatma")?);
    let intake = Intake {
        on: Some(today.back(80)),
        motivation: words("Zelf naar school, zonder busje."),
        skills: words("Hij kent de weg naar de halte en let goed op in het verkeer."),
        parents_view: words("Karin wil het graag, en vindt de spits spannend."),
        learnability: Some(Learnability::Yes),
        reason: None,
        informed: Some(today.back(78)),
    };
    let registered = Day::of(now()).back(days_ago);
    let plan = trajectory(today, [youssef, karin], marloes.route()?);
    let trajectory = Trajectory { registered, ..plan };
    let mut changes = vec![trajectory.make(id), intake.make_below(marloes.device.id(now()), id)];
    for (stage, ago, who) in
        [(At::Intake, 80, fatma), (At::Matching, 66, fatma), (At::Practice, 50, youssef), (At::Handover, 3, youssef)]
    {
        changes.push(comes_to(stage, today.back(ago), who).make_below(marloes.device.id(now()), id));
        // Each came later than the one before.
        marloes.write(now(), std::mem::take(&mut changes))?;
    }
    Ok((id, hand_over(marloes, id, today)?))
}

fn comes_to(stage: At, on: Day, who: PersonId) -> StageEntry {
    StageEntry { stage, on, responsible: Some(who), reason: None }
}

/// Another that was completed more than three months ago: asked after one month, and overdue after three.
fn completed(server: &Server) -> io::Result<String> {
    let mut marloes = Holder::of(server, "Marloes", 53)?;
    let today = Day::of(now());
    let base = today.back(103);
    let (id, handover) = made(&mut marloes, base, 1)?;
    Holder::of(server, "Karin", 54)?.write(now(), vec![set(handover, "accepted", base.on(4).begins())])?;
    Holder::of(server, "Sem", 55)?.write(now(), vec![set(handover, "agreed", base.on(4).begins())])?;
    let karin = person(&marloes, "Karin")?;
    for (stage, on) in [(At::Alone, base.on(4)), (At::FollowUp, base.on(5))] {
        let entry = comes_to(stage, on, karin).make_below(marloes.device.id(now()), id);
        marloes.write(now(), vec![entry])?;
    }
    let answer = FollowUpAnswer {
        by_phone: Some(true),
        travels: Some(true),
        other_routes: Some(false),
        special: Some(SpecialTransport::LessOften),
        why: words("Bij sneeuw gaat hij met het busje."),
        fears: words("Een volle bus"),
        coach: words("Karin reist één keer per maand mee."),
        ..FollowUpAnswer::asked_on(base.on(37))
    };
    for months in FOLLOW_UP_MONTHS {
        let (own, due) = (marloes.device.id(now()), base.on(4).after_months(months));
        let mut changes = vec![FollowUp { months, due }.make_below(own, id)];
        if months == 1 {
            changes.push(answer.make_below(marloes.device.id(now()), own));
        }
        marloes.write(now(), changes)?;
    }
    address(&marloes)
}

fn trajectory(today: Day, [volunteer, coach]: [PersonId; 2], route: RecordId) -> Trajectory {
    Trajectory {
        municipality: words("Rotterdam"),
        area: words("Noord"),
        indication: Some(Indication::School),
        mode: Some(TravelMode::PublicTransport),
        available: Availability::of([0, 3, 4, 9, 12]),
        volunteer: Some(volunteer),
        coach: Some(coach),
        met: Some(today.back(55)),
        present: words("Sem, Karin, Youssef en Fatma"),
        goals: words("De route naar school zelf reizen."),
        approach: words("Elke maandag oefenen. Na elke oefening een verslag."),
        click_participant: Some(true),
        click_volunteer: Some(true),
        route: Some(route),
        details: words("Sem draagt een bril. Zijn telefoon staat op trillen."),
        asks: words("Zelf naar school, zonder busje."),
        parent_asks: words("Dat hij weet wat hij doet als de bus niet komt."),
        attention: words("Drukte in de spits. Vragen stelt hij liever aan een bestuurder."),
        ..Trajectory::of(today.back(90), Channel::School)
    }
}

/// The handover with its points, of which half are clear.
fn hand_over(marloes: &mut Holder, id: RecordId, today: Day) -> io::Result<RecordId> {
    let handover = marloes.device.id(now());
    let settled =
        Handover { on: Some(today.on(4)), outing: words("Samen naar de Markthal"), accepted: None, agreed: None };
    let mut changes = vec![settled.make_below(handover, id)];
    let points = [
        (HandoverTopic::Card, words("Karin kijkt elke zondag."), true),
        (HandoverTopic::Reachable, words("Op werkdagen tot 17 uur."), true),
        (HandoverTopic::Disruption, None, false),
        (HandoverTopic::Fears, words("De spits"), true),
        (HandoverTopic::NextRoute, None, false),
        (HandoverTopic::Other, words("Wat te doen als de bus niet komt"), false),
    ];
    for ((topic, text, clear), order) in points.into_iter().zip(order::first(6)) {
        let point = HandoverPoint { order, topic, text, done: clear.then(now) };
        changes.push(point.make_below(marloes.device.id(now()), handover));
    }
    marloes.write(now(), changes)?;
    Ok(handover)
}
