//! A travel training round the client of the demonstration, as its people would have written it: the trajectory with its handover, and
//! practices of the route.

use std::io;

use opstap_core::model::{
    Channel, Face, Goal, GoalHelp, Handover, HandoverPoint, HandoverTopic, HelpLevel, Member, Model, Practice,
    PracticeEnd, PracticeSituation, Situation, Stage, StageEntry, Trajectory, TravelMode,
};
use opstap_core::{Day, Kind, Millis, PersonId, RecordId, order};

use crate::browser::Server;
use crate::device::now;
use crate::holder::Holder;

/// The person that the circle calls this.
///
/// # Errors
/// When there is nobody of that name.
pub fn person(holder: &Holder, name: &str) -> io::Result<PersonId> {
    let members = holder.held.records.iter().filter(|record| record.kind == Kind::Member && !record.is_deleted());
    let found = members.filter_map(Member::from_record).find(|member| member.name == name);
    found.map(|member| member.person).ok_or_else(|| io::Error::other(format!("nobody is called {name}")))
}

/// Fatma sets a trajectory down: Youssef practises, Karin becomes the OV-coach, and the handover is planned with all its points.
///
/// # Errors
/// When the server refuses.
pub fn begin(server: &Server, seed: u64) -> io::Result<RecordId> {
    let mut fatma = Holder::of(server, "Fatma", seed)?;
    let (at, today) = (now(), Day::of(now()));
    let (id, handover) = (fatma.device.id(at), fatma.device.id(at));
    let trajectory = Trajectory {
        registered: today.back(40),
        channel: Channel::School,
        municipality: Some("Rotterdam".to_owned()),
        area: None,
        indication: None,
        mode: Some(TravelMode::PublicTransport),
        row: None,
        available: None,
        volunteer: Some(person(&fatma, "Youssef")?),
        coach: Some(person(&fatma, "Karin")?),
        met: Some(today.back(20)),
        present: None,
        goals: None,
        approach: None,
        click_participant: None,
        click_volunteer: None,
        route: Some(fatma.route()?),
        way_back: None,
        details: None,
        asks: None,
        parent_asks: None,
        attention: None,
    };
    let mut changes = vec![trajectory.make(id)];
    for (stage, days) in [(Stage::Intake, 35), (Stage::Matching, 25), (Stage::Practice, 14)] {
        let entry = StageEntry { stage, on: today.back(days), responsible: None, reason: None };
        changes.push(entry.make_below(fatma.device.id(at), id));
    }
    let planned = Handover { on: Some(Day(today.0 + 9)), outing: None, accepted: None, agreed: None };
    changes.push(planned.make_below(handover, id));
    let topics = [
        (HandoverTopic::Card, Some("Er staat € 20 op.")),
        (HandoverTopic::Reachable, Some("Werkdagen, 7.30 tot 9.00 uur.")),
        (HandoverTopic::Disruption, None),
        (HandoverTopic::Fears, Some("Een volle metro.")),
        (HandoverTopic::NextRoute, None),
    ];
    for ((topic, text), order) in topics.into_iter().zip(order::first(topics.len())) {
        let done = (topic == HandoverTopic::Card).then_some(at);
        let point = HandoverPoint { order, topic, text: text.map(str::to_owned), done };
        changes.push(point.make_below(fatma.device.id(at), handover));
    }
    fatma.write(at, changes)?;
    Ok(id)
}

/// A practice of the route from beginning to end, in which each goal takes the help that its text gets.
///
/// # Errors
/// When the server refuses.
pub fn practise(holder: &mut Holder, at: Millis, help: impl Fn(&str) -> HelpLevel) -> io::Result<RecordId> {
    let practice = holder.device.id(at);
    let mut changes = vec![Practice { route: holder.route()?, at }.make(practice)];
    let goals = holder.held.records.iter().filter(|record| record.kind == Kind::Goal);
    let goals: Vec<_> = goals.filter_map(|record| Some((record.id, Goal::from_record(record)?.text))).collect();
    for (goal, text) in goals {
        let took = GoalHelp { goal, help: help(&text), at, replaces: None };
        changes.push(took.make_below(holder.device.id(at), practice));
    }
    let asked = PracticeSituation {
        situation: Situation::AskingTheWay,
        word: Some("Sem vroeg het zelf aan een mevrouw.".to_owned()),
    };
    let end = PracticeEnd {
        at: at.plus(70 * 60_000),
        minutes: Some(75),
        word: Some("De metro was erg druk. We wachtten op de volgende.".to_owned()),
        face: Some(Face::Good),
        said: None,
    };
    changes.push(asked.make_below(holder.device.id(at), practice));
    changes.push(end.make_below(holder.device.id(at), practice));
    holder.write(at, changes)?;
    Ok(practice)
}
