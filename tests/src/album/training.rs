//! The course of a training at the desk: one that waits for its handover, and then the same one a month after it was completed.

use std::io;

use opstap_core::model::{
    Availability, Channel, FOLLOW_UP_MONTHS, FollowUp, FollowUpAnswer, Handover, HandoverPoint, HandoverTopic,
    Indication, Intake, Learnability, Member, Model, SpecialTransport, Stage as At, StageEntry, Trajectory, TravelMode,
    delete, set,
};
use opstap_core::{Day, Kind, PersonId, RecordId, order};

use super::rare::again;
use super::{Album, Screen};
use crate::browser::{Missed, Server, Stage, Step, Window};
use crate::device::now;
use crate::holder::Holder;

/// Each in turn: the desk at the handover, a phone on which the route is changed, the desk with what is due.
pub async fn prepare(stage: &mut Stage, turn: usize) -> Step<Album> {
    let missed = |cause| Missed::new(format!("the training was not filled: {cause}"));
    match turn {
        0 => {
            let training = to_the_handover(&stage.server).map_err(missed)?;
            let person = again(stage, "Marloes", Window::Desk).await?;
            person.go(&training).await?;
            person.see("Nog nodig").await?;
            Ok(Album { person, screens: at_the_handover(&training) })
        }
        1 => {
            let youssef = again(stage, "Youssef", Window::Phone).await?;
            youssef.tap_with("Naar school").await?;
            youssef.see("Oefeningen").await?;
            let edit = format!("{}/edit", youssef.place().await?);
            let screens =
                vec![Screen::at("edit-route", &edit), Screen::at("edit-route-open", &edit).after(OPEN_A_PART)];
            Ok(Album { person: youssef, screens })
        }
        _ => {
            let training = completed(&stage.server).map_err(missed)?;
            let person = again(stage, "Marloes", Window::Desk).await?;
            let follow_up = format!("{training}/follow-up");
            person.go(&follow_up).await?;
            person.see("te laat").await?;
            let screens = vec![
                Screen::at("training-follow-up", &follow_up),
                Screen::at("training-follow-up-form", &follow_up).after(ASK),
                Screen::at("follow-ups", "/desk/follow-ups"),
            ];
            Ok(Album { person, screens })
        }
    }
}

const OPEN_A_PART: &str = "document.querySelectorAll('.part-row')[1].querySelector('.button:last-child').click();";
const STOP: &str = "document.querySelector('.side-pane .button.danger').click();";
const BACK: &str = "[...document.querySelectorAll('.side-pane button')].find((one) => /Ga terug|Go back/.test(one.textContent)).click();";
const ASK: &str = "document.querySelector('.list-row .button.primary').click();";

fn at_the_handover(training: &str) -> Vec<Screen> {
    let client = training.trim_end_matches("/training");
    let part = |name, part: &str| Screen::at(name, format!("{training}/{part}"));
    vec![
        part("training-intake", "intake"),
        part("training-matching", "matching"),
        part("training-plan", "plan"),
        part("training-handover", "handover"),
        part("training-back", "handover").after(BACK),
        part("training-stop", "handover").after(STOP),
        Screen::at("travel-course", format!("{client}/travel")),
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
    without_others(&mut marloes)?;
    let (_, handover) = made(&mut marloes, Day::of(now()))?;
    Holder::of(server, "Karin", 52)?.write(now(), vec![set(handover, "accepted", now())])?;
    address(&marloes)
}

fn address(marloes: &Holder) -> io::Result<String> {
    Ok(format!("/desk/client/{}/training", marloes.circle()))
}

/// Takes the trainings away that are there: the desk shows the last.
fn without_others(marloes: &mut Holder) -> io::Result<()> {
    let there = marloes.held.records.iter().filter(|record| record.kind == Kind::Trajectory && !record.is_deleted());
    let gone: Vec<_> = there.map(|record| delete(record.id)).collect();
    if gone.is_empty() { Ok(()) } else { marloes.write(now(), gone) }
}

/// A training that stands at its handover on a day. Gives the trajectory and its handover.
fn made(marloes: &mut Holder, today: Day) -> io::Result<(RecordId, RecordId)> {
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
    let trajectory = trajectory(today, [youssef, karin], marloes.route()?);
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
    without_others(&mut marloes)?;
    let (id, handover) = made(&mut marloes, base)?;
    Holder::of(server, "Karin", 54)?.write(now(), vec![set(handover, "accepted", base.on(4).begins())])?;
    Holder::of(server, "Sem", 55)?.write(now(), vec![set(handover, "agreed", base.on(4).begins())])?;
    let karin = person(&marloes, "Karin")?;
    for (stage, on) in [(At::Alone, base.on(4)), (At::FollowUp, base.on(5))] {
        let entry = comes_to(stage, on, karin).make_below(marloes.device.id(now()), id);
        marloes.write(now(), vec![entry])?;
    }
    let answer = FollowUpAnswer {
        on: base.on(37),
        by_phone: Some(true),
        travels: Some(true),
        other_routes: Some(false),
        special: Some(SpecialTransport::LessOften),
        why: words("Bij sneeuw gaat hij met het busje."),
        fears: words("Een volle bus"),
        coach: words("Karin reist één keer per maand mee."),
        replaces: None,
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
